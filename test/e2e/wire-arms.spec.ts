import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Column, embeddedColumn } from '../support/columns';
import { TestServer, eventually } from '../support/server';
import { WeatherArm } from '../support/weather-arm';

type Arm = Record<string, unknown>;

const BUILT_IN = ['coder', 'executor', 'judge', 'planner', 'retriever', 'safety-guardian'];
const INPUT_SCHEMA = { type: 'object', required: ['location'], properties: { location: { type: 'string' } } };
const OUTPUT_SCHEMA = { type: 'object', required: ['location'], properties: { location: { type: 'string' } } };

/** What Python's model of an arm demands. */
const REQUIRED = {
  arm_id: 'string',
  name: 'string',
  description: 'string',
  capabilities: 'object',
  cost_tier: 'number',
  endpoint: 'string',
  status: 'string',
};

describe('arms on the wire', () => {
  let column: Column;
  let weather: WeatherArm;
  let server: TestServer;

  beforeAll(async () => {
    column = await embeddedColumn();
    weather = await WeatherArm.start();
    server = await TestServer.start(column, { ARM_DISCOVERY_INTERVAL_SECONDS: '1', SERVICE_PORTS: '0=coder' });
  });
  afterAll(async () => {
    await server.stop();
    await weather.stop();
    await column.dispose();
  });
  beforeEach(async () => {
    weather.reset();
    await weather.resume();
  });
  afterEach(async () => {
    await server.request('DELETE', '/arms/weather');
  });

  const arms = async (): Promise<Arm[]> => (await server.request('GET', '/arms')).body['arms'] as Arm[];
  const armNamed = async (id: string): Promise<Arm | undefined> => (await arms()).find((arm) => arm['arm_id'] === id);

  it('lists the built-in arms with the fields every client demands', async () => {
    const { status, body } = await server.request('GET', '/arms');
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(['arms']);
    const listed = body['arms'] as Arm[];
    expect(listed.map((arm) => arm['arm_id'])).toEqual(BUILT_IN);
    for (const arm of listed) {
      for (const [field, type] of Object.entries(REQUIRED)) expect([field, typeof arm[field]]).toEqual([field, type]);
      expect(arm).toMatchObject({ status: 'healthy', input_schema: {}, output_schema: {}, kind: 'built-in' });
      expect(arm['endpoint']).toBe(`${server.url}/${String(arm['arm_id'])}`);
    }
    const tiers = Object.fromEntries(listed.map((arm) => [arm['arm_id'], arm['cost_tier']]));
    expect(tiers).toEqual({ coder: 4, executor: 3, judge: 2, planner: 2, retriever: 1, 'safety-guardian': 1 });
  });

  it.each([
    ['planner', ['task_decomposition', 'goal_analysis', 'acceptance_criteria_generation']],
    ['executor', ['shell_execution', 'http_requests', 'python_execution']],
    ['retriever', ['vector_search', 'keyword_search', 'hybrid_search', 'result_synthesis']],
    ['coder', ['code_generation', 'debugging', 'refactoring', 'code_analysis', 'test_generation']],
    [
      'judge',
      ['schema_validation', 'fact_checking', 'criteria_evaluation', 'hallucination_detection', 'quality_assessment'],
    ],
    ['safety-guardian', ['pii_detection', 'secrets_detection', 'content_filtering', 'policy_enforcement']],
  ])('%s names its published capabilities first', async (id, published) => {
    const capabilities = (await armNamed(id))?.['capabilities'] as string[];
    expect(capabilities.slice(0, published.length)).toEqual(published);
  });

  it('says at the root what all arms can do together', async () => {
    const { body } = await server.request('GET', '/capabilities');
    expect((body['arms'] as Arm[]).map((arm) => arm['arm_id'])).toEqual(BUILT_IN);
    expect(body['capabilities']).toEqual(expect.arrayContaining(['code_generation', 'pii_detection', 'planning']));
    expect(body).toMatchObject({
      allowed_commands: expect.arrayContaining(['ls', 'python3']) as string[],
      supported_languages: ['python', 'javascript', 'typescript', 'go', 'rust', 'java'],
      detection_types: expect.arrayContaining(['ssn', 'sql_injection']) as string[],
      cache_enabled: true,
    });
    expect(body['patterns_loaded']).toBeGreaterThan(10);
  });

  it.each([
    ['/coder', 'coder', { supported_languages: ['python', 'javascript', 'typescript', 'go', 'rust', 'java'] }],
    ['/coder-001', 'coder', {}],
    ['/executor', 'executor', { allowed_commands: expect.arrayContaining(['ls']) as string[] }],
    ['/guardian', 'safety-guardian', { patterns_loaded: expect.any(Number) as number }],
    ['/safety-guardian', 'safety-guardian', { detection_types: expect.arrayContaining(['email']) as string[] }],
    ['/reflex', 'reflex', { patterns_loaded: expect.any(Number) as number, cache_enabled: true }],
    ['/judge', 'judge', {}],
    ['/planner', 'planner', {}],
    ['/retriever', 'retriever', {}],
  ])('%s/capabilities is %s alone', async (prefix, id, extras) => {
    const { status, body } = await server.request('GET', `${prefix}/capabilities`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ arm_id: id, endpoint: `${server.url}/${id}`, ...extras });
    expect(body['arms']).toBeUndefined();
  });

  const FLAT = {
    arm_id: 'weather',
    description: 'Forecasts the weather',
    capabilities: ['weather_forecast'],
    input_schema: INPUT_SCHEMA,
    cost_tier: 1,
    max_concurrent: 3,
    metadata: { team: 'meteorology' },
  };

  it('registers an arm as the TypeScript SDK does', async () => {
    const { status, body } = await server.request('POST', '/arms/register', {
      arm_id: 'weather',
      capability: {
        name: 'Weather',
        description: 'Forecasts the weather',
        input_schema: INPUT_SCHEMA,
        output_schema: OUTPUT_SCHEMA,
        capabilities: ['weather_forecast', 'weather_analysis'],
        cost_tier: 1,
        endpoint: `${weather.url}/execute`,
      },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'registered',
      arm: {
        arm_id: 'weather',
        name: 'Weather',
        description: 'Forecasts the weather',
        capabilities: ['weather_forecast', 'weather_analysis'],
        cost_tier: 1,
        endpoint: weather.url,
        status: 'healthy',
        input_schema: INPUT_SCHEMA,
        output_schema: OUTPUT_SCHEMA,
        health_check_endpoint: `${weather.url}/health`,
        max_concurrent: 10,
        kind: 'remote',
      },
    });
    expect(await armNamed('weather')).toMatchObject({ name: 'Weather', cost_tier: 1 });
    expect((await server.request('GET', '/capabilities')).body['capabilities']).toContain('weather_forecast');
  });

  it.each(['/arms/register', '/api/v1/arms/register', '/registry/arms'])('registers a flat arm at %s', async (path) => {
    const first = await server.request('POST', path, { ...FLAT, endpoint: weather.url });
    expect(first).toMatchObject({
      status: 200,
      body: {
        status: 'registered',
        arm_id: 'weather',
        arm: { name: 'weather', max_concurrent_tasks: 3, metadata: { team: 'meteorology' } },
      },
    });
    const again = await server.request('POST', path, { ...FLAT, endpoint: weather.url, cost_tier: 2 });
    expect(again).toMatchObject({ status: 200, body: { status: 'updated', arm: { cost_tier: 2 } } });
  });

  it('registers capabilities that are described one by one', async () => {
    const { body } = await server.request('POST', '/registry/arms', {
      arm_id: 'weather',
      arm_type: 'custom',
      endpoint: weather.url,
      health_check_endpoint: '/health',
      capabilities: [
        {
          capability_name: 'weather_forecast',
          description: 'Forecasts the weather',
          input_schema: INPUT_SCHEMA,
          output_schema: OUTPUT_SCHEMA,
          cost_tier: 2,
          avg_latency_ms: 300,
        },
        { capability_name: 'weather_analysis' },
      ],
    });
    expect(body['arm']).toMatchObject({
      description: 'Forecasts the weather',
      capabilities: ['weather_forecast', 'weather_analysis'],
      input_schema: INPUT_SCHEMA,
      output_schema: OUTPUT_SCHEMA,
      cost_tier: 2,
      average_latency_ms: 300,
      metadata: { arm_type: 'custom' },
    });
  });

  it('takes an arm that is not there yet, and finds it when it comes', async () => {
    await weather.stop();
    const { body } = await server.request('POST', '/arms/register', { ...FLAT, endpoint: weather.url });
    expect(body).toMatchObject({ status: 'registered', arm: { status: 'unavailable' } });
    const lost = await server.request('GET', '/weather/health');
    expect(lost).toMatchObject({ status: 200, body: { status: 'unhealthy', arm_id: 'weather' } });
    await weather.resume();
    await eventually('the arm is back', async () =>
      (await armNamed('weather'))?.['status'] === 'healthy' ? true : undefined,
    );
    const found = await server.request('GET', '/weather/health');
    expect(found.body).toMatchObject({ status: 'healthy', capabilities: ['weather_forecast'], dependencies: {} });
    expect(found.body['message']).toBeUndefined();
  });

  it('does not call an arm healthy that takes the connection and never answers', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const endpoint = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const { body } = await server.request('POST', '/arms/register', { ...FLAT, endpoint });
    expect(body).toMatchObject({ status: 'registered', arm: { status: 'unavailable' } });
    silent.closeAllConnections();
    silent.close();
  });

  it('shows a registered arm under its own name', async () => {
    await server.request('POST', '/arms/register', { ...FLAT, endpoint: weather.url });
    const { status, body } = await server.request('GET', '/weather/capabilities');
    expect(status).toBe(200);
    expect(body).toMatchObject({ arm_id: 'weather', capabilities: ['weather_forecast'], input_schema: INPUT_SCHEMA });
    expect((await server.request('GET', '/nobody/capabilities')).status).toBe(404);
    expect((await server.request('GET', '/nobody/health')).status).toBe(404);
  });

  it.each([
    ['no id', { arm_id: undefined }, 'arm_id'],
    ['a bad id', { arm_id: 'my arm' }, 'arm_id'],
    ['no address', { endpoint: undefined }, 'endpoint'],
    ['no http address', { endpoint: 'ftp://weather' }, 'endpoint'],
    ['a password in the address', { endpoint: 'http://me:secret@127.0.0.1:8103' }, 'endpoint'],
    ['an address where clouds keep credentials', { endpoint: 'http://169.254.169.254/' }, 'endpoint'],
    ['the same written as a number', { endpoint: 'http://2852039166/' }, 'endpoint'],
    ['such a health address', { health_check_endpoint: 'http://[fe80::1]/' }, 'health_check_endpoint'],
    ['no capabilities', { capabilities: undefined }, 'capabilities'],
    ['an empty list of them', { capabilities: [] }, 'capabilities'],
    ['a nameless capability', { capabilities: [{ description: 'x' }] }, 'capabilities'],
    ['a cost tier out of bounds', { cost_tier: 6 }, 'cost_tier'],
    ['a schema that is none', { input_schema: { type: 'lobster' } }, 'input_schema'],
    ['an unknown field', { colour: 'blue' }, 'colour'],
  ])('refuses %s', async (_, over, field) => {
    const given = { ...FLAT, endpoint: weather.url, ...over };
    const { status, body } = await server.request('POST', '/arms/register', given);
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'validation_error', details: { field } });
    expect((await server.request('POST', '/api/v1/arms/register', given)).status).toBe(422);
    expect(await armNamed('weather')).toBeUndefined();
  });

  it.each(['coder', 'coder-001', 'guardian', 'reflex', 'orchestrator', 'remote'])(
    'keeps the id %s for itself',
    async (id) => {
      const given = { ...FLAT, arm_id: id, endpoint: weather.url };
      const { status, body } = await server.request('POST', '/arms/register', given);
      expect(status).toBe(400);
      expect(body).toMatchObject({ code: 'invalid_operation', error: { code: 'invalid_operation' } });
    },
  );

  it('takes an arm away, once, and never one of its own', async () => {
    await server.request('POST', '/arms/register', { ...FLAT, endpoint: weather.url });
    const gone = await server.request('DELETE', '/arms/weather');
    expect(gone).toMatchObject({ status: 200, body: { status: 'removed', arm_id: 'weather' } });
    expect(await armNamed('weather')).toBeUndefined();
    expect((await server.request('DELETE', '/arms/weather')).status).toBe(404);
    for (const id of ['coder', 'guardian']) {
      const { status, body } = await server.request('DELETE', `/arms/${id}`);
      expect(status).toBe(400);
      expect(body).toMatchObject({ code: 'invalid_operation' });
    }
    expect((await arms()).map((arm) => arm['arm_id'])).toEqual(BUILT_IN);
  });
});

