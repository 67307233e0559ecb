import { Injectable } from '@nestjs/common';
import type { ArmResult, Assignment, EarlierResult } from '../contracts/arm';
import type { Approval } from '../contracts/approval';
import type { JsonObject } from '../contracts/json';
import type { Fault, StepKind } from '../contracts/step';
import type { Priority } from '../contracts/task';
import type { ScreeningVerdict } from '../contracts/verdict';
import { ActionMarks } from '../common/action-marks.service';
import { newId } from '../common/ids';
import { jsonHash } from '../common/json-hash';
import { storableJson, storableText } from '../common/storable';
import { Database } from '../drivers/database/database.service';
import { FINISHED, traces } from './step-traces';
import { waitingTime } from './waiting-time';

/** How long a worker may be silent before its step is given to another. Renewed three times within it. */
export const LEASE_SECONDS = 15;

interface ClaimedRow {
  id: string;
  key: string;
  kind: StepKind;
  arm: string;
  attempt: number;
  action: string;
  acceptance_criteria: string[];
  input: JsonObject;
  holder: string;
  goal: string;
  constraints: string[];
  task_criteria: string[];
  context: JsonObject;
  language: string | null;
  earlier: (Omit<EarlierResult, 'screening'> & { screening: ScreeningVerdict | null })[];
  approved: string[];
  left_ms: number;
}

/** A step that became ready. */
export interface ReadyStep {
  stepId: string;
  arm: string;
  priority: Priority;
}

export interface Claim {
  /** Id of the arm that is to do it. */
  arm: string;
  assignment: Assignment;
  /** Reasons for asking, each of which a person has agreed to. */
  approved: string[];
  /** Milliseconds until the task's time is up, by the database's clock. */
  leftMs: number;
}

/** A question to a person about a step. */
export interface Question {
  /** `input`: before the step does what it is about to do. `output`: before its result counts. */
  phase: Approval['phase'];
  /** For people; carries no secret. */
  reason: string;
  verdict: ScreeningVerdict;
  /** With `output`. */
  result?: ArmResult;
  /** How long a person has to answer. */
  patienceSeconds: number;
}

/** Nothing found is nothing stored. */
const verdictJson = (verdict: ScreeningVerdict | undefined): string | null =>
  verdict === undefined || verdict.findings.length === 0 ? null : storableJson(verdict);

/**
 * The steps, as the workers see them. Every statement locks the task's row before the step's, as the orchestrator does, and
 * does all of its work in one round trip.
 */
@Injectable()
export class StepRepository {
  constructor(
    private readonly database: Database,
    private readonly marks: ActionMarks,
  ) {}

