import { fold } from '../../../src/detection/core/fold';
import { wordEnd, wordHash, wordStart } from '../../../src/detection/injection/classifier/features';

const SHINGLE = 4;
/** A shingle of more texts than this is a turn of phrase, not a sign of copying. */
const MOST_TEXTS = 60;
/** Share of the smaller text's shingles that two near-copies have in common. */
const NEAR = 0.3;

const shinglesOf = (text: string): Set<number> => {
  const folded = fold(text).text;
  const hashes: number[] = [];
  for (let at = wordStart(folded, 0); at < folded.length;) {
    const end = wordEnd(folded, at);
    hashes.push(wordHash(folded, at, end));
    at = wordStart(folded, end);
  }
  const shingles = new Set<number>();
  for (let i = 0; i + Math.min(SHINGLE, hashes.length) <= hashes.length && hashes.length > 0; i++) {
    let shingle = 0;
    for (let j = i; j < Math.min(hashes.length, i + SHINGLE); j++) shingle = Math.imul(shingle, 31) + (hashes[j] ?? 0);
    shingles.add(shingle | 0);
  }
  return shingles;
};

/**
 * The group of each text, a number: near-copies, and near-copies of those, are in one group. Learning from one variant of a
 * prompt and judging on another would flatter the model.
 */
export const groupsOf = (texts: readonly string[]): number[] => {
  const parents = texts.map((_, i) => i);
  const root = (i: number): number => {
    let at = i;
    while (parents[at] !== at) at = parents[at] = parents[parents[at] ?? at] ?? at;
    return at;
  };
  const shingles = texts.map(shinglesOf);
  const holders = new Map<number, number[]>();
  shingles.forEach((set, i) => {
    const shared = new Map<number, number>();
    for (const shingle of set) {
      const others = holders.get(shingle);
      if (!others) {
        holders.set(shingle, [i]);
        continue;
      }
      for (const other of others) shared.set(other, (shared.get(other) ?? 0) + 1);
      if (others.length < MOST_TEXTS) others.push(i);
    }
    for (const [other, count] of shared)
      if (count >= NEAR * Math.min(set.size, shingles[other]?.size ?? 0)) parents[root(i)] = root(other);
  });
  return texts.map((_, i) => root(i));
};
