import type { JsonObject } from './json';

/** How bad a finding is. Scores of risk: 2, 5, 7, 9. */
export type FindingSeverity = 'low' | 'medium' | 'high' | 'critical';

/** Personal data or a secret in a text. Offsets are UTF-16 code units: `text.slice(start, end) === value`. */
export interface FoundValue {
  detector: string;
  /** Lower-case name as the guardian shows it, e.g. `credit_card`. */
  kind: string;
  /** Name in the reflex vocabulary, e.g. `CreditCard`; undefined where that vocabulary has none. */
  label: string | undefined;
  severity: FindingSeverity;
  start: number;
  end: number;
  value: string;
  /** The value with what stands around it. */
  context: string;
  /** 0 to 1. */
  confidence: number;
  /** What stands for it in sanitised text. */
  placeholder: string;
  /** Set aside for documentation: belongs to nobody. */
  isExample: boolean;
}

/** An attempt to steer a model. Offsets as in `FoundValue`. */
export interface FoundAttempt {
  detector: string;
  /** Name in the reflex vocabulary, e.g. `IgnorePrevious`. */
  type: string;
  /** After context. */
  severity: FindingSeverity;
  start: number;
  end: number;
  value: string;
  /** 0 to 1. */
  confidence: number;
  context: { isQuoted: boolean; isAcademic: boolean; isTesting: boolean; isNegation: boolean };
  /** What speaks for it. */
  signals: string[];
}

/** `cache_hit` is for cached *answers*; an inspection that was remembered still ends in one of the others. */
export const REFLEX_DECISIONS = ['cache_hit', 'reflex_handled', 'forward_to_orchestrator', 'blocked'] as const;
export type ReflexDecision = (typeof REFLEX_DECISIONS)[number];

export interface InspectOptions {
  /** Looks for personal data and secrets. */
  checkPii: boolean;
  /** Looks for attempts to steer a model. */
  checkInjection: boolean;
  /** Whether the result may come from the cache and be put there. */
  useCache: boolean;
  /** Whose cache: results are never shared between tenants. */
  tenant: string;
  /** Also blocks personal data of severity Critical, which otherwise is only found and sanitised. */
  blockCriticalPii?: boolean;
  /** Answers greetings and the like at once. */
  replyInstantly?: boolean;
  /** Free JSON that comes with the text; looked through as well, and never remembered. */
  context?: JsonObject;
}

/** What the reflex layer found in a text and what is to become of it. */
export interface Inspection {
  decision: ReflexDecision;
  /** Both in order of position; no value lies within another one. */
  pii: FoundValue[];
  injection: FoundAttempt[];
  /** True if an attempt of severity Critical, after what stands around it, is in the text. Personal data never sets it. */
  isAttack: boolean;
  /** Why it was blocked: detectors that decided it; `context` when the attack is in the context. */
  block?: { reason: 'injection_detected' | 'pii_detected'; patterns: string[] };
  /** The text with placeholders for everything in `pii`. */
  sanitized: string;
  /** Score of the gravest attempt, 0 to 1. */
  risk: number;
  /** 0 to 1: how sure the decision is. */
  confidence: number;
  /** What `InspectOptions.context` came to. */
  context?: CleansedContext;
  reply?: { pattern: string; template: string; text: string };
  cacheKey: string;
  cacheHit: boolean;
  /** Set when the result is in the cache, also by this very call. */
  cachedAt?: Date;
  durationMs: number;
}

/** A remembered inspection: kinds and places, without a word of the text. */
export interface CachedInspection {
  key: string;
  cachedAt: Date;
  expiresAt: Date;
  pii: Omit<FoundValue, 'value' | 'context'>[];
  injection: Omit<FoundAttempt, 'value'>[];
  /** As in `Inspection`. */
  risk: number;
}

export interface ReflexStatistics {
  entries: number;
  hits: number;
  misses: number;
  /** What the entries take, estimated. */
  memoryBytes: number;
  /** Entries that had to make room since the start. */
  evictions: number;
  evictionsLastHour: number;
  /** Milliseconds per inspection, over all since the start; 0 before the first. */
  averageMs: number;
}

/** A context with placeholders for what was found in it. */
export interface CleansedContext {
  value: JsonObject;
  /** Lower-case names of what was found, each once. */
  kinds: string[];
  injectionDetected: boolean;
  /** As in `Inspection`, here and below. */
  isAttack: boolean;
  risk: number;
  /** Of the surest attempt; 0 without any. */
  confidence: number;
}
