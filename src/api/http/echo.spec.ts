import { echoText, echoValue } from './echo';

describe('echo', () => {
  it('repeats short values and cuts long ones to 100 characters', () => {
    expect([echoValue('short'), echoValue(7), echoValue(false), echoValue(null), echoValue(undefined)]).toEqual([
      'short',
      7,
      false,
      null,
      null,
    ]);
    expect(echoText('x'.repeat(100))).toHaveLength(100);
    expect(echoText('x'.repeat(101))).toHaveLength(100);
    expect(echoText('x'.repeat(101))).toMatch(/…$/);
  });

  it('names objects and lists without what is in them', () => {
    expect(echoValue({ password: 'hunter2hunter2' })).toBe('[object]');
    expect(echoValue([1, 2])).toBe('[list of 2]');
  });

  it.each([
    'sk-abcdefghijklmnop1234',
    'Bearer abcdefghijklmnop',
    'postgres://me:hunter2@db',
    'password=hunter2hunter2',
  ])('hides the credential in %s, wherever the cut falls', (secret) => {
    for (const before of [0, 50, 80, 95]) {
      const text = echoText(`${'a'.repeat(before)} ${secret} ${'b'.repeat(200)}`);
      expect(text).not.toMatch(/abcdef|hunter2/);
    }
  });

  it.each(['password', 'API_KEY', 'apiKey', 'access_token', 'client-secret'])(
    'shows no value under the name %s',
    (name) => {
      expect(echoValue('plain', name)).toBe('[REDACTED]');
      expect(echoValue(1234, name)).toBe('[REDACTED]');
    },
  );

  it('shows a budget of tokens', () => {
    expect(echoValue(-1, 'budget.max_tokens')).toBe(-1);
  });

  it('never makes text that cannot be sent', () => {
    for (const text of [`${'a'.repeat(98)}😀😀`, '\ud800', 'x\udc00']) {
      expect(echoText(text)).not.toMatch(/\p{Surrogate}/u);
    }
    expect(echoValue(Infinity)).toBe('Infinity');
  });
});
