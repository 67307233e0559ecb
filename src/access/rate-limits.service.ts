import { Injectable } from '@nestjs/common';
import type { Caller } from '../contracts/caller';
import { counter, histogram } from '../common/metrics';
import { KvPort, type Taking } from '../drivers/kv/kv.port';
import {
  METRICS_LIMIT,
  type Limit,
  type ReflexTier,
  type RequestKind,
  type Window,
  limitsOf,
  reflexLimit,
} from './tiers';

/** Where a caller stands, by the limit that leaves him the least. */
export interface LimitState {
  allowed: boolean;
  /** Requests that the tightest limit allows at once. */
  limit: number;
  window: Window;
  /** Requests left of them. */
  remaining: number;
  /** When the limit will be untouched again, in Unix seconds. */
  resetAt: number;
  /** Whole seconds to wait, at least 1; 0 when the request is allowed. */
  retryAfterSeconds: number;
}

/** A client's clock and ours differ, and a request that comes a moment early is refused again. */
const REFLEX_MARGIN_MS = 100;

const allowed = counter('reflex_rate_limit_allowed_total', 'Texts that no rate limit kept out');
const rejected = counter('reflex_rate_limit_rejected_total', 'Texts that a rate limit kept out', ['dimension']);
const duration = histogram(
  'reflex_rate_limit_duration_seconds',
  'Time to look a rate limit up',
  ['dimension'],
  [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1],
);

/** Of several limits the one with the fewest requests left; of those that are equal the one that fills slowest. */
const tightest = (limits: Limit[], { allowed: isAllowed, remaining, retryAfterMs, resetAt }: Taking): LimitState => {
  const states = limits.map((limit, index) => ({
    limit,
    remaining: remaining[index] ?? 0,
    resetAt: Math.ceil((resetAt[index] ?? 0) / 1000),
  }));
  const found = states.reduce((tight, state) => {
    if (state.remaining !== tight.remaining) return state.remaining < tight.remaining ? state : tight;
    return state.limit.refillPerSecond < tight.limit.refillPerSecond ? state : tight;
  });
  return {
    allowed: isAllowed,
    limit: found.limit.capacity,
    window: found.limit.window,
    remaining: found.remaining,
    resetAt: found.resetAt,
    retryAfterSeconds: isAllowed ? 0 : Math.max(1, Math.ceil(retryAfterMs / 1000)),
  };
};

/** Who may ask how often. Every method takes a token; nothing comes back where no limit applies. */
@Injectable()
export class RateLimits {
  constructor(private readonly kv: KvPort) {}

  /** By the caller's tier; reads and writes are counted apart. */
  forCaller({ holder, tier }: Caller, kind: RequestKind): Promise<LimitState | undefined> {
    return this.take(`caller:${holder}:${kind}`, limitsOf(tier, kind));
  }

  /** For the metrics page, which has no caller. */
  forMetrics(address: string): Promise<LimitState | undefined> {
    return this.take(`metrics:${address}`, [METRICS_LIMIT]);
  }

  /** Texts to be screened, by the client's address or by the user they come from. */
  async forReflex(dimension: 'ip' | 'user', key: string, tier: ReflexTier): Promise<LimitState | undefined> {
    const limit = reflexLimit(tier);
    const stop = duration.startTimer({ dimension });
    const state = await this.take(`reflex:${dimension}:${key}`, limit === undefined ? [] : [limit], REFLEX_MARGIN_MS);
    stop();
    if (state?.allowed === false) rejected.inc({ dimension });
    else allowed.inc();
    return state;
  }

  private async take(name: string, limits: Limit[], marginMs = 0): Promise<LimitState | undefined> {
    if (limits.length === 0) return undefined;
    const taking = await this.kv.take(
      limits.map(({ window, capacity, refillPerSecond }) => ({ key: `${name}:${window}`, capacity, refillPerSecond })),
    );
    return tightest(limits, { ...taking, retryAfterMs: taking.retryAfterMs + marginMs });
  }
}
