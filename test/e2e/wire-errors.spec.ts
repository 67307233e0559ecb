import { once } from 'node:events';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import axios from 'axios';
import { type Column, embeddedColumn } from '../support/columns';
import { TestServer } from '../support/server';

const GOAL = 'Write a Python function to calculate fibonacci numbers';
const UUID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const KEY = 'task_AbCdEfGh12345678';
const PYTHON = { 'user-agent': 'OctoLLM-Python-SDK/0.4.0' };

describe('errors on the wire', () => {
  let column: Column;
  let server: TestServer;
  beforeAll(async () => {
    column = await embeddedColumn();
    server = await TestServer.start(column, { MAX_BODY_BYTES: '20000' });
  });
  afterAll(async () => {
    await server.stop();
    await column.dispose();
  });

  const union = (code: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
    error: expect.anything(),
    message: expect.any(String),
    code,
    details: expect.any(Object),
    request_id: expect.any(String),
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    error_code: expect.stringMatching(/^[A-Z_]+$/),
    category: expect.any(String),
    retryable: expect.any(Boolean),
    suggestions: expect.any(Array),
    ...more,
  });

  /** Sends text as it is; the answer is held against the document. */
  const send = async (method: string, path: string, body?: string | Buffer, headers: Record<string, string> = {}) => {
    const response = await fetch(`${server.url}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: new Uint8Array(Buffer.from(body)) }),
    });
    const parsed = (await response.json()) as Record<string, unknown>;
    const answer = { status: response.status, body: parsed, headers: response.headers };
    server.checkAnswer(method, path, answer);
    expect(response.headers.get('content-type')).toBe('application/json');
    if (!response.ok) expect(response.headers.get('x-request-id')).toBe(parsed['request_id']);
    return answer;
  };

  it('an unknown route is an object in error, whoever asks', async () => {
    for (const headers of [{}, PYTHON, { 'user-agent': 'axios/1.7.2' }]) {
      const { status, body } = await send('GET', '/no/such/route?api_key=hunter2', undefined, headers);
      expect([status, body]).toEqual([
        404,
        union('endpoint_not_found', {
          error: { code: 'endpoint_not_found', message: 'There is no GET /no/such/route.', details: {} },
          message: 'There is no GET /no/such/route.',
          category: 'not_found',
        }),
      ]);
    }
  });

  it('repeats the request id of the caller', async () => {
    const { body, headers } = await send('GET', '/none', undefined, { 'x-request-id': 'req_0123456789abcdef' });
    expect([body['request_id'], headers.get('x-request-id')]).toEqual(['req_0123456789abcdef', 'req_0123456789abcdef']);
  });

  it('a wrong method is 405 with the right ones', async () => {
    const { status, body, headers } = await send('PUT', '/api/v1/tasks', '{}');
    expect([status, body]).toEqual([
      405,
      union('method_not_allowed', {
        error: '/api/v1/tasks does not take PUT, but GET, HEAD, POST.',
        message: '/api/v1/tasks does not take PUT, but GET, HEAD, POST.',
        details: { method: 'PUT', allowed_methods: ['GET', 'HEAD', 'POST'] },
        detail: '/api/v1/tasks does not take PUT, but GET, HEAD, POST.',
      }),
    ]);
    expect(headers.get('allow')).toBe('GET, HEAD, POST');
    const one = await send('PATCH', `/api/v1/tasks/${UUID}`, '{}');
    expect([one.status, one.headers.get('allow')]).toEqual([405, 'DELETE, GET, HEAD']);
    expect((await send('POST', '/coder/health', '{}')).headers.get('allow')).toBe('GET, HEAD');
  });

  describe('broken JSON', () => {
    const text = '{"goal": "x';

    it('is 422 with a list in the Guide family', async () => {
      const { status, body } = await send('POST', '/api/v1/tasks', text);
      expect([status, body]).toEqual([
        422,
        union('validation_error', {
          error: body['message'],
          message: expect.stringMatching(/^The body is not valid JSON/),
          details: { field: 'body', constraint: 'valid JSON', provided: null },
          detail: [{ type: 'json_invalid', loc: ['body'], msg: expect.any(String), input: null }],
        }),
      ]);
    });

    it.each([
      ['/tasks', {}, 'object'],
      ['/v1/tasks', {}, 'object'],
      ['/submit', {}, 'string'],
      ['/v1/task', {}, 'string'],
      ['/tasks', { 'x-octollm-dialect': 'openapi' }, 'string'],
      ['/submit', { 'x-octollm-dialect': 'sdk' }, 'object'],
      ['/submit', { 'user-agent': 'axios/1.7.2' }, 'string'],
    ])('is 400 at %s with %j: %s', async (path, headers, type) => {
      const { status, body } = await send('POST', path, text, headers);
      expect([status, body]).toEqual([400, union('validation_error')]);
      expect(body).not.toHaveProperty('detail');
      const { code, message, details } = body;
      expect(body['error']).toEqual(type === 'object' ? { code, message, details } : message);
    });
  });

  it('names field, rule, value and bounds of a bad field', async () => {
    const { status, body } = await send('POST', '/tasks', JSON.stringify({ goal: 'short' }));
    expect([status, body['details'], body['message']]).toEqual([
      400,
      {
        field: 'goal',
        constraint: 'isLength',
        provided: 'short',
        min_length: 10,
        max_length: 2000,
        provided_length: 5,
      },
      'goal must have 10 to 2000 characters.',
    ]);
    const bad = await send('POST', '/v1/task', JSON.stringify({ goal: GOAL, budget: { max_tokens: 0 } }));
    expect([bad.status, bad.body]).toEqual([400, union('validation_error', { error_code: 'INVALID_BUDGET' })]);
  });

  it('a body that is too large is 413', async () => {
    for (const path of ['/api/v1/tasks', '/tasks', '/submit']) {
      const { status, body } = await send('POST', path, JSON.stringify({ goal: 'x'.repeat(30_000) }));
      expect([status, body]).toMatchObject([413, union('payload_too_large', { category: 'validation' })]);
    }
  });

  it('a body that is no JSON, or compressed, is 415 and says so', async () => {
    const xml = await send('POST', '/tasks', '<goal/>', { 'content-type': 'application/xml' });
    expect([xml.status, xml.body]).toEqual([415, union('unsupported_media_type')]);
    expect(xml.body['message']).toContain('application/xml');
    const gzip = await send('POST', '/tasks', gzipSync(JSON.stringify({ goal: GOAL })), { 'content-encoding': 'gzip' });
    expect([gzip.status, gzip.body]).toEqual([415, union('unsupported_media_type')]);
    expect(gzip.body['message']).toMatch(/gzip; compressed bodies are not accepted/);
  });

  it.each([
    [`/api/v1/tasks/task-${UUID}`, 'string', 'TASK_NOT_FOUND'],
    [`/tasks/task-${UUID}`, 'string', 'TASK_NOT_FOUND'],
    [`/tasks/${UUID}`, 'string', 'TASK_NOT_FOUND'],
    [`/tasks/${KEY}`, 'object', 'TASK_NOT_FOUND'],
    ['/tasks/task_nonsense', 'object', 'INVALID_TASK_ID'],
    ['/tasks/nonsense', 'string', 'INVALID_TASK_ID'],
    [`/v1/task/task-${UUID}`, 'string', 'TASK_NOT_FOUND'],
    [`/orchestrator/tasks/${UUID}`, 'string', 'TASK_NOT_FOUND'],
  ])('the unknown task %s is 404 with a %s in error', async (path, type, errorCode) => {
    const { status, body } = await send('GET', path);
    expect([status, body]).toMatchObject([404, union('resource_not_found', { error_code: errorCode })]);
    const { code, message, details } = body;
    expect(body['error']).toEqual(type === 'object' ? { code, message, details } : message);
    expect(message).toMatch(/^Task .* not found/);
    expect(body['detail']).toBe(path.startsWith('/api/v1/') ? message : undefined);
  });

  it('a task that has ended cannot be cancelled: 400, and 409 for the client that can make nothing of 400', async () => {
    const task = await server.complete({ goal: GOAL });
    const path = `/tasks/${task.task_id.replace('task-', '')}`;
    expect(await send('DELETE', path)).toMatchObject({ status: 400, body: union('invalid_operation') });
    expect(await send('DELETE', path, undefined, PYTHON)).toMatchObject({
      status: 409,
      body: union('invalid_operation'),
    });
  });

  it('the TypeScript SDK finds its message', async () => {
    const client = axios.create({
      baseURL: server.url,
      headers: { 'Content-Type': 'application/json' },
      validateStatus: () => true,
    });
    const answers = [await client.get(`/tasks/${UUID}`), await client.post('/tasks', { goal: 'short' })];
    for (const { status, data } of answers) {
      server.checkAnswer('GET', '/none', { status, body: data });
      expect(data.error).toEqual({ code: data.code, message: data.message, details: data.details });
      expect(data.request_id).toEqual(expect.any(String));
    }
    expect(answers.map(({ status }) => status)).toEqual([404, 400]);
  });

  describe('bytes that are not HTTP', () => {
    const raw = async (text: string): Promise<{ head: string; body: Record<string, unknown> }> => {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
      let answer = '';
      socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
      socket.end(text);
      await once(socket, 'close');
      const [head = '', body = ''] = answer.split('\r\n\r\n');
      return { head, body: JSON.parse(body) };
    };

    it.each([
      ['GARBAGE\r\n\r\n', 400, 'invalid_format'],
      ['GET / HTTP/1.1\r\nHost: localhost\r\nbad header\r\n\r\n', 400, 'invalid_format'],
      [`GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`, 431, 'headers_too_large'],
    ])('are answered in the same form (%#)', async (text, status, code) => {
      const { head, body } = await raw(text);
      expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      expect(head).toMatch(/^content-type: application\/json$/im);
      expect(head).toMatch(new RegExp(`^x-request-id: ${String(body['request_id'])}$`, 'im'));
      expect(body).toEqual(union(code));
    });
  });

  it('is never text with a charset where it is JSON, and exactly the metrics type where it is not', async () => {
    const type = async (path: string) => (await fetch(`${server.url}${path}`)).headers.get('content-type');
    for (const path of ['/', '/health', '/ready', '/openapi.json', '/api/v1/tasks', '/none', '/api/v1/tasks/%zz']) {
      expect([path, await type(path)]).toEqual([path, 'application/json']);
    }
    expect(await type('/metrics')).toBe('text/plain; version=0.0.4; charset=utf-8');
  });

  it('accepts an empty body that says it is JSON', async () => {
    expect((await send('GET', '/health')).status).toBe(200);
    const id = await server.submit({ goal: GOAL });
    expect((await send('POST', `/api/v1/tasks/${id}/cancel`, '')).status).toBe(200);
    expect((await send('DELETE', `/api/v1/tasks/${id}`)).status).toBe(200);
  });
});
