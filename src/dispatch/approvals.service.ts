import { Injectable } from '@nestjs/common';
import type { Approval, ApprovalAnswer, ApprovalStatus } from '../contracts/approval';
import type { Fault } from '../contracts/step';
import { UserError } from '../common/errors';
import type { Sql } from '../drivers/database/database.service';
import { ApprovalRepository } from './approval.repository';
import { Bell } from './bell.service';
import { Journal } from './journal.service';
import { Screening } from './screening.service';

const UNANSWERED: Fault = {
  kind: 'user',
  code: 'approval_expired',
  message:
    'Nobody approved this step in time. Submit the task again, or give people longer (APPROVAL_TIMEOUT_SECONDS).',
};

/** Held steps, and the people they wait for. */
@Injectable()
export class Approvals {
  constructor(
    private readonly approvals: ApprovalRepository,
    private readonly journal: Journal,
    private readonly bell: Bell,
    private readonly screening: Screening,
  ) {}

  /** Oldest first. */
  ofTask(taskId: string): Promise<Approval[]> {
    return this.approvals.ofTask(taskId);
  }

  /** Newest first, after the given place. */
  page(filter: {
    status?: ApprovalStatus;
    limit: number;
    after?: { createdAt: string; id: string };
  }): Promise<Approval[]> {
    return this.approvals.page(filter);
  }

  /** Fails a held step whose question nobody answered in time. In a transaction that has locked the task's row. */
  expire(sql: Sql, { taskId, stepId }: { taskId: string; stepId: string }): Promise<void> {
    return this.approvals.expire(sql, taskId, stepId, UNANSWERED);
  }

  /**
   * Answers a question of a task, the oldest open one if none is named. Errors: `UserError` `resource_not_found` when there is
   * none, `invalid_operation` when it was answered or ran out meanwhile. The comment is kept without secrets and personal data.
   */
  async answer(taskId: string, approvalId: string | undefined, answer: ApprovalAnswer): Promise<Approval> {
    const all = await this.approvals.ofTask(taskId);
    const asked =
      approvalId === undefined
        ? all.find(({ status }) => status === 'pending')
        : all.find(({ id }) => id === approvalId);
    if (asked === undefined) {
      const message =
        approvalId === undefined
          ? 'The task waits for no approval.'
          : `approval_id: the task has no approval ${approvalId}. GET /api/v1/tasks/{id}/approvals lists them.`;
      throw new UserError('resource_not_found', message);
    }
    const released = await this.approvals.decide(taskId, asked.id, this.clean(answer));
    const after = (await this.approvals.ofTask(taskId)).find(({ id }) => id === asked.id) ?? asked;
    if (released === undefined) throw new UserError('invalid_operation', closed(after));
    this.journal.announce(taskId);
    const { stepId, arm, priority, isReady } = released;
    if (isReady) await this.bell.ringStep({ taskId, stepId, arm, priority });
    else await this.bell.ringTask(taskId);
    return after;
  }

  /** What somebody remarks goes into events, and into the error of a task that is refused. */
  private clean({ comment, ...answer }: ApprovalAnswer): ApprovalAnswer {
    return { ...answer, ...(comment !== undefined && { comment: this.screening.clean(comment) }) };
  }
}

const closed = ({ status, decidedBy, decidedAt }: Approval): string =>
  status === 'approved' || status === 'rejected'
    ? `The step was already ${status} by ${decidedBy ?? 'somebody'} at ${decidedAt?.toISOString() ?? 'an unknown time'}.`
    : 'The question is no longer open: its time is up, or the task has ended.';
