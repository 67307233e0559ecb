import { Injectable } from '@nestjs/common';
import { type TaskRecord, acceptedRecord } from '../contracts/record';
import { type TaskDraft, type TaskStatus, isTerminal } from '../contracts/task';
import { ActionMarks } from '../common/action-marks.service';
import { AppConfig } from '../common/config/config.service';
import { newKey } from '../common/ids';
import { repeatableId } from '../common/repeatable';
import { batch } from '../common/batch';
import { storableJson } from '../common/storable';
import { Database } from '../drivers/database/database.service';
import { FIRST_ESTIMATE_SECONDS, type NewTask, type TaskRow, toRecord, toRow } from './task.mapper';

/** Tasks stored by one statement. */
const MOST_AT_ONCE = 100;

const ESTIMATE_LIFE_MS = 5_000;
const ESTIMATE = `
    SELECT avg(extract(epoch FROM recent.completed_at - recent.started_at))::float8 AS estimated_seconds
    FROM (
      SELECT completed_at, started_at FROM tasks
      WHERE status = 'completed' AND direct_arm IS NULL ORDER BY created_at DESC LIMIT 20
    ) recent`;

/** The columns of a record. One statement for one task or a page of them. */
const RECORD = `
  SELECT t.id, t.key, t.goal, t.constraints, t.acceptance_criteria, t.context, t.metadata, t.required_capabilities, t.priority,
         t.max_tokens, t.max_time_seconds, t.max_cost_usd, t.max_retries, t.deadline_seconds, t.parent_task_id, t.status,
         t.result, t.error, t.confidence, t.tokens_used, t.cost_usd, t.created_at, t.updated_at, t.started_at, t.completed_at,
         s.stage, s.retry_at, s.steps_completed, s.steps_total, s.has_last_step, s.arms_used,
         (SELECT to_jsonb(p) FROM plans p WHERE p.task_id = t.id ORDER BY p.created_at DESC LIMIT 1) AS plan,
         e.estimated_seconds,
         (SELECT jsonb_build_object('step', h.key, 'deadline', a.deadline_at)
          FROM approvals a JOIN steps h ON h.id = a.step_id
          WHERE a.task_id = t.id AND a.status = 'pending' ORDER BY a.created_at LIMIT 1) AS held,
         (SELECT count(*)::int FROM tasks a
          WHERE a.status IN ('planning', 'executing', 'validating') AND a.direct_arm IS NULL) AS active
  FROM tasks t
  LEFT JOIN LATERAL (
    SELECT count(*) FILTER (WHERE status = 'succeeded')::int AS steps_completed,
           count(*)::int AS steps_total,
           coalesce(bool_or(kind = 'integrate'), FALSE) AS has_last_step,
           coalesce(array_agg(DISTINCT arm::text) FILTER (WHERE attempt > 0), '{}') AS arms_used,
           (array_agg(kind::text ORDER BY started_at DESC NULLS LAST, position DESC) FILTER (WHERE attempt > 0))[1] AS stage,
           min(available_at) FILTER (WHERE status = 'ready' AND failures > 0 AND available_at > now()) AS retry_at
    FROM steps WHERE task_id = t.id
  ) s ON TRUE
  LEFT JOIN LATERAL (
    ${ESTIMATE}
  ) e ON t.status NOT IN ('completed', 'failed', 'cancelled')`;

/** Tasks, as the doors see them. */
@Injectable()
export class TaskRecords {
  private estimated: { at: number; seconds: Promise<number> } | undefined;
  private readonly insertOne = batch((tasks: NewTask[]) => this.insertAll(tasks), MOST_AT_ONCE);

  constructor(
    private readonly database: Database,
    private readonly config: AppConfig,
    private readonly marks: ActionMarks,
  ) {}

  /**
   * Stores a task with its first event, both or neither. Returns nothing when the parent does not exist.
   * @param owner.holder Who gives it. @param owner.answerHolder Whose look-ups its answer may serve.
   */
  async insert(
    draft: TaskDraft,
    { holder, answerHolder }: Partial<Pick<NewTask, 'holder' | 'answerHolder'>> = {},
  ): Promise<TaskRecord | undefined> {
    const task = { id: repeatableId(), key: newKey(), draft, holder, answerHolder };
    const createdAt = await this.insertOne(task);
    // Either there is no such parent, or a try that was cut off has already stored the task.
    return createdAt ? this.newRecord(task.id, task.key, draft, createdAt) : this.find(task.id);
  }

