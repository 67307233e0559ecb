import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { once } from 'node:events';

/** The built server as a process of its own, which can be killed. */
export class ChildServer {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    /** Everything it wrote to standard output so far. */
    readonly log: () => string,
  ) {}

  /** Resolves when the API listens; rejects with what the process said if it ends before. */
  static async start(variables: Record<string, string>): Promise<ChildServer> {
    const { PATH = '' } = process.env;
    const child = spawn(process.execPath, ['dist/main.js'], {
      env: { PATH, PORT: '0', ...variables },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let log = '';
    const url = await new Promise<string>((resolve, reject) => {
      const read = (chunk: Buffer): void => {
        log += chunk.toString('utf8');
        const ready = /Ready: (http:\/\/[^ ]+)/.exec(log)?.[1];
        if (ready !== undefined) resolve(ready);
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      // Not `exit`: what it said last may still be on its way then.
      child.once('close', () => reject(new Error(log)));
    });
    return new ChildServer(child, url, () => log);
  }

  /** Ends it as a power cut would. */
  async kill(): Promise<void> {
    const gone = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await gone;
  }

  /** Asks it to end; resolves with its exit code. */
  async stop(): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode;
    const gone = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    const [code] = (await gone) as [number | null];
    return code;
  }
}

/** Process id of the embedded PostgreSQL in a data folder. */
export const postgresPid = (dataDir: string): number =>
  Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
