import { ApiKeys } from '../../src/access/api-keys.service';
import { COLUMNS, type Column } from '../support/columns';
import { type Answer, TestServer } from '../support/server';

const GOAL = { goal: 'Write a Python function to calculate fibonacci numbers' };
const LIMIT_HEADERS = ['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset', 'retry-after'];

const limitsIn = ({ headers }: Pick<Answer, 'headers'>): (string | null)[] =>
  LIMIT_HEADERS.map((name) => headers.get(name));
const number = (text: string | null | undefined): number => {
  expect(text).toMatch(/^\d+$/);
  return Number(text);
};

describe.each(COLUMNS)('limits of a server that demands keys, %s', (columnName, openColumn) => {
  const variables = { AUTH_MODE: 'keys', OCTO_SECRET: 'a secret of at least thirty-two characters' };
  let column: Column;
  let server: TestServer;
  const newKey = async (tier: 'test' | 'live' | 'admin'): Promise<Record<string, string>> => ({
    'x-api-key': (await server.get(ApiKeys).create({ name: `a ${tier} key`, tier }, 'test')).value,
  });

  beforeAll(async () => {
    column = await openColumn();
    server = await TestServer.start(column, variables);
  });
  afterAll(async () => {
    await server.stop();
    await column.dispose();
  });

  it('refuse the eleventh write of a test key within a minute, and still let it read', async () => {
    const key = await newKey('test');
    const from = Date.now();
    for (let nth = 1; nth <= 10; nth++) {
      const answer = await server.request('POST', '/tasks', GOAL, { ...key, 'x-request-id': `write-${nth}` });
      expect(answer.status).toBe(201);
      const [limit, remaining, reset, retryAfter] = limitsIn(answer);
      // A token comes back every six seconds, and a busy machine may need longer than that for ten submits.
      const returned = Math.ceil((Date.now() - from) / 6_000);
      expect([limit, retryAfter]).toEqual(['10', null]);
      expect(number(remaining)).toBeGreaterThanOrEqual(10 - nth);
      expect(number(remaining)).toBeLessThanOrEqual(10 - nth + returned);
      expect(number(reset)).toBeGreaterThanOrEqual(Math.floor(from / 1000));
      expect(number(reset)).toBeLessThanOrEqual(Math.ceil(Date.now() / 1000) + 61);
    }
    let refused: Answer;
    do refused = await server.request('DELETE', '/tasks/task_0123456789abcdef', undefined, key);
    while (refused.status === 404);
    expect(refused.status).toBe(429);
    const [limit, remaining, , retryAfter] = limitsIn(refused);
    expect([limit, remaining]).toEqual(['10', '0']);
    expect(number(retryAfter)).toBeGreaterThanOrEqual(1);
    expect(number(retryAfter)).toBeLessThanOrEqual(6);
    const seconds = Number(retryAfter);
    expect(refused.body).toMatchObject({
      code: 'rate_limit_exceeded',
      message: `Too many requests: the limit is 10 per minute. Try again in ${seconds} s.`,
      details: { limit: 10, window: 'minute', retry_after: seconds },
      retry_after: seconds,
      retry_after_seconds: seconds,
      category: 'rate_limit',
      retryable: true,
    });
    const read = await server.request('GET', '/api/v1/tasks', undefined, key);
    expect([read.status, limitsIn(read).slice(0, 2)]).toEqual([200, ['100', '99']]);
  });

  it('let a live key poll more often than it may write', async () => {
    const key = await newKey('live');
    const { body } = await server.request('POST', '/tasks', GOAL, key);
    for (let look = 0; look < 150; look++) {
      const answer = await server.request('GET', `/tasks/${String(body['task_id'])}`, undefined, key);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('x-ratelimit-limit')).toBe('1000');
    }
  });

  it('count a repeated answer, and tell where the caller stands beside it', async () => {
    const key = await newKey('live');
    const headers = { ...key, 'idempotency-key': 'a key of mine' };
    const from = Date.now();
    const first = await server.request('POST', '/tasks', GOAL, headers);
    const again = await server.request('POST', '/tasks', GOAL, headers);
    expect(again.body).toEqual(first.body);
    // A token comes back every 600 ms.
    const returned = Math.floor((Date.now() - from) / 600);
    expect([limitsIn(first)[1], again.headers.get('idempotent-replayed')]).toEqual(['99', 'true']);
    expect(number(limitsIn(again)[1])).toBeGreaterThanOrEqual(98);
    expect(number(limitsIn(again)[1])).toBeLessThanOrEqual(98 + returned);
  });

  it('keep the answers of two keys apart under one Idempotency-Key', async () => {
    const name = { 'idempotency-key': 'the same for both' };
    const mine = await server.request('POST', '/tasks', GOAL, { ...(await newKey('live')), ...name });
    const yours = await server.request('POST', '/tasks', GOAL, { ...(await newKey('live')), ...name });
    expect([mine.status, yours.status]).toEqual([201, 201]);
    expect(yours.body['task_id']).not.toBe(mine.body['task_id']);
    expect(yours.headers.get('idempotent-replayed')).toBeNull();
  });

  it('do not exist for an admin key, nor for whoever looks whether the server is well', async () => {
    const key = await newKey('admin');
    for (let nth = 0; nth < 15; nth++) {
      const answer = await server.request('DELETE', '/tasks/task_0123456789abcdef', undefined, key);
      expect([answer.status, limitsIn(answer)]).toEqual([404, [null, null, null, null]]);
    }
    const test = await newKey('test');
    for (let nth = 0; nth < 120; nth++) {
      const answer = await server.request('GET', '/health', undefined, test);
      expect([answer.status, limitsIn(answer)]).toEqual([200, [null, null, null, null]]);
    }
  });

  it('let an address read the metrics sixty times a minute', async () => {
    const read = (times: number): Promise<Response[]> =>
      Promise.all(Array.from({ length: times }, () => fetch(`${server.url}/metrics`)));
    const statuses = (await read(60)).map(({ status }) => status);
    expect(statuses).toEqual(statuses.map(() => 200));
    // As often as it takes: on a busy machine tokens come back meanwhile.
    let refused: Response | undefined;
    while (refused === undefined) refused = (await read(10)).find(({ status }) => status === 429);
    expect(refused.headers.get('x-ratelimit-limit')).toBe('60');
    expect(number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(refused.headers.get('content-type')).toMatch(/^application\/json/);
  });

  if (columnName === 'server' && process.env['TEST_REDIS_URL'] !== undefined) {
    it('are shared by the processes of one installation', async () => {
      const key = await newKey('test');
      const other = await TestServer.start(column, variables);
      const from = Date.now();
      const statuses = await Promise.all(
        Array.from({ length: 14 }, async (_, nth) => {
          const url = nth % 2 === 0 ? server.url : other.url;
          const { status } = await fetch(`${url}/tasks/task_0123456789abcdef`, { method: 'DELETE', headers: key });
          return status;
        }),
      );
      const returned = Math.floor((Date.now() - from) / 6_000);
      expect(statuses.filter((status) => status === 404).length).toBeLessThanOrEqual(10 + returned);
      expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(4 - returned);
      await other.stop();
    });
  }
});

describe.each(COLUMNS.slice(0, 1))('limits of an open server, %s', (_, openColumn) => {
  it('do not exist, and nothing is said about them', async () => {
    const column = await openColumn();
    const server = await TestServer.start(column);
    for (let nth = 0; nth < 15; nth++) {
      const answer = await server.request('DELETE', '/tasks/task_0123456789abcdef', undefined, {
        'x-api-key': 'sk-your-api-key-here',
      });
      expect([answer.status, limitsIn(answer)]).toEqual([404, [null, null, null, null]]);
    }
    await server.stop();
    await column.dispose();
  });
});
