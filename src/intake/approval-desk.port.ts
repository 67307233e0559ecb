import type { Approval, ApprovalAnswer, ApprovalStatus } from '../contracts/approval';

export interface ApprovalPage {
  approvals: Approval[];
  /** Opaque; hand it back to read on. Null on the last page. */
  nextCursor: string | null;
}

/** Steps that wait for a person. A task is named by its UUID. */
export abstract class ApprovalDesk {
  /** Newest first. Errors: `UserError` `validation_error` for a cursor that is not ours. */
  abstract list(filter: { status?: ApprovalStatus; limit: number; cursor?: string }): Promise<ApprovalPage>;
  /** Oldest first; none for a task that does not exist. */
  abstract ofTask(taskId: string): Promise<Approval[]>;
  /**
   * Answers a question about a task, the oldest open one if none is named. Errors: `UserError` `resource_not_found`,
   * `invalid_operation` when it has been answered, has run out, or the task has ended.
   */
  abstract answer(taskId: string, approvalId: string | undefined, answer: ApprovalAnswer): Promise<Approval>;
}
