import { counter, gauge, histogram } from '../common/metrics';
import type { Decision } from '../contracts/verdict';

/** From a tenth of a millisecond: most inspections take less than one. */
const FAST = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5];

export const piiSeconds = histogram(
  'reflex_pii_detection_duration_seconds',
  'Time to look for personal data and secrets',
  ['pattern_set'],
  FAST,
);
export const piiDetections = counter('reflex_pii_detections_total', 'Personal data and secrets found', ['pii_type']);
export const injectionSeconds = histogram(
  'reflex_injection_detection_duration_seconds',
  'Time to look for prompt injection',
  ['detection_mode'],
  FAST,
);
export const injectionDetections = counter('reflex_injection_detections_total', 'Prompt injections found', [
  'severity',
]);
export const cacheHits = counter('reflex_cache_hits_total', 'Inspections taken from the cache');
export const layerHits = counter('octollm_cache_hits_total', 'Answers taken from a cache', ['layer']);
export const cacheMisses = counter('reflex_cache_misses_total', 'Inspections that were not in the cache');
export const cacheSeconds = histogram(
  'reflex_cache_operation_duration_seconds',
  'Time of one operation of the cache',
  ['operation'],
  FAST,
);
export const cacheHitRate = gauge('reflex_cache_hit_rate', 'Share of look-ups that hit since the start, 0 to 1');
export const blocked = counter('reflex_requests_blocked_total', 'Texts that were blocked');
export const decisions = counter('reflex_requests_total', 'Texts inspected', ['decision']);
export const latencySeconds = histogram('reflex_latency_seconds', 'Time of one inspection', [], FAST);

/** What screening a task came to, as far as it is counted. */
interface CountedScreening {
  decision: Decision;
  pii: readonly { pii_type: string }[];
  /** Severity after context: Low, Medium, High, Critical. */
  injection: readonly { severity: string }[];
}

/**
 * Moves the reflex's series for a task that was screened, as an inspection moves them for a text: found values by type, attempts
 * by severity, the decision, and the time it took. To be called once per task that somebody submitted, also for one that is
 * blocked or whose size is refused, and not for a probe: a server that is asked for its health blocks nobody.
 *
 * @param seconds From the beginning of screening to its decision; both kinds of detection are one pass there.
 */
export const countScreening = ({ decision, pii, injection }: CountedScreening, seconds: number): void => {
  for (const { pii_type } of pii) piiDetections.inc({ pii_type });
  for (const { severity } of injection) injectionDetections.inc({ severity });
  const isBlocked = decision === 'block';
  decisions.inc({ decision: isBlocked ? 'blocked' : 'forward_to_orchestrator' });
  if (isBlocked) blocked.inc();
  latencySeconds.observe(seconds);
};
