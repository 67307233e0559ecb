import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { type Column, embeddedColumn } from '../support/columns';
import { TestServer, request } from '../support/server';

const GOAL = 'Write a Python function to calculate fibonacci numbers';
const ARM = { active_tasks: expect.any(Number), max_concurrent_tasks: expect.any(Number) };
const SERVICES: [service: string, more: Record<string, unknown>][] = [
  ['reflex', { redis: 'connected', cache_hit_rate: 0, avg_latency_ms: 0, patterns_loaded: expect.any(Number) }],
  ['planner', { ...ARM, arm_id: 'planner', capabilities: expect.arrayContaining(['task_decomposition']) }],
  ['executor', { ...ARM, arm_id: 'executor', capabilities: expect.any(Array) }],
  ['retriever', { ...ARM, arm_id: 'retriever', capabilities: expect.any(Array) }],
  ['coder', { ...ARM, arm_id: 'coder', capabilities: expect.any(Array), model: 'demonstration' }],
  ['judge', { ...ARM, arm_id: 'judge', capabilities: expect.any(Array) }],
  ['safety-guardian', { ...ARM, arm_id: 'safety-guardian', patterns_loaded: expect.any(Number) }],
];

describe('ports of services', () => {
  let column: Column;
  let server: TestServer;
  let squatter: Server;
  let taken: number;

  beforeAll(async () => {
    squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    taken = (squatter.address() as AddressInfo).port;
    column = await embeddedColumn();
    const ports = SERVICES.map(([service]) => `0=${service}`);
    server = await TestServer.start(column, { SERVICE_PORTS: [`${taken}=executor`, ...ports].join(',') });
  });
  afterAll(async () => {
    await server.stop();
    await column.dispose();
    squatter.close();
  });

  const urlOf = (service: string): string => server.ports.find((port) => port.service === service)?.url ?? '';

  it('do without one that is taken', () => {
    expect(server.ports.map(({ service }) => service)).toEqual(SERVICES.map(([service]) => service));
    expect(server.ports.some(({ url }) => url.endsWith(`:${taken}`))).toBe(false);
  });

  it.each(SERVICES)('answer the four GETs as the %s, by port and by prefix', async (service, more) => {
    for (const [base, prefix] of [
      [urlOf(service), ''],
      [server.url, `/${service}`],
    ] as const) {
      const health = await request(base, 'GET', `${prefix}/health`);
      server.checkAnswer('GET', '/health', health);
      expect([health.status, health.body]).toMatchObject([
        200,
        {
          service: `octollm-${service}`,
          status: 'healthy',
          uptime_seconds: expect.any(Number),
          message: 'OK',
          ...more,
        },
      ]);
      const root = await request(base, 'GET', prefix === '' ? '/' : prefix);
      server.checkAnswer('GET', '/', root);
      expect(root.body).toMatchObject({ service: `octollm-${service}`, status: 'operational' });
      const ready = await request(base, 'GET', `${prefix}/ready`);
      server.checkAnswer('GET', '/ready', ready);
      const { database } = ready.body['checks'] as { database: unknown };
      expect([ready.status, database]).toEqual([200, service === 'reflex' ? 'healthy' : true]);
    }
  });

  it('answer as the orchestrator at the main port', async () => {
    const { status, body } = await server.request('GET', '/health');
    expect([status, body]).toEqual([
      200,
      {
        status: 'healthy',
        version: expect.stringMatching(/^\d+\.\d+\.\d+/),
        uptime_seconds: expect.any(Number),
        timestamp: expect.stringMatching(/Z$/),
        components: expect.objectContaining({
          database: 'healthy',
          queue: 'healthy',
          redis: 'not configured: the queue is in PostgreSQL',
        }),
        dependencies: { postgres: 'healthy', redis: 'healthy' },
        service: 'octollm-orchestrator',
        environment: 'development',
        message: 'OK',
      },
    ]);
    const ready = await server.request('GET', '/ready');
    expect([ready.status, ready.body]).toMatchObject([
      200,
      { ready: true, checks: { database: true, reflex_layer: true }, timestamp: expect.any(String) },
    ]);
  });

  it('let the prefix win over the port', async () => {
    const { body } = await request(urlOf('reflex'), 'GET', '/coder/health');
    expect(body).toMatchObject({ service: 'octollm-coder', arm_id: 'coder' });
    const synonym = await request(urlOf('reflex'), 'GET', '/guardian/health');
    expect(synonym.body).toMatchObject({ service: 'octollm-safety-guardian' });
    const main = await request(urlOf('reflex'), 'GET', '/orchestrator/health');
    expect(main.body).toMatchObject({ service: 'octollm-orchestrator' });
  });

  it('take every POST', async () => {
    for (const { service, url } of server.ports) {
      const { status, body } = await request(url, 'POST', '/api/v1/tasks', { goal: `${GOAL}, asked at ${service}` });
      expect([service, status, body['status']]).toEqual([service, 200, 'accepted']);
      await request(server.url, 'DELETE', `/api/v1/tasks/${String(body['task_id'])}`);
    }
  });

  it('guard Host, and answer broken HTTP in the same form', async () => {
    const port = Number(new URL(urlOf('coder')).port);
    const raw = async (text: string): Promise<string> => {
      const socket = connect(port, '127.0.0.1');
      let answer = '';
      socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
      socket.write(text);
      await once(socket, 'close');
      return answer;
    };
    const foreign = await raw('GET /health HTTP/1.1\r\nHost: attacker.example\r\nConnection: close\r\n\r\n');
    expect(foreign).toMatch(/^HTTP\/1.1 403 [\s\S]*"code":"host_not_allowed"/);
    expect(await raw('GARBAGE\r\n\r\n')).toMatch(/^HTTP\/1.1 400 [\s\S]*"code":"invalid_format"/);
  });

  it('do not know more routes than the main one', async () => {
    const { status, body } = await request(urlOf('coder'), 'GET', '/none');
    expect([status, body['code']]).toEqual([404, 'endpoint_not_found']);
  });
});

