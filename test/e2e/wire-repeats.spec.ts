import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, HttpCode, Module, Post, Req, Res } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { LimitsModule } from '../../src/access/limits.module';
import { Public } from '../../src/api/http/access.decorator';
import { ErrorFilter } from '../../src/api/http/error.filter';
import { createHttpApp } from '../../src/api/http/fastify';
import { HttpListeners } from '../../src/api/http/listeners.service';
import { RepeatInterceptor } from '../../src/api/http/repeat.interceptor';
import type { HttpReply, HttpRequest } from '../../src/api/http/types';
import { ConfigModule } from '../../src/common/config/config.module';
import { parseConfig } from '../../src/common/config/load-config';
import { TransientError, UserError } from '../../src/common/errors';
import { HealthModule } from '../../src/common/health.module';
import { repeatableId } from '../../src/common/repeatable';
import { DatabaseModule } from '../../src/drivers/database/database.module';
import { Database } from '../../src/drivers/database/database.service';
import { KvModule } from '../../src/drivers/kv/kv.module';
import { ChildServer } from '../support/child-server';
import { COLUMNS, type Column, embeddedColumn } from '../support/columns';
import { FakeOpenAi } from '../support/fake-openai';
import { type Gate, gate } from '../support/gate';
import { TestServer, finished, request } from '../support/server';

interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

const send = async (
  url: string,
  headers: Record<string, string>,
  body?: unknown,
  signal?: AbortSignal,
): Promise<Answer> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  };
};
const replayed = ({ headers }: Answer): string | null => headers.get('idempotent-replayed');

/** What the workshop does next, and what it has done. Outside of the application, so that two of them can share it. */
class Bench {
  calls = 0;
  ids: string[] = [];
  hold: Gate | undefined;
  fails: Error[] = [];
  size = 0;
}
let bench = new Bench();

@Controller()
@Public()
class Workshop {
  @Post(['jobs', 'process'])
  @HttpCode(202)
  async job(@Res({ passthrough: true }) reply: HttpReply): Promise<object> {
    const call = (bench.calls += 1);
    bench.ids.push(repeatableId());
    await bench.hold?.opened;
    const failure = bench.fails.shift();
    if (failure !== undefined) throw failure;
    void reply.header('location', `/jobs/${call}`);
    return { call, zebra: 'a\u0000b', apple: 'ü', filler: 'x'.repeat(bench.size) };
  }

  @Post('echo')
  echo(@Req() { body }: HttpRequest): object {
    return { call: (bench.calls += 1), body: body ?? null };
  }
}

@Module({
  controllers: [Workshop],
  providers: [
    HttpListeners,
    { provide: APP_INTERCEPTOR, useClass: RepeatInterceptor },
    { provide: APP_FILTER, useClass: ErrorFilter },
  ],
})
class Doors {}

@Module({})
class Roof {}

const startWorkshop = async (column: Column): Promise<{ app: NestFastifyApplication; url: string }> => {
  const { settings } = parseConfig({ ...column.variables, PORT: '0' });
  const imports = [ConfigModule.with(settings), HealthModule, DatabaseModule, KvModule, LimitsModule, Doors];
  const app = await createHttpApp({ module: Roof, imports }, settings, { logger: false, abortOnError: false });
  await app.listen(0, '127.0.0.1');
  return { app, url: await app.getUrl() };
};

