import { Injectable } from '@nestjs/common';
import type { Approval, ApprovalAnswer, ApprovalStatus } from '../contracts/approval';
import type { JsonObject } from '../contracts/json';
import type { Fault, StepKind } from '../contracts/step';
import type { Priority } from '../contracts/task';
import type { Finding } from '../contracts/verdict';
import { ActionMarks } from '../common/action-marks.service';
import { jsonHash } from '../common/json-hash';
import { storableJson, storableText } from '../common/storable';
import { Database, type Sql } from '../drivers/database/database.service';
import { Journal, type NewEvent } from './journal.service';
import { waitingTime } from './waiting-time';

interface Row {
  id: string;
  task_id: string;
  step: string;
  kind: StepKind;
  arm: string;
  action: string;
  phase: Approval['phase'];
  reason: string;
  findings: Finding[];
  status: ApprovalStatus;
  created_at: Date;
  deadline_at: Date;
  decided_at: Date | null;
  decided_by: string | null;
  comment: string | null;
}

const APPROVALS = `
  SELECT a.id, a.task_id, s.key AS step, s.kind, s.arm, s.action, a.phase, a.reason, a.findings, a.status, a.created_at,
         a.deadline_at, a.decided_at, a.decided_by, a.comment
  FROM approvals a JOIN steps s ON s.id = a.step_id`;

const toApproval = ({ task_id, created_at, deadline_at, decided_at, decided_by, ...row }: Row): Approval => ({
  ...row,
  taskId: task_id,
  createdAt: created_at,
  deadline: deadline_at,
  decidedAt: decided_at,
  decidedBy: decided_by,
});

/** A step that goes on because a person agreed. */
export interface Released {
  stepId: string;
  arm: string;
  priority: Priority;
  /** Whether it is to be run; else its result now counts. */
  isReady: boolean;
}

/** Questions to people, and what their answers do to the steps that wait for them. */
@Injectable()
export class ApprovalRepository {
  constructor(
    private readonly database: Database,
    private readonly journal: Journal,
    private readonly marks: ActionMarks,
  ) {}

  /** Oldest first. */
  async ofTask(taskId: string): Promise<Approval[]> {
    const rows = await this.database.query<Row>(`${APPROVALS} WHERE a.task_id = $1 ORDER BY a.created_at, a.id`, [
      taskId,
    ]);
    return rows.map(toApproval);
  }

  /** Newest first. */
  async page(filter: {
    status?: ApprovalStatus;
    limit: number;
    after?: { createdAt: string; id: string };
  }): Promise<Approval[]> {
    const rows = await this.database.query<Row>(
      `${APPROVALS}
       WHERE ($1::text IS NULL OR a.status = $1)
         AND ($2::timestamptz IS NULL OR (a.created_at, a.id) < ($2::timestamptz, $3::uuid))
       ORDER BY a.created_at DESC, a.id DESC LIMIT $4`,
      [filter.status ?? null, filter.after?.createdAt ?? null, filter.after?.id ?? null, filter.limit],
    );
    return rows.map(toApproval);
  }

  /**
   * Writes an answer and lets the step go on, or fail. Nothing when the question is no longer open. The time a task has waited
   * for people is not counted as its own: what it was given begins so much later.
   */
  decide(taskId: string, approvalId: string, answer: ApprovalAnswer): Promise<Released | undefined> {
    return this.database.transaction(async (sql) => {
      const [task] = await sql.query<{ priority: Priority }>(
        `SELECT priority FROM tasks
         WHERE id = $1 AND status NOT IN ('completed', 'failed', 'cancelled') AND NOT cancel_requested FOR UPDATE`,
        [taskId],
      );
      if (task === undefined) return undefined;
      const [asked] = await sql.query<{ step_id: string; phase: Approval['phase'] }>(
        `SELECT step_id, phase FROM approvals
         WHERE id = $1 AND task_id = $2 AND status = 'pending' AND deadline_at > now() FOR UPDATE`,
        [approvalId, taskId],
      );
      if (asked === undefined) return undefined;
      await this.giveTimeBack(sql, taskId);
      const { id, mark } = this.marks.next();
      await sql.query(
        `WITH decided AS (
           UPDATE approvals SET status = $2, decided_by = $3, comment = $4, decided_at = now() WHERE id = $1 RETURNING *
         )
         INSERT INTO action_log (id, mark, task_id, arm_id, action_type, action_details, result)
         SELECT $5::uuid, $6, 'task-' || a.task_id, s.arm, 'approval_' || a.status,
                jsonb_build_object('step', s.key, 'approval_id', a.id, 'phase', a.phase, 'holder', a.decided_by,
                                   'output_hash', ${jsonHash("CASE WHEN a.phase = 'output' THEN s.output END")}),
                jsonb_build_object('success', a.status = 'approved')
         FROM decided a JOIN steps s ON s.id = a.step_id`,
        [
          approvalId,
          answer.approved ? 'approved' : 'rejected',
          answer.by.slice(0, 80),
          answer.comment === undefined ? null : storableText(answer.comment),
          id,
          mark,
        ],
      );
      const isReady = answer.approved && asked.phase === 'input';
      const { arm } = await this.release(sql, taskId, asked.step_id, { answer, approvalId, isReady });
      return { stepId: asked.step_id, arm, priority: task.priority, isReady };
    });
  }

