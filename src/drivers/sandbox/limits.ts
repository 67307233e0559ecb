import { release } from 'node:os';
import type { SandboxLimits } from './sandbox.port';

export const DEFAULT_LIMITS: SandboxLimits = {
  wallMs: 30_000,
  cpuSeconds: 30,
  memoryMb: 512,
  processes: 64,
  diskMb: 100,
  outputBytes: 1_000_000,
};

export const bytesOf = (megabytes: number): number => megabytes * 1024 * 1024;

/** Linux 5.14 counts RLIMIT_NPROC per user namespace; before, a sandbox shares the count with all the user's processes. */
const countsPerNamespace = (kernel: string): boolean => {
  const [major = 0, minor = 0] = kernel.split('.').map(Number);
  return major > 5 || (major === 5 && minor >= 14);
};

/**
 * Options for `prlimit(1)`.
 *
 * Memory is RLIMIT_DATA, not RLIMIT_AS: it counts what a process may really write to, so V8's and malloc's large reservations
 * stay free of charge while every allocation counts. What it cannot see (shared mappings, many processes) is watched from
 * outside, see `contained-process.ts`.
 *
 * @param ownUser whether no other process runs under the program's user id
 */
export const resourceLimits = (limits: SandboxLimits, ownUser: boolean, kernel = release()): string[] => {
  const processes = ownUser || countsPerNamespace(kernel) ? limits.processes : limits.processes + 4096;
  return [
    `--data=${bytesOf(limits.memoryMb)}`,
    // The soft limit sends SIGXCPU, which tells this end from all others; the hard one cannot be caught.
    `--cpu=${limits.cpuSeconds}:${limits.cpuSeconds + 1}`,
    `--nproc=${processes}`,
    `--fsize=${bytesOf(limits.diskMb)}`,
    '--nofile=256',
    '--core=0',
  ];
};
