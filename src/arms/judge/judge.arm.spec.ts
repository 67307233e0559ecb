import { Test } from '@nestjs/testing';
import { ScriptedModel, type Scripted, assignment, earlier, workbench } from '../../../test/support/scripted-model';
import { TransientError, UserError } from '../../common/errors';
import type { Assignment } from '../../contracts/arm';
import type { CodeArtifact, TestRun, Verdict } from '../../contracts/outcome';
import { HealthModule } from '../../common/health.module';
import { SandboxModule } from '../../drivers/sandbox/sandbox.module';
import { SyntaxModule } from '../../drivers/syntax/syntax.module';
import { TestRunner } from '../../workshop/test-runner.service';

import { ProposalComparison } from './compare/comparison.service';
import { DirectJudge } from './direct-judge.service';
import { JudgeArm } from './judge.arm';

const CODE: CodeArtifact = {
  code: 'def add(a, b):\n    """Add."""\n    return a + b\n',
  language: 'python',
  tests: 'def test_add():\n    assert add(1, 2) == 3\n',
  explanation: 'Adds.',
};
const testRun = (rest: Partial<TestRun> = {}): TestRun => ({
  ran: true,
  passed: 1,
  failed: 0,
  failures: [],
  durationMs: 1,
  engine: 'bubblewrap',
  ...rest,
});

const judge = async (
  given: Partial<Omit<Assignment, 'task'>> & { task?: Partial<Assignment['task']> },
  {
    run = testRun(),
    criteria,
    demonstration = false,
  }: { run?: TestRun; criteria?: Scripted; demonstration?: boolean } = {},
) => {
  const ran: CodeArtifact[] = [];
  // The sandbox itself is covered where it lives; here only what is made of its reports matters.
  const runner = {
    run: (artifact: CodeArtifact) => {
      ran.push(artifact);
      return Promise.resolve({ testRun: run, stdout: '', stderr: '' });
    },
  } as unknown as TestRunner;
  const model = new ScriptedModel(criteria === undefined ? {} : { criteria: [criteria] }, demonstration);
  const assigned = assignment({ kind: 'judge', key: 'judge.0', earlier: [earlier('coder', CODE)], ...given });
  const result = await new JudgeArm(runner, undefined as unknown as DirectJudge, new ProposalComparison(runner)).run(
    assigned,
    workbench(model),
  );
  return { verdict: result.output as Verdict, result, model, ran };
};
const prose = (answer: string) => [earlier('retriever', { passages: [], answer })];
const types = (verdict: Verdict) => verdict.issues.map(({ severity, type }) => `${severity} ${type}`);

describe('tests', () => {
  it('count as proof when they pass', async () => {
    const { verdict, result } = await judge({});
    expect(verdict).toMatchObject({ valid: true, layers: ['tests', 'quality'], testRun: { passed: 1 } });
    expect(result.confidence).toBeGreaterThan(0.9);
  });

  it('make the outcome invalid when they fail', async () => {
    const { verdict } = await judge({}, { run: testRun({ passed: 3, failed: 1, failures: ['test_add: 4 != 3'] }) });
    expect(verdict.valid).toBe(false);
    expect(verdict.issues[0]).toMatchObject({ severity: 'error', type: 'tests_failed' });
    expect(verdict.issues[0]?.message).toContain('test_add: 4 != 3');
    expect(verdict.confidence).toBeLessThan(0.9);
  });

  it('prove nothing when they were not run', async () => {
    const { verdict, result } = await judge({}, { run: testRun({ ran: false, passed: 0, reason: 'no sandbox here' }) });
    expect(verdict.layers).not.toContain('tests');
    expect(types(verdict)).toContain('warning tests_not_run');
    expect(result.warnings?.join()).toContain('no sandbox here');
  });

  it('are of the newest artifact', async () => {
    const older = earlier('coder', { ...CODE, code: 'older' });
    const { ran } = await judge({ earlier: [older, earlier('coder', CODE), earlier('judge', { valid: false })] });
    expect(ran).toEqual([CODE]);
  });

  it('that do not exist are a warning', async () => {
    const { verdict, ran } = await judge({ earlier: [earlier('coder', { ...CODE, tests: '' })] });
    expect(ran).toEqual([]);
    expect(types(verdict)).toContain('warning tests_not_run');
    expect(verdict.valid).toBe(true);
  });
});

