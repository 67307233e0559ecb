import { BREAKS, readJoined, readSpaced } from './spacing';
import { type Budget, compileRules, type InjectionMatch, matchRules, MOST_MATCHES } from './match';
import { buildSharedGate, type Seen } from './shared-gate';
import { CIPHERS, decipher } from './ciphers';
import { contains, type PatternSet } from '../core/detector';
import { fold, type Folded } from '../core/fold';
import type { InjectionRule, InjectionType, Trust } from './rule';
import { scorePersona, TRAITS } from './persona';
import { addHidden } from './hidden';
import { decodePayloads } from './payloads';
import { INJECTION } from './rules';
import { judgeView } from './judge-view';
import { readLeetspeak } from './leetspeak';
import { unescapeText } from './escapes';
import { UNTRUSTED } from './untrusted';
import type { View } from './view';

export type { InjectionMatch } from './match';
export type { Trust } from './rule';

export interface InjectionOptions {
  set: PatternSet;
  trust: Trust;
}

/** A coding within a coding is still read; what lies deeper no model reads unaided. */
const MOST_LAYERS = 2;

/** Letters of scripts other than Latin, and of none that punctuation and pictures belong to. */
const OTHER_SCRIPT = /[\u0370-\u1fff\u3040-\ud7ff]/;
const isOther = ({ hints }: InjectionRule): boolean =>
  hints.length > 0 && hints.every((hint) => OTHER_SCRIPT.test(hint));
const LATIN = INJECTION.filter((rule) => !isOther(rule));
const OTHER = INJECTION.filter(isOther);
const LATIN_RULES = compileRules(LATIN);
const OTHER_RULES = compileRules(OTHER);
const UNTRUSTED_RULES = compileRules(UNTRUSTED);

const gate = buildSharedGate({
  rules: LATIN,
  untrusted: UNTRUSTED,
  traits: TRAITS,
  ciphers: CIPHERS,
  breaks: BREAKS,
});
/** Rules for other scripts have a gate of their own, which a text without such letters is spared. */
const otherGate = buildSharedGate({ rules: OTHER });

/** One scan: what it looks for, what it may still spend, and what it has found. */
interface Search {
  original: string;
  set: PatternSet;
  trust: Trust;
  budget: Budget;
  found: InjectionMatch[];
}

const matchesIn = (search: Search, view: View, seen: ReturnType<typeof gate>): InjectionMatch[] => {
  const { original, set, trust } = search;
  const isRelaxed = contains(set, 'relaxed');
  const matches = matchRules(LATIN_RULES, seen.rules, { ...search, view });
  if (trust === 'untrusted') matches.push(...matchRules(UNTRUSTED_RULES, seen.untrusted, { ...search, view }));
  if (OTHER_SCRIPT.test(view.text))
    matches.push(...matchRules(OTHER_RULES, otherGate(view.text).rules, { ...search, view }));
  const credence =
    isRelaxed && trust === 'untrusted'
      ? 'untrusted text'
      : isRelaxed || trust === 'untrusted'
        ? 'all signs'
        : 'sure signs';
  return [
    ...matches,
    isRelaxed ? scorePersona(original, view, seen.traits) : undefined,
    contains(set, 'standard') ? judgeView(original, view, credence) : undefined,
  ].filter((match) => match !== undefined);
};

/** A folded text as a view, for something that may itself be the view of a text. */
const viewOf = (raw: View, folded: Folded, ...hiddenIn: string[]): View => ({
  text: folded.text,
  span: (start, end) => raw.span(folded.origin[start] ?? 0, folded.origin[end] ?? raw.text.length),
  hiddenIn: [...raw.hiddenIn, ...hiddenIn],
});

const readingsOf = (plain: View, seen: { breaks: Seen; ciphers: Seen }): View[] => {
  const leetspeak = readLeetspeak(plain);
  return [
    leetspeak,
    readSpaced(plain, seen.breaks.has(0)),
    leetspeak && readSpaced(leetspeak, true),
    readJoined(plain),
    ...decipher(plain, seen.ciphers.has),
  ].filter((view) => view !== undefined);
};

/** Looks for attacks in a text and in everything it can be read as. */
const searchText = (search: Search, raw: View, layers: number): void => {
  const folded = fold(raw.text);
  const plain = viewOf(raw, folded);
  const seen = gate(plain.text);
  const matches = matchesIn(search, plain, seen);
  if (layers === 0) search.found.push(...matches);
  else addHidden(search.found, matches, raw.hiddenIn);

  const readings = readingsOf(plain, seen);
  // Where some words mix scripts, others may be spelled in look-alikes altogether.
  if (folded.hasMixedWords) readings.push(viewOf(raw, fold(raw.text, true), 'look_alikes'));
  for (const view of readings) addHidden(search.found, matchesIn(search, view, gate(view.text)), view.hiddenIn);

  if (layers >= MOST_LAYERS) return;
  const unescaped = unescapeText(raw);
  if (unescaped) searchText(search, unescaped, layers + 1);
  for (const decoded of decodePayloads(raw)) searchText(search, decoded, layers + 1);
};

const OVERRIDES: ReadonlySet<InjectionType> = new Set([
  'IgnorePrevious',
  'ContextSwitching',
  'SystemRole',
  'MultilingualBypass',
]);
const UNTRUSTED_IDS: ReadonlySet<string> = new Set(UNTRUSTED.map(({ id }) => id));

/** An order that stands beside an override is meant: somebody takes over. */
const escalate = (found: readonly InjectionMatch[]): InjectionMatch[] => {
  const isTakenOver = found.some(
    ({ detector, type, severity }) =>
      OVERRIDES.has(type) &&
      !UNTRUSTED_IDS.has(detector) &&
      detector !== 'classifier' &&
      (severity === 'critical' || severity === 'high'),
  );
  return found.map((match) =>
    isTakenOver && UNTRUSTED_IDS.has(match.detector) && match.severity === 'high'
      ? { ...match, severity: 'critical' }
      : match,
  );
};

/**
 * Finds attempts to steer a model, also behind look-alike and invisible characters, changed spelling, ciphers and up to two
 * layers of coding. In order of position; matches of different rules may overlap. At most 200 matches of rules are looked at.
 * Linear in the text's length; never throws.
 */
export const scanInjection = (text: string, { set, trust }: InjectionOptions): InjectionMatch[] => {
  const search: Search = { original: text, set, trust, budget: { matches: MOST_MATCHES }, found: [] };
  searchText(search, { text, span: (start, end) => [start, end], hiddenIn: [] }, 0);
  const found = escalate(search.found);
  const bonus = Math.min(0.05 * found.length, 0.15);
  return found
    .map((match) => ({ ...match, confidence: Math.round(Math.min(1, match.confidence + bonus) * 100) / 100 }))
    .toSorted((a, b) => a.start - b.start);
};
