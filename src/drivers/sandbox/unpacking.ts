import { posix } from 'node:path';
import { UserError } from '../../common/errors';
import { WORK_FOLDER } from './view';

/**
 * First process inside: takes the files from standard input, where they arrive one after the other, makes what is left the
 * program's own standard input (a file without a name, so that `/dev/stdin` can be opened), and on `go` becomes the program. Nothing
 * of a run ever lies in a folder of the host. Under memory pressure the kernel is told to prefer this victim.
 * Variables come last, so that none of them steers this script.
 */
const UNPACK = `set -e
{ echo 1000 >/proc/self/oom_score_adj; } 2>/dev/null || :
umask 077
while [ "$1" != -- ]; do
  mkdir -p "\${1%/*}"
  head -c "$2" >"$1"
  shift 2
done
head -c "$2" >/tmp/.stdin
mkdir -p "$3"
cd "$3"
shift 3
printf ready >&3
exec 3>&-
read -r go || exit 1
exec </tmp/.stdin
rm /tmp/.stdin
unset PWD OLDPWD
while [ "$1" != -- ]; do
  export "$1"
  shift
done
shift
exec "$@"`;

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
  if (NAME.test(name) && !value.includes('\0')) return `${name}=${value}`;
  throw new UserError(
    'sandbox_environment_invalid',
    `env: '${name}' cannot be set; a name has letters, digits and '_', and a value no NUL.`,
  );
};

export interface Unpacking {
  /** Absolute path and arguments of what is started in the end. */
  program: string[];
  files?: Record<string, string | Uint8Array>;
  stdin?: string;
  env?: Record<string, string>;
  cwd?: string;
}

/** The command that lays everything out inside, and what it must be given on standard input. */
export const unpacking = ({
  program,
  files = {},
  stdin = '',
  env = {},
  cwd = '.',
}: Unpacking): { command: string[]; payload: Buffer } => ({
  command: [
    ...['/bin/sh', '-c', UNPACK, 'sh'],
    ...Object.entries(files).flatMap(([path, text]) => [placeOf(path), String(Buffer.byteLength(text))]),
    ...['--', String(Buffer.byteLength(stdin)), folderOf(cwd)],
    ...Object.entries(env).map(assignmentOf),
    ...['--', ...program],
  ],
  payload: Buffer.concat([...Object.values(files), stdin].map((part) => Buffer.from(part as string))),
});
