import request from 'supertest';
import { type ApiFixture, startApi } from './api-fixture';

const GOAL = 'Write a Python function to calculate fibonacci numbers';
const UNKNOWN = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const TASKS = '/api/v1/tasks';

describe('bad input', () => {
  let api: ApiFixture;
  beforeAll(async () => {
    api = await startApi();
  });
  afterAll(() => api.app.close());
  afterEach(() => expect(api.intake.tasks.splice(0)).toEqual([]));

  const post = (body: object | string, type = 'application/json', path = TASKS) =>
    request(api.url)
      .post(path)
      .set('Content-Type', type)
      .send(typeof body === 'string' ? body : JSON.stringify(body));

  /** Every error is the union body, whatever else is wrong. */
  const expectError = (response: request.Response, status: number, code: string): void => {
    expect({ status: response.status, body: response.body }).toMatchObject({
      status,
      body: {
        message: expect.any(String),
        code,
        details: expect.any(Object),
        request_id: response.headers['x-request-id'],
        timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
        suggestions: expect.any(Array),
        error_code: expect.stringMatching(/^[A-Z_]+$/),
        category: expect.any(String),
        retryable: false,
      },
    });
    expect(response.headers['content-type']).toMatch(/^application\/json/);
  };

  const expectBadField = (response: request.Response, loc: (string | number)[], type: string): void => {
    expectError(response, 422, 'validation_error');
    expect(response.body.detail[0]).toMatchObject({ loc, type, msg: expect.any(String) });
    expect(response.body.error).toBe(response.body.message);
    if (loc.length > 1) expect(response.body.message).toContain(loc.slice(1).join('.'));
  };

  it.each([
    ['', 'string_too_short', /10 to 2000 characters/],
    ['x', 'string_too_short', /10 to 2000 characters/],
    ['too short', 'string_too_short', /10 to 2000 characters/],
    ['x'.repeat(2001), 'string_too_long', /10 to 2000 characters/],
    ['x'.repeat(10_000), 'string_too_long', /10 to 2000 characters/],
    [' \n'.repeat(40), 'string_pattern_mismatch', /only white space/],
    [42, 'string_type', /must be a string/],
    [null, 'string_type', /must be a string/],
    [['a goal within a list'], 'string_type', /must be a string/],
    [undefined, 'missing', /is required/],
  ])('refuses bad goal %#', async (goal, type, message) => {
    const response = await post({ goal });
    expectBadField(response, ['body', 'goal'], type);
    expect(response.body.message).toMatch(message);
    expect(response.body.details).toMatchObject({ field: 'goal' });
    expect(response.text).not.toContain('x'.repeat(101));
  });

  it('says how long a goal may be and how long it was', async () => {
    const { body } = await post({ goal: 'x'.repeat(2001) });
    expect(body.details).toMatchObject({ min_length: 10, max_length: 2000, provided_length: 2001 });
  });

  it.each([
    [{ constraints: 'Include docstring' }, ['constraints'], 'value_error'],
    [{ constraints: ['ok', 1] }, ['constraints'], 'value_error'],
    [{ constraints: ['ok', '  '] }, ['constraints'], 'value_error'],
    [{ constraints: Array(21).fill('one more') }, ['constraints'], 'value_error'],
    [{ constraints: ['x'.repeat(1001)] }, ['constraints'], 'value_error'],
    [{ acceptance_criteria: {} }, ['acceptance_criteria'], 'value_error'],
    [{ context: 7 }, ['context'], 'value_error'],
    [{ context: ['x'] }, ['context'], 'value_error'],
    [{ context: 'x'.repeat(50_001) }, ['context'], 'value_error'],
    [{ context: { text: 'ä'.repeat(25_000) } }, ['context'], 'value_error'],
    [{ metadata: 'x' }, ['metadata'], 'value_error'],
    [{ priority: 'urgent' }, ['priority'], 'enum'],
    [{ deadline_seconds: 9 }, ['deadline_seconds'], 'greater_than_equal'],
    [{ deadline_seconds: 3601 }, ['deadline_seconds'], 'less_than_equal'],
    [{ deadline: '2001-01-01T00:00:00Z' }, ['deadline'], 'value_error'],
    [{ deadline: 'tomorrow' }, ['deadline'], 'value_error'],
    [{ required_capabilities: Array(11).fill('search') }, ['required_capabilities'], 'value_error'],
    [{ parent_task_id: 7 }, ['parent_task_id'], 'string_type'],
    [{ parent_task_id: 'task-nonsense' }, ['parent_task_id'], 'value_error'],
    [{ parent_task_id: `task-${UNKNOWN}` }, ['parent_task_id'], 'value_error'],
    [{ budget: 'unlimited' }, ['budget'], 'dict_type'],
    [{ budget: [] }, ['budget'], 'dict_type'],
    [{ budget: { max_tokens: 0 } }, ['budget', 'max_tokens'], 'greater_than_equal'],
    [{ budget: { max_tokens: 100_001 } }, ['budget', 'max_tokens'], 'less_than_equal'],
    [{ budget: { max_tokens: 1.5 } }, ['budget', 'max_tokens'], 'int_type'],
    [{ budget: { max_tokens: '100' } }, ['budget', 'max_tokens'], 'int_type'],
    [{ budget: { max_time_seconds: 3601 } }, ['budget', 'max_time_seconds'], 'less_than_equal'],
    [{ budget: { max_cost_usd: -0.01 } }, ['budget', 'max_cost_usd'], 'greater_than_equal'],
    [{ budget: { max_cost_dollars: 100.5 } }, ['budget', 'max_cost_dollars'], 'less_than_equal'],
    [{ budget: { max_retries: 11 } }, ['budget', 'max_retries'], 'less_than_equal'],
    [{ budget: { max_cost: 1 } }, ['budget', 'max_cost'], 'extra_forbidden'],
    [{ constructor: { name: 'x' } }, ['"constructor"'], 'extra_forbidden'],
    [{ note: { constructor: 1 } }, ['note'], 'extra_forbidden'],
    [{ gaol: 'a typing mistake' }, ['gaol'], 'extra_forbidden'],
  ])('refuses bad field %#', async (fields, path, type) => {
    expectBadField(await post({ goal: GOAL, ...fields }), ['body', ...path], type);
  });

  it('names every bad field, but not thousands', async () => {
    const { body } = await post({ goal: 'x', priority: 'urgent', extra: 1 });
    const fields = (body.detail as { loc: string[] }[]).map(({ loc }) => loc[1]);
    expect(fields.sort()).toEqual(['extra', 'goal', 'priority']);
    expect(body.message).toContain('and 2 more');

    const flood = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`field${index}`, index]));
    expect((await post({ goal: GOAL, ...flood })).body.detail.length).toBeLessThanOrEqual(20);
  });

  it('repeats at most 100 characters of a bad value, and no credential', async () => {
    const { text } = await post({ goal: GOAL, ['y'.repeat(500)]: 'z'.repeat(500) });
    expect(text).not.toMatch(/y{101}|z{101}/);
    const secrets = {
      api_key: 'hunter2hunter2',
      note: 'sk-abcdefghijklmnop1234',
      where: 'postgres://me:s3cret-pass@db/x',
      auth: 'Bearer abcdefghijklmnop',
    };
    const response = await post({ goal: GOAL, ...secrets });
    expect(response.text).not.toMatch(/hunter2|abcdefghijklmnop|s3cret/);
    expect(response.body.detail).toHaveLength(4);
  });

  it.each(['{"goal": "x', '{"goal": }', 'hello', '{goal: 1}', '{"a":1} trailing', '\u0001'])(
    'refuses the broken JSON %p',
    async (text) => {
      const response = await post(text);
      expectBadField(response, ['body'], 'json_invalid');
      expect(response.body.message).toMatch(/not valid JSON/);
    },
  );

  it.each(['[]', '"text"', '17', 'null', 'true', '[{"goal":"x"}]'])(
    'refuses the body %s that is no object',
    async (text) => {
      const response = await post(text);
      expectBadField(response, ['body'], 'dict_type');
    },
  );

  it('wants a body', async () => {
    expectBadField(await post(''), ['body'], 'missing');
    expectBadField(await request(api.url).post(TASKS), ['body'], 'missing');
  });

  it('refuses bytes that are not UTF-8', async () => {
    const body = Buffer.concat([Buffer.from('{"goal":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);
    const response = await fetch(`${api.url}${TASKS}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ message: expect.stringContaining('UTF-8') });
  });

  it('answers a body of 10 MB with 413 and stays up', async () => {
    const response = await post({ goal: 'x'.repeat(10 * 1024 * 1024) });
    expectError(response, 413, 'payload_too_large');
    expect((await request(api.url).get('/health')).status).toBe(200);
  });

  it('also stops a body of unknown length', async () => {
    const piece = Buffer.alloc(64 * 1024, 'x');
    const stream = new ReadableStream({
      start(controller) {
        for (let sent = 0; sent < 40; sent += 1) controller.enqueue(piece);
        controller.close();
      },
    });
    const answer = await fetch(`${api.url}${TASKS}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: stream,
      duplex: 'half',
    });
    expect(answer.status).toBe(413);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/xml',
    'multipart/form-data; boundary=x',
    'nonsense',
  ])('refuses the content type %s', async (type) => {
    const response = await post(`{"goal":"${GOAL}"}`, type);
    expectError(response, 415, 'unsupported_media_type');
  });

  it('refuses JSON nested too deeply, at any depth', async () => {
    for (const depth of [40, 100_000]) {
      const response = await post(`{"goal":"${GOAL}","context":{"a":${'['.repeat(depth)}${']'.repeat(depth)}}}`);
      expectBadField(response, ['body', 'context', 'a'], 'too_deep');
    }
  });

  it.each([
    ['{"goal":"G","__proto__":{"admin":true}}', ['__proto__']],
    ['{"goal":"G","context":{"__proto__":{"admin":true}}}', ['context', '__proto__']],
    ['{"goal":"G","context":{"\\u005f_proto__":1}}', ['context', '__proto__']],
    ['{"goal":"G","metadata":{"constructor":{"prototype":{"admin":true}}}}', ['metadata', 'constructor', 'prototype']],
  ])('refuses the poisoned names of %s', async (text, path) => {
    expectBadField(await post(text.replace('"G"', JSON.stringify(GOAL))), ['body', ...path], 'forbidden_key');
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });

  it.each([
    [`{"goal":"${GOAL} \\u0000"}`, ['goal'], /NUL/],
    [`{"goal":"${GOAL}","constraints":["fine","\\u0000"]}`, ['constraints', 1], /NUL/],
    [`{"goal":"${GOAL}","context":{"deep":[{"x":"a\\u0000"}]}}`, ['context', 'deep', 0, 'x'], /NUL/],
    [`{"goal":"${GOAL} \\ud83d"}`, ['goal'], /surrogate/],
    [`{"goal":"${GOAL}","metadata":{"x":"\\udc00 \\ud800"}}`, ['metadata', 'x'], /surrogate/],
  ])('refuses text that cannot be stored: %s', async (text, path, message) => {
    const response = await post(text);
    expectBadField(response, ['body', ...path], 'invalid_text');
    expect(response.body.message).toMatch(message);
  });

  it('refuses a name that cannot be stored and a number that is none', async () => {
    expectBadField(
      await post(`{"goal":"${GOAL}","metadata":{"a\\u0000":1}}`),
      ['body', 'metadata', 'a\0'],
      'invalid_text',
    );
    expectBadField(await post(`{"goal":"${GOAL}","metadata":{"n":1e999}}`), ['body', 'metadata', 'n'], 'finite_number');
  });

  it.each([
    `task-${UNKNOWN}`,
    UNKNOWN,
    'task_AbCdEfGh12345678',
    'nonsense',
    'task-',
    `task-${UNKNOWN}x`,
    `TASK-${UNKNOWN}`,
    '..',
    '%00',
    'x'.repeat(900),
    "1' OR '1'='1",
  ])('answers 404 for bad id %#, on every route of a task', async (id) => {
    const path = `${TASKS}/${id === '..' || id === '%00' ? encodeURIComponent(id) : encodeURI(id)}`;
    for (const response of [
      await request(api.url).get(path),
      await request(api.url).delete(path),
      await request(api.url).post(`${path}/cancel`),
      await request(api.url).get(`${path}/events`),
    ]) {
      if (id === '..') continue;
      expectError(response, 404, 'resource_not_found');
      expect(response.body.detail).toMatch(/^Task .* not found$/);
      expect(response.text).not.toContain('x'.repeat(101));
    }
  });

  it('answers an address that cannot be decoded or is far too long', async () => {
    for (const path of [`${TASKS}/%zz`, `${TASKS}/${'x'.repeat(2000)}`]) {
      const response = await request(api.url).get(path);
      expect([400, 404, 414]).toContain(response.status);
      expectError(response, response.status, response.body.code as string);
    }
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=ten', 'limit'],
    ['limit=', 'limit'],
    ['limit=5&limit=6', 'limit'],
    ['status=done', 'status'],
    ['status=failed&status=completed', 'status'],
    ['cursor=%00', 'cursor'],
    ['cursor=not-ours', 'cursor'],
    ['page=2', 'page'],
  ])('refuses the list query %s', async (query, field) => {
    const response = await request(api.url).get(`${TASKS}?${query}`);
    expectError(response, 422, 'validation_error');
    expect(response.body.details.field).toBe(field);
    const [issue] = response.body.detail as { loc: string[]; input: unknown }[];
    expect(issue?.loc).toEqual(['query', field]);
    expect(issue?.input).not.toBe('NaN');
  });

  it('answers unknown routes with an object in error', async () => {
    for (const response of [
      await request(api.url).get('/no/such/route?token=abc'),
      await request(api.url).post('/nothing').set('Content-Type', 'application/json').send('{"a":1}'),
    ]) {
      expectError(response, 404, 'endpoint_not_found');
      expect(response.body.error).toEqual({
        code: 'endpoint_not_found',
        message: response.body.message,
        details: response.body.details,
      });
      expect(response.text).not.toContain('token=abc');
    }
  });

  it('answers wrong methods with the right ones', async () => {
    for (const response of [
      await request(api.url).put(`${TASKS}?token=abc`),
      await request(api.url).patch(TASKS),
      await request(api.url).options(TASKS),
    ]) {
      expectError(response, 405, 'method_not_allowed');
      expect(response.headers['allow']).toBe('GET, HEAD, POST');
      expect(response.text).not.toContain('token=abc');
    }
  });

  it('answers HEAD like GET without a body', async () => {
    const list = await request(api.url).head(TASKS);
    expect([list.status, list.text]).toEqual([200, undefined]);
    const missing = await request(api.url).head(`${TASKS}/${UNKNOWN}`);
    expect([missing.status, missing.text]).toEqual([404, undefined]);
  });

  describe('of documents', () => {
    const send = (body: object) => post(body, 'application/json', '/api/v1/documents');

    it.each([
      [{}, ['documents'], 'missing'],
      [{ documents: [] }, ['documents'], 'too_short'],
      [{ documents: Array.from({ length: 101 }, () => ({ content: 'x' })) }, ['documents'], 'too_long'],
      [{ documents: 'text' }, ['documents'], 'list_type'],
      [{ documents: ['text'] }, ['documents'], 'dict_type'],
      [{ documents: [null] }, ['documents'], 'dict_type'],
      [{ documents: [{ content: 'fine' }, {}] }, ['documents', 1, 'content'], 'missing'],
      [{ documents: [{ content: '' }] }, ['documents', 0, 'content'], 'string_too_short'],
      [{ documents: [{ content: 'x'.repeat(200_001) }] }, ['documents', 0, 'content'], 'string_too_long'],
      [{ documents: [{ content: 'x', id: 5 }] }, ['documents', 0, 'id'], 'string_type'],
      [{ documents: [{ content: 'x', title: 'y' }] }, ['documents', 0, 'title'], 'extra_forbidden'],
      [{ documents: [{ content: 'x', metadata: [] }] }, ['documents', 0, 'metadata'], 'value_error'],
      [
        {
          documents: [
            { id: 'a', content: 'x' },
            { id: 'a', content: 'y' },
          ],
        },
        ['documents'],
        'value_error',
      ],
      [{ documents: [{ content: 'x' }], collection: 'a/b' }, ['collection'], 'string_pattern_mismatch'],
    ])('refuses bad documents %#', async (body, path, type) => {
      expectBadField(await send(body), ['body', ...path], type);
      expect(api.intake.documents).toEqual([]);
    });
  });
});
