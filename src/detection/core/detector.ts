/** How bad it is when the thing found is real. */
export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const atLeast = (severity: Severity, floor: Severity): boolean =>
  SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(floor);

/** Pattern sets, each containing the one before it. `standard` is the default. */
export const PATTERN_SETS = ['strict', 'standard', 'relaxed'] as const;
export type PatternSet = (typeof PATTERN_SETS)[number];

export const contains = (set: PatternSet, member: PatternSet): boolean =>
  PATTERN_SETS.indexOf(member) <= PATTERN_SETS.indexOf(set);

/** What a validator says of a candidate: how sure it is, and how much of the candidate belongs to the value. */
export interface Judgement {
  /** 1 proven by a checksum or a numbering plan, .9 sound where no proof exists, .7 shape only, 0 not one. */
  confidence: number;
  /** Length of the value in UTF-16 code units, when the pattern took more than the value. */
  length?: number;
}

/**
 * A detector is data. Its pattern must be linear: bounded repeats, and a look-behind that lets a token be tried only at its
 * beginning. A named group `value` (with the `d` flag) marks what is to be hidden when that is less than the whole match.
 */
export interface Detector {
  id: string;
  /** Lower-case name as the guardian shows it, e.g. `credit_card`. Several detectors may share one. */
  kind: string;
  /** Name in the reflex vocabulary, e.g. `CreditCard`; absent where that vocabulary has none. */
  label?: string;
  severity: Severity;
  /** Smallest pattern set that has it. */
  set: PatternSet;
  placeholder: string;
  /** Literals of which one must be present, in lower case, every digit written as `0`. */
  hints: readonly string[];
  pattern: RegExp;
  /** Confidence .9 when absent. */
  check?: (value: string) => Judgement;
  /** Words that make a candidate more credible (+.1) when they stand within 60 characters before or after it. */
  context: readonly string[];
  /** Texts in which exactly the part between « and » must be found. */
  positives: readonly string[];
  /** Texts in which this detector must find nothing. */
  negatives: readonly string[];
}

/** Something found. Offsets are UTF-16 code units of the scanned text: `text.slice(start, end) === value`. */
export interface Match {
  detector: string;
  kind: string;
  label: string | undefined;
  severity: Severity;
  start: number;
  end: number;
  value: string;
  /** 0 to 1. */
  confidence: number;
  placeholder: string;
  /** True for values reserved for documentation, which belong to nobody. */
  isExample: boolean;
}

/** Candidates below this are not reported unless the caller asks for them. */
export const REPORTED_FROM = 0.8;
