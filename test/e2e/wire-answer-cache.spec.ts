import { ApiKeys } from '../../src/access/api-keys.service';
import { Database } from '../../src/drivers/database/database.service';
import { AnswerCache } from '../../src/memory/answers/answers.service';
import { type Column, embeddedColumn } from '../support/columns';
import { FakeOpenAi } from '../support/fake-openai';
import { type TaskBody, TestServer, eventually, request } from '../support/server';

const GOAL = 'Write a Python function to calculate fibonacci numbers';
const SHA256 = /^[0-9a-f]{64}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
type Body = Record<string, unknown> & { metadata: Record<string, unknown> };

describe('answers that tasks have given', () => {
  let column: Column;
  let model: FakeOpenAi;
  let server: TestServer;
  let task: TaskBody;

  const preprocess = async (body: object): Promise<Body> =>
    (await server.request('POST', '/preprocess', body)).body as Body;
  const figure = async (name: string): Promise<number> => {
    const lines = (await (await fetch(`${server.url}/metrics`)).text()).split('\n');
    return Number(lines.find((line) => line.startsWith(`${name} `))?.slice(name.length + 1) ?? 0);
  };
  const isKnown = async (goal: string): Promise<boolean> =>
    (await preprocess({ input_text: goal }))['decision'] === 'cache_hit';
  const known = (goal: string): Promise<true> =>
    eventually(`an answer to ${goal}`, async () => (await isKnown(goal)) || undefined);

  beforeAll(async () => {
    column = await embeddedColumn();
    model = await FakeOpenAi.start();
    server = await TestServer.start(column, {}, model);
    task = await server.complete({ goal: GOAL });
    await known(GOAL);
  });
  afterAll(async () => {
    await server.stop();
    await model.stop();
    await column.dispose();
  });

  it('are the answer to the same text', async () => {
    const body = await preprocess({ input_text: GOAL });
    const { result } = task;
    expect(body).toMatchObject({
      decision: 'cache_hit',
      cache_hit: true,
      cached: true,
      should_proceed: true,
      response: result?.output,
      confidence: result?.confidence,
      cached_result: {
        output: result?.output,
        confidence: result?.confidence,
        code: result?.code,
        tests: result?.tests,
        language: 'python',
        model: result?.model,
        warnings: result?.warnings,
        citations: [],
      },
      metadata: {
        cache_key: expect.stringMatching(SHA256),
        cached_at: expect.stringMatching(INSTANT),
        safety_check_passed: true,
      },
    });
    expect(Object.keys(body['cached_result'] as object)).not.toContain('lineage');
    expect((await server.request('POST', '/reflex', { query: GOAL })).body).toEqual({
      action: 'CacheHit',
      response: result?.output,
      cached_at: body.metadata['cached_at'],
      cache_age_ms: expect.any(Number),
    });
  });

  it.each([
    ['other white space', `  ${GOAL.replaceAll(' ', '\n ')}\t`, true],
    ['another case', GOAL.toLowerCase(), false],
    ['another word', `${GOAL} quickly`, false],
  ])('with %s, %j: %s', async (_, goal, isSame) => {
    expect(await isKnown(goal)).toBe(isSame);
  });

  it.each([
    ['the cache is not to be asked', { check_cache: false }],
    ['a context comes with the text', { context: { page: 3 } }],
    ['not everything was looked for', { detect_pii: false }],
  ])('are not told when %s', async (_, more) => {
    expect(await preprocess({ input_text: GOAL, ...more })).toMatchObject({ decision: 'forward_to_orchestrator' });
  });

  it('never stand in for a task that is submitted', async () => {
    const before = model.requests.length;
    const { metadata } = await preprocess({ input_text: GOAL });
    expect(await server.complete({ goal: GOAL })).toMatchObject({ status: 'completed' });
    expect(model.requests.length).toBeGreaterThan(before);
    await eventually('the later answer in place of the earlier one', async () => {
      const later = await preprocess({ input_text: GOAL });
      return later.metadata['cached_at'] !== metadata['cached_at'] || undefined;
    });
  });

  it('are found by their key and counted', async () => {
    const { metadata } = await preprocess({ input_text: GOAL });
    const hits = await figure('octollm_cache_hits_total{layer="answer"}');
    const { body } = await server.request('GET', `/v1/cache/${String(metadata['cache_key'])}`);
    expect(body).toMatchObject({
      cache_key: metadata['cache_key'],
      cached_result: { output: task.result?.output },
      cached_at: metadata['cached_at'],
      hit: true,
    });
    const lifetime = Date.parse(String(body['expires_at'])) - Date.parse(String(body['cached_at']));
    expect(lifetime).toBe(3_600_000);
    const stats = (await server.request('GET', '/cache/stats')).body as Record<string, number>;
    await preprocess({ input_text: GOAL });
    expect(await figure('octollm_cache_hits_total{layer="answer"}')).toBe(hits + 1);
    const later = (await server.request('GET', '/cache/stats')).body as Record<string, number>;
    expect(later['total_entries']).toBe(stats['total_entries']);
    expect(await server.get(AnswerCache).statistics()).toMatchObject({ entries: 1, evictions: 0 });
  });

  it('are not kept of a goal in which something was replaced, nor of one with a parent', async () => {
    const goal = `${GOAL} for jo.doe@acme.io`;
    await server.complete({ goal });
    await server.complete({ goal: `${GOAL} again`, parent_task_id: task.task_id });
    await server.complete({ goal: `${GOAL} with care` });
    await known(`${GOAL} with care`);
    for (const text of [goal, `${GOAL} for [EMAIL-REDACTED]`, `${GOAL} again`])
      expect([text, await isKnown(text)]).toEqual([text, false]);
  });

  it('hold neither personal data nor secrets nor the question', async () => {
    const marker = 'of the tinselkraut kind';
    const value = 'kim.lee@acme.io';
    model.answer(({ purpose, user }) =>
      purpose === 'code' && JSON.stringify(user).includes(marker)
        ? {
            code: `def fibonacci(n):\n    """Ask ${value}."""\n    a, b = 0, 1\n    for _ in range(n):\n        a, b = b, a + b\n    return a`,
            tests: 'def test_fibonacci():\n    assert [fibonacci(n) for n in range(6)] == [0, 1, 1, 2, 3, 5]',
            explanation: `Written by ${value}.`,
            language: 'python',
          }
        : undefined,
    );
    await server.complete({ goal: `${GOAL} ${marker}` });
    await known(`${GOAL} ${marker}`);
    model.reset();
    const rows = (): Promise<{ text: string }[]> =>
      server.get(Database).query<{ text: string }>('SELECT to_jsonb(answers)::text AS text FROM answers');
    const text = (await rows()).map((row) => row.text).join();
    expect(text).toContain('fibonacci');
    for (const word of [value, marker]) expect(text).not.toContain(word);
  });

  it('outlive the process, and end with their time', async () => {
    await server.stop();
    server = await TestServer.start(column, {}, model);
    expect(await isKnown(GOAL)).toBe(true);
    await server.get(Database).query("UPDATE answers SET expires_at = now() - interval '1 second'");
    expect(await isKnown(GOAL)).toBe(false);
    await server.stop();
    server = await TestServer.start(column, {}, model);
    expect(await server.get(Database).query('SELECT 1 FROM answers')).toEqual([]);
  });

  it('are forgotten with the rest of the cache', async () => {
    await server.complete({ goal: GOAL });
    await known(GOAL);
    const { body } = await server.request('POST', '/cache/clear');
    expect(body['entries_cleared']).toBeGreaterThanOrEqual(1);
    expect(await isKnown(GOAL)).toBe(false);
  });

  describe('about a task', () => {
    const status = async (id: string): Promise<unknown> =>
      (await server.request('POST', '/reflex', { query: `status of ${id}` })).body['response'];

    it('are its real state, under any of its ids', async () => {
      const uuid = task.task_id.replace('task-', '');
      for (const id of [uuid, task.task_id])
        expect(await status(id)).toMatch(new RegExp(`^Task ${id} is completed \\(\\d+ of \\d+ steps\\)\\.$`));
      expect(await preprocess({ input_text: `How is my task ${uuid}?` })).toMatchObject({
        decision: 'reflex_handled',
        response: expect.stringContaining('is completed'),
        metadata: { pattern: 'task_status', template: 'task_status_reply' },
      });
    });

    it('say so when there is none', async () => {
      expect(await status('task_0123456789abcdef')).toBe('There is no task task_0123456789abcdef.');
    });
  });
});

