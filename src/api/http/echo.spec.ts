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

  it.each(['856-45-6789', '4539 1488 0343 6467', '+44 20 7946 0958', 'jo.doe@acme.io', 'DE89370400440532013000'])(
    'does not repeat %s',
    (value) => {
      expect(echoText(`Task ${value} not found`)).not.toContain(value.slice(4, -2));
      expect(echoText(`Task ${value} not found`)).toMatch(/^Task .* not found$/);
    },
  );

  it('does not repeat a card that came as a number, and does repeat a bound that was passed', () => {
    expect(echoValue(4_539_148_803_436_467)).toBe('about 5e+15');
    expect(echoValue(1_000_001)).toBe(1_000_001);
  });

  it.each([
    '00000000-0000-4000-8000-000000000000',
    'task-00000000-0000-4000-8000-000000000000',
    'task_1234567890123456',
  ])('repeats the id %s, by which its owner knows the thing', (id) => {
    expect(echoText(id)).toBe(id);
  });

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
