import type { JsonObject } from './json';

export const STEP_STATUSES = [
  'blocked',
  'ready',
  'running',
  'held',
  'succeeded',
  'failed',
  'skipped',
  'cancelled',
] as const;
/**
 * `blocked → ready → running → succeeded | failed | skipped | cancelled`; `failed → ready` on a retry. `running → held` where a
 * person has to agree first, then `ready` or `succeeded` when he does and `failed` when he does not.
 */
export type StepStatus = (typeof STEP_STATUSES)[number];

/**
 * What a step is to the task as a whole. Every kind is run by an arm in the same way. `direct` is the only step of an arm that
 * was called by itself; its input is a request of `contracts/direct.ts`.
 */
export type StepKind = 'intent' | 'plan' | 'work' | 'judge' | 'guard' | 'repair' | 'integrate' | 'direct';

/**
 * The three kinds of fault. The kind decides both whether a step is tried again and the HTTP status:
 * `user` (their mistake, no retry), `transient` (retry), `bug` (fail and report).
 */
export type FaultKind = 'user' | 'transient' | 'bug';

/** A fault as it is stored with a step. `code` is stable, `message` is for people and carries no secret. */
export interface Fault {
  kind: FaultKind;
  code: string;
  message: string;
  /** Shown to the caller of a directly called arm; carries no secret and no internals. */
  details?: JsonObject;
  /** How long whoever refused asked to be left alone. */
  retryAfterSeconds?: number;
}
