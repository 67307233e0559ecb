import { Injectable } from '@nestjs/common';
import type { JsonObject } from '../contracts/json';
import type { Fault } from '../contracts/step';
import type { TaskError, TaskStatus } from '../contracts/task';
import { ActionMarks } from '../common/action-marks.service';
import { newKey } from '../common/ids';
import { repeatableId } from '../common/repeatable';
import { storableJson, storableText } from '../common/storable';
import { Database } from '../drivers/database/database.service';
import { keptHolder } from './holder';
import type { ArmCall } from './intake.port';

/** A run as it stands in the database. */
export interface Run {
  id: string;
  arm: string;
  status: TaskStatus;
  /** The task's reason for having ended without a result. */
  taskError: TaskError | null;
  stepDone: boolean;
  /** What its step waits for a person to answer; null when it does not. */
  question: { approvalId: string; reason: string; deadline: Date } | null;
  /** The last fault of its only step. */
  fault: Fault | null;
  output: JsonObject | null;
  confidence: number | null;
  warnings: string[];
  models: string[];
  tokensUsed: number;
  costUsd: number;
  durationMs: number;
  createdAt: Date;
}

interface RunRow {
  id: string;
  direct_arm: string;
  status: TaskStatus;
  task_error: TaskError | null;
  step_status: string;
  question: { id: string; reason: string; deadline_at: string } | null;
  fault: Fault | null;
  output: JsonObject | null;
  confidence: number | null;
  warnings: string[];
  models: string[];
  tokens_used: number;
  cost_usd: string;
  duration_ms: number;
  created_at: Date;
}

const columnOf = (name: string): 'key' | 'id' => (name.length === 16 ? 'key' : 'id');

/** Arms called by themselves, as tasks of one step. */
@Injectable()
export class RunRepository {
  constructor(
    private readonly database: Database,
    private readonly marks: ActionMarks,
  ) {}

  /** Stores the task, its only step and its first event, all or none. A run that a cut-off try has already stored is found again. */
  async insert({ arm, draft, input, action, holder }: ArmCall): Promise<{ runId: string; stepId: string }> {
    const ids = { runId: repeatableId(), stepId: repeatableId() };
    const { budget } = draft;
    const line = this.marks.next();
    await this.database.query(
      `WITH task AS (
         INSERT INTO tasks (id, key, goal, constraints, acceptance_criteria, context, metadata, priority, max_tokens,
                            max_time_seconds, max_cost_usd, max_retries, event_seq, direct_arm, holder, status, started_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1, $13, $17, 'executing', now())
         ON CONFLICT (id) DO NOTHING
         RETURNING id
       ), event AS (
         INSERT INTO events (task_id, seq, type, data)
         SELECT id, 1, 'task.accepted', jsonb_build_object('status', 'executing', 'arm', $13::text) FROM task
       ), logged AS (
         INSERT INTO action_log (id, mark, task_id, arm_id, action_type, action_details, result)
         SELECT $18::uuid, $19, 'task-' || id, 'orchestrator', 'submitted',
                jsonb_build_object('holder', $17::text, 'arm', $13::text), '{"success": true}'
         FROM task
       )
       INSERT INTO steps (id, task_id, key, kind, arm, action, depends_on, input, position, status)
       SELECT $14, id, 'direct', 'direct', $13, $15, '{}', $16, 1, 'ready' FROM task`,
      [
        ids.runId,
        newKey(),
        storableText(draft.goal),
        storableJson(draft.constraints),
        storableJson(draft.acceptanceCriteria),
        storableJson(draft.context),
        storableJson(draft.metadata),
        draft.priority,
        budget.maxTokens,
        budget.maxTimeSeconds,
        budget.maxCostUsd,
        budget.maxRetries,
        arm,
        ids.stepId,
        storableText(action),
        storableJson(input),
        keptHolder(holder),
        line.id,
        line.mark,
      ],
    );
    return ids;
  }

  async find(runId: string): Promise<Run | undefined> {
    const [row] = await this.database.query<RunRow>(
      `SELECT t.id, t.direct_arm, t.status, t.error AS task_error, s.status AS step_status, s.error AS fault, s.output,
              s.confidence, s.warnings, t.tokens_used, t.cost_usd, t.created_at,
              (SELECT jsonb_build_object('id', a.id, 'reason', a.reason, 'deadline_at', a.deadline_at)
               FROM approvals a WHERE a.step_id = s.id AND a.status = 'pending') AS question,
              coalesce(extract(epoch FROM s.finished_at - t.created_at) * 1000, 0)::int AS duration_ms,
              ARRAY(SELECT c.model FROM llm_calls c WHERE c.task_id = t.id AND c.error IS NULL ORDER BY c.started_at) AS models
       FROM tasks t JOIN steps s ON s.task_id = t.id AND s.key = 'direct'
       WHERE t.id = $1 AND t.direct_arm IS NOT NULL`,
      [runId],
    );
    return (
      row && {
        id: row.id,
        arm: row.direct_arm,
        status: row.status,
        taskError: row.task_error,
        stepDone: row.step_status === 'succeeded',
        question: row.question && {
          approvalId: row.question.id,
          reason: row.question.reason,
          deadline: new Date(row.question.deadline_at),
        },
        fault: row.fault,
        output: row.output,
        confidence: row.confidence,
        warnings: row.warnings,
        models: [...new Set(row.models)],
        tokensUsed: row.tokens_used,
        costUsd: Number(row.cost_usd),
        durationMs: row.duration_ms,
        createdAt: row.created_at,
      }
    );
  }

  /** UUID of a task or a run, by UUID or by 16-character key. */
  async idOf(name: string): Promise<string | undefined> {
    const [row] = await this.database.query<{ id: string }>(`SELECT id FROM tasks WHERE ${columnOf(name)} = $1`, [
      name,
    ]);
    return row?.id;
  }

  /** The task whose workspace a task or run of this holder works in: its own, unless the run goes on in another's. */
  async workspaceOf(name: string, holder: string): Promise<string | undefined> {
    const [row] = await this.database.query<{ workspace: string }>(
      `SELECT coalesce(
         (SELECT s.input->>'workspace' FROM steps s WHERE s.task_id = t.id AND s.kind = 'direct' AND s.arm = 'executor'),
         t.id::text
       ) AS workspace
       FROM tasks t WHERE t.${columnOf(name)} = $1 AND t.holder = $2`,
      [name, keptHolder(holder)],
    );
    return row?.workspace;
  }
}
