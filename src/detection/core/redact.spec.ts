import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { type RedactionMode, REDACTION_MODES } from '../../contracts/verdict';
import { PII } from '../pii/detectors';
import { SECRETS } from '../secrets/detectors';
import type { Match } from './detector';
import { buildLocator } from './locate';
import { redact, replaceMatches } from './redact';

const findPii = buildLocator(PII);
const findSecrets = buildLocator(SECRETS);
const all = (text: string): Match[] => [...findPii(text), ...findSecrets(text)];

const words = fc.string({
  unit: fc.constantFrom('a', 'b', 'c', ' ', 'Ä', '😀', '語', '\n', '.', ',', '\ud800', '\udc00'),
  maxLength: 40,
});
const value = fc.constantFrom(
  'jo.doe@acme.io',
  '415-555-2671',
  '+44 20 7946 0958',
  '856-45-6789',
  '4539 1488 0343 6467',
  'DE89 3704 0044 0532 0130 00',
  '8.8.4.4',
  'postgres://app:s3cr3t-9@db.acme.io:5432/app',
  `ghp_${'aB3dE5gH7jK9'.repeat(3)}`,
  'https://bot:c0pperK3ttle@git.acme.io',
);
const glue = fc.constantFrom(' ', '', ' | ', 'x', '@', '-', '语', '\udfff');
const strewn = fc
  .array(fc.tuple(words, glue, value, glue), { minLength: 1, maxLength: 8 })
  .map((parts) => parts.map((part) => part.join('')).join(''));
const mode = fc.constantFrom(...REDACTION_MODES);

const match = (text: string, start: number, end: number, more: Partial<Match> = {}): Match => ({
  detector: 'd',
  kind: 'some_kind',
  label: undefined,
  severity: 'high',
  start,
  end,
  value: text.slice(start, end),
  confidence: 1,
  placeholder: '[GONE]',
  isExample: false,
  ...more,
});
const email = (text: string, of: string): Match => {
  const start = text.indexOf(of);
  return match(text, start, start + of.length, { kind: 'email', label: 'Email' });
};

describe('redact', () => {
  it('leaves no detected value of six characters behind, in any mode', () => {
    fc.assert(
      fc.property(strewn, mode, (text, as) => {
        const matches = all(text);
        const redacted = redact(text, matches, as);
        for (const found of matches) if (found.value.length >= 6) expect(redacted.includes(found.value)).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it('leaves nothing behind of any slices of any text, also when what is left moves together', () => {
    const cut = fc
      .string({ unit: fc.constantFrom('a', 'b'), maxLength: 60 })
      .chain((text) =>
        fc.tuple(
          fc.constant(text),
          fc.array(fc.tuple(fc.nat(text.length), fc.nat(text.length)), { maxLength: 4 }),
          mode,
        ),
      );
    fc.assert(
      fc.property(cut, ([text, cuts, as]) => {
        const matches = cuts
          .map(([a, b]) => match(text, Math.min(a, b), Math.max(a, b)))
          .filter((found) => found.value.length >= 6);
        const redacted = redact(text, matches, as);
        for (const found of matches) expect(redacted.includes(found.value)).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it('changes nothing between the holes, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(strewn, fc.string({ unit: 'binary' })), mode, (text, as) => {
        expect(() => redact(text, all(text), as)).not.toThrow();
        const echo = replaceMatches(text, all(text), (hole) => {
          expect(text.slice(hole.start, hole.end)).toBe(hole.value);
          return hole.value;
        });
        expect(echo).toBe(text);
      }),
    );
  });

  it.each<[RedactionMode, string]>([
    ['placeholder', 'mail [GONE], or [GONE]!'],
    ['mask', 'mail *********, or *********!'],
    ['hash', 'mail H, or H!'],
    ['partial', 'mail XXXXXe.io, or XXXXXe.io!'],
    ['remove', 'mail , or !'],
    ['token', 'mail <Email-TOKEN-1>, or <Email-TOKEN-1>!'],
  ])('writes %s', (as, expected) => {
    const text = 'mail a@acme.io, or a@acme.io!';
    const digest = createHash('sha256').update('a@acme.io').digest('hex').slice(0, 16);
    expect(redact(text, [email(text, 'a@acme.io')], as)).toBe(expected.replaceAll('H', digest));
  });

  it('shows nothing of a value that is hardly longer than what it would show', () => {
    expect(redact('12345678', [match('12345678', 0, 8)], 'partial')).toBe('XXXXXXXX');
    expect(redact('123456789', [match('123456789', 0, 9)], 'partial')).toBe('XXXXX6789');
  });

  it('counts characters as a reader does, and cuts none in half', () => {
    expect(redact('a😀b', [match('a😀b', 0, 4)], 'mask')).toBe('***');
    expect(redact('😀😀😀😀😀😀😀😀😀', [match('😀😀😀😀😀😀😀😀😀', 0, 18)], 'partial')).toBe('XXXXX😀😀😀😀');
  });

  it('numbers tokens in order of position, one for each value', () => {
    const text = 'a@acme.io b@acme.io 856-45-6789 b@acme.io';
    expect(redact(text, findPii(text), 'token')).toBe('<Email-TOKEN-1> <Email-TOKEN-2> <SSN-TOKEN-3> <Email-TOKEN-2>');
    expect(redact('abcdef', [match('abcdef', 0, 6)], 'token')).toBe('<SomeKind-TOKEN-1>');
  });

  it('hides a value also where nothing near by gave it away, alone or within a word', () => {
    const text = 'phone 467 3395. Later: 467 3395! And x467 3395y';
    expect(redact(text, findPii(text))).toBe('phone [PHONE-REDACTED]. Later: [PHONE-REDACTED]! And x[PHONE-REDACTED]y');
  });

  it('hides all of many values with the same beginning', () => {
    const values = Array.from({ length: 90 }, (_, i) => `secret-${i + 10}`);
    const text = values.join(' ');
    const matches = values.map((one) => match(text, text.indexOf(one), text.indexOf(one) + one.length));
    const twice = `${text} ${values.toReversed().join('')}`;
    expect(redact(twice, matches)).not.toContain('secret');
  });

  it('makes one hole of matches that overlap', () => {
    const text = 'abcdefgh';
    const matches = [match(text, 1, 3, { placeholder: '[A]' }), match(text, 2, 6, { placeholder: '[B]' })];
    expect(redact(text, matches)).toBe('a[B]gh');
    expect(replaceMatches(text, matches, (hole) => `<${hole.value}>`)).toBe('a<bcdef>gh');
  });

  it('hides the rest of a value that another one covers in part', () => {
    const text = 'DE89 3704 0044 0532 0130 00 and https://bot:c0pperK3ttle@git.acme.ioxDE89 3704 0044 0532 0130 00';
    expect(redact(text, all(text), 'remove')).toBe(' and ');
  });
  it('uses the placeholders of the guardian', () => {
    const text = `SSN 856-45-6789, sk-${'aB3dE5gH'.repeat(6)}`;
    expect(redact(text, all(text))).toBe('SSN [SSN-REDACTED], [OPENAI-KEY-REDACTED]');
  });
});
