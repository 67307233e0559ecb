import type { Approval } from '../../contracts/approval';
import type { Wire } from '../http/types';
import type { ApprovalDto } from './approval.dto';

export const toApprovalBody = (approval: Approval): Wire<ApprovalDto> => ({
  approval_id: approval.id,
  task_id: `task-${approval.taskId}`,
  step: approval.step,
  arm: approval.arm,
  action: approval.action,
  phase: approval.phase,
  reason: approval.reason,
  findings: approval.findings.map(({ type, kind, severity, direction, action, field }) => ({
    type,
    kind,
    severity,
    direction,
    action,
    field,
  })),
  status: approval.status,
  created_at: approval.createdAt.toISOString(),
  deadline: approval.deadline.toISOString(),
  decided_at: approval.decidedAt?.toISOString() ?? null,
  decided_by: approval.decidedBy,
  comment: approval.comment,
});
