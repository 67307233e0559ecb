import { Counter, Histogram, Registry } from 'prom-client';
import { toReflexMetrics } from './debug.mapper';

describe('toReflexMetrics', () => {
  it('adds up the series of the registry', async () => {
    const registry = new Registry();
    const registers = [registry];
    const requests = new Counter({ name: 'reflex_requests_total', help: 'x', labelNames: ['decision'], registers });
    const latency = new Histogram({ name: 'reflex_latency_seconds', help: 'x', buckets: [1, 2], registers });
    const pii = new Counter({ name: 'reflex_pii_detections_total', help: 'x', labelNames: ['pii_type'], registers });
    requests.inc({ decision: 'blocked' });
    requests.inc({ decision: 'forward' }, 3);
    for (const seconds of [0.5, 1.5]) latency.observe(seconds);
    pii.inc({ pii_type: 'Email' }, 2);
    pii.inc({ pii_type: 'SSN' });
    expect(toReflexMetrics(await registry.getMetricsAsJSON())).toEqual({
      total_requests: 4,
      successful_requests: 4,
      failed_requests: 0,
      blocked_requests: 0,
      pii_detections: 3,
      injection_detections: 0,
      cache_hits: 0,
      total_latency_ms: 2000,
      average_latency_ms: 500,
      success_rate: 1,
      circuit_breaker_state: 'closed',
      circuit_breaker_failure_count: 0,
    });
  });

  it('is all zero before anything happened', () => {
    expect(toReflexMetrics([])).toMatchObject({ total_requests: 0, average_latency_ms: 0, success_rate: 1 });
  });
});
