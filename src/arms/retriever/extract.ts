/** Sentences quoted from one passage, passages quoted, and characters of one quote. */
const LIMITS = { sentences: 2, passages: 3, characters: 400 } as const;

const STOP_WORDS = new Set(
  'a an and are as at be by can do does for from how i in is it its me my of on or our please tell that the this to us was we what when where which who why will with you your about'.split(
    ' ',
  ),
);

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

const sentencesOf = (text: string): string[] =>
  text
    .split(/(?<=[.!?])\s+|\n{2,}|\n(?=[-*#\d])/)
    .map((sentence) => sentence.replace(/\s+/g, ' ').trim())
    .filter((sentence) => sentence !== '');

/**
 * An answer made of quotes alone: from each of the best passages the sentences that share most words with the query, in the
 * order in which they stand, each passage with its number `[n]`.
 */
export const extract = (query: string, passages: readonly { content: string }[]): string => {
  const asked = new Set(wordsOf(query).filter((word) => !STOP_WORDS.has(word)));
  return passages
    .slice(0, LIMITS.passages)
    .map(({ content }, index) => `"${bestSentences(content, asked)}" [${index + 1}]`)
    .join('\n');
};

const bestSentences = (content: string, asked: ReadonlySet<string>): string => {
  const scored = sentencesOf(content).map((sentence, at) => ({
    sentence,
    at,
    score: new Set(wordsOf(sentence).filter((word) => asked.has(word))).size,
  }));
  const quote = scored
    .toSorted((a, b) => b.score - a.score || a.at - b.at)
    .slice(0, LIMITS.sentences)
    .filter(({ score }, rank) => rank === 0 || score > 0)
    .toSorted((a, b) => a.at - b.at)
    .map(({ sentence }) => sentence)
    .join(' … ');
  return quote.length > LIMITS.characters ? `${quote.slice(0, LIMITS.characters).trimEnd()} …` : quote;
};
