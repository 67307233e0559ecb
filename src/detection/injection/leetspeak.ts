import type { View } from './view';
import { VOCABULARY } from './vocabulary';

/** Digits and signs for the letters they are drawn like. Where two are named the first is the likelier, and the other an l. */
const LETTERS: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'il',
  '2': 'z',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '6': 'g',
  '7': 't',
  '8': 'b',
  '9': 'g',
  '@': 'a',
  $: 's',
  '!': 'il',
  '|': 'il',
  '+': 't',
  '€': 'e',
  '£': 'l',
};
const SIGNS = '0-9@$!|+€£';
/** A sign between letters, or before the letters of a word: one pattern for both would be many times slower. */
const MIXTURES = [/[a-z][0-9@$!|+]{1,4}[a-z]/g, /(?<![\w.,$])[0-9@$|]{1,3}[a-z]{2}/g];
const IN_TOKEN = new RegExp(`[a-z${SIGNS}]`);
const TOKEN = new RegExp(`(?<![a-z${SIGNS}])[a-z${SIGNS}]{2,24}(?![a-z${SIGNS}])`, 'g');
const HAS_BOTH = new RegExp(`[a-z][${SIGNS}]|[${SIGNS}][a-z]`);
/** Digits alone are words only among others that are: `70` for `to`. */
const DIGITS = /(?<![\w.,:-])[0134579]{1,4}(?![\w.,:-])/g;
const LONGEST_TOKEN = 24;
const LONGEST_WORD = 16;
const MOST_DOUBTFUL = 4;
const SHORTEST_TELLING = 4;

/** The word a token stands for: one of the vocabulary if any reading of its doubtful signs is one. */
const read = (token: string): string => {
  let likely = '';
  const doubtful: number[] = [];
  for (let i = 0; i < token.length; i++) {
    const sign = token.charAt(i);
    const letters = LETTERS[sign] ?? sign;
    if (letters.length > 1 && doubtful.length < MOST_DOUBTFUL) doubtful.push(i);
    likely += letters.charAt(0);
  }
  for (let choice = 0; choice < 1 << doubtful.length; choice++) {
    let word = likely;
    doubtful.forEach((at, k) => {
      if ((choice >> k) & 1) word = `${word.slice(0, at)}l${word.slice(at + 1)}`;
    });
    if (VOCABULARY.has(word)) return word;
  }
  return likely;
};

const tokenAround = (text: string, at: number): string => {
  let start = at;
  let end = at;
  while (start > 0 && at - start < LONGEST_TOKEN && IN_TOKEN.test(text.charAt(start - 1))) start--;
  while (end < text.length && end - at < LONGEST_TOKEN && IN_TOKEN.test(text.charAt(end))) end++;
  return text.slice(start, end);
};

/** An exclamation mark at the end of a word is more likely one than a letter. */
const readWord = (token: string): string => {
  const body = token.endsWith('!') ? token.slice(0, -1) : token;
  return read(body) + token.slice(body.length);
};

/** Whether digits and signs make a telling word; reading every token would cost more than all rules together. */
const isTelling = (text: string): boolean =>
  MIXTURES.some((mixture) => {
    mixture.lastIndex = 0;
    for (let hit = mixture.exec(text); hit; hit = mixture.exec(text)) {
      const token = tokenAround(text, hit.index);
      if (token.length < SHORTEST_TELLING || token.length > LONGEST_WORD) continue;
      const word = readWord(token);
      if (word.length >= SHORTEST_TELLING && VOCABULARY.has(word.replace('!', ''))) return true;
    }
    return false;
  });

/** Folded text with digits in words read as letters (`1gn0r3`), of the same length; undefined if no word comes of it. */
export const readLeetspeak = ({ text, span, hiddenIn }: View): View | undefined => {
  if (!isTelling(text)) return undefined;
  const plain = text
    .replaceAll(TOKEN, (token) => (HAS_BOTH.test(token) ? readWord(token) : token))
    .replaceAll(DIGITS, (token) => {
      const word = read(token);
      return VOCABULARY.has(word) ? word : token;
    });
  return { text: plain, span, hiddenIn: [...hiddenIn, 'leetspeak'] };
};
