import type { InjectionMatch, Match } from '../detection/detection.service';
import type { Hit } from '../guardrails/guardrails.service';

/** Personal data or a secret found in a draft, told without telling it. */
export type FoundValue = {
  /** `goal`, `constraints.0`, `context.customer.email` … */
  field: string;
  /** Reflex vocabulary where it has a name (`Email`), else the detector's kind. */
  pii_type: string;
  severity: string;
  /** The placeholder that stands for it. */
  value: string;
  /** UTF-16 code units from the start of the field. */
  position: number;
  confidence: number;
};

/** An attempt to steer the model found in a draft. */
export type FoundInjection = {
  field: string;
  injection_type: string;
  /** After context: Low, Medium, High, Critical. */
  severity: string;
  /** At most 200 characters, personal data and secrets replaced. */
  matched_text: string;
  position: number;
  confidence: number;
  context_analysis: { is_quoted: boolean; is_academic: boolean; is_testing: boolean; is_negation: boolean };
};

const LONGEST_EXCERPT = 200;
const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

type ValueHit = Hit & { match: Match };
type AttemptHit = Hit & { match: InjectionMatch };

export const isValue = (hit: Hit): hit is ValueHit => hit.finding.type === 'pii' || hit.finding.type === 'secret';
export const isAttempt = (hit: Hit): hit is AttemptHit => hit.finding.type === 'injection';

export const toFoundValue = ({ finding, match }: ValueHit): FoundValue => ({
  field: finding.field,
  pii_type: match.label ?? match.kind,
  severity: capitalised(match.severity),
  value: match.placeholder,
  position: match.start,
  confidence: match.confidence,
});

export const toFoundInjection = ({ finding, match }: AttemptHit, redacted: string): FoundInjection => ({
  field: finding.field,
  injection_type: match.type,
  severity: capitalised(match.severity),
  matched_text: redacted.slice(0, LONGEST_EXCERPT),
  position: match.start,
  confidence: match.confidence,
  context_analysis: {
    is_quoted: match.context.isQuoted,
    is_academic: match.context.isAcademic,
    is_testing: match.context.isTesting,
    is_negation: match.context.isNegation,
  },
});

const unique = (texts: readonly string[]): string => [...new Set(texts)].join(', ');
const nameOf = (hit: Hit): string => (isValue(hit) ? (hit.match.label ?? hit.finding.kind) : hit.finding.kind);

/** Why the policy blocks a goal, for people; undefined when it does not. */
export const objectionTo = (hits: readonly Hit[]): string | undefined => {
  const blocking = hits.filter(({ finding }) => finding.action === 'block');
  const attempts = blocking.filter(isAttempt);
  if (attempts.length > 0)
    return `Blocked by the security policy: ${unique(attempts.map(({ finding }) => finding.field))} tries to override what the assistant was told. Rephrase it as a plain goal.`;
  const [first] = blocking;
  if (!first) return undefined;
  const here = blocking.filter(({ finding }) => finding.field === first.finding.field);
  const message =
    here.find((hit) => hit.message !== undefined)?.message ?? 'Remove it, or describe it in general words.';
  return `Blocked by the security policy: ${first.finding.field} contains ${unique(here.map(nameOf))}. ${message}`;
};

/** Why a goal is refused where personal data is to be refused and not replaced; undefined when it has none. */
export const refusalOf = (hits: readonly Hit[]): string | undefined => {
  const replaced = hits
    .filter(isValue)
    .filter(({ finding: { field, action } }) => field === 'goal' && action === 'redact');
  return replaced.length === 0
    ? undefined
    : `Blocked by the security policy: goal contains ${unique(replaced.map(nameOf))}. Remove it, or describe it in general words.`;
};