  /** Takes a ready step for this worker, or returns nothing when it is not (or no longer) to be had. */
  async claim(taskId: string, stepId: string, worker: string): Promise<Claim | undefined> {
    const [row] = await this.database.query<ClaimedRow>(
      `WITH task AS (
         SELECT * FROM tasks
         WHERE id = $1 AND status IN ('planning', 'executing', 'validating') AND NOT cancel_requested
         FOR UPDATE
       ), claimed AS (
         UPDATE steps s
         SET status = 'running', attempt = s.attempt + 1, worker = $3, started_at = now(), available_at = NULL,
             lease_expires_at = now() + make_interval(secs => $4)
         FROM task
         WHERE s.id = $2 AND s.task_id = task.id AND s.status = 'ready'
           AND (s.available_at IS NULL OR s.available_at <= now() + interval '50 milliseconds')
         RETURNING s.*
       ), numbered AS (
         UPDATE tasks t SET event_seq = t.event_seq + 1, updated_at = now()
         FROM claimed WHERE t.id = claimed.task_id
         RETURNING t.event_seq
       ), event AS (
         INSERT INTO events (task_id, seq, type, data)
         SELECT c.task_id, numbered.event_seq, 'step.started',
                jsonb_build_object('key', c.key, 'kind', c.kind, 'arm', c.arm, 'action', c.action, 'attempt', c.attempt)
         FROM claimed c, numbered
       )
       SELECT c.id, c.key, c.kind, c.arm, c.attempt, c.action, c.acceptance_criteria, c.input,
              task.holder, task.goal, task.constraints, task.acceptance_criteria AS task_criteria, task.context,
              (extract(epoch FROM least(
                coalesce(task.started_at, now()) + make_interval(secs => task.max_time_seconds) + ${waitingTime('c.task_id')},
                task.created_at + make_interval(secs => task.deadline_seconds)
              ) - now()) * 1000)::float8 AS left_ms,
              ARRAY(
                SELECT a.reason FROM approvals a WHERE a.step_id = c.id AND a.phase = 'input' AND a.status = 'approved'
              ) AS approved,
              (SELECT i.output->>'language' FROM steps i WHERE i.task_id = c.task_id AND i.key = 'intent') AS language,
              coalesce((
                SELECT jsonb_agg(jsonb_build_object('key', d.key, 'kind', d.kind, 'arm', d.arm, 'action', d.action,
                         'output', d.output, 'confidence', d.confidence, 'warnings', d.warnings,
                         'screening', d.verdict) ORDER BY d.position)
                FROM steps d
                WHERE d.task_id = c.task_id AND (d.key = ANY (c.depends_on) OR d.key = 'intent') AND d.status = 'succeeded'
              ), '[]'::jsonb) AS earlier
       FROM claimed c, task`,
      [taskId, stepId, worker, LEASE_SECONDS],
    );
    if (row === undefined) return undefined;
    return {
      arm: row.arm,
      approved: row.approved,
      leftMs: row.left_ms,
      assignment: {
        taskId,
        holder: row.holder,
        stepId,
        key: row.key,
        kind: row.kind,
        attempt: row.attempt,
        action: row.action,
        acceptanceCriteria: row.acceptance_criteria,
        input: row.input,
        task: {
          goal: row.goal,
          constraints: row.constraints,
          acceptanceCriteria: row.task_criteria,
          context: row.context,
          ...(row.language !== null && { language: row.language }),
        },
        earlier: row.earlier.map(({ screening, ...result }) => ({ ...result, ...(screening && { screening }) })),
      },
    };
  }

  /**
   * Stores a result, if this attempt is still the current one, and makes those steps ready that waited for nothing else.
   * Returns these, or nothing when the attempt was over. (Of two results that are stored at the same moment neither may see
   * the other: the orchestrator, which is rung after each, knows the same rule and makes ready what was left.)
   */
  async store(assignment: Assignment, result: ArmResult, verdict: ScreeningVerdict): Promise<ReadyStep[] | undefined> {
    const { id, mark } = this.marks.next();
    const [row] = await this.database.query<{ ready: ReadyStep[] }>(
      `WITH task AS (SELECT id, priority, holder FROM tasks WHERE id = $1 FOR UPDATE),
       finished AS (
         UPDATE steps s
         SET status = 'succeeded', output = $4, confidence = $5, warnings = $6, verdict = $7, error = NULL, ${FINISHED}
       ), ${traces('step.succeeded', {
         more: "'confidence', s.confidence",
         proof: `'output_hash', ${jsonHash('s.output')}`,
         mark: ['$8', '$9'],
       })}, counted AS (
         INSERT INTO arm_statistics AS a (arm_id, successes, mean_duration_ms)
         SELECT s.arm, 1, s.duration_ms FROM finished s
         ON CONFLICT (arm_id) DO UPDATE
         SET successes = a.successes + 1, updated_at = now(),
             mean_duration_ms = 0.9 * a.mean_duration_ms + 0.1 * excluded.mean_duration_ms
       ), readied AS (
         UPDATE steps n SET status = 'ready'
         FROM finished s
         WHERE n.task_id = s.task_id AND n.status = 'blocked' AND s.key = ANY (n.depends_on)
           AND NOT EXISTS (
             SELECT 1 FROM steps d
             WHERE d.task_id = s.task_id AND d.key = ANY (n.depends_on) AND d.id <> s.id AND d.status <> 'succeeded'
           )
         RETURNING n.id, n.arm
       )
       SELECT coalesce(
         (SELECT jsonb_agg(jsonb_build_object('stepId', r.id, 'arm', r.arm, 'priority', task.priority)) FROM readied r, task),
         '[]'::jsonb
       ) AS ready FROM finished`,
      [
        assignment.taskId,
        assignment.stepId,
        assignment.attempt,
        storableJson(result.output),
        result.confidence,
        storableJson(result.warnings ?? []),
        verdictJson(verdict),
        id,
        mark,
      ],
    );
    return row?.ready;
  }

