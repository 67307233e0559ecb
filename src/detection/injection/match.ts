import { contains, type PatternSet, SEVERITIES, type Severity } from '../core/detector';
import { type ContextFlags, contextOf, isBenign, severityIn, severityOfOverride } from './context-flags';
import type { InjectionRule, InjectionType, Trust } from './rule';
import type { Seen } from './shared-gate';
import { entropy } from '../core/entropy';
import type { Ranges } from '../core/gate';
import type { View } from './view';
import { WindowedPattern } from '../core/windows';

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
  /** What speaks for it: rules, persona traits, words the classifier went by, and what it was hidden in. */
  signals: string[];
}

/** How many matches of a text may still be looked at. Shared by all views of the text, so that the whole stays bounded. */
export interface Budget {
  matches: number;
}
export const MOST_MATCHES = 200;
const MOST_PER_RULE = 20;

export const CLEAR: ContextFlags = { isQuoted: false, isAcademic: false, isTesting: false, isNegation: false };
const SURER: ReadonlySet<InjectionType> = new Set(['IgnorePrevious', 'SystemRole', 'JailbreakKeyword']);

/** Contract 5.18: .8, less .3 in a benign context; more for random text, the plainest types and long matches. */
const confidenceOf = (type: InjectionType, value: string, flags: ContextFlags): number =>
  0.8 -
  (isBenign(flags) ? 0.3 : 0) +
  (entropy(value) > 4.5 ? 0.1 : 0) +
  (SURER.has(type) ? 0.1 : 0) +
  (value.length > 50 ? 0.05 : 0);

export const isGraver = (one: Severity, other: Severity): boolean =>
  SEVERITIES.indexOf(one) > SEVERITIES.indexOf(other);

const LONGEST_INDENT = 24;
const LINE_START = /(?:^|[\r\n\u2028\u2029])[ \t>#*"'|/-]*$/;
const beginsLine = (text: string, at: number): boolean =>
  LINE_START.test(text.slice(Math.max(0, at - LONGEST_INDENT), at));

/** What is looked through, and how much of it still. */
interface Search {
  original: string;
  view: View;
  set: PatternSet;
  trust: Trust;
  budget: Budget;
}

const toMatch = (rule: InjectionRule, { original, view, trust }: Search, at: number, until: number) => {
  const [start, end] = view.span(at, until);
  const value = original.slice(start, end);
  if (value === '' || (rule.spelling && !rule.spelling.test(value))) return undefined;
  if (rule.atLineStart === true && view.hiddenIn.length === 0 && !beginsLine(original, start)) return undefined;
  const context = contextOf(view.text, at, until);
  const severity = severityIn(rule.severity, context, trust);
  return {
    detector: rule.id,
    type: rule.type,
    severity:
      rule.type === 'IgnorePrevious' && !isBenign(context)
        ? severityOfOverride(severity, view.text, at, until, trust)
        : severity,
    start,
    end,
    value,
    confidence: confidenceOf(rule.type, value, context),
    context,
    signals: [rule.id],
  };
};

/** A rule, ready to be searched for. */
interface CompiledRule {
  rule: InjectionRule;
  pattern: WindowedPattern;
}
export const compileRules = (rules: readonly InjectionRule[]): CompiledRule[] =>
  rules.map((rule) => ({ rule, pattern: new WindowedPattern(rule.pattern) }));

/**
 * At most 20 matches of one rule are reported, and further ones only if they are graver: quoting an attack many times must
 * not hide one that is meant.
 */
const addMatches = (
  found: InjectionMatch[],
  { rule, pattern }: CompiledRule,
  begins: Ranges | undefined,
  search: Search,
): void => {
  const { view, budget } = search;
  let count = 0;
  let worst: Severity = 'low';
  pattern.search(view.text, begins, (hit, offset) => {
    if (budget.matches-- <= 0) return true;
    const match = toMatch(rule, search, offset + hit.index, offset + hit.index + hit[0].length);
    if (!match) return false;
    const isWorse = isGraver(match.severity, worst);
    if (count < MOST_PER_RULE || isWorse) {
      found.push(match);
      count++;
    }
    if (isWorse) worst = match.severity;
    return count >= MOST_PER_RULE && worst === rule.severity;
  });
};

/** Finds all matches of those rules that are possible, in a view of `original` whose text is folded. */
export const matchRules = (rules: readonly CompiledRule[], seen: Seen, search: Search): InjectionMatch[] => {
  const found: InjectionMatch[] = [];
  rules.forEach((compiled, i) => {
    if (seen.has(i) && contains(search.set, compiled.rule.set))
      addMatches(found, compiled, seen.begins(i, compiled.pattern.reach), search);
  });
  return found;
};
