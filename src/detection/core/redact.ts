import { sha256 } from '../../common/ids';
import type { RedactionMode } from '../../contracts/verdict';
import type { Match } from './detector';

/** What a value that stands elsewhere again must have at least: shorter ones are words and numbers of everyday text. */
const SHORTEST_REPEAT = 6;
/** So many values are looked for at one place, so that values with the same beginning cannot make a text dear. */
const MOST_ALIKE = 100;
const HASH_DIGITS = 16;
const SHOWN = 4;
/** A value that is not longer would show half of itself. */
const TOO_SHORT_TO_SHOW = 8;
/** Slots for pairs of characters; a power of two. */
const PAIRS = 256;

const slotOf = (text: string, at: number): number => (text.charCodeAt(at) * 31 + text.charCodeAt(at + 1)) & (PAIRS - 1);

/**
 * Finds all values of at least six characters wherever they stand, in one pass: a pair of characters rules out most places,
 * the first six lead to the values. Occurrences may overlap; those of one value that do are one.
 */
const occurrences = (text: string, matches: readonly Match[]): Match[] => {
  const alike = new Map<string, Map<string, Match>>();
  const pairs = new Uint8Array(PAIRS);
  for (const match of matches) {
    if (match.value.length < SHORTEST_REPEAT) continue;
    const beginning = match.value.slice(0, SHORTEST_REPEAT);
    const same = alike.get(beginning) ?? new Map<string, Match>();
    if (same.size < MOST_ALIKE) same.set(match.value, match);
    alike.set(beginning, same);
    pairs[slotOf(beginning, 0)] = 1;
  }
  const found: Match[] = [];
  for (let at = 0; alike.size > 0 && at + SHORTEST_REPEAT <= text.length; at++) {
    if (pairs[slotOf(text, at)] !== 1) continue;
    const same = alike.get(text.slice(at, at + SHORTEST_REPEAT))?.values() ?? [];
    const here = Array.from(same).filter(({ value }) => text.startsWith(value, at));
    const longest = here.toSorted((a, b) => b.value.length - a.value.length)[0];
    if (!longest) continue;
    const last = found.at(-1);
    const end = at + longest.value.length;
    if (last?.value === longest.value && at < last.end) last.end = end;
    else found.push({ ...longest, start: at, end });
  }
  return found;
};

/**
 * The matches, and where their values stand again although nothing near by gave them away. Those that overlap become one,
 * under the name of the longest: what is left of a value that another one covers in part would still tell most of it.
 */
const holesOf = (text: string, matches: readonly Match[]): Match[] => {
  const holes: (Match & { longest: number })[] = [];
  const all = [...matches, ...occurrences(text, matches)].sort((a, b) => a.start - b.start || b.end - a.end);
  for (const match of all) {
    const longest = match.end - match.start;
    const last = holes.at(-1);
    if (!last || match.start >= last.end) holes.push({ ...match, longest });
    else {
      const { start } = last;
      const end = Math.max(last.end, match.end);
      Object.assign(last, longest > last.longest ? { ...match, longest } : {}, { start, end });
    }
  }
  return holes.map((hole) => ({ ...hole, value: text.slice(hole.start, hole.end) }));
};

/**
 * Replaces every match by what the callback gives for it, in order of position. The matches must come from this very text.
 * The callback sees holes: matches that overlap are one, under the name of the longest and with all the text they cover as
 * its value; a value of at least six characters is seen again wherever else it stands. Linear in the text's length.
 */
export const replaceMatches = (
  text: string,
  matches: readonly Match[],
  replacement: (match: Match) => string,
): string => {
  if (matches.length === 0) return text;
  let result = '';
  let done = 0;
  for (const hole of holesOf(text, matches)) {
    result += text.slice(done, hole.start) + replacement(hole);
    done = hole.end;
  }
  return result + text.slice(done);
};

/** The label of the reflex vocabulary, e.g. `CreditCard`; where it has none, the kind in that manner. */
const tokenName = ({ label, kind }: Match): string =>
  label ?? kind.replace(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9]?)/g, (_, initial: string) => initial.toUpperCase());

/**
 * Names the values of one text: `<Email-TOKEN-1>`, numbered from 1 over all kinds in the order of position. The same value of
 * the same kind gets the same token.
 */
const tokens = (): ((match: Match) => string) => {
  const known = new Map<string, string>();
  return (match) => {
    const name = tokenName(match);
    const key = `${name} ${match.value}`;
    const token = known.get(key) ?? `<${name}-TOKEN-${known.size + 1}>`;
    known.set(key, token);
    return token;
  };
};

const partial = (value: string): string => {
  const characters = Array.from(value);
  const shown = characters.length > TOO_SHORT_TO_SHOW ? characters.slice(-SHOWN) : [];
  return 'X'.repeat(characters.length - shown.length) + shown.join('');
};

/** Characters are Unicode code points; the hash is over UTF-8. */
const REPLACEMENTS: Readonly<Record<RedactionMode, () => (match: Match) => string>> = {
  placeholder: () => (match) => match.placeholder,
  mask: () => (match) => '*'.repeat(Array.from(match.value).length),
  hash: () => (match) => sha256(match.value).slice(0, HASH_DIGITS),
  partial: () => (match) => partial(match.value),
  remove: () => () => '',
  token: tokens,
};

/** Replaces every match as the mode says; see `replaceMatches` for what counts as one. */
export const redact = (text: string, matches: readonly Match[], mode: RedactionMode = 'placeholder'): string => {
  const result = replaceMatches(text, matches, REPLACEMENTS[mode]());
  // What is left and right of a removed value may itself make up a value when it moves together.
  const isWhole = mode !== 'remove' || occurrences(result, matches).length === 0;
  return isWhole ? result : redact(text, matches);
};
