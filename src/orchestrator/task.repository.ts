import { Injectable } from '@nestjs/common';
import type { TaskResult } from '../contracts/outcome';
import type { Plan } from '../contracts/plan';
import type { Fault } from '../contracts/step';
import type { TaskError, TaskStatus } from '../contracts/task';
import { ActionMarks } from '../common/action-marks.service';
import { newId } from '../common/ids';
import { storableJson, storableText } from '../common/storable';
import { Database, type Sql } from '../drivers/database/database.service';
import { planned, received, returned } from './action-log';
import type { NewStep } from './state';
import type { CountedTask } from './task-metrics';
import { type LoadedTask, type StepJson, type StepRow, type TaskRow, ofJson, toTask } from './task.mapper';

/** Serialises admissions, so that two tasks cannot take the last free place. "ADMT" in ASCII. */
const ADMISSION_LOCK = 0x41444d54;
/** A task takes one of the places for tasks at work unless all that it does is wait for people. */
const TAKES_PLACE = `
  status IN ('planning', 'executing', 'validating') AND direct_arm IS NULL AND NOT (
    EXISTS (SELECT 1 FROM approvals a WHERE a.task_id = tasks.id AND a.status = 'pending')
    AND NOT EXISTS (SELECT 1 FROM steps s WHERE s.task_id = tasks.id AND s.status IN ('ready', 'running'))
  )`;

const TASK_COLUMNS = `
  t.id, t.status, t.goal, t.priority, t.cancel_requested, t.round, t.max_retries, t.required_capabilities, t.direct_arm,
  t.created_at, t.started_at, clock_timestamp() AS now,
  least(CASE WHEN NOT EXISTS (SELECT 1 FROM approvals a WHERE a.task_id = t.id AND a.status = 'pending')
        THEN t.started_at + make_interval(secs => t.max_time_seconds) END,
        t.created_at + make_interval(secs => t.deadline_seconds)) AS deadline_at`;
/** Outputs can be large; only those that decide something are read. */
const STEP_COLUMNS = `
  id, key, kind, arm, status, depends_on, failures, error, lease_expires_at, position,
  (SELECT a.deadline_at FROM approvals a WHERE a.step_id = steps.id AND a.status = 'pending') AS approval_deadline,
  CASE WHEN kind IN ('plan', 'judge', 'guard', 'integrate') THEN output END AS output`;

