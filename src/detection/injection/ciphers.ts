import type { Gated, Possible } from './shared-gate';
import type { View } from './view';

const ALPHABET = 26;
const FIRST = 'a'.charCodeAt(0);

const substitute = (text: string, place: (letter: number) => number): string => {
  const codes = new Uint16Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const letter = text.charCodeAt(i) - FIRST;
    codes[i] = letter >= 0 && letter < ALPHABET ? FIRST + place(letter) : letter + FIRST;
  }
  return Buffer.from(codes.buffer).toString('utf16le');
};
const shifted = (text: string, by: number): string => substitute(text, (letter) => (letter + by) % ALPHABET);
const mirrored = (text: string): string => substitute(text, (letter) => ALPHABET - 1 - letter);
const reversed = (text: string): string => {
  const codes = new Uint16Array(text.length);
  for (let i = 0; i < text.length; i++) codes[i] = text.charCodeAt(text.length - 1 - i);
  return Buffer.from(codes.buffer).toString('utf16le');
};
const WORD = /[^\s.,;:!?"()]{2,40}/g;

/** Words that hardly an attack, or hardly a text, does without. In a cipher they look like no word of any language. */
const TELLING = ['instruction', 'previous', 'password', 'disregard', 'override', 'restrict', 'developer', 'character'];
const SHORTER = ['ignore', 'system', 'prompt', 'reveal', 'forget', 'secret', 'without', 'answer', 'should', 'people'];
const ROT13 = 13;

/** A reading of the whole text, letter by letter, that is only tried when one of its literals is there. */
interface Cipher extends Gated {
  id: string;
  read: (text: string) => string;
  isMirrored?: true;
}
export const CIPHERS: readonly Cipher[] = [
  ...Array.from({ length: ALPHABET - 1 }, (_, i): Cipher => {
    const by = i + 1;
    const words = by === ROT13 ? [...TELLING, ...SHORTER] : TELLING.slice(0, 4);
    return {
      id: by === ROT13 ? 'rot13' : 'caesar',
      hints: words.map((word) => shifted(word, ALPHABET - by)),
      read: (text) => shifted(text, by),
    };
  }),
  { id: 'atbash', hints: TELLING.map(mirrored), read: mirrored },
  { id: 'reversed', hints: [...TELLING, ...SHORTER].map(reversed), read: reversed, isMirrored: true },
  {
    id: 'reversed',
    hints: [...TELLING, ...SHORTER].map(reversed),
    read: (text) => text.replaceAll(WORD, reversed),
  },
];

/** Folded text with letters shifted, mirrored in the alphabet, or written backwards. None for text without such words. */
export const decipher = ({ text, span, hiddenIn }: View, isPossible: Possible): View[] =>
  CIPHERS.flatMap(({ id, read, isMirrored }, i) =>
    isPossible(i)
      ? [
          {
            text: read(text),
            span: isMirrored ? (start: number, end: number) => span(text.length - end, text.length - start) : span,
            hiddenIn: [...hiddenIn, id],
          },
        ]
      : [],
  );
