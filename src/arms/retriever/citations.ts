/** Numbers cited as `[n]` in a text, in order of first mention. */
export const citedNumbers = (text: string): number[] => [
  ...new Set([...text.matchAll(/\[(\d{1,3})\]/g)].map(([, digits]) => Number(digits))),
];

/**
 * Takes out citations of passages that do not exist: models invent them, and a reader would look in vain.
 * `passages` is how many there are, numbered from 1. A reply that is JSON is left as it is: `[1]` is an array there.
 */
export const dropFalseCitations = (text: string, passages: number): { text: string; dropped: number[] } => {
  if (isJson(text)) return { text, dropped: [] };
  const dropped = citedNumbers(text).filter((number) => number < 1 || number > passages);
  const kept = text.replace(/[^\S\n]?\[(\d{1,3})\]/g, (whole, digits: string) =>
    dropped.includes(Number(digits)) ? '' : whole,
  );
  return { text: kept, dropped };
};

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};
