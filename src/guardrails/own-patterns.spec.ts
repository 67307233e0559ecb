import fc from 'fast-check';
import { LinearPattern } from '../common/linear-regexp';
import { newAllowance, OwnPatterns } from './own-patterns';
import type { OwnPattern } from './policy';

const own = (pattern: string, more: Partial<OwnPattern> & { flags?: 'i' } = {}): OwnPattern => ({
  id: 'own',
  type: 'policy_violation',
  severity: 'high',
  placeholder: '[OWN]',
  pattern: LinearPattern.compile(pattern, { ignoreCase: more.flags === 'i' }),
  ...more,
});
const found = (patterns: OwnPattern[], text: string): string[] =>
  new OwnPatterns(patterns).search(text, newAllowance()).map(({ match }) => match.value);

describe('OwnPatterns', () => {
  it.each([
    ['ACME-\\d{6}', undefined, 'see ACME-123456 and acme-123456', ['ACME-123456']],
    ['acme-\\d{6}', 'i', 'see ACME-123456 and acme-123456', ['ACME-123456', 'acme-123456']],
    ['project (?:falcon|eagle)', 'i', 'PROJECT Falcon, project\neagle', ['PROJECT Falcon']],
    ['(?<name>secret) \\w+', undefined, 'a secret plan', ['secret plan']],
    ['^begin', undefined, 'begin begin', ['begin']],
    ['\\bfal', undefined, 'falcon offal', ['fal']],
    ['ſkin|kelvin', 'i', 'SKIN Kelvin', ['SKIN', 'Kelvin']],
    ['x{3,}', undefined, 'xx xxxx', ['xxxx']],
  ] as const)('finds %s (%s) in %j', (pattern, flags, text, values) => {
    expect(found([own(pattern, flags && { flags })], text)).toEqual(values);
  });

  it('tells what it found and where', () => {
    const text = 'á 😀 falcon';
    const [hit] = new OwnPatterns([own('falcon', { id: 'codename', type: 'secret' })]).search(text, newAllowance());
    expect(hit).toMatchObject({
      type: 'secret',
      match: { kind: 'codename', severity: 'high', value: 'falcon', start: 5, end: 11, placeholder: '[OWN]' },
    });
  });

  it('ignores case as the engine does, whatever it looks for first', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'B', 'k', 'S', 'ſ', 'K', 'ß', ' '), maxLength: 12 });
    const patterns = ['ab', 'k s', '(?:as|ka)b', 'sk+', 'bb|ss'];
    fc.assert(
      fc.property(letters, fc.constantFrom(...patterns), (text, pattern) => {
        const plain = LinearPattern.compile(`(?:${pattern})|never`, { ignoreCase: true });
        expect(found([own(pattern, { flags: 'i' })], text).length > 0).toBe(plain.isIn(text));
      }),
    );
  });

  it('breaks off what takes too long, and counts the rest as what may hold anything', () => {
    const hard = own('[ab]*a[ab]{300}c', { type: 'pii' });
    const text = `c${'abbab'.repeat(100_000)}`;
    const patterns = new OwnPatterns([own('zebra'), hard]);
    // Half a million characters in a millisecond is more than any machine does.
    const hits = patterns.search(text, { leftMs: 1 });
    expect(hits.map(({ type, match: { kind, start, end } }) => [type, kind, start, end])).toEqual([
      ['policy_violation', 'unsearched', 0, text.length],
      ['pii', 'unsearched', 0, text.length],
    ]);
    // Broken off in the middle of its work, it still works.
    expect(patterns.search('a zebra', newAllowance()).map(({ match }) => match.value)).toEqual(['zebra']);
    expect(found([hard], `${'a'.repeat(310)}c`)).toHaveLength(1);
  });

  it('searches nothing more when the time for a value is used up', () => {
    const patterns = new OwnPatterns([own('zebra')]);
    const text = 'a zebra '.repeat(1_000);
    for (const given of [text, 'a zebra'])
      expect(patterns.search(given, { leftMs: 0 }).map(({ match }) => match.kind)).toEqual(['unsearched']);
  });

  it('counts what lies beyond a thousand matches as not searched', () => {
    const text = 'x '.repeat(1_500);
    const hits = new OwnPatterns([own('x')]).search(text, newAllowance());
    expect(hits).toHaveLength(1_001);
    expect(hits.at(-1)?.match).toMatchObject({ kind: 'unsearched', start: 1_999, end: text.length });
  });
});
