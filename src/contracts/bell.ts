import type { Priority } from './task';

/** Queue of the orchestrator's own bell. */
export const TASK_QUEUE = 'tasks';

/** What a bell says: where to look, and for whom. Never state. */
export interface StepBell {
  taskId: string;
  stepId: string;
  /** Id of the arm that is to do the step. */
  arm: string;
  priority: Priority;
}
export interface TaskBell {
  /** Absent: tasks wait to be admitted, whichever is next. */
  taskId?: string;
}