describe.each(COLUMNS)('a request that comes again, %s', (columnName, openColumn) => {
  let column: Column;
  let app: NestFastifyApplication;
  let url: string;
  let key: { 'idempotency-key': string };
  const query = (sql: string) => app.get(Database, { strict: false }).query(sql);

  beforeAll(async () => {
    column = await openColumn();
    ({ app, url } = await startWorkshop(column));
  });
  afterAll(async () => {
    await app.close();
    await column.dispose();
  });
  beforeEach(() => {
    bench = new Bench();
    key = { 'idempotency-key': randomUUID() };
  });

  it('gets status, body and Location of the first answer, under its own request id', async () => {
    const first = await send(`${url}/jobs`, { ...key, 'x-request-id': 'one' }, { a: 1, b: 2 });
    const again = await send(`${url}/jobs`, { ...key, 'x-request-id': 'two' }, { b: 2, a: 1 });
    expect(first).toMatchObject({ status: 202, body: { call: 1, zebra: 'a\u0000b', apple: 'ü', filler: '' } });
    expect(replayed(first)).toBeNull();
    expect({ ...again, headers: {} }).toEqual({ ...first, headers: {} });
    expect(Object.keys(again.body)).toEqual(Object.keys(first.body));
    expect(replayed(again)).toBe('true');
    expect(again.headers.get('location')).toBe('/jobs/1');
    expect(again.headers.get('x-request-id')).toBe('two');
    expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'));
    expect(bench.calls).toBe(1);
  });

  it('is refused with another body or path under the same key', async () => {
    await send(`${url}/jobs`, key, { a: 1 });
    for (const [path, body] of [
      ['/jobs', { a: 2 }],
      ['/jobs', undefined],
      ['/echo', { a: 1 }],
      ['/jobs?x=1', { a: 1 }],
    ] as const) {
      const answer = await send(`${url}${path}`, key, body);
      expect(answer).toMatchObject({
        status: 409,
        body: { code: 'idempotency_conflict', category: 'validation', retryable: false },
      });
      expect(answer.body['message']).toMatch(/Idempotency-Key/);
    }
    expect(bench.calls).toBe(1);
  });

  it('waits for the first while that runs, and is done once', async () => {
    bench.hold = gate();
    const crowd = Array.from({ length: 10 }, () => send(`${url}/jobs`, key, { a: 1 }));
    while (bench.calls === 0) await sleep(5);
    await sleep(100);
    expect((await send(`${url}/jobs`, key, { a: 2 })).status).toBe(409);
    bench.hold.open();
    const answers = await Promise.all(crowd);
    expect(answers.map(({ status, body }) => [status, body['call']])).toEqual(answers.map(() => [202, 1]));
    expect(answers.filter((answer) => replayed(answer) === 'true')).toHaveLength(9);
    expect(bench.calls).toBe(1);
  });

  it('gets the answer that a caller who lost patience did not wait for', async () => {
    bench.hold = gate();
    const headers = { 'x-request-id': `req_${randomUUID().slice(0, 16)}`, 'user-agent': 'OctoLLM-Python-SDK/0.4.0' };
    const patience = new AbortController();
    const impatient = expect(send(`${url}/jobs`, headers, { a: 1 }, patience.signal)).rejects.toThrow();
    while (bench.calls === 0) await sleep(5);
    patience.abort();
    await impatient;
    const retry = send(`${url}/jobs`, headers, { a: 1 });
    await sleep(50);
    bench.hold.open();
    expect(await retry).toMatchObject({ status: 202, body: { call: 1 } });
    expect(bench.calls).toBe(1);
  });

  it('with the same X-Request-ID is the same only if everything else is', async () => {
    const headers = { 'x-request-id': randomUUID() };
    expect((await send(`${url}/echo`, headers, { a: 1 })).body).toEqual({ call: 1, body: { a: 1 } });
    expect((await send(`${url}/echo`, headers, { a: 2 })).body).toEqual({ call: 2, body: { a: 2 } });
    expect((await send(`${url}/echo`, headers)).body).toEqual({ call: 3, body: null });
    const again = await send(`${url}/echo`, headers, { a: 1 });
    expect([again.body, replayed(again)]).toEqual([{ call: 1, body: { a: 1 } }, 'true']);
  });

  it('is another one without a name of its own, and where texts are only looked at', async () => {
    await send(`${url}/jobs`, {}, { a: 1 });
    await send(`${url}/jobs`, {}, { a: 1 });
    const headers = { 'x-request-id': randomUUID() };
    await send(`${url}/process`, headers, { a: 1 });
    await send(`${url}/process`, headers, { a: 1 });
    expect(bench.calls).toBe(4);
  });

  it('is answered anew after what passes, and as before after what is wrong with it', async () => {
    bench.fails = [
      new TransientError('service_unavailable', 'down'),
      new TransientError('rate_limit_exceeded', 'slow'),
      new UserError('insufficient_permissions', 'no'),
      new Error('bug'),
      new UserError('policy_violation', 'blocked', { details: { why: 'this' } }),
    ];
    const statuses = [];
    for (let index = 0; index < 4; index++) statuses.push((await send(`${url}/jobs`, key, { a: 1 })).status);
    expect(statuses).toEqual([503, 429, 403, 500]);
    const first = await send(`${url}/jobs`, key, { a: 1 });
    const again = await send(`${url}/jobs`, key, { a: 1 });
    expect(first).toMatchObject({ status: 403, body: { code: 'policy_violation', details: { why: 'this' } } });
    expect([again.status, again.body]).toEqual([403, first.body]);
    expect([replayed(first), replayed(again)]).toEqual([null, 'true']);
    expect(bench.calls).toBe(5);
  });

  it('takes its turn when the first it waited for has failed', async () => {
    bench.hold = gate();
    bench.fails = [new TransientError('service_unavailable', 'down')];
    const crowd = [1, 2, 3].map(() => send(`${url}/jobs`, key, { a: 1 }));
    while (bench.calls === 0) await sleep(5);
    bench.hold.open();
    const statuses = (await Promise.all(crowd)).map(({ status }) => status).sort();
    expect(statuses).toEqual([202, 202, 503]);
    expect(bench.calls).toBe(2);
  });

  it('is answered anew when the first answer was too large to keep', async () => {
    bench.size = 1024 * 1024;
    await send(`${url}/jobs`, key, { a: 1 });
    expect((await send(`${url}/jobs`, key, { a: 1 })).body['call']).toBe(2);
  });

  it.each(['', 'ü', 'k'.repeat(256)])('says what is wrong with the key %j', async (value) => {
    // Headers are bytes: this is how fetch is made to send a letter beyond ASCII.
    const bytes = Buffer.from(value, 'utf8').toString('latin1');
    const { status, body } = await send(`${url}/jobs`, { 'idempotency-key': bytes }, { a: 1 });
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'validation_error', details: { field: 'idempotency-key' } });
  });

  it('is forgotten when its time is up', async () => {
    await send(`${url}/jobs`, key, { a: 1 });
    await query(`UPDATE answered_requests SET expires_at = now() - interval '1 second'`);
    expect((await send(`${url}/jobs`, key, { a: 2 })).body['call']).toBe(2);
    expect(new Set(bench.ids).size).toBe(2);
  });

  it('is done over under the same ids when whoever worked on it is gone', async () => {
    await send(`${url}/jobs`, key, { a: 1 });
    const from = Date.now();
    // As a process leaves it that is killed after its work and before its answer.
    await query(
      `UPDATE answered_requests SET status = NULL, body = NULL, owner = 'gone', lease_expires_at = now() + interval '1 second'
       WHERE name = 'key:${key['idempotency-key']}'`,
    );
    const [again, third] = await Promise.all([send(`${url}/jobs`, key, { a: 1 }), send(`${url}/jobs`, key, { a: 1 })]);
    expect(Date.now() - from).toBeGreaterThan(990);
    expect([again.body['call'], third.body['call']]).toEqual([2, 2]);
    expect(bench.ids[1]).toBe(bench.ids[0]);
    expect((await send(`${url}/jobs`, key, { a: 2 })).status).toBe(409);
  });

  it('is known after a restart on the same data', async () => {
    await send(`${url}/jobs`, key, { a: 1 });
    // Left open by a process that is gone: in an embedded database nobody else can be at work on it.
    await query(
      `INSERT INTO answered_requests (holder, name, fingerprint, owner, lease_expires_at, expires_at)
       VALUES ('open', 'key:${key['idempotency-key']}-2', 'x', 'gone', now() + interval '1 hour', now() + interval '1 day'),
              ('open', 'key:${key['idempotency-key']}-3', 'x', 'gone', now() - interval '1 hour', now() - interval '1 day')`,
    );
    await app.close();
    ({ app, url } = await startWorkshop(column));
    expect((await send(`${url}/jobs`, key, { a: 1 })).body['call']).toBe(1);
    const rows = await query(
      `SELECT name, lease_expires_at <= now() AS over FROM answered_requests WHERE owner = 'gone' ORDER BY name`,
    );
    expect(rows).toEqual([{ name: `key:${key['idempotency-key']}-2`, over: columnName === 'embedded' }]);
  });

  if (columnName === 'server') {
    it('is the same in another process, which waits for this one', async () => {
      const other = await startWorkshop(column);
      bench.hold = gate();
      const here = send(`${url}/jobs`, key, { a: 1 });
      while (bench.calls === 0) await sleep(5);
      const there = send(`${other.url}/jobs`, key, { a: 1 });
      await sleep(300);
      bench.hold.open();
      const [first, again] = await Promise.all([here, there]);
      expect(again.body).toEqual(first.body);
      expect([replayed(again), bench.calls]).toEqual(['true', 1]);
      await other.app.close();
    });

    it('is not taken over while work on it goes on', async () => {
      const other = await startWorkshop(column);
      bench.hold = gate();
      const here = send(`${url}/jobs`, key, { a: 1 });
      while (bench.calls === 0) await sleep(5);
      await query(
        `UPDATE answered_requests SET lease_expires_at = now() + interval '20 seconds' WHERE name = 'key:${key['idempotency-key']}'`,
      );
      const there = send(`${other.url}/jobs`, key, { a: 1 });
      await sleep(21_000);
      bench.hold.open();
      expect((await there).body).toEqual((await here).body);
      expect(bench.calls).toBe(1);
      await other.app.close();
    });
  }
});

