/** Queue of the orchestrator's own bell. */
export const TASK_QUEUE = 'tasks';

/** What a bell says: where to look. Never state. */
export interface StepBell {
  taskId: string;
  stepId: string;
}
export interface TaskBell {
  /** Absent: tasks wait to be admitted, whichever is next. */
  taskId?: string;
}
