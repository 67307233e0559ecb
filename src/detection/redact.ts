import type { Match } from './detector';

interface Hole {
  start: number;
  end: number;
  placeholder: string;
}

const MOST_VALUES = 100;
const SHORTEST_REPEAT = 6;
const isWord = (character: string): boolean => /[\p{L}\p{N}]/u.test(character);

/** The same value elsewhere, where nothing near by gave it away. */
const repeats = (text: string, matches: readonly Match[]): Hole[] => {
  const values = new Map(
    matches.filter(({ value }) => value.length >= SHORTEST_REPEAT).map((m) => [m.value, m.placeholder]),
  );
  const holes: Hole[] = [];
  for (const [value, placeholder] of [...values].slice(0, MOST_VALUES))
    for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length)) {
      const end = at + value.length;
      if (!isWord(text.charAt(at - 1)) && !isWord(text.charAt(end))) holes.push({ start: at, end, placeholder });
    }
  return holes;
};

/** Holes that overlap become one, under the placeholder of the longest. */
const merged = (holes: readonly Hole[]): Hole[] => {
  const result: (Hole & { longest: number })[] = [];
  for (const hole of holes.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const longest = hole.end - hole.start;
    const last = result.at(-1);
    if (!last || hole.start >= last.end) {
      result.push({ ...hole, longest });
      continue;
    }
    if (longest > last.longest) Object.assign(last, { placeholder: hole.placeholder, longest });
    last.end = Math.max(last.end, hole.end);
  }
  return result;
};

/**
 * Replaces every match by its placeholder. The matches must come from this very text. Overlapping ones become one hole, under
 * the placeholder of the longest; a value of at least six characters goes wherever it stands as a word of its own.
 */
export const redact = (text: string, matches: readonly Match[]): string => {
  const holes = [
    ...matches.map(({ start, end, placeholder }) => ({ start, end, placeholder })),
    ...repeats(text, matches),
  ];
  let result = '';
  let done = 0;
  for (const { start, end, placeholder } of merged(holes)) {
    result += text.slice(done, start) + placeholder;
    done = end;
  }
  return result + text.slice(done);
};
