/** Buckets of words and pairs of words, then buckets of characters: two regions, so that frequent words keep a weight of their own. */
const WORD_BITS = 14;
const CHARACTER_BITS = 14;
const WORD_MASK = (1 << WORD_BITS) - 1;
const CHARACTER_MASK = (1 << CHARACTER_BITS) - 1;

export const BUCKETS = (1 << WORD_BITS) + (1 << CHARACTER_BITS);

/** A longer run of letters is cut into words of this length, so that what one word costs is bounded. */
export const LONGEST_WORD = 24;
/** A text is judged in windows of two such blocks of words, each beginning a block after the one before. */
export const HALF_WINDOW = 24;

const SHORTEST_GRAM = 3;
const LONGEST_GRAM = 5;
/** A word, a pair, and at most three n-grams at each of its characters and the two spaces around it. */
export const MOST_FEATURES = 2 + 3 * (LONGEST_WORD + 2);

const { imul } = Math;
const ASCII_END = 0x80;
const SPACE = 0x20;
const ZERO = 0x30;

/** 0 for what separates words; every digit is `0`. */
const SYMBOLS = Uint8Array.from({ length: ASCII_END }, (_, code) => {
  if (code >= 0x30 && code <= 0x39) return ZERO;
  if (code >= 0x41 && code <= 0x5a) return code + 0x20;
  return code >= 0x61 && code <= 0x7a ? code : 0;
});

const symbolOf = (code: number): number => (code < ASCII_END ? (SYMBOLS[code] ?? 0) : code);

/** The 32-bit offset basis and prime of FNV-1a, by Fowler, Noll and Vo; applied to UTF-16 code units. */
const BASIS = 0x811c9dc5;
const PRIME = 0x01000193;

/** FNV leaves its low bits weak for short input; the finaliser of MurmurHash3, shortened, mixes the high ones in. */
const bucketOf = (hash: number, mask: number): number => {
  const mixed = imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (mixed ^ (mixed >>> 13)) & mask;
};

/** Where the next word begins, at `from` or later; the text's length if there is none. */
export const wordStart = (text: string, from: number): number => {
  let at = from;
  while (at < text.length && symbolOf(text.charCodeAt(at)) === 0) at++;
  return at;
};

/** Where the word that begins at `start` ends. */
export const wordEnd = (text: string, start: number): number => {
  const most = Math.min(text.length, start + LONGEST_WORD);
  let at = start;
  while (at < most && symbolOf(text.charCodeAt(at)) !== 0) at++;
  return at;
};

/** 32-bit hash of a word, for `wordFeatures`. */
export const wordHash = (text: string, start: number, end: number): number => {
  let hash = BASIS;
  for (let i = start; i < end; i++) hash = imul(hash ^ symbolOf(text.charCodeAt(i)), PRIME);
  return hash;
};

/** Symbols of one word with a space on each side: they are looked at up to five times. */
const symbols = new Uint16Array(LONGEST_WORD + 2);

/**
 * Writes the buckets of one word into `into` (of `MOST_FEATURES`) and returns how many there are: the word, the pair it makes
 * with the word before (`previous`, its hash), and the 3- to 5-grams of its characters with a space on each side. Feature
 * hashing: Weinberger et al., "Feature Hashing for Large Scale Multitask Learning", 2009, without the sign.
 */
export const wordFeatures = (
  text: string,
  start: number,
  end: number,
  hash: number,
  previous: number,
  into: Int32Array,
): number => {
  into[0] = bucketOf(hash, WORD_MASK);
  into[1] = bucketOf(imul(previous, 31) ^ hash, WORD_MASK);
  const length = end - start + 2;
  symbols[0] = SPACE;
  for (let i = start; i < end; i++) symbols[i - start + 1] = symbolOf(text.charCodeAt(i));
  symbols[length - 1] = SPACE;
  let count = 2;
  for (let from = 0; from <= length - SHORTEST_GRAM; from++) {
    const most = Math.min(from + LONGEST_GRAM, length);
    let gram = imul(imul(BASIS ^ (symbols[from] ?? 0), PRIME) ^ (symbols[from + 1] ?? 0), PRIME);
    for (let i = from + SHORTEST_GRAM - 1; i < most; i++) {
      gram = imul(gram ^ (symbols[i] ?? 0), PRIME);
      into[count++] = (WORD_MASK + 1) | bucketOf(gram, CHARACTER_MASK);
    }
  }
  return count;
};

const PROBE = 'Ab c4 straße 忽略 an-unusually-long-word-without-any-space abcdefghijklmnopqrstuvwxyzabcdefghij';

/** A number that changes when the features do: weights learnt with others are worthless. */
export const featureDigest = (): number => {
  const features = new Int32Array(MOST_FEATURES);
  let digest = HALF_WINDOW;
  let previous = 0;
  for (let at = wordStart(PROBE, 0); at < PROBE.length;) {
    const end = wordEnd(PROBE, at);
    const hash = wordHash(PROBE, at, end);
    const count = wordFeatures(PROBE, at, end, hash, previous, features);
    for (let i = 0; i < count; i++) digest = imul(digest ^ (features[i] ?? 0), PRIME);
    previous = hash;
    at = wordStart(PROBE, end);
  }
  return digest >>> 0;
};
