import type { Detector, Severity } from '../core/detector';

/** What rules of content differ in. Nothing of theirs is redacted: it is the text itself that is wrong. */
export type ContentRule = Pick<Detector, 'id' | 'kind' | 'hints' | 'pattern' | 'check' | 'positives' | 'negatives'> & {
  /** What `check` looks for. Stands here so that the digest of the rules sees it. */
  phrases?: readonly string[];
};

export const detectorsOf = (rules: readonly ContentRule[], severity: Severity): Detector[] =>
  rules.map((rule) => ({ ...rule, severity, set: 'strict', placeholder: '', context: [] }));
