import { ApiKeys } from '../../src/access/api-keys.service';
import { Database } from '../../src/drivers/database/database.service';
import { COLUMNS, type Column } from '../support/columns';
import { FakeOpenAi } from '../support/fake-openai';
import { TestServer, request } from '../support/server';

const GOAL = 'Write a Python function that merges two sorted lists';
const ALIKE = 'Merge two sorted lists into one sorted list, in Python';
const MERGE = {
  code: 'def merge(a: list, b: list) -> list:\n    """Both lists as one, in order."""\n    return sorted(a + b)\n',
  tests: 'def test_merge():\n    assert merge([1, 3], [2]) == [1, 2, 3]\n',
  explanation: 'Sorts both together.',
  language: 'python',
};
const OTHER = { ...MERGE, code: MERGE.code.replace('sorted(a + b)', 'sorted([*a, *b])') };
const WRONG = { ...MERGE, code: MERGE.code.replace('sorted(a + b)', 'a + b') };
const call = (instruction: string) => ({ request_type: 'generate', language: 'python', instruction });

describe.each(COLUMNS)('what the coder has solved, %s', (_, openColumn) => {
  let column: Column;
  let model: FakeOpenAi;
  let server: TestServer;
  let drafts: object[];

  beforeEach(async () => {
    column = await openColumn();
    model = await FakeOpenAi.start();
    server = await TestServer.start(column, { AUTH_MODE: 'keys' }, model);
    drafts = [MERGE];
    model.answer(({ purpose, nth }) => (purpose === 'code' ? drafts[Math.min(nth, drafts.length) - 1] : undefined));
  });
  afterEach(async () => {
    await server.stop();
    await model.stop();
    await column.dispose();
  });

  const newKey = async (name: string): Promise<Record<string, string>> => ({
    'x-api-key': (await server.get(ApiKeys).create({ name, tier: 'admin' }, 'test')).value,
  });
  const ask = async (who: Record<string, string>, instruction: string): Promise<Record<string, unknown>> => {
    const { status, body } = await request(server.url, 'POST', '/code', call(instruction), who);
    expect(status).toBe(200);
    return body;
  };
  const episodes = (): Promise<{ holder: string; problem: string; successes: number }[]> =>
    server.get(Database).query('SELECT holder, problem, successes FROM episodes ORDER BY created_at');
  const offered = (at: number): unknown =>
    (model.asked('code')[at]?.user as { untrusted: Record<string, unknown> }).untrusted['solved_before'];

  it('is offered when a like problem comes, counted, and worth more when it helps', async () => {
    const who = await newKey('one');
    expect(await ask(who, GOAL)).toMatchObject({ metadata: { memory_hits: 0, episodic_memory_used: false } });
    expect(offered(0)).toBeUndefined();
    expect(await episodes()).toMatchObject([{ problem: GOAL, successes: 1 }]);

    drafts = [OTHER];
    expect(await ask(who, ALIKE)).toMatchObject({ metadata: { memory_hits: 1, episodic_memory_used: true } });
    expect(offered(1)).toEqual([{ problem: GOAL, code: MERGE.code.trim() }]);
    expect(model.asked('code')[1]?.system).not.toContain('sorted(a + b)');
    expect(await episodes()).toMatchObject([
      { problem: GOAL, successes: 2 },
      { problem: ALIKE, successes: 1 },
    ]);
    const metrics = await (await fetch(`${server.url}/metrics`, { headers: who })).text();
    // Of the whole process: every test here adds to it.
    expect(Number(/^coder_memory_hits_total (\d+)$/m.exec(metrics)?.[1])).toBeGreaterThan(0);
  });

  it('serves tasks and direct calls alike, and one of the same again becomes one', async () => {
    const who = await newKey('one');
    const { body } = await request(server.url, 'POST', '/api/v1/tasks', { goal: GOAL }, who);
    const path = `/api/v1/tasks/${String(body['task_id'])}`;
    for (let task = body; task['status'] !== 'completed';) {
      expect(task['status']).not.toBe('failed');
      await new Promise((resolve) => setTimeout(resolve, 100));
      task = (await request(server.url, 'GET', path, undefined, who)).body;
    }
    expect(await ask(who, GOAL)).toMatchObject({ metadata: { memory_hits: 1 } });
    expect(await episodes()).toMatchObject([{ problem: GOAL, successes: 2 }]);
  });

  it('never reaches another holder', async () => {
    const [one, other] = [await newKey('one'), await newKey('other')];
    await ask(one, GOAL);
    expect(await ask(other, GOAL)).toMatchObject({ metadata: { memory_hits: 0 } });
    expect(offered(1)).toBeUndefined();
    const kept = await episodes();
    expect(kept).toMatchObject([{ successes: 1 }, { successes: 1 }]);
    expect(new Set(kept.map(({ holder }) => holder)).size).toBe(2);
  });

  it('is nothing that failed, and nothing with a person or a secret in it', async () => {
    const who = await newKey('one');
    drafts = [WRONG];
    expect(await ask(who, GOAL)).toMatchObject({ confidence: 0 });
    drafts = [{ ...MERGE, code: `${MERGE.code}# ask jane.doe@northwind-traders.com\n` }];
    expect(await ask(who, GOAL)).toMatchObject({ confidence: 0.9 });
    expect(await episodes()).toEqual([]);
  });
});
