import { type StdioOptions, spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { constants } from 'node:os';
import type { Duplex, Readable } from 'node:stream';
import { Collecting } from './collecting';
import { coverInherited, nothing, openToRead } from './descriptors';
import type { Sent } from './inside';
import { COLLECTED, CONTROL } from './isolation';
import { KeptOutput } from './kept-output';
import type { CollectLimits, SandboxLimits, SandboxOutcome } from './sandbox.port';
import { childrenTime, limitReached } from './verdict';
import { WRITABLE } from './view';
import { Watch, outOfMemoryKills } from './watch';

/** The whole environment of every program. */
const ENVIRONMENT = {
  PATH: '/usr/local/bin:/usr/bin:/bin',
  HOME: '/tmp',
  LANG: 'C.UTF-8',
  PYTHONDONTWRITEBYTECODE: '1',
};
/** Longer than anything that is said on the control channel. */
const MAX_SAID = 500;

export interface Containment {
  command: string[];
  sent: Sent;
  limits: SandboxLimits;
  collect: CollectLimits | undefined;
  /** What the command is given on descriptor `FILTER`. */
  filter: Uint8Array | undefined;
  /** User and group id the command itself runs as; that of this process when undefined. */
  identity: number | undefined;
  signal: AbortSignal | undefined;
}

export interface ContainedOutcome extends SandboxOutcome {
  /** Whether the isolation was complete and the program was started. If not, `stderr` says why. */
  started: boolean;
}

/** Starts the command in a process group of its own. The current folder may be one that only root can enter, so it is left. */
const start = ({ command, collect, filter, identity }: Containment): ReturnType<typeof spawn> => {
  const [file = '', ...args] = command;
  const opened = filter && openToRead(filter);
  const own: StdioOptions = ['pipe', 'pipe', 'pipe', 'pipe', opened ?? nothing(), collect ? 'pipe' : nothing()];
  try {
    return spawn(file, args, {
      cwd: '/',
      env: ENVIRONMENT,
      detached: true,
      stdio: [...own, ...coverInherited(own.length)],
      ...(identity !== undefined && { uid: identity, gid: identity }),
    });
  } finally {
    if (opened !== undefined) closeSync(opened);
  }
};

/**
 * Starts a command and stays with it until the last process that holds its output is gone. Once it is isolated, what runs
 * inside says `ready` on the control channel and goes on if that is heard. From then on the death of this process, or of the
 * first of the sandbox, is the death of all; before, nothing of the program has run.
 */
export const runContained = (containment: Containment): Promise<ContainedOutcome> =>
  new Promise((resolve, reject) => {
    const { sent, limits, collect, signal } = containment;
    signal?.throwIfAborted();
    const startedAt = performance.now();
    const killsBefore = outOfMemoryKills();
    const child = start(containment);
    child.on('error', reject);
    if (child.pid === undefined) return;
    const { pid } = child;
    // Every pipe of Node's is a socket.
    const channels = child.stdio as unknown as [Duplex, Readable, Readable, Duplex, unknown, Duplex];
    const [stdin, stdout, stderr] = channels;
    const control = channels[CONTROL];
    let limit: SandboxOutcome['limit'];

    const kill = (): void => {
      // Killed while it is being set up, the sandbox may lose its first process only; then its `ready` fails and it ends.
      stdin.destroy();
      control.destroy();
      try {
        process.kill(-pid, 'SIGKILL');
      } catch {
        // Gone already.
      }
    };
    const stop = (reason: NonNullable<SandboxOutcome['limit']>): void => {
      limit ??= reason;
      kill();
    };

    const clock = setTimeout(() => stop('wall'), limits.wallMs);
    signal?.addEventListener('abort', kill, { once: true });

    const out = new KeptOutput(stdout, limits.outputBytes, () => stop('output'));
    const err = new KeptOutput(stderr, limits.outputBytes, () => stop('output'));
    const collecting = collect && new Collecting(channels[COLLECTED], collect);
    let said = '';
    let watch: Watch | undefined;
    control.on('data', (chunk: Buffer) => {
      watch ??= new Watch(pid, limits, WRITABLE, stop);
      said = `${said}${chunk.toString('latin1')}`.slice(-MAX_SAID);
    });
    // A sandbox that ends without reading its input says why on standard error.
    for (const stream of [stdin, control]) stream.on('error', () => undefined);
    stdin.end(sent.script);
    control.write(sent.bytes);

    const outcome = async (exitCode: number): Promise<ContainedOutcome> => {
      const forced = limit !== undefined;
      const cpuTimeMs = childrenTime(said);
      const outOfMemory = (await outOfMemoryKills()) > (await killsBefore);
      limit ??= limitReached({ exitCode, stderr: err.text(), cpuTimeMs, outOfMemory }, limits);
      return {
        exitCode,
        stdout: out.text(),
        stderr: err.text(),
        durationMs: Math.round(performance.now() - startedAt),
        truncated: out.truncated || err.truncated,
        started: watch !== undefined,
        ...(cpuTimeMs !== undefined && { cpuTimeMs }),
        ...(limit && { limit }),
        ...(watch && watch.maxMemoryBytes > 0 && { maxMemoryBytes: watch.maxMemoryBytes }),
        ...(collecting && !forced && { collected: collecting.result() }),
      };
    };

    child.on('close', (code, endedBy) => {
      clearTimeout(clock);
      watch?.end();
      signal?.removeEventListener('abort', kill);
      if (signal?.aborted) reject(signal.reason as Error);
      else outcome(code ?? 128 + (endedBy ? constants.signals[endedBy] : 0)).then(resolve, reject);
    });
  });