  /** Fails a held step whose question nobody answered in time. In a transaction that has locked the task's row. */
  async expire(sql: Sql, taskId: string, stepId: string, fault: Fault): Promise<void> {
    await this.giveTimeBack(sql, taskId);
    const { id, mark } = this.marks.next();
    await sql.query(
      `WITH closed AS (
         UPDATE approvals SET status = 'expired', decided_at = now() WHERE step_id = $1 AND status = 'pending' RETURNING *
       ), logged AS (
         INSERT INTO action_log (id, mark, task_id, arm_id, action_type, action_details, result)
         SELECT $3::uuid, $4, 'task-' || a.task_id, s.arm, 'approval_expired',
                jsonb_build_object('step', s.key, 'approval_id', a.id, 'phase', a.phase), '{"success": false}'
         FROM closed a JOIN steps s ON s.id = a.step_id
       )
       UPDATE steps SET status = 'failed', failures = failures + 1, error = $2, finished_at = now()
       WHERE id = $1 AND status = 'held'`,
      [stepId, storableJson(fault), id, mark],
    );
  }

  private async giveTimeBack(sql: Sql, taskId: string): Promise<void> {
    await sql.query(`UPDATE tasks SET started_at = started_at + ${waitingTime('$1')} WHERE id = $1`, [taskId]);
  }

  private async release(
    sql: Sql,
    taskId: string,
    stepId: string,
    { answer, approvalId, isReady }: { answer: ApprovalAnswer; approvalId: string; isReady: boolean },
  ): Promise<{ arm: string }> {
    const status = isReady ? 'ready' : answer.approved ? 'succeeded' : 'failed';
    const [step] = await sql.query<{ key: string; kind: StepKind; arm: string; confidence: number | null }>(
      `UPDATE steps SET status = $2::varchar, error = $3::jsonb, failures = failures + $4::int, available_at = NULL,
                        finished_at = CASE WHEN $2::varchar = 'ready' THEN NULL ELSE now() END
       WHERE id = $1 AND status = 'held' RETURNING key, kind, arm, confidence`,
      [stepId, status, answer.approved ? null : storableJson(refusal(answer)), answer.approved ? 0 : 1],
    );
    // The question is open exactly as long as its step is held.
    if (step === undefined) throw new Error(`Step ${stepId} is not held although a question about it is open.`);
    const { key, kind, arm, confidence } = step;
    const about: JsonObject = { key, kind, arm, approval_id: approvalId, by: answer.by };
    const decided: NewEvent = {
      type: answer.approved ? 'step.approved' : 'step.rejected',
      data: { ...about, ...(answer.comment !== undefined && { comment: answer.comment }) },
    };
    const done: NewEvent[] =
      status === 'succeeded' ? [{ type: 'step.succeeded', data: { key, kind, arm, confidence } }] : [];
    await this.journal.append(sql, taskId, [decided, ...done]);
    return { arm };
  }
}

const refusal = ({ by, comment }: ApprovalAnswer): Fault => ({
  kind: 'user',
  code: 'approval_rejected',
  message: `The step was refused by ${by}${comment === undefined ? '' : `: ${comment}`}.`,
});
