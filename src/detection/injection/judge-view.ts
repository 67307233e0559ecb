import { ATTACK_FROM_UNTRUSTED, ATTACK_FROM_USER, attackScore } from './classifier/classify';
import { CLEAR, type InjectionMatch } from './match';
import type { View } from './view';

/**
 * The score from which the model's word is believed without a rule in sets whose alarms must be rare. Above what the model
 * recommends, because its harmless examples are prompts, not all that is written.
 */
const SURE_FROM = 0.995;
/** In a text of fewer words a single one tips the score; attacks so short are known by rules. */
const FEWEST_WORDS = 20;
const WORD = /(?<=^|\s)\p{L}{2,}(?=[\s.,;:!?'"]|$)/gu;

const hasEnoughWords = (text: string): boolean => {
  WORD.lastIndex = 0;
  for (let count = 0; count < FEWEST_WORDS; count++) if (!WORD.test(text)) return false;
  return true;
};

/** How readily the model's word is believed. */
type Credence = 'untrusted text' | 'all signs' | 'sure signs';

const FROM: Readonly<Record<Credence, number>> = {
  'untrusted text': ATTACK_FROM_UNTRUSTED,
  'all signs': ATTACK_FROM_USER,
  'sure signs': SURE_FROM,
};

/** What the learned model says of a view as a whole. It never blocks by itself. */
export const judgeView = (original: string, { text, span }: View, credence: Credence): InjectionMatch | undefined => {
  if (!hasEnoughWords(text)) return undefined;
  const { score, signals } = attackScore(text);
  if (score < FROM[credence]) return undefined;
  const [start, end] = span(0, text.length);
  return {
    detector: 'classifier',
    type: 'ContextSwitching',
    // Its match is a whole text: what is graver would be taken out of documents, all of it.
    severity: 'medium',
    start,
    end,
    value: original.slice(start, end),
    confidence: Math.min(0.9, score),
    context: CLEAR,
    signals,
  };
};
