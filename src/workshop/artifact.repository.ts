import { Injectable } from '@nestjs/common';
import { newId } from '../common/ids';
import type { Artifact } from '../contracts/artifact';
import type { Assignment } from '../contracts/arm';
import { Database, type Sql } from '../drivers/database/database.service';
import type { Changes, NewFile } from './workspace-changes';

/** The attempt at a step that makes files. */
export type Maker = Pick<Assignment, 'stepId' | 'attempt'>;

/** The newest of a file: what lies in the workspace. */
export interface Placed {
  path: string;
  size: number;
  sha256: string;
}
/** `content` is null once it was cleaned up. */
export interface PlacedFile extends Placed {
  content: Buffer | null;
}

/** Bytes kept at most: of one workspace, the versions that were replaced counted, and of all workspaces of one holder. */
export interface Bounds {
  workspace: number;
  holder: number;
}

interface Row {
  id: string;
  task_id: string;
  step: string | null;
  path: string;
  version: number;
  size: number;
  sha256: string;
  created_at: Date;
  available: boolean;
}

/** A file counts from when the result of the attempt that made it does: what a lost attempt leaves is never seen. */
const counts = (a: string): string => `
  (${a}.step_id IS NULL OR EXISTS (
    SELECT 1 FROM steps s WHERE s.id = ${a}.step_id AND s.attempt = ${a}.attempt AND s.status = 'succeeded'))`;

const NEWEST = (columns: string): string => `
  SELECT ${columns} FROM (
    SELECT DISTINCT ON (a.path) a.* FROM artifacts a WHERE a.task_id = $1 AND ${counts('a')}
    ORDER BY a.path, a.version DESC
  ) newest WHERE NOT removed`;

const COLUMNS = `a.id, a.task_id, (SELECT s.key FROM steps s WHERE s.id = a.step_id) AS step, a.path, a.version, a.size,
  a.sha256, a.created_at, a.content IS NOT NULL AS available`;

/** Most entries of a list; a workspace that many runs share has more versions than anybody reads. */
const MOST_LISTED = 1_000;

const toArtifact = ({ task_id, created_at, ...row }: Row): Artifact => ({
  ...row,
  taskId: task_id,
  createdAt: created_at.toISOString(),
});

/** Files of workspaces. What takes an `Sql` runs in the caller's transaction. */
@Injectable()
export class ArtifactRepository {
  constructor(private readonly database: Database) {}

  /** Alone with the workspace of a task until the end; nothing when there is no such task. */
  async locked<T>(taskId: string, work: (sql: Sql) => Promise<T>): Promise<T | undefined> {
    return this.database.transaction(async (sql) => {
      const tasks = await sql.query('SELECT 1 FROM tasks WHERE id = $1 FOR NO KEY UPDATE', [taskId]);
      return tasks.length === 0 ? undefined : work(sql);
    });
  }

  newest(sql: Sql, taskId: string): Promise<Placed[]> {
    return sql.query<Placed & { [column: string]: unknown }>(NEWEST('path, size, sha256::text'), [taskId]);
  }

  newestFiles(taskId: string): Promise<PlacedFile[]> {
    return this.database.query<PlacedFile & { [column: string]: unknown }>(
      NEWEST('path, size, sha256::text, content'),
      [taskId],
    );
  }

  /** Stores changes as the next versions of their files. Returns those written. */
  async add(sql: Sql, taskId: string, maker: Maker | null, { written, removed }: Changes): Promise<Artifact[]> {
    // An earlier attempt that came this far and no further.
    if (maker !== null) {
      await sql.query('DELETE FROM artifacts WHERE step_id = $1 AND attempt < $2', [maker.stepId, maker.attempt]);
    }
    for (const file of removed) await this.insert(sql, taskId, maker, file, true);
    const artifacts: Artifact[] = [];
    for (const file of written) artifacts.push(...(await this.insert(sql, taskId, maker, file, false)));
    return artifacts;
  }

  /** Drops bytes of what was added earlier, so that what is kept stays within bounds; path, hash and size stay. */
  async bound(sql: Sql, taskId: string, { workspace, holder }: Bounds): Promise<void> {
    await this.trim(sql, taskId, workspace);
    if (Number.isFinite(holder)) await this.trimHolder(sql, taskId, holder);
  }

