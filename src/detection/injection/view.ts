/**
 * A text as it can also be read, e.g. with the letters of a cipher put back. What is found in it is reported where it stands
 * in the text that was scanned.
 */
export interface View {
  text: string;
  /** The UTF-16 span of the scanned text that became `text.slice(start, end)`. */
  span: (start: number, end: number) => readonly [start: number, end: number];
  /** What the text was hidden in, the outermost first; empty for the text itself. */
  hiddenIn: readonly string[];
}

/** `origin[i]` is the offset of what became `text[i]`, with one entry more than the text is long. */
export const alongOrigin =
  (origin: ArrayLike<number>, outer?: View['span']): View['span'] =>
  (start, end) => {
    const from = origin[start] ?? 0;
    const to = Math.max(from, origin[end] ?? 0);
    return outer ? outer(from, to) : [from, to];
  };
