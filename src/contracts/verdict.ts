/** Where a text is when it is looked at. */
export const DIRECTIONS = ['goal', 'input', 'prompt', 'output', 'memory'] as const;
/**
 * `goal`: what a user asks for. `input`: what others made and an arm is given (results of earlier steps, documents, tool output);
 * untrusted. `prompt`: what is sent to a model. `output`: what an arm hands back (model replies, tool results).
 * `memory`: what is stored to be found again.
 */
export type Direction = (typeof DIRECTIONS)[number];

export const FINDING_TYPES = [
  'pii',
  'secret',
  'injection',
  'malicious_content',
  'inappropriate_content',
  'policy_violation',
] as const;
export type FindingType = (typeof FINDING_TYPES)[number];

/** What a policy can ask for, the mildest first. The gravest of all findings decides. */
export const ACTIONS = ['allow', 'warn', 'redact', 'approve', 'block'] as const;
export type Action = (typeof ACTIONS)[number];

/** What becomes of a text: it goes on as it is, goes on with something taken out, waits for a person, or stays behind. */
/** The mildest first. */
export const DECISIONS = ['pass', 'redact', 'needs_approval', 'block'] as const;
export type Decision = (typeof DECISIONS)[number];

/**
 * What stands for a value that is taken out: the detector's placeholder (`[EMAIL-REDACTED]`), `*` per character, the first 16 hex
 * digits of its SHA-256, its last four characters after `X`s, nothing, or a numbered token (`<Email-TOKEN-1>`).
 */
export const REDACTION_MODES = ['placeholder', 'mask', 'hash', 'partial', 'remove', 'token'] as const;
export type RedactionMode = (typeof REDACTION_MODES)[number];

/** Something a policy had a say in. It tells what and where, never the value. */
export type Finding = {
  type: FindingType;
  /** What the detectors call it, e.g. `email`, `github_token`, `IgnorePrevious`, or the id of a pattern of the user's own. */
  kind: string;
  severity: 'low' | 'medium' | 'high' | 'critical';
  direction: Direction;
  action: Action;
  /** Path of the text within the value looked at, e.g. `passages.0.content`; itself free of what was found. */
  field: string;
  /** UTF-16 code units of the text in `field`. */
  start: number;
  end: number;
  /** 0 to 1. */
  confidence: number;
  /** What speaks for it; for an attempt to steer a model. */
  signals?: string[];
};

/** What screening came to, as it is stored with a step: of its inputs and its output together. */
export type ScreeningVerdict = {
  decision: Decision;
  /** At most 50; `more` counts the rest. */
  findings: Finding[];
  more?: number;
};
