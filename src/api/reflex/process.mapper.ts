import type { FindingSeverity, FoundAttempt, FoundValue, Inspection, InspectOptions } from '../../contracts/inspection';
import type { Wire } from '../http/types';
import type {
  ExtendedPiiMatchDto,
  InjectionMatchDto,
  MaskedResultDto,
  PiiMatchDto,
  ProcessDto,
  ProcessedDto,
  SeverityWord,
} from './process.dto';

const WORDS: Record<FindingSeverity, SeverityWord> = {
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  critical: 'Critical',
};
const MICROSECONDS = 1_000;

/** Milliseconds to three places. */
export const toMs = (durationMs: number): number => Math.round(durationMs * MICROSECONDS) / MICROSECONDS;

export const toOptions = (request: ProcessDto, tenant: string): InspectOptions => ({
  checkPii: request.check_pii ?? true,
  checkInjection: request.check_injection ?? true,
  useCache: request.use_cache ?? true,
  tenant,
});

const toFinding = ({ start, end, value, confidence, severity, detector }: FoundValue | FoundAttempt) => ({
  position: start,
  start,
  end,
  matched_text: value,
  confidence,
  severity: WORDS[severity],
  detector,
});

const toExtended = (found: FoundValue): Wire<ExtendedPiiMatchDto> => ({
  ...toFinding(found),
  kind: found.kind,
  value: found.value,
  context: found.context,
  indicators: [
    ...(found.confidence === 1 ? ['validated'] : []),
    ...(found.isExample ? ['reserved_for_documentation'] : []),
  ],
});

const toPiiMatches = (found: FoundValue): Wire<PiiMatchDto>[] =>
  found.label === undefined ? [] : [{ pii_type: found.label, ...toExtended(found) }];

const toInjectionMatch = (found: FoundAttempt): Wire<InjectionMatchDto> => ({
  injection_type: found.type,
  ...toFinding(found),
  indicators: found.signals,
  context_analysis: {
    is_quoted: found.context.isQuoted,
    is_academic: found.context.isAcademic,
    is_testing: found.context.isTesting,
    is_negation: found.context.isNegation,
  },
});

export const toProcessed = (inspection: Inspection, requestId: string): Wire<ProcessedDto> => ({
  request_id: requestId,
  status: inspection.isAttack ? 'Blocked' : 'Success',
  pii_detected: inspection.pii.length > 0,
  pii_matches: inspection.pii.flatMap(toPiiMatches),
  pii_matches_extended: inspection.pii.filter(({ label }) => label === undefined).map(toExtended),
  injection_detected: inspection.injection.length > 0,
  injection_matches: inspection.injection.map(toInjectionMatch),
  cache_hit: inspection.cacheHit,
  processing_time_ms: toMs(inspection.durationMs),
});

/** The part of the text an attempt takes, with everything masked that is somebody's. */
const masked = (attempt: FoundAttempt, pii: readonly FoundValue[]): string => {
  let text = attempt.value;
  for (const { start, end } of pii) {
    const from = Math.max(0, start - attempt.start);
    const to = Math.min(text.length, end - attempt.start);
    if (from < to) text = text.slice(0, from) + '*'.repeat(to - from) + text.slice(to);
  }
  return text;
};

export const toMaskedResult = ({
  isAttack,
  pii,
  injection,
  cacheHit,
  durationMs,
}: Inspection): Wire<MaskedResultDto> => ({
  safe: !isAttack,
  pii_detected: pii.map(({ label, kind, value, confidence, start }) => ({
    type: label ?? kind,
    value: '*'.repeat(value.length),
    confidence,
    position: start,
  })),
  injections: injection.map((attempt) => ({
    type: attempt.type,
    severity: WORDS[attempt.severity],
    matched_text: masked(attempt, pii),
    confidence: attempt.confidence,
    position: attempt.start,
  })),
  cached: cacheHit,
  latency_ms: toMs(durationMs),
});
