import type { StepKind } from './step';
import type { Finding } from './verdict';

export const APPROVAL_STATUSES = ['pending', 'approved', 'rejected', 'expired'] as const;
/** `expired`: nobody answered in time, or the task ended for another reason. */
export type ApprovalStatus = (typeof APPROVAL_STATUSES)[number];

/** A question to a person about a held step. */
export interface Approval {
  id: string;
  /** UUID of the task. */
  taskId: string;
  /** The step's key within the task, e.g. `s2`. */
  step: string;
  kind: StepKind;
  arm: string;
  /** What the step does. */
  action: string;
  /** `input`: asked before the step does what it is about to do. `output`: asked before its result counts. */
  phase: 'input' | 'output';
  reason: string;
  findings: Finding[];
  status: ApprovalStatus;
  createdAt: Date;
  /** When the question is taken for refused. */
  deadline: Date;
  decidedAt: Date | null;
  /** Who decided, as far as the server knows: the holder of a key, or `open`. */
  decidedBy: string | null;
  comment: string | null;
}

export interface ApprovalAnswer {
  approved: boolean;
  by: string;
  comment?: string;
}
