import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import type { Server } from 'node:net';
import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Logger } from '@nestjs/common';
import { Client } from 'pg';
import { TransientError, UserError } from '../../common/errors';
import type { PostgresAddress } from '../../common/postgres-address';
import { socketFolder, takeDataFolder } from './data-folder';
import { type PostgresBinaries, findPostgresBinaries } from './postgres-binaries';

const USER = 'octollm';
const DATABASE = 'octollm';
/** Crash recovery of a large folder may take long; a healthy start takes a tenth of a second. */
const START_TIMEOUT_MS = 120_000;
const POLITE_STOP_MS = 3_000;
const FIRST_REVIVAL_MS = 500;
const LONGEST_REVIVAL_MS = 10_000;
const LONGEST_LOG_BYTES = 10_000_000;

const SERVER_SETTINGS = {
  listen_addresses: '',
  max_connections: '120',
  shared_buffers: '64MB',
  // Nothing replicates from an embedded database, so the log need only survive a crash.
  wal_level: 'minimal',
  max_wal_senders: '0',
  jit: 'off',
  log_min_messages: 'warning',
};

/**
 * PostgreSQL refuses to run as root. A user namespace that maps root to an ordinary id satisfies it without an account of its
 * own and without a changed permission: on disk everything stays root's. `setpriv` ends PostgreSQL when this process dies.
 */
const wrap = (command: string, args: string[]): [string, string[]] => {
  if (process.platform !== 'linux') return [command, args];
  const parts = [command, ...args];
  if (existsSync('/usr/bin/setpriv')) parts.unshift('/usr/bin/setpriv', '--pdeathsig', 'INT');
  if (userInfo().uid === 0) parts.unshift('unshare', '--user', '--map-user=1000', '--map-group=1000');
  const [head = command, ...rest] = parts;
  return [head, rest];
};

const lastLines = (file: string): string =>
  existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-5).join('\n') : '';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** The command line of a process, or nothing where it cannot be told. */
const commandOf = (pid: number): string => {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' });
  } catch {
    return '';
  }
};

/** A PostgreSQL of our own in the data folder, reachable through a UNIX socket only: no port to collide, nobody else to let in. */
export class EmbeddedPostgres implements PostgresAddress {
  readonly embedded = true;
  readonly login: { host: string; user: string; database: string };
  private readonly logger = new Logger('Database');
  private readonly folder: string;
  private readonly logFile: string;
  private child: ChildProcess | undefined;
  private stopping = false;

  private constructor(
    private readonly dataDir: string,
    private readonly sockets: string,
    private readonly owner: Server,
    private readonly binaries: PostgresBinaries,
  ) {
    this.folder = join(dataDir, 'postgres');
    this.logFile = join(dataDir, 'logs', 'postgres.log');
    this.login = EmbeddedPostgres.loginOf(dataDir);
  }

  /** How the PostgreSQL of a data folder is reached while it runs. @throws UserError `data_folder_unusable`. */
  static loginOf(dataDir: string): EmbeddedPostgres['login'] {
    return { host: socketFolder(resolve(dataDir)), user: USER, database: DATABASE };
  }

  /** @throws UserError `data_folder_in_use`, `data_folder_unusable`, `embedded_database_unavailable`. */
  static async start(dataDir: string): Promise<EmbeddedPostgres> {
    const folder = resolve(dataDir);
    try {
      mkdirSync(join(folder, 'logs'), { recursive: true, mode: 0o700 });
    } catch (cause) {
      throw new UserError('data_folder_unusable', `DATA_DIR: ${folder} cannot be written. Choose a folder that can.`, {
        cause,
      });
    }
    const binaries = findPostgresBinaries();
    const sockets = socketFolder(folder);
    const postgres = new EmbeddedPostgres(folder, sockets, await takeDataFolder(folder, sockets), binaries);
    try {
      await postgres.initialise();
      await postgres.waitForPredecessor();
      await postgres.launch();
      await postgres.createDatabase();
    } catch (error) {
      await postgres.stop();
      throw error;
    }
    return postgres;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    const child = this.child;
    if (child?.exitCode === null && child.signalCode === null) {
      const gone = new Promise((done) => child.once('exit', done));
      // First politely: connections that are just being closed are let finish. Then at once.
      child.kill('SIGTERM');
      const impatience = setTimeout(() => child.kill('SIGINT'), POLITE_STOP_MS);
      await gone;
      clearTimeout(impatience);
    }
    await new Promise((closed) => this.owner.close(closed));
    rmSync(this.sockets, { recursive: true, force: true });
  }

