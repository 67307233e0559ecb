import type { OctoError } from '../common/errors';
import type { TaskEvent } from '../contracts/event';
import type { JsonObject } from '../contracts/json';
import type { TaskRecord } from '../contracts/record';
import type { TaskDraft, TaskStatus } from '../contracts/task';
import type { Redaction } from '../memory/library.port';

export interface TaskPage {
  tasks: TaskRecord[];
  /** Opaque; hand it back to read on. Null on the last page. */
  nextCursor: string | null;
}

export interface AcceptOptions {
  /** What becomes of personal data of severity Medium or higher in a goal: replaced by placeholders, or reason to refuse the task. */
  personalData?: 'redact' | 'refuse';
  /** The caller's `holder`: the task is his, and his look-ups alone may be answered with what it produces. */
  holder?: string;
}

export interface NewDocument {
  id?: string;
  content: string;
  source?: string;
  metadata?: JsonObject;
}

/** One arm called by itself. */
export interface ArmCall {
  /** Id of the arm. */
  arm: string;
  /** What steers the arm: goal, constraints, criteria, context. Screened like a task. Its budget bounds the call. */
  draft: TaskDraft;
  /** What is worked on: a request of `contracts/direct.ts`, or whatever a user's own arm takes. */
  input: JsonObject;
  /** What it does, for the history, without the caller's data, e.g. `Search the stored documents`. */
  action: string;
  /** The caller's `holder`: whose run it is. */
  holder?: string;
}

export interface ArmAnswer {
  /** Id of the run, a UUID; in the action log it stands as `task-<id>`. */
  runId: string;
  arm: string;
  output: JsonObject;
  /** 0 to 1. */
  confidence: number;
  warnings: string[];
  /** Models that were called, in order, without repetition. */
  models: string[];
  tokensUsed: number;
  costUsd: number;
  durationMs: number;
}

/** How a directly called arm is getting on. */
export interface RunState {
  runId: string;
  arm: string;
  status: 'running' | 'completed' | 'failed' | 'cancelled';
  createdAt: Date;
  /** Set while it waits for a person. */
  question?: { approvalId: string; reason: string; deadline: Date };
  /** Set once there is one. */
  answer?: ArmAnswer;
  /** Why it ended without an answer. */
  error?: Pick<OctoError, 'code' | 'message'>;
}

/** The one way in. Doors translate between a dialect and this; they know nothing of how it is done. */
export abstract class IntakePort {
  /**
   * Screens the draft and stores it; work begins by itself. Errors: `UserError` `policy_violation` (details name what was
   * found), `resource_not_found` (parent), `TransientError` `service_unavailable` (store unreachable; nothing is half accepted).
   */
  abstract accept(draft: TaskDraft, options?: AcceptOptions): Promise<TaskRecord>;
  /** `id` is the UUID or the 16-character key, here and below. Errors: `UserError` `resource_not_found`. */
  abstract get(id: string): Promise<TaskRecord>;
  /** Newest first; with `statuses` only tasks in one of them. Errors: `UserError` `validation_error` for a cursor that is not ours. */
  abstract list(filter: { statuses?: readonly TaskStatus[]; limit: number; cursor?: string }): Promise<TaskPage>;
  /**
   * Has one arm do one thing, and waits for it. It runs as a task of a single step: durable, metered, bounded by its budget,
   * repeated after a transient fault. Errors: those of `accept`, those of the arm under their own codes and kinds, and
   * `TransientError` `timeout` when the budget's time is up.
   */
  abstract run(call: ArmCall): Promise<ArmAnswer>;
  /**
   * The same, but a call that needs the agreement of a person stays and waits for it: its state then has the `question`, else the
   * `answer`. Errors: as `run`.
   */
  abstract begin(call: ArmCall): Promise<RunState>;
  /** A run by its id. Errors: `UserError` `resource_not_found`. */
  abstract runState(runId: string): Promise<RunState>;
  /**
   * UUID of a task or of a directly called arm's run, by UUID or key. Errors: `UserError` `resource_not_found`.
   */
  abstract idOf(id: string): Promise<string>;
  /**
   * UUID of the task whose workspace the given task or run works in, when it belongs to this holder. Errors: `UserError`
   * `resource_not_found`.
   */
  abstract workspaceOf(id: string, holder: string): Promise<string>;
  /** Idempotent for a cancelled task. Errors: `resource_not_found`, `invalid_operation` when it has already ended otherwise. */
  abstract cancel(id: string): Promise<TaskRecord>;
  /** Events after `afterSeq`, then live ones; ends after the task's last event or when `signal` aborts. */
  abstract watch(id: string, afterSeq: number, signal: AbortSignal): AsyncIterable<TaskEvent>;
  /**
   * Stores documents for the retriever; an id that exists is replaced. Returns the ids in order, and what was taken out of which
   * document. Errors: `UserError` `policy_violation`; then nothing is stored.
   */
  abstract ingest(collection: string, documents: NewDocument[]): Promise<{ ids: string[]; redactions: Redaction[] }>;
}
