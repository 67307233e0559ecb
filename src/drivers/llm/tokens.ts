import type { ChatRequest } from './llm.port';

/** What tokenizers never join: words by their capitals, numbers, line breaks, runs of punctuation, other scripts. */
const PIECES = /[A-Z]?[a-z]+|[A-Z]+|\d+|\n\s*|[ \t]{2,}|[!-/:-@[-`{-~]+|\P{ASCII}+/gu;
/** Characters of a piece behind one token, at least. A word of ordinary text has three to four. */
const LETTERS_PER_TOKEN = 3;
const OTHERS_PER_TOKEN = 2;
/** UTF-8 bytes of other scripts behind one token: 2 tokens for a Chinese character, nearly 3 for an emoji. */
const BYTES_PER_TOKEN = 1.5;
/** What chat templates put around a message and around the whole prompt. */
const TOKENS_PER_MESSAGE = 8;
const TOKENS_PER_PROMPT = 16;

const tokensOfPiece = (piece: string): number => {
  if (/^[A-Z]?[a-z]/.test(piece)) return Math.ceil(piece.length / LETTERS_PER_TOKEN);
  if (/^\s/.test(piece)) return 1;
  if (/^\P{ASCII}/u.test(piece)) return Math.ceil(Buffer.byteLength(piece) / BYTES_PER_TOKEN);
  return Math.ceil(piece.length / OTHERS_PER_TOKEN);
};

/**
 * A conservative estimate of the tokens in a text: about half more than GPT's tokenizers make of prose, program text and JSON,
 * which leaves room for those that cut finer (Claude's since 4.7 make 30 % more). Not a proof: a text made to be awkward can
 * pass it. The certain bound, one token per byte, is four times too high for ordinary text and would refuse tasks that fit.
 */
export const tokensAtMost = (text: string): number =>
  (text.match(PIECES) ?? []).reduce((sum, piece) => sum + tokensOfPiece(piece), 0);

/** The same for a whole prompt. The schema is part of it, be it a parameter or given in words. */
export const promptTokensAtMost = ({ messages, jsonSchema }: Pick<ChatRequest, 'messages' | 'jsonSchema'>): number =>
  messages.reduce((sum, { content }) => sum + tokensAtMost(content) + TOKENS_PER_MESSAGE, TOKENS_PER_PROMPT) +
  (jsonSchema === undefined ? 0 : tokensAtMost(JSON.stringify(jsonSchema)));
