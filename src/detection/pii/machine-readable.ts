const WEIGHTS = [7, 3, 1];
const valueOf = (character: string): number => (character === '<' ? 0 : parseInt(character, 36));

/** ICAO 9303-3, section 4.9: weights 7, 3, 1 over digits and letters from A = 10, with `<` as 0. */
const isChecked = (text: string, digit: string): boolean =>
  Array.from(text).reduce((sum, character, i) => sum + valueOf(character) * (WEIGHTS[i % 3] ?? 0), 0) % 10 ===
  valueOf(digit);

/** The second line of a passport (ICAO 9303-4): 44 characters, in which number, birth, expiry and all of it are checked. */
export const isPassportLine = (line: string): boolean =>
  isChecked(line.slice(0, 9), line.charAt(9)) &&
  isChecked(line.slice(13, 19), line.charAt(19)) &&
  isChecked(line.slice(21, 27), line.charAt(27)) &&
  isChecked(line.slice(0, 10) + line.slice(13, 20) + line.slice(21, 43), line.charAt(43));
