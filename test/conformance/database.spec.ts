import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ConfigModule } from '../../src/common/config/config.module';
import { parseConfig } from '../../src/common/config/load-config';
import { HealthRegistry } from '../../src/common/health';
import { HealthModule } from '../../src/common/health.module';
import { DatabaseModule } from '../../src/drivers/database/database.module';
import { Database } from '../../src/drivers/database/database.service';
import { Prisma } from '../../src/drivers/database/generated/client';
import { COLUMNS, type Column } from '../support/columns';

@Module({})
class Root {}
const open = async (variables: Record<string, string>): Promise<INestApplicationContext> => {
  const { settings } = parseConfig(variables);
  const app = await NestFactory.createApplicationContext(
    { module: Root, imports: [ConfigModule.with(settings), HealthModule, DatabaseModule] },
    { logger: false, abortOnError: false },
  );
  return app.init();
};
const databaseOf = (app: INestApplicationContext): Database => app.get(Database, { strict: false });

describe.each(COLUMNS)('database, %s', (_, openColumn) => {
  let column: Column;
  let app: INestApplicationContext;
  let database: Database;

  beforeAll(async () => {
    column = await openColumn();
    app = await open(column.variables);
    database = databaseOf(app);
  });
  afterAll(async () => {
    await app.close();
    await column.dispose();
  });

  it('has exactly the columns that the Prisma schema describes', async () => {
    const described = Object.fromEntries(
      Object.values(Prisma.ModelName).map((model) => [model, Object.keys(Prisma[`${model}ScalarFieldEnum`])]),
    );
    for (const [model, fields] of Object.entries(described)) {
      const delegate = database.prisma[(model.charAt(0).toLowerCase() + model.slice(1)) as 'task'];
      const select = Object.fromEntries(fields.map((field) => [field, true]));
      await expect(delegate.findMany({ select, take: 1 })).resolves.toBeDefined();
    }
    const rows = await database.query<{ table_name: string; columns: number }>(
      `SELECT table_name::text, count(*)::int AS columns FROM information_schema.columns
       WHERE table_schema = 'public' AND table_name <> '_prisma_migrations' AND column_name <> 'search' GROUP BY table_name`,
    );
    const columns = rows.reduce((sum, { columns: count }) => sum + count, 0);
    expect(columns).toBe(Object.values(described).flat().length);
  });

  it('records its migrations as Prisma does, and applies them once', async () => {
    const rows = await database.query<{ migration_name: string; checksum: string; finished_at: Date }>(
      'SELECT migration_name, checksum, finished_at FROM _prisma_migrations',
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      const sql = readFileSync(`prisma/migrations/${row.migration_name}/migration.sql`);
      expect(row.checksum).toBe(await sha256(sql));
      expect(row.finished_at).toBeInstanceOf(Date);
    }
  });

  it('does all of a transaction or none of it', async () => {
    const id = randomUUID();
    const insert = `INSERT INTO entities (id, entity_type, name) VALUES ($1, 'concept', $2)`;
    await expect(
      database.transaction(async (sql) => {
        await sql.query(insert, [id, `never ${id}`]);
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    await database.transaction((sql) => sql.query(insert, [randomUUID(), `always ${id}`]));
    const rows = await database.query('SELECT name FROM entities WHERE name LIKE $1', [`%${id}`]);
    expect(rows).toEqual([{ name: `always ${id}` }]);
  });

  it('outlives a connection that is lost within a transaction', async () => {
    const lost = database.transaction(async (sql) => {
      const [row] = await sql.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await database.query('SELECT pg_terminate_backend($1)', [row?.pid]);
      await new Promise((resolve) => setTimeout(resolve, 100));
      await sql.query('SELECT 1');
    });
    await expect(lost).rejects.toMatchObject({ kind: 'transient', code: 'service_unavailable' });
    expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('keeps text of every language as it was given', async () => {
    const text = 'naïve Grüße 漢字 😀 ‮ \\ \' " $1 %s \r\n\t';
    const [row] = await database.query<{ text: string }>('SELECT $1::text AS text', [text]);
    expect(row?.text).toBe(text);
  });

  it('reports to the health registry', async () => {
    const report = await app.get(HealthRegistry, { strict: false }).report();
    expect(report.probes['database']).toMatchObject({ ok: true, required: true });
  });
});

const sha256 = async (bytes: Buffer): Promise<string> =>
  Buffer.from(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes))).toString('hex');

describe('a schema that this code does not know', () => {
  it('is refused with the reason, and nothing is touched', async () => {
    const [, openColumn] = COLUMNS[0]!;
    const column = await openColumn();
    const app = await open(column.variables);
    await databaseOf(app).query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'y', '29990101000000_future', now())`,
    );
    await app.close();
    await expect(open(column.variables)).rejects.toMatchObject({
      code: 'database_schema_refused',
      message: expect.stringMatching(/newer version.*29990101000000_future/),
    });
    await column.dispose();
  });
});
