/** A text that needs no arm: its answer is known. */
export interface InstantReply {
  id: string;
  /** Against the whole text, trimmed, with single spaces; case does not matter. */
  pattern: RegExp;
  reply: string;
  positives: readonly string[];
  negatives: readonly string[];
}

const TO_WHOM = '(?:,? (?:there|all|everyone|octollm|team))?';
const END = '[ .!?¡¿。！？]*';

/** Matches texts that are one of the phrases and nothing else. Phrases are sources of patterns. */
export const anyOf = (...phrases: string[]): RegExp => new RegExp(`^[¡¿]?(?:${phrases.join('|')})${END}$`, 'iu');
/** The same, also with the name of whom it is said to. */
export const saidTo = (...phrases: string[]): RegExp =>
  new RegExp(`^[¡¿]?(?:${phrases.join('|')})${TO_WHOM}${END}$`, 'iu');
