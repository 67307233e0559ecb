import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { FILTER, dropPrivileges, type Isolation, type Rights } from './isolation';
import { MAX_INODES } from './limits';
import { quote } from './shell';
import { systemCallFilter } from './system-call-filter';
import { WORK_FOLDER, type View } from './view';

export const UTIL_LINUX_TOOLS = ['unshare', 'mount', 'umount', 'pivot_root', 'setpriv'] as const;
type Tools = Record<(typeof UTIL_LINUX_TOOLS)[number], string>;

const quoteAll = (texts: string[]): string => texts.map(quote).join(' ');

/** An existing folder of the host to build the new root on; what lies below it is out of sight while building. */
const buildSite = (view: View): string => {
  const shown = [...view.readOnly, ...view.devices, '/proc'];
  const site = ['/mnt', '/media', '/srv', '/opt', '/tmp', '/var', '/home'].find(
    (path) => existsSync(path) && !shown.some((source) => source.startsWith(`${path}/`)),
  );
  return site ?? '/tmp';
};

/**
 * Numbers of the kernel that count for the new namespaces only: nothing to nest, and no memory that belongs to no process. Without
 * a user namespace of our own the first would be the host's.
 */
const closeDoors = (rights: Rights): string[] =>
  [...(rights === 'root' ? [] : ['user/max_user_namespaces']), 'kernel/shmmni', 'kernel/msgmni'].map(
    (name) => `{ echo 0 >/proc/sys/${name}; } 2>/dev/null || :`,
  );

/**
 * The script that process 1 of the new namespaces runs: a root in memory, the view bound into it, the old root let go, then
 * the program.
 */
const setup = (tools: Tools, view: View, diskBytes: number, rights: Rights): string => {
  const site = buildSite(view);
  const at = (path: string): string => site + path;
  const isFolder = (path: string): boolean => statSync(path).isDirectory();
  const folders = view.readOnly.filter(isFolder);
  const files = [...view.readOnly.filter((path) => !isFolder(path)), ...view.devices];
  const points = [
    ...folders,
    ...view.writable,
    '/proc',
    '/.old',
    ...[...files, ...Object.keys(view.links)].map(dirname),
  ];
  const memory = (path: string, options: string): string =>
    `${tools.mount} -t tmpfs -o nosuid,nodev,${options} sandbox ${quote(path)}`;
  return [
    'set -e',
    ...closeDoors(rights),
    '{ hostname sandbox || echo sandbox >/proc/sys/kernel/hostname; } 2>/dev/null || :',
    memory(site, 'size=1m,mode=755'),
    `mkdir -p ${quoteAll([...new Set(points)].map(at))}`,
    ...files.map((path) => `: >${quote(at(path))}`),
    ...view.readOnly.map((path) => `${tools.mount} -o rbind,ro,nosuid,nodev ${quoteAll([path, at(path)])}`),
    ...view.devices.map((path) => `${tools.mount} --bind ${quoteAll([path, at(path)])}`),
    ...view.hidden.map((path) => memory(at(path), 'ro,size=64k,mode=755')),
    ...Object.entries(view.links).map(([path, target]) => `ln -s ${quoteAll([target, at(path)])}`),
    `${tools.mount} -t proc -o nosuid,nodev,noexec proc ${quote(at('/proc'))}`,
    ...view.writable.map((path) => memory(at(path), `size=${diskBytes},nr_inodes=${MAX_INODES},mode=1777`)),
    `cd ${quote(site)}`,
    `${tools.pivot_root} . .old`,
    'cd /',
    `${tools.umount} -l /.old`,
    'rmdir /.old',
    `${tools.mount} -o remount,bind,ro,nosuid,nodev /`,
    ...(rights === 'root' ? [`${tools.mount} --rbind / ${WORK_FOLDER}`] : [`cd ${WORK_FOLDER}`]),
    'exec "$@"',
  ].join('\n');
};

const NO_FILTER =
  'no filter of system calls, so more of the kernel is open to attack, and programs can read keys in the keyrings that the ' +
  'server was started with: install bubblewrap, or util-linux 2.41 or newer';

/** Older ones (before util-linux 2.41) cannot filter. */
const takesFilter = (setpriv: string): boolean => {
  try {
    return execFileSync(setpriv, ['--help'], { encoding: 'utf8', timeout: 5_000 }).includes('--seccomp-filter');
  } catch {
    return false;
  }
};

/** Isolation by the tools of util-linux, which every Linux distribution has. */
export const utilLinux = (
  tools: Tools,
  rights: Rights,
  filter = takesFilter(tools.setpriv) ? systemCallFilter() : undefined,
): Isolation => ({
  engine: 'util-linux',
  rights,
  filter,
  weaknesses: filter ? [] : [NO_FILTER],
  wrap: (view, diskBytes, program) => [
    // If this server dies, so does the sandbox.
    ...[tools.setpriv, '--pdeathsig=KILL'],
    tools.unshare,
    ...(rights === 'root' ? [] : ['--user', '--map-root-user']),
    ...['--mount', '--pid', '--fork', '--net', '--ipc', '--uts', '--cgroup', '--kill-child'],
    ...['/bin/sh', '-c', setup(tools, view, diskBytes, rights), 'sh'],
    // The kernel refuses user namespaces to whoever's root is not that of the mounts: the door `closeDoors` cannot close.
    ...(rights === 'root' ? [tools.unshare, `--root=${WORK_FOLDER}`, `--wd=${WORK_FOLDER}`] : []),
    ...dropPrivileges(tools.setpriv, rights),
    ...(filter ? [`--seccomp-filter=/proc/self/fd/${FILTER}`] : []),
    ...program,
  ],
});
