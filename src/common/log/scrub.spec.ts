import { scrubber } from './scrub';

describe('scrubber', () => {
  const scrub = scrubber(['correct-horse', undefined, 'abc']);

  it.each([
    ['a configured value', 'login with correct-horse failed', 'correct-horse'],
    ['an API key', 'key sk-proj-abcdefghij0123456789 refused', 'abcdefghij0123456789'],
    ['a key of this server', 'key octollm_admin_abcdefghij0123456789 made', 'abcdefghij0123456789'],
    ['a capability token', 'token tok_abcdefghij0123456789 used', 'abcdefghij0123456789'],
    ['an AWS key', 'AKIAIOSFODNN7EXAMPLE', 'IOSFODNN7EXAMPLE'],
    ['a bearer token', 'Authorization: Bearer abcdef.ghijkl', 'abcdef.ghijkl'],
    ['a password in a URL', 'connect postgres://me:hunter2@host/db', 'hunter2'],
    ['an assignment', '{"password": "hunter2"}', 'hunter2'],
    ['a JWT', 'eyJhbGciOiJI.eyJzdWIiOiIx.c2lnbmF0dXJl', 'eyJzdWIiOiIx'],
  ])('removes %s', (_, text, secret) => {
    expect(scrub(text)).not.toContain(secret);
  });

  it('leaves ordinary text alone, also a very short secret that would black out half a line', () => {
    const text = 'Task abc of 8 steps completed at http://127.0.0.1:8000/docs in 12 ms';
    expect(scrub(text)).toBe(text);
  });
});
