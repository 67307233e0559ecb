import { BUBBLEWRAP_TOOLS, bubblewrap } from './bubblewrap';
import { DisabledSandbox } from './disabled';
import { findInterpreters, type Interpreter, type Runtime } from './interpreters';
import { IsolatedSandbox } from './isolated-sandbox';
import { findTools, type Isolation, type Rights } from './isolation';
import type { SandboxPort } from './sandbox.port';
import { UTIL_LINUX_TOOLS, utilLinux } from './util-linux';

const REMEDY =
  'Install bubblewrap (e.g. apt-get install bubblewrap) or util-linux, and allow user namespaces: on Ubuntu ' +
  '`sysctl kernel.apparmor_restrict_unprivileged_userns=0`; in a container the options `--security-opt seccomp=unconfined ' +
  '--security-opt apparmor=unconfined --security-opt systempaths=unconfined`.';

const HELLO: Record<Runtime, string> = { python: 'print("hello")', javascript: 'console.log("hello")' };

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export interface Candidates {
  isolations: Isolation[];
  /** What spoke against ways of isolation that are not among the candidates. */
  missing: string[];
}

/** Every way of isolation that this machine has the tools for, best first. Only a trial shows whether one works. */
export const findIsolations = (uid = process.getuid?.() ?? -1): Candidates => {
  const rights: Rights[] = uid === 0 ? ['dropped', 'root'] : ['user'];
  const bwrap = findTools(BUBBLEWRAP_TOOLS);
  const linux = findTools(UTIL_LINUX_TOOLS);
  const isolations: Isolation[] = [];
  const missing: string[] = [];
  if (Array.isArray(bwrap)) missing.push(`bubblewrap: ${bwrap.join(', ')} not found`);
  else isolations.push(...rights.map((right) => bubblewrap(bwrap, right)));
  if (Array.isArray(linux)) missing.push(`util-linux: ${linux.join(', ')} not found`);
  else isolations.push(...rights.map((right) => utilLinux(linux, right)));
  return { isolations, missing };
};

/** Runs a tiny program with each interpreter and keeps those that answer; a text says why none did. */
export const tryIsolation = async (
  isolation: Isolation,
  interpreters: Interpreter[],
): Promise<SandboxPort | string> => {
  const working: Partial<Record<Runtime, Interpreter>> = {};
  let problem = 'no interpreter found';
  for (const interpreter of interpreters) {
    const { runtime } = interpreter;
    if (working[runtime]) continue;
    try {
      const trial = new IsolatedSandbox(isolation, { [runtime]: interpreter });
      const { stdout, stderr } = await trial.run({ runtime, files: { hello: HELLO[runtime] }, entry: 'hello' });
      if (stdout === 'hello\n') working[runtime] = interpreter;
      else problem = stderr.trim().slice(0, 300);
    } catch (error) {
      problem = messageOf(error);
    }
  }
  return Object.keys(working).length > 0 ? new IsolatedSandbox(isolation, working) : problem;
};

/** The first sandbox that works here with every interpreter found, else the one that works with most. */
export const openSandbox = async (candidates?: Candidates): Promise<SandboxPort> => {
  if (process.platform !== 'linux') {
    return new DisabledSandbox(
      `Programs can be run in isolation on Linux only, and this is ${process.platform}. Use the container.`,
    );
  }
  const { isolations, missing } = candidates ?? findIsolations();
  const interpreters = await findInterpreters();
  const wanted = new Set(interpreters.map(({ runtime }) => runtime)).size;
  const problems = [...missing];
  let best: { sandbox: SandboxPort; runtimes: number } | undefined;
  for (const isolation of isolations) {
    const sandbox = await tryIsolation(isolation, interpreters);
    if (typeof sandbox === 'string') {
      problems.push(`${isolation.engine} (${isolation.rights}): ${sandbox}`);
      continue;
    }
    const runtimes = Object.keys((await sandbox.status()).runtimes).length;
    if (runtimes === wanted) return sandbox;
    if (best === undefined || runtimes > best.runtimes) best = { sandbox, runtimes };
  }
  if (best) return best.sandbox;
  return new DisabledSandbox(`No program can be run in isolation here. ${problems.join('; ')}. ${REMEDY}`);
};
