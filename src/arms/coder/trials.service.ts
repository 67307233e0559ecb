import { Injectable } from '@nestjs/common';
import { OctoError } from '../../common/errors';
import type { CodeArtifact, TestRun } from '../../contracts/outcome';
import type { Workbench } from '../../dispatch/arm.port';
import { SyntaxCheck } from '../../workshop/syntax-check.service';
import { TestRunner } from '../../workshop/test-runner.service';
import { OPERATIONS } from './operations';
import { styleFaults } from './style/style-faults';
import type { Aim, Suite, Trial } from './trial';

export type Bench = Pick<Workbench, 'signal' | 'deadline' | 'report'>;

/** Longest run of one set of tests, milliseconds; the step's deadline may be nearer. */
const TESTS_WALL_MS = 20_000;
/** Of the step's time, what is left for handing the draft on: a draft that comes too late is lost. */
const RESERVE_MS = 2_500;
const SHORTEST_RUN_MS = 500;

/** Milliseconds that may still be spent on trying. */
export const timeLeft = ({ deadline }: Pick<Bench, 'deadline'>): number => deadline.getTime() - Date.now() - RESERVE_MS;

/** Tries drafts: has them parsed, runs their tests and the caller's in the sandbox, looks at their style. */
@Injectable()
export class Trials {
  constructor(
    private readonly syntax: SyntaxCheck,
    private readonly tests: TestRunner,
  ) {}

  /** What cannot be tried is told in the trial. Rejects with the signal's reason on abort. */
  async try(draft: CodeArtifact, aim: Aim, bench: Bench): Promise<Trial> {
    const isTests = OPERATIONS[aim.operation].yields === 'tests';
    const syntax = await this.syntax.check(isTests ? draft.tests : draft.code, draft.language, bench.signal);
    const style = isTests ? [] : styleFaults(draft.code, draft.language, aim.style);
    const tried = { draft, syntax, style };
    if ('fault' in syntax) return { ...tried, suites: [], untested: 'the code cannot be parsed' };
    const sets = [
      { origin: 'given' as const, tests: isTests ? '' : (aim.givenTests ?? '') },
      { origin: 'made' as const, tests: draft.tests },
    ].filter(({ tests }) => tests.trim() !== '');
    if (sets.length === 0) return { ...tried, suites: [], untested: 'there are none' };
    if (timeLeft(bench) < SHORTEST_RUN_MS) return { ...tried, suites: [], untested: 'no time was left for them' };
    bench.report('Running the tests');
    const suites: Suite[] = [];
    for (const { origin, tests } of sets) {
      const run = await this.run({ ...draft, tests }, bench);
      const before = await this.before({ ...draft, tests }, run, aim, bench);
      suites.push({ origin, run, ...(before && { before }) });
    }
    return { ...tried, suites };
  }

  /** The same tests on the code as it was given, where the difference tells something. */
  private async before(
    artifact: CodeArtifact,
    run: TestRun,
    { operation, existingCode }: Aim,
    bench: Bench,
  ): Promise<TestRun | undefined> {
    const isMended = operation === 'debug' && run.failed === 0;
    if (existingCode === undefined || !run.ran || timeLeft(bench) < SHORTEST_RUN_MS) return undefined;
    if (!isMended && OPERATIONS[operation].keepsBehaviour !== true) return undefined;
    return this.run({ ...artifact, code: existingCode }, bench);
  }

  private async run(artifact: CodeArtifact, bench: Bench): Promise<TestRun> {
    const wallMs = Math.max(SHORTEST_RUN_MS, Math.min(TESTS_WALL_MS, timeLeft(bench)));
    try {
      return (await this.tests.run(artifact, { signal: bench.signal, wallMs })).testRun;
    } catch (error) {
      bench.signal.throwIfAborted();
      // The draft is paid for: a sandbox that is too busy leaves it unproven, not lost.
      if (!(error instanceof OctoError)) throw error;
      return { ran: false, passed: 0, failed: 0, failures: [], durationMs: 0, engine: 'none', reason: error.message };
    }
  }
}
