import type { ArmCall } from '../../src/intake/intake.port';
import { IntakePort } from '../../src/intake/intake.port';
import { Database } from '../../src/drivers/database/database.service';
import { CapabilityTokens } from '../../src/access/capability-tokens.port';
import { COLUMNS, type Column } from '../support/columns';
import { type Answer, FakeOpenAi } from '../support/fake-openai';
import { gate } from '../support/gate';
import { TestServer, eventually } from '../support/server';
import { WeatherArm } from '../support/weather-arm';

const GOAL = {
  goal: 'Get weather forecast for Paris for next 5 days',
  constraints: ['Include detailed analysis'],
};

const weatherPlan = (arm: string): object => ({
  steps: [
    {
      step: 1,
      action: 'Get the forecast for Paris for the next 5 days',
      requiredArm: arm,
      acceptanceCriteria: ['Five days are covered', 'An analysis is included'],
      dependsOn: [],
      estimatedDurationSeconds: 2,
    },
    {
      step: 2,
      action: 'Look for personal data',
      requiredArm: 'safety-guardian',
      acceptanceCriteria: ['No secret', 'No personal data'],
      dependsOn: [1],
      estimatedDurationSeconds: 1,
    },
    {
      step: 3,
      action: 'Verify the forecast',
      requiredArm: 'judge',
      acceptanceCriteria: ['Every criterion was checked', 'It is about Paris'],
      dependsOn: [1, 2],
      estimatedDurationSeconds: 2,
    },
  ],
  rationale: 'The weather arm knows.',
  confidence: 0.9,
  complexityScore: 0.1,
});
const script =
  (arm: string, input: object): Answer =>
  ({ purpose }) => {
    if (purpose === 'plan') return weatherPlan(arm);
    if (purpose === 'arm_input') return input;
    return undefined;
  };

const armsOf = async (server: TestServer): Promise<Record<string, Record<string, unknown>>> => {
  const { body } = await server.request('GET', '/arms');
  const arms = body['arms'] as Record<string, unknown>[];
  return Object.fromEntries(arms.map((arm) => [String(arm['arm_id']), arm]));
};
const becomes = (server: TestServer, status: string): Promise<Record<string, unknown>> =>
  eventually(`weather ${status}`, async () => {
    const { weather } = await armsOf(server);
    return weather?.['status'] === status ? weather : undefined;
  });

const directCall = (input: ArmCall['input']): ArmCall => ({
  arm: 'weather',
  draft: {
    goal: 'Ask the weather arm',
    constraints: [],
    acceptanceCriteria: [],
    context: {},
    priority: 'high',
    budget: { maxTokens: 10_000, maxTimeSeconds: 120, maxCostUsd: 1, maxRetries: 1 },
    metadata: {},
    requiredCapabilities: [],
  },
  input,
  action: 'Ask the weather arm',
});

