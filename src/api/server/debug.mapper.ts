import type { Wire } from '../http/types';
import type { ReflexMetricsDto } from './debug.dto';

/** A metric as the Prometheus registry lists it. */
interface Series {
  name: string;
  values: { value: number; metricName?: string; labels: object }[];
}

/** The reflex layer since the start of the process, from its own metrics. A text it could not look at fails the whole request. */
export const toReflexMetrics = (all: readonly Series[]): Wire<ReflexMetricsDto> => {
  /** The sum over all labels; a histogram has several figures, of which `part` names one. */
  const sum = (name: string, part = name): number =>
    (all.find((series) => series.name === name)?.values ?? [])
      .filter(({ metricName = name }) => metricName === part)
      .reduce((total, { value }) => total + value, 0);
  const requests = sum('reflex_requests_total');
  const latencyMs = sum('reflex_latency_seconds', 'reflex_latency_seconds_sum') * 1000;
  return {
    total_requests: requests,
    successful_requests: requests,
    failed_requests: 0,
    blocked_requests: sum('reflex_requests_blocked_total'),
    pii_detections: sum('reflex_pii_detections_total'),
    injection_detections: sum('reflex_injection_detections_total'),
    cache_hits: sum('reflex_cache_hits_total'),
    total_latency_ms: latencyMs,
    average_latency_ms: latencyMs / Math.max(1, requests),
    success_rate: 1,
    circuit_breaker_state: 'closed',
    circuit_breaker_failure_count: 0,
  };
};
