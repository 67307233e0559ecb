import { release } from 'node:os';
import type { SandboxLimits } from './sandbox.port';

export const DEFAULT_LIMITS: SandboxLimits = {
  wallMs: 30_000,
  cpuSeconds: 30,
  memoryMb: 512,
  processes: 10,
  diskMb: 100,
  outputBytes: 1_000_000,
};

/** The kernel counts threads as processes, and Node alone has a dozen; whole processes are counted by the watch. */
const THREADS = 54;
/** Files and folders in each writable folder: the kernel keeps a kilobyte of its own memory for each. */
export const MAX_INODES = 20_000;

export const bytesOf = (megabytes: number): number => Math.ceil(megabytes * 1024 * 1024);

/** Linux 5.14 counts RLIMIT_NPROC per user namespace; before, a sandbox shares the count with all the user's processes. */
const countsPerNamespace = (kernel: string): boolean => {
  const [major = 0, minor = 0] = kernel.split('.').map(Number);
  return major > 5 || (major === 5 && minor >= 14);
};

/**
 * Shell commands that limit the shell itself and what it starts.
 *
 * Memory is RLIMIT_DATA, not RLIMIT_AS: it counts what a process may really write to, so V8's and malloc's large reservations
 * stay free of charge while every allocation counts. What it cannot see (shared mappings, many processes) is watched from
 * outside, see `watch.ts`.
 *
 * @param ownUser whether no other process runs under the program's user id
 */
export const resourceLimits = (limits: SandboxLimits, ownUser: boolean, kernel = release()): string[] => {
  const threads = limits.processes + THREADS + (ownUser || countsPerNamespace(kernel) ? 0 : 4096);
  const cpuSeconds = Math.ceil(limits.cpuSeconds);
  return [
    `ulimit -d ${Math.ceil(bytesOf(limits.memoryMb) / 1024)}`,
    // The soft limit sends SIGXCPU, which tells this end from all others; the hard one cannot be caught.
    `ulimit -t ${cpuSeconds + 1}`,
    `ulimit -S -t ${cpuSeconds}`,
    // Shells disagree on the letter.
    `ulimit -u ${threads} 2>/dev/null || ulimit -p ${threads}`,
    // In blocks of 512 bytes, whatever the shell.
    `ulimit -f ${Math.ceil(bytesOf(limits.diskMb) / 512)}`,
    'ulimit -n 256',
    'ulimit -c 0',
  ];
};
