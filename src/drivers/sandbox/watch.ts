import { readFile, readdir, statfs } from 'node:fs/promises';
import { MAX_INODES, bytesOf } from './limits';
import type { SandboxLimits, SandboxOutcome } from './sandbox.port';

const FIRST_LOOK_MS = 20;
const EVERY_MS = 100;
/** USER_HZ, which is 100 on every machine we know a system-call filter for. */
const TICK_MS = 10;
/** What isolates a program, at most: the command's own process, process 1 inside, and the shell that starts the program. */
const OVERHEAD = 3;

const textOf = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');

const childrenOf = async (pid: number): Promise<number[]> => {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  const lists = await Promise.all(threads.map((thread) => textOf(`/proc/${pid}/task/${thread}/children`)));
  return lists.flatMap((list) => list.split(' ').map(Number)).filter((child) => child > 0);
};

const treeOf = async (pid: number): Promise<number[]> => {
  const children = await childrenOf(pid);
  return [pid, ...(await Promise.all(children.map(treeOf))).flat()];
};

const kilobytes = (text: string, field: string): number =>
  Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0);

const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);

/** Time of a process and of its children that have ended, milliseconds; fields 14 to 17 of proc_pid_stat(5). */
const cpuMsOf = (stat: string): number => {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return TICK_MS * sum(fields.slice(11, 15).map(Number));
};

const inodesOf = async (pid: number, folder: string): Promise<number> =>
  statfs(`/proc/${pid}/root${folder}`).then(
    ({ files, ffree }) => files - ffree,
    () => 0,
  );

/** How often the kernel has killed a process of this machine for want of memory, since it started. */
export const outOfMemoryKills = async (): Promise<number> =>
  Number(/^oom_kill (\d+)$/m.exec(await textOf('/proc/vmstat'))?.[1] ?? 0);

/** Looks at a running sandbox now and then, for what the kernel's limits on a single process do not see. */
export class Watch {
  /** Most memory seen, bytes; 0 before the first look. */
  maxMemoryBytes = 0;
  private timer: NodeJS.Timeout;
  private ended = false;

  /** @param pid the isolating command's, whose only child is process 1 inside; @param stop called when a limit is passed; @param folders those whose files are counted */
  constructor(
    private readonly pid: number,
    private readonly limits: SandboxLimits,
    private readonly folders: string[],
    private readonly stop: (limit: NonNullable<SandboxOutcome['limit']>) => void,
  ) {
    this.timer = setTimeout(() => void this.look(), FIRST_LOOK_MS);
  }

  end(): void {
    this.ended = true;
    clearTimeout(this.timer);
  }

  private async look(): Promise<void> {
    const limit = await this.passed();
    if (this.ended) return;
    if (limit !== undefined) this.stop(limit);
    else this.timer = setTimeout(() => void this.look(), EVERY_MS);
  }

  private async passed(): Promise<SandboxOutcome['limit']> {
    const { memoryMb, processes, cpuSeconds } = this.limits;
    const tree = await treeOf(this.pid);
    if ((await this.memoryOf(tree, bytesOf(memoryMb))) > bytesOf(memoryMb)) return 'memory';
    if (tree.length - OVERHEAD > processes) return 'processes';
    const times = await Promise.all(tree.map((pid) => textOf(`/proc/${pid}/stat`)));
    if (sum(times.map(cpuMsOf)) > 1000 * (cpuSeconds + 1)) return 'cpu';
    const first = tree[1];
    if (first === undefined) return undefined;
    const inodes = await Promise.all(this.folders.map((folder) => inodesOf(first, folder)));
    return inodes.some((count) => count > MAX_INODES) ? 'disk' : undefined;
  }

  private async memoryOf(tree: number[], allowed: number): Promise<number> {
    const states = await Promise.all(tree.map((pid) => textOf(`/proc/${pid}/status`)));
    const resident = 1024 * sum(states.map((state) => kilobytes(state, 'VmRSS')));
    // Cheap to read, but counts shared pages once per process; the proportional size is asked only in doubt.
    const held = resident <= allowed ? resident : await this.proportional(tree);
    const peakOfOne = 1024 * Math.max(...states.map((state) => kilobytes(state, 'VmHWM')));
    this.maxMemoryBytes = Math.max(this.maxMemoryBytes, held, peakOfOne);
    return held;
  }

  private async proportional(tree: number[]): Promise<number> {
    const maps = await Promise.all(tree.map((pid) => textOf(`/proc/${pid}/smaps_rollup`)));
    return 1024 * sum(maps.map((text) => kilobytes(text, 'Pss')));
  }
}
