import type { TaskStatus } from '../contracts/task';

/** How many tasks there are, for whoever looks after the server. */
export abstract class TaskCensus {
  /** Tasks by status; arms called by themselves are not among them. Errors: `TransientError` `service_unavailable`. */
  abstract count(): Promise<Record<TaskStatus, number>>;
}