describe('a stop of the server', () => {
  let column: Column;
  let server: TestServer;
  beforeAll(async () => {
    column = await embeddedColumn();
    server = await TestServer.start(column, { SERVICE_PORTS: '0=coder' });
  });
  afterAll(() => column.dispose());

  it('closes the ports of services, with what is open on them', async () => {
    const [coder] = server.ports;
    expect((await request(coder?.url ?? '', 'GET', '/health')).body).toMatchObject({ service: 'octollm-coder' });
    const idle = connect(Number(new URL(coder?.url ?? '').port), '127.0.0.1');
    await once(idle, 'connect');
    const closed = once(idle, 'close');
    await server.stop();
    await closed;
    await expect(fetch(`${coder?.url}/health`)).rejects.toThrow();
    // Node gives such a connection up by itself after a minute.
  }, 60_000);
});

describe('GET /debug/stats', () => {
  it('is there when ORCHESTRATOR_DEBUG says so', async () => {
    const column = await embeddedColumn();
    const server = await TestServer.start(column, { ORCHESTRATOR_DEBUG: 'true' });
    await server.complete({ goal: GOAL });
    const { status, body } = await server.request('GET', '/debug/stats');
    expect([status, body]).toEqual([
      200,
      {
        task_counts: { accepted: 0, planning: 0, executing: 0, validating: 0, completed: 1, failed: 0, cancelled: 0 },
        reflex_metrics: {
          total_requests: expect.any(Number),
          successful_requests: expect.any(Number),
          failed_requests: 0,
          blocked_requests: expect.any(Number),
          pii_detections: expect.any(Number),
          injection_detections: expect.any(Number),
          cache_hits: expect.any(Number),
          total_latency_ms: expect.any(Number),
          average_latency_ms: expect.any(Number),
          success_rate: 1,
          circuit_breaker_state: 'closed',
          circuit_breaker_failure_count: 0,
        },
      },
    ]);
    await server.stop();
    const plain = await TestServer.start(column);
    expect(await plain.request('GET', '/debug/stats')).toMatchObject({
      status: 404,
      body: { code: 'endpoint_not_found', error: { code: 'endpoint_not_found' } },
    });
    await plain.stop();
    await column.dispose();
  });
});
