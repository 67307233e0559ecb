import { spawn } from 'node:child_process';
import { setMaxListeners } from 'node:events';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { bubblewrap } from '../../src/drivers/sandbox/bubblewrap';
import { findInterpreters } from '../../src/drivers/sandbox/interpreters';
import { findIsolations, openSandbox, tryIsolation } from '../../src/drivers/sandbox/open-sandbox';
import { MAX_WAITING, RUNS_AT_ONCE } from '../../src/drivers/sandbox/isolated-sandbox';
import type {
  SandboxCommand,
  SandboxOutcome,
  SandboxPort,
  SandboxRequest,
} from '../../src/drivers/sandbox/sandbox.port';
import { utilLinux } from '../../src/drivers/sandbox/util-linux';

/** Every process of the machine whose command line holds `mark`. */
const processesWith = (mark: string): string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(mark);
      } catch {
        return false;
      }
    });

/** A killed process needs a moment until it is out of the list; one that stays is a failure. */
const gone = async (mark: string): Promise<void> => {
  for (let looks = 0; looks < 1000 && processesWith(mark).length > 0; looks += 1) await pause(20);
  expect(processesWith(mark)).toEqual([]);
};

let nextMark = 0;
const newMark = (): string => `mark-${process.pid}-${(nextMark += 1)}-end`;

const onLinux = process.platform === 'linux' ? describe : describe.skip;
const { isolations } = findIsolations();

