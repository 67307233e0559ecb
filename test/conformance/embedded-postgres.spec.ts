import { execFile, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { EmbeddedPostgres } from '../../src/drivers/database/embedded-postgres';

const run = promisify(execFile);
const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
const postmaster = (dataDir: string): number =>
  Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 2_000 && !(await condition()); tries++) await sleep(50);
};
const ask = async (postgres: EmbeddedPostgres, sql: string): Promise<unknown[]> => {
  const client = new Client(postgres.login);
  // What it is asked rejects; the event beside it is of no interest.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows as unknown[];
  } finally {
    await client.end();
  }
};

describe('EmbeddedPostgres', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'octollm-test-'));
  });
  afterEach(() => {
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 50, retryDelay: 100 });
  });

  it('keeps its data from one start to the next, opens no port, and ends with us', async () => {
    const first = await EmbeddedPostgres.start(dataDir);
    await ask(first, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const pid = postmaster(dataDir);
    expect(await ask(first, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '' }]);
    await first.stop();
    expect(isAlive(pid)).toBe(false);
    const second = await EmbeddedPostgres.start(dataDir);
    expect(await ask(second, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    await second.stop();
  });

  it('refuses a data folder that another server uses, and takes it once that one is gone', async () => {
    const first = await EmbeddedPostgres.start(dataDir);
    await expect(EmbeddedPostgres.start(dataDir)).rejects.toMatchObject({
      code: 'data_folder_in_use',
      message: expect.stringContaining('DATA_DIR'),
    });
    await first.stop();
    await (await EmbeddedPostgres.start(dataDir)).stop();
  });

  it('starts again when somebody ends PostgreSQL under us', async () => {
    const postgres = await EmbeddedPostgres.start(dataDir);
    const pid = postmaster(dataDir);
    process.kill(pid, 'SIGKILL');
    await until(() =>
      ask(postgres, 'SELECT 1')
        .then(
          () => true,
          () => false,
        )
        .then((up) => up && postmaster(dataDir) !== pid),
    );
    expect(await ask(postgres, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await postgres.stop();
  });

  it('comes back although a session of the old one was still busy', async () => {
    const postgres = await EmbeddedPostgres.start(dataDir);
    const pid = postmaster(dataDir);
    const busy = new Client(postgres.login);
    busy.on('error', () => undefined);
    await busy.connect();
    const work = busy.query('DO $$ BEGIN FOR i IN 1..5000000 LOOP PERFORM 1; END LOOP; END $$').catch(() => undefined);
    process.kill(pid, 'SIGKILL');
    await until(() =>
      ask(postgres, 'SELECT 1')
        .then(
          () => true,
          () => false,
        )
        .then((up) => up && postmaster(dataDir) !== pid),
    );
    expect(await ask(postgres, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await work;
    await postgres.stop();
  });

  it('does nothing to a stranger whose number an old file names', async () => {
    await (await EmbeddedPostgres.start(dataDir)).stop();
    const stranger = spawn('sleep', ['60'], { stdio: 'ignore' });
    writeFileSync(join(dataDir, 'postgres', 'postmaster.pid'), `${stranger.pid}\n`);
    const postgres = await EmbeddedPostgres.start(dataDir);
    expect(await ask(postgres, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(isAlive(stranger.pid ?? 0)).toBe(true);
    stranger.kill();
    await postgres.stop();
  });

  it('is set up anew when the first start was interrupted', async () => {
    mkdirSync(join(dataDir, 'postgres.new'));
    writeFileSync(join(dataDir, 'postgres.new', 'half'), 'done');
    const postgres = await EmbeddedPostgres.start(dataDir);
    expect(existsSync(join(dataDir, 'postgres.new'))).toBe(false);
    await postgres.stop();
  });

  it('says which variable to change when the folder cannot be used', async () => {
    const file = join(dataDir, 'file');
    writeFileSync(file, '');
    await expect(EmbeddedPostgres.start(file)).rejects.toMatchObject({
      code: 'data_folder_unusable',
      message: expect.stringContaining('DATA_DIR'),
    });
  });

  it('copes with a data folder whose path is too long for a socket', async () => {
    const long = join(dataDir, 'x'.repeat(120));
    const postgres = await EmbeddedPostgres.start(long);
    expect(await ask(postgres, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(existsSync(postgres.login.host)).toBe(true);
    await postgres.stop();
    expect(existsSync(postgres.login.host)).toBe(false);
  });

  it('does not outlive a process that is killed, and the next start recovers', async () => {
    const script = join(dataDir, 'owner.cjs');
    const source = resolve('src/drivers/database/embedded-postgres.ts');
    writeFileSync(
      script,
      `require(${JSON.stringify(resolve('scripts/swc-register.cjs'))});
       require(${JSON.stringify(source)}).EmbeddedPostgres.start(${JSON.stringify(dataDir)}).then(() => console.log('up'), console.error);
       setInterval(() => undefined, 1000);`,
    );
    const owner = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'], cwd: resolve('.') });
    await new Promise((started) => owner.stdout.once('data', started));
    const pid = postmaster(dataDir);
    owner.kill('SIGKILL');
    await until(() => !isAlive(pid));
    expect(isAlive(pid)).toBe(false);
    const postgres = await EmbeddedPostgres.start(dataDir);
    expect(await ask(postgres, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await postgres.stop();
  });

  const asRoot = process.getuid?.() === 0 ? it : it.skip;
  asRoot('runs for root in a folder that only root can enter, without changing who owns what', async () => {
    chmodSync(dataDir, 0o700);
    const postgres = await EmbeddedPostgres.start(dataDir);
    const { stdout } = await run('find', [dataDir, '!', '-uid', '0']);
    expect(stdout).toBe('');
    await postgres.stop();
  });
});
