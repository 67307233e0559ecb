import { Injectable } from '@nestjs/common';
import { readPage } from '../common/cursor';
import type { Approval, ApprovalAnswer } from '../contracts/approval';
import { Approvals } from '../dispatch/approvals.service';
import { ApprovalDesk, type ApprovalPage } from './approval-desk.port';

@Injectable()
export class LocalApprovalDesk extends ApprovalDesk {
  constructor(private readonly approvals: Approvals) {
    super();
  }

  async list({ status, limit, cursor }: Parameters<ApprovalDesk['list']>[0]): Promise<ApprovalPage> {
    const { rows: approvals, nextCursor } = await readPage(
      { limit, cursor },
      (window) => this.approvals.page({ ...window, ...(status !== undefined && { status }) }),
      ({ createdAt }) => createdAt,
    );
    return { approvals, nextCursor };
  }

  ofTask(taskId: string): Promise<Approval[]> {
    return this.approvals.ofTask(taskId);
  }

  answer(taskId: string, approvalId: string | undefined, answer: ApprovalAnswer): Promise<Approval> {
    return this.approvals.answer(taskId, approvalId, answer);
  }
}
