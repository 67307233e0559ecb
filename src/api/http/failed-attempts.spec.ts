import { FailedAttempts } from './failed-attempts';

describe('FailedAttempts', () => {
  let now = 0;
  let attempts: FailedAttempts;
  const fail = (times: number, address = 'a'): void => {
    for (let i = 0; i < times; i += 1) attempts.failed(address, `wrong ${i}`);
  };
  beforeEach(() => {
    now = 1_000_000;
    attempts = new FailedAttempts(() => now);
  });

  it('refuses an address after twenty wrong keys, and no other address', () => {
    fail(19);
    expect(attempts.refusal('a', 'next')).toBeUndefined();
    fail(1);
    expect(attempts.refusal('a', 'next')).toEqual({ limit: 20, window: '60s', retryAfter: 60 });
    expect(attempts.refusal('b', 'next')).toBeUndefined();
  });

  it('tells whole seconds, never none, and forgets after a minute', () => {
    fail(20);
    now += 59_900;
    expect(attempts.refusal('a', 'next')?.retryAfter).toBe(1);
    now += 100;
    expect(attempts.refusal('a', 'next')).toBeUndefined();
    fail(19);
    expect(attempts.refusal('a', 'next')).toBeUndefined();
  });

  it('lets a credential through that was good before, until it is not', () => {
    attempts.succeeded('good');
    fail(20);
    expect(attempts.refusal('a', 'good')).toBeUndefined();
    attempts.failed('a', 'good');
    expect(attempts.refusal('a', 'good')).toBeDefined();
  });
});
