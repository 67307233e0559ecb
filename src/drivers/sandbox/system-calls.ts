/** Numbers of a system call by machine; absent where the machine has no such call. */
export interface SystemCall {
  x64?: number;
  arm64?: number;
}

const both = (number: number): SystemCall => ({ x64: number, arm64: number });
const on = (x64: number, arm64?: number): SystemCall => ({ x64, ...(arm64 !== undefined && { arm64 }) });

/**
 * Calls that no program needs here, and that reach into other processes, into the kernel, or past our limits.
 * Numbers: Linux, `arch/x86/entry/syscalls/syscall_64.tbl` and `include/uapi/asm-generic/unistd.h`; calls newer than 5.0 have the
 * same number everywhere.
 */
export const REFUSED: Record<string, SystemCall> = {
  // Other processes.
  ptrace: on(101, 117),
  process_vm_readv: on(310, 270),
  process_vm_writev: on(311, 271),
  kcmp: on(312, 272),
  pidfd_getfd: both(438),
  process_madvise: both(440),
  migrate_pages: on(256, 238),
  move_pages: on(279, 239),
  // Mounts and namespaces.
  mount: on(165, 40),
  umount2: on(166, 39),
  pivot_root: on(155, 41),
  chroot: on(161, 51),
  open_tree: both(428),
  move_mount: both(429),
  fsopen: both(430),
  fsconfig: both(431),
  fsmount: both(432),
  fspick: both(433),
  mount_setattr: both(442),
  open_tree_attr: both(467),
  setns: on(308, 268),
  name_to_handle_at: on(303, 264),
  open_by_handle_at: on(304, 265),
  // Keys are not kept apart by namespaces.
  add_key: on(248, 217),
  request_key: on(249, 218),
  keyctl: on(250, 219),
  // Large parts of the kernel with a history of faults.
  bpf: on(321, 280),
  perf_event_open: on(298, 241),
  userfaultfd: on(323, 282),
  io_uring_setup: both(425),
  io_uring_enter: both(426),
  io_uring_register: both(427),
  fanotify_init: on(300, 262),
  lookup_dcookie: on(212, 18),
  modify_ldt: on(154),
  // Memory that belongs to no process and so escapes every limit on processes.
  memfd_create: on(319, 279),
  memfd_secret: both(447),
  shmget: on(29, 194),
  msgget: on(68, 186),
  // The machine itself.
  kexec_load: on(246, 104),
  kexec_file_load: on(320, 294),
  create_module: on(174),
  init_module: on(175, 105),
  finit_module: on(313, 273),
  delete_module: on(176, 106),
  swapon: on(167, 224),
  swapoff: on(168, 225),
  reboot: on(169, 142),
  acct: on(163, 89),
  quotactl: on(179, 60),
  quotactl_fd: both(443),
  syslog: on(103, 116),
  iopl: on(172),
  ioperm: on(173),
  settimeofday: on(164, 170),
  clock_settime: on(227, 112),
  adjtimex: on(159, 171),
  clock_adjtime: on(305, 266),
  sethostname: on(170, 161),
  setdomainname: on(171, 162),
  vhangup: on(153, 58),
  nfsservctl: on(180, 42),
  uselib: on(134),
};

/** Calls that are refused for some of their arguments only; see `system-call-filter.ts`. */
export const CLONE = on(56, 220);
export const CLONE3 = both(435);
export const UNSHARE = on(272, 97);
export const IOCTL = on(16, 29);
export const PERSONALITY = on(135, 92);
export const SOCKET = on(41, 198);
export const SOCKETPAIR = on(53, 199);