describe('criteria', () => {
  const task = {
    constraints: ['Include docstring', 'Is elegant'],
    acceptanceCriteria: ['include docstring', 'Add unit tests'],
  };

  it('are decided without the model where that is possible, each once', async () => {
    const { verdict, model } = await judge({ task: { ...task, constraints: ['Include docstring'] } });
    expect(verdict.criteria.map(({ state }) => state)).toEqual(['passed', 'passed']);
    expect(model.calls).toEqual([]);
  });

  it('of the user make the outcome invalid when they fail', async () => {
    const { verdict } = await judge({ task: { constraints: ['Add type hints'] } });
    expect(verdict.valid).toBe(false);
    expect(types(verdict)).toContain('error criteria_not_met');
  });

  it('of the step are told, but decide nothing', async () => {
    const { verdict } = await judge({ acceptanceCriteria: ['Add type hints', 'Is elegant'] });
    expect(verdict.valid).toBe(true);
    expect(verdict.criteria).toEqual([]);
    expect(types(verdict)).toEqual(['info step_criterion', 'info step_criterion']);
  });

  it('that are left go to the model, which has to quote', async () => {
    const results = [{ number: 1, state: 'passed', evidence: 'return  a + b', explanation: 'Short.' }];
    const { verdict, model } = await judge({ task }, { criteria: { results } });
    expect(verdict.criteria.find(({ criterion }) => criterion === 'Is elegant')?.state).toBe('passed');
    expect(model.asked(0)).toMatchObject({
      criteria: [{ number: 1, criterion: 'Is elegant' }],
      untrusted: { code: CODE.code, tests: CODE.tests },
    });
    expect(model.calls[0]).toMatchObject({ tier: 'fast', purpose: 'criteria', maxTokens: 500 });
  });

  it.each([
    ['an invented quote', { number: 1, state: 'passed', evidence: 'return b - a', explanation: '' }],
    ['no quote', { number: 1, state: 'failed', evidence: '', explanation: '' }],
    ['a quote of nothing', { number: 1, state: 'passed', evidence: 'a', explanation: '' }],
    ['another number', { number: 2, state: 'passed', evidence: 'return a + b', explanation: '' }],
    ['no opinion', { number: 1, state: 'unknown', evidence: 'return a + b', explanation: '' }],
  ])('stay unknown with %s', async (_case, result) => {
    const { verdict } = await judge({ task: { constraints: ['Is elegant'] } }, { criteria: { results: [result] } });
    expect(verdict.criteria).toMatchObject([{ criterion: 'Is elegant', state: 'unknown' }]);
    expect(verdict.valid).toBe(true);
    expect(types(verdict)).toContain('warning criteria_unknown');
  });

  it('lower the confidence when they stay unknown', async () => {
    const known = await judge({ task: { constraints: ['Include docstring'] } });
    const half = await judge(
      { task: { constraints: ['Include docstring', 'Is elegant'] } },
      { criteria: { results: [] } },
    );
    expect(half.result.confidence).toBeLessThan(known.result.confidence);
  });

  it('are unknown, with a warning, when the model is out of reach', async () => {
    const error = new TransientError('model_unavailable', 'The model is down.');
    const { verdict, result } = await judge({ task: { constraints: ['Is elegant'] } }, { criteria: error });
    expect(verdict.criteria[0]).toMatchObject({ state: 'unknown' });
    expect(result.warnings).toHaveLength(1);
  });

  it('do not hide that the budget is used up', async () => {
    const error = new UserError('budget_exceeded', 'over budget');
    await expect(judge({ task: { constraints: ['Is elegant'] } }, { criteria: error })).rejects.toBe(error);
  });

  it('are never judged by the demonstration model', async () => {
    const { verdict, model } = await judge({ task }, { demonstration: true });
    expect(verdict.criteria.find(({ criterion }) => criterion === 'Is elegant')?.state).toBe('unknown');
    expect(model.calls).toEqual([]);
  });
});

