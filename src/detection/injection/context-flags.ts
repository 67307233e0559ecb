import { isMentioned, isTakenUp } from './mention';
import { isOfAThing } from './of-a-thing';
import { openSentence, quotationAround } from './quotation';
import type { Severity } from '../core/detector';
import type { Trust } from './rule';

/** What around a match makes it talk about an attack rather than an attack. */
export interface ContextFlags {
  isQuoted: boolean;
  isAcademic: boolean;
  isTesting: boolean;
  isNegation: boolean;
}

const REACH = 160;

/** Someone who explains or studies attacks names both what is done and what it is done to. */
const STUDY =
  /(?<![a-z])(?:explain(?:s|ed|ing)?|describ(?:e|es|ing)|discuss(?:es|ing)?|analy[sz](?:e|es|ing)|analysis|summari[sz](?:e|es|ing)|research(?:ers?|ing)?|stud(?:y|ies|ying)|papers?|essay|article|survey|thesis|lecture|report on|compar(?:e|es|ing)|why|how (?:do|does|can|to|would)|what (?:is|are|does|do)|defin(?:e|es|ing)|translat(?:e|es|ing)|meaning of|definition|which (?:category|kind|type|class)|teach(?:es|ing)?|history of|write about|document(?:s|ing|ation)?|known|common|typical|classic|famous|example of|mentions?|called|warn(?:s|ing)? (?:of|about|against))(?![a-z])/;
const TEST =
  /(?<![a-z])(?:detect(?:s|ion|or|ed|ing)?|classif(?:y|ier|ies)|filter(?:s|ing)?|flag(?:s|ged)?|block(?:s|ed|ing)?|catch(?:es)?|match(?:es|ing)?|recogni[sz]e(?:s|d)?|scanner|validator|unit tests?|test cases?|test suite|regex|regular expression|sanitiz(?:e|er)|reject(?:s|ed)?|evaluat(?:e|ion)|guard(?:s|rails?)? against|prevent|protect against|moderation|red[- ]team|assert(?:s|ion)?)(?![a-z])/;
const SUBJECT =
  /(?<![a-z])(?:attack(?:s|ers?)?|prompt[- ]injections?|injections?|jailbreak(?:s|ing)?|phrases?|strings?|sentences?|inputs? (?:like|such as|containing)|prompts? (?:like|such as|containing)|expressions?|messages? (?:like|such as|containing|that say)|texts? (?:like|such as|containing)|attempts?|adversarial|malicious (?:input|prompt|text|instruction)s?|keywords?|patterns?|the words?|term|wording)(?![a-z])/;
/** A purpose is claimed by whoever wants something let through; it is no activity. */
const PURPOSE =
  /(?<![a-z])(?:for|as part of|during|because of|due to|in the name of|on behalf of) (?:[a-z]{1,14} ){0,3}(?:research|stud(?:y|ies)|tests?|testing|papers?|thesis|essay|article|analysis|evaluation|survey|red[- ]team(?:ing)?|detection|documentation|lecture)(?![a-z])/g;
