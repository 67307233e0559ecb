import { Injectable } from '@nestjs/common';
import type { Priority } from '../contracts/task';
import { Database } from '../drivers/database/database.service';

interface RingableStep {
  taskId: string;
  stepId: string;
  arm: string;
  priority: Priority;
}

/** What may have lost its bell, among all tasks. */
@Injectable()
export class SweepRepository {
  constructor(private readonly database: Database) {}

  /** Tasks that want attention although no bell may be on its way. `all` takes every task that has begun, as after a start. */
  async neglected(all: boolean): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT t.id FROM tasks t
       WHERE t.status NOT IN ('completed', 'failed', 'cancelled')
         AND (($1 AND t.status <> 'accepted') OR t.cancel_requested
           OR (t.started_at + make_interval(secs => t.max_time_seconds) <= now()
               AND NOT EXISTS (SELECT 1 FROM approvals a WHERE a.task_id = t.id AND a.status = 'pending'))
           OR EXISTS (SELECT 1 FROM approvals a WHERE a.task_id = t.id AND a.status = 'pending' AND a.deadline_at <= now())
           OR t.created_at + make_interval(secs => t.deadline_seconds) <= now()
           OR EXISTS (SELECT 1 FROM steps s WHERE s.task_id = t.id AND s.status = 'running' AND s.lease_expires_at <= now())
           OR (t.status <> 'accepted' AND t.updated_at <= now() - interval '5 seconds' AND (
             EXISTS (SELECT 1 FROM steps s WHERE s.task_id = t.id AND s.status = 'failed')
             OR EXISTS (
               SELECT 1 FROM steps s
               WHERE s.task_id = t.id AND s.status = 'blocked' AND NOT EXISTS (
                 SELECT 1 FROM steps d
                 WHERE d.task_id = t.id AND d.key = ANY (s.depends_on) AND d.status <> 'succeeded'))
             OR NOT EXISTS (
               SELECT 1 FROM steps s WHERE s.task_id = t.id AND s.status IN ('ready', 'running', 'held')))))
       ORDER BY array_position(ARRAY['critical', 'high', 'medium', 'low'], t.priority::text), t.created_at`,
      [all],
    );
    return rows.map(({ id }) => id);
  }

  /**
   * Ready steps whose bell may have been lost: nobody took them for `idleSeconds`. Each is taken note of, so that it is rung
   * again only after another such time.
   */
  async unanswered(idleSeconds: number): Promise<RingableStep[]> {
    const rows = await this.database.query<{ id: string; task_id: string; arm: string; priority: Priority }>(
      `WITH idle AS (
         SELECT s.id, t.priority FROM steps s JOIN tasks t ON t.id = s.task_id
         WHERE s.status = 'ready' AND t.status IN ('planning', 'executing', 'validating')
           AND greatest(s.created_at, s.available_at, t.updated_at) <= now() - make_interval(secs => $1)
         ORDER BY s.id FOR UPDATE OF s SKIP LOCKED
       )
       UPDATE steps s SET available_at = now()
       FROM idle WHERE s.id = idle.id
       RETURNING s.id, s.task_id, s.arm, idle.priority`,
      [idleSeconds],
    );
    return rows.map(({ id, task_id, arm, priority }) => ({ stepId: id, taskId: task_id, arm, priority }));
  }

  /** Ends the leases of all running steps: in embedded mode, whoever held them died with the last process. */
  async expireAllLeases(): Promise<void> {
    await this.database.query("UPDATE steps SET lease_expires_at = now() WHERE status = 'running'");
  }
}