onLinux.each(
  isolations.map((isolation) => [`${isolation.engine} with the rights of ${isolation.rights}`, isolation] as const),
)('sandbox: %s', (_name, isolation) => {
  let sandbox: SandboxPort;
  beforeAll(async () => {
    const opened = await tryIsolation(isolation, await findInterpreters());
    if (typeof opened === 'string') throw new Error(opened);
    sandbox = opened;
  });

  const python = (code: string, more: Partial<SandboxRequest> = {}): Promise<SandboxOutcome> =>
    sandbox.run({ runtime: 'python', files: { 'main.py': code }, entry: 'main.py', ...more });
  const javascript = (code: string, more: Partial<SandboxRequest> = {}): Promise<SandboxOutcome> =>
    sandbox.run({ runtime: 'javascript', files: { 'main.js': code }, entry: 'main.js', ...more });
  /** Prints the value of an expression, or the name of the exception it raises. */
  const tryPython = async (expression: string, setUp = ''): Promise<string> => {
    const { stdout, stderr } = await python(`${setUp}
try: print("value", repr(${expression}))
except BaseException as error: print(type(error).__name__)`);
    return stdout.trim() || stderr;
  };

  it('says what it is', async () => {
    expect(await sandbox.status()).toEqual({
      available: true,
      engine: isolation.engine,
      runtimes: { python: expect.stringMatching(/^3\.\d+\.\d+$/), javascript: process.versions.node },
      weaknesses: isolation.filter ? [] : [expect.stringContaining('no filter of system calls')],
    });
  });

  describe('runs programs', () => {
    it('with files, arguments and standard input', async () => {
      const outcome = await sandbox.run({
        runtime: 'python',
        files: {
          'app/main.py':
            'import sys, other\nprint(other.NAME, sys.argv[1:], sys.stdin.read(), open("data/é.txt").read())',
          'app/other.py': 'NAME = "naïve"',
          'data/é.txt': '日本',
        },
        entry: 'app/main.py',
        args: ['a b', '--', "'$HOME'"],
        stdin: 'línea 1\nline 2',
      });
      expect(outcome).toMatchObject({ exitCode: 0, stderr: '', truncated: false });
      expect(outcome.stdout).toBe("naïve ['a b', '--', \"'$HOME'\"] línea 1\nline 2 日本\n");
      expect(outcome.limit).toBeUndefined();
    });

    it('in JavaScript', async () => {
      const outcome = await javascript(
        'console.log(require("fs").readFileSync("/dev/stdin", "utf8") + __filename); process.exitCode = 4',
        { stdin: 'in ' },
      );
      expect(outcome).toMatchObject({ exitCode: 4, stdout: 'in /box/main.js\n', stderr: '' });
    });

    it('and reports exit code, signal and standard error', async () => {
      expect(await python('import sys; print("oh", file=sys.stderr); sys.exit(7)')).toMatchObject({
        exitCode: 7,
        stderr: 'oh\n',
        stdout: '',
      });
      expect(await python('import os, signal; os.kill(os.getpid(), signal.SIGTERM)')).toMatchObject({ exitCode: 143 });
      expect(await python('import os; os.abort()')).toMatchObject({ exitCode: 134 });
      expect((await python('raise ValueError("x")')).stderr).toContain('ValueError: x');
    });

    it('and turns output that is no text into some', async () => {
      const { stdout } = await python(String.raw`import os; os.write(1, b"a\xff\xfe\0b")`);
      expect(stdout).toBe('a\uFFFD\uFFFD\uFFFDb');
    });

    it('with a folder of their own, in which they may write', async () => {
      expect(await tryPython('[open(p, "w").write("x") for p in ("/box/new", "/tmp/new", "/dev/shm/new")]')).toBe(
        'value [1, 1, 1]',
      );
    });

    it('that start other programs', async () => {
      const { stdout } = await python(
        'import subprocess; print(subprocess.check_output(["sh", "-c", "echo from a shell"], text=True))',
      );
      expect(stdout).toContain('from a shell');
    });
  });

  describe('runs commands of the system', () => {
    const command = (name: string, args: string[] = [], more: Partial<SandboxCommand> = {}): Promise<SandboxOutcome> =>
      sandbox.command({ name, args, ...more });

    it('with their arguments as they are, since no shell reads them', async () => {
      expect(await command('echo', ['$HOME `id`', ';', '|', '*', "it's", ''])).toMatchObject({
        exitCode: 0,
        stdout: "$HOME `id` ; | * it's \n",
        stderr: '',
      });
    });

    it('with standard input, and tells their exit code', async () => {
      expect(await command('grep', ['-n', 'b'], { stdin: 'a\nb\n' })).toMatchObject({ exitCode: 0, stdout: '2:b\n' });
      expect(await command('grep', ['z'], { stdin: 'a\n' })).toMatchObject({ exitCode: 1, stdout: '' });
      expect(await command('ls', ['missing'])).toMatchObject({
        exitCode: 2,
        stderr: expect.stringContaining('missing'),
      });
    });

    it.each(['cat', 'find', 'head', 'tail', 'git', 'python3', 'node'])('such as %s', async (name) => {
      expect(await command(name, ['--version'])).toMatchObject({
        exitCode: 0,
        stderr: '',
        stdout: expect.stringMatching(/\d/),
      });
    });

    it('with the interpreters that programs get', async () => {
      expect(await command('python3', ['-c', 'import sys; print(sys.argv)', 'a b'])).toMatchObject({
        stdout: "['-c', 'a b']\n",
      });
      expect((await command('node', ['-p', '1 + 1'])).stdout).toBe('2\n');
    });

    it('with variables of the request, and none of the host', async () => {
      process.env['SANDBOX_LEAK'] = 'leaked';
      const { stdout } = await command('env', [], { env: { GREETING: "it's $HOME", LANG: 'C' } });
      delete process.env['SANDBOX_LEAK'];
      expect(stdout.trim().split('\n').sort()).toEqual([
        "GREETING=it's $HOME",
        'HOME=/tmp',
        'LANG=C',
        'PATH=/usr/local/bin:/usr/bin:/bin',
        'PYTHONDONTWRITEBYTECODE=1',
      ]);
    });

    it('in a folder of the workspace, which is made for them and theirs alone', async () => {
      expect((await command('pwd')).stdout).toBe('/box\n');
      expect((await command('pwd', [], { cwd: 'a/b' })).stdout).toBe('/box/a/b\n');
      expect((await command('pwd', [], { cwd: '/tmp' })).stdout).toBe('/tmp\n');
      expect((await command('touch', ['here'], { cwd: 'a' })).exitCode).toBe(0);
      expect((await command('python3', ['-c', 'import os; print(oct(os.umask(0)))'])).stdout).toBe('0o77\n');
      expect((await command('touch', ['/usr/bin/new'])).exitCode).toBe(1);
    });

    it('and tells the processor time they took', async () => {
      const busy = await command('python3', ['-c', 'import time\nwhile time.process_time() < .3: pass']);
      // The shell counts in hundredths of a second, cut off, once for user and once for system time.
      expect(busy.cpuTimeMs).toBeGreaterThanOrEqual(280);
      expect(busy.cpuTimeMs).toBeLessThan(2_000);
    });

    it('until their time is up, with what they printed before', async () => {
      const outcome = await command('python3', ['-c', 'print("begun")\nwhile True: pass'], {
        limits: { wallMs: 5000 },
      });
      expect(outcome).toMatchObject({ exitCode: 137, limit: 'wall', stdout: 'begun\n' });
    });

    it('which see neither network nor files of the host', async () => {
      expect((await command('cat', ['/etc/passwd', '/etc/hosts', '/etc/resolv.conf'])).exitCode).toBe(1);
      expect((await command('find', ['/etc', '-type', 'f'])).stdout).toMatch(
        /^(\/etc\/(ld\.so\.cache|alternatives\/\S+)\n)*$/,
      );
      const { stdout } = await command('cat', ['/proc/net/route']);
      expect(stdout.trim().split('\n')).toHaveLength(1);
    });

    it.each(['', '/bin/ls', '../bin/ls', 'no-such-command', '-x', 'constructor'])('but not %p', async (name) => {
      await expect(command(name)).rejects.toMatchObject({ code: 'runtime_unavailable' });
    });

    it.each(['..', '/etc', '/', 'a/../../b', '/tmpx'])('nor in %s', async (cwd) => {
      await expect(command('ls', [], { cwd })).rejects.toMatchObject({ code: 'sandbox_path_invalid' });
    });

    it.each(['A B', '', '1A', 'A=B', '-n'])('nor with the variable %p', async (name) => {
      await expect(command('ls', [], { env: { [name]: 'x' } })).rejects.toMatchObject({
        code: 'sandbox_environment_invalid',
      });
    });
  });

  it.each([
    ['../escape.py', 'print(1)'],
    ['/etc/escape.py', 'print(1)'],
    ['a/../../escape.py', 'print(1)'],
    ['folder/', 'print(1)'],
  ])('refuses the file name %s', async (path, code) => {
    await expect(sandbox.run({ runtime: 'python', files: { [path]: code }, entry: path })).rejects.toMatchObject({
      code: 'sandbox_path_invalid',
    });
  });

  it('refuses an entry that is no file, and files larger than the disk', async () => {
    await expect(sandbox.run({ runtime: 'python', files: {}, entry: 'constructor' })).rejects.toMatchObject({
      code: 'sandbox_entry_missing',
    });
    await expect(python('#'.repeat(1_100_000), { limits: { diskMb: 1 } })).rejects.toMatchObject({
      code: 'sandbox_files_too_large',
    });
  });

  describe('shows nothing of the host', () => {
    it.each([
      '/etc/passwd',
      '/etc/shadow',
      '/etc/hostname',
      '/sys',
      '/run',
      '/var',
      '/home',
      '/dev/sda',
      '/dev/mem',
      '/dev/tty',
      __filename,
      process.cwd(),
    ])('%s', async (path) => {
      expect(
        await tryPython(
          `os.listdir(${JSON.stringify(path)}) if os.path.isdir(${JSON.stringify(path)}) else open(${JSON.stringify(path)}).read()`,
          'import os',
        ),
      ).toMatch(/^(FileNotFoundError|PermissionError)$/);
    });

    it('of its files: the whole tree holds the system and the interpreter only', async () => {
      const { stdout } = await python(`import os
for folder in ("/", "/etc", "/root", "/home", "/usr", "/box"):
    print(folder, sorted(os.listdir(folder)) if os.path.isdir(folder) else None)`);
      const seen = new Map(
        stdout
          .trim()
          .split('\n')
          .map((line) => [line.split(' ')[0], line]),
      );
      expect(seen.get('/')).not.toMatch(/'(work|sys|run|var|srv|mnt|opt|boot|\.old)'/);
      expect(seen.get('/etc')).toMatch(/^\/etc \[('alternatives')?(, )?('ld.so.cache')?\]$/);
      expect(seen.get('/root')).toMatch(/None$|^\/root \['\.[a-z]+'\]$/);
      expect(seen.get('/home')).toMatch(/None$/);
      expect(seen.get('/usr')).not.toMatch(/'(src|local|games|include)'/);
      expect(seen.get('/box')).toBe("/box ['main.py']");
    });

    it('of its environment', async () => {
      process.env['SANDBOX_LEAK'] = 'leaked';
      const expected = {
        HOME: '/tmp',
        LANG: 'C.UTF-8',
        PATH: '/usr/local/bin:/usr/bin:/bin',
        PYTHONDONTWRITEBYTECODE: '1',
      };
      const fromPython = await python('import os, json; print(json.dumps(dict(os.environ)))');
      const fromJavascript = await javascript('console.log(JSON.stringify(process.env))');
      delete process.env['SANDBOX_LEAK'];
      expect(JSON.parse(fromPython.stdout)).toEqual(expected);
      expect(JSON.parse(fromJavascript.stdout)).toEqual(expected);
    });

    it('of its processes, users, name and open files', async () => {
      const { stdout } = await python(`import os, json, socket
links = []
for fd in os.listdir("/proc/self/fd"):
    try: links.append(os.readlink("/proc/self/fd/" + fd).split(":")[0])
    except OSError: pass
print(json.dumps({
  "processes": sorted(int(p) for p in os.listdir("/proc") if p.isdigit())[:1] + [len([p for p in os.listdir("/proc") if p.isdigit()])],
  "groups": os.getgroups(), "host": socket.gethostname() == ${JSON.stringify(process.env['HOSTNAME'] ?? 'x')},
  "links": sorted(set(links))}))`);
      const seen = JSON.parse(stdout) as { processes: number[]; groups: number[]; links: string[] };
      expect(seen.processes[0]).toBe(1);
      // Besides itself, a shell or two.
      expect(seen.processes[1]).toBeLessThanOrEqual(3);
      expect(seen.groups.filter((group) => group !== 65_534)).toEqual([]);
      expect(
        seen.links.filter(
          (link) =>
            !['/dev/null', '/tmp/.stdin (deleted)', 'socket', 'pipe'].includes(link) && !link.startsWith('/proc/'),
        ),
      ).toEqual([]);
    });

    it('of its network', async () => {
      const server = createServer();
      const port = await new Promise<number>((resolve) =>
        server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
      );
      try {
        for (const target of [port, 5432]) {
          expect(await tryPython(`socket.create_connection(("127.0.0.1", ${target}), 2)`, 'import socket')).toMatch(
            /Error$/,
          );
        }
        expect(await tryPython('socket.create_connection(("1.1.1.1", 53), 2)', 'import socket')).toMatch(/Error$/);
        expect(await tryPython('socket.getaddrinfo("example.com", 80)', 'import socket')).toBe('gaierror');
        expect(
          await tryPython('[l.split(":")[0].strip() for l in open("/proc/net/dev") if ":" in l and "lo:" not in l]'),
        ).toMatch(/^value \[('(tunl|sit|ip6tnl|gre|erspan|ip_vti|ip6)[^\]]*)?\]$/);
      } finally {
        server.close();
      }
    });
  });

  describe('lets nothing be changed', () => {
    it.each([
      '/new',
      '/usr/bin/new',
      '/usr/lib/new',
      '/etc/new',
      '/dev/new',
      '/proc/sys/kernel/core_pattern',
      '/proc/sys/kernel/hostname',
      '/proc/sysrq-trigger',
    ])('%s', async (path) => {
      expect(await tryPython(`open(${JSON.stringify(path)}, "w").write("x")`)).toMatch(
        /^(OSError|PermissionError|FileNotFoundError)$/,
      );
      expect(existsSync('/new')).toBe(false);
    });

    it('and gives no right to mount, to change the user, or to reach process 1', async () => {
      const { stdout } = await python(`import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
print([line.split()[1] for line in open("/proc/self/status") if line.startswith(("CapPrm", "CapEff", "CapBnd", "CapAmb", "CapInh"))])
print([line.split()[1] for line in open("/proc/self/status") if line.startswith("NoNewPrivs")])
print(libc.mount(b"none", b"/tmp", b"tmpfs", 0, None), libc.umount2(b"/usr/bin", 2), libc.setuid(4242))
for path in ("/proc/1/root/etc/passwd", "/proc/1/cwd/../etc/passwd"):
    try: print(open(path).read())
    except OSError as error: print("refused")`);
      expect(stdout).toBe(
        `${JSON.stringify(Array(5).fill('0000000000000000')).replaceAll('"', "'").replaceAll(',', ', ')}\n['1']\n-1 -1 -1\nrefused\nrefused\n`,
      );
    });

    it('and never runs a program as root of the host', async () => {
      const { stdout } = await python('import os; print(os.getuid()); print(open("/proc/self/uid_map").read())');
      const [uid = NaN, inside = NaN, outside = NaN] = stdout.split(/\s+/).filter(Boolean).map(Number);
      expect(uid - inside + outside).toBeGreaterThan(0);
    });
  });

  const refusesCalls = async (): Promise<void> => {
    const { stdout, stderr } = await python(`import ctypes, errno, os, platform, socket, threading
libc = ctypes.CDLL(None, use_errno=True)
arm = platform.machine() == "aarch64"
def call(name, *args):
    x64, arm64 = CALLS[name]
    ctypes.set_errno(0)
    result = libc.syscall(arm64 if arm else x64, *args)
    return "ok" if result >= 0 else errno.errorcode[ctypes.get_errno()]
CALLS = {"ptrace": (101, 117), "mount": (165, 40), "keyctl": (250, 219), "bpf": (321, 280), "perf": (298, 241),
  "userfaultfd": (323, 282), "io_uring": (425, 425), "setns": (308, 268), "unshare": (272, 97), "clone3": (435, 435),
  "personality": (135, 92), "ioctl": (16, 29), "memfd": (319, 279), "vm_readv": (310, 270), "chroot": (161, 51),
  "handle": (304, 265), "clone": (56, 220), "shmget": (29, 194)}
for name in ("ptrace", "mount", "keyctl", "bpf", "perf", "userfaultfd", "io_uring", "setns", "memfd", "vm_readv", "chroot", "handle", "shmget"):
    print(name, call(name, 0, 0, 0, 0, 0, 0))
print("unshare", [call("unshare", flag) for flag in (0x10000000, 0x20000, 0x80, 0x400)])
print("clone", call("clone", 0x10000000 | 17, 0, 0, 0, 0), call("clone3", 0, 0))
print("personality", [call("personality", p) for p in (0xffffffff, 0, 0x40000)])
print("ioctl", [call("ioctl", 0, ctypes.c_long(code), 0) for code in (0x5412, 0x541c, 0x100005412)])
for family in (1, 2, 10, 16, 17, 40):
    try: socket.socket(family, socket.SOCK_STREAM if family not in (16, 17) else socket.SOCK_RAW); print(family, "ok")
    except OSError as error: print(family, errno.errorcode[error.errno])
thread = threading.Thread(target=lambda: print("thread")); thread.start(); thread.join()
print([l.split()[1] for l in open("/proc/self/status") if l.startswith("Seccomp:")])
`);
    expect(stderr).toBe('');
    expect(stdout.trim().split('\n')).toEqual([
      ...['ptrace', 'mount', 'keyctl', 'bpf', 'perf', 'userfaultfd', 'io_uring', 'setns', 'memfd', 'vm_readv'].map(
        (name) => `${name} EPERM`,
      ),
      ...['chroot EPERM', 'handle EPERM', 'shmget EPERM'],
      "unshare ['EPERM', 'EPERM', 'EPERM', 'ok']",
      'clone EPERM ENOSYS',
      "personality ['ok', 'ok', 'EPERM']",
      "ioctl ['EPERM', 'EPERM', 'EPERM']",
      ...['1 ok', '2 ok', '10 ok', '16 EAFNOSUPPORT', '17 EAFNOSUPPORT', '40 EAFNOSUPPORT'],
      'thread',
      "['2']",
    ]);
  };

  const nestsNothing = async (): Promise<void> => {
    const { stdout } = await python(`import ctypes
libc = ctypes.CDLL(None)
print(libc.unshare(0x10000000), libc.shmget(0, 4096, 0o1600), libc.msgget(0, 0o1600))`);
    expect(stdout).toBe('-1 -1 -1\n');
  };

  if (isolation.filter) it('refuses system calls that no program needs here', refusesCalls);
  else it('without a filter of system calls, nests no namespace of a user, and keeps no memory apart', nestsNothing);

  describe('ends what goes beyond its limits', () => {
    it('of memory, in one process', async () => {
      expect(await python('x = bytearray(10**10)')).toMatchObject({ exitCode: 1, limit: 'memory' });
      expect(
        await python('x = []\nwhile True: x.append("x" * 1_000_000)', { limits: { memoryMb: 128 } }),
      ).toMatchObject({ limit: 'memory' });
      expect(
        await javascript('const x = []; for (;;) x.push(new Array(1e5).fill(1.5))', { limits: { memoryMb: 128 } }),
      ).toMatchObject({ limit: 'memory' });
    });

    it('of memory, in many processes or shared', async () => {
      const many = await python(
        'import os, time\nfor _ in range(8):\n  if os.fork() == 0: break\nx = b"x" * 60_000_000; time.sleep(60)',
        { limits: { memoryMb: 256 } },
      );
      expect(many).toMatchObject({ exitCode: 137, limit: 'memory' });
      const shared = await python(
        'import mmap, time\nm = mmap.mmap(-1, 400_000_000)\nfor i in range(0, len(m), 4096): m[i] = 1\ntime.sleep(60)',
        { limits: { memoryMb: 256 } },
      );
      expect(shared).toMatchObject({ exitCode: 137, limit: 'memory' });
    });

    it('of memory, but not what is only reserved', async () => {
      const threads = await python(
        'import threading, time\nts = [threading.Thread(target=time.sleep, args=(.1,)) for _ in range(40)]\n[t.start() for t in ts]; [t.join() for t in ts]; print(len(ts))',
      );
      expect(threads.stdout).toBe('40\n');
      expect(
        await javascript(
          'new Worker_(); function Worker_() { const { Worker } = require("worker_threads"); new Worker("console.log(1)", { eval: true }); }',
        ),
      ).toMatchObject({ exitCode: 0, stdout: '1\n' });
    });

    it('of processes that stay', async () => {
      const mark = newMark();
      const program = 'import os, time\nfor _ in range(30):\n  if os.fork() == 0: break\ntime.sleep(600)';
      expect(await python(program, { args: [mark], limits: { processes: 20 } })).toMatchObject({
        exitCode: 137,
        limit: 'processes',
      });
      await gone(mark);
      const fewer = 'import os, time\nfor _ in range(9):\n  if os.fork() == 0: break\ntime.sleep(.5)';
      expect((await python(fewer)).limit).toBeUndefined();
    });

    it('of processes that the kernel refuses', async () => {
      const bomb = await python(`import os, time
made = 0
try:
    while True:
        if os.fork() == 0: time.sleep(600)
        made += 1
except OSError:
    print(made)
    raise`);
      expect(bomb.limit).toBe('processes');
      // The watch may be faster than the kernel.
      expect(Number(bomb.stdout)).toBeLessThanOrEqual(64);
    });

    it('of processes or time: a spinning fork bomb', async () => {
      const mark = newMark();
      const outcome = await python('import os\nwhile True:\n  try: os.fork()\n  except OSError: pass', {
        args: [mark],
        limits: { wallMs: 5000 },
      });
      expect(outcome).toMatchObject({ exitCode: 137, limit: expect.stringMatching(/^(processes|wall)$/) });
      await gone(mark);
    });

    it('of time, with what was printed before', async () => {
      const outcome = await python('print("begun")\nwhile True: pass', { limits: { wallMs: 5000 } });
      expect(outcome).toMatchObject({ exitCode: 137, limit: 'wall', stdout: 'begun\n', truncated: false });
      expect(outcome.durationMs).toBeGreaterThanOrEqual(5000);
    });

    it('of processor time', async () => {
      expect(await python('while True: pass', { limits: { cpuSeconds: 1 } })).toMatchObject({
        limit: 'cpu',
        exitCode: 152,
      });
      const deaf = 'import signal\nsignal.signal(signal.SIGXCPU, signal.SIG_IGN)\nwhile True: pass';
      expect(await python(deaf, { limits: { cpuSeconds: 1 } })).toMatchObject({ limit: 'cpu', exitCode: 137 });
    });

    it('of processor time, in many processes', async () => {
      const many = 'import os\nfor _ in range(3):\n  if os.fork() == 0: break\nwhile True: pass';
      // Whichever comes first: one of them has its share, or all together have.
      expect(await python(many, { limits: { cpuSeconds: 1 } })).toMatchObject({ limit: 'cpu' });
    });

    it('but does not blame one for what the program did to itself', async () => {
      const outcome = await python('import os, signal; os.kill(os.getpid(), signal.SIGKILL)');
      expect(outcome).toMatchObject({ exitCode: 137, stderr: '' });
      expect(outcome.limit).toBeUndefined();
    });

    it('of output: what is too much is cut, and the program goes on', async () => {
      const outcome = await python(
        'import sys\nfor _ in range(100): print("x" * 1000)\nprint("end", file=sys.stderr)',
        {
          limits: { outputBytes: 5000 },
        },
      );
      expect(outcome).toMatchObject({ exitCode: 0, truncated: true, stderr: 'end\n' });
      expect(outcome.stdout).toHaveLength(5000);
      expect(outcome.limit).toBeUndefined();
    });

    it('of output: a flood is stopped', async () => {
      const outcome = await python('while True: print("x" * 1000)', { limits: { outputBytes: 5000 } });
      expect(outcome).toMatchObject({ limit: 'output', truncated: true, exitCode: 137 });
      expect(outcome.stdout).toHaveLength(5000);
      const errors = await python('import sys\nwhile True: sys.stderr.write("é" * 1000)', {
        limits: { outputBytes: 5001 },
      });
      expect(errors).toMatchObject({ limit: 'output', truncated: true });
      expect(errors.stderr).toHaveLength(2501);
    });

    it('of disk, in one file or many', async () => {
      const one = 'f = open("/box/big", "wb")\nfor _ in range(30): f.write(b"x" * 100_000); f.flush()';
      expect(await python(one, { limits: { diskMb: 1 } })).toMatchObject({ exitCode: 1, limit: 'disk' });
      const mortal =
        'import signal; signal.signal(signal.SIGXFSZ, signal.SIG_DFL); open("/box/big", "wb").truncate(2_000_000)';
      expect(await python(mortal, { limits: { diskMb: 1 } })).toMatchObject({ exitCode: 153, limit: 'disk' });
      const many = 'for i in range(30): open("/box/%d" % i, "wb").write(b"x" * 100_000)';
      expect(await python(many, { limits: { diskMb: 1 } })).toMatchObject({ exitCode: 1, limit: 'disk' });
      expect(await python(many, { limits: { diskMb: 10 } })).toMatchObject({ exitCode: 0 });
    });

    it('of disk, in names alone', async () => {
      const names = 'i = 0\nwhile True: open("/tmp/%d" % i, "w").close(); i += 1';
      expect((await python(names)).limit).toBe('disk');
    });

    it('and tells the memory that was held', async () => {
      const { maxMemoryBytes } = await python('import time\nx = b"x" * 100_000_000\ntime.sleep(3)');
      expect(maxMemoryBytes).toBeGreaterThan(100_000_000);
      expect(maxMemoryBytes).toBeLessThan(200_000_000);
    });
  });

  describe('takes files and hands them back', () => {
    const BYTES = Buffer.from([0, 1, 255, 39, 92, 10, 0, 92, 48, 129, 136]);
    const limits = { files: 10, fileBytes: 1_000_000, totalBytes: 2_000_000 };

    it('byte for byte', async () => {
      const large = Buffer.alloc(200_000, BYTES);
      const { collected, exitCode } = await sandbox.run({
        runtime: 'python',
        files: {
          'main.py': 'import os\nos.makedirs("out/a")\nfor n in ("small", "large"): os.rename(n, "out/a/" + n)',
          small: BYTES,
          large,
          'empty file': '',
          "it's": 'naïve',
          __proto__x: '-n',
        },
        entry: 'main.py',
        stdin: '-e \\n',
        collect: limits,
      });
      expect(exitCode).toBe(0);
      expect(collected?.leftOut).toEqual([]);
      expect(Object.keys(collected?.files ?? {}).sort()).toEqual(
        ['__proto__x', 'empty file', "it's", 'main.py', 'out/a/large', 'out/a/small'].sort(),
      );
      expect(Buffer.from(collected!.files['out/a/small']!)).toEqual(BYTES);
      expect(Buffer.from(collected!.files['out/a/large']!).equals(large)).toBe(true);
      expect(Buffer.from(collected!.files["it's"]!).toString()).toBe('naïve');
    });

    it('only when asked to, and not after an end by force', async () => {
      expect(await python('1')).not.toHaveProperty('collected');
      const late = await python('while True: pass', { limits: { wallMs: 1000 }, collect: limits });
      expect(late).toMatchObject({ limit: 'wall' });
      expect(late).not.toHaveProperty('collected');
      expect((await python('open("x", "w"); exit(3)', { collect: limits })).collected?.files).toHaveProperty('x');
    });

    it('but nothing that is no file, has no decent name, or is too much', async () => {
      const { collected } = await python(
        `import os
os.symlink("/etc", "link"); os.link("main.py", "twin"); os.mkfifo("pipe"); os.mkdir("folder")
open("a\\nb", "w"); open("\\x1b[2J", "w"); open(b"\\xff", "w"); open("big", "wb").write(b"x" * 1_000_001)
path = "/".join(["d" * 100] * 6); os.makedirs(path); open(path + "/deep", "w")
`,
        { collect: limits },
      );
      // Of two names for one file, either may come first.
      expect(Object.keys(collected!.files)).toHaveLength(1);
      expect(collected!.leftOut.map(({ reason }) => reason).sort()).toEqual(
        [...Array(4).fill('bad_name'), ...Array(3).fill('not_a_file'), 'too_large'].sort(),
      );
      const many = await python('for i in range(300): open("%03d" % i, "w").write("x")', { collect: limits });
      expect(Object.keys(many.collected!.files)).toHaveLength(10);
      expect(many.collected!.leftOut).toHaveLength(101);
      expect(many.collected!.leftOut.at(-1)).toEqual({ path: '…', reason: 'too_many' });
      const heavy = await python('for i in range(5): open("%d" % i, "wb").write(b"x" * 900_000)', { collect: limits });
      expect(heavy.collected!.leftOut.map(({ reason }) => reason)).toEqual(Array(3).fill('too_large'));
    });

    it('and is not flooded by what is large on paper only', async () => {
      const holes = 'for i in range(50):\n  with open("%d" % i, "wb") as f: f.truncate(90_000_000)';
      const { collected, exitCode } = await python(holes, { collect: limits });
      expect(exitCode).toBe(0);
      expect(collected?.leftOut.at(-1)).toEqual({ path: '…', reason: 'too_many' });
    });

    it('with nobody left who could hinder that', async () => {
      const mark = newMark();
      const { collected } = await python(
        `import os, time
if os.fork() == 0:
    os.setsid()
    for fd in range(3): os.close(fd)
    open("late", "w").close()
    while True:
        for pid in (p for p in os.listdir("/proc") if p.isdigit()):
            try:
                if b"tar\\0" in open("/proc/%s/cmdline" % pid, "rb").read(): os.kill(int(pid), 9)
            except OSError: pass
open("large", "wb").write(b"x" * 50_000_000)
while not os.path.exists("late"): time.sleep(.01)`,
        { args: [mark], collect: { ...limits, fileBytes: 50_000_000, totalBytes: 60_000_000 } },
      );
      expect(collected?.files).toHaveProperty('large');
      await gone(mark);
    });

    it('whatever the program writes into the channels of its supervisor', async () => {
      const { exitCode, collected, stdout } = await python(
        `import os
for pid in (p for p in os.listdir("/proc") if p.isdigit()):
    for fd in range(3, 10):
        try: os.write(os.open("/proc/%s/fd/%d" % (pid, fd), os.O_WRONLY), b"\\x1f\\x8b" * 5000 + b"./../../etc/passwd" * 100)
        except OSError: pass
print("done")`,
        { collect: limits },
      );
      expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'done\n' });
      for (const path of Object.keys(collected?.files ?? {})) expect(path).not.toMatch(/\.\./);
    });
  });

  it('shows no file, no variable and no input in any list of processes', async () => {
    const mark = newMark();
    const secret = `secret-${mark}`;
    const controller = new AbortController();
    const running = python('import time; time.sleep(600)', {
      args: [mark],
      stdin: secret,
      env: { TOKEN: secret },
      signal: controller.signal,
    });
    const ended = running.catch(() => undefined);
    while (processesWith(`main.py\0${mark}`).length === 0) await pause(2);
    expect(processesWith(secret)).toEqual([]);
    controller.abort();
    await ended;
  });

  it('takes background processes down with the program', async () => {
    const mark = newMark();
    const outcome = await python(
      `import os, subprocess, sys
subprocess.Popen(["sleep", "600", "${mark}"], start_new_session=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.execvp("sh", ["sh", "-c", "sleep 600", "${mark}"])
    os._exit(0)
print("started")`,
    );
    expect(outcome).toMatchObject({ exitCode: 0, stdout: 'started\n' });
    await gone(mark);
  });

  it('ends on abort, with the reason given', async () => {
    const mark = newMark();
    const controller = new AbortController();
    const running = python('import subprocess\nsubprocess.run(["sh", "-c", "sleep 600; :"])', {
      args: [mark],
      signal: controller.signal,
    });
    const reason = new Error('not wanted any more');
    while (processesWith(mark).length === 0) await pause(10);
    controller.abort(reason);
    await expect(running).rejects.toBe(reason);
    await gone(mark);
    await expect(python('print(1)', { signal: controller.signal })).rejects.toBe(reason);
  });

  it('ends on abort at any moment of its start', async () => {
    const mark = newMark();
    const aborted = Array.from({ length: 24 }, async (_, index) => {
      const controller = new AbortController();
      const running = python('import time; time.sleep(600)', { args: [mark], signal: controller.signal });
      const ended = expect(running).rejects.toThrow('early');
      await pause(index * 4);
      controller.abort(new Error('early'));
      await ended;
    });
    await Promise.all(aborted);
    await gone(mark);
  });

  it(`runs ${RUNS_AT_ONCE} at once; the next waits, and may be called off while it does`, async () => {
    const mark = newMark();
    const held = new AbortController();
    setMaxListeners(0, held.signal);
    const called = new AbortController();
    const sleepers = Array.from({ length: RUNS_AT_ONCE }, () =>
      python('import time; time.sleep(600)', { args: [mark], signal: held.signal }),
    );
    const ended = Promise.allSettled(sleepers);
    let begun = false;
    const last = python('print("my turn")').then((outcome) => ((begun = true), outcome));
    const called_ = python('print("never")', { signal: called.signal });
    called.abort(new Error('called off'));
    await expect(called_).rejects.toThrow('called off');
    while (processesWith(mark).length < RUNS_AT_ONCE) await pause(10);
    expect(begun).toBe(false);
    held.abort(new Error('enough'));
    expect((await last).stdout).toBe('my turn\n');
    expect((await ended).map(({ status }) => status)).toEqual(Array(RUNS_AT_ONCE).fill('rejected'));
  });

  it('refuses what it could not even queue', async () => {
    const held = new AbortController();
    setMaxListeners(0, held.signal);
    const runs = Array.from({ length: RUNS_AT_ONCE + MAX_WAITING }, () =>
      python('import time; time.sleep(600)', { signal: held.signal }),
    );
    const ended = Promise.allSettled(runs);
    await expect(python('1')).rejects.toMatchObject({ kind: 'transient', code: 'sandbox_busy' });
    held.abort(new Error('enough'));
    await ended;
    expect((await python('print(1)')).stdout).toBe('1\n');
  });

  it('leaves nothing running when the server is killed', async () => {
    const mark = newMark();
    const server = spawn(
      process.execPath,
      [
        ...['--require', './scripts/swc-register.cjs', '-e'],
        `const { findIsolations, tryIsolation } = require('./src/drivers/sandbox/open-sandbox.ts');
const { findInterpreters } = require('./src/drivers/sandbox/interpreters.ts');
const wanted = ${JSON.stringify([isolation.engine, isolation.rights])};
const isolation = findIsolations().isolations.find(({ engine, rights }) => engine === wanted[0] && rights === wanted[1]);
findInterpreters().then((found) => tryIsolation(isolation, found)).then((sandbox) => sandbox.command({
  name: 'python3',
  args: ['-c', 'import os, time\\nif os.fork() == 0: os.setsid(); os.fork()\\nwhile True: time.sleep(1)', process.argv.at(-1)],
  limits: { wallMs: 300000 },
}));`,
        mark,
      ],
      { stdio: 'ignore' },
    );
    while (processesWith(mark).length < 5) await pause(20);
    server.kill('SIGKILL');
    await gone(mark);
  });

  it('leaves no process, no file and no mount behind, and its runs do not see one another', async () => {
    const mark = newMark();
    const mounts = (): string => readFileSync('/proc/self/mounts', 'utf8');
    const before = mounts();
    const program = `import os
print(sorted(os.listdir("/tmp") + os.listdir("/box")))
for folder in ("/tmp", "/box"): open(folder + "/${mark}", "w").write("x")`;
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => python(program, { args: [mark] })));
    expect(new Set(outcomes.map(({ stdout }) => stdout))).toEqual(new Set(["['main.py']\n"]));
    await gone(mark);
    expect(mounts()).toBe(before);
    // Other programs of the machine use the folder too, so only what bears our mark or our file's name counts.
    const left = readdirSync(tmpdir());
    expect(left.filter((path) => path.includes(mark))).toEqual([]);
    expect(existsSync(join(process.cwd(), mark))).toBe(false);
  });
});

