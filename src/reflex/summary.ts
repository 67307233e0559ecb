import type { InjectionMatch, Match } from '../detection/detection.service';

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

export const toFoundValue = (field: string, match: Match): FoundValue => ({
  field,
  pii_type: match.label ?? match.kind,
  severity: capitalised(match.severity),
  value: match.placeholder,
  position: match.start,
  confidence: match.confidence,
});

export const toFoundInjection = (field: string, match: InjectionMatch, redacted: string): FoundInjection => ({
  field,
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
