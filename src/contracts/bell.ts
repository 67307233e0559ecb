/** Queue of the orchestrator's own bell. */
export const TASK_QUEUE = 'tasks';

/** What a bell says: where to look. Never state. */
export interface StepBell {
  taskId: string;
  stepId: string;
}
export interface TaskBell {
  taskId: string;
}
