import { CLEAR, type InjectionMatch } from './match';
import type { Seen } from './shared-gate';
import { STRONG_TRAITS } from './traits-strong';
import type { Trait } from './trait';
import type { View } from './view';
import { WEAK_TRAITS } from './traits-weak';

/** Sum of weights from which a text counts as a persona jailbreak. */
const PERSONA_FROM = 3;

/** The strong ones first. */
export const TRAITS: readonly Trait[] = [...STRONG_TRAITS, ...WEAK_TRAITS];
const INDEXED = TRAITS.map((trait, index) => ({ ...trait, index, isStrong: index < STRONG_TRAITS.length }));

/** The persona score of a folded text: which traits are there, and the span from the first to the last. */
export const scorePersona = (original: string, { text, span }: View, seen: Seen): InjectionMatch | undefined => {
  const possible = INDEXED.filter(({ index }) => seen.has(index));
  let within = possible.reduce((sum, { weight }) => sum + weight, 0);
  let score = 0;
  let first = text.length;
  let last = 0;
  const signals: string[] = [];
  for (const { id, weight, pattern, isStrong } of possible) {
    // No strong trait, or too little left: the verdict is known before the other patterns have run.
    if (score + within < PERSONA_FROM || (signals.length === 0 && !isStrong)) return undefined;
    within -= weight;
    const hit = pattern.exec(text);
    if (!hit) continue;
    score += weight;
    signals.push(id);
    first = Math.min(first, hit.index);
    last = Math.max(last, hit.index + hit[0].length);
  }
  if (score < PERSONA_FROM) return undefined;
  const [start, end] = span(first, last);
  return {
    detector: 'persona',
    type: 'RoleReversal',
    severity: 'medium',
    start,
    end,
    value: original.slice(start, end),
    confidence: Math.min(0.95, 0.5 + score / 20),
    context: CLEAR,
    signals,
  };
};
