import { existsSync, lstatSync, readlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a program sees of the world. Everything not listed does not exist for it. */
export interface View {
  /** Host paths shown read-only under their own name. */
  readOnly: string[];
  /** Symbolic links: where they are, and what they say. */
  links: Record<string, string>;
  devices: string[];
  /** Folders within `readOnly` that are covered by emptiness. */
  hidden: string[];
  /** Folders in memory, writable by everyone, each of at most the disk limit. */
  writable: string[];
}

export const WORK_FOLDER = '/box';
export const WRITABLE = ['/tmp', WORK_FOLDER];

const isLink = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;

/** The nearest folder above this file that holds a `package.json`: ours, never to be shown. */
const projectFolder = (from: string = __dirname): string => {
  if (existsSync(join(from, 'package.json')) || dirname(from) === from) return from;
  return projectFolder(dirname(from));
};

const isWithin = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

/**
 * Programs and shared libraries of the system, and `needs`. Not `/usr` as a whole: servers are often installed below
 * `/usr/src` or `/usr/local`.
 */
export const viewOf = (needs: string[], project = projectFolder()): View => {
  const roots = ['/bin', '/lib', '/lib64', '/lib32', '/usr/bin', '/usr/lib', '/usr/lib64', '/usr/lib32'];
  const data = ['/usr/share/zoneinfo', '/etc/ld.so.cache', '/etc/alternatives'];
  const existing = [...roots, ...data, ...needs].filter((path) => existsSync(path));
  const links = existing.filter(isLink);
  const readOnly = [...new Set(existing.filter((path) => !links.includes(path)))];
  return {
    readOnly,
    links: {
      ...Object.fromEntries(links.map((path) => [path, readlinkSync(path)])),
      '/dev/fd': '/proc/self/fd',
      '/dev/stdin': '/proc/self/fd/0',
      '/dev/stdout': '/proc/self/fd/1',
      '/dev/stderr': '/proc/self/fd/2',
      '/dev/shm': '/tmp',
    },
    devices: ['/dev/null', '/dev/zero', '/dev/full', '/dev/random', '/dev/urandom'],
    hidden: readOnly.some((path) => isWithin(project, path)) ? [project] : [],
    writable: WRITABLE,
  };
};

/** Every folder above the given paths but the root itself, outer ones first. */
export const foldersAbove = (paths: string[]): string[] => {
  const above = (path: string): string[] => {
    const folder = dirname(path);
    return folder === '/' ? [] : [...above(folder), folder];
  };
  return [...new Set(paths.flatMap(above))];
};
