import { toNewArm } from './arm-request.mapper';

const FLAT = { arm_id: 'weather', endpoint: 'http://weather', capabilities: ['weather_forecast'] };

describe('toNewArm', () => {
  it('fills in what is left out or null', () => {
    expect(toNewArm({ ...FLAT, name: null, cost_tier: null, health_check_endpoint: null })).toEqual({
      id: 'weather',
      name: 'weather',
      description: '',
      capabilities: ['weather_forecast'],
      costTier: 3,
      version: '',
      endpoint: 'http://weather',
      inputSchema: {},
      outputSchema: {},
      metadata: {},
      maxConcurrent: 10,
      averageLatencyMs: null,
    });
  });

  it('takes the nested form first', () => {
    const capability = {
      name: 'Weather',
      endpoint: 'http://nested',
      capabilities: ['a', 'a'],
      cost_tier: 2,
      status: 'healthy',
    };
    expect(toNewArm({ ...FLAT, capability })).toMatchObject({
      name: 'Weather',
      endpoint: 'http://nested',
      capabilities: ['a'],
      costTier: 2,
    });
  });

  it('gathers what is said of capabilities one by one, and passes over what makes no sense', () => {
    const capabilities = [
      { capability_name: 'a', description: 'Does a.', cost_tier: 9, avg_latency_ms: 12.4 },
      { capability_name: 'b', description: 'Does b.', input_schema: { type: 'object' } },
      'c',
    ];
    expect(toNewArm({ ...FLAT, capabilities })).toMatchObject({
      description: 'Does a. Does b.',
      capabilities: ['a', 'b', 'c'],
      costTier: 3,
      averageLatencyMs: 12,
      inputSchema: { type: 'object' },
    });
  });

  it.each([
    [{ arm_id: 'weather', capabilities: ['a'] }, 'endpoint'],
    [{ arm_id: 'weather', endpoint: 'http://weather' }, 'capabilities'],
    [{ arm_id: 'weather', capability: { capabilities: ['a'] } }, 'capability.endpoint'],
  ])('misses what it needs in %j', (body, field) => {
    expect(() => toNewArm(body)).toThrow(`${field} is required`);
  });
});
