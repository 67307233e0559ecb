/** Dimensions of the vector collections. */
export const EMBEDDING_DIMENSIONS = 384;

/** Whole words carry the meaning; pairs add order, and parts of words keep inflections close to one another. */
const WEIGHTS = { word: 1, pair: 0.5, part: 0.3 } as const;

/**
 * Feature hashing (Weinberger et al., 2009) of words, pairs of words and character trigrams into a unit-length vector: needs no
 * model, and the same text always gives the same vector. Texts without a single letter or digit share one fixed vector.
 */
export const hashEmbedding = (text: string): Float32Array => {
  const vector = new Float32Array(EMBEDDING_DIMENSIONS);
  for (const [feature, weight] of features(text)) {
    const hash = fnv1a(feature);
    const index = hash % EMBEDDING_DIMENSIONS;
    // The sign comes from a bit the index does not depend on, so that collisions cancel out on average.
    vector[index] = (vector[index] ?? 0) + (hash & 0x80000000 ? -weight : weight);
  }
  const length = Math.hypot(...vector);
  if (length === 0) {
    vector[0] = 1;
    return vector;
  }
  return vector.map((value) => value / length);
};

/** Each distinct feature with its weight; repetition counts less and less. */
const features = (text: string): [string, number][] => {
  const words =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const weights = new Map<string, number>();
  const counts = new Map<string, number>();
  const add = (feature: string, weight: number): void => {
    weights.set(feature, weight);
    counts.set(feature, (counts.get(feature) ?? 0) + 1);
  };
  words.forEach((word, index) => {
    add(`w:${word}`, WEIGHTS.word);
    const next = words[index + 1];
    if (next !== undefined) add(`p:${word} ${next}`, WEIGHTS.pair);
    const letters = Array.from(`^${word}$`);
    for (let at = 0; at + 3 <= letters.length; at += 1) add(`c:${letters.slice(at, at + 3).join('')}`, WEIGHTS.part);
  });
  return [...weights].map(([feature, weight]) => [feature, weight * (1 + Math.log(counts.get(feature) ?? 1))]);
};

/** FNV-1a, 32 bit, over UTF-16 code units, with the final mix of MurmurHash3: FNV alone leaves the high bits weak. */
const fnv1a = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};