  /** Made beside its place and moved there when complete, so that an interrupted first start leaves no half cluster. */
  private async initialise(): Promise<void> {
    if (existsSync(join(this.folder, 'PG_VERSION'))) return;
    const draft = `${this.folder}.new`;
    rmSync(draft, { recursive: true, force: true });
    const options = [
      '--auth-local=trust',
      '--auth-host=reject',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
    ];
    const [command, args] = wrap(this.binaries.initdb, ['-D', draft, `--username=${USER}`, ...options]);
    try {
      await promisify(execFile)(command, args, {
        cwd: this.dataDir,
        env: { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin' },
      });
    } catch (cause) {
      const reason = String((cause as { stderr?: unknown }).stderr ?? cause).trim();
      throw new UserError(
        'embedded_database_unavailable',
        `The embedded PostgreSQL cannot be set up in ${this.dataDir}: ${reason}\nRun as an ordinary user, or set DATABASE_URL to a PostgreSQL server.`,
        { cause },
      );
    }
    renameSync(draft, this.folder);
  }

  /**
   * After a crash of ours the old PostgreSQL may still be shutting down. The number in its file may also be anybody's by now,
   * after a power cut or in a container that started again: such a file is only removed.
   */
  private async waitForPredecessor(): Promise<void> {
    const pidFile = join(this.folder, 'postmaster.pid');
    for (let waited = 0; existsSync(pidFile); waited += 50) {
      const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
      if (!(pid > 0) || !isAlive(pid)) return;
      if (!commandOf(pid).includes(this.folder)) {
        rmSync(pidFile);
        return;
      }
      // Nobody owns this folder (we do now), so this one was left behind. On systems without setpriv it must be told.
      if (waited === 2_000) process.kill(pid, 'SIGINT');
      if (waited > START_TIMEOUT_MS) {
        throw new UserError(
          'data_folder_in_use',
          `PostgreSQL process ${String(pid)} still uses ${this.folder}. Stop it first.`,
        );
      }
      await sleep(50);
    }
  }

  private async launch(): Promise<void> {
    const fresh = existsSync(this.logFile) && statSync(this.logFile).size > LONGEST_LOG_BYTES;
    const log = openSync(this.logFile, fresh ? 'w' : 'a', 0o600);
    const settings = Object.entries(SERVER_SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const [command, args] = wrap(this.binaries.postgres, ['-D', this.folder, '-k', this.sockets, ...settings]);
    // Its own process group: a Ctrl-C in the terminal is for us, and we still need the database to drain.
    const child = spawn(command, args, {
      cwd: this.dataDir,
      detached: true,
      stdio: ['ignore', log, log],
      env: { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin' },
    });
    closeSync(log);
    this.child = child;
    let failure: string | undefined;
    let launched = false;
    child.once('error', (error) => (failure = error.message));
    child.once('exit', (code, signal) => {
      failure ??= `it ended with ${signal ?? `exit code ${String(code)}`}`;
      if (launched && !this.stopping) void this.revive();
    });
    const end = Date.now() + START_TIMEOUT_MS;
    while (!(await this.accepts('postgres'))) {
      if (failure !== undefined || Date.now() > end) {
        throw new UserError(
          'embedded_database_unavailable',
          `The embedded PostgreSQL does not start: ${failure ?? 'no answer'}.\n${lastLines(this.logFile)}\nThe log is ${this.logFile}. DATABASE_URL names a server to use instead.`,
        );
      }
      await sleep(15);
    }
    launched = true;
  }

  /**
   * Somebody ended PostgreSQL under us. The pools reconnect by themselves once it is back. It may take a few tries: what the
   * old one's last sessions hold keeps a new one from starting.
   */
  private async revive(): Promise<void> {
    this.logger.error(`The embedded PostgreSQL ended unexpectedly and is started again. Its log: ${this.logFile}`);
    for (let pause = FIRST_REVIVAL_MS; ; pause = Math.min(2 * pause, LONGEST_REVIVAL_MS)) {
      await sleep(pause);
      if (this.isStopping()) return;
      try {
        await this.waitForPredecessor();
        await this.launch();
        return;
      } catch (error) {
        this.logger.error(error instanceof Error ? error.message : String(error));
      }
    }
  }

  private isStopping(): boolean {
    return this.stopping;
  }

  private async accepts(database: string): Promise<boolean> {
    const client = new Client({ ...this.login, database });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return true;
    } catch {
      return false;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  private async createDatabase(): Promise<void> {
    const client = new Client({ ...this.login, database: 'postgres' });
    client.on('error', () => undefined);
    await client.connect();
    try {
      const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
      if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
    } catch (cause) {
      throw new TransientError('service_unavailable', 'The embedded database could not be created.', { cause });
    } finally {
      await client.end();
    }
  }
}
