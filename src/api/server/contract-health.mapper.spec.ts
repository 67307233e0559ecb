import type { HealthReport } from '../../common/health';
import { toContractHealth } from './contract-health.mapper';

const now = new Date('2026-01-02T03:04:05.678Z');
const report: HealthReport = {
  ready: true,
  at: now,
  probes: {
    database: { ok: true, message: 'PostgreSQL 18', required: true, latencyMs: 2 },
    queue: { ok: false, message: 'no answer', required: true },
    vector: { ok: true, message: 'in PostgreSQL', required: false },
  },
};

it('has one check for each part, under the names of the contracts', () => {
  const facts = { version: '1.2.3', uptimeSeconds: 61.9, now, usesRedis: false };
  expect(toContractHealth(report, facts)).toEqual({
    status: 'degraded',
    version: '1.2.3',
    uptime_seconds: 61,
    timestamp: '2026-01-02T03:04:05.678Z',
    checks: {
      database: { status: 'up', latency_ms: 2 },
      redis: { status: 'down', backend: 'postgresql' },
      qdrant: { status: 'up' },
      arms: expect.objectContaining({ coder: { status: 'up' }, 'safety-guardian': { status: 'up' } }),
    },
  });
  expect(toContractHealth({ ...report, probes: {} }, { ...facts, usesRedis: true })).toMatchObject({
    status: 'healthy',
    checks: { database: { status: 'down', latency_ms: null }, redis: { backend: 'redis' } },
  });
});
