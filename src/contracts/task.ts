import type { JsonObject } from './json';

export const TASK_STATUSES = [
  'accepted',
  'planning',
  'executing',
  'validating',
  'completed',
  'failed',
  'cancelled',
] as const;
/** `accepted → planning → executing ⇄ validating → completed | failed | cancelled`. */
export type TaskStatus = (typeof TASK_STATUSES)[number];

export const PRIORITIES = ['low', 'medium', 'high', 'critical'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** What a task may use up. Enforced before each model call and each step. */
export interface Budget {
  /** Prompt and completion tokens of all model calls together. */
  maxTokens: number;
  /** Seconds from the moment work on the task begins. */
  maxTimeSeconds: number;
  /** US dollars for all model calls together. */
  maxCostUsd: number;
  /** How often one step may be tried again after a transient failure. */
  maxRetries: number;
}

/** A task as a client asked for it, normalised, screened and complete with defaults. */
export interface TaskDraft {
  goal: string;
  constraints: string[];
  acceptanceCriteria: string[];
  context: JsonObject;
  priority: Priority;
  budget: Budget;
  metadata: JsonObject;
  requiredCapabilities: string[];
  /** Canonical id of the parent task. */
  parentTaskId?: string;
  /** Seconds from acceptance after which the result is of no use any more. */
  deadlineSeconds?: number;
}

/** Why a task ended without a result the user can trust. `type` is a stable code. */
export interface TaskError {
  type: string;
  message: string;
  details?: string;
}

export const isTerminal = (status: TaskStatus): boolean =>
  status === 'completed' || status === 'failed' || status === 'cancelled';
