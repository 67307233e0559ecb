import { Injectable } from '@nestjs/common';
import type { Approval, ApprovalAnswer } from '../contracts/approval';
import { Approvals } from '../dispatch/approvals.service';
import { ApprovalDesk, type ApprovalPage } from './approval-desk.port';
import { decodeCursor, encodeCursor } from '../common/cursor';

@Injectable()
export class LocalApprovalDesk extends ApprovalDesk {
  constructor(private readonly approvals: Approvals) {
    super();
  }

  async list({ status, limit, cursor }: Parameters<ApprovalDesk['list']>[0]): Promise<ApprovalPage> {
    const found = await this.approvals.page({
      limit: limit + 1,
      ...(status !== undefined && { status }),
      ...(cursor !== undefined && { after: decodeCursor(cursor) }),
    });
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    const more = found.length > limit && last !== undefined;
    return {
      approvals: shown,
      nextCursor: more ? encodeCursor({ createdAt: last.createdAt.toISOString(), id: last.id }) : null,
    };
  }

  ofTask(taskId: string): Promise<Approval[]> {
    return this.approvals.ofTask(taskId);
  }

  answer(taskId: string, approvalId: string | undefined, answer: ApprovalAnswer): Promise<Approval> {
    return this.approvals.answer(taskId, approvalId, answer);
  }
}
