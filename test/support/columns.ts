import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';

/** A fresh, empty place for a server to keep its state in. */
export interface Column {
  /** Environment variables that choose it. */
  variables: Record<string, string>;
  dispose(): Promise<void>;
}

const tempDir = (): string => mkdtempSync(join(tmpdir(), 'octollm-test-'));

/** An embedded database in a temporary folder. */
export const embeddedColumn = (): Promise<Column> => {
  const dataDir = tempDir();
  return Promise.resolve({
    variables: { DATA_DIR: dataDir, LLM_PROVIDER: 'demonstration' },
    dispose: () => {
      // A PostgreSQL whose owner was killed may still write there for a moment.
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 50, retryDelay: 100 });
      return Promise.resolve();
    },
  });
};

/** A database of its own on the server that TEST_DATABASE_URL names, with Redis when TEST_REDIS_URL is given too. */
const serverColumn = async (): Promise<Column> => {
  const admin = new Client({ connectionString: process.env['TEST_DATABASE_URL'] });
  const name = `octollm_test_${randomBytes(6).toString('hex')}`;
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  const url = new URL(process.env['TEST_DATABASE_URL'] ?? '');
  url.pathname = `/${name}`;
  const redis = process.env['TEST_REDIS_URL'];
  const embedded = await embeddedColumn();
  return {
    variables: {
      ...embedded.variables,
      DATABASE_URL: url.toString(),
      ...(redis !== undefined && { REDIS_URL: redis, REDIS_PREFIX: name }),
    },
    dispose: async () => {
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.end();
      await embedded.dispose();
    },
  };
};

/** Both columns of every driver: embedded always, server when its URL is given. */
export const COLUMNS: [name: string, open: () => Promise<Column>][] = [
  ['embedded', embeddedColumn],
  ...(process.env['TEST_DATABASE_URL'] === undefined
    ? []
    : [['server', serverColumn] as [string, () => Promise<Column>]]),
];
