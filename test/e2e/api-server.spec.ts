import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import request from 'supertest';
import type { HealthProbe } from '../../src/common/health';
import { version } from '../../package.json';
import { type ApiFixture, startApi } from './api-fixture';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('the server as a whole', () => {
  let api: ApiFixture;
  beforeEach(async () => {
    api = await startApi();
  });
  afterEach(() => api.app.close());

  const probe = (name: string, ok: boolean, required = true): HealthProbe => ({
    name,
    required,
    check: () => Promise.resolve({ ok, message: ok ? 'fine' : 'down' }),
  });

  it('is healthy and ready when every dependency is', async () => {
    for (const name of ['database', 'reflex_layer', 'queue']) api.health.register(probe(name, true));
    const health = await request(api.url).get('/health').expect(200);
    expect(health.body).toMatchObject({
      status: 'healthy',
      version,
      uptime_seconds: expect.any(Number),
      components: { database: 'healthy', reflex_layer: 'healthy', queue: 'healthy' },
      dependencies: { postgres: 'healthy', redis: 'healthy' },
      message: 'OK',
    });
    expect(Number.isInteger(health.body.uptime_seconds)).toBe(true);
    const ready = await request(api.url).get('/ready').expect(200);
    expect(ready.body).toEqual({
      ready: true,
      checks: { database: true, reflex_layer: true, queue: true },
      details: { database: 'fine', reflex_layer: 'fine', queue: 'fine' },
      timestamp: expect.any(String),
    });
  });

  it('stays ready without an optional dependency and says that it is degraded', async () => {
    api.health.register(probe('database', true));
    api.health.register(probe('sandbox', false, false));
    const ready = await request(api.url).get('/ready').expect(200);
    expect(ready.body).toMatchObject({ ready: true, checks: { sandbox: false }, details: { sandbox: 'down' } });
    expect((await request(api.url).get('/health').expect(200)).body.status).toBe('degraded');
  });

  it('is not ready without a required one; health still answers 200', async () => {
    api.health.register(probe('database', false));
    api.health.register({ ...probe('queue', true), check: () => Promise.reject(new Error('refused')) });
    const ready = await request(api.url).get('/ready').expect(503);
    expect(ready.body).toMatchObject({
      ready: false,
      checks: { database: false, queue: false },
      details: { queue: 'refused' },
    });
    const health = await request(api.url).get('/health').expect(200);
    expect(health.body).toMatchObject({
      status: 'degraded',
      dependencies: { postgres: 'unhealthy', redis: 'unhealthy' },
    });
  });

  it('says at the root where to go next', async () => {
    const { body } = await request(api.url).get('/').expect(200);
    expect(body).toMatchObject({ version, status: 'operational' });
    const next = body as { docs: string; health: string; metrics: string };
    for (const path of [next.docs, next.health, next.metrics]) await request(api.url).get(path).expect(200);
  });

  it('gives back the request id of the caller, or makes one', async () => {
    const send = (id: string) => request(api.url).get('/health').set('X-Request-ID', id);
    expect((await send('req_0123456789abcdef')).headers['x-request-id']).toBe('req_0123456789abcdef');
    expect((await request(api.url).get('/health')).headers['x-request-id']).toMatch(UUID);
    for (const bad of ['x'.repeat(129), 'caf\u00e9']) expect((await send(bad)).headers['x-request-id']).toMatch(UUID);
    const missing = await request(api.url).get('/api/v1/tasks/none').set('X-Request-ID', 'mine');
    expect([missing.headers['x-request-id'], missing.body.request_id]).toEqual(['mine', 'mine']);
  });

  it('names no product and lets no browser guess types', async () => {
    for (const path of ['/health', '/none', '/api/v1/tasks/%zz']) {
      const { headers } = await request(api.url).get(path);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['x-powered-by']).toBeUndefined();
      expect(headers['server']).toBeUndefined();
    }
  });

  /** supertest and fetch set `Host` themselves. */
  const call = (headers: Record<string, string>): Promise<{ status: number | undefined; body: string }> =>
    new Promise((resolve, reject) => {
      httpRequest(`${api.url}/api/v1/tasks`, { headers }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
        response.on('end', () => resolve({ status: response.statusCode, body }));
      })
        .on('error', reject)
        .end();
    });

  it('answers no foreign page while it listens on loopback only', async () => {
    expect((await call({ host: 'localhost:8000', origin: 'http://127.0.0.1:3000' })).status).toBe(200);
    const rebound = await call({ host: 'attacker.example:8000' });
    expect([rebound.status, JSON.parse(rebound.body).code]).toEqual([403, 'host_not_allowed']);
    const foreign = await call({ origin: 'https://attacker.example' });
    expect([foreign.status, JSON.parse(foreign.body).code]).toEqual([403, 'origin_not_allowed']);
  });

  it('answers any name when it is open to the network', async () => {
    await api.app.close();
    api = await startApi({ HOST: '0.0.0.0' });
    expect((await call({ host: 'team-server:8000', origin: 'https://portal.example' })).status).toBe(200);
  });

  it('takes bodies up to the size that is set', async () => {
    await api.app.close();
    api = await startApi({ MAX_BODY_BYTES: '2048' });
    const send = (length: number) =>
      request(api.url)
        .post('/api/v1/tasks')
        .send({ goal: 'x'.repeat(length) });
    expect((await send(1900)).status).toBe(200);
    expect((await send(2100)).status).toBe(413);
  });
});

describe('a stop of the server', () => {
  /** Long enough for any stop, and much shorter than it takes Node to give up a connection by itself. */
  const PROMPTLY = 50_000;

  const stopsWith = async (api: ApiFixture, open: () => Promise<unknown>): Promise<void> => {
    await open();
    await api.app.close();
    await expect(fetch(`${api.url}/health`)).rejects.toThrow();
  };

  it(
    'does not wait for a connection on which nothing was ever asked',
    async () => {
      const api = await startApi();
      const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
      const closed = once(socket, 'close');
      await stopsWith(api, () => once(socket, 'connect'));
      await closed;
    },
    PROMPTLY,
  );

  it(
    'ends the event streams, and does not wait for their connections',
    async () => {
      const api = await startApi();
      const goal = 'Write a Python function to calculate fibonacci numbers';
      const { body } = await request(api.url).post('/api/v1/tasks').send({ goal }).expect(200);
      let stream: Promise<string> | undefined;
      await stopsWith(api, async () => {
        const answer = await fetch(`${api.url}/api/v1/tasks/${String(body.task_id)}/events`);
        stream = answer.text();
      });
      expect(await stream).toContain('event: task.accepted');
    },
    PROMPTLY,
  );
});
