import { FailedAttempts } from './failed-attempts';

describe('wrong keys', () => {
  it('are answered as such up to a limit, then with a wait, by address and for a minute', () => {
    let now = 0;
    const attempts = new FailedAttempts(() => now);
    for (let i = 0; i < 600; i++) expect(attempts.failed('a')).toBeUndefined();
    now = 20_500;
    expect(attempts.failed('a')).toEqual({ limit: 600, window: '60s', retryAfter: 40 });
    expect(attempts.failed('b')).toBeUndefined();
    now = 60_000;
    expect(attempts.failed('a')).toBeUndefined();
  });
});
