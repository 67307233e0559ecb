import { DisabledSandbox } from '../../src/drivers/sandbox/disabled';
import { SandboxPort } from '../../src/drivers/sandbox/sandbox.port';
import { ChildServer } from '../support/child-server';
import { COLUMNS, type Column, embeddedColumn } from '../support/columns';
import { FakeOpenAi, completes } from '../support/fake-openai';
import { TestServer, eventsOf, finished, submit } from '../support/server';

const GOAL = 'Write a Python function clamp(value, low, high) that keeps a value within two limits';
const TESTS = `def test_within():
    assert clamp(5, 0, 10) == 5


def test_below():
    assert clamp(-5, 0, 10) == 0


def test_above():
    assert clamp(50, 0, 10) == 10
`;
const draft = (expression: string) => ({
  code: `def clamp(value: float, low: float, high: float) -> float:\n    """Keep a value within two limits."""\n    return ${expression}\n`,
  tests: TESTS,
  explanation: 'Limits it from both sides.',
  language: 'python',
});
const RIGHT = draft('max(low, min(value, high))');
/** Passes one, two and none of the three tests. */
const ONE = draft('value');
const TWO = draft('min(value, high)');
const NONE = draft('None');
const BROKEN = { ...RIGHT, code: RIGHT.code.replace('return max', 'return return max') };
const REQUEST = { request_type: 'generate', language: 'python', instruction: GOAL };
const FIRST_TRY = { repairs: 0, syntax: 'valid' };

interface Metadata {
  proof: object;
  test_run: object;
}

