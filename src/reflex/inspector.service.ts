import { Injectable } from '@nestjs/common';
import type {
  CachedInspection,
  CleansedContext,
  Inspection,
  InspectOptions,
  ReflexStatistics,
} from '../contracts/inspection';
import { Detection, type Match } from '../detection/detection.service';
import { type Found, Guardrails } from '../guardrails/guardrails.service';
import { type Places, fromPlaces, toPlaces } from './findings';
import { InspectionCache, cacheKey } from './inspection-cache.service';
import { InstantReplies } from './instant-replies.service';
import {
  blocked,
  decisions,
  injectionDetections,
  injectionSeconds,
  latencySeconds,
  piiDetections,
  piiSeconds,
} from './reflex-metrics';
import { Reflex } from './reflex.service';
import { routingHints } from './routing-hints';

/** An instant reply answers what the whole text is, and still may not be what was meant. */
const REPLY_CONFIDENCE = 0.95;

type Block = NonNullable<Inspection['block']>;
/** What a verdict rests on. */
interface Findings extends Pick<Inspection, 'pii' | 'injection' | 'risk'> {
  context: CleansedContext | undefined;
}
type Verdict = Pick<Inspection, 'decision' | 'confidence' | 'block' | 'reply'>;

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const unique = (names: string[]): string[] => [...new Set(names)];
const surest = (found: { confidence: number }[]): number => Math.max(...found.map(({ confidence }) => confidence));

const isCritical = ({ severity }: { severity: string }): boolean => severity === 'critical';

/** Personal data and secrets, those of the user's own patterns among them. */
const isValue = (found: Found): found is Found & { match: Match } => found.type === 'pii' || found.type === 'secret';

/** Looks through one text for whoever asks, and remembers what it found. */
@Injectable()
export class Inspector {
  private inspections = 0;
  private totalMs = 0;

  constructor(
    private readonly detection: Detection,
    private readonly guardrails: Guardrails,
    private readonly cache: InspectionCache,
    private readonly reflex: Reflex,
    private readonly replies: InstantReplies,
  ) {}

  /** Cache, personal data, injection, context, decision, in this order. Never throws; the text itself is kept nowhere. */
  inspect(text: string, options: InspectOptions): Inspection {
    const started = performance.now();
    const key = cacheKey(text, options, this.guardrails.rules);
    const known = options.useCache ? this.cache.recall(key, options.tenant) : undefined;
    const places = known ?? this.look(text, options);
    const cachedAt = known?.cachedAt ?? (options.useCache ? this.cache.keep(key, options.tenant, places) : undefined);
    const found = fromPlaces(text, places);
    const context = options.context && this.reflex.cleanse(options.context, options);
    const verdict = this.judge(text, { ...found, context }, options);
    const durationMs = performance.now() - started;
    this.count(verdict, durationMs);
    const { detection } = this;
    return {
      ...found,
      ...verdict,
      ...(context && { context }),
      isAttack: found.injection.some((attempt) => this.isAttack(attempt)),
      // Made when it is asked for: who only wants to know what is in a text does not.
      get sanitized() {
        return detection.redact(text, found.pii);
      },
      cacheKey: key,
      cacheHit: known !== undefined,
      ...(cachedAt !== undefined && { cachedAt }),
      durationMs,
    };
  }

  routingHints(text: string): string[] {
    return routingHints(text);
  }

  statistics(): ReflexStatistics {
    return { ...this.cache.statistics(), averageMs: this.totalMs / Math.max(1, this.inspections) };
  }

  clearCache(): number {
    return this.cache.clear();
  }

  cached(key: string, tenant: string): CachedInspection | undefined {
    return this.cache.peek(key, tenant);
  }

  private look(text: string, { checkPii, checkInjection }: InspectOptions): Places {
    const stopPii = checkPii ? piiSeconds.startTimer({ pattern_set: 'standard' }) : undefined;
    const values = checkPii ? this.guardrails.find(text, { injection: false }).filter(isValue) : [];
    stopPii?.();
    const stopInjection = checkInjection ? injectionSeconds.startTimer({ detection_mode: 'relaxed' }) : undefined;
    const { injection } = this.detection.scan(text, { pii: false, secrets: false, injection: checkInjection });
    stopInjection?.();
    const places = toPlaces(
      values.map(({ match }) => match),
      injection,
    );
    for (const { label, kind } of places.pii) piiDetections.inc({ pii_type: label ?? kind });
    for (const { severity } of injection) injectionDetections.inc({ severity: capitalised(severity) });
    return places;
  }

  private judge(text: string, { pii, injection, risk, context }: Findings, options: InspectOptions): Verdict {
    const attacks = injection.filter((attempt) => this.isAttack(attempt));
    const grave = options.blockCriticalPii === true ? pii.filter(isCritical) : [];
    if (attacks.length + grave.length > 0) {
      const block: Block =
        attacks.length > 0
          ? { reason: 'injection_detected', patterns: unique(attacks.map(({ detector }) => detector)) }
          : { reason: 'pii_detected', patterns: unique(grave.map(({ kind }) => kind)) };
      return { decision: 'blocked', confidence: surest([...attacks, ...grave]), block };
    }
    if (context?.isAttack === true) {
      const block: Block = { reason: 'injection_detected', patterns: ['context'] };
      return { decision: 'blocked', confidence: context.confidence, block };
    }
    const reply = options.replyInstantly === true && injection.length === 0 ? this.replies.find(text) : undefined;
    if (reply !== undefined) return { decision: 'reflex_handled', confidence: REPLY_CONFIDENCE, reply };
    return { decision: 'forward_to_orchestrator', confidence: Math.round((1 - risk) * 100) / 100 };
  }

  private isAttack({ type, severity }: Inspection['injection'][number]): boolean {
    return this.guardrails.blocks({ kind: type, severity });
  }

  private count({ decision }: Verdict, durationMs: number): void {
    this.inspections += 1;
    this.totalMs += durationMs;
    latencySeconds.observe(durationMs / 1000);
    decisions.inc({ decision });
    if (decision === 'blocked') blocked.inc();
  }
}
