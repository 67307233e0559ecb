import type { TaskResult } from './outcome';
import type { Plan } from './plan';
import type { TaskDraft, TaskError, TaskStatus } from './task';

/** A task as it stands in the database: everything a door needs to render it in its dialect. */
export interface TaskRecord {
  /** UUIDv4, lower case. */
  id: string;
  /** 16 characters of `[A-Za-z0-9]`: the same task under the name the SDKs use. */
  key: string;
  draft: TaskDraft;
  status: TaskStatus;
  /** Kind of the step worked on last, for people: `intent`, `plan`, `work`, `judge`, `repair`, `integrate`. */
  stage: string | null;
  stepsCompleted: number;
  /** 0 until the plan is known. */
  stepsTotal: number;
  plan: Plan | null;
  planId: string | null;
  /** Complete or null. A failed task may carry its best attempt. */
  result: TaskResult | null;
  error: TaskError | null;
  confidence: number | null;
  armsUsed: string[];
  tokensUsed: number;
  costUsd: number;
  /** Why nothing happens right now, when that is so: admission limit, retry time. */
  waitingFor: string | null;
  estimatedDurationSeconds: number;
  createdAt: Date;
  updatedAt: Date;
  startedAt: Date | null;
  completedAt: Date | null;
}

/** A task as it stands the moment it was accepted: nothing has been done yet. */
export const acceptedRecord = (
  task: Pick<TaskRecord, 'id' | 'key' | 'draft' | 'createdAt' | 'estimatedDurationSeconds'>,
): TaskRecord => ({
  ...task,
  status: 'accepted',
  stage: null,
  stepsCompleted: 0,
  stepsTotal: 0,
  plan: null,
  planId: null,
  result: null,
  error: null,
  confidence: null,
  armsUsed: [],
  tokensUsed: 0,
  costUsd: 0,
  waitingFor: null,
  updatedAt: task.createdAt,
  startedAt: null,
  completedAt: null,
});
