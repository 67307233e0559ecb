import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { findInterpreters } from '../../src/drivers/sandbox/interpreters';
import { findIsolations, tryIsolation } from '../../src/drivers/sandbox/open-sandbox';
import { RUNS_AT_ONCE } from '../../src/drivers/sandbox/isolated-sandbox';
import type {
  SandboxCommand,
  SandboxOutcome,
  SandboxPort,
  SandboxRequest,
} from '../../src/drivers/sandbox/sandbox.port';

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
        limits: { wallMs: 1000 },
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
      expect(seen.processes).toEqual([1, 2]);
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
        expect(await tryPython('[name for _, name in socket.if_nameindex() if name != "lo"]', 'import socket')).toMatch(
          /^value \[('(tunl|sit|ip6tnl|gre|erspan|ip_vti|ip6)[^\]]*)?\]$/,
        );
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

    it('of processes', async () => {
      const mark = newMark();
      const bomb = await python(
        `import os, sys
made = 0
try:
    while True:
        if os.fork() == 0:
            import time; time.sleep(600)
        made += 1
except OSError:
    print(made)`,
        { args: [mark], limits: { processes: 20, wallMs: 20_000 } },
      );
      expect(Number(bomb.stdout)).toBeGreaterThan(5);
      expect(Number(bomb.stdout)).toBeLessThanOrEqual(20);
      await gone(mark);
    });

    it('of time: a spinning fork bomb ends with the wall clock', async () => {
      const mark = newMark();
      const outcome = await python('import os\nwhile True:\n  try: os.fork()\n  except OSError: pass', {
        args: [mark],
        limits: { wallMs: 1500 },
      });
      expect(outcome).toMatchObject({ exitCode: 137, limit: 'wall' });
      await gone(mark);
    });

    it('of time, with what was printed before', async () => {
      const outcome = await python('print("begun")\nwhile True: pass', { limits: { wallMs: 1000 } });
      expect(outcome).toMatchObject({ exitCode: 137, limit: 'wall', stdout: 'begun\n', truncated: false });
      expect(outcome.durationMs).toBeGreaterThanOrEqual(1000);
    });

    it('of processor time', async () => {
      expect(await python('while True: pass', { limits: { cpuSeconds: 1 } })).toMatchObject({
        limit: 'cpu',
        exitCode: 152,
      });
    });

    it('of output', async () => {
      const outcome = await python('while True: print("x" * 1000)', { limits: { outputBytes: 5000 } });
      expect(outcome).toMatchObject({ limit: 'output', truncated: true });
      expect(outcome.stdout).toHaveLength(5000);
      const errors = await python('import sys\nwhile True: sys.stderr.write("é" * 1000)', {
        limits: { outputBytes: 5001 },
      });
      expect(errors).toMatchObject({ limit: 'output', truncated: true });
      expect(errors.stderr).toHaveLength(2501);
    });

    it('of disk', async () => {
      const one = 'f = open("/box/big", "wb")\nfor _ in range(30): f.write(b"x" * 100_000); f.flush()';
      expect((await python(one, { limits: { diskMb: 1 } })).exitCode).not.toBe(0);
      const many = 'for i in range(30): open("/box/%d" % i, "wb").write(b"x" * 100_000)';
      expect((await python(many, { limits: { diskMb: 1 } })).stderr).toContain('No space left on device');
      expect((await python(many, { limits: { diskMb: 10 } })).exitCode).toBe(0);
    });
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
