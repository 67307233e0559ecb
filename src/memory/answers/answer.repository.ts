import { Injectable } from '@nestjs/common';
import { storableJson } from '../../common/storable';
import type { JsonObject } from '../../contracts/json';
import type { TaskResult } from '../../contracts/outcome';
import { Database } from '../../drivers/database/database.service';
import type { AnswerContent } from './answer-content';

export interface StoredAnswer {
  key: string;
  content: AnswerContent;
  cachedAt: Date;
  expiresAt: Date;
}

/** A task whose answer may serve somebody. */
export interface FinishedTask {
  tenant: string;
  goal: string;
  constraints: string[];
  acceptanceCriteria: string[];
  context: JsonObject;
  result: TaskResult;
}

interface AnswerRow {
  key: string;
  output: AnswerContent;
  created_at: Date;
  expires_at: Date;
}

const keysOf = (rows: readonly { key: string }[]): string[] => rows.map(({ key }) => key);

/** Answers by their keys, and the tasks they come from. */
@Injectable()
export class AnswerRepository {
  constructor(private readonly database: Database) {}

  /** Nothing for a task whose answer serves nobody. One with a parent or with wants of its own answers more than its goal. */
  async finishedTask(taskId: string): Promise<FinishedTask | undefined> {
    const [row] = await this.database.query<FinishedTask>(
      `SELECT answer_holder AS tenant, goal, constraints, acceptance_criteria AS "acceptanceCriteria", context, result
       FROM tasks
       WHERE id = $1 AND status = 'completed' AND answer_holder IS NOT NULL AND result IS NOT NULL
         AND direct_arm IS NULL AND parent_task_id IS NULL AND required_capabilities = '[]'`,
      [taskId],
    );
    return row;
  }

  /** Keeps an answer; an earlier one to the same question gives way. */
  async keep(
    { key, tenant }: { key: string; tenant: string },
    content: AnswerContent,
    ttlSeconds: number,
  ): Promise<void> {
    await this.database.query(
      `INSERT INTO answers (key, tenant, output, expires_at)
       VALUES ($1, $2, $3, now() + make_interval(secs => $4))
       ON CONFLICT (key) DO UPDATE
       SET output = excluded.output, created_at = excluded.created_at, expires_at = excluded.expires_at`,
      [key, tenant, storableJson(content), ttlSeconds],
    );
  }

  /** Deletes a tenant's oldest answers beyond so many; returns their keys. */
  async trim(tenant: string, most: number): Promise<string[]> {
    const rows = await this.database.query<{ key: string }>(
      `DELETE FROM answers WHERE key IN (
         SELECT key FROM answers WHERE tenant = $1 ORDER BY created_at DESC, key OFFSET $2
       ) RETURNING key`,
      [tenant, most],
    );
    return keysOf(rows);
  }

  /** An answer that has not run out, and is this tenant's. */
  async find(key: string, tenant: string): Promise<StoredAnswer | undefined> {
    const [row] = await this.database.query<AnswerRow>(
      `SELECT key, output, created_at, expires_at FROM answers WHERE key = $1 AND tenant = $2 AND expires_at > now()`,
      [key, tenant],
    );
    return row && { key: row.key, content: row.output, cachedAt: row.created_at, expiresAt: row.expires_at };
  }

  async count(): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM answers WHERE expires_at > now()',
    );
    return row?.count ?? 0;
  }

  /** Deletes what has run out; returns the keys. */
  async sweep(): Promise<string[]> {
    return keysOf(
      await this.database.query<{ key: string }>('DELETE FROM answers WHERE expires_at <= now() RETURNING key'),
    );
  }

  /** Deletes all answers of all tenants; returns the keys of those that had not run out, and of the others. */
  async clear(): Promise<{ valid: string[]; expired: string[] }> {
    const rows = await this.database.query<{ key: string; valid: boolean }>(
      'DELETE FROM answers RETURNING key, expires_at > now() AS valid',
    );
    return { valid: keysOf(rows.filter(({ valid }) => valid)), expired: keysOf(rows.filter(({ valid }) => !valid)) };
  }
}
