const LETTERS = Array.from('abcdefghijklmnopqrstuvwxyz');
const HEX_DIGITS = Array.from('0abcdef');

/** Every letter before some digits: `0` stands for any digit. */
export const letterThen = (digits: string): string[] => LETTERS.map((letter) => letter + digits);

/** A digit before every letter. */
export const DIGIT_THEN_LETTER = LETTERS.map((letter) => `0${letter}`);

/** A separator between any two hexadecimal digits, where sentences would have a space behind it. */
export const betweenHex = (separator: string): string[] =>
  HEX_DIGITS.flatMap((before) => HEX_DIGITS.map((after) => before + separator + after));
