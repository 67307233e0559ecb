import fc from 'fast-check';
import { INJECTION } from '../injection/rules';
import { MALICIOUS } from '../content/malicious';
import { PII } from '../pii/detectors';
import { SECRETS } from '../secrets/detectors';
import { UNTRUSTED } from '../injection/untrusted';
import { buildSharedGate, type Gated } from '../injection/shared-gate';
import { common, WindowedPattern } from './windows';
import { buildSightings, type Ranges } from './gate';
import { fold } from './fold';
import { reachOf } from './reach';

describe('reach', () => {
  it.each([
    [/abc/, 0, 3],
    [/a|bcd|ef/, 0, 3],
    [/a{2,5}[^\]x]{3}(?:\d{1,3}\.){2}/, 0, 16],
    [/(?<!ab)c?(?=defg)/, 2, 5],
    [/(?<=(?<!x)yz)(?:a(?!bcd)|e{0,2}f)/, 3, 4],
    [/^a\b$/m, 1, 2],
    [/(['"])\w{0,7}\1/, 0, 9],
    [/(?<q>ab?)\k<q>\x41\u0042/, 0, 6],
    [/(?:a?){3}(?:b|\\|\p{L}){4}?/u, 0, 14],
    [/a+b/, 0, Infinity],
    [/a(?:b{2,}){0}c/, 0, 2],
    [/(?<![a-z]{0,60}=)[A-Z]*/, 61, Infinity],
  ])('of %s is %d behind and at most %d ahead', (pattern, behind, ahead) => {
    const reach = reachOf(pattern);
    expect(reach.behind).toBe(behind);
    expect(reach.ahead).toBe(ahead);
  });
});

interface Found {
  at: number;
  value: string;
}
const searched = (pattern: WindowedPattern, text: string, begins: Ranges | undefined): Found[] => {
  const found: Found[] = [];
  pattern.search(text, begins, (hit, offset) => {
    found.push({ at: offset + hit.index, value: hit[0] });
    return false;
  });
  return found;
};
const everyMatch = (pattern: RegExp, text: string): Found[] =>
  Array.from(
    text.matchAll(new RegExp(pattern.source, pattern.global ? pattern.flags : `${pattern.flags}g`)),
    (hit) => ({
      at: hit.index,
      value: hit[0],
    }),
  );

interface Thing extends Gated {
  id: string;
  pattern: RegExp;
  positives: readonly string[];
  negatives: readonly string[];
}
const RULES: readonly Thing[] = [...INJECTION, ...UNTRUSTED];

const FILLER = fc
  .tuple(
    fc.constantFrom('the lorry came late. ', 'not all of it, ', 'x', '\n', ' ', 'é😀 ', '17 ', 'your rules '),
    fc.nat(60),
  )
  .map(([piece, count]) => piece.repeat(count));

/** Examples of the things, in any order, with anything between them. */
const textsOf = (things: readonly Thing[]): fc.Arbitrary<string> => {
  const examples = things.flatMap(({ positives, negatives }) => [...positives, ...negatives]);
  return fc
    .array(fc.oneof(FILLER, fc.constantFrom(...examples)), { minLength: 1, maxLength: 14 })
    .map((parts) => parts.join('').replace(/[«»]/g, ''));
};

describe('a search in windows', () => {
  it('finds what a search of the whole text finds, for any pattern', () => {
    const part = fc.constantFrom('a', 'b', '[ab]', '(?<=a)b', '(?=ab)', 'a?', '\\b', '(?<!b)', 'b{1,3}', '^', '$', 'é');
    const pattern = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''));
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'é', '\n'), maxLength: 60 });
    const cuts = fc.array(fc.nat(70), { maxLength: 8 });
    fc.assert(
      fc.property(pattern, text, cuts, (source, whole, at) => {
        const expected = everyMatch(new RegExp(source, 'g'), whole);
        const begins = expected.flatMap((match) => [match.at, match.at]).concat([...at].sort((a, b) => a - b));
        const ranges = Array.from(new Set(begins))
          .sort((a, b) => a - b)
          .flatMap((from) => [from, from]);
        const found = searched(new WindowedPattern(new RegExp(source)), whole, ranges);
        expect(found).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('loses no attack that the whole text shows', () => {
    const gate = buildSharedGate({ rules: RULES });
    const patterns = RULES.map(({ pattern }) => new WindowedPattern(pattern));
    fc.assert(
      fc.property(textsOf(RULES), (raw) => {
        const { text } = fold(raw);
        const { rules } = gate(text);
        RULES.forEach(({ id, pattern }, i) => {
          const windowed = patterns[i];
          if (!windowed || !rules.has(i)) return;
          const found = searched(windowed, text, rules.begins(i, windowed.reach));
          expect([id, found]).toEqual([id, everyMatch(pattern, text)]);
        });
      }),
      { numRuns: 150 },
    );
  });

  it('loses no value and no malicious content that a check takes for one', () => {
    const things: readonly (Thing & { check?: (value: string) => { confidence: number } })[] = [
      ...PII.filter(({ hints, context }) => !hints.some((hint) => context.includes(hint))),
      ...SECRETS,
      ...MALICIOUS,
    ];
    const look = buildSightings(things.map(({ hints }) => hints));
    const patterns = things.map(({ pattern }) => new WindowedPattern(pattern));
    fc.assert(
      fc.property(textsOf(things), (text) => {
        const seen = look(text);
        things.forEach(({ id, pattern, check }, i) => {
          const windowed = patterns[i];
          if (!windowed || !seen.isPossible(i)) return;
          const isReal = ({ value }: Found): boolean => (check?.(value).confidence ?? 1) >= 0.7;
          const found = searched(windowed, text, seen.begins(i, windowed.reach)).filter(isReal);
          expect([id, found]).toEqual([id, everyMatch(pattern, text).filter(isReal)]);
        });
      }),
      { numRuns: 150 },
    );
  });
});

describe('ranges', () => {
  it('in common are those of both', () => {
    expect(common([0, 5, 8, 20], [3, 9, 20, 30])).toEqual([3, 5, 8, 9, 20, 20]);
    expect(common(undefined, [1, 2])).toEqual([1, 2]);
    expect(common([1, 2], [])).toEqual([]);
  });
});
