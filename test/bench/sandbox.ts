import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findInterpreters, type Interpreter } from '../../src/drivers/sandbox/interpreters';
import { openSandbox } from '../../src/drivers/sandbox/open-sandbox';
import type { SandboxPort } from '../../src/drivers/sandbox/sandbox.port';
import { foldersAbove, viewOf } from '../../src/drivers/sandbox/view';
import { type Spread, spread } from './statistics';

export interface SandboxStartRow {
  runtime: string;
  /** A program that prints one line, through the port, milliseconds. */
  sandbox: Spread;
  /** The same program by bubblewrap as one would write it by hand: same folders, same interpreter, its file bound, no limits. */
  bareBubblewrap: Spread;
  /** Ours divided by the floor, p50 of the same run. */
  ratio: number;
}

export interface SandboxResults {
  engine: string;
  start: SandboxStartRow[];
  /** Many programs, some at once: those that gave the right answer, and how many ended in a second. */
  crowd: { runs: number; right: number; perSecond: number };
  /** What was there afterwards that had not been before. */
  leaked: { processes: number; namespaces: number; files: number };
}

const ROUNDS = 80;
const RUNS = 200;
const IN_PARALLEL = 8;
const HELLO = { python: 'print("hi")', javascript: 'console.log("hi")' } as const;
/** What is still there after so many looks has been left behind; sandboxes of others come and go meanwhile. */
const LOOKS = 10;
const LOOK_EVERY_MS = 500;

const byHand = ({ executable, needs, runtime }: Interpreter, program: string): string[] => {
  const { readOnly, links, devices } = viewOf(needs);
  return [
    ...['--unshare-user', '--unshare-ipc', '--unshare-pid', '--unshare-net', '--unshare-uts', '--unshare-cgroup-try'],
    ...['--die-with-parent', '--new-session', '--cap-drop', 'ALL'],
    ...foldersAbove(readOnly).flatMap((path) => ['--perms', '0755', '--dir', path]),
    ...readOnly.flatMap((path) => ['--ro-bind', path, path]),
    ...['--proc', '/proc', '--tmpfs', '/dev', ...devices.flatMap((path) => ['--dev-bind', path, path])],
    ...Object.entries(links).flatMap(([path, target]) => ['--symlink', target, path]),
    ...['--tmpfs', '/tmp', '--tmpfs', '/box', '--ro-bind', program, '/box/main', '--remount-ro', '/dev'],
    ...['--remount-ro', '/', '--chdir', '/box', '--', executable, ...(runtime === 'python' ? ['-s', '-u'] : [])],
    '/box/main',
  ];
};

const bare = (args: string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn('bwrap', args, { cwd: '/', env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8' } });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.on('error', reject);
    child.on('close', () => resolve(text));
  });

const timed = async (run: () => Promise<string>): Promise<number> => {
  const from = performance.now();
  const text = await run();
  const took = performance.now() - from;
  if (text !== 'hi\n') throw new Error(`wrong answer: ${text}`);
  return took;
};

const hello = async (sandbox: SandboxPort, runtime: Interpreter['runtime']): Promise<string> => {
  const { stdout, stderr } = await sandbox.run({ runtime, files: { main: HELLO[runtime] }, entry: 'main' });
  return stdout + stderr;
};

const measureStarts = async (sandbox: SandboxPort, interpreter: Interpreter): Promise<SandboxStartRow> => {
  const program = join(tmpdir(), 'main');
  writeFileSync(program, HELLO[interpreter.runtime]);
  const args = byHand(interpreter, program);
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await timed(() => hello(sandbox, interpreter.runtime)));
    theirs.push(await timed(() => bare(args)));
  }
  const [mine, floor] = [spread(ours), spread(theirs)];
  return { runtime: interpreter.runtime, sandbox: mine, bareBubblewrap: floor, ratio: mine.p50 / floor.p50 };
};

interface Presence {
  /** Process ids outside our own pid namespace. */
  processes: Set<string>;
  /** Pid namespaces of the machine. */
  namespaces: Set<string>;
  /** Entries of the temporary folder. */
  files: Set<string>;
}

const presence = (): Presence => {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const namespaceOf = (pid: string): string | undefined => {
    try {
      return readlinkSync(`/proc/${pid}/ns/pid`);
    } catch {
      return undefined;
    }
  };
  const own = namespaceOf('self');
  const foreign = pids.map((pid) => [pid, namespaceOf(pid)] as const).filter(([, link]) => link && link !== own);
  return {
    processes: new Set(foreign.map(([pid]) => pid)),
    namespaces: new Set(foreign.map(([, link]) => link ?? '')),
    files: new Set(readdirSync(tmpdir())),
  };
};

/** How much of what was not there `before` stays. */
const leakedSince = async (before: Presence): Promise<SandboxResults['leaked']> => {
  const kinds = ['processes', 'namespaces', 'files'] as const;
  let left = presence();
  for (let look = 0; look < LOOKS; look++) {
    const now = presence();
    const still = (kind: keyof Presence): Set<string> =>
      new Set([...left[kind]].filter((each) => now[kind].has(each) && !before[kind].has(each)));
    left = { processes: still('processes'), namespaces: still('namespaces'), files: still('files') };
    if (kinds.every((kind) => left[kind].size === 0)) break;
    await sleep(LOOK_EVERY_MS);
  }
  return { processes: left.processes.size, namespaces: left.namespaces.size, files: left.files.size };
};

const measureCrowd = async (sandbox: SandboxPort): Promise<SandboxResults['crowd']> => {
  let next = 0;
  let right = 0;
  const worker = async (): Promise<void> => {
    while (next < RUNS) {
      const number = next++;
      const code = `open("/tmp/f", "w").write("x"); open("f", "w").write("x"); print(${number} * 2)`;
      const { stdout } = await sandbox.run({ runtime: 'python', files: { 'main.py': code }, entry: 'main.py' });
      if (stdout === `${number * 2}\n`) right += 1;
    }
  };
  const from = performance.now();
  await Promise.all(Array.from({ length: IN_PARALLEL }, worker));
  return { runs: RUNS, right, perSecond: RUNS / ((performance.now() - from) / 1000) };
};

const measure = async (sandbox: SandboxPort): Promise<SandboxResults> => {
  const { engine, runtimes } = await sandbox.status();
  const found = await findInterpreters();
  const start: SandboxStartRow[] = [];
  for (const [runtime, version] of engine === 'bubblewrap' ? Object.entries(runtimes) : []) {
    const interpreter = found.find((each) => each.runtime === runtime && each.version === version);
    if (interpreter) start.push(await measureStarts(sandbox, interpreter));
  }
  const before = presence();
  const crowd = await measureCrowd(sandbox);
  return { engine, start, crowd, leaked: await leakedSince(before) };
};

/** Undefined where nothing can be isolated; starts are compared where there is a bubblewrap to compare with. */
export const measureSandbox = async (): Promise<SandboxResults | undefined> => {
  // A temporary folder of our own: what others leave in the machine's is none of our business.
  const { TMPDIR } = process.env;
  const folder = mkdtempSync(join(tmpdir(), 'octollm-bench-'));
  process.env['TMPDIR'] = folder;
  try {
    const sandbox = await openSandbox();
    return (await sandbox.status()).available ? await measure(sandbox) : undefined;
  } finally {
    if (TMPDIR === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = TMPDIR;
    rmSync(folder, { recursive: true, force: true });
  }
};
