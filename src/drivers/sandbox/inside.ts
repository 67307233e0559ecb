import { posix } from 'node:path';
import { UserError } from '../../common/errors';
import { CONTROL, COLLECTED, FILTER } from './isolation';
import { quote } from './shell';
import { WORK_FOLDER } from './view';

/** What is started inside. It reads a script from standard input and has the program and its arguments as its own. */
export const SHELL = ['/bin/sh', '-s', '--'] as const;

export interface Inside {
  files?: Record<string, string | Uint8Array>;
  stdin?: string;
  env?: Record<string, string>;
  cwd?: string;
  /** Shell commands that limit what follows. */
  limits: string[];
  /** Absolute path of `tar`, when the working folder is to be handed back. */
  tar: string | undefined;
}

/** What is sent in: the script, and the bytes it reads from the control channel. */
export interface Sent {
  script: Buffer;
  bytes: Buffer;
}

/** Larger files do not go through the script: some shells read that byte by byte. */
const MAX_IN_SCRIPT = 32 * 1024;
const STDIN = '/tmp/.stdin';

const isWithin = (place: string, folder: string): boolean => place === folder || place.startsWith(`${folder}/`);

/** Absolute path inside of a file that is placed in the working folder. */
export const placeOf = (path: string): string => {
  const place = posix.join(WORK_FOLDER, path);
  if (posix.isAbsolute(path) || path.includes('\0') || !place.startsWith(`${WORK_FOLDER}/`) || place.endsWith('/')) {
    throw new UserError(
      'sandbox_path_invalid',
      `files: '${path}' leaves the working folder; use a relative path without '..'.`,
    );
  }
  return place;
};

const folderOf = (path: string): string => {
  const place = posix.resolve(WORK_FOLDER, path);
  if (!path.includes('\0') && [WORK_FOLDER, '/tmp'].some((folder) => isWithin(place, folder))) return place;
  throw new UserError(
    'sandbox_path_invalid',
    `cwd: '${path}' leaves the working folder; use a relative path without '..', or one within /tmp.`,
  );
};

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

const assignmentOf = ([name, value]: [string, string]): string => {
  if (NAME.test(name) && !value.includes('\0')) return `export ${name}=${word(value)}`;
  throw new UserError(
    'sandbox_environment_invalid',
    `env: '${name}' cannot be set; a name has letters, digits and '_', and a value no NUL.`,
  );
};

/** Scripts are built with one character for each byte. */
const bytesOf = (data: string | Uint8Array): string => Buffer.from(data as string).toString('latin1');
const word = (text: string): string => quote(bytesOf(text));

const write = (place: string, data: string | Uint8Array): string =>
  Buffer.byteLength(data) > MAX_IN_SCRIPT
    ? `head -c ${Buffer.byteLength(data)} <&${CONTROL} >${word(place)}`
    : `printf %b ${quote(bytesOf(data).replaceAll('\\', '\\\\').replaceAll('\0', '\\0000'))} >${word(place)}`;

const startProgram = (stdin: boolean, env: Record<string, string>): string[] => [
  '(set -e',
  `exec 2>&9 9>&- ${CONTROL}>&- ${FILTER}<&- ${COLLECTED}>&- <${stdin ? STDIN : '/dev/null'}`,
  // An open file without a name, so that what was in it can be read once only.
  ...(stdin ? [`rm ${STDIN}`] : []),
  'unset PWD OLDPWD SHLVL',
  // Last, so that none of them steers this script.
  ...Object.entries(env).map(assignmentOf),
  'exec "$@")',
];

const handBack = (tar: string): string[] => [
  // Nothing may change while it is being read.
  'kill -s KILL -- -1',
  // What the program has shut even to itself is handed back too. Links are not followed.
  `chmod -R u+rwX ${WORK_FOLDER} </dev/null`,
  `${tar} -cf - -C ${WORK_FOLDER} . </dev/null 9>&- ${CONTROL}>&- ${FILTER}<&- >&${COLLECTED}`,
];

/**
 * The script of the shell inside. It lays everything out, says `ready` on the control channel, runs the program as a child, so
 * that orphans are reaped and signals mean to the program what they always mean, tells what processor time that took, and ends
 * with its exit code, which ends whatever the program left running. A script that arrives in part, or whose `ready` nobody
 * hears any more, ends before it has started anything. Nothing of a run ever lies in a folder of the host, and nothing of it but
 * the program's arguments in a list of processes. The shell has no right that the program has not: to take it over is no gain.
 */
export const inside = ({ files = {}, stdin = '', env = {}, cwd = '.', limits, tar }: Inside): Sent => {
  const placed = Object.entries(files).map(([path, data]) => [placeOf(path), data] as const);
  const start = folderOf(cwd);
  const contents = [...placed, ...(stdin === '' ? [] : [[STDIN, stdin] as const])];
  const folders = new Set([...placed.map(([place]) => posix.dirname(place)), start]);
  const missing = [...folders].filter((folder) => folder !== WORK_FOLDER && folder !== '/tmp');
  const lines = [
    'set -e',
    // Under memory pressure the kernel is told to prefer this victim.
    '{ echo 1000 >/proc/self/oom_score_adj; } 2>/dev/null || :',
    ...limits,
    'umask 077',
    ...(missing.length > 0 ? [`mkdir -p -- ${missing.map(word).join(' ')} </dev/null`] : []),
    ...contents.map(([place, data]) => write(place, data)),
    `cd ${word(start)}`,
    `printf ready >&${CONTROL}`,
    // What the shell itself has to say about the end of the program is not the program's.
    'set +e; exec 9>&2 2>/dev/null',
    ...startProgram(stdin !== '', env),
    'code=$?',
    `times >&${CONTROL}`,
    ...(tar === undefined ? [] : handBack(tar)),
    'exit $code',
    '',
  ];
  const large = contents.map(([, data]) => data).filter((data) => Buffer.byteLength(data) > MAX_IN_SCRIPT);
  return {
    script: Buffer.from(lines.join('\n'), 'latin1'),
    bytes: Buffer.concat(large.map((data) => Buffer.from(data as string))),
  };
};