describe.each(COLUMNS)('an arm of a user, %s column', (_, open) => {
  let column: Column;
  let model: FakeOpenAi;
  let weather: WeatherArm;
  let server: TestServer;

  beforeAll(async () => {
    column = await open();
    model = await FakeOpenAi.start();
    weather = await WeatherArm.start();
    const variables = { ARM_REGISTRY: `${weather.url}/,http://127.0.0.1:9`, ARM_DISCOVERY_INTERVAL_SECONDS: '1' };
    server = await TestServer.start(column, variables, model);
    await becomes(server, 'healthy');
  });
  afterAll(async () => {
    await server.stop();
    await weather.stop();
    await model.stop();
    await column.dispose();
  });
  beforeEach(async () => {
    weather.reset();
    await weather.resume();
    model.reset();
  });

  it('does the sample goal: planned, asked with what the goal says, judged', async () => {
    model.answer(script('weather', { location: 'Paris', days: 5, include_analysis: true }));
    const task = await server.complete(GOAL);
    expect(task).toMatchObject({ status: 'completed', error: null });
    expect(weather.calls.map(({ body }) => body)).toEqual([{ location: 'Paris', days: 5, include_analysis: true }]);
    expect(task.metadata?.arms_used).toContain('weather');
    expect(JSON.parse(task.result!.output)).toMatchObject({ location: 'Paris', data_source: 'test' });
    const [planned] = model.asked('plan');
    expect((planned?.user as { arms: object[] }).arms).toEqual([
      {
        id: 'weather',
        does: 'Forecasts the weather of a place.',
        capabilities: ['weather_forecast', 'weather_analysis', 'location_weather'],
        cost_tier: 1,
      },
    ]);
    expect(model.asked('intent')[0]?.system).toContain('weather_forecast');
  });

  it('is called with the headers of the contract, and with a token that is good for it alone', async () => {
    model.answer(script('weather', { location: 'Paris' }));
    const id = await server.submit(GOAL);
    await server.finished(id);
    const { headers } = weather.calls[0]!;
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'x-arm-id': 'orchestrator' });
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}\.1$/);
    expect(headers['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/);
    const token = String(headers.authorization).replace('Bearer ', '');
    const [, claims] = token.split('.');
    expect(JSON.parse(Buffer.from(claims!, 'base64url').toString())).toMatchObject({
      iss: 'octollm-orchestrator',
      sub: 'weather',
      metadata: { task_id: id },
    });
    const tokens = server.get(CapabilityTokens);
    await expect(tokens.check(token, 'weather')).resolves.toMatchObject({ armId: 'weather' });
    await expect(tokens.check(token, 'coder')).rejects.toMatchObject({ code: 'capability_denied' });
  });

  it('is not sent what its schema refuses: the model is told and asked again', async () => {
    const inputs = [
      { location: 'Paris', days: 99 },
      { location: 'Paris', days: 5 },
    ];
    model.answer(({ purpose, nth }) =>
      purpose === 'arm_input' ? inputs[nth - 1] : script('weather', {})({ purpose } as never),
    );
    await server.complete(GOAL);
    expect(weather.calls.map(({ body }) => body)).toEqual([{ location: 'Paris', days: 5 }]);
    expect(JSON.stringify(model.asked('arm_input')[1]?.body)).toContain('days must be <= 14');
  });

  it('gets what the goal plainly says when the model is of no use', async () => {
    model.answer(script('weather', []));
    expect(await server.complete(GOAL)).toMatchObject({ status: 'completed' });
    expect(weather.calls[0]?.body).toEqual({ location: 'Paris', days: 5, include_analysis: true });
  });

  it('is also meant where a plan names a capability of its', async () => {
    model.answer(script('weather_forecast', { location: 'Paris' }));
    expect((await server.complete(GOAL)).metadata?.arms_used).toContain('weather');
  });

  it('is asked again after a passing fault with the same idempotency key, and not after a refusal', async () => {
    model.answer(script('weather', { location: 'Paris' }));
    weather.next([503, { detail: 'warming up' }, { 'retry-after': '1' }]);
    expect(await server.complete(GOAL)).toMatchObject({ status: 'completed' });
    expect(weather.calls).toHaveLength(2);
    expect(new Set(weather.calls.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);

    weather.next([422, { detail: [{ loc: ['body', 'location'], msg: 'unknown place', type: 'value_error' }] }]);
    const failed = await server.complete(GOAL);
    expect(failed).toMatchObject({ status: 'failed' });
    expect(failed.error).toContain('body.location: unknown place');
    expect(weather.calls).toHaveLength(3);
  });

  it.each([
    ['that is not JSON', [200, 'sunny'], 'arm_reply_invalid'],
    ['that breaks its own schema', [200, { location: 'Paris', forecast: 'sunny', confidence: 1 }], 'arm_reply_invalid'],
    ['that is too large', [200, { padding: 'x'.repeat(1_200_000) }], 'arm_reply_too_large'],
    ['that leads elsewhere', [302, '', { location: 'http://169.254.169.254/latest' }], 'arm_refused'],
  ] as const)('is not believed with a reply %s', async (_name, reply, code) => {
    // The second answers the repetition after a fault that might pass.
    weather.next([...reply] as never, [...reply] as never);
    const run = server.get(IntakePort).run(directCall({ location: 'Paris' }));
    await expect(run).rejects.toMatchObject({ code });
  });

  it('takes a direct call as it is, once its schema allows it', async () => {
    const intake = server.get(IntakePort);
    const answer = await intake.run(directCall({ location: 'Oslo', days: 2 }));
    expect(answer).toMatchObject({ arm: 'weather', confidence: 0.85, output: { location: 'Oslo' } });
    await expect(intake.run(directCall({ days: 2 }))).rejects.toMatchObject({ code: 'validation_error' });
    expect(weather.calls).toHaveLength(1);
  });

  it('does no more at once than it can', async () => {
    weather.described = { max_concurrent: 2 };
    await eventually('the new limit', async () =>
      (await armsOf(server))['weather']?.['max_concurrent'] === 2 ? true : undefined,
    );
    const held = gate();
    weather.held = held.opened;
    const intake = server.get(IntakePort);
    const runs = Promise.all(Array.from({ length: 6 }, () => intake.run(directCall({ location: 'Oslo' }))));
    await eventually('two calls at once', () => (weather.busiest === 2 ? true : undefined));
    held.open();
    await runs;
    expect(weather.busiest).toBe(2);
    expect(weather.calls).toHaveLength(6);
    weather.described = {};
  });

  it('is lost and found again, and what it was asked meanwhile is done in the end', async () => {
    model.answer(script('weather', { location: 'Paris' }));
    await weather.stop();
    expect(await becomes(server, 'unavailable')).toMatchObject({
      last_error: expect.stringContaining('cannot be reached'),
    });
    const id = await server.submit(GOAL);
    await eventually('a retry', async () => {
      const rows = await server
        .get(Database)
        .query("SELECT 1 FROM events WHERE task_id = $1 AND type = 'step.retrying'", [id.replace('task-', '')]);
      return rows.length > 0 ? true : undefined;
    });
    await weather.resume();
    expect(await server.finished(id)).toMatchObject({ status: 'completed' });
    await becomes(server, 'healthy');
  });

  it('fails a task that requires what nobody can do, and names it', async () => {
    const task = await server.complete({ ...GOAL, required_capabilities: ['weather_forecast', 'time_travel'] });
    expect(task).toMatchObject({ status: 'failed', error_type: 'no_capable_arm' });
    expect(task.error).toContain('time_travel');
    expect(task.error).not.toContain('weather_forecast');
  });

  it('may be in the plan of a planner that is called by itself', async () => {
    model.answer(script('weather', {}));
    const { output } = await server.get(IntakePort).run({ ...directCall({}), arm: 'planner', action: 'Plan' });
    expect(output['steps']).toMatchObject([{ requiredArm: 'weather' }, {}, {}]);
  });

  it('is in the plan when the task requires what only it can do', async () => {
    const retriever = weatherPlan('retriever');
    model.answer(({ purpose, nth }) =>
      purpose === 'plan'
        ? nth === 1
          ? retriever
          : weatherPlan('weather')
        : purpose === 'arm_input'
          ? { location: 'Paris' }
          : undefined,
    );
    const task = await server.complete({ ...GOAL, required_capabilities: ['weather_forecast'] });
    expect(task).toMatchObject({ status: 'completed' });
    expect(weather.calls).toHaveLength(1);
    expect(JSON.stringify(model.asked('plan')[1]?.body)).toContain('no step needs the capability');
  });
});

describe('an arm of a user without a model', () => {
  let column: Column;
  let weather: WeatherArm;
  let server: TestServer;

  beforeAll(async () => {
    column = await COLUMNS[0]![1]();
    weather = await WeatherArm.start();
    server = await TestServer.start(column, { ARM_REGISTRY: weather.url, ARM_DISCOVERY_INTERVAL_SECONDS: '1' });
    await becomes(server, 'healthy');
  });
  afterAll(async () => {
    await server.stop();
    await weather.stop();
    await column.dispose();
  });

  it('does the sample goal by rules, and says so', async () => {
    const task = await server.complete(GOAL);
    expect(task).toMatchObject({ status: 'completed' });
    expect(weather.calls.map(({ body }) => body)).toEqual([{ location: 'Paris', days: 5, include_analysis: true }]);
    expect(task.result?.warnings.join()).toContain('made by rules');
  });

  it('says what to set when the goal does not say what the arm needs', async () => {
    const task = await server.complete({ goal: 'Show me the weather forecast please' });
    expect(task).toMatchObject({ status: 'failed', error_type: 'demonstration_limit' });
    expect(task.error).toContain('OPENAI_API_KEY');
    expect(task.error).toContain('location');
  });
});
