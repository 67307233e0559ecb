import type { Tier } from '../contracts/caller';

/** What a request is counted as, so that whoever polls does not use up what he may submit. */
export type RequestKind = 'read' | 'write';

const SECONDS = { minute: 60, hour: 3_600, day: 86_400 } as const;
export type Window = keyof typeof SECONDS;

/** So many requests at once; what was used comes back evenly. */
export interface Limit {
  window: Window;
  capacity: number;
  refillPerSecond: number;
}

const per = (window: Window, count: number): Limit => ({
  window,
  capacity: count,
  refillPerSecond: count / SECONDS[window],
});

const TEST = [per('minute', 10), per('hour', 100), per('day', 1_000)];
const READS_PER_WRITE = 10;

const CALLERS: Record<Tier, Record<RequestKind, Limit[]>> = {
  test: { write: TEST, read: TEST.map(({ window, capacity }) => per(window, capacity * READS_PER_WRITE)) },
  live: { write: [per('minute', 100), per('hour', 5_000), per('day', 100_000)], read: [per('minute', 1_000)] },
  admin: { write: [], read: [] },
  open: { write: [], read: [] },
};

/** All limits that hold for a caller at once; none for administrators and open servers. */
export const limitsOf = (tier: Tier, kind: RequestKind): Limit[] => CALLERS[tier][kind];

/** For the one route that tells everybody how the server is doing, by address. */
export const METRICS_LIMIT = per('minute', 60);

const burst = (perHour: number, capacity: number): Limit => ({
  window: 'hour',
  capacity,
  refillPerSecond: perHour / SECONDS.hour,
});

const REFLEX = {
  free: burst(100, 10),
  basic: burst(1_000, 50),
  pro: burst(10_000, 100),
  enterprise: burst(100_000, 500),
  unlimited: undefined,
} satisfies Record<string, Limit | undefined>;
/** How much text a client or user may have screened. */
export type ReflexTier = keyof typeof REFLEX;

/** Nothing for `unlimited`. */
export const reflexLimit = (tier: ReflexTier): Limit | undefined => REFLEX[tier];
