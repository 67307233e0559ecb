import { isRecord } from '../../common/is-record';
import { sha256 } from '../../common/ids';
import { storableText } from '../../common/storable';
import type { JsonObject } from '../../contracts/json';

/** What is asked, by whom, and how it was looked at before. */
export interface Question {
  /** `Caller.holder`: answers are never shared between tenants. */
  tenant: string;
  goal: string;
  constraints: readonly string[];
  acceptanceCriteria: readonly string[];
  context: JsonObject;
  checkPii: boolean;
  checkInjection: boolean;
}

/** What an answer comes from besides the question. */
export interface Makers {
  /** Digest of the rules of detection. */
  rules: string;
  /** Provider and models as they are configured. */
  models: string;
}

/** The database gives the fields of an object back in an order of its own. */
const inOrder = (_: string, value: unknown): unknown =>
  isRecord(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;

/** One spelling per goal: composed characters, single spaces. Case stays, as it may carry meaning. */
export const normalisedGoal = (goal: string): string =>
  storableText(goal).normalize('NFC').replace(/\s+/gu, ' ').trim();

/** All but the goal. Listed as JSON, so that no two lists read the same. */
const circumstances = (question: Question, { rules, models }: Makers): unknown[] => [
  question.tenant,
  question.constraints,
  question.acceptanceCriteria,
  question.context,
  question.checkPii,
  question.checkInjection,
  rules,
  models,
];

/** SHA-256, hex, over everything an answer depends on. */
export const answerKey = (question: Question, makers: Makers): string =>
  sha256(JSON.stringify([normalisedGoal(question.goal), ...circumstances(question, makers)], inOrder));

/** UTF-16 code units. In a longer goal one word that makes another question of it hardly moves the vector. */
const LONGEST_COMPARED = 200;

/** Whether a goal may be answered by what was asked in other words. */
export const isComparable = (goal: string): boolean => normalisedGoal(goal).length <= LONGEST_COMPARED;

const NUMBER = /\d+(?:[.,:]\d+){0,8}/g;
/** An apostrophe within a word opens nothing. */
const QUOTED =
  /"[^"]{1,200}"|(?<![\p{L}\p{N}])'[^']{1,200}'(?![\p{L}\p{N}])|`[^`]{1,200}`|“[^”]{1,200}”|«[^»]{1,200}»|„[^“”]{1,200}[“”]/gu;
const WORD = /\p{L}+(?:['’]\p{L}+)?/gu;
const NEGATIONS = new Set(
  (
    'not no never none nobody nothing nor neither without except unless cannot ' +
    'nicht kein keine keinen keinem keiner nie niemals ohne außer ' +
    'pas jamais sans aucun aucune sauf sin nunca jamás excepto ninguno ninguna não nem sem nunca senza mai non niente'
  ).split(' '),
);
const isNegation = (word: string): boolean => NEGATIONS.has(word) || /n['’]t$/.test(word);

/**
 * SHA-256, hex, over what two goals must share before being alike counts: all but the goal's wording, and of the wording its
 * numbers, quotations and negations. `Sum 2 and 3` is as near to `Sum 2 and 4` as a typing error is, and not the same.
 */
export const similarityScope = (question: Question, makers: Makers): string => {
  const goal = normalisedGoal(question.goal);
  const words = goal.toLowerCase().match(WORD) ?? [];
  const telling = [goal.match(NUMBER) ?? [], goal.match(QUOTED) ?? [], words.filter(isNegation)];
  return sha256(JSON.stringify([telling, ...circumstances(question, makers)], inOrder));
};
