import { constants } from 'node:os';
import type { SandboxLimits, SandboxOutcome } from './sandbox.port';

/** What an ended run tells about its end. */
export interface Ending {
  exitCode: number;
  stderr: string;
  /** Milliseconds. */
  cpuTimeMs: number | undefined;
  /** Whether the kernel killed a process of this machine for want of memory meanwhile. */
  outOfMemory: boolean;
}

/** How interpreters and tools word the errors that a limit gives them, where the last words of a failed program are looked for. */
const LAST_WORDS: [RegExp, NonNullable<SandboxOutcome['limit']>][] = [
  [/^MemoryError|JavaScript heap out of memory|Array buffer allocation failed|Cannot allocate memory/m, 'memory'],
  [/no space left on device|file too large|file size limit exceeded/i, 'disk'],
  [/resource temporarily unavailable|can't start new thread|cannot fork|\bEAGAIN\b/i, 'processes'],
];
const LAST_BYTES = 4096;

/** The limit of the kernel's that ended a run: it shows only in how the program ended and in what it said last. */
export const limitReached = (
  { exitCode, stderr, cpuTimeMs = 0, outOfMemory }: Ending,
  limits: SandboxLimits,
): SandboxOutcome['limit'] => {
  const { SIGXCPU, SIGXFSZ, SIGKILL } = constants.signals;
  if (exitCode === 0) return undefined;
  if (exitCode === 128 + SIGXCPU) return 'cpu';
  if (exitCode === 128 + SIGXFSZ) return 'disk';
  if (exitCode === 128 + SIGKILL && cpuTimeMs >= 1000 * limits.cpuSeconds) return 'cpu';
  if (exitCode === 128 + SIGKILL && outOfMemory) return 'memory';
  const end = stderr.slice(-LAST_BYTES);
  return LAST_WORDS.find(([words]) => words.test(end))?.[1];
};

/** From the last line of the shell's `times`: user and system time of its children, `0m0.010000s 0m0.000000s`. Milliseconds. */
export const childrenTime = (said: string): number | undefined => {
  const match = /\n(\d+)m([\d.]+)s (\d+)m([\d.]+)s\n$/.exec(said);
  if (match === null) return undefined;
  const [user, userSeconds, system, systemSeconds] = match.slice(1).map(Number) as [number, number, number, number];
  return Math.round(1000 * (60 * (user + system) + userSeconds + systemSeconds));
};
