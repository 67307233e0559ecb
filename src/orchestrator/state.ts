import type { ArmOffer } from '../contracts/arm';
import type { JsonObject } from '../contracts/json';
import type { TaskResult, Verdict } from '../contracts/outcome';
import type { Plan } from '../contracts/plan';
import type { Fault, StepKind, StepStatus } from '../contracts/step';
import type { TaskError, TaskStatus } from '../contracts/task';

/** A step as far as decisions need to know it. */
export interface StepState {
  id: string;
  key: string;
  kind: StepKind;
  arm: string;
  status: StepStatus;
  dependsOn: string[];
  failures: number;
  /** Only of kinds whose output decides something: plan, judge, guard, integrate. */
  output: JsonObject | null;
  error: Fault | null;
  leaseExpiresAt: Date | null;
  /** Of a held step: when the question about it is taken for refused. */
  approvalDeadline: Date | null;
  position: number;
}

/** Everything `decide` may look at. */
export interface TaskState {
  id: string;
  status: TaskStatus;
  goal: string;
  cancelRequested: boolean;
  /** Repair rounds begun. */
  round: number;
  maxRetries: number;
  /** When the task's time is up; null before work on it has begun, and while it waits for a person unless a deadline was given. */
  deadline: Date | null;
  steps: StepState[];
  /** Whether a place is free for one more task. Matters only to an accepted one. */
  admitted: boolean;
  knownArms: ArmOffer[];
  /** Each must be offered by some arm, or the task cannot be done. */
  requiredCapabilities: string[];
  now: Date;
}

/** A step to be added. Without dependencies it is ready at once. */
export interface NewStep {
  key: string;
  kind: StepKind;
  arm: string;
  action: string;
  acceptanceCriteria: string[];
  dependsOn: string[];
  input: JsonObject;
}

/** What is to be done, in this order and in one transaction. */
export type Command =
  | { type: 'enter'; status: 'planning' | 'executing' | 'validating' }
  | { type: 'add-steps'; steps: NewStep[] }
  | { type: 'record-plan'; plan: Plan }
  | { type: 'report-verdict'; verdict: Verdict }
  | { type: 'begin-repair'; round: number }
  | { type: 'unblock'; stepIds: string[] }
  /** The worker died: what it did not store counts as a transient failure. */
  | { type: 'expire'; stepId: string }
  /** Nobody answered the question about a held step in time. */
  | { type: 'refuse'; stepId: string }
  | { type: 'retry'; stepId: string; delayMs: number }
  | { type: 'cancel-steps'; stepIds: string[] }
  | { type: 'end'; status: 'completed' | 'failed' | 'cancelled'; result: TaskResult | null; error: TaskError | null };
