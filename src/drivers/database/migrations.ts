import { createHash, randomUUID } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from 'pg';
import { UserError } from '../../common/errors';

/** Any constant does, as long as every version of the server uses the same. "OCTO" in ASCII. */
const LOCK_KEY = 0x4f43544f;

/** The table `prisma migrate deploy` keeps, so that both agree on what has been done. */
const LEDGER = `
  CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id" VARCHAR(36) PRIMARY KEY,
    "checksum" VARCHAR(64) NOT NULL,
    "finished_at" TIMESTAMPTZ,
    "migration_name" VARCHAR(255) NOT NULL,
    "logs" TEXT,
    "rolled_back_at" TIMESTAMPTZ,
    "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
    "applied_steps_count" INTEGER NOT NULL DEFAULT 0
  )`;

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

interface LedgerRow {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
}

const readMigrations = async (folder: string): Promise<Migration[]> => {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
};

const refuse = (message: string): never => {
  throw new UserError('database_schema_refused', message);
};

/** Checks the ledger against our files. Pure, so that each refusal can be tested. */
export const pendingMigrations = <M extends Pick<Migration, 'name' | 'checksum'>>(
  ours: M[],
  ledger: LedgerRow[],
): M[] => {
  for (const row of ledger) {
    const mine = ours.find(({ name }) => name === row.migration_name);
    if (row.finished_at === null) {
      refuse(
        `Migration ${row.migration_name} was begun with another tool and not finished. Repair it with "prisma migrate resolve", then start again.`,
      );
    }
    if (mine === undefined) {
      refuse(
        `The database has been migrated by a newer version of OctoLLM (${row.migration_name} is unknown here). Start that version, or restore a backup made with this one.`,
      );
    } else if (mine.checksum !== row.checksum) {
      refuse(`Migration ${mine.name} was changed after it had been applied. Restore the file as it was released.`);
    }
  }
  return ours.filter(({ name }) => !ledger.some((row) => row.migration_name === name));
};

/**
 * Brings the database up to date, each migration in a transaction of its own, one process at a time.
 * @returns the names of the migrations that were applied.
 * @throws UserError `database_schema_refused` for a schema that is newer than this code, or tampered with.
 */
export const migrate = async (client: Client, folder: string): Promise<string[]> => {
  const ours = await readMigrations(folder);
  await client.query('SELECT pg_advisory_lock($1)', [LOCK_KEY]);
  try {
    await client.query(LEDGER);
    const { rows } = await client.query<LedgerRow>(
      'SELECT migration_name, checksum, finished_at FROM "_prisma_migrations" WHERE rolled_back_at IS NULL',
    );
    const pending = pendingMigrations(ours, rows);
    for (const { name, sql, checksum } of pending) {
      await client.query('BEGIN');
      try {
        await client.query(sql);
        await client.query(
          'INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at, applied_steps_count) VALUES ($1, $2, $3, now(), 1)',
          [randomUUID(), checksum, name],
        );
        await client.query('COMMIT');
      } catch (error) {
        await client.query('ROLLBACK');
        throw error;
      }
    }
    return pending.map(({ name }) => name);
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [LOCK_KEY]);
  }
};