describe('schema', () => {
  const schema = { type: 'object', required: ['city'], properties: { city: { type: 'string', minLength: 2 } } };
  const withSchema = (answer: string, expected: unknown) =>
    judge({ earlier: prose(answer), task: { context: { expected_schema: expected as never } } });

  it('passes what follows it', async () => {
    const { verdict } = await withSchema('{"city": "Paris"}', schema);
    expect(verdict).toMatchObject({ valid: true, layers: ['schema', 'quality'], issues: [] });
  });

  it('names every place that does not', async () => {
    const { verdict } = await withSchema('{"city": "P"}', schema);
    expect(verdict.valid).toBe(false);
    expect(verdict.issues[0]).toMatchObject({ type: 'schema_violation', message: expect.stringContaining('/city') });
    expect((await withSchema('Paris', schema)).verdict.valid).toBe(false);
  });

  it.each([
    'http://json-schema.org/draft-06/schema#',
    'http://json-schema.org/draft-07/schema#',
    'https://json-schema.org/draft/2019-09/schema',
    'https://json-schema.org/draft/2020-12/schema',
  ])('is read as %s', async ($schema) => {
    expect((await withSchema('{"city": "Paris"}', { $schema, ...schema })).verdict.layers).toContain('schema');
    expect((await withSchema('{}', { $schema, ...schema })).verdict.valid).toBe(false);
  });

  it.each([
    ['a reference to elsewhere', { $ref: 'http://127.0.0.1:1/schema.json' }],
    ['a broken pattern', { type: 'string', pattern: '(' }],
    ['no schema at all', 'object'],
    ['a wrong type', { type: 'thing' }],
  ])('is not held against the outcome when it is %s', async (_case, unusable) => {
    const { verdict } = await withSchema('Paris.', unusable);
    expect(types(verdict)).toEqual(['warning schema_unusable']);
    expect(verdict).toMatchObject({ valid: true, layers: ['quality'] });
  });
});

describe('quality', () => {
  it('suffers from what is left undone', async () => {
    const { verdict: good } = await judge({});
    const { verdict: bad } = await judge({
      earlier: [
        earlier('coder', {
          ...CODE,
          code: 'def add(a, b):\n    raise NotImplementedError # TODO\n  \tx = (\n',
          explanation: '',
        }),
      ],
    });
    expect(bad.qualityScore).toBeLessThan(good.qualityScore);
    expect(types(bad)).toContain('warning incomplete_output');
  });

  it('suffers from prose that breaks off', async () => {
    const whole = await judge({ earlier: prose('Paris is the capital of France.') });
    const cut = await judge({ earlier: prose('Paris is the capital of') });
    expect(cut.verdict.qualityScore).toBeLessThan(whole.verdict.qualityScore);
  });
});

it('has nothing good to say when there is nothing to judge', async () => {
  const { verdict } = await judge({ earlier: [earlier('planner', { steps: [] })] });
  expect(verdict).toMatchObject({ valid: false, confidence: 0.5, layers: [] });
});

it('judges what an arm of another shape handed back', async () => {
  const { verdict } = await judge({
    earlier: [earlier('weather', { location: 'Paris' })],
    task: { acceptanceCriteria: ['Mentions "Paris"'] },
  });
  expect(verdict).toMatchObject({ valid: true, criteria: [{ state: 'passed' }] });
});

it('proves right code and convicts wrong code in the real sandbox', async () => {
  const module = await Test.createTestingModule({
    imports: [HealthModule, SandboxModule, SyntaxModule],
    providers: [JudgeArm, ProposalComparison, TestRunner, { provide: DirectJudge, useValue: {} }],
  }).compile();
  const run = async (artifact: CodeArtifact) => {
    const assigned = assignment({ kind: 'judge', earlier: [earlier('coder', artifact)] });
    return (await module.get(JudgeArm).run(assigned, workbench(new ScriptedModel()))).output as Verdict;
  };
  expect(await run(CODE)).toMatchObject({ valid: true, testRun: { ran: true, passed: 1, failed: 0 } });
  const wrong = { ...CODE, code: CODE.code.replace('a + b', 'a - b') };
  expect(await run(wrong)).toMatchObject({ valid: false, testRun: { ran: true, passed: 0, failed: 1 } });
  await module.close();
});
