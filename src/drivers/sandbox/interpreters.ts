import { execFile } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { SandboxRequest } from './sandbox.port';

export type Runtime = SandboxRequest['runtime'];

/** An interpreter of the host, and what of the host it needs to start elsewhere. */
export interface Interpreter {
  runtime: Runtime;
  version: string;
  /** Real path, no link and no shim. */
  executable: string;
  /** Host paths that must be visible besides the system's own libraries. */
  needs: string[];
  /** Options that go before the program. */
  options: string[];
}

const run = promisify(execFile);

/** The python of the PATH may be a shim or a virtual environment, and `sys.executable` is empty without a PATH: the process knows. */
const SELF_PORTRAIT = `
import json, os, sys
print(json.dumps({
    "executable": os.path.realpath("/proc/self/exe"),
    "prefixes": [sys.base_prefix, sys.base_exec_prefix],
    "version": "%d.%d.%d" % sys.version_info[:3],
}))`;
const selfPortrait = z.object({
  executable: z.string().startsWith('/'),
  prefixes: z.array(z.string().startsWith('/')),
  version: z.string().regex(/^3\.([89]|\d\d)\./, 'Python 3.8 or newer'),
});

const isSystem = (path: string): boolean => /^\/(usr\/)?(bin|lib|lib64)(\/|$)/.test(path);

const askPython = async (command: string): Promise<Interpreter | undefined> => {
  try {
    const { stdout } = await run(command, ['-I', '-S', '-c', SELF_PORTRAIT], { cwd: '/', timeout: 10_000 });
    const { executable, prefixes, version } = selfPortrait.parse(JSON.parse(stdout));
    const libraries = prefixes.map((prefix) => join(prefix, 'lib'));
    const needs = [executable, ...libraries].filter((path) => !isSystem(path) && existsSync(path));
    // -s: no packages of a home folder. -u: what was printed before a limit struck is not lost in a buffer.
    return { runtime: 'python', version, executable, needs: [...new Set(needs)], options: ['-s', '-u'] };
  } catch {
    return undefined;
  }
};

const ownNode = (): Interpreter => {
  const executable = realpathSync(process.execPath);
  return {
    runtime: 'javascript',
    version: process.versions.node,
    executable,
    needs: isSystem(executable) ? [] : [executable],
    // None: with any option of V8's, Node cannot use what it has compiled beforehand and starts a fifth slower. A full heap still
    // ends with V8's own message, at the limit on data.
    options: [],
  };
};

/** Every interpreter found, best first; the same runtime may occur more than once, since not each is reachable in isolation. */
export const findInterpreters = async (): Promise<Interpreter[]> => {
  const pythons = await Promise.all(['python3', '/usr/bin/python3', '/usr/local/bin/python3'].map(askPython));
  const found = new Map<string, Interpreter>();
  for (const python of pythons) if (python && !found.has(python.executable)) found.set(python.executable, python);
  return [...found.values(), ownNode()];
};
