import { Injectable } from '@nestjs/common';
import type { ActionRecord } from '../contracts/provenance';
import { Database } from '../drivers/database/database.service';

type QueryRow = Record<string, unknown>;

const RECORDS = `
  SELECT id, task_id AS "taskId", arm_id AS "armId", action_type AS type, action_details AS details, result, timestamp,
         position::float8 AS position, previous_hash AS "previousHash", hash
  FROM action_log`;
const AFTER = '($1::timestamptz IS NULL OR (timestamp, id) < ($1::timestamptz, $2::uuid))';
const OF_TASK = `task_id = ANY (
  ARRAY[$4::text, lower($4::text), 'task-' || lower($4::text), (SELECT 'task-' || t.id FROM tasks t WHERE t.key = substr($4::text, 6))])`;
const PAGE = 'ORDER BY timestamp DESC, id DESC LIMIT $3';

/** The action log, for those who read it. */
@Injectable()
export class ActionRecords {
  constructor(private readonly database: Database) {}

  /** Newest first, after the given place. A task may be named in each of its forms: `task_…`, `task-<uuid>`, `<uuid>`. */
  page(filter: { taskId?: string; limit: number; after?: { createdAt: string; id: string } }): Promise<ActionRecord[]> {
    const { taskId, limit, after } = filter;
    const place = [after?.createdAt ?? null, after?.id ?? null, limit];
    // Two statements, because one for both could use no index.
    return taskId === undefined
      ? this.database.query<ActionRecord & QueryRow>(`${RECORDS} WHERE ${AFTER} ${PAGE}`, place)
      : this.database.query<ActionRecord & QueryRow>(`${RECORDS} WHERE ${OF_TASK} AND ${AFTER} ${PAGE}`, [
          ...place,
          taskId,
        ]);
  }
}
