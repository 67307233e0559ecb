import { existsSync } from 'node:fs';
import type { View } from './view';

/**
 * Where the right to make namespaces comes from. Whatever it is, the program never runs as the host's root.
 * - `root`: we are root; the program gets a user id nobody else has.
 * - `dropped`: we are root without the right to mount (a container): become nobody first, then as `user`.
 * - `user`: we are an ordinary user; a user namespace gives the rights, and only inside.
 */
export type Rights = 'root' | 'dropped' | 'user';

/** One way of isolating a program. */
export interface Isolation {
  /** As in `SandboxStatus.engine`. */
  engine: string;
  rights: Rights;
  /** Where `prlimit` lies, outside and inside. */
  prlimit: string;
  /** The command that shows `view` to `program` and nothing else. Both are absolute. */
  wrap(view: View, diskBytes: number, program: string[]): string[];
}

const FOLDERS = ['/usr/bin', '/bin', '/usr/sbin', '/sbin', '/usr/local/bin'];

/** Absolute path of a system program, independent of the caller's PATH. */
const findTool = (name: string): string | undefined =>
  FOLDERS.map((folder) => `${folder}/${name}`).find((path) => existsSync(path));

/** Absolute paths of all tools, or the names of those that are missing. */
export const findTools = <N extends string>(names: readonly N[]): Record<N, string> | N[] => {
  const found = names.map((name) => [name, findTool(name)] as const);
  const missing = found.filter(([, path]) => path === undefined).map(([name]) => name);
  return missing.length > 0 ? missing : (Object.fromEntries(found) as Record<N, string>);
};

/**
 * Shell commands of process 1 inside: run the program as a child, so that orphans are reaped and signals mean to the program
 * what they always mean, tell on descriptor 3 what processor time it took, and end with its exit code, which ends whatever the
 * program left running.
 */
export const SUPERVISE = 'code=0\n"$@" || code=$?\ntimes >&3\nexit $code';

const NOBODY = 65_534;

/** Put before the isolating command: become nobody, if that is how the rights are got. */
export const becomeNobody = (setpriv: string): string[] => [
  setpriv,
  `--reuid=${NOBODY}`,
  `--regid=${NOBODY}`,
  '--clear-groups',
];

/**
 * Put before the program: no capability is left, and none can be gained. For `root`, a random user id from a range that no
 * distribution hands out, so that its process count is its own and no file of the host belongs to it.
 */
export const dropPrivileges = (setpriv: string, rights: Rights): string[] => {
  const identity = 1_100_000_000 + Math.floor(Math.random() * 900_000_000);
  return [
    setpriv,
    ...(rights === 'root' ? [`--reuid=${identity}`, `--regid=${identity}`, '--clear-groups'] : []),
    '--inh-caps=-all',
    '--ambient-caps=-all',
    '--bounding-set=-all',
    '--no-new-privs',
  ];
};