  /** Stores a fault, if this attempt is still the current one. What follows from it is the orchestrator's to decide. */
  async fail(assignment: Assignment, fault: Fault, verdict?: ScreeningVerdict): Promise<boolean> {
    const { id, mark } = this.marks.next();
    const rows = await this.database.query(
      `WITH task AS (SELECT id, holder FROM tasks WHERE id = $1 FOR UPDATE),
       finished AS (
         UPDATE steps s SET status = 'failed', error = $4, verdict = $5, failures = s.failures + 1, ${FINISHED}
       ), ${traces('step.failed', {
         more: "'code', s.error->>'code', 'message', s.error->>'message'",
         mark: ['$6', '$7'],
       })}, counted AS (
         INSERT INTO arm_statistics AS a (arm_id, failures)
         -- What was asked wrongly says nothing against the arm.
         SELECT s.arm, 1 FROM finished s WHERE s.error->>'kind' <> 'user'
         ON CONFLICT (arm_id) DO UPDATE SET failures = a.failures + 1, updated_at = now()
       )
       SELECT 1 FROM finished`,
      [assignment.taskId, assignment.stepId, assignment.attempt, storableJson(fault), verdictJson(verdict), id, mark],
    );
    return rows.length === 1;
  }

  /** Has a step wait for a person, if this attempt is still the current one. Its worker is done with it. */
  async hold(assignment: Assignment, { phase, reason, verdict, result, patienceSeconds }: Question): Promise<boolean> {
    const rows = await this.database.query(
      `WITH task AS (SELECT id FROM tasks WHERE id = $1 FOR UPDATE),
       held AS (
         UPDATE steps s
         SET status = 'held', output = $4, confidence = $5, warnings = $6, verdict = $7, worker = NULL, lease_expires_at = NULL
         FROM task
         WHERE s.id = $2 AND s.task_id = task.id AND s.attempt = $3 AND s.status = 'running'
         RETURNING s.*
       ), asked AS (
         INSERT INTO approvals (id, task_id, step_id, phase, reason, findings, deadline_at)
         SELECT $8, h.task_id, h.id, $9, $10, coalesce(h.verdict->'findings', '[]'::jsonb), now() + make_interval(secs => $11)
         FROM held h
         RETURNING id, deadline_at
       ), numbered AS (
         UPDATE tasks t SET event_seq = t.event_seq + 1, updated_at = now()
         FROM held WHERE t.id = held.task_id
         RETURNING t.event_seq
       )
       INSERT INTO events (task_id, seq, type, data)
       SELECT h.task_id, numbered.event_seq, 'step.held',
              jsonb_build_object('key', h.key, 'kind', h.kind, 'arm', h.arm, 'phase', $9::text, 'reason', $10::text,
                                 'approval_id', asked.id, 'deadline', asked.deadline_at)
       FROM held h, numbered, asked
       RETURNING 1`,
      [
        assignment.taskId,
        assignment.stepId,
        assignment.attempt,
        result === undefined ? null : storableJson(result.output),
        result?.confidence ?? null,
        storableJson(result?.warnings ?? []),
        verdictJson(verdict),
        newId(),
        phase,
        storableText(reason),
        patienceSeconds,
      ],
    );
    return rows.length === 1;
  }

  /** Gives a step back unfinished, without counting a failure: this process is shutting down. */
  async release(assignment: Assignment): Promise<void> {
    await this.database.query(
      `UPDATE steps SET status = 'ready', worker = NULL, lease_expires_at = NULL
       WHERE id = $1 AND attempt = $2 AND status = 'running'`,
      [assignment.stepId, assignment.attempt],
    );
  }

  /** Renews leases; returns those of the given steps that this worker still holds. */
  async renew(worker: string, stepIds: string[]): Promise<Set<string>> {
    const rows = await this.database.query<{ id: string }>(
      `WITH held AS (
         SELECT id FROM steps WHERE id = ANY ($2) AND worker = $1 AND status = 'running' ORDER BY id FOR UPDATE
       )
       UPDATE steps s SET lease_expires_at = now() + make_interval(secs => $3)
       FROM held WHERE s.id = held.id RETURNING s.id`,
      [worker, stepIds, LEASE_SECONDS],
    );
    return new Set(rows.map(({ id }) => id));
  }
}
