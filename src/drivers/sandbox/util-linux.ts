import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { SUPERVISE, becomeNobody, dropPrivileges, type Isolation, type Rights } from './isolation';
import { WORK_FOLDER, type View } from './view';

export const UTIL_LINUX_TOOLS = ['unshare', 'mount', 'umount', 'pivot_root', 'setpriv', 'prlimit'] as const;
type Tools = Record<(typeof UTIL_LINUX_TOOLS)[number], string>;

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
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
 * The script that process 1 of the new namespaces runs: a root in memory, the view bound into it, the old root let go, then
 * the program.
 */
const setup = (tools: Tools, view: View, diskBytes: number): string => {
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
    memory(site, 'size=1m,mode=755'),
    `mkdir -p ${quoteAll([...new Set(points)].map(at))}`,
    ...files.map((path) => `: >${quote(at(path))}`),
    ...view.readOnly.map((path) => `${tools.mount} -o rbind,ro,nosuid,nodev ${quoteAll([path, at(path)])}`),
    ...view.devices.map((path) => `${tools.mount} --bind ${quoteAll([path, at(path)])}`),
    ...view.hidden.map((path) => memory(at(path), 'ro,size=64k,mode=755')),
    ...Object.entries(view.links).map(([path, target]) => `ln -s ${quoteAll([target, at(path)])}`),
    `${tools.mount} -t proc -o nosuid,nodev,noexec proc ${quote(at('/proc'))}`,
    ...view.writable.map((path) => memory(at(path), `size=${diskBytes},mode=1777`)),
    `cd ${quote(site)}`,
    `${tools.pivot_root} . .old`,
    'cd /',
    `${tools.umount} -l /.old`,
    'rmdir /.old',
    `${tools.mount} -o remount,bind,ro,nosuid,nodev /`,
    `cd ${WORK_FOLDER}`,
    SUPERVISE,
  ].join('\n');
};

/** Isolation by the tools of util-linux, which every Linux distribution has. */
export const utilLinux = (tools: Tools, rights: Rights): Isolation => ({
  engine: 'util-linux',
  rights,
  prlimit: tools.prlimit,
  wrap: (view, diskBytes, program) => [
    ...(rights === 'dropped' ? becomeNobody(tools.setpriv) : [tools.setpriv]),
    // If this server dies, so does the sandbox.
    '--pdeathsig=KILL',
    tools.unshare,
    ...(rights === 'root' ? [] : ['--user', '--map-root-user']),
    ...['--mount', '--pid', '--fork', '--net', '--ipc', '--uts', '--cgroup', '--kill-child'],
    ...['/bin/sh', '-c', setup(tools, view, diskBytes), 'sh'],
    ...dropPrivileges(tools.setpriv, rights),
    ...program,
  ],
});
