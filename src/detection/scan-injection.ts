import { entropy } from './checksums';
import { type ContextFlags, contextOf, isBenign, severityIn } from './context-flags';
import { contains, type PatternSet, SEVERITIES, type Severity } from './detector';
import { fold, type Folded } from './fold';
import { buildGate } from './gate';
import { INJECTION } from './injection';
import type { InjectionRule, InjectionType } from './injection-rule';
import { decodePayloads, type Payload } from './payloads';
import { PERSONA_FROM, TRAITS } from './persona';

/** An attempt to steer the model. Offsets are UTF-16 code units of the scanned text. */
export interface InjectionMatch {
  detector: string;
  type: InjectionType;
  /** After context. */
  severity: Severity;
  start: number;
  end: number;
  value: string;
  /** 0 to 1. */
  confidence: number;
  context: ContextFlags;
  /** What speaks for it: rules, persona traits, and the coding it was hidden in. */
  signals: string[];
}

const gate = buildGate([...INJECTION, ...TRAITS].map(({ hints }) => hints));

const MOST_PER_RULE = 20;
const CLEAR: ContextFlags = { isQuoted: false, isAcademic: false, isTesting: false, isNegation: false };
const SURER: ReadonlySet<InjectionType> = new Set(['IgnorePrevious', 'SystemRole', 'JailbreakKeyword']);

/** Contract 5.18: .8, less .3 in a benign context; more for random text, the plainest types and long matches. */
const confidenceOf = (type: InjectionType, value: string, flags: ContextFlags): number =>
  0.8 -
  (isBenign(flags) ? 0.3 : 0) +
  (entropy(value) > 4.5 ? 0.1 : 0) +
  (SURER.has(type) ? 0.1 : 0) +
  (value.length > 50 ? 0.05 : 0);

const ruleMatches = (rule: InjectionRule, text: string, folded: Folded): InjectionMatch[] => {
  const found: InjectionMatch[] = [];
  for (const hit of folded.text.matchAll(rule.pattern)) {
    if (found.length >= MOST_PER_RULE) break;
    const end = hit.index + hit[0].length;
    const start = folded.origin[hit.index] ?? 0;
    const value = text.slice(start, folded.origin[end] ?? text.length);
    if (value === '' || (rule.spelling && !rule.spelling.test(value))) continue;
    const context = contextOf(folded.text, hit.index, end);
    found.push({
      detector: rule.id,
      type: rule.type,
      severity: severityIn(rule.severity, context),
      start,
      end: start + value.length,
      value,
      confidence: confidenceOf(rule.type, value, context),
      context,
      signals: [rule.id],
    });
  }
  return found;
};

/** The persona score: which traits are there, and the span from the first to the last. */
const personaMatch = (text: string, folded: Folded, possible: Uint8Array): InjectionMatch[] => {
  let score = 0;
  let first = folded.text.length;
  let last = 0;
  const signals: string[] = [];
  TRAITS.forEach((trait, i) => {
    const hit = possible[INJECTION.length + i] === 1 ? trait.pattern.exec(folded.text) : null;
    if (!hit) return;
    score += trait.weight;
    signals.push(trait.id);
    first = Math.min(first, hit.index);
    last = Math.max(last, hit.index + hit[0].length);
  });
  if (score < PERSONA_FROM || !signals.some((id) => STRONG.has(id))) return [];
  const start = folded.origin[first] ?? 0;
  const end = folded.origin[last] ?? text.length;
  const value = text.slice(start, end);
  const context = CLEAR;
  return [
    {
      detector: 'persona',
      type: 'RoleReversal',
      severity: 'medium',
      start,
      end,
      value,
      confidence: Math.min(0.95, 0.5 + score / 20),
      context,
      signals,
    },
  ];
};
/** Traits of which one must be there: the others alone also describe honest role play. */
const STRONG: ReadonlySet<string> = new Set([
  'unbound',
  'defies_rules',
  'amoral',
  'never_refuses',
  'in_character',
  'two_answers',
  'wants_harm',
]);

const scanPlain = (text: string, set: PatternSet): InjectionMatch[] => {
  const folded = fold(text);
  const possible = gate(folded.text);
  const found = INJECTION.flatMap((rule, i) =>
    possible[i] === 1 && contains(set, rule.set) ? ruleMatches(rule, text, folded) : [],
  );
  if (contains(set, 'relaxed')) found.push(...personaMatch(text, folded, possible));
  return found;
};

/** What a payload holds keeps the severity it has in clear; coded prose without a known attack is only odd. */
const payloadMatch = (text: string, payload: Payload, set: PatternSet): InjectionMatch | undefined => {
  const inner = scanPlain(payload.text, set);
  if (inner.length === 0 && !contains(set, 'relaxed')) return undefined;
  const worst = inner.reduce<Severity>(
    (worst, { severity }) => (SEVERITIES.indexOf(severity) > SEVERITIES.indexOf(worst) ? severity : worst),
    'medium',
  );
  return {
    detector: `encoded_${payload.coding}`,
    type: 'EncodedInstruction',
    severity: worst,
    start: payload.start,
    end: payload.end,
    value: text.slice(payload.start, payload.end),
    confidence: inner.length === 0 ? 0.5 : 0.9,
    context: CLEAR,
    signals: [payload.coding, ...new Set(inner.flatMap(({ signals }) => signals))],
  };
};

/**
 * Finds attempts to steer a model, also behind look-alike and invisible characters and one layer of coding. In order of
 * position; matches of different rules may overlap.
 */
export const scanInjection = (text: string, set: PatternSet): InjectionMatch[] => {
  const found = scanPlain(text, set);
  for (const payload of decodePayloads(text)) {
    const match = payloadMatch(text, payload, set);
    if (match) found.push(match);
  }
  const bonus = Math.min(0.05 * found.length, 0.15);
  return found
    .map((match) => ({ ...match, confidence: Math.round(Math.min(1, match.confidence + bonus) * 100) / 100 }))
    .toSorted((a, b) => a.start - b.start);
};
