import type { LinearPattern } from '../common/linear-regexp';
import type { Action, Direction, FindingType, RedactionMode } from '../contracts/verdict';
import { ACTIONS } from '../contracts/verdict';

export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What is to be done with findings of some sort. What a rule does not name it does not ask about. */
export interface PolicyRule {
  types?: readonly FindingType[];
  /** Names such as `email`, `github_token`, `IgnorePrevious`, or the id of a pattern of the user's own. */
  kinds?: readonly string[];
  directions?: readonly Direction[];
  /** Findings of this severity and graver ones. */
  severity?: Severity;
  action: Action;
  /** For `redact`: what stands for the value. `reversible` gives it back in the model's answer. */
  mode?: RedactionMode | 'reversible';
}

/** A pattern of the user's own, from the policy file. */
export interface OwnPattern {
  /** The kind of what it finds. */
  id: string;
  type: Extract<FindingType, 'policy_violation' | 'pii' | 'secret'>;
  severity: Severity;
  placeholder: string;
  /** What to tell whoever wrote the text. */
  message?: string;
  pattern: LinearPattern;
}

/** A reply of the user's own to a short text that is all there is. */
export interface InstantReplyRule {
  id: string;
  pattern: (text: string) => boolean;
  reply: string;
}

/** What a policy file comes to. */
export interface Policy {
  rules: readonly PolicyRule[];
  patterns: readonly OwnPattern[];
  replies: readonly InstantReplyRule[];
  /** SHA-256, hex, of what the file says. */
  digest: string;
}

/** What a rule asks about. */
export interface Findable {
  type: FindingType;
  kind: string;
  severity: Severity;
  direction: Direction;
}

export interface Ruling {
  action: Action;
  mode: RedactionMode | 'reversible';
}

/**
 * What holds where the user's own rules say nothing, the first that fits:
 * goals follow the wire (an attack blocks; secrets and personal data of severity Medium or higher are replaced); orders to a model
 * are taken out of what others wrote; a model never sees a secret nor such personal data, but its answer has them again; a secret
 * that an arm made up or came by is not stored; memory keeps neither. What the user's own patterns find is replaced when it is
 * of severity medium and blocks when it is graver, as at the guardian's door. Everything else that is harmful is worth a warning.
 */
export const DEFAULT_RULES: readonly PolicyRule[] = [
  { types: ['injection'], directions: ['goal'], severity: 'critical', action: 'block' },
  { types: ['injection'], directions: ['input'], severity: 'high', action: 'redact' },
  { types: ['pii'], directions: ['goal', 'memory'], severity: 'medium', action: 'redact' },
  { types: ['pii'], directions: ['prompt'], severity: 'medium', action: 'redact', mode: 'reversible' },
  { types: ['secret'], directions: ['goal', 'output', 'memory'], severity: 'medium', action: 'redact' },
  { types: ['secret'], directions: ['prompt'], severity: 'medium', action: 'redact', mode: 'reversible' },
  { types: ['pii', 'secret'], action: 'allow' },
  { types: ['injection'], severity: 'high', action: 'warn' },
  // A prompt is made of texts that were looked at when they came: to block there would come too late.
  {
    types: ['policy_violation'],
    directions: ['goal', 'input', 'output', 'memory'],
    severity: 'high',
    action: 'block',
  },
  { types: ['policy_violation'], severity: 'medium', action: 'redact' },
  { types: ['malicious_content', 'inappropriate_content', 'policy_violation'], action: 'warn' },
];

const fits = (rule: PolicyRule, { type, kind, severity, direction }: Findable): boolean =>
  (rule.types?.includes(type) ?? true) &&
  (rule.kinds?.includes(kind) ?? true) &&
  (rule.directions?.includes(direction) ?? true) &&
  (rule.severity === undefined || SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(rule.severity));

/** What the first rule that fits says; undefined when none does. */
export const rule = (rules: readonly PolicyRule[], found: Findable): Ruling | undefined => {
  const first = rules.find((one) => fits(one, found));
  return first && { action: first.action, mode: first.mode ?? 'placeholder' };
};

const isGraver = (a: Action, b: Action): boolean => ACTIONS.indexOf(a) > ACTIONS.indexOf(b);

export const gravest = (rulings: readonly Ruling[]): Ruling =>
  rulings.reduce((worst, one) => (isGraver(one.action, worst.action) ? one : worst), LET_BE);

export const LET_BE: Ruling = { action: 'allow', mode: 'placeholder' };
