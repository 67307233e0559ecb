import { Injectable } from '@nestjs/common';
import { Subject, filter, firstValueFrom, map, merge, timer } from 'rxjs';
import type { TaskEvent, TaskEventType } from '../contracts/event';
import type { JsonObject } from '../contracts/json';
import { storableJson } from '../common/storable';
import { Database, type Sql } from '../drivers/database/database.service';

export interface NewEvent {
  type: TaskEventType;
  data: JsonObject;
}

/** How often a reader looks by itself; another process may have written. */
const POLL_MS = 500;

/** The append-only history of every task. */
@Injectable()
export class Journal {
  private readonly written = new Subject<string>();

  constructor(private readonly database: Database) {}

  /** Numbers and stores events. The caller's transaction must have locked the task's row; `announce` follows its commit. */
  async append(sql: Sql, taskId: string, events: NewEvent[]): Promise<void> {
    if (events.length === 0) return;
    await sql.query(
      `WITH numbered AS (
         UPDATE tasks SET event_seq = event_seq + $2, updated_at = now() WHERE id = $1 RETURNING event_seq - $2 AS before
       )
       INSERT INTO events (task_id, seq, type, data)
       SELECT $1, numbered.before + e.ordinality, e.event->>'type', e.event->'data'
       FROM numbered, jsonb_array_elements($3::jsonb) WITH ORDINALITY AS e(event, ordinality)`,
      [taskId, events.length, storableJson(events)],
    );
  }

  /** Appends one event by itself. */
  async note(taskId: string, event: NewEvent): Promise<void> {
    await this.append(this.database, taskId, [event]);
    this.announce(taskId);
  }

  /** Tells readers in this process that there is something new. */
  announce(taskId: string): void {
    this.written.next(taskId);
  }

  async read(taskId: string, afterSeq: number, limit: number): Promise<TaskEvent[]> {
    const rows = await this.database.query<{ seq: number; type: TaskEventType; data: JsonObject; created_at: Date }>(
      'SELECT seq, type, data, created_at FROM events WHERE task_id = $1 AND seq > $2 ORDER BY seq LIMIT $3',
      [taskId, afterSeq, limit],
    );
    return rows.map(({ seq, type, data, created_at }) => ({ taskId, seq, type, data, createdAt: created_at }));
  }

  /** Resolves when the task may have new events: `here` at once when this process wrote some, else `poll` after half a second. */
  nextChange(taskId: string): Promise<'here' | 'poll'> {
    const here = this.written.pipe(
      filter((id) => id === taskId),
      map(() => 'here' as const),
    );
    return firstValueFrom(merge(here, timer(POLL_MS).pipe(map(() => 'poll' as const))));
  }
}
