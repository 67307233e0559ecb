/** A number from 0 up to and without 1. */
export type Random = () => number;

/** Mulberry32 (Tommy Ettinger, public domain): small, and the same on every machine for the same seed. */
export const seeded = (seed: number): Random => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

export const pick = <T>(random: Random, from: ArrayLike<T>): T => {
  const chosen = from[Math.floor(random() * from.length)];
  if (chosen === undefined) throw new Error('nothing to pick from');
  return chosen;
};

export const characters = (random: Random, alphabet: string, count: number): string =>
  Array.from({ length: count }, () => pick(random, alphabet)).join('');

/** Inclusive of both ends. */
export const between = (random: Random, from: number, to: number): number =>
  from + Math.floor(random() * (to - from + 1));
