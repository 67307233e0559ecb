import { buildGate } from '../core/gate';
import { characters, hasRun } from './runs';
import { segment } from './vocabulary';
import type { Gated } from './shared-gate';
import type { View } from './view';

const pairs = (first: string, second: string): string[] =>
  first.split(' ').flatMap((one) => second.split(' ').map((other) => one + other));

/** Pairs of words as they meet once everything but letters is taken out. */
const MEETING = [
  ...pairs(
    'ignore disregard forget bypass override discard reveal repeat print show',
    'all any the your previous prior above every these those my system everything hidden',
  ),
  ...pairs(
    'previous prior above system initial hidden original earlier developer secret',
    'instruction prompt rule guideline direction command message',
  ),
  ...['doanythingnow', 'developermode', 'yourinstruction', 'yourguideline', 'yourprompt', 'allinstruction'],
];
const gate = buildGate([MEETING]);
const MEETS = new RegExp(MEETING.join('|'), 'g');
/** Telling words broken in two, which leave no other trace. */
const BROKEN = ['ignore', 'disregard', 'previous', 'instruction', 'system', 'prompt'].flatMap((word) =>
  Array.from({ length: word.length - 1 }, (_, i) => `${word.slice(0, i + 1)} ${word.slice(i + 1)}`),
);
export const BREAKS: readonly Gated[] = [{ hints: BROKEN }];
const LETTERS = characters(/[a-z]/);
const SEVERAL_WORDS = 18;
/** Signs within words, letters on their own, words divided at the end of a line, many words run together. */
const hasTraces = (text: string): boolean =>
  /[a-z][^a-z0-9\s'"-]{1,3}[a-z]/.test(text) ||
  / [a-z][ -][a-z][ -][a-z](?![a-z])/.test(text) ||
  (text.includes('-') && /[a-z]-(?: [a-z]|[a-z]-)/.test(text)) ||
  hasRun(text, LETTERS, SEVERAL_WORDS);
const BEFORE = 60;
const AFTER = 160;
/** So many letters that each stand alone, as `i g n o r e` or `i-g-n-o-r-e`, are no initials. */
const FEWEST_ALONE = 12;
const LETTERS_ALONE = /(?<![a-z])(?:[a-z](?:[^a-z]|[^a-z]{2}|[^a-z]{3})){11}[a-z](?![a-z])/g;
const MOST_APART = 4;

interface Letters {
  letters: string;
  hasLettersAlone: boolean;
}

const isLetter = (code: number): boolean => code >= 0x61 && code <= 0x7a;

const lettersOf = (text: string): Letters => {
  const codes = new Uint8Array(text.length);
  let count = 0;
  let inWord = 0;
  let alone = 0;
  let mostAlone = 0;
  let lastAlone = 0;
  for (let i = 0; i <= text.length; i++) {
    const code = text.charCodeAt(i);
    if (isLetter(code)) {
      codes[count++] = code;
      inWord++;
      continue;
    }
    if (inWord === 1) {
      alone = i - lastAlone <= MOST_APART ? alone + 1 : 1;
      lastAlone = i;
      if (alone > mostAlone) mostAlone = alone;
    } else if (inWord > 1) alone = 0;
    inWord = 0;
  }
  return {
    letters: Buffer.from(codes.buffer, 0, count).toString('latin1'),
    hasLettersAlone: mostAlone >= FEWEST_ALONE,
  };
};

/** Offsets of the letters in the text, and at last its length. */
const offsetsOf = (text: string, count: number): Uint32Array => {
  const at = new Uint32Array(count + 1);
  for (let i = 0, k = 0; i < text.length; i++) if (isLetter(text.charCodeAt(i))) at[k++] = i;
  at[count] = text.length;
  return at;
};

/** The first index whose offset is not before `offset`. */
const indexAt = (offsets: Uint32Array, offset: number): number => {
  let low = 0;
  let high = offsets.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((offsets[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Two words with one space between them are simply written so. */
const isPlain = (span: string, letters: string): boolean =>
  span.length === letters.length + 1 && span.replace(' ', '') === letters;

type Range = readonly [from: number, to: number];

/** Ranges of letters around telling words that meet, and of letters that stand alone; in order and apart. */
const rangesToRead = (text: string, letters: string, at: Uint32Array): Range[] => {
  const ranges: Range[] = [];
  if (gate(letters)[0] === 1)
    for (const { index, 0: meeting } of letters.matchAll(MEETS)) {
      const end = index + meeting.length;
      if (!isPlain(text.slice(at[index], (at[end - 1] ?? 0) + 1), meeting)) ranges.push([index - BEFORE, end + AFTER]);
    }
  for (const { index, 0: run } of text.matchAll(LETTERS_ALONE)) {
    const from = indexAt(at, index);
    ranges.push([from, indexAt(at, index + run.length) + 1]);
  }
  const apart: Range[] = [];
  for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = apart.at(-1);
    if (last && from <= last[1]) apart[apart.length - 1] = [last[0], Math.max(last[1], to)];
    else apart.push([from, to]);
  }
  return apart.map(([from, to]) => [Math.max(0, from), Math.min(letters.length, to)]);
};

/**
 * Parts of a folded text read by their letters alone, put into words anew: `i g n o r e`, `ig-nore`, `instruc- tions`,
 * `ignoreAllPrevious`, letters with pictures between them. Undefined where nothing is written in that way.
 * `isBroken` says that one of `BREAKS` is possible.
 */
export const readSpaced = ({ text, span, hiddenIn }: View, isBroken: boolean): View | undefined => {
  if (!isBroken && !hasTraces(text)) return undefined;
  const { letters, hasLettersAlone } = lettersOf(text);
  if (gate(letters)[0] !== 1 && !hasLettersAlone) return undefined;

  const at = offsetsOf(text, letters.length);
  const parts: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  for (const [from, to] of rangesToRead(text, letters, at)) {
    const cuts = segment(letters.slice(from, to));
    cuts.forEach((cut, i) => {
      const until = cuts[i + 1] ?? to - from;
      for (let k = cut; k <= until; k++) {
        starts.push(at[from + k] ?? text.length);
        ends.push(from + k > 0 ? (at[from + k - 1] ?? 0) + 1 : 0);
      }
      parts.push(letters.slice(from + cut, from + until), ' ');
    });
    // Keeps a phrase from running on from one part into the next.
    parts.push('; ');
    starts.push(at[to] ?? text.length, at[to] ?? text.length);
    ends.push(at[to] ?? text.length, at[to] ?? text.length);
  }
  if (parts.length === 0) return undefined;
  return {
    text: parts.join(''),
    span: (start, end) => {
      const from = starts[start] ?? text.length;
      return span(from, Math.max(from, ends[end] ?? text.length));
    },
    hiddenIn: [...hiddenIn, 'spacing'],
  };
};

const JOINED = /[a-z]([_+.|~*=^/\\-])(?:[a-z]{1,24}\1){3}[a-z]/;
const JOINTS = /(?<=[a-z'])[_+.|~*=^/\\-](?=[a-z'])/g;

/** Folded text whose words are joined by a sign in place of spaces, with spaces; undefined where five words are not. */
export const readJoined = ({ text, span, hiddenIn }: View): View | undefined =>
  JOINED.test(text) ? { text: text.replaceAll(JOINTS, ' '), span, hiddenIn: [...hiddenIn, 'joined'] } : undefined;
