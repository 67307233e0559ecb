import fc from 'fast-check';
import { NEAR_MISSES } from '../../test/bench/hostile';
import { CountedPattern } from '../../test/bench/pattern-steps';
import { Detection, type ScanOptions } from './detection.service';

const detection = new Detection();
const WIDEST: ScanOptions = { set: 'relaxed', trust: 'untrusted', content: true, minConfidence: 0 };

interface Call {
  pattern: RegExp;
  text: string;
  from: number;
}

/** Every search of a regular expression that `work` makes: whatever is called, `exec` is what runs in the end. */
const searchesOf = (work: () => void): Call[] => {
  const calls: Call[] = [];
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is put back as it was
  const exec = RegExp.prototype.exec;
  RegExp.prototype.exec = function (this: RegExp, text: string): RegExpExecArray | null {
    calls.push({ pattern: this, text, from: this.global || this.sticky ? this.lastIndex : 0 });
    return exec.call(this, text);
  };
  try {
    work();
  } finally {
    RegExp.prototype.exec = exec;
  }
  return calls;
};

/** Steps of a backtracking engine in these searches. A global search is counted once, with all its matches. */
const stepsIn = (calls: readonly Call[]): number => {
  const known = new Map<string, Map<string, Map<number, number>>>();
  let total = 0;
  for (const { pattern, text, from } of calls) {
    const name = String(pattern);
    const texts = known.get(name) ?? new Map<string, Map<number, number>>();
    known.set(name, texts);
    const places = texts.get(text) ?? new Map<number, number>();
    texts.set(text, places);
    const isWhole = pattern.global && !pattern.sticky;
    const begin = isWhole ? 0 : from;
    const before = places.get(begin);
    if (isWhole && before !== undefined) continue;
    const steps = before ?? counterOf(pattern).search(text, begin).steps;
    places.set(begin, steps);
    total += steps;
  }
  return total;
};

const counters = new Map<string, CountedPattern>();
const counterOf = (pattern: RegExp): CountedPattern => {
  const name = String(pattern);
  const counter = counters.get(name) ?? new CountedPattern(pattern);
  counters.set(name, counter);
  return counter;
};

const SHORT = 600;
const fill = (piece: string, length: number): string => piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
const searchesIn = (text: string): Call[] => searchesOf(() => detection.scan(text, WIDEST));
const growthOf = (piece: string): number =>
  stepsIn(searchesIn(fill(piece, SHORT * 10))) / stepsIn(searchesIn(fill(piece, SHORT)));

/** A repeat with so high a bound shows what it costs only in a text that is longer than the bound. */
const HIGH_BOUND = /\{\d*,?\d{4,}\}/;
const LONG = 10_000;
const highBounds = (length: number, piece: string): number =>
  stepsIn(searchesIn(fill(piece, length)).filter(({ pattern }) => HIGH_BOUND.test(pattern.source)));

describe('the counting engine', () => {
  it.each([
    [/a+b/g, 'aaab aab b'],
    [/(?<![a-z])(?:x|xy)(?=z)/g, 'xyz axyz xz'],
    [/(["'])\w{0,3}?\1/g, `"ab" 'abcd' "a'`],
    [/\b(?<v>\d{2,4})[-.]\k<v>(?!\d)/gi, '12-12 123.123 12-124'],
    [/^(?:a|ab)(?:c|bcd)$/g, 'abcd'],
    [/\p{L}{2}(?<=é\w)/gu, 'caféx 😀éé'],
    [/(?:a?){3}a{3}/g, 'aaaa'],
    [/(?:a*)*b/g, 'aaac aab'],
    [/[^\]\\]{1,2}\]/g, 'a] \\] bb]'],
  ])('finds with %s in %j what the language finds', (pattern, text) => {
    const found = Array.from(text.matchAll(pattern), ({ index, 0: value }) => [index, index + value.length]);
    expect(new CountedPattern(pattern).search(text).matches).toEqual(found);
  });

  it('sees quadratic and exponential patterns', () => {
    const growth = (pattern: RegExp, text: string): number =>
      new CountedPattern(pattern).search(text.repeat(10)).steps / new CountedPattern(pattern).search(text).steps;
    expect(growth(/a+b/g, 'a'.repeat(50))).toBeGreaterThan(50);
    expect(growth(/(?:a|a)*b/g, 'aa')).toBeGreaterThan(1000);
    expect(growth(/(?<!a)a+b/g, 'a'.repeat(50))).toBeLessThan(12);
    expect(growth(/(?<![\da-f])(?:(?:0x)?[\da-f]{2}){5,100}(?![\da-f])/g, '0xab'.repeat(60))).toBeGreaterThan(50);
  });
});

describe('a scan', () => {
  it.each(NEAR_MISSES.map((piece) => [piece]))('takes less than 12 times the steps for ten times %j', (piece) => {
    expect(growthOf(piece)).toBeLessThan(12);
  });

  it.each(NEAR_MISSES.map((piece) => [piece]))(
    'keeps to that beyond the highest bound of a repeat, with %j',
    (piece) => {
      expect(highBounds(LONG * 10, piece)).toBeLessThanOrEqual(12 * Math.max(LONG, highBounds(LONG, piece)));
    },
  );

  it('takes less than 12 times the steps for ten times any mixture of these', () => {
    const piece = fc
      .array(fc.constantFrom(...NEAR_MISSES), { minLength: 2, maxLength: 4 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(piece, (mixture) => {
        expect(growthOf(mixture)).toBeLessThan(12);
      }),
      { numRuns: 20 },
    );
  });

  it('never throws, and every offset slices to its value, in all sets, for user and untrusted text', () => {
    const unit = fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.constantFrom(...NEAR_MISSES));
    const lone = fc.constantFrom('\ud800', '\udc00', '\udbff\ud800', '\u0000', '\uffff');
    const text = fc
      .array(fc.oneof({ weight: 4, arbitrary: unit }, lone), { maxLength: 60 })
      .map((parts) => parts.join(''));
    const options = fc.record({
      set: fc.constantFrom('strict' as const, 'standard' as const, 'relaxed' as const),
      trust: fc.constantFrom('user' as const, 'untrusted' as const),
      label: fc.constantFrom('', 'api_key', 'note'),
      minConfidence: fc.constantFrom(0, 0.8, 1),
    });
    fc.assert(
      fc.property(text, options, (value, chosen) => {
        const { pii, secrets, injection, content } = detection.scan(value, { ...chosen, content: true });
        for (const match of [...pii, ...secrets, ...injection, ...content]) {
          expect(value.slice(match.start, match.end)).toBe(match.value);
          expect(match.confidence).toBeGreaterThan(0);
          expect(match.confidence).toBeLessThanOrEqual(1);
        }
        detection.redact(value, [...pii, ...secrets]);
      }),
      { numRuns: 300 },
    );
  });
});
