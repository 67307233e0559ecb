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
 * The piece of evidence that says what a claim says, as far as words can tell: it holds every figure and every name of the claim
 * and most of its other words, and denies no more and no less. It is meant to doubt rather than to believe.
 */
export const supportFor = (claim: Statement, evidence: readonly Statement[]): Statement | undefined =>
  evidence.find(
    (piece) =>
      piece.isNegated === claim.isNegated &&
      missing(claim.numbers, piece.numbers).length === 0 &&
      namesMissing(claim, piece).length === 0 &&
      share(claim.stems, piece.stems) >= ENOUGH,
  );

/** Share of a claim's other words that a piece has to hold to be about the same thing. */
const SAME_MATTER = 0.75;

/**
 * The piece of evidence that says otherwise: the same but for one thing, a figure, a name, or a denial. What differs in more
 * may well be about something else.
 */
export const contradictionOf = (claim: Statement, evidence: readonly Statement[]): Statement | undefined =>
  evidence.find((piece) => {
    const figures = differences(missing(claim.numbers, piece.numbers), missing(piece.numbers, claim.numbers));
    const names = differences(namesMissing(claim, piece), namesMissing(piece, claim));
    const denial = piece.isNegated === claim.isNegated ? 0 : 1;
    const words = [...claim.stems].filter((stem) => ![...claim.names].some((name) => stemOf(name) === stem));
    if (words.length === 0 && denial === 0 && claim.names.size < 2) return false;
    return figures + names + denial === 1 && share(new Set(words), piece.stems) >= SAME_MATTER;
  });

/** 0 where nothing is missing, 1 where one thing stands for another, and too many otherwise. */
const differences = (lacking: readonly string[], instead: readonly string[]): number => {
  if (lacking.length === 0) return 0;
  return lacking.length === 1 && instead.length === 1 ? 1 : Infinity;
};

const missing = (wanted: ReadonlySet<string>, held: ReadonlySet<string>): string[] =>
  [...wanted].filter((one) => !held.has(one));

const namesMissing = ({ names }: Statement, { stems }: Statement): string[] =>
  [...names].filter((name) => !stems.has(stemOf(name)));

const share = (wanted: ReadonlySet<string>, held: ReadonlySet<string>): number =>
  wanted.size === 0 ? 1 : [...wanted].filter((stem) => held.has(stem)).length / wanted.size;
