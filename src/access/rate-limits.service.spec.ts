import type { Caller, Tier } from '../contracts/caller';
import { metrics } from '../common/metrics';
import { MemoryKv } from '../drivers/kv/memory-kv';
import { type LimitState, RateLimits } from './rate-limits.service';

const START = 1_700_000_000_000;
const caller = (tier: Tier, holder = `key:${tier}`): Caller => ({ holder, name: tier, scopes: [], tier });

describe('rate limits', () => {
  let now: number;
  let limits: RateLimits;

  beforeEach(() => {
    now = START;
    limits = new RateLimits(new MemoryKv(() => now));
  });
  const times = async (count: number, take: () => Promise<LimitState | undefined>): Promise<LimitState | undefined> => {
    let state: LimitState | undefined;
    for (let index = 0; index < count; index++) state = await take();
    return state;
  };

  it('let a test key write ten times a minute, and tell how long to wait for the next', async () => {
    const write = () => limits.forCaller(caller('test'), 'write');
    expect(await write()).toEqual({
      allowed: true,
      limit: 10,
      window: 'minute',
      remaining: 9,
      resetAt: START / 1000 + 6,
      retryAfterSeconds: 0,
    });
    expect(await times(9, write)).toMatchObject({ allowed: true, remaining: 0 });
    expect(await write()).toEqual({
      allowed: false,
      limit: 10,
      window: 'minute',
      remaining: 0,
      resetAt: START / 1000 + 60,
      retryAfterSeconds: 6,
    });
    now += 6_000;
    expect(await write()).toMatchObject({ allowed: true });
  });

  it('name the hour when it is the hour that is used up', async () => {
    const write = () => limits.forCaller(caller('test'), 'write');
    for (let minute = 0; minute < 12; minute++) {
      await times(10, write);
      now += 60_000;
    }
    expect(await times(10, write)).toMatchObject({ allowed: false, limit: 100, window: 'hour', remaining: 0 });
  });

  it('count reads apart from writes, and callers apart from each other', async () => {
    await times(11, () => limits.forCaller(caller('test'), 'write'));
    expect(await limits.forCaller(caller('test'), 'read')).toMatchObject({ limit: 100, remaining: 99 });
    expect(await limits.forCaller(caller('test', 'key:other'), 'write')).toMatchObject({ remaining: 9 });
  });

  it.each(['admin', 'open'] as const)('do not hold for %s', async (tier) => {
    expect(await limits.forCaller(caller(tier), 'write')).toBeUndefined();
    expect(await limits.forCaller(caller(tier), 'read')).toBeUndefined();
  });

  it('never keep a live key from polling every second for two hours', async () => {
    for (let second = 0; second < 7_200; second++) {
      expect((await limits.forCaller(caller('live'), 'read'))?.allowed).toBe(true);
      now += 1_000;
    }
  });

  it.each([
    ['free', 10, 36.1],
    ['basic', 50, 3.7],
    ['pro', 100, 0.46],
    ['enterprise', 500, 0.136],
  ] as const)('let a %s user have %i texts at once, the next after %d s', async (tier, burst, seconds) => {
    const take = () => limits.forReflex('user', 'u1', tier);
    expect(await times(burst, take)).toMatchObject({ allowed: true, limit: burst, remaining: 0 });
    expect(await take()).toMatchObject({ allowed: false, retryAfterSeconds: Math.ceil(seconds) });
    now += seconds * 1000;
    expect(await take()).toMatchObject({ allowed: true });
  });

  it('count addresses apart from users, and move their metrics', async () => {
    const value = async (name: string, labels: Record<string, string> = {}): Promise<number> => {
      const found = await metrics.getSingleMetric(name)?.get();
      const matching = found?.values.filter((entry) => {
        const { metricName = name } = entry as { metricName?: string };
        return (
          metricName.replace(/_count$/, '') === name && Object.entries(labels).every(([k, v]) => entry.labels[k] === v)
        );
      });
      return matching?.reduce((sum, entry) => sum + entry.value, 0) ?? 0;
    };
    const seen = () =>
      Promise.all([
        value('reflex_rate_limit_allowed_total'),
        value('reflex_rate_limit_rejected_total', { dimension: 'ip' }),
        value('reflex_rate_limit_rejected_total', { dimension: 'user' }),
      ]);
    const [allowed, byAddress, byUser] = await seen();
    await times(11, () => limits.forReflex('ip', 'same', 'free'));
    await times(1, () => limits.forReflex('user', 'same', 'free'));
    expect(await limits.forReflex('user', 'same', 'unlimited')).toBeUndefined();
    expect(await seen()).toEqual([allowed + 12, byAddress + 1, byUser]);
    expect(await metrics.metrics()).toMatch(/reflex_rate_limit_duration_seconds_count{dimension="ip"} \d/);
  });

  it('allow sixty looks at the metrics a minute from one address', async () => {
    expect(await times(60, () => limits.forMetrics('127.0.0.1'))).toMatchObject({ allowed: true, remaining: 0 });
    expect(await limits.forMetrics('127.0.0.1')).toMatchObject({ allowed: false, limit: 60, retryAfterSeconds: 1 });
    expect(await limits.forMetrics('127.0.0.2')).toMatchObject({ allowed: true });
  });
});
