import type { TaskEvent } from '../contracts/event';
import type { JsonObject } from '../contracts/json';
import type { TaskRecord } from '../contracts/record';
import type { TaskDraft, TaskStatus } from '../contracts/task';

export interface TaskPage {
  tasks: TaskRecord[];
  /** Opaque; hand it back to read on. Null on the last page. */
  nextCursor: string | null;
}

export interface NewDocument {
  id?: string;
  content: string;
  source?: string;
  metadata?: JsonObject;
}

/** The one way in. Doors translate between a dialect and this; they know nothing of how it is done. */
export abstract class IntakePort {
  /**
   * Screens the draft and stores it; work begins by itself. Errors: `UserError` `policy_violation` (details name what was
   * found), `resource_not_found` (parent), `TransientError` `service_unavailable` (store unreachable; nothing is half accepted).
   */
  abstract accept(draft: TaskDraft): Promise<TaskRecord>;
  /** `id` is the UUID or the 16-character key, here and below. Errors: `UserError` `resource_not_found`. */
  abstract get(id: string): Promise<TaskRecord>;
  /** Newest first. Errors: `UserError` `validation_error` for a cursor that is not ours. */
  abstract list(filter: { status?: TaskStatus; limit: number; cursor?: string }): Promise<TaskPage>;
  /** Idempotent for a cancelled task. Errors: `resource_not_found`, `invalid_operation` when it has already ended otherwise. */
  abstract cancel(id: string): Promise<TaskRecord>;
  /** Events after `afterSeq`, then live ones; ends after the task's last event or when `signal` aborts. */
  abstract watch(id: string, afterSeq: number, signal: AbortSignal): AsyncIterable<TaskEvent>;
  /** Stores documents for the retriever; an id that exists is replaced. Returns the ids in order. */
  abstract ingest(collection: string, documents: NewDocument[]): Promise<{ ids: string[] }>;
}
