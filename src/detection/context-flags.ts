import type { Severity } from './detector';

/** What around a match makes it talk about an attack rather than an attack. */
export interface ContextFlags {
  isQuoted: boolean;
  isAcademic: boolean;
  isTesting: boolean;
  isNegation: boolean;
}

const REACH = 160;

/** Talk about attacks: someone who explains, detects or studies them names both what is done and what it is done to. */
const STUDY =
  /(?<![a-z])(?:explain|describe|discuss|analy[sz]e|analysis|summari[sz]e|research|study|paper|essay|article|survey|thesis|lecture|report on|compare|why|how (?:do|does|can|to|would)|what (?:is|are|does|do)|define|translate|meaning of|teach|history of|write about)(?![a-z])/;
const TEST =
  /(?<![a-z])(?:detect(?:s|ion|or)?|classif(?:y|ier|ies)|filter(?:s|ing)?|flag(?:s|ged)?|block(?:s|ed)?|recogni[sz]e|scanner|validator|unit tests?|test cases?|test suite|regex|regular expression|sanitiz(?:e|er)|reject(?:s|ed)?|evaluat(?:e|ion)|guard against|prevent|protect against|moderation|red[- ]team)(?![a-z])/;
const SUBJECT =
  /(?<![a-z])(?:attacks?|prompt[- ]injections?|injections?|jailbreak(?:s|ing)?|phrases?|strings?|sentences?|inputs? (?:like|such as|containing)|prompts? (?:like|such as|containing)|expressions?|messages? (?:like|such as|containing|that say)|texts? (?:like|such as|containing)|attempts?|adversarial|malicious (?:input|prompt|text|instruction)s?|keywords?|patterns?|the words?|term)(?![a-z])/;
const NEGATION =
  /(?<![a-z])(?:do not|don't|never|must not|mustn't|should not|shouldn't|cannot|can't|won't|will not|not to|may not|without|refuse to|instead of|rather than|avoid) (?:ever |simply |just |blindly |try to |attempt to )?["']?$/;

/** True if quotation marks open right before the match, or within its sentence, and close right after its clause. */
const isQuoted = (text: string, start: number, end: number): boolean => {
  const line = text.slice(Math.max(0, start - REACH), start);
  for (let i = line.length - 1; i >= 0 && line.length - i <= 80; i--) {
    const mark = line.charAt(i);
    if (mark !== '"' && mark !== "'") continue;
    const opens = i === 0 || /[\s(:=,[]/.test(line.charAt(i - 1));
    if (!opens) return false;
    const close = text.indexOf(mark, end);
    return close >= 0 && close - end <= 80;
  }
  return false;
};

/**
 * Looks at what stands before a match, in folded text. A single word never decides: studying and testing need a verb for it
 * *and* the thing studied in the same sentence before the match; a quotation counts only inside such a sentence; a negation
 * must stand right before the match.
 */
export const contextOf = (text: string, start: number, end: number): ContextFlags => {
  const before = text.slice(Math.max(0, start - REACH), start);
  const sentence = before.slice(
    Math.max(before.lastIndexOf('. '), before.lastIndexOf('! '), before.lastIndexOf('? '), -1) + 1,
  );
  const names = SUBJECT.test(sentence);
  const isAcademic = names && STUDY.test(sentence);
  const isTesting = names && TEST.test(sentence);
  return {
    isQuoted: (isAcademic || isTesting) && isQuoted(text, start, end),
    isAcademic,
    isTesting,
    isNegation: NEGATION.test(before),
  };
};

const LOWERED: Readonly<Record<Severity, Severity>> = { critical: 'high', high: 'medium', medium: 'low', low: 'low' };
const HALVED: Readonly<Record<Severity, Severity>> = { critical: 'medium', high: 'low', medium: 'low', low: 'low' };

/** Quoted or negated, Critical to Medium and High to Low; academic or testing, one level down. */
export const severityIn = (severity: Severity, flags: ContextFlags): Severity =>
  flags.isQuoted || flags.isNegation
    ? HALVED[severity]
    : flags.isAcademic || flags.isTesting
      ? LOWERED[severity]
      : severity;

export const isBenign = (flags: ContextFlags): boolean =>
  flags.isQuoted || flags.isAcademic || flags.isTesting || flags.isNegation;
