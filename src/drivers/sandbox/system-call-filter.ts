import {
  CLONE,
  CLONE3,
  IOCTL,
  PERSONALITY,
  REFUSED,
  SOCKET,
  SOCKETPAIR,
  type SystemCall,
  UNSHARE,
} from './system-calls';

/** Machines the filter is built for, as `process.arch` names them, with the kernel's number of each (`linux/audit.h`). */
const MACHINES = { x64: 0xc000003e, arm64: 0xc00000b7 } as const;
type Machine = keyof typeof MACHINES;
const isMachine = (name: string): name is Machine => Object.hasOwn(MACHINES, name);

/** Operations of classic BPF (`linux/bpf_common.h`): load a word, jump if equal, greater or equal, any bit set; return. */
const LOAD = 0x20;
const IF_EQUAL = 0x15;
const IF_AT_LEAST = 0x35;
const IF_ANY_BIT = 0x45;
const RETURN = 0x06;

/** Offsets in `struct seccomp_data` (`linux/seccomp.h`). */
const NUMBER = 0;
const MACHINE = 4;
/** The lower half of an argument, on a little-endian machine: all that the kernel itself reads of those below. */
const argument = (index: number): number => 16 + 8 * index;

const ALLOW = 0x7fff0000;
const KILL_PROCESS = 0x80000000;
const fail = (errno: number): number => 0x00050000 | errno;
const EPERM = 1;
const ENOSYS = 38;
const EAFNOSUPPORT = 97;

/** Calls of the x32 ABI carry this bit, and would pass a filter that knows the usual numbers only. */
const X32_BIT = 0x40000000;
/** CLONE_NEWTIME, NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET (`linux/sched.h`). */
const NEW_NAMESPACE = 0x7e020080;
/** Both put characters into a terminal as if they had been typed there. */
const TYPING = [0x5412, 0x541c];
const UNIX_AND_IP = [1, 2, 10];
/** Linux itself, and the question which one is set. */
const PERSONALITIES = [0, 0xffffffff];

type Instruction = readonly [operation: number, whenTrue: number, whenFalse: number, operand: number];

const load = (offset: number): Instruction => [LOAD, 0, 0, offset];
const end = (result: number): Instruction => [RETURN, 0, 0, result];
/** `then` runs if the loaded word passes the test; else what follows. */
const when = (test: number, operand: number, then: Instruction[]): Instruction[] => [
  [test, 0, then.length, operand],
  ...then,
];

const refuse = (call: SystemCall, machine: Machine, then: Instruction[]): Instruction[] => {
  const number = call[machine];
  return number === undefined ? [] : when(IF_EQUAL, number, then);
};
const onlyIf = (index: number, allowed: number[], errno: number): Instruction[] => [
  load(argument(index)),
  ...allowed.flatMap((value) => when(IF_EQUAL, value, [end(ALLOW)])),
  end(fail(errno)),
];
const unlessAny = (index: number, test: number, refused: number[]): Instruction[] => [
  load(argument(index)),
  ...refused.flatMap((value) => when(test, value, [end(fail(EPERM))])),
  end(ALLOW),
];

/**
 * A program for `seccomp(2)`, as bubblewrap and setpriv read it: everything is allowed but what `system-calls.ts` lists (EPERM),
 * new namespaces, personalities, typing into terminals, and sockets of any family but UNIX and IP (EAFNOSUPPORT, as from a kernel
 * without them; some, as vsock, no network namespace holds). clone3 keeps its flags where no filter sees them, so it does not
 * exist here (ENOSYS) and libraries use clone. A process of another machine's kind (32 bits) is killed.
 *
 * @param machine as `process.arch`; undefined for one we know no numbers of
 */
export const systemCallFilter = (machine: string = process.arch): Buffer | undefined => {
  if (!isMachine(machine)) return undefined;
  const rule = (call: SystemCall, then: Instruction[]): Instruction[] => refuse(call, machine, then);
  const instructions: Instruction[] = [
    load(MACHINE),
    [IF_EQUAL, 1, 0, MACHINES[machine]],
    end(KILL_PROCESS),
    load(NUMBER),
    ...(machine === 'x64' ? when(IF_AT_LEAST, X32_BIT, [end(fail(ENOSYS))]) : []),
    ...Object.values(REFUSED).flatMap((call) => rule(call, [end(fail(EPERM))])),
    ...rule(CLONE3, [end(fail(ENOSYS))]),
    ...[CLONE, UNSHARE].flatMap((call) => rule(call, unlessAny(0, IF_ANY_BIT, [NEW_NAMESPACE]))),
    ...rule(IOCTL, unlessAny(1, IF_EQUAL, TYPING)),
    ...rule(PERSONALITY, onlyIf(0, PERSONALITIES, EPERM)),
    ...[SOCKET, SOCKETPAIR].flatMap((call) => rule(call, onlyIf(0, UNIX_AND_IP, EAFNOSUPPORT))),
    end(ALLOW),
  ];
  const program = Buffer.alloc(8 * instructions.length);
  instructions.forEach(([operation, whenTrue, whenFalse, operand], index) => {
    program.writeUInt16LE(operation, 8 * index);
    program.writeUInt8(whenTrue, 8 * index + 2);
    program.writeUInt8(whenFalse, 8 * index + 3);
    program.writeUInt32LE(operand >>> 0, 8 * index + 4);
  });
  return program;
};