onLinux('without isolation', () => {
  const nowhere = '/nonexistent/tool';
  const tools = {
    bwrap: nowhere,
    setpriv: nowhere,
    unshare: nowhere,
    mount: nowhere,
    umount: nowhere,
    pivot_root: nowhere,
  };

  it.each([
    ['a tool that is not there', nowhere, /ENOENT/],
    ['a tool that may not make namespaces', '/bin/false', /did not start: exit code 1/],
  ])('nothing runs, and it says why and what to do: %s', async (_what, tool, why) => {
    const isolations = [bubblewrap({ ...tools, bwrap: tool }, 'user'), utilLinux({ ...tools, setpriv: tool }, 'user')];
    const sandbox = await openSandbox({ isolations, missing: ['bubblewrap: bwrap not found'] });
    const { available, engine, runtimes, reason } = await sandbox.status();
    expect({ available, engine, runtimes }).toEqual({ available: false, engine: 'none', runtimes: {} });
    expect(reason).toMatch(why);
    expect(reason).toContain('bwrap not found');
    expect(reason).toContain('apt-get install bubblewrap');
    await expect(sandbox.command({ name: 'ls', args: [] })).rejects.toMatchObject({
      kind: 'user',
      code: 'sandbox_unavailable',
      message: reason,
    });
  });

  it('one that lacks an interpreter gives way to one that has all', async () => {
    const [whole] = isolations;
    if (whole === undefined) throw new Error('no isolation here');
    // Without python's libraries in view only one of the two interpreters starts.
    const half = {
      ...whole,
      weaknesses: ['half'],
      wrap: (...[view, disk, program]: Parameters<typeof whole.wrap>) =>
        program.some((part) => part.includes('python')) ? ['/bin/false'] : whole.wrap(view, disk, program),
    };
    expect((await (await openSandbox({ isolations: [half, whole], missing: [] })).status()).weaknesses).not.toContain(
      'half',
    );
    expect((await (await openSandbox({ isolations: [half], missing: [] })).status()).runtimes).toEqual({
      javascript: process.versions.node,
    });
  });
});
