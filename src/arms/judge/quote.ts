/** Too short to show anything. */
const SHORTEST = 3;

/** White space, and the quotation marks and dashes that models set right unasked, in one form. */
export const plain = (text: string): string =>
  text.replace(/[“”„]/g, '"').replace(/[‘’]/g, "'").replace(/[–—]/g, '-').replace(/\s+/g, ' ').trim();

/** Whether a passage really stands in one of the texts. */
export const occursIn = (quote: string, texts: readonly string[]): boolean => {
  const wanted = plain(quote);
  return wanted.length >= SHORTEST && texts.some((text) => plain(text).includes(wanted));
};
