import fc from 'fast-check';
import { type BucketState, takeFrom } from './bucket';

const minute = { key: 'minute', capacity: 10, refillPerSecond: 10 / 60 };
const hour = { key: 'hour', capacity: 100, refillPerSecond: 100 / 3600 };

describe('a bucket', () => {
  it('is full at first and says when it will be full again', () => {
    const { taking, states } = takeFrom([minute], [undefined], 1_000);
    expect(taking).toEqual({ allowed: true, remaining: [9], retryAfterMs: 0, resetAt: [7_000] });
    expect(states).toEqual([{ tokens: 9, at: 1_000 }]);
  });

  it('refuses when it is empty, with the time for the missing part of a token', () => {
    const { taking } = takeFrom([minute], [{ tokens: 0.5, at: 0 }], 0);
    expect(taking).toEqual({ allowed: false, remaining: [0], retryAfterMs: 3_000, resetAt: [57_000] });
  });

  it('allows the taking after exactly the time it named, and not before, but for the rounding to milliseconds', () => {
    const fraction = fc.double({ min: 0, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(fraction, fc.integer({ min: 1, max: 10_000 }), (tokens, perHour) => {
        const bucket = { key: 'any', capacity: 10, refillPerSecond: perHour / 3600 };
        const state = { tokens, at: 0 };
        const { retryAfterMs } = takeFrom([bucket], [state], 0).taking;
        expect(takeFrom([bucket], [state], retryAfterMs).taking.allowed).toBe(true);
        expect(takeFrom([bucket], [state], retryAfterMs - 2).taking.allowed).toBe(false);
      }),
    );
  });

  it('gives from all or from none', () => {
    const { taking, states } = takeFrom(
      [minute, hour],
      [
        { tokens: 5, at: 0 },
        { tokens: 0, at: 0 },
      ],
      0,
    );
    expect(taking).toMatchObject({ allowed: false, remaining: [5, 0], retryAfterMs: 36_000 });
    expect(states).toEqual([
      { tokens: 5, at: 0 },
      { tokens: 0, at: 0 },
    ]);
  });

  it('never holds more than it can, nor loses by a clock that goes back', () => {
    expect(takeFrom([minute], [{ tokens: 9, at: 0 }], 3_600_000).taking.remaining).toEqual([9]);
    expect(takeFrom([minute], [{ tokens: 4, at: 60_000 }], 0).taking.remaining).toEqual([3]);
  });

  it('gives no more in any time than was in it and came back', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 60 }), (pauses) => {
        let state: BucketState | undefined;
        let now = 0;
        let given = 0;
        for (const pause of pauses) {
          now += pause;
          const { taking, states } = takeFrom([minute], [state], now);
          [state] = states;
          given += taking.allowed ? 1 : 0;
        }
        expect(given).toBeLessThanOrEqual(Math.floor(10 + (now / 1000) * minute.refillPerSecond + 1e-6));
      }),
    );
  });
});
