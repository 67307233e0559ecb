import type { SandboxLimits, SandboxOutcome } from '../../../src/drivers/sandbox/sandbox.port';

/** A program that takes more than its share, or fights its supervisor. */
export interface Bomb {
  name: string;
  /** Source of a program, or of a script for `sh`. */
  python?: string;
  javascript?: string;
  shell?: string;
  stdin?: string;
  limits?: Partial<SandboxLimits>;
  /** Limits of which one must be reported; `undefined` among them: the program may also be refused what it wants, see `says`. */
  ends: SandboxOutcome['limit'][];
  /** What it must have printed when no limit ended it. */
  says?: RegExp;
}

/** Small, so that a bomb is quick; ample where another limit is to end the run, even on a busy machine. */
export const BOMB_LIMITS: SandboxLimits = {
  wallMs: 90_000,
  cpuSeconds: 3,
  memoryMb: 96,
  processes: 8,
  diskMb: 8,
  outputBytes: 10_000,
};

/** Where only the clock can end it. */
const WALL = { wallMs: 1_500 };

/** Calls until it is refused, and prints by which error. */
const until = (imports: string, step: string): string => `import ${imports}, errno
kept = []
try:
    while True: kept.append(${step})
except (OSError, MemoryError, RuntimeError) as error:
    kept = len(kept)
    print("refused", getattr(error, "errno", None) and errno.errorcode[error.errno] or error, kept)`;

