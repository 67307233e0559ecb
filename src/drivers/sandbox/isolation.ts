import { existsSync } from 'node:fs';
import type { View } from './view';

/**
 * Where the right to make namespaces comes from. Whatever it is, the program never runs as the host's root.
 * - `dropped`: we are root; become a user id nobody else has first, then as `user`.
 * - `root`: we are root, where no other user may make namespaces; the program gets a user id nobody else has.
 * - `user`: we are an ordinary user; a user namespace gives the rights, and only inside.
 */
export type Rights = 'dropped' | 'root' | 'user';

/** Descriptors of the isolating command besides the usual three. */
export const CONTROL = 3;
export const FILTER = 4;
export const COLLECTED = 5;

/** One way of isolating a program. */
export interface Isolation {
  /** As in `SandboxStatus.engine`. */
  engine: string;
  rights: Rights;
  /** System calls are filtered by the program it finds on descriptor `FILTER`; undefined when it can take none. */
  filter: Uint8Array | undefined;
  /** As in `SandboxStatus.weaknesses`. */
  weaknesses: string[];
  /**
   * The command that shows `view` to `program` and nothing else. Both are absolute. `program` has no privilege left, nor has
   * anything inside that it could take over; process 1 inside, its parent or itself, dies with the command's own process.
   */
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
 * A random user id from a range that no distribution hands out: a program's process count is its own, and no file of the host
 * belongs to it.
 */
export const newIdentity = (): number => 1_100_000_000 + Math.floor(Math.random() * 900_000_000);

/** Put before what runs inside: no capability is left, and none can be gained. */
export const dropPrivileges = (setpriv: string, rights: Rights): string[] => {
  const identity = newIdentity();
  return [
    setpriv,
    ...(rights === 'root' ? [`--reuid=${identity}`, `--regid=${identity}`, '--clear-groups'] : []),
    ...['--inh-caps=-all', '--ambient-caps=-all', '--bounding-set=-all', '--no-new-privs'],
    // A change of user forgets what was asked for before.
    '--pdeathsig=KILL',
  ];
};
