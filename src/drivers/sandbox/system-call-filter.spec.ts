import { systemCallFilter } from './system-call-filter';
import { REFUSED } from './system-calls';

const ALLOW = 0x7fff0000;
const KILL = 0x80000000;
const refused = (errno: number): number => 0x50000 | errno;
const [EPERM, ENOSYS, EAFNOSUPPORT] = [1, 38, 97].map(refused);
const X64 = 0xc000003e;
const ARM64 = 0xc00000b7;

/** What the kernel does with such a program: the few operations of classic BPF that are in it. */
const judge = (program: Buffer, machine: number, call: number, ...args: number[]): number => {
  const data = Buffer.alloc(64);
  data.writeUInt32LE(call >>> 0, 0);
  data.writeUInt32LE(machine, 4);
  args.forEach((value, index) => data.writeBigUInt64LE(BigInt(value), 16 + 8 * index));
  let accumulator = 0;
  for (let at = 0; at < program.length; at += 8) {
    const operand = program.readUInt32LE(at + 4);
    const operation = program.readUInt16LE(at);
    if (operation === 0x06) return operand;
    if (operation === 0x20) {
      accumulator = data.readUInt32LE(operand);
      continue;
    }
    const holds =
      operation === 0x15
        ? accumulator === operand
        : operation === 0x35
          ? accumulator >= operand
          : (accumulator & operand) !== 0;
    at += 8 * program.readUInt8(at + (holds ? 2 : 3));
  }
  throw new Error('the program has no end');
};

const programOf = (machine: string): Buffer => {
  const program = systemCallFilter(machine);
  if (program === undefined) throw new Error(`none for ${machine}`);
  return program;
};

describe.each([
  ['x64', X64, { read: 0, clone: 56, clone3: 435, unshare: 272, ioctl: 16, personality: 135, socket: 41 }],
  ['arm64', ARM64, { read: 63, clone: 220, clone3: 435, unshare: 97, ioctl: 29, personality: 92, socket: 198 }],
] as const)('on %s', (name, machine, calls) => {
  const program = programOf(name);
  const on = (call: number, ...args: number[]): number => judge(program, machine, call, ...args);

  it('is short enough for the kernel', () => {
    expect(program.length % 8).toBe(0);
    expect(program.length / 8).toBeLessThan(4096);
  });

  it('allows what is not listed', () => {
    expect(on(calls.read)).toBe(ALLOW);
    expect(on(9999)).toBe(ALLOW);
  });

  it('refuses what is', () => {
    for (const call of Object.values(REFUSED)) if (call[name] !== undefined) expect(on(call[name])).toBe(EPERM);
    expect(on(calls.clone3)).toBe(ENOSYS);
  });

  it.each([0x80, 0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000])(
    'refuses new namespaces: %p',
    (flag) => {
      expect(on(calls.unshare, flag)).toBe(EPERM);
      expect(on(calls.clone, flag | 17)).toBe(EPERM);
    },
  );

  it('allows processes and threads', () => {
    expect(on(calls.clone, 17)).toBe(ALLOW);
    // The flags of pthread_create.
    expect(on(calls.clone, 0x3d0f00)).toBe(ALLOW);
  });

  it('looks at the half of an argument that the kernel looks at', () => {
    expect(on(calls.ioctl, 0, 0x5412)).toBe(EPERM);
    expect(on(calls.ioctl, 0, 0x1_0000_5412)).toBe(EPERM);
    expect(on(calls.ioctl, 0, 0x541c)).toBe(EPERM);
    expect(on(calls.ioctl, 0x5412, 0x5401)).toBe(ALLOW);
  });

  it('knows UNIX and IP sockets, and one personality', () => {
    expect([1, 2, 10].map((family) => on(calls.socket, family))).toEqual([ALLOW, ALLOW, ALLOW]);
    expect([0, 16, 17, 40].map((family) => on(calls.socket, family))).toEqual(Array(4).fill(EAFNOSUPPORT));
    expect([0, 0xffffffff, 8].map((value) => on(calls.personality, value))).toEqual([ALLOW, ALLOW, EPERM]);
  });

  it('kills what runs as another machine', () => {
    expect(judge(program, 0x40000003, calls.read)).toBe(KILL);
  });
});

it('refuses every call of the x32 ABI, whose numbers would pass', () => {
  expect(judge(programOf('x64'), X64, 0x40000000 + 101)).toBe(ENOSYS);
  expect(judge(programOf('x64'), X64, 0x40000000)).toBe(ENOSYS);
});

it('is not built for a machine whose numbers it does not know', () => {
  expect(systemCallFilter('s390x')).toBeUndefined();
  expect(systemCallFilter('constructor')).toBeUndefined();
});
