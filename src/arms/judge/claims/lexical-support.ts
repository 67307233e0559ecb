import { sentencesOf } from './claims';
import { type Statement, readStatement, stemOf } from './statement';

/** Share of a claim's words that a sentence has to hold to support it. */
const ENOUGH = 0.6;

const REFERS_BACK = /^(?:it|its|he|his|she|her|they|their|this|these|that|those)\b/i;

/** The evidence in pieces that can each support a claim: sentences, those that refer back together with the one before. */
export const readEvidence = (texts: readonly string[]): Statement[] =>
  texts.flatMap((text) => {
    const sentences = sentencesOf(text);
    return sentences.map((sentence, at) => {
      const before = REFERS_BACK.test(sentence) ? sentences[at - 1] : undefined;
      return readStatement(before === undefined ? sentence : `${before} ${sentence}`);
    });
  });

/**
 * Whether the evidence says what a claim says, as far as words can tell: one piece of it holds every figure and every name of
 * the claim and most of its other words, and denies no more and no less. It is meant to doubt rather than to believe.
 */
export const isBorneOut = (claim: Statement, evidence: readonly Statement[]): boolean =>
  evidence.some(
    (piece) =>
      piece.isNegated === claim.isNegated &&
      [...claim.numbers].every((number) => piece.numbers.has(number)) &&
      [...claim.names].every((name) => piece.stems.has(stemOf(name))) &&
      share(claim.stems, piece.stems) >= ENOUGH,
  );

const share = (wanted: ReadonlySet<string>, held: ReadonlySet<string>): number =>
  wanted.size === 0 ? 1 : [...wanted].filter((stem) => held.has(stem)).length / wanted.size;