const GOAL = { goal: 'Write a Python function to calculate fibonacci numbers' };
const taskCount = async (url: string): Promise<number> => {
  const { body } = await request(url, 'GET', '/api/v1/tasks?limit=100');
  return (body['tasks'] as unknown[]).length;
};

describe('a task that is submitted again', () => {
  let column: Column;

  beforeEach(async () => {
    column = await embeddedColumn();
  });
  afterEach(() => column.dispose());

  it('is one task, also when the answer to the first submit was never stored', async () => {
    const server = await TestServer.start(column);
    const headers = { 'x-request-id': 'req_0123456789abcdef', 'user-agent': 'OctoLLM-Python-SDK/0.4.0' };
    const submit = () => send(`${server.url}/api/v1/tasks`, headers, GOAL);
    const answers = await Promise.all([submit(), submit(), submit()]);
    await server
      .get(Database)
      .query(`UPDATE answered_requests SET status = NULL, body = NULL, owner = 'gone', lease_expires_at = now()`);
    answers.push(await submit(), await submit());
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(new Set(answers.map(({ body }) => body['task_id'])).size).toBe(1);
    expect(await taskCount(server.url)).toBe(1);
    await send(`${server.url}/api/v1/tasks`, headers, { goal: 'Write a Python function to reverse a string' });
    await send(`${server.url}/api/v1/tasks`, {}, GOAL);
    expect(await taskCount(server.url)).toBe(3);
    await server.stop();
  });

  it('is one run of a directly called arm, whose answer is the same', async () => {
    const model = await FakeOpenAi.start();
    const server = await TestServer.start(column, {}, model);
    const key = { 'idempotency-key': randomUUID() };
    const code = () =>
      send(`${server.url}/code`, key, { request_type: 'generate', language: 'python', instruction: GOAL.goal });
    const first = await code();
    const asked = model.requests.length;
    const database = server.get(Database);
    await database.query(
      `UPDATE answered_requests SET status = NULL, body = NULL, owner = 'gone', lease_expires_at = now()`,
    );
    const again = await code();
    expect(first.status).toBe(200);
    expect(replayed(again)).toBeNull();
    expect({ ...again, headers: {} }).toEqual({ ...first, headers: {} });
    expect(asked).toBeGreaterThan(0);
    expect(model.requests).toHaveLength(asked);
    const runs = await database.query('SELECT id FROM tasks WHERE direct_arm IS NOT NULL');
    expect(runs).toHaveLength(1);
    await server.stop();
    await model.stop();
  });

  it('is one task after the server was killed in the middle of it', async () => {
    const keys = Array.from({ length: 20 }, () => randomUUID());
    const submit = (url: string, key: string) => send(`${url}/api/v1/tasks`, { 'idempotency-key': key }, GOAL);
    let server = await ChildServer.start(column.variables);
    const first = server.url;
    // The kill is to meet submits before, during and after their work.
    const ending = Promise.allSettled(
      keys.map(async (key, index) => {
        await sleep(index * 4);
        return submit(first, key);
      }),
    );
    await sleep(50);
    await server.kill();
    const outcomes = await ending;
    server = await ChildServer.start(column.variables);
    const { url } = server;
    const answers = await Promise.all(keys.map((key) => submit(url, key)));
    expect(answers.map(({ status }) => status)).toEqual(keys.map(() => 200));
    const ids = answers.map(({ body }) => body['task_id'] as string);
    expect(new Set(ids).size).toBe(20);
    expect(await taskCount(url)).toBe(20);
    // Who had an answer before the kill gets no other one after it.
    for (const [index, outcome] of outcomes.entries()) {
      if (outcome.status === 'fulfilled') expect(outcome.value.body).toEqual(answers[index]?.body);
    }
    expect((await finished(url, ids[0] ?? '')).status).toBe('completed');
    await server.stop();
  });
});
