import { readFile, readdir } from 'node:fs/promises';

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

const kilobytes = async (path: string, field: string): Promise<number> =>
  Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(await textOf(path))?.[1] ?? 0);

const sum = async (numbers: Promise<number>[]): Promise<number> =>
  (await Promise.all(numbers)).reduce((total, number) => total + number, 0);

/** Whether a process and all its descendants together hold more memory than `bytes`, shared pages counted once. */
export const holdsMoreThan = async (bytes: number, pid: number): Promise<boolean> => {
  const tree = await treeOf(pid);
  // The resident size is cheap to read, but counts shared pages once per process; the proportional size is asked only in doubt.
  if (1024 * (await sum(tree.map((each) => kilobytes(`/proc/${each}/status`, 'VmRSS')))) <= bytes) return false;
  return 1024 * (await sum(tree.map((each) => kilobytes(`/proc/${each}/smaps_rollup`, 'Pss')))) > bytes;
};