  /** Drops the bytes of the oldest versions that newer ones have replaced, until those kept are not more than `most`. */
  private async trim(sql: Sql, taskId: string, most: number): Promise<void> {
    await sql.query(
      `WITH kept AS (
         SELECT a.id, a.size, a.created_at, EXISTS (
           SELECT 1 FROM artifacts n
           WHERE n.task_id = a.task_id AND n.path = a.path AND n.version > a.version AND ${counts('n')}
         ) AS replaced
         FROM artifacts a WHERE a.task_id = $1 AND a.content IS NOT NULL
       ), summed AS (
         SELECT id, replaced, sum(size) OVER (ORDER BY replaced, created_at DESC, id) AS total FROM kept
       )
       UPDATE artifacts SET content = NULL WHERE id IN (SELECT id FROM summed WHERE replaced AND total > $2)`,
      [taskId, most],
    );
  }

  /**
   * Drops the bytes of the workspaces that the same holder has used the longest ago and whose tasks have ended, until all of his are
   * not more than `most`. This workspace keeps what it has.
   */
  private async trimHolder(sql: Sql, taskId: string, most: number): Promise<void> {
    await sql.query(
      `WITH held AS (
         SELECT id, task_id, size, max(created_at) OVER (PARTITION BY task_id) AS used FROM artifacts
         WHERE holder = (SELECT holder FROM tasks WHERE id = $1) AND holder <> '' AND content IS NOT NULL
       ), summed AS (
         SELECT id, task_id, sum(size) OVER (ORDER BY used DESC, task_id, id) AS total FROM held
       ), old AS (
         SELECT a.id FROM summed s JOIN tasks t ON t.id = s.task_id JOIN artifacts a ON a.id = s.id
         WHERE s.total > $2 AND s.task_id <> $1 AND t.completed_at IS NOT NULL
         FOR UPDATE OF a SKIP LOCKED
       )
       UPDATE artifacts a SET content = NULL FROM old WHERE a.id = old.id`,
      [taskId, most],
    );
  }

  async list(taskId: string): Promise<Artifact[]> {
    const rows = await this.database.query<Row & { [column: string]: unknown }>(
      `SELECT * FROM (
         SELECT ${COLUMNS} FROM artifacts a WHERE a.task_id = $1 AND NOT a.removed AND ${counts('a')}
         ORDER BY a.created_at DESC, a.path DESC, a.version DESC LIMIT ${MOST_LISTED}
       ) latest ORDER BY created_at, path, version`,
      [taskId],
    );
    return rows.map(toArtifact);
  }

  async find(taskId: string, id: string): Promise<{ artifact: Artifact; content: Buffer | null } | undefined> {
    const [row] = await this.database.query<Row & { content: Buffer | null }>(
      `SELECT ${COLUMNS}, a.content FROM artifacts a
       WHERE a.task_id = $1 AND a.id = $2 AND NOT a.removed AND ${counts('a')}`,
      [taskId, id],
    );
    if (row === undefined) return undefined;
    const { content, ...rest } = row;
    return { artifact: toArtifact(rest), content };
  }

  /**
   * Drops the bytes of files whose workspace nobody has used for so many days since its task ended; path, hash and size stay.
   * At most `most` files at a time, and none that another process is at. Returns their number.
   */
  async dropOld(days: number, most: number): Promise<number> {
    const rows = await this.database.query(
      `WITH old AS (
         SELECT a.id FROM artifacts a JOIN tasks t ON t.id = a.task_id
         WHERE a.content IS NOT NULL AND t.completed_at <= now() - make_interval(days => $1) AND NOT EXISTS (
           SELECT 1 FROM artifacts n WHERE n.task_id = a.task_id AND n.created_at > now() - make_interval(days => $1))
         LIMIT $2 FOR UPDATE OF a SKIP LOCKED
       )
       UPDATE artifacts a SET content = NULL FROM old WHERE a.id = old.id RETURNING a.id`,
      [days, most],
    );
    return rows.length;
  }

  private async insert(
    sql: Sql,
    taskId: string,
    maker: Maker | null,
    { path, bytes, sha256 }: NewFile,
    removed: boolean,
  ): Promise<Artifact[]> {
    const rows = await sql.query<Row & { [column: string]: unknown }>(
      `INSERT INTO artifacts AS a (id, task_id, step_id, attempt, path, version, removed, size, sha256, content, holder)
       VALUES ($1, $2, $3, $4, $5::varchar, (
         SELECT coalesce(max(version), 0) + 1 FROM artifacts WHERE task_id = $2 AND path = $5::varchar
       ), $6, $7, $8, $9, (SELECT holder FROM tasks WHERE id = $2))
       RETURNING ${COLUMNS}`,
      [
        newId(),
        taskId,
        maker?.stepId ?? null,
        maker?.attempt ?? null,
        path,
        removed,
        bytes.byteLength,
        sha256,
        removed ? null : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      ],
    );
    return rows.map(toArtifact);
  }
}
