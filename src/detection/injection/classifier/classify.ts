import { BUCKETS, HALF_WINDOW, MOST_FEATURES, wordEnd, wordFeatures, wordHash, wordStart } from './features';
import { BIAS, SCALE, WEIGHTS } from './weights';

/** How much a text reads like an attack on a model, and why. */
export interface AttackScore {
  /** 0 to 1; not a probability. Compare it with the thresholds of this file. */
  score: number;
  /** At most 5 words or pairs of words of the text that speak most for it, e.g. `model:previous instructions`. */
  signals: string[];
}

/**
 * From here on a user's own words count as an attack: log-odds of 4.5. Texts held out in cross-validation: .76 of jailbreaks
 * from the wild and .12 of short injections are found, at most .008 of any harmless set is flagged. Sets held out as a whole:
 * .31 and .06 found, at most .008 of a public set and .016 of our own hard cases flagged.
 */
export const ATTACK_FROM_USER = 0.989;
/**
 * From here on words that somebody else wrote (tool output, web pages, documents) count as an attack: log-odds of 3.8.
 * Held-out texts: .82 and .15 found, at most .008 flagged. Sets held out as a whole: .41 and .08 found, and .02 of long prompts
 * and .06 of e-mails flagged, so that it is no ground for a refusal by itself.
 */
export const ATTACK_FROM_UNTRUSTED = 0.978;

const MOST_SIGNALS = 5;
const LONGEST_QUOTED = 16;

const weights = new Int8Array(BUCKETS);
weights.set(Buffer.from(WEIGHTS, 'base64').subarray(0, BUCKETS));

const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));

/** A stretch of text, and what the weights of its features come to. */
interface Block {
  start: number;
  end: number;
  sum: number;
  features: number;
}

const logitOf = (sum: number, features: number): number => BIAS + (sum * SCALE) / Math.sqrt(Math.max(1, features));

/** The window (two blocks of words) with the highest log-odds. Nothing is kept but the last block and the best window. */
const worstWindow = (folded: string): { logit: number; start: number; end: number } => {
  const features = new Int32Array(MOST_FEATURES);
  const worst = { logit: -Infinity, start: 0, end: 0 };
  let before: Block = { start: 0, end: 0, sum: 0, features: 0 };
  let block: Block = { start: 0, end: 0, sum: 0, features: 0 };
  let words = 0;
  let blocks = 0;
  let previous = 0;

  const close = (isLast: boolean): void => {
    blocks++;
    // The first block is judged by itself only when there is no other.
    if (blocks > 1 || isLast) {
      const logit = logitOf(before.sum + block.sum, before.features + block.features);
      if (logit > worst.logit) Object.assign(worst, { logit, start: before.start, end: block.end });
    }
    before = block;
    block = { start: block.end, end: block.end, sum: 0, features: 0 };
    words = 0;
  };

  for (let at = wordStart(folded, 0); at < folded.length;) {
    if (words === HALF_WINDOW) close(false);
    const end = wordEnd(folded, at);
    const hash = wordHash(folded, at, end);
    const count = wordFeatures(folded, at, end, hash, previous, features);
    let sum = 0;
    for (let i = 0; i < count; i++) sum += weights[features[i] ?? 0] ?? 0;
    block.sum += sum;
    block.features += count;
    block.end = end;
    previous = hash;
    words++;
    at = wordStart(folded, end);
  }
  if (words > 0) close(true);
  return worst;
};

/**
 * Whether a word may be shown. A verdict is stored and must not repeat a secret or a number, so that only what stands between
 * spaces as a plain word is shown, and only if the model knows it.
 */
const isPlain = (text: string, start: number, end: number): boolean => {
  if (end - start < 2 || end - start > LONGEST_QUOTED) return false;
  for (let i = start; i < end; i++) if (text.charCodeAt(i) >= 0x30 && text.charCodeAt(i) <= 0x39) return false;
  return /^[\s"'([<*]?$/.test(text.charAt(start - 1)) && /^[\s"')\]>*.,;:!?]?$/.test(text.charAt(end));
};

/** The words of a window that speak most for an attack, pairs before single words. */
const explain = (folded: string, start: number, end: number): string[] => {
  const features = new Int32Array(MOST_FEATURES);
  const candidates: { words: string; weight: number }[] = [];
  let last = { hash: 0, start: 0, end: 0, weight: 0 };
  for (let at = wordStart(folded, start); at < end;) {
    const stop = wordEnd(folded, at);
    const hash = wordHash(folded, at, stop);
    const count = wordFeatures(folded, at, stop, hash, last.hash, features);
    const known = weights[features[0] ?? 0] ?? 0;
    let weight = 0;
    if (known > 0 && isPlain(folded, at, stop)) {
      for (let i = 0; i < count; i++) if (i !== 1) weight += weights[features[i] ?? 0] ?? 0;
      const pair = weights[features[1] ?? 0] ?? 0;
      if (last.weight > 0 && pair > 0 && folded.slice(last.end, at) === ' ')
        candidates.push({ words: folded.slice(last.start, stop), weight: last.weight + weight + pair });
      candidates.push({ words: folded.slice(at, stop), weight });
    }
    last = { hash, start: at, end: stop, weight };
    at = wordStart(folded, stop);
  }
  const shown: string[] = [];
  for (const { words, weight } of candidates.toSorted((a, b) => b.weight - a.weight)) {
    if (weight <= 0 || shown.length === MOST_SIGNALS) break;
    if (!shown.some((other) => ` ${other} `.includes(` ${words} `))) shown.push(words);
  }
  return shown.map((words) => `model:${words}`);
};

/**
 * Scores a folded text (see `fold`) with a linear model over hashed words, pairs of words and 3- to 5-grams of characters: the
 * highest score of any window, so that an attack in the middle of a long document counts as much as one by itself. Signals are
 * given from the lower threshold on. Linear in the text's length, with memory that does not grow with it; never throws.
 */
export const attackScore = (folded: string): AttackScore => {
  const { logit, start, end } = worstWindow(folded);
  const score = sigmoid(logit);
  return { score, signals: score >= ATTACK_FROM_UNTRUSTED ? explain(folded, start, end) : [] };
};