describe('answers where keys are demanded', () => {
  let column: Column;
  let model: FakeOpenAi;
  let server: TestServer;
  beforeAll(async () => {
    column = await embeddedColumn();
    model = await FakeOpenAi.start();
    server = await TestServer.start(column, { AUTH_MODE: 'keys' }, model);
  });
  afterAll(async () => {
    await server.stop();
    await model.stop();
    await column.dispose();
  });

  it('belong to the key that submitted the task, and the state of a task to those who may read it', async () => {
    const key = async (scopes?: ['task:submit']): Promise<Record<string, string>> => ({
      'x-api-key': (await server.get(ApiKeys).create({ name: 'k', tier: scopes ? 'live' : 'admin', scopes }, 'test'))
        .value,
    });
    const [one, other, submitter] = [await key(), await key(), await key(['task:submit'])];
    const as = async (who: Record<string, string>, method: string, path: string, body?: object): Promise<Body> =>
      (await request(server.url, method, path, body, who)).body as Body;
    const ask = (who: Record<string, string>): Promise<Body> => as(who, 'POST', '/preprocess', { input_text: GOAL });

    const { task_id: id } = await as(one, 'POST', '/tasks', { goal: GOAL });
    const mine = await eventually('an answer', async () => {
      const body = await ask(one);
      return body['decision'] === 'cache_hit' ? body : undefined;
    });
    expect(await ask(other)).toMatchObject({ decision: 'forward_to_orchestrator', cache_hit: false });
    const path = `/v1/cache/${String(mine.metadata['cache_key'])}`;
    expect(await as(one, 'GET', path)).toMatchObject({ hit: true });
    expect(await as(other, 'GET', path)).toMatchObject({ hit: false });

    const status = { query: `status of ${String(id)}` };
    expect((await as(one, 'POST', '/reflex', status))['response']).toContain('is completed');
    expect((await as(submitter, 'POST', '/reflex', status))['response']).toBe(
      'GET /tasks/{id} says how a task is doing, under any of its ids.',
    );
  });
});

it('the demonstration model gives no answers for others', async () => {
  const column = await embeddedColumn();
  const server = await TestServer.start(column);
  try {
    const { task_id: id, status } = await server.complete({ goal: GOAL });
    expect(status).toBe('completed');
    await server.get(AnswerCache).remember(id.replace('task-', ''));
    expect((await server.request('POST', '/preprocess', { input_text: GOAL })).body).toMatchObject({
      decision: 'forward_to_orchestrator',
    });
    expect(await server.get(Database).query('SELECT 1 FROM answers')).toEqual([]);
  } finally {
    await server.stop();
    await column.dispose();
  }
});
