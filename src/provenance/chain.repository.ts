import { Injectable } from '@nestjs/common';
import type { ActionMark } from '../common/action-marks.service';
import type { JsonObject } from '../contracts/json';
import { Database, type Sql } from '../drivers/database/database.service';
import { type Chain, type Line, type Link, NO_HASH, type Place, type SealedLine } from './chain';

/** PostgreSQL's own spelling of each column; `BC` because the year alone does not tell. */
const LINE = `
  id::text, seq::text, task_id, arm_id, action_type, action_details::text, result::text,
  to_char(timestamp AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z" BC') AS at, mark`;
/** Positions stay far below 2^53, and a double arrives as a number. */
const SEALED_LINE = `${LINE}, position::float8 AS position, previous_hash, hash`;

export type KeptChain = Chain & {
  /** Null until the first line was chained. */
  signature: string | null;
};

/** Lines that have no place in the chain. */
interface Loose {
  id: string;
  mark: string | null;
  is_late: boolean;
}

/** The chain of the action log as it is stored. Everything that takes an `Sql` runs in the caller's transaction. */
@Injectable()
export class ChainRepository {
  constructor(private readonly database: Database) {}

  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.database.transaction(work);
  }

  /** Everything that `work` reads is of one moment; it can change nothing. */
  snapshot<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.database.transaction(async (sql) => {
      await sql.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
      return work(sql);
    });
  }

  async hasUnsealed(): Promise<boolean> {
    return (await this.database.query('SELECT 1 FROM action_log WHERE position IS NULL LIMIT 1')).length > 0;
  }

  async find(sql: Sql, lock: '' | 'FOR UPDATE' | 'FOR UPDATE SKIP LOCKED' = ''): Promise<KeptChain | undefined> {
    const [row] = await sql.query<{
      position: number;
      hash: string;
      start_position: number;
      start_hash: string;
      accepted_position: number;
      signature: string | null;
    }>(
      `SELECT position::float8 AS position, hash, start_position::float8 AS start_position, start_hash,
              accepted_position::float8 AS accepted_position, signature
       FROM action_chain ${lock}`,
    );
    return (
      row && {
        end: { position: row.position, hash: row.hash },
        start: { position: row.start_position, hash: row.start_hash },
        acceptedPosition: row.accepted_position,
        signature: row.signature,
      }
    );
  }

  async keep(sql: Sql, { end, start, acceptedPosition, signature }: KeptChain): Promise<void> {
    await sql.query(
      `INSERT INTO action_chain (position, hash, start_position, start_hash, accepted_position, signature)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (id) DO UPDATE
       SET position = excluded.position, hash = excluded.hash, start_position = excluded.start_position,
           start_hash = excluded.start_hash, accepted_position = excluded.accepted_position,
           signature = excluded.signature, updated_at = now()`,
      [end.position, end.hash, start.position, start.hash, acceptedPosition, signature],
    );
  }

  /** Lines that have no place yet, in the order they were written, after the given one. */
  unsealed(sql: Sql, afterSeq: string, limit: number): Promise<Line[]> {
    return sql.query<Line>(
      `SELECT ${LINE} FROM action_log l WHERE l.position IS NULL AND l.seq > $1::bigint ORDER BY l.seq LIMIT $2`,
      [afterSeq, limit],
    );
  }

  async link(sql: Sql, links: (Link & { id: string })[]): Promise<void> {
    await sql.query(
      `UPDATE action_log l SET position = n.position, previous_hash = n.previous_hash, hash = n.hash
       FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[]) AS n(id, position, previous_hash, hash)
       WHERE l.id = n.id`,
      [
        links.map(({ id }) => id),
        links.map(({ position }) => position),
        links.map(({ previous_hash }) => previous_hash),
        links.map(({ hash }) => hash),
      ],
    );
  }

  /** A line about the chain itself. */
  async addLine(
    sql: Sql,
    { id, mark, type, details }: ActionMark & { type: string; details: JsonObject },
  ): Promise<void> {
    await sql.query(
      `INSERT INTO action_log (id, mark, task_id, arm_id, action_type, action_details) VALUES ($1, $2, '', 'provenance', $3, $4)`,
      [id, mark, type, JSON.stringify(details)],
    );
  }

  /** The lines after a position, in their order. */
  after(sql: Sql, position: number, limit: number): Promise<SealedLine[]> {
    return sql.query<SealedLine>(
      `SELECT ${SEALED_LINE} FROM action_log l WHERE l.position > $1::bigint ORDER BY l.position LIMIT $2`,
      [position, limit],
    );
  }

  async last(sql: Sql): Promise<Place> {
    const [row] = await sql.query<{ position: number; hash: string | null }>(
      'SELECT position::float8 AS position, hash FROM action_log l WHERE position IS NOT NULL ORDER BY l.position DESC LIMIT 1',
    );
    return row === undefined ? { position: 0, hash: NO_HASH } : { ...row, hash: row.hash ?? NO_HASH };
  }

  async hashAt(sql: Sql, position: number): Promise<string | null> {
    const [row] = await sql.query<{ hash: string | null }>('SELECT hash FROM action_log WHERE position = $1::bigint', [
      position,
    ]);
    return row?.hash ?? null;
  }

  /** Lines before the start of the chain: those that were once accepted, and those that have no business there. */
  async before({ start, acceptedPosition }: Chain, sql: Sql): Promise<{ accepted: number; foreign: number }> {
    const [row] = await sql.query<{ accepted: number; foreign: number }>(
      `SELECT count(*) FILTER (WHERE position BETWEEN 1 AND $2)::int AS accepted,
              count(*) FILTER (WHERE position < 1 OR position > $2)::int AS foreign
       FROM action_log WHERE position <= $1`,
      [start.position, acceptedPosition],
    );
    return row ?? { accepted: 0, foreign: 0 };
  }

  /** Lines without a place, oldest first; `is_late` when that should have changed long ago. */
  loose(sql: Sql, lateSeconds: number, limit: number): Promise<Loose[]> {
    return sql.query<Loose>(
      `SELECT id::text, mark, timestamp < now() - make_interval(secs => $1) AS is_late
       FROM action_log WHERE position IS NULL ORDER BY seq LIMIT $2`,
      [lateSeconds, limit],
    );
  }

  /** Of the lines after a position, how many in a row from the first on are older than so many days. */
  async oldAfter(sql: Sql, position: number, days: number, limit: number): Promise<SealedLine[]> {
    return sql.query<SealedLine>(
      `SELECT ${SEALED_LINE} FROM (
         SELECT *, bool_and(n.timestamp < now() - make_interval(days => $2)) OVER (ORDER BY n.position) AS is_old
         FROM (SELECT * FROM action_log WHERE position > $1::bigint ORDER BY position LIMIT $3) n
       ) l WHERE is_old ORDER BY l.position`,
      [position, days, limit],
    );
  }

  async remove(sql: Sql, upTo: number): Promise<void> {
    await sql.query('DELETE FROM action_log WHERE position BETWEEN 1 AND $1::bigint', [upTo]);
  }
}
