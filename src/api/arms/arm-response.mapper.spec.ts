import type { ArmRecord } from '../../contracts/arm';
import { toArmDto, toArmHealth } from './arm-response.mapper';

const RECORD: ArmRecord = {
  id: 'weather',
  kind: 'remote',
  name: 'Weather',
  description: 'Forecasts',
  capabilities: ['weather_forecast'],
  costTier: 1,
  version: '1.2',
  endpoint: 'http://weather',
  healthEndpoint: 'http://weather/ping',
  inputSchema: { type: 'object' },
  outputSchema: {},
  metadata: { model: 'gpt-x' },
  maxConcurrent: 4,
  averageLatencyMs: 300,
  health: 'healthy',
  lastError: null,
  lastSeenAt: null,
  successes: 0,
  failures: 0,
  meanDurationMs: 0,
};

describe('toArmDto', () => {
  it('leaves out what is not known', () => {
    expect(toArmDto(RECORD, 'http://here')).toEqual({
      arm_id: 'weather',
      name: 'Weather',
      description: 'Forecasts',
      capabilities: ['weather_forecast'],
      cost_tier: 1,
      endpoint: 'http://weather',
      status: 'healthy',
      input_schema: { type: 'object' },
      output_schema: {},
      version: '1.2',
      average_latency_ms: 300,
      max_concurrent: 4,
      max_concurrent_tasks: 4,
      health_check_endpoint: 'http://weather/ping',
      metadata: {
        version: '1.2',
        technology: 'HTTP',
        average_latency_ms: 300,
        max_concurrent_tasks: 4,
        model: 'gpt-x',
      },
      kind: 'remote',
    });
  });

  it('prefers what was measured', () => {
    const dto = toArmDto({ ...RECORD, successes: 3, failures: 1, meanDurationMs: 41.6 }, 'http://here');
    expect(dto).toMatchObject({ average_latency_ms: 42, success_rate: 0.75 });
  });

  it('has a built-in arm at this server', () => {
    const dto = toArmDto(
      { ...RECORD, id: 'coder', kind: 'built-in', endpoint: null, healthEndpoint: null },
      'http://here',
    );
    expect(dto).toMatchObject({
      endpoint: 'http://here/coder',
      health_check_endpoint: 'http://here/coder/health',
      metadata: { technology: 'TypeScript' },
    });
  });
});

it('toArmHealth says why', () => {
  const lost = toArmHealth({ ...RECORD, health: 'unavailable', lastError: 'gone', lastSeenAt: new Date(0) });
  expect(lost).toMatchObject({ status: 'unhealthy', message: 'gone', timestamp: '1970-01-01T00:00:00.000Z' });
});
