import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Pool } from 'pg';
import { ActionMarks } from '../../src/common/action-marks.service';
import { ConfigModule } from '../../src/common/config/config.module';
import { AppConfig } from '../../src/common/config/config.service';
import { parseConfig } from '../../src/common/config/load-config';
import { HealthModule } from '../../src/common/health.module';
import { PostgresAddress } from '../../src/common/postgres-address';
import { SecretModule } from '../../src/common/secret.module';
import { Secret } from '../../src/common/secret.service';
import type { ChainReport } from '../../src/contracts/provenance';
import { ActionRepository } from '../../src/dispatch/action.repository';
import { DatabaseModule } from '../../src/drivers/database/database.module';
import { Database } from '../../src/drivers/database/database.service';
import { openProvenance } from '../../src/provenance/open-provenance';
import { ProvenanceModule } from '../../src/provenance/provenance.module';
import { Provenance } from '../../src/provenance/provenance.service';
import { Retention } from '../../src/provenance/retention.service';
import { Sealer } from '../../src/provenance/sealer.service';
import { COLUMNS, type Column } from '../support/columns';
import { eventually } from '../support/eventually';

@Module({ providers: [ActionRepository] })
class Root {}

const LINES = 6;
/** As somebody with a copy of a good line would write it. */
const FORGERY = `INSERT INTO action_log (task_id, arm_id, action_type, position, previous_hash, hash, mark)
  SELECT 'forged', arm_id, action_type, %POSITION%, previous_hash, hash, mark FROM action_log WHERE position = 6`;
const changed = (change: string): string => `UPDATE action_log SET ${change} WHERE position = 3`;

/** What is done to six chained lines, and what is found: the fault and where, the first one if there are several. */
const DEEDS: [what: string, deeds: string[], kind: string, position: number | null][] = [
  ['details are changed', [changed(`action_details = '{"n": 3, "x": 1}'`)], 'changed_row', 3],
  [
    'a number is changed where a double sees none',
    [changed(`result = '{"of": 1.00000000000000000001}'`)],
    'changed_row',
    3,
  ],
  ['the task is changed', [changed("task_id = 'other'")], 'changed_row', 3],
  ['the arm is changed', [changed("arm_id = 'coder'")], 'changed_row', 3],
  ['the type is changed', [changed("action_type = 'other'")], 'changed_row', 3],
  ['the time is changed', [changed("timestamp = timestamp - interval '1 millisecond'")], 'changed_row', 3],
  ['the time is no time', [changed("timestamp = 'infinity'")], 'changed_row', 3],
  ['the order of writing is changed', [changed('seq = seq + 100')], 'changed_row', 3],
  ['the id is changed', [changed('id = gen_random_uuid()')], 'changed_row', 3],
  ['the mark is removed', [changed('mark = NULL')], 'changed_row', 3],
  ['the hash is changed', [changed("hash = repeat('a', 64)")], 'changed_row', 3],
  ['the hash is removed', [changed('hash = NULL')], 'changed_row', 3],
  ['the hash before is changed', [changed("previous_hash = repeat('a', 64)")], 'changed_row', 3],
  ['a line is removed', ['DELETE FROM action_log WHERE position = 3'], 'missing_row', 3],
  ['the first line is removed', ['DELETE FROM action_log WHERE position = 1'], 'missing_row', 1],
  ['the last lines are removed', ['DELETE FROM action_log WHERE position > 4'], 'truncated_end', 5],
  ['all lines are removed', ['DELETE FROM action_log'], 'truncated_end', 1],
  [
    'two lines change places',
    [
      'UPDATE action_log SET position = -position WHERE position IN (2, 4)',
      'UPDATE action_log SET position = 6 + position WHERE position < 0',
    ],
    'wrong_order',
    2,
  ],
  [
    'a line is removed and the gap closed',
    [
      'DELETE FROM action_log WHERE position = 3',
      'UPDATE action_log SET position = -position WHERE position > 3',
      'UPDATE action_log SET position = -position - 1 WHERE position < 0',
    ],
    'wrong_order',
    3,
  ],
  ['a line is taken out of the chain', [changed('position = NULL')], 'missing_row', 3],
  ['a line is added at the end', [FORGERY.replace('%POSITION%', '7')], 'forged_row', 7],
  ['a line is added before the beginning', [FORGERY.replace('%POSITION%', '0')], 'forged_row', null],
  ['a line is added for us to chain', [FORGERY.replace('%POSITION%', 'NULL')], 'forged_row', null],
  [
    'a line without a mark is added for us to chain',
    ["INSERT INTO action_log (task_id, arm_id, action_type) VALUES ('a', 'b', 'c')"],
    'forged_row',
    null,
  ],
  ['the end is moved', ['UPDATE action_chain SET position = position - 1'], 'forged_head', null],
  ['the start is moved', ['UPDATE action_chain SET start_position = 2'], 'forged_head', null],
  ['lines are said to be accepted', ['UPDATE action_chain SET accepted_position = 2'], 'forged_head', null],
  ['the ends are removed', ['DELETE FROM action_chain'], 'forged_head', null],
  [
    'the last line is removed and the end moved',
    [
      'DELETE FROM action_log WHERE position = 6',
      'UPDATE action_chain c SET position = 5, hash = l.hash FROM action_log l WHERE l.position = 5',
    ],
    'set_back',
    6,
  ],
  [
    'all is made to look like a log that was never chained',
    [
      "UPDATE action_log SET position = NULL, hash = NULL, previous_hash = NULL, mark = NULL, task_id = 'forged'",
      "UPDATE action_chain SET position = 0, hash = repeat('0', 64), signature = NULL",
    ],
    'set_back',
    1,
  ],
];

