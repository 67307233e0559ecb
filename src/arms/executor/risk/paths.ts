import { isUnseen } from './unseen';

const TEMPORARY = /^(?:\/private)?\/(?:tmp|var\/tmp|dev\/shm|var\/folders)\/(?=[^/])/;

/** Takes `.`, `..` and doubled slashes out. A relative path may end up beginning with `..`. */
const normal = (path: string): string => {
  const isAbsolute = path.startsWith('/');
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') kept.push(segment);
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop();
    else if (!isAbsolute) kept.push('..');
  }
  return (isAbsolute ? '/' : '') + kept.join('/');
};

/** Something within a folder for temporary files; not such a folder itself. */
export const isTemporary = (path: string): boolean => {
  const hasUnseenStep = isUnseen(path) && path.split('/').includes('..');
  // Where a name may be `..`, nobody knows where the path leads.
  if (hasUnseenStep || /\/\.\?|\/\.\*|\/\?\?(\/|$)|[{}]/.test(path)) return false;
  return TEMPORARY.test(`${normal(path)}/`.replace(/\/$/, ''));
};

/** Devices that hold nothing. */
const HARMLESS_DEVICE =
  /^\/dev\/(null|zero|full|u?random|stdin|stdout|stderr|tty|fd\/\d+|pts\/\d+|shm\/.+|tcp\/.+|udp\/.+)$/;

export const isDevice = (path: string): boolean => {
  const full = normal(path);
  return /^\/dev\/./.test(full) && !HARMLESS_DEVICE.test(full);
};

const SYSTEM = /^\/(etc|boot|bin|sbin|lib\w*|usr|sys|proc|root\/\.ssh|var\/(lib|spool|log))(\/|$)/;
const PERSONAL =
  /^(?:\/home\/[^/]+|\/root|\/Users\/[^/]+)\/(\.ssh\/|\.gnupg\/|\.aws\/|\.kube\/|\.docker\/config|\.(bashrc|bash_profile|zshrc|profile|netrc|pgpass|gitconfig|npmrc|pypirc)$)/;
const REPOSITORY = /(^|\/)\.git\/(?!info\/exclude|COMMIT_EDITMSG)/;

/** Files whose content the machine, a person's access or a repository rests on. */
export const isPrecious = (path: string): boolean => {
  const full = normal(path);
  return (SYSTEM.test(full) && !/^\/usr\/local\/src\//.test(full)) || PERSONAL.test(full) || REPOSITORY.test(full);
};

const ROOT =
  /^\/?$|^\/\*$|^\.{1,2}$|^\*$|^\/(bin|boot|dev|etc|home|lib\w*|opt|proc|root|run|sbin|srv|sys|usr|var|mnt|media|Users|System|Library|Applications)(\/\*)?$|^\/(home|Users)\/[^/]+(\/\*)?$|^\/(usr|var)\/[^/]+(\/\*)?$|^[A-Za-z]:[\\/]*$/;

/** The whole file system, or one of its great folders, or somebody's home. */
export const isRoot = (path: string): boolean =>
  ROOT.test(normal(path)) && path !== '' && !/^\.+$|^\*$/.test(normal(path));

/** Here, and all that is in it. */
export const isHere = (path: string): boolean => /^(\.{1,2}|\*)?$/.test(normal(path)) && path !== '';