describe.each(COLUMNS)('code is tried before it leaves, %s', (_, openColumn) => {
  let column: Column;
  let model: FakeOpenAi;
  let server: TestServer;
  let drafts: object[];

  beforeAll(async () => {
    column = await openColumn();
    model = await FakeOpenAi.start();
    server = await TestServer.start(column, {}, model);
  });
  afterAll(async () => {
    await server.stop();
    await model.stop();
    await column.dispose();
  });
  beforeEach(() => {
    model.reset();
    drafts = [];
    model.answer(({ purpose, nth }) => (purpose === 'code' ? drafts[Math.min(nth, drafts.length) - 1] : undefined));
  });
  afterEach(() => jest.restoreAllMocks());

  const call = async (): Promise<{ body: Record<string, unknown>; metadata: Metadata }> => {
    const { status, body } = await server.request('POST', '/code', REQUEST);
    expect(status).toBe(200);
    return { body, metadata: body['metadata'] as Metadata };
  };

  const complete = (budget = {}) => server.complete({ goal: GOAL, budget });

  describe('the first fails its tests, the second passes', () => {
    const proof = { syntax: 'valid', tests: 'passed', tests_passed: 3, tests_failed: 0, repairs: 1 };

    it('and the result of a task says so', async () => {
      drafts = [TWO, RIGHT];
      const task = await complete();
      expect(task).toMatchObject({
        status: 'completed',
        result: { code: RIGHT.code.trim(), proof, validation_passed: true, repair_rounds: 0, test_run: { passed: 3 } },
      });
      expect(task.confidence).toBeGreaterThan(0.7);
      expect(model.asked('code')).toHaveLength(2);
      const [, second] = model.asked('code');
      expect(second?.user).toMatchObject({
        untrusted: { draft: { code: TWO.code.trim() }, failures: [expect.stringMatching(/^test_below: .*Error/)] },
      });
      expect(second?.system).not.toContain('test_below');
    });

    it('and the answer of /code says so', async () => {
      drafts = [TWO, RIGHT];
      const { body, metadata } = await call();
      expect(body).toMatchObject({ success: true, code: RIGHT.code.trim(), confidence: 0.9, warnings: [] });
      expect(metadata).toMatchObject({ proof, test_run: { ran: true, passed: 3, failed: 0 } });
    });
  });

  it('never passes: the best draft is handed on, and nobody is told it works', async () => {
    drafts = [TWO, NONE, ONE];
    const { body, metadata } = await call();
    expect(body).toMatchObject({
      code: TWO.code.trim(),
      confidence: 0.2,
      warnings: [expect.stringMatching(/1 of 3 tests still fail after 2 rounds of mending: test_below/)],
    });
    expect(metadata.proof).toEqual({ ...FIRST_TRY, tests: 'failed', tests_passed: 2, tests_failed: 1 });
    expect(model.asked('code')).toHaveLength(3);

    model.reset();
    drafts = [TWO, NONE, ONE, NONE, ONE];
    model.answer(({ purpose, nth }) => (purpose === 'code' ? drafts[nth - 1] : undefined));
    const task = await complete();
    expect(task).toMatchObject({
      status: 'failed',
      error_type: 'criteria_not_met',
      result: { validation_passed: false, proof: { tests: 'failed' }, repair_rounds: 2 },
    });
    expect(task.result?.confidence).toBeLessThanOrEqual(0.7);
    // Two rounds of its own, and one draft for each of the judge's two.
    expect(model.asked('code')).toHaveLength(5);
  });

  it('cannot be parsed: that is mended before any test is run', async () => {
    drafts = [BROKEN, RIGHT];
    const { body, metadata } = await call();
    expect(body).toMatchObject({ code: RIGHT.code.trim(), confidence: 0.9 });
    expect(metadata.proof).toMatchObject({ syntax: 'valid', tests: 'passed', repairs: 1 });
    expect(model.asked('code')[1]?.user).toMatchObject({
      untrusted: { failures: [expect.stringMatching(/^this is no valid python: .*line 3/)] },
    });
  });

  it('never can be parsed: the answer says so', async () => {
    drafts = [BROKEN];
    const { body, metadata } = await call();
    expect(body).toMatchObject({ success: true, confidence: 0.1 });
    expect(metadata.proof).toMatchObject({ syntax: 'invalid', tests: 'not_run', tests_passed: 0 });
    expect((body['warnings'] as string[]).join()).toMatch(/no valid python/);
  });

  it('cannot be run for want of isolation: nothing is proven, and the reason is told', async () => {
    drafts = [RIGHT];
    const disabled = new DisabledSandbox('no isolation; install bubblewrap');
    const sandbox = server.get(SandboxPort);
    jest.spyOn(sandbox, 'run').mockImplementation(() => disabled.run());
    const { body, metadata } = await call();
    expect(body['confidence']).toBeLessThanOrEqual(0.6);
    expect(metadata.proof).toMatchObject({
      tests: 'not_run',
      tests_note: 'no isolation; install bubblewrap',
      repairs: 0,
    });
    expect((body['warnings'] as string[]).join()).toContain('install bubblewrap');
    expect(model.asked('code')).toHaveLength(1);
  });

  it('has no budget left for mending: what there is comes with what is known of it', async () => {
    const spent = (content: object) =>
      completes({
        model: 'fake',
        choices: [{ message: { role: 'assistant', content: JSON.stringify(content) }, finish_reason: 'stop' }],
        usage: { prompt_tokens: 18_000, completion_tokens: 1_500 },
      });
    model.next(spent(TWO));
    const { body, metadata } = await call();
    expect(body).toMatchObject({ success: true, code: TWO.code.trim(), confidence: 0.2 });
    expect(metadata.proof).toMatchObject({ tests: 'failed', tests_passed: 2, repairs: 0 });
    expect((body['warnings'] as string[]).at(-1)).toMatch(/not mended further: .*budget.max_tokens/);
    expect(model.asked('code')).toHaveLength(1);
  });

  it("is held against the caller's own tests too", async () => {
    const mine =
      'def test_text():\n    assert clamp("b", "a", "c") == "b"\n\ndef test_equal():\n    assert clamp(1, 2, 2) == 2\n';
    drafts = [TWO, RIGHT];
    const { body } = await server.request('POST', '/code', { ...REQUEST, context: { tests: mine } });
    expect(body).toMatchObject({ confidence: 0.9, tests: TESTS.trim(), metadata: { proof: { tests_passed: 5 } } });
    expect(JSON.stringify(model.asked('code')[1]?.user)).toContain('test_equal');
  });

  it('reworks code without changing what it does: the same tests on both versions', async () => {
    drafts = [NONE, RIGHT];
    const existing = RIGHT.code.replace('max(low, min(value, high))', 'sorted((low, value, high))[1]');
    const request = { operation: 'refactor', prompt: 'Make it easier to read', language: 'python', code: existing };
    const { body } = await server.request('POST', '/code', request);
    expect(body).toMatchObject({ code: RIGHT.code.trim(), confidence: 0.9, warnings: [] });
    expect(JSON.stringify(model.asked('code')[1]?.user)).toContain('it passes on the code as given');
  });

  it('keeps a test that finds a fault in code as given', async () => {
    drafts = [{ ...RIGHT, code: '' }];
    const request = { operation: 'test', prompt: 'Write tests for it', language: 'python', code: TWO.code };
    const { body } = await server.request('POST', '/code', request);
    expect(body).toMatchObject({
      code: TWO.code,
      tests: TESTS.trim(),
      confidence: 0.6,
      warnings: [expect.stringContaining('1 of 3 tests fail on the code as given')],
    });
    expect(model.asked('code')).toHaveLength(1);
  });

  it.each([
    [
      'javascript',
      'const add = (a, b) => a + b;',
      "test('adds', () => { if (add(1, 2) !== 3) throw new Error('no'); });",
    ],
    [
      'typescript',
      'export const add = (a: number, b: number): number => a + b;',
      "test('adds', () => { if (add(1, 2) !== 3) throw new Error('no'); });",
    ],
  ])('proves %s as well', async (language, code, tests) => {
    drafts = [
      { code: code.replace('a + b;', 'a + + ;'), tests, explanation: '', language },
      { code, tests, explanation: '', language },
    ];
    const { body } = await server.request('POST', '/code', { ...REQUEST, language, instruction: 'Add two numbers' });
    expect(body).toMatchObject({
      language,
      confidence: 0.9,
      metadata: { proof: { syntax: 'valid', tests_passed: 1, repairs: 1 } },
    });
  });

  it.each([
    ['go', 'package main\n\nfunc Add(a, b int) int {\n\treturn a + b\n}', 'a + b\n', 'a + + \n'],
    ['rust', 'pub fn add(a: i32, b: i32) -> i32 {\n    a + b\n}', 'a + b', 'a + +'],
    [
      'java',
      'public class Add {\n    static int add(int a, int b) {\n        return a + b;\n    }\n}',
      'a + b;',
      'a + + ;',
    ],
  ])('parses %s, and says that its tests were not run', async (language, code, right, wrong) => {
    const reply = { code, tests: 'x', explanation: '', language };
    drafts = [{ ...reply, code: code.replace(right, wrong) }, reply];
    const { body } = await server.request('POST', '/code', { ...REQUEST, language, instruction: 'Add two numbers' });
    expect(body).toMatchObject({
      language,
      confidence: 0.6,
      metadata: { proof: { syntax: 'valid', tests: 'not_run', repairs: 1 } },
    });
    expect((body['warnings'] as string[]).join()).toContain('tests were not run');
  });
});

