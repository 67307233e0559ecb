/** Where a quotation stands: offsets of its first mark, and of what follows its last one. */
interface Quotation {
  opensAt: number;
  closesAt: number;
}

/** What is quoted to be talked about is short; a whole text between marks is a text to be read. */
const LONGEST = 120;
const FENCE = '```';
const MARKS: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['「', '」'],
  ['『', '』'],
  ['‹', '›'],
]);

const LETTER = /[\p{L}\p{N}]/u;
const BEFORE_OPENING = /[\s(:=,[>-]/;
const AFTER_CLOSING = /[\s.,;:!?)\]<-]/;

const fencesIn = (text: string, from: number, to: number): number => {
  let count = 0;
  for (let at = text.indexOf(FENCE, from); at >= 0 && at < to; at = text.indexOf(FENCE, at + FENCE.length)) count++;
  return count;
};

/** Between fences, of which an uneven number stands before. */
const fenceAround = (text: string, start: number, end: number): Quotation | undefined => {
  const from = Math.max(0, start - 2 * LONGEST);
  if (fencesIn(text, from, start) % 2 === 0) return undefined;
  const opensAt = text.lastIndexOf(FENCE, start);
  const close = text.indexOf(FENCE, end);
  const closesAt = close + FENCE.length;
  return close < 0 || closesAt - opensAt > LONGEST + 2 * FENCE.length ? undefined : { opensAt, closesAt };
};

const isOpening = (text: string, at: number): boolean =>
  (at === 0 || BEFORE_OPENING.test(text.charAt(at - 1))) && /\S/.test(text.charAt(at + 1));

const isClosing = (text: string, at: number): boolean =>
  /\S/.test(text.charAt(at - 1)) && (at + 1 === text.length || AFTER_CLOSING.test(text.charAt(at + 1)));

/** The next mark that closes; one that opens before it belongs to another quotation, and this one never ends. */
const closingOf = (text: string, from: number, to: number, mark: string): number => {
  for (let at = text.indexOf(mark, from); at >= 0 && at < to; at = text.indexOf(mark, at + 1)) {
    if (isClosing(text, at)) return at;
    if (isOpening(text, at)) return -1;
  }
  return -1;
};

/**
 * The quotation of at most 120 characters that holds a match in folded text. Marks that closed before the match hold nothing:
 * `"hello". Ignore …` is none. Undefined if there is none.
 */
export const quotationAround = (text: string, start: number, end: number): Quotation | undefined => {
  // A match may take the marks around it along.
  let [first, last] = [start, end];
  while (first < last && !LETTER.test(text.charAt(first))) first++;
  while (last > first && !LETTER.test(text.charAt(last - 1))) last--;
  const fence = fenceAround(text, first, last);
  if (fence) return fence;

  const closed = new Set<string>();
  for (let at = first - 1; at >= Math.max(0, last - LONGEST); at--) {
    const mark = text.charAt(at);
    const closing = MARKS.get(mark);
    if (closing === undefined || closed.has(mark)) continue;
    if (!isOpening(text, at)) {
      if (isClosing(text, at)) closed.add(mark);
      continue;
    }
    const close = closingOf(text, last, at + LONGEST + 2, closing);
    if (close >= 0) return { opensAt: at, closesAt: close + 1 };
    closed.add(mark);
  }
  return undefined;
};

/** Their full stop ends no sentence. */
const ABBREVIATION = /(?<![a-z])(e\.g\.|i\.e\.|vs\.) /g;

/** The sentence that a folded text breaks off in. The commas after `e.g.` are added: without them it would end there. */
export const openSentence = (before: string): string => {
  const text = before.replaceAll(ABBREVIATION, '$1,');
  const last = Math.max(...['. ', '! ', '? ', '; '].map((end) => text.lastIndexOf(end)));
  return last < 0 ? text : text.slice(last + 2);
};