describe.each(COLUMNS)('the chain of the action log, %s', (_, openColumn) => {
  let column: Column;
  let app: INestApplicationContext;
  let database: Database;
  let provenance: Provenance;
  let actions: ActionRepository;

  const dataDir = (): string => column.variables['DATA_DIR'] ?? '';
  const witness = (): string => join(dataDir(), 'provenance.json');

  beforeAll(async () => {
    column = await openColumn();
    const { settings } = parseConfig(column.variables);
    const imports = [ConfigModule.with(settings), HealthModule, SecretModule, DatabaseModule, ProvenanceModule];
    app = await NestFactory.createApplicationContext(
      { module: Root, imports, providers: [ActionRepository] },
      { logger: false, abortOnError: false },
    );
    database = app.get(Database, { strict: false });
    provenance = app.get(Provenance, { strict: false });
    actions = app.get(ActionRepository, { strict: false });
  });
  afterAll(async () => {
    await app.close();
    await column.dispose();
  });

  const write = (n: number, taskId = 'task'): Promise<void> =>
    actions.log({ taskId, arm: 'executor', type: 'execute', details: { n, a: 'é\u0000' }, result: { of: 1 } });
  const kindsOf = ({ faults }: ChainReport): string[] => faults.map(({ kind }) => kind);
  const run = async (...statements: string[]): Promise<void> => {
    for (const statement of statements) await database.query(statement);
  };
  /** The ends as a database of an earlier moment has them. */
  const endsNow = async (): Promise<Record<string, unknown>> =>
    (await database.query<{ row: Record<string, unknown> }>('SELECT to_jsonb(c) AS row FROM action_chain c'))[0]?.row ??
    {};

  beforeEach(async () => {
    await run(
      'DELETE FROM action_chain',
      'DELETE FROM action_log',
      `INSERT INTO action_chain (position, hash, start_position, start_hash, accepted_position)
       VALUES (0, repeat('0', 64), 0, repeat('0', 64), 0)`,
    );
    rmSync(witness(), { force: true });
    for (let n = 1; n <= LINES; n++) await write(n);
    expect(await provenance.verify()).toMatchObject({
      intact: true,
      rowsChecked: LINES,
      first: 1,
      last: LINES,
      faults: [],
    });
  });

  it.each(DEEDS)('finds it when %s', async (_what, deeds, kind, position) => {
    await run(...deeds);
    const report = await provenance.verify();
    expect(report.intact).toBe(false);
    expect(report.faults).toContainEqual(expect.objectContaining({ kind, position }));
    if (position !== null) expect(report.faults[0]?.position).toBe(position);
    // It stays found, whatever is written later.
    await write(99);
    expect((await provenance.verify()).intact).toBe(false);
  });

  it('finds it when an earlier state is put back, ends and all', async () => {
    const ends = await endsNow();
    await write(7);
    await provenance.verify();
    await run('DELETE FROM action_log WHERE position = 7', 'DELETE FROM action_chain');
    await database.query('INSERT INTO action_chain SELECT * FROM jsonb_populate_record(NULL::action_chain, $1)', [
      JSON.stringify(ends),
    ]);
    expect((await provenance.verify()).faults).toMatchObject([{ kind: 'set_back', position: 7 }]);
    // Also when the log has grown past it again.
    for (let n = 7; n < 12; n++) await write(n);
    expect((await provenance.verify()).faults).toMatchObject([{ kind: 'set_back', position: 7 }]);
  });

  it('counts every fault and tells the first twenty', async () => {
    for (let n = 0; n < 40; n++) await write(n);
    await provenance.verify();
    await run("UPDATE action_log SET arm_id = 'x' WHERE position > 10");
    const report = await provenance.verify();
    expect([report.faultCount, report.faults.length, report.faults[0]?.position]).toEqual([36, 20, 11]);
  });

  it('does not take a forged line in, and goes on with the others', async () => {
    await run("INSERT INTO action_log (task_id, arm_id, action_type) VALUES ('forged', 'b', 'c')");
    await write(7);
    await provenance.verify();
    const rows = await database.query<{ task_id: string; position: number | null }>(
      'SELECT task_id, position::int AS position FROM action_log ORDER BY seq DESC LIMIT 2',
    );
    expect(rows).toEqual([
      { task_id: 'task', position: 7 },
      { task_id: 'forged', position: null },
    ]);
  });

  it('takes in what was written before there was a chain', async () => {
    await run(
      `UPDATE action_log SET mark = NULL, position = NULL, previous_hash = NULL, hash = NULL`,
      `UPDATE action_chain SET position = 0, hash = repeat('0', 64), signature = NULL`,
    );
    rmSync(witness());
    expect(await provenance.verify()).toMatchObject({ intact: true, rowsChecked: LINES });
  });

  it('chains by itself, a moment later', async () => {
    await write(7);
    await eventually('the line has its place', async () => {
      const rows = await database.query('SELECT 1 FROM action_log WHERE position = 7');
      return rows.length === 1 ? true : undefined;
    });
  });

  it('does not verify with another secret, and is not gone on with', async () => {
    const { settings } = parseConfig({ ...column.variables, OCTO_SECRET: 'another secret of at least 32 characters' });
    const other = openProvenance(database, Secret.load(settings), new AppConfig(settings));
    await expect(other.sealer.seal()).rejects.toThrow(/not signed with the secret/);
    const report = await other.provenance.verify();
    expect(report.faultCount).toBe(LINES + 1);
    expect(kindsOf(report)).toContain('forged_head');
    expect(await provenance.verify()).toMatchObject({ intact: true });
  });

  it('says that a line has waited too long', async () => {
    await run("UPDATE action_chain SET signature = repeat('0', 64)");
    await write(7);
    expect(await provenance.verify()).toMatchObject({ rowsWaiting: 1 });
    await run("UPDATE action_log SET timestamp = now() - interval '2 minutes' WHERE position IS NULL");
    expect(kindsOf(await provenance.verify()).sort()).toEqual(['forged_head', 'unsealed_row']);
  });

  it('loses and repeats nothing while many write and several chain', async () => {
    const address = app.get<PostgresAddress>(PostgresAddress, { strict: false });
    const settings = app.get(AppConfig, { strict: false });
    const others = [1, 2].map(() => new Database(new Pool({ ...address.login, max: 2 })));
    const sealers = others.map((own) => openProvenance(own, app.get(Secret, { strict: false }), settings).sealer);
    const writing = new AbortController();
    const chaining = [...sealers, app.get(Sealer, { strict: false })].map(async (sealer) => {
      while (!writing.signal.aborted) await sealer.seal();
    });
    const verifying = (async () => {
      const reports: ChainReport[] = [];
      while (!writing.signal.aborted) reports.push(await provenance.verify());
      return reports;
    })();
    await Promise.all(
      Array.from({ length: 8 }, async (_unused, writer) => {
        for (let n = 0; n < 60; n++) await write(n, `writer ${writer}`);
      }),
    );
    writing.abort();
    await Promise.all(chaining);
    for (const report of await verifying) expect(report.faults).toEqual([]);
    expect(await provenance.verify()).toMatchObject({ intact: true, rowsChecked: LINES + 480, last: LINES + 480 });
    await Promise.all(others.map((own) => own.close()));
  });

  it.each(['yes', 'no'])('survives a process that is killed while it writes; chaining: %s', async (WRITER_SEALS) => {
    const address = app.get<PostgresAddress>(PostgresAddress, { strict: false });
    const child = spawn(
      process.execPath,
      ['--require', './scripts/swc-register.cjs', 'test/support/provenance-writer.ts'],
      {
        env: {
          PATH: process.env['PATH'],
          WRITER_LOGIN: JSON.stringify(address.login),
          WRITER_SEALS,
          DATA_DIR: dataDir(),
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const gone = once(child, 'exit');
    let written = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      written = Number(chunk.toString('utf8').trim().split('\n').at(-1));
      if (written >= 60) child.kill('SIGKILL');
    });
    expect(await gone).toEqual([null, 'SIGKILL']);
    const report = await eventually('its last statement has ended', async () => {
      const now = await provenance.verify();
      return now.rowsChecked >= LINES + written ? now : undefined;
    });
    expect(report).toMatchObject({ intact: true, rowsWaiting: 0 });
  });

  describe('retention', () => {
    const removeOld = (days: number): Promise<number> => app.get(Retention, { strict: false }).removeOld(days);

    /** Lines as old as said, from the first on; chained after they were aged, as if written then. */
    const logOf = async (ages: number[]): Promise<void> => {
      await database.transaction(async (sql) => {
        await sql.query('DELETE FROM action_log');
        await sql.query(
          `UPDATE action_chain SET position = 0, hash = repeat('0', 64), signature = NULL, start_position = 0, start_hash = repeat('0', 64)`,
        );
        const marks = app.get(ActionMarks, { strict: false });
        for (const days of ages) {
          const { id, mark } = marks.next();
          await sql.query(
            `INSERT INTO action_log (id, mark, task_id, arm_id, action_type, timestamp)
             VALUES ($1, $2, 'task', 'executor', 'execute', now() - make_interval(days => $3))`,
            [id, mark, days],
          );
        }
        rmSync(witness(), { force: true });
      });
      expect(await provenance.verify()).toMatchObject({ intact: true, rowsChecked: ages.length });
    };

    it('removes old lines from the beginning only, and what is left verifies', async () => {
      await logOf([50, 40, 1, 45, 0]);
      expect(await removeOld(30)).toBe(2);
      expect(await provenance.verify()).toMatchObject({ intact: true, rowsChecked: 3, first: 3, last: 5 });
      expect(await removeOld(30)).toBe(0);
      await write(9);
      expect(await provenance.verify()).toMatchObject({ intact: true, rowsChecked: 4, last: 6 });
    });

    it('removes more than a batch, and all of it if all is old', async () => {
      await logOf(Array.from({ length: 1_203 }, () => 31));
      expect(await removeOld(30)).toBe(1_203);
      expect(await provenance.verify()).toMatchObject({ intact: true, rowsChecked: 0, first: 1_204, last: 1_203 });
      await write(1);
      expect(await provenance.verify()).toMatchObject({ intact: true, rowsChecked: 1, last: 1_204 });
    });

    it('does not remove what was made to look old', async () => {
      await run("UPDATE action_log SET timestamp = now() - interval '50 days' WHERE position < 4");
      expect(await removeOld(30)).toBe(0);
      expect((await provenance.verify()).faults).toMatchObject([1, 2, 3].map((position) => ({ position })));
    });

    it('finds what is removed beyond it', async () => {
      await logOf([50, 40, 1, 1, 0]);
      await removeOld(30);
      await run('DELETE FROM action_log WHERE position = 3');
      expect((await provenance.verify()).faults[0]).toMatchObject({ kind: 'missing_row', position: 3 });
    });
  });

  describe('accepting what is there', () => {
    it.each([
      ['a changed line', [changed("arm_id = 'x'")]],
      ['removed lines', ['DELETE FROM action_log WHERE position > 3']],
      ['removed ends', ['DELETE FROM action_chain']],
      ['a forged line', ["INSERT INTO action_log (task_id, arm_id, action_type) VALUES ('forged', 'b', 'c')"]],
    ])('begins anew after %s, and says so', async (_what, deeds) => {
      await run(...deeds);
      expect((await provenance.verify()).intact).toBe(false);
      const config = app.get(AppConfig, { strict: false });
      const { acceptance } = openProvenance(database, app.get(Secret, { strict: false }), config);
      const upTo = await acceptance.accept();
      const report = await provenance.verify();
      expect(report).toMatchObject({ intact: true, rowsChecked: 1, first: upTo + 1, last: upTo + 1, rowsWaiting: 0 });
      expect(report.rowsAccepted).toBeGreaterThan(0);
      const { records } = await provenance.page({ limit: 1 });
      expect(records).toMatchObject([{ type: 'log_accepted', details: { position: upTo } }]);
      await write(1);
      await provenance.verify();
      await run(`UPDATE action_log SET arm_id = 'y' WHERE position = ${upTo + 2}`);
      expect((await provenance.verify()).faults).toMatchObject([{ kind: 'changed_row', position: upTo + 2 }]);
    });
  });
});