/** What leads from such a sentence to quotation marks. */
const BEFORE_QUOTATION =
  /(?<![a-z])(?:such as|like|namely|e\.g\.|i\.e\.|called|named|known as|attacks?|attempts?|injections?|jailbreaks?|phrases?|strings?|sentences?|inputs?|prompts?|messages?|texts?|keywords?|patterns?|words?|terms?|expressions?|wording|examples?|variants?(?: of)?|contain(?:s|ing)|includ(?:e|es|ing)|say|saying|says|said|reads?|reading|mean|meaning of|of|is|this|one|or|and|with|as)[ ,:(]{0,3}$/;
/**
 * What leads to an attack that is mentioned without quotation marks: a noun for text, a word of comparison, or somebody else
 * who does it. An order to the model stands after none of these, but after a comma, a colon, `you` or nothing.
 */
const BEFORE_MENTION =
  /(?<![a-z])(?:(?:such as|like|namely|e\.g\.,?|called|named|known as|contain(?:s|ing)|includ(?:e|es|ing)|saying|says|reads|meaning of|variants? of|that|which|who|attackers?|users?|people|they|someone|anyone|models?|(?:attackers?|users?|people|they|someone|one|anyone|models?|that|which|who|it) (?:may|might|can|could|would|will|often|simply|just)|(?:attempts?|attacks?|try|tries|trying|manages?|used|how|designed|meant|aims?|able|models?|llms?|assistants?|chatbots?|it) to) |(?:phrases?|strings?|sentences?|keywords?|patterns?|(?<!other )words?|terms?|expressions?|wording):? )$/;
const NEGATION =
  /(?<![a-z])(?:do not|don't|never|must not|mustn't|should not|shouldn't|cannot|can't|won't|will not|not to|may not|without|refuse to|refuses to|instead of|rather than|avoid) (?:ever |simply |just |blindly |try to |attempt to )?["']?$/;
/** "Why don't you …": denials that are none. */
const DOUBLE_NEGATION =
  /(?<![a-z])(?:why|would you|could you|can you|if you) (?:do not|don't|cannot|can't|won't|never) ["']?$/;

/**
 * Looks at what stands around a match, in folded text. A single word never decides. A match is talked about when its
 * sentence names, before it, both an activity (studying, testing) and a thing (attack, phrase, input …), **and** leads up to
 * the match as to something mentioned: in quotation marks that close again, or right after a word such as `like`, `phrase`
 * or `attackers`. Whoever adds `for research` or `test`, or puts an order in quotation marks, does none of this; and where the
 * reader is told to act on what was quoted, no flag stands. A negation must stand right before the match.
 */
export const contextOf = (text: string, start: number, end: number): ContextFlags => {
  const before = text.slice(Math.max(0, start - REACH), start);
  const sentence = openSentence(before);
  const isNegation = NEGATION.test(before) && !DOUBLE_NEGATION.test(before);
  const none = { isQuoted: false, isAcademic: false, isTesting: false, isNegation };
  if (isMentioned(text, start, end)) return { ...none, isQuoted: true };
  if (!SUBJECT.test(sentence)) return none;

  const quotation = quotationAround(text, start, end);
  const lead = quotation ? sentence.slice(0, Math.max(0, sentence.length - (start - quotation.opensAt))) : '';
  const isQuoted = quotation !== undefined && BEFORE_QUOTATION.test(lead);
  if (!isQuoted && !BEFORE_MENTION.test(sentence)) return none;
  const after = isQuoted ? quotation.closesAt : end;
  if (isTakenUp(isQuoted ? lead : sentence) || isTakenUp(text.slice(after, after + REACH))) return none;

  const activity = sentence.replaceAll(PURPOSE, ' ');
  const isAcademic = STUDY.test(activity);
  const isTesting = TEST.test(activity);
  return { isQuoted: isQuoted && (isAcademic || isTesting), isAcademic, isTesting, isNegation };
};

const LOWERED: Readonly<Record<Severity, Severity>> = { critical: 'high', high: 'medium', medium: 'low', low: 'low' };
const HALVED: Readonly<Record<Severity, Severity>> = { critical: 'medium', high: 'low', medium: 'low', low: 'low' };

/**
 * Quoted or negated, Critical to Medium and High to Low; academic or testing, one level down. In untrusted text a quotation
 * lowers one level only: whoever wrote it chose the sentence around it as well.
 */
export const severityIn = (severity: Severity, flags: ContextFlags, trust: Trust): Severity => {
  if (flags.isNegation || (flags.isQuoted && trust === 'user')) return HALVED[severity];
  return flags.isQuoted || flags.isAcademic || flags.isTesting ? LOWERED[severity] : severity;
};

/** An override of what a manual or a recipe says is lowered like a quotation: nobody's orders to a model are meant. */
export const severityOfOverride = (
  severity: Severity,
  text: string,
  start: number,
  end: number,
  trust: Trust,
): Severity => (!isOfAThing(text, start, end) ? severity : trust === 'user' ? HALVED[severity] : LOWERED[severity]);

export const isBenign = (flags: ContextFlags): boolean =>
  flags.isQuoted || flags.isAcademic || flags.isTesting || flags.isNegation;
