import type { HealthReport } from '../../common/health';
import type { ServiceName } from '../../contracts/service';
import { toHealth, toReady } from './health.mapper';

const now = new Date('2026-01-02T03:04:05.678Z');
const report: HealthReport = {
  ready: true,
  at: now,
  probes: {
    database: { ok: true, message: 'PostgreSQL 18', required: true },
    reflex_layer: { ok: true, message: 'screening', required: true },
    queue: { ok: true, message: 'BullMQ on PostgreSQL', required: true },
    model: { ok: false, message: 'no answer', required: false },
  },
};
const health = (service: ServiceName, usesRedis = false, more = {}) =>
  toHealth(report, { version: '1.2.3', uptimeSeconds: 61.9, environment: 'test', now, service, more, usesRedis });

describe('toHealth', () => {
  it('is the superset body, with whole seconds and texts for components', () => {
    expect(health('orchestrator')).toEqual({
      status: 'degraded',
      version: '1.2.3',
      uptime_seconds: 61,
      timestamp: '2026-01-02T03:04:05.678Z',
      components: {
        database: 'healthy',
        reflex_layer: 'healthy',
        queue: 'healthy',
        model: 'unhealthy',
        redis: 'not configured: the queue is in PostgreSQL',
      },
      dependencies: { postgres: 'healthy', redis: 'healthy' },
      service: 'octollm-orchestrator',
      environment: 'test',
      message: 'OK',
    });
    expect(health('orchestrator', true).components).toMatchObject({ redis: 'healthy' });
  });

  it('says what a service has to say for itself', () => {
    expect(health('coder', false, { model: 'm', arm_id: 'coder' })).toMatchObject({
      service: 'octollm-coder',
      model: 'm',
      arm_id: 'coder',
    });
    expect(health('coder')).not.toHaveProperty('redis');
    expect(health('reflex')).toMatchObject({ service: 'octollm-reflex', redis: 'connected' });
  });
});

describe('toReady', () => {
  it('has yes and no for the orchestrator and the arms, texts for the reflex layer', () => {
    for (const service of ['orchestrator', 'coder'] as const) {
      expect(toReady(report, service)).toEqual({
        ready: true,
        checks: { database: true, reflex_layer: true, queue: true, model: false },
        details: {
          database: 'PostgreSQL 18',
          reflex_layer: 'screening',
          queue: 'BullMQ on PostgreSQL',
          model: 'no answer',
        },
        timestamp: '2026-01-02T03:04:05.678Z',
      });
    }
    expect(toReady(report, 'reflex').checks).toEqual({
      database: 'healthy',
      reflex_layer: 'healthy',
      queue: 'healthy',
      model: 'unhealthy',
      redis: 'connected',
    });
  });
});
