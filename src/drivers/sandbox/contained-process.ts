import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { coverInherited } from './descriptors';
import { bytesOf } from './limits';
import { holdsMoreThan } from './process-tree';
import type { SandboxLimits, SandboxOutcome } from './sandbox.port';

/** The whole environment of every program. */
const ENVIRONMENT = {
  PATH: '/usr/local/bin:/usr/bin:/bin',
  HOME: '/tmp',
  LANG: 'C.UTF-8',
  PYTHONDONTWRITEBYTECODE: '1',
};
const WATCH_EVERY_MS = 100;
/** Longer than anything that is said on descriptor 3. */
const MAX_SAID = 500;

export interface Containment {
  command: string[];
  /** Sent to standard input. */
  payload: Uint8Array;
  limits: SandboxLimits;
  signal: AbortSignal | undefined;
}

export interface ContainedOutcome extends SandboxOutcome {
  /** Whether the isolation was complete and the program was started. If not, `stderr` says why. */
  started: boolean;
}

/** Keeps the first `limit` bytes of a stream and calls `flooded` when there are more. */
const keep = (stream: Readable, limit: number, flooded: () => void): (() => string) => {
  const chunks: Buffer[] = [];
  let room = limit;
  stream.on('data', (chunk: Buffer) => {
    if (room > 0) chunks.push(chunk.subarray(0, room));
    if (chunk.length > room) flooded();
    room = Math.max(0, room - chunk.length);
  });
  // NUL is text for us but not for every place the text may go to, a JSON column for one.
  return () => Buffer.concat(chunks).toString('utf8').replaceAll('\0', '\uFFFD');
};

/**
 * Starts a command in a process group of its own and stays with it until the last process that holds its output is gone.
 * Once it is isolated, the command says `ready` on descriptor 3 and waits for `go` after its input. From then on the death of
 * this process, or of the first of the sandbox, is the death of all; before, nothing of the program has run.
 */
export const runContained = ({ command, payload, limits, signal }: Containment): Promise<ContainedOutcome> =>
  new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const startedAt = performance.now();
    const [file = '', ...args] = command;
    // The current folder may be one that only root can enter, so it is left at once.
    const stdio = ['pipe', 'pipe', 'pipe', 'pipe', ...coverInherited()] as ['pipe', 'pipe', 'pipe', 'pipe'];
    const child = spawn(file, args, {
      cwd: '/',
      env: ENVIRONMENT,
      detached: true,
      stdio,
    });
    let limit: SandboxOutcome['limit'];
    let truncated = false;

    const kill = (): void => {
      // Killed while it is being set up, the sandbox may lose its first process only; then it waits for `go` in vain and ends.
      child.stdin.destroy();
      if (child.pid === undefined) return;
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // Gone already.
      }
    };
    const stop = (reason: NonNullable<SandboxOutcome['limit']>): void => {
      limit ??= reason;
      kill();
    };
    const flooded = (): void => {
      truncated = true;
      stop('output');
    };
    const watch = async (): Promise<void> => {
      if (child.pid !== undefined && (await holdsMoreThan(bytesOf(limits.memoryMb), child.pid))) stop('memory');
      else watching.refresh();
    };

    const clock = setTimeout(() => stop('wall'), limits.wallMs);
    const watching = setTimeout(() => void watch(), WATCH_EVERY_MS);
    const release = (): void => {
      clearTimeout(clock);
      clearTimeout(watching);
      signal?.removeEventListener('abort', kill);
    };
    signal?.addEventListener('abort', kill, { once: true });

    const stdout = keep(child.stdout, limits.outputBytes, flooded);
    const stderr = keep(child.stderr, limits.outputBytes, flooded);
    const control = child.stdio[3] as Readable;
    let started = false;
    let said = '';
    control.on('data', (chunk: Buffer) => {
      said = `${said}${chunk.toString('latin1')}`.slice(0, MAX_SAID);
      if (started || child.stdin.destroyed) return;
      started = true;
      child.stdin.end('go\n');
    });
    // A sandbox that ends without reading its input says why on standard error.
    child.stdin.on('error', () => undefined).write(payload);

    child.on('error', (error) => {
      release();
      reject(error);
    });
    child.on('close', (code, endedBy) => {
      release();
      if (signal?.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const exitCode = code ?? 128 + (endedBy ? constants.signals[endedBy] : 0);
      const durationMs = Math.round(performance.now() - startedAt);
      const errors = stderr();
      limit ??= limitOf(exitCode, errors);
      const cpuTimeMs = childrenTime(said);
      resolve({
        exitCode,
        stdout: stdout(),
        stderr: errors,
        durationMs,
        truncated,
        started,
        ...(cpuTimeMs !== undefined && { cpuTimeMs }),
        ...(limit && { limit }),
      });
    });
  });

/** Limits that the kernel enforces show only in how the program ended. */
const limitOf = (exitCode: number, stderr: string): SandboxOutcome['limit'] => {
  const { SIGXCPU, SIGKILL } = constants.signals;
  if (exitCode === 128 + SIGXCPU) return 'cpu';
  // We did not kill it, so the kernel did: out of memory.
  if (exitCode === 128 + SIGKILL) return 'memory';
  const end = stderr.slice(-4096);
  if (exitCode !== 0 && /^MemoryError|JavaScript heap out of memory|Array buffer allocation failed/m.test(end))
    return 'memory';
  return undefined;
};

/** From the second line of the shell's `times`: user and system time of its children, `0m0.010000s 0m0.000000s`. Milliseconds. */
const childrenTime = (said: string): number | undefined => {
  const match = /\n(\d+)m([\d.]+)s (\d+)m([\d.]+)s\n/.exec(said);
  if (match === null) return undefined;
  const [user, userSeconds, system, systemSeconds] = match.slice(1).map(Number) as [number, number, number, number];
  return Math.round(1000 * (60 * (user + system) + userSeconds + systemSeconds));
};