  /** All in one statement and one commit: a disk that waits for each task by itself would decide how many can be accepted. */
  private async insertAll(tasks: NewTask[]): Promise<(Date | undefined)[]> {
    const rows = await this.database.query<{ id: string; created_at: Date }>(
      `WITH given AS (
         SELECT * FROM jsonb_to_recordset($1::jsonb) AS g(
           id uuid, key text, goal text, constraints jsonb, acceptance_criteria jsonb, context jsonb, metadata jsonb,
           required_capabilities jsonb, priority text, max_tokens int, max_time_seconds int, max_cost_usd numeric,
           max_retries int, deadline_seconds int, parent_task_id uuid, holder text, answer_holder text,
           line_id uuid, line_mark text)
       ), task AS (
         INSERT INTO tasks (id, key, goal, constraints, acceptance_criteria, context, metadata, required_capabilities, priority,
                            max_tokens, max_time_seconds, max_cost_usd, max_retries, deadline_seconds, parent_task_id, holder,
                            answer_holder, event_seq)
         SELECT g.id, g.key, g.goal, g.constraints, g.acceptance_criteria, g.context, g.metadata, g.required_capabilities,
                g.priority, g.max_tokens, g.max_time_seconds, g.max_cost_usd, g.max_retries, g.deadline_seconds,
                g.parent_task_id, g.holder, g.answer_holder, 1
         FROM given g
         WHERE g.parent_task_id IS NULL OR EXISTS (SELECT 1 FROM tasks p WHERE p.id = g.parent_task_id)
         ON CONFLICT (id) DO NOTHING
         RETURNING id, priority, created_at
       ), event AS (
         INSERT INTO events (task_id, seq, type, data)
         SELECT id, 1, 'task.accepted', jsonb_build_object('status', 'accepted', 'priority', priority) FROM task
       ), logged AS (
         INSERT INTO action_log (id, mark, task_id, arm_id, action_type, action_details, result)
         SELECT g.line_id, g.line_mark, 'task-' || g.id, 'orchestrator', 'submitted',
                jsonb_build_object('holder', g.holder, 'priority', g.priority), '{"success": true}'
         FROM given g JOIN task ON task.id = g.id
       )
       SELECT id, created_at FROM task`,
      [storableJson(tasks.map((task) => toRow(task, this.marks.next())))],
    );
    const created = new Map(rows.map(({ id, created_at }) => [id, created_at]));
    return tasks.map(({ id }) => created.get(id));
  }

  /** What a read of a task that was just stored would give, without reading it. */
  private async newRecord(id: string, key: string, draft: TaskDraft, createdAt: Date): Promise<TaskRecord> {
    return acceptedRecord({ id, key, draft, createdAt, estimatedDurationSeconds: await this.estimate() });
  }

  /** Seconds a task takes, by the last ones that were completed; looked up at most every few seconds. */
  private async estimate(): Promise<number> {
    const now = Date.now();
    if (this.estimated === undefined || now - this.estimated.at > ESTIMATE_LIFE_MS) {
      const seconds = this.database
        .query<{ estimated_seconds: number | null }>(ESTIMATE)
        .then(([row]) => Math.ceil(row?.estimated_seconds ?? FIRST_ESTIMATE_SECONDS));
      this.estimated = { at: now, seconds };
      seconds.catch(() => (this.estimated = undefined));
    }
    return this.estimated.seconds;
  }

  /** By UUID or by 16-character key. */
  async find(name: string): Promise<TaskRecord | undefined> {
    const column = name.length === 16 ? 'key' : 'id';
    const [row] = await this.database.query<TaskRow>(`${RECORD} WHERE t.${column} = $1 AND t.direct_arm IS NULL`, [
      name,
    ]);
    return row && toRecord(row, this.config.values.MAX_CONCURRENT_TASKS);
  }

  async hasEnded(id: string): Promise<boolean> {
    const [row] = await this.database.query<{ status: TaskStatus }>('SELECT status FROM tasks WHERE id = $1', [id]);
    return row === undefined || isTerminal(row.status);
  }

  /** Newest first, after the given place. */
  async page(filter: {
    statuses?: readonly TaskStatus[];
    limit: number;
    after?: { createdAt: string; id: string };
  }): Promise<TaskRecord[]> {
    const rows = await this.database.query<TaskRow>(
      `${RECORD}
       WHERE t.direct_arm IS NULL AND ($1::text[] IS NULL OR t.status = ANY ($1))
         AND ($2::timestamptz IS NULL OR (t.created_at, t.id) < ($2::timestamptz, $3::uuid))
       ORDER BY t.created_at DESC, t.id DESC LIMIT $4`,
      [filter.statuses ?? null, filter.after?.createdAt ?? null, filter.after?.id ?? null, filter.limit],
    );
    return rows.map((row) => toRecord(row, this.config.values.MAX_CONCURRENT_TASKS));
  }

  /** Asks for a task to be cancelled; nothing happens to one that has ended. */
  async requestCancel(id: string): Promise<void> {
    await this.database.query(
      `UPDATE tasks SET cancel_requested = TRUE
       WHERE id = $1 AND status NOT IN ('completed', 'failed', 'cancelled')`,
      [id],
    );
  }
}
