import type { CollectLimits, CollectedFiles } from '../../../src/drivers/sandbox/sandbox.port';

/** A program that leaves something in its working folder which hurts whoever takes it for a plain file. */
export interface Leaving {
  name: string;
  python: string;
  /** What is handed back: paths with sizes, besides `main.py`. Where chance decides, nothing is said. */
  files?: Record<string, number>;
  /** Reasons that must be given. */
  reasons?: CollectedFiles['leftOut'][number]['reason'][];
}

export const COLLECT: CollectLimits = { files: 40, fileBytes: 1_000_000, totalBytes: 3_000_000 };

export const LEAVINGS: Leaving[] = [
  {
    name: 'symbolic links to the host, to folders and to itself',
    python: `import json, os, sys
folder = json.loads(sys.argv[1])["folder"]
for name, target in {"a": folder + "/data/canary", "b": "/", "c": "c", "d": "../../../../etc/passwd", "e": "/proc/self/environ"}.items():
    os.symlink(target, name)
os.mkdir("real"); os.symlink("/", "real/up")`,
    files: {},
    reasons: ['not_a_file'],
  },
  {
    name: 'hard links by the hundred to one large file',
    python: `import os
open("first", "wb").write(b"x" * 900_000)
for n in range(300): os.link("first", f"link{n}")`,
    reasons: ['not_a_file'],
  },
  {
    name: 'pipes, sockets and a device',
    python: `import os, socket
os.mkfifo("pipe")
socket.socket(socket.AF_UNIX).bind("socket")
try: os.mknod("null", 0o020666, os.makedev(1, 3))
except OSError: pass
open("plain", "w").write("x")`,
    files: { plain: 1 },
    reasons: ['not_a_file'],
  },
  {
    name: 'names that no terminal, store or other system would take well',
    python: `import os
for name in (b"a\\nb", b"\\x1b[2J", b"\\xff\\xfe", b"..\\n", b"back\\\\slash", b"tab\\there", b"\\xe2\\x80\\xaegnp.exe"):
    open(name, "w").write("x")
open("plain", "w").write("x")`,
    files: { plain: 1 },
    reasons: ['bad_name'],
  },
  {
    name: 'names that look like options or other places',
    python: `import os
for name in ("-rf", "--help", "...", ".. ", "~", "$HOME", "C:"): open(name, "w").write("x")`,
    files: { '-rf': 1, '--help': 1, '...': 1, '.. ': 1, '~': 1, $HOME: 1, 'C:': 1 },
  },
  {
    name: 'a path of four thousand characters',
    python: `import os
for _ in range(20):
    os.mkdir("n" * 200); os.chdir("n" * 200)
open("deep", "w").write("x")`,
    files: {},
    reasons: ['bad_name'],
  },
  {
    name: 'a file that is large on paper only',
    python: 'import os\nopen("sparse", "wb").close()\nos.truncate("sparse", 7_000_000)',
    files: {},
    reasons: ['too_large'],
  },
  {
    name: 'a hundred thousand files',
    python: `import os
try:
    for n in range(100_000): os.mknod(f"f{n}")
except OSError: pass`,
    reasons: ['too_many'],
  },
  {
    name: 'files and folders nobody may read',
    python: `import os
open("closed", "w").write("x"); os.chmod("closed", 0)
os.mkdir("shut"); open("shut/in", "w").write("x"); os.chmod("shut", 0)`,
    files: { closed: 1, 'shut/in': 1 },
  },
  {
    name: 'a working folder that was moved, and a link in its place',
    python: `import os
try: os.rename("/box", "/tmp/box")
except OSError: pass
try: os.rmdir("/box")
except OSError: pass
try: os.symlink("/", "/box")
except OSError: pass`,
    files: {},
  },
  {
    name: 'an archive of its own on every descriptor',
    python: `import io, os, tarfile
made = io.BytesIO()
with tarfile.open(fileobj=made, mode="w") as archive:
    for name in ("../../planted", "/tmp/planted", "planted"):
        entry = tarfile.TarInfo(name); entry.size = 1
        archive.addfile(entry, io.BytesIO(b"x"))
for number in range(3, 64):
    try: os.write(number, made.getvalue())
    except OSError: pass
for pid in (p for p in os.listdir("/proc") if p.isdigit()):
    for number in range(3, 16):
        try: os.write(os.open(f"/proc/{pid}/fd/{number}", os.O_WRONLY | os.O_NONBLOCK), made.getvalue())
        except OSError: pass`,
    files: {},
  },
  {
    name: 'a file that a daemon exchanges for a link all the time',
    python: `import os, sys, json
folder = json.loads(sys.argv[1])["folder"]
if os.fork() == 0:
    os.setsid()
    while True:
        try:
            os.symlink(folder + "/data/canary", "new"); os.rename("new", "swap")
            open("new", "w").write("x"); os.rename("new", "swap")
        except OSError: pass
import time; time.sleep(.2)`,
  },
  {
    name: 'a tool of the system in a version of its own',
    python: `import os
for name in ("tar", "find", "sh", "cat", "head", "kill"):
    open(name, "w").write("#!/bin/sh\\necho planted\\n"); os.chmod(name, 0o755)`,
    files: { tar: 23, find: 23, sh: 23, cat: 23, head: 23, kill: 23 },
  },
];
