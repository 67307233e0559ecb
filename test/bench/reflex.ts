import { sha256 } from '../../src/common/ids';
import { Detection } from '../../src/detection/detection.service';
import { chanceFamily, type Family, families } from './hostile';
import { prose } from './prose';
import { Random } from './random';
import { percentile } from './statistics';

/** Milliseconds; sizes in thousands of UTF-16 code units. */
export interface SizeResult {
  text: string;
  kilobytes: number;
  p50: number;
  p99: number;
}
export interface FamilyResult {
  family: string;
  p50At1: number;
  p99At1: number;
  p50At10: number;
  /** Infinity where 100 KB took so long that nobody waited for more. */
  msAt1000: number;
  /** How much longer ten times the text takes, fastest runs: the worse of 10 to 100 and 100 to 1,000 KB. */
  growth: number;
}
export interface ReflexResult {
  prose: SizeResult[];
  /** Of prose, as in `FamilyResult`. */
  growth: number;
  hostile: FamilyResult[];
  /** Families made by chance, at 2, 20 and 200 KB: how many, and the worst of them. */
  fuzz: { strings: number; worst: { family: string; growth: number; ms: number } };
}

const SEED = 20_261_121;
const KB = 1000;
const FUZZ_STRINGS = 240;
/** Below this a run is too short for a ratio to mean anything, milliseconds. */
const SHORTEST = 0.02;
/** Milliseconds for 100 KB, beyond which nobody waits for ten times the text. */
const HOPELESS = 150;
/** Milliseconds that the runs of one text may take together, so that the whole ends within minutes on a busy machine too. */
const MOST_PER_TEXT = 100;
const FEWEST_RUNS = 2;
/** Milliseconds that the strings made by chance may take together. */
const MOST_FOR_FUZZ = 30_000;

const detection = new Detection();

/** What the reflex does to a text, without the door in front of it and the cache behind it. */
const reflex = (text: string): string => {
  const key = sha256(JSON.stringify(['bench', detection.rules, true, true, text]));
  const { pii, secrets } = detection.scan(text, { injection: false });
  detection.scan(text, { pii: false, secrets: false });
  return key + detection.redact(text, [...pii, ...secrets]).slice(0, 1);
};

const run = (text: string): number => {
  const from = performance.now();
  reflex(text);
  return performance.now() - from;
};

/** Runs over the texts in turn; milliseconds of each. */
const runs = (texts: readonly string[], count: number): number[] =>
  Array.from({ length: count }, (_, i) => run(texts[i % texts.length] ?? ''));

/** As many runs over one text as its time allows, at most `count`; milliseconds of each. */
const runsWithin = (text: string, count: number): number[] => {
  const times: number[] = [];
  for (let spent = 0; times.length < count && (spent < MOST_PER_TEXT || times.length < FEWEST_RUNS);) {
    const time = run(text);
    times.push(time);
    spent += time;
  }
  return times;
};

const proseAt = (kilobytes: number, count: number): { result: SizeResult; fastest: number } => {
  const random = new Random(SEED + kilobytes);
  const texts = Array.from({ length: Math.max(3, Math.min(64, count / 4)) }, () => prose(random, kilobytes * KB));
  const times = runs(texts, count);
  const result = { text: 'prose', kilobytes, p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
  return { result, fastest: Math.min(...times) };
};

const ratio = (longer: number, shorter: number): number => longer / Math.max(SHORTEST, shorter);

const family = ({ name, text }: Family): FamilyResult => {
  const times = (kilobytes: number, count: number): number[] => {
    const whole = text(kilobytes * KB);
    run(whole);
    return runsWithin(whole, count);
  };
  const [at1, at10, at100] = [times(1, 200), times(10, 30), times(100, 5)];
  const [low, middle] = [Math.min(...at10), Math.min(...at100)];
  const high = middle > HOPELESS ? Infinity : Math.min(...times(1000, 2));
  return {
    family: name,
    p50At1: percentile(at1, 0.5),
    p99At1: percentile(at1, 0.99),
    p50At10: percentile(at10, 0.5),
    msAt1000: high,
    growth: Math.max(ratio(middle, low), ratio(high, middle)),
  };
};

const fastestOf = (text: string, count: number): number => Math.min(...runsWithin(text, count));

const fuzz = (): ReflexResult['fuzz'] => {
  const random = new Random(SEED);
  const until = performance.now() + MOST_FOR_FUZZ;
  let worst = { family: '', growth: 0, ms: 0 };
  let strings = 0;
  for (; strings < FUZZ_STRINGS && performance.now() < until; strings++) {
    const { name, text } = chanceFamily(random);
    const [low, middle, high] = [
      fastestOf(text(2 * KB), 10),
      fastestOf(text(20 * KB), 4),
      fastestOf(text(200 * KB), 2),
    ];
    // From 2 KB on only what is slow already counts: constant work for a payload looks like growth in a short text.
    const growth = Math.max(middle > 5 ? ratio(middle, low) : 0, ratio(high, middle));
    if (growth > worst.growth) worst = { family: name, growth, ms: high };
  }
  return { strings, worst };
};

/** Measures the whole reflex (normalise, personal data, secrets, injection, cache key, redaction) on prose and hostile text. */
export const measureReflex = (say: (line: string) => void): ReflexResult => {
  say('reflex: prose');
  runs([prose(new Random(SEED), 2 * KB)], 500);
  const sizes = [proseAt(1, 4000), proseAt(10, 600), proseAt(100, 60), proseAt(1000, 6)];
  const [, at10, at100, at1000] = sizes.map(({ fastest }) => fastest);
  const growth = Math.max(ratio(at100 ?? NaN, at10 ?? NaN), ratio(at1000 ?? NaN, at100 ?? NaN));
  say('reflex: hostile text');
  const hostile = families(() => new Random(SEED)).map(family);
  say('reflex: hostile strings by chance');
  return { prose: sizes.map(({ result }) => result), growth, hostile, fuzz: fuzz() };
};
