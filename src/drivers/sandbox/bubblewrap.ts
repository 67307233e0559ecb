import { FILTER, dropPrivileges, type Isolation, type Rights } from './isolation';
import { systemCallFilter } from './system-call-filter';
import { WORK_FOLDER, foldersAbove, type View } from './view';

export const BUBBLEWRAP_TOOLS = ['bwrap', 'setpriv'] as const;

const SMALL = String(64 * 1024);

const mounts = (view: View, diskBytes: number): string[] => [
  // Left to itself, bubblewrap makes folders on the way that only their owner can enter.
  ...foldersAbove(view.readOnly).flatMap((path) => ['--perms', '0755', '--dir', path]),
  ...view.readOnly.flatMap((path) => ['--ro-bind', path, path]),
  ...view.hidden.flatMap((path) => ['--size', SMALL, '--tmpfs', path, '--remount-ro', path]),
  ...['--proc', '/proc', '--perms', '0755', '--size', SMALL, '--tmpfs', '/dev'],
  ...view.devices.flatMap((path) => ['--dev-bind', path, path]),
  ...Object.entries(view.links).flatMap(([path, target]) => ['--symlink', target, path]),
  ...view.writable.flatMap((path) => ['--perms', '1777', '--size', String(diskBytes), '--tmpfs', path]),
  ...['--remount-ro', '/dev', '--remount-ro', '/'],
];

/** Isolation by bubblewrap (0.6 or newer, for size-limited file systems). */
export const bubblewrap = (
  tools: Record<(typeof BUBBLEWRAP_TOOLS)[number], string>,
  rights: Rights,
  filter = systemCallFilter(),
): Isolation => ({
  engine: 'bubblewrap',
  rights,
  filter,
  weaknesses: filter ? [] : [`no filter of system calls: their numbers on ${process.arch} are not known here`],
  wrap: (view, diskBytes, program) => [
    tools.bwrap,
    ...['--unshare-ipc', '--unshare-pid', '--unshare-net', '--unshare-uts', '--unshare-cgroup-try'],
    ...(rights === 'root' ? [] : ['--unshare-user', '--uid', '1000', '--gid', '1000']),
    ...['--hostname', 'sandbox', '--die-with-parent', '--new-session', '--cap-drop', 'ALL'],
    // As root there is no user namespace: setpriv needs these three to change the user, and then they are gone.
    ...(rights === 'root' ? ['CAP_SETUID', 'CAP_SETGID', 'CAP_SETPCAP'].flatMap((cap) => ['--cap-add', cap]) : []),
    ...(filter ? ['--seccomp', String(FILTER)] : []),
    ...mounts(view, diskBytes),
    // Bubblewrap's own process 1 asks to die with its parent only after it has started the program: too late if that dies at once.
    ...['--as-pid-1', '--chdir', WORK_FOLDER, '--'],
    // In a user namespace bubblewrap itself leaves nothing to drop. Elsewhere its process outside, root without the right to kill
    // others, takes process 1 down with it only if that is root too.
    ...(rights === 'root' ? ['/bin/sh', '-c', '"$@"; exit $?', 'sh', ...dropPrivileges(tools.setpriv, rights)] : []),
    ...program,
  ],
});
