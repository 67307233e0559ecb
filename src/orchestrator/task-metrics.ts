import { counter, histogram } from '../common/metrics';
import type { Priority, TaskStatus } from '../contracts/task';

const BUCKETS = [0.1, 0.5, 1, 5, 10, 30, 60, 300];

const ended = counter('orchestrator_task_status_total', 'Tasks by the status they ended in', ['status']);
const processing = histogram(
  'orchestrator_task_processing_seconds',
  'From the beginning of work on a task to its end',
  [],
  BUCKETS,
);
const all = counter('octollm_tasks_total', 'Tasks that ended, and arms called by themselves under their own names', [
  'component',
  'status',
  'priority',
]);
const duration = histogram('octollm_task_duration_seconds', 'From the acceptance of a task to its end', [], BUCKETS);

/** What is counted by when a task ends. */
export interface CountedTask {
  /** The arm that was called by itself; null for a task. */
  directArm: string | null;
  priority: Priority;
  createdAt: Date;
  startedAt: Date | null;
  now: Date;
}

/** Moves what `/metrics` says of tasks. An arm called by itself is no task to whoever submits some. */
export const countEnd = (status: TaskStatus, task: CountedTask): void => {
  const { directArm, priority, createdAt, startedAt, now } = task;
  all.inc({ component: directArm ?? 'orchestrator', status, priority });
  if (directArm !== null) return;
  ended.inc({ status });
  duration.observe({}, secondsBetween(createdAt, now));
  if (startedAt !== null) processing.observe({}, secondsBetween(startedAt, now));
};

const secondsBetween = (from: Date, to: Date): number => Math.max(0, to.getTime() - from.getTime()) / 1_000;