describe('a server that is killed between a draft and its proof', () => {
  it('has the draft made again, and proves it', async () => {
    const column = await embeddedColumn();
    const model = await FakeOpenAi.start();
    const variables = { ...column.variables, LLM_PROVIDER: 'openai', OPENAI_BASE_URL: model.url };
    // Its tests never end by themselves.
    const endless = { ...RIGHT, tests: 'import time\n\ndef test_endless():\n    time.sleep(600)\n' };
    model.answer(({ purpose, nth }) => (purpose !== 'code' ? undefined : nth === 1 ? endless : RIGHT));
    let server = await ChildServer.start(variables);
    try {
      const id = await submit(server.url, { goal: GOAL });
      for await (const { data } of eventsOf(server.url, id)) {
        if (JSON.stringify(data).includes('Running the tests')) break;
      }
      await server.kill();
      server = await ChildServer.start(variables);
      const task = await finished(server.url, id);
      expect(task).toMatchObject({
        status: 'completed',
        result: { code: RIGHT.code.trim(), proof: { tests: 'passed', tests_passed: 3, repairs: 0 } },
      });
      expect(task.result?.lineage.find(({ step }) => step === 's1')?.attempt).toBe(2);
      expect(model.asked('code')).toHaveLength(2);
    } finally {
      await server.stop();
      await model.stop();
      await column.dispose();
    }
  });
});