export const BOMBS: Bomb[] = [
  {
    name: 'fork bomb',
    python: 'import os\nwhile True:\n    try: os.fork()\n    except OSError: pass',
    ends: ['processes', 'cpu', 'memory', 'wall'],
  },
  {
    name: 'fork bomb of a shell',
    shell: 'b() { b | b & b; }; b',
    limits: { wallMs: 10_000 },
    // A shell that may not fork gives up by itself.
    ends: ['processes', 'cpu', 'memory', 'wall', undefined],
  },
  {
    name: 'processes that only wait',
    python: 'import os, time\nfor _ in range(40):\n    if os.fork() == 0: time.sleep(600)\ntime.sleep(600)',
    ends: ['processes'],
  },
  {
    name: 'thread bomb',
    python: `import threading, os
held = threading.Event()
try:
    while True: threading.Thread(target=held.wait, daemon=True).start()
except RuntimeError as error:
    print("refused", error, flush=True)
    os._exit(0)`,
    ends: ['processes', 'memory', undefined],
    says: /^refused can't start new thread/,
  },
  {
    name: 'a process that hops from number to number',
    python: `import os, time
if os.fork() == 0:
    os.setsid()
    while True:
        if os.fork(): os._exit(0)
time.sleep(600)`,
    limits: WALL,
    ends: ['wall', 'cpu', 'processes'],
  },
  {
    name: 'memory, in one process',
    python: 'kept = []\nwhile True: kept.append(bytearray(1 << 20))',
    // Python itself ends with an error when the kernel refuses.
    ends: ['memory'],
  },
  {
    name: 'memory, shared',
    python: `import mmap
kept = []
while True:
    part = mmap.mmap(-1, 1 << 22)
    part.write(b"x" * (1 << 22))
    kept.append(part)`,
    ends: ['memory'],
  },
  {
    name: 'memory, a little in each of many processes',
    python: `import os, time
for _ in range(6):
    if os.fork() == 0:
        kept = bytearray(os.urandom(1 << 16) * (16 * 40))
        time.sleep(600)
time.sleep(600)`,
    ends: ['memory'],
  },
  {
    name: 'memory, as files of /dev/shm and /tmp together',
    python: until(
      'os',
      '[open(f"{folder}/{len(kept)}", "wb", buffering=0).write(b"x" * (1 << 20)) for folder in ("/dev/shm", "/tmp")]',
    ),
    ends: ['disk', 'memory', undefined],
    says: /^refused (ENOSPC|EFBIG) \d\b/,
  },
  {
    name: 'memory, in the buffers of sockets',
    python: `import os, socket
kept, held = [], 0
try:
    while held < 1 << 30:
        pair = socket.socketpair()
        kept.append(pair)
        for end in pair:
            end.setblocking(False)
            try:
                while True: held += end.send(b"x" * 65536)
            except BlockingIOError: pass
except OSError as error: pass
print("held", held >> 20, "MB", flush=True)
os._exit(0 if held < 1 << 28 else 1)`,
    ends: ['memory', undefined],
    says: /^held \d\d? MB/,
  },
  {
    name: 'memory, in pipes',
    python: `import fcntl, os
kept, held = [], 0
try:
    while held < 1 << 30:
        reading, writing = os.pipe()
        kept.append(reading)
        try: fcntl.fcntl(writing, 1031, 1 << 20)
        except PermissionError: pass
        os.set_blocking(writing, False)
        try:
            while True: held += os.write(writing, b"x" * 65536)
        except BlockingIOError: pass
except OSError as error: pass
print("held", held >> 20, "MB", flush=True)`,
    ends: ['memory', undefined],
    says: /^held \d\d? MB/,
  },
  {
    name: 'memory, of JavaScript',
    javascript: 'const kept = []; for (;;) kept.push(new Array(100_000).fill(kept.length));',
    limits: { memoryMb: 200 },
    ends: ['memory'],
  },
  {
    name: 'memory, in buffers of JavaScript',
    javascript: 'const kept = []; for (;;) kept.push(Buffer.alloc(1 << 20, 1));',
    limits: { memoryMb: 200 },
    ends: ['memory'],
  },
  {
    name: 'threads of JavaScript',
    javascript: `const { Worker } = require('node:worker_threads');
process.on('uncaughtException', (error) => { console.log('refused', error.code); process.exit(); });
const more = () => { const worker = new Worker('setInterval(() => {}, 1000)', { eval: true }); worker.on('error', (error) => { console.log('refused', error.code); process.exit(); }); setTimeout(more, 5); };
more();`,
    limits: { memoryMb: 400, wallMs: 8_000, cpuSeconds: 3 },
    ends: ['memory', 'processes', 'cpu', 'wall', undefined],
  },
  {
    name: 'disk, one file',
    python: until('os', 'open("big", "ab").write(b"x" * (1 << 20))'),
    ends: ['disk', undefined],
    says: /^refused (ENOSPC|EFBIG) \d\b/,
  },
  {
    name: 'disk, many files',
    python: until('os', 'open(f"{len(kept)}", "wb", buffering=0).write(b"x" * (1 << 18))'),
    ends: ['disk', undefined],
    says: /^refused (ENOSPC|EMFILE) \d\d\b/,
  },
  {
    name: 'disk, names alone',
    python: until('os', 'os.mknod(f"{len(kept)}")'),
    ends: ['disk', undefined],
    says: /^refused ENOSPC \d{4,5}\b/,
  },
  {
    name: 'a file of a terabyte that is empty',
    python: until('os', 'os.truncate("sparse", 1 << 40)').replace(
      'kept = []',
      'kept = []\nopen("sparse", "w").close()',
    ),
    ends: ['disk', undefined],
    says: /^refused EFBIG 0\b/,
  },
  {
    name: 'folders as deep as they go',
    python: until('os', '[os.mkdir("d"), os.chdir("d")]'),
    ends: ['disk', undefined],
    says: /^refused ENOSPC \d{4,5}\b/,
  },
  {
    name: 'open files',
    python: until('os', 'os.open("/dev/null", 0)'),
    ends: [undefined],
    says: /^refused EMFILE \d{1,4}\b/,
  },
  ...(['stdout', 'stderr'] as const).map((stream): Bomb => ({
    name: `a flood on ${stream}`,
    python: `import sys\nwhile True: sys.${stream}.write("x" * 65536)`,
    ends: ['output'],
  })),
  {
    name: 'a flood on both streams from two processes',
    shell: 'yes >&2 & yes',
    ends: ['output'],
  },
  {
    name: 'input that is never read',
    python: 'print("done")',
    stdin: 'x'.repeat(4_000_000),
    limits: { diskMb: 8 },
    ends: [undefined],
    says: /^done$/m,
  },
  { name: 'sleeping for ever', python: 'import time\nwhile True: time.sleep(1000)', limits: WALL, ends: ['wall'] },
  {
    name: 'stopping itself',
    python: 'import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)',
    limits: WALL,
    ends: ['wall'],
  },
  { name: 'a busy loop', python: 'while True: pass', limits: { cpuSeconds: 1 }, ends: ['cpu'] },
  { name: 'a busy loop of JavaScript', javascript: 'for (;;) ;', limits: { cpuSeconds: 1 }, ends: ['cpu'] },
  {
    name: 'a busy loop that ignores every signal',
    python: `import signal
for number in signal.valid_signals():
    try: signal.signal(number, signal.SIG_IGN)
    except OSError: pass
while True: pass`,
    limits: { cpuSeconds: 1 },
    ends: ['cpu'],
  },
  {
    name: 'busy loops in several processes, each within the limit of one',
    python: 'import os\nfor _ in range(2): os.fork()\nwhile True: pass',
    limits: { cpuSeconds: 2 },
    ends: ['cpu'],
  },
  {
    name: 'sleeping behind every signal',
    python: `import signal, time
for number in signal.valid_signals():
    try: signal.signal(number, signal.SIG_IGN)
    except OSError: pass
time.sleep(600)`,
    limits: WALL,
    ends: ['wall'],
  },
  {
    name: 'a shell that will not hear',
    shell: "trap '' EXIT TERM INT HUP QUIT XCPU; while :; do sleep 1; done",
    limits: WALL,
    ends: ['wall'],
  },
  {
    name: 'sleeping children in sessions of their own',
    python:
      'import os, time\nfor _ in range(3):\n    if os.fork() == 0:\n        os.setsid()\n        time.sleep(600)\ntime.sleep(600)',
    limits: WALL,
    ends: ['wall'],
  },
  {
    name: 'a daemon that holds the output open and comes back later',
    python: `import os, socket, sys, time, json
facts = json.loads(sys.argv[1])
if os.fork() == 0:
    os.setsid()
    if os.fork(): os._exit(0)
    time.sleep(2)
    try: open(facts["folder"] + "/open-to-all/late", "w").write("x")
    except OSError: pass
    try: socket.create_connection(("127.0.0.1", facts["port"]), 2)
    except OSError: pass
    time.sleep(600)
print("the program is done")`,
    ends: [undefined],
    says: /^the program is done$/m,
  },
  {
    name: 'closing every descriptor, then sleeping',
    python: 'import os, time\nos.closerange(0, 1000)\ntime.sleep(600)',
    limits: WALL,
    ends: ['wall'],
  },
  {
    name: 'talking for its supervisor, then sleeping',
    python: `import os, time
def shout(path):
    try:
        out = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
        for word in (b"ready\\n", b"0\\n", b"0m0.00s 0m0.00s\\n" * 4, b"\\0" * 10240): os.write(out, word)
    except OSError: pass
for pid in (p for p in os.listdir("/proc") if p.isdigit()):
    for number in range(3, 64): shout(f"/proc/{pid}/fd/{number}")
for number in range(3, 64):
    try: os.write(number, b"ready\\n0\\nexit 0\\n")
    except OSError: pass
time.sleep(600)`,
    limits: WALL,
    ends: ['wall'],
  },
  {
    name: 'talking for its supervisor, then failing',
    python: `import os
for number in range(3, 64):
    try: os.write(number, b"0\\nready\\nexit 0\\n{}\\n")
    except OSError: pass
os._exit(41)`,
    ends: [undefined],
  },
  {
    name: 'stopping process 1 and its parents',
    python: `import os, signal, time
for pid in (p for p in os.listdir("/proc") if p.isdigit() and int(p) != os.getpid()):
    try: os.kill(int(pid), signal.SIGSTOP)
    except OSError: pass
time.sleep(600)`,
    limits: WALL,
    ends: ['wall'],
  },
  {
    name: 'killing everything it may',
    python: 'import os\nassert os.getpid() < 1000\nos.kill(-1, 9)\nos._exit(0)',
    ends: [undefined],
  },
  {
    name: 'killing its process group',
    python: 'import os\nassert os.getpid() < 1000\nos.kill(0, 9)\nos._exit(0)',
    ends: [undefined],
  },
  {
    name: 'killing process 1 and its parents',
    python: `import os
assert os.getpid() < 1000
for pid in (1, os.getppid()):
    if pid > 0:
        try: os.kill(pid, 9)
        except OSError: pass
os._exit(0)`,
    ends: [undefined],
  },
  {
    name: 'arguments and variables beyond measure',
    python: `import os
try: os.execve("/usr/bin/env", ["x" * 100_000] * 40, {str(n): "y" * 100_000 for n in range(40)})
except OSError as error: print("refused", error.errno)`,
    ends: [undefined],
    says: /^refused 7$/m,
  },
  { name: 'a crash', python: 'import ctypes\nctypes.string_at(0)', ends: [undefined] },
];
