import type { JsonObject } from '../contracts/json';
import type { Fault, StepKind } from '../contracts/step';
import type { Priority, TaskStatus } from '../contracts/task';
import type { StepState, TaskState } from './state';
import type { CountedTask } from './task-metrics';

export type LoadedTask = Omit<TaskState, 'admitted' | 'knownArms'> & CountedTask;

/** A row of `tasks`, as the orchestrator reads it. */
export interface TaskRow {
  id: string;
  status: TaskStatus;
  goal: string;
  priority: Priority;
  cancel_requested: boolean;
  round: number;
  max_retries: number;
  required_capabilities: string[];
  direct_arm: string | null;
  created_at: Date;
  started_at: Date | null;
  deadline_at: Date | null;
  now: Date;
}

/** A row of `steps`, as the orchestrator reads it. */
export interface StepRow {
  id: string;
  key: string;
  kind: StepKind;
  arm: string;
  status: StepState['status'];
  depends_on: string[];
  failures: number;
  output: JsonObject | null;
  error: Fault | null;
  lease_expires_at: Date | null;
  approval_deadline: Date | null;
  position: number;
}

type Timed = 'lease_expires_at' | 'approval_deadline';
/** The same out of `jsonb`, which has no dates. */
export type StepJson = Omit<StepRow, Timed> & Record<Timed, string | null>;

const dateOf = (text: string | null): Date | null => (text === null ? null : new Date(text));

export const ofJson = (step: StepJson): StepRow => ({
  ...step,
  lease_expires_at: dateOf(step.lease_expires_at),
  approval_deadline: dateOf(step.approval_deadline),
});

export const toTask = (row: TaskRow, steps: StepRow[]): LoadedTask => ({
  id: row.id,
  status: row.status,
  goal: row.goal,
  priority: row.priority,
  cancelRequested: row.cancel_requested,
  round: row.round,
  maxRetries: row.max_retries,
  requiredCapabilities: row.required_capabilities,
  directArm: row.direct_arm,
  createdAt: row.created_at,
  startedAt: row.started_at,
  deadline: row.deadline_at,
  now: row.now,
  steps: steps.map(({ depends_on, lease_expires_at, approval_deadline, ...step }) => ({
    ...step,
    dependsOn: depends_on,
    leaseExpiresAt: lease_expires_at,
    approvalDeadline: approval_deadline,
  })),
});