/** A task and its steps, as the orchestrator sees them. Everything that takes an `Sql` runs in the caller's transaction. */
@Injectable()
export class TaskRepository {
  constructor(
    private readonly database: Database,
    private readonly marks: ActionMarks,
  ) {}

  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.database.transaction(work);
  }

  /** For statements that need no transaction. */
  get unlocked(): Sql {
    return this.database;
  }

  /** A task and its steps as they are at this moment, without a lock. */
  async look(taskId: string): Promise<LoadedTask | undefined> {
    const [row] = await this.database.query<TaskRow & { steps: StepJson[] }>(
      `SELECT ${TASK_COLUMNS}, coalesce(s.steps, '[]'::jsonb) AS steps
       FROM tasks t,
            LATERAL (
              SELECT jsonb_agg(to_jsonb(c) ORDER BY c.position) AS steps
              FROM (SELECT ${STEP_COLUMNS} FROM steps WHERE task_id = t.id) c
            ) s
       WHERE t.id = $1`,
      [taskId],
    );
    if (row === undefined) return undefined;
    return toTask(row, row.steps.map(ofJson));
  }

  /** Loads a task and locks its row until the transaction ends. */
  async load(sql: Sql, taskId: string): Promise<LoadedTask | undefined> {
    const [row] = await sql.query<TaskRow>(`SELECT ${TASK_COLUMNS} FROM tasks t WHERE t.id = $1 FOR UPDATE`, [taskId]);
    if (row === undefined) return undefined;
    // A second statement on purpose: it sees what was committed while the first one waited for the lock.
    const steps = `SELECT ${STEP_COLUMNS} FROM steps WHERE task_id = $1 ORDER BY position`;
    return toTask(row, await sql.query<StepRow>(steps, [taskId]));
  }

  /** Whether one more task may begin. Holds the admission lock until the transaction ends. */
  async hasRoom(sql: Sql, limit: number): Promise<boolean> {
    await sql.query('SELECT pg_advisory_xact_lock($1)', [ADMISSION_LOCK]);
    const [row] = await sql.query<{ active: number }>(
      `SELECT count(*)::int AS active FROM tasks
       WHERE ${TAKES_PLACE}`,
    );
    return (row?.active ?? 0) < limit;
  }

  async enter(sql: Sql, taskId: string, status: TaskStatus): Promise<void> {
    const { id, mark } = this.marks.next();
    await sql.query(
      `WITH entered AS (
         UPDATE tasks SET status = $2::varchar, started_at = coalesce(started_at, now()), updated_at = now()
         WHERE id = $1 RETURNING id, holder
       )
       ${received('entered', '$3', '$4')} WHERE $2::varchar = 'planning'`,
      [taskId, status, id, mark],
    );
  }

  /** Adds steps; those whose dependencies are all done are ready at once. Returns the ready ones. */
  async addSteps(sql: Sql, taskId: string, steps: NewStep[]): Promise<{ id: string; arm: string }[]> {
    const rows = steps.map((step) => ({ ...step, id: newId() }));
    return sql.query<{ id: string; arm: string }>(
      `WITH added AS (
         INSERT INTO steps (id, task_id, key, kind, arm, action, acceptance_criteria, depends_on, input, position, status)
         SELECT (s.step->>'id')::uuid, $1, s.step->>'key', s.step->>'kind', s.step->>'arm', s.step->>'action',
                s.step->'acceptanceCriteria', d.keys, s.step->'input',
                (SELECT count(*) FROM steps WHERE task_id = $1) + s.ordinality,
                CASE WHEN (
                  SELECT count(*) FROM steps e WHERE e.task_id = $1 AND e.key = ANY (d.keys) AND e.status = 'succeeded'
                ) = cardinality(d.keys) THEN 'ready' ELSE 'blocked' END
         FROM jsonb_array_elements($2::jsonb) WITH ORDINALITY AS s(step, ordinality),
              LATERAL (SELECT ARRAY(SELECT jsonb_array_elements_text(s.step->'dependsOn')) AS keys) d
         ON CONFLICT (task_id, key) DO NOTHING
         RETURNING id, arm, status
       )
       SELECT id, arm FROM added WHERE status = 'ready'`,
      [taskId, storableJson(rows)],
    );
  }

  async recordPlan(sql: Sql, taskId: string, plan: Plan): Promise<string> {
    const id = newId();
    const line = this.marks.next();
    await sql.query(
      `WITH plan AS (
         INSERT INTO plans (id, task_id, steps, rationale, confidence, complexity_score, source)
         VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING *
       )
       ${planned('plan', '$8', '$9')}`,
      [
        id,
        taskId,
        storableJson(plan.steps),
        storableText(plan.rationale),
        plan.confidence,
        plan.complexityScore,
        plan.source,
        line.id,
        line.mark,
      ],
    );
    return id;
  }

  async beginRepair(sql: Sql, taskId: string, round: number): Promise<void> {
    await sql.query('UPDATE tasks SET round = $2 WHERE id = $1', [taskId, round]);
  }

  async unblock(sql: Sql, stepIds: string[]): Promise<{ id: string; arm: string }[]> {
    return sql.query<{ id: string; arm: string }>(
      "UPDATE steps SET status = 'ready' WHERE id = ANY ($1) AND status = 'blocked' RETURNING id, arm",
      [stepIds],
    );
  }

  async expire(sql: Sql, stepId: string, fault: Fault): Promise<void> {
    await sql.query(
      `UPDATE steps SET status = 'failed', failures = failures + 1, error = $2, worker = NULL, lease_expires_at = NULL, finished_at = now()
       WHERE id = $1 AND status = 'running'`,
      [stepId, JSON.stringify(fault)],
    );
  }

  async retry(sql: Sql, stepId: string, delayMs: number): Promise<{ id: string; arm: string; key: string }[]> {
    return sql.query<{ id: string; arm: string; key: string }>(
      `UPDATE steps SET status = 'ready', available_at = now() + make_interval(secs => $2::float8 / 1000), finished_at = NULL
       WHERE id = $1 AND status = 'failed' RETURNING id, arm, key`,
      [stepId, delayMs],
    );
  }

  async cancelSteps(sql: Sql, stepIds: string[]): Promise<void> {
    await sql.query(
      `WITH closed AS (
         UPDATE approvals SET status = 'expired', decided_at = now() WHERE step_id = ANY ($1) AND status = 'pending'
       )
       UPDATE steps SET status = 'cancelled', lease_expires_at = NULL, finished_at = now()
       WHERE id = ANY ($1) AND status IN ('blocked', 'ready', 'running', 'held')`,
      [stepIds],
    );
  }

  async end(
    sql: Sql,
    taskId: string,
    status: TaskStatus,
    result: TaskResult | null,
    error: TaskError | null,
  ): Promise<void> {
    const { id, mark } = this.marks.next();
    await sql.query(
      `WITH task AS (
         UPDATE tasks SET status = $2, result = $3, error = $4, confidence = $5, completed_at = now(), updated_at = now()
         WHERE id = $1 RETURNING *
       )
       ${returned('task', '$6', '$7')}`,
      [
        taskId,
        status,
        result && storableJson(result),
        error && storableJson(error),
        result?.confidence ?? null,
        id,
        mark,
      ],
    );
  }

  /** Ends a task by the shortest way there is, without looking at what it holds. Nothing if it had ended already. */
  async abandon(taskId: string, error: TaskError): Promise<CountedTask | undefined> {
    const { id, mark } = this.marks.next();
    const [task] = await this.database.query<CountedTask>(
      `WITH task AS (
         UPDATE tasks SET status = 'failed', error = $2, completed_at = now(), updated_at = now()
         WHERE id = $1 AND status NOT IN ('completed', 'failed', 'cancelled') RETURNING *
       ), stopped AS (
         UPDATE steps s SET status = 'cancelled', lease_expires_at = NULL, finished_at = now()
         FROM task WHERE s.task_id = task.id AND s.status IN ('blocked', 'ready', 'running', 'held')
       ), closed AS (
         UPDATE approvals a SET status = 'expired', decided_at = now()
         FROM task WHERE a.task_id = task.id AND a.status = 'pending'
       ), returned AS (
         ${returned('task', '$3', '$4')}
       )
       SELECT priority, direct_arm AS "directArm", created_at AS "createdAt", started_at AS "startedAt", now() AS now FROM task`,
      [taskId, JSON.stringify(error), id, mark],
    );
    return task;
  }

  /** Tasks that may begin, as many as there are free places: by priority, then by age. */
  async admissible(limit: number): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT id FROM tasks WHERE status = 'accepted'
       ORDER BY array_position(ARRAY['critical', 'high', 'medium', 'low'], priority::text), created_at
       LIMIT greatest(0, $1 - (
         SELECT count(*) FROM tasks WHERE ${TAKES_PLACE}
       ))`,
      [limit],
    );
    return rows.map(({ id }) => id);
  }
}