describe('an arm of ARM_REGISTRY', () => {
  it('stays, and does not keep the server from starting when it is away', async () => {
    const column = await embeddedColumn();
    const weather = await WeatherArm.start();
    const server = await TestServer.start(column, { ARM_REGISTRY: weather.url, ARM_DISCOVERY_INTERVAL_SECONDS: '1' });
    const arm = await eventually('the arm', async () => {
      const { body } = await server.request('GET', '/arms');
      const found = (body['arms'] as Arm[]).find((one) => one['arm_id'] === 'weather');
      return found?.['last_seen_at'] === undefined ? undefined : found;
    });
    expect(arm).toMatchObject({
      name: 'Weather arm',
      version: '1.0.0',
      capabilities: ['weather_forecast', 'weather_analysis', 'location_weather'],
      cost_tier: 1,
      average_latency_ms: 300,
      max_concurrent: 10,
      status: 'healthy',
    });
    const kept = await server.request('DELETE', '/arms/weather');
    expect(kept).toMatchObject({ status: 400, body: { code: 'invalid_operation' } });
    expect(kept.body['message']).toContain('ARM_REGISTRY');

    await server.stop();
    await weather.stop();
    const next = await TestServer.start(column, { ARM_REGISTRY: weather.url, ARM_DISCOVERY_INTERVAL_SECONDS: '1' });
    await eventually('the arm is missed', async () => {
      const { body } = await next.request('GET', '/arms');
      const found = (body['arms'] as Arm[]).find((one) => one['arm_id'] === 'weather');
      return found?.['status'] === 'unavailable' ? true : undefined;
    });
    await next.stop();
    await column.dispose();
  });
});

describe('arms behind keys', () => {
  it('are listed with arm:list and changed with arm:register; what one arm can do is no secret', async () => {
    const column = await embeddedColumn();
    const server = await TestServer.start(column, { AUTH_MODE: 'keys' });
    expect((await server.request('GET', '/arms')).status).toBe(401);
    expect((await server.request('GET', '/capabilities')).status).toBe(401);
    expect((await server.request('POST', '/arms/register', {})).status).toBe(401);
    expect((await server.request('DELETE', '/arms/coder')).status).toBe(401);
    expect((await server.request('GET', '/coder/capabilities')).status).toBe(200);
    expect((await server.request('GET', '/nobody/capabilities')).status).toBe(404);
    await server.stop();
    await column.dispose();
  });
});
