const ASCII = 0x80;

/** A set of ASCII characters, given as a pattern for one of them. */
export const characters = (pattern: RegExp): Uint8Array =>
  Uint8Array.from({ length: ASCII }, (_, code) => (pattern.test(String.fromCharCode(code)) ? 1 : 0));

/**
 * Where `length` or more characters of a set stand in a row: pairs of beginning and end. Looks at every `length`-th character
 * first, one of which such a run must hold, and so reads only a small part of most texts.
 */
export const runsOf = (text: string, set: Uint8Array, length: number, most = Infinity): number[] => {
  const runs: number[] = [];
  for (let probe = length - 1; probe < text.length && runs.length < 2 * most; probe += length) {
    if (set[text.charCodeAt(probe)] !== 1) continue;
    let start = probe;
    while (start > 0 && set[text.charCodeAt(start - 1)] === 1) start--;
    let end = probe + 1;
    while (end < text.length && set[text.charCodeAt(end)] === 1) end++;
    if (end - start >= length) runs.push(start, end);
    // The character at the end is in no run: the next one begins behind it.
    probe = end;
  }
  return runs;
};

/** Whether there is such a run. */
export const hasRun = (text: string, set: Uint8Array, length: number): boolean =>
  runsOf(text, set, length, 1).length > 0;
