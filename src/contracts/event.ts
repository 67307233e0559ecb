import type { JsonObject } from './json';

/** One row of a task's append-only history. `seq` starts at 1 and has no gaps within a task. */
export interface TaskEvent {
  taskId: string;
  seq: number;
  type: TaskEventType;
  data: JsonObject;
  createdAt: Date;
}

export type TaskEventType =
  | 'task.accepted'
  | 'task.planning'
  | 'task.executing'
  | 'task.validating'
  | 'task.completed'
  | 'task.failed'
  | 'task.cancelled'
  | 'plan.ready'
  | 'step.started'
  | 'step.progress'
  | 'step.succeeded'
  | 'step.failed'
  | 'step.retrying'
  /** Something was found in what a step was given or made, and was taken out, or kept the step from going on. */
  | 'step.screened'
  /** It waits for a person. */
  | 'step.held'
  | 'step.approved'
  | 'step.rejected'
  | 'step.cancelled'
  | 'judge.verdict'
  | 'repair.started';
