import { existsSync } from 'node:fs';
import { UserError } from '../../common/errors';

const NAME = /^[A-Za-z0-9][A-Za-z0-9._+-]*$/;
/** Folders of programs that every sandbox shows. */
const FOLDERS = ['/usr/bin', '/bin'];

/** Absolute path of a command, the same on the host and in the sandbox. */
export const findCommand = (name: string): string => {
  const path = NAME.test(name)
    ? FOLDERS.map((folder) => `${folder}/${name}`).find((each) => existsSync(each))
    : undefined;
  if (path !== undefined) return path;
  throw new UserError('runtime_unavailable', `${name.slice(0, 100)}: not found on this machine; install it.`);
};
