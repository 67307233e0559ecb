import type { Bucket, Taking } from './kv.port';

/** What is kept of a bucket between two takings. */
export interface BucketState {
  tokens: number;
  /** Milliseconds since 1970. */
  at: number;
}

/** Counted in floating point, a refill of exactly one token may come out a hair short. */
const EPSILON = 1e-9;

const refilled = ({ capacity, refillPerSecond }: Bucket, state: BucketState | undefined, now: number): number => {
  if (state === undefined) return capacity;
  // A clock that was put back gives nothing and takes nothing.
  const seconds = Math.max(0, now - state.at) / 1000;
  return Math.min(capacity, state.tokens + seconds * refillPerSecond);
};

/** One taking from buckets as they stood: its outcome, and how they stand now. */
export const takeFrom = (
  buckets: Bucket[],
  states: (BucketState | undefined)[],
  now: number,
): { taking: Taking; states: BucketState[] } => {
  const before = buckets.map((bucket, index) => ({
    ...bucket,
    cost: bucket.cost ?? 1,
    tokens: refilled(bucket, states[index], now),
  }));
  const waits = before.map(({ cost, tokens, refillPerSecond }) =>
    tokens + EPSILON >= cost ? 0 : Math.ceil(((cost - tokens) / refillPerSecond) * 1000),
  );
  const retryAfterMs = Math.max(0, ...waits);
  const allowed = retryAfterMs === 0;
  const after = before.map(({ cost, tokens }) => Math.max(0, allowed ? tokens - cost : tokens));
  return {
    taking: {
      allowed,
      remaining: after.map((tokens) => Math.floor(tokens + EPSILON)),
      retryAfterMs,
      resetAt: before.map(({ capacity, refillPerSecond }, index) =>
        Math.ceil(now + ((capacity - (after[index] ?? 0)) / refillPerSecond) * 1000),
      ),
    },
    states: after.map((tokens) => ({ tokens, at: now })),
  };
};
