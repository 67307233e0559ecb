import type { FoundAttempt, Inspection, InspectOptions } from '../../contracts/inspection';
import type { JsonObject } from '../../contracts/json';
import type { CachedAnswer } from '../../memory/answers/answers.service';
import type { Wire } from '../http/types';
import type { AnsweredInspection } from './known-answers.service';
import {
  type CachedAnswerDto,
  type CachedResultDto,
  type FilteredDto,
  type PreprocessDto,
  type PreprocessedDto,
  type ReflexActionDto,
  type ReflexQueryDto,
  isQuery,
} from './preprocess.dto';
import { toMs } from './process.mapper';

/** A context as free JSON: one that is a text stands under its own name. */
export const toContext = (context: JsonObject | string | null | undefined): JsonObject =>
  typeof context === 'string' ? { context } : (context ?? {});

/** The text under whichever name it came. */
export const textOf = ({ input_text, input, query, goal }: PreprocessDto): string =>
  input_text ?? input ?? query ?? goal ?? '';

export const toPreprocessOptions = (body: PreprocessDto, tenant: string): InspectOptions => ({
  checkPii: body.detect_pii ?? true,
  checkInjection: body.detect_injection ?? true,
  useCache: body.check_cache ?? true,
  tenant,
  blockCriticalPii: isQuery(body),
  replyInstantly: true,
  context: toContext(body.context),
});

export const kindsOf = (pii: readonly { kind: string }[]): string[] => [...new Set(pii.map(({ kind }) => kind))];

/** What both the text and the context beside it came to. */
const altogether = ({ pii, injection, risk, context }: Inspection) => ({
  kinds: [...new Set([...kindsOf(pii), ...(context?.kinds ?? [])])],
  injectionDetected: injection.length > 0 || context?.injectionDetected === true,
  risk: Math.max(risk, context?.risk ?? 0),
});

/** Of the two things that may be remembered, the answer is the one that is asked for. */
const remembered = ({ answer, cachedAt, cacheKey }: AnsweredInspection): { key: string; cachedAt: Date } | undefined =>
  answer ?? (cachedAt && { key: cacheKey, cachedAt });

const toMetadata = (inspection: AnsweredInspection): Wire<PreprocessedDto>['metadata'] => {
  const { reply, block } = inspection;
  const entry = remembered(inspection);
  return {
    ...(entry !== undefined && { cache_key: entry.key, cached_at: entry.cachedAt.toISOString() }),
    ...(reply !== undefined && { pattern: reply.pattern, template: reply.template }),
    ...(block !== undefined && { reason: block.reason, blocked_patterns: block.patterns }),
    safety_check_passed: block === undefined,
  };
};

/** Named one by one: what else is known of an answer is nobody's business. */
export const toCachedAnswer = (answer: CachedAnswer): Wire<CachedAnswerDto> => {
  const { output, confidence, code, tests, explanation, language, model, warnings, citations } = answer;
  return {
    output,
    confidence,
    ...(code !== undefined && { code }),
    ...(tests !== undefined && { tests }),
    ...(explanation !== undefined && { explanation }),
    ...(language !== undefined && { language }),
    ...(model !== undefined && { model }),
    warnings,
    citations,
  };
};

/** What inspection found in the text itself. */
const toCachedResult = ({ pii, injection, risk }: Inspection): Wire<CachedResultDto> => ({
  pii_detected: pii.length > 0,
  pii_types: kindsOf(pii),
  injection_detected: injection.length > 0,
  risk_score: risk,
});

export const toPreprocessed = (inspection: AnsweredInspection): Wire<PreprocessedDto> => {
  const { decision, sanitized, reply, answer } = inspection;
  const cacheHit = inspection.cacheHit || answer !== undefined;
  const response = answer?.output ?? reply?.text;
  const { kinds, injectionDetected, risk } = altogether(inspection);
  const durationMs = toMs(inspection.durationMs);
  return {
    decision,
    cache_hit: cacheHit,
    cached: cacheHit,
    pii_detected: kinds.length > 0,
    pii_types: kinds,
    injection_detected: injectionDetected,
    risk_score: risk,
    sanitized_input: sanitized,
    should_proceed: decision !== 'blocked',
    ...(cacheHit && { cached_result: answer ? toCachedAnswer(answer) : toCachedResult(inspection) }),
    output: sanitized,
    ...(response !== undefined && { response }),
    confidence: inspection.confidence,
    latency_ms: durationMs,
    processing_time_ms: durationMs,
    metadata: toMetadata(inspection),
    preprocessed_goal: sanitized,
    preprocessed_context: inspection.context?.value ?? {},
  };
};

export const toFiltered = ({ pii, sanitized }: Inspection): Wire<FilteredDto> => ({
  filtered_text: sanitized,
  pii_detected: pii.length > 0,
  pii_types: kindsOf(pii),
  redactions: pii.map(({ kind, value, start, end }) => ({ type: kind, original: value, position: [start, end] })),
});

const gravest = (attempts: readonly FoundAttempt[]): FoundAttempt | undefined =>
  attempts.find(({ severity }) => severity === 'critical');

const toBlocked = (inspection: Inspection): Wire<ReflexActionDto> => {
  const attempt = gravest(inspection.injection);
  return {
    action: 'Blocked',
    reason: `The ${attempt === undefined ? 'context' : 'query'} tries to override what the assistant was told. Rephrase it as a plain question.`,
    violation_type: attempt?.type ?? 'PromptInjection',
    matched_pattern: attempt?.detector ?? 'context',
  };
};

export const toReflexOptions = (body: ReflexQueryDto, tenant: string): InspectOptions => ({
  checkPii: true,
  checkInjection: true,
  useCache: true,
  tenant,
  replyInstantly: true,
  context: toContext(body.context),
});

/** `CacheHit` is the one action that brings an answer along, so that instant replies are told by it as well. */
export const toAction = (
  query: ReflexQueryDto,
  inspection: AnsweredInspection,
  more: { hints: string[]; now: Date },
): Wire<ReflexActionDto> => {
  const { decision, reply, sanitized, answer, context } = inspection;
  if (decision === 'blocked') return toBlocked(inspection);
  const response = answer?.output ?? reply?.text;
  if (response !== undefined) {
    const { cachedAt } = remembered(inspection) ?? { cachedAt: more.now };
    return {
      action: 'CacheHit',
      response,
      cached_at: cachedAt.toISOString(),
      cache_age_ms: Math.max(0, more.now.getTime() - cachedAt.getTime()),
    };
  }
  const { kinds, injectionDetected, risk } = altogether(inspection);
  return {
    action: 'PassThrough',
    sanitized_query: sanitized,
    original_length: query.query.length,
    pii_detected: kinds.length > 0,
    metadata: {
      pii_types: kinds,
      injection_detected: injectionDetected,
      risk_score: risk,
      processing_time_ms: toMs(inspection.durationMs),
      priority: query.priority ?? 'medium',
      ...(typeof query.max_tokens === 'number' && { max_tokens: query.max_tokens }),
      ...(context !== undefined && Object.keys(context.value).length > 0 && { context: context.value }),
    },
    routing_hints: more.hints,
  };
};
