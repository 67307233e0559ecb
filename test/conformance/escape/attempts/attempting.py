"""Makes attempts one by one, each in a process of its own, and prints as JSON what each of them managed.

First argument: facts about the host as JSON, see machine.ts. Further ones: names of attempts; none means all.
An attempt that raises, dies, hangs or returns nothing was refused; whatever else it returns is what it managed.
"""
import ctypes, errno, json, os, platform, select, signal, subprocess, sys

FACTS = json.loads(sys.argv[1])
RUNNER = os.getpid()
SECONDS = 20
_attempts = {}
_harmless = set()
_libc = ctypes.CDLL(None, use_errno=True)

# Numbers of x86-64 and of 64-bit ARM, from the kernel's tables; -1 where there is no such call.
_CALLS = {
    "add_key": (248, 217), "keyctl": (250, 219), "request_key": (249, 218), "bpf": (321, 280),
    "perf_event_open": (298, 241), "userfaultfd": (323, 282), "io_uring_setup": (425, 425),
    "init_module": (175, 105), "finit_module": (313, 273), "delete_module": (176, 106),
    "kexec_load": (246, 104), "kexec_file_load": (320, 294), "personality": (135, 92),
    "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265),
    "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "ptrace": (101, 117),
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51),
    "open_tree": (428, 428), "fsopen": (430, 430), "mount_setattr": (442, 442),
    "setns": (308, 268), "unshare": (272, 97), "clone3": (435, 435), "clone": (56, 220),
    "capset": (126, 91), "prctl": (157, 167), "seccomp": (317, 277),
    "reboot": (169, 142), "swapon": (167, 224), "syslog": (103, 116), "acct": (163, 89),
    "settimeofday": (164, 170), "clock_settime": (227, 112), "sethostname": (170, 161),
    "iopl": (172, -1), "ioperm": (173, -1), "quotactl": (179, 60), "vhangup": (153, 58),
    "pidfd_open": (434, 434), "pidfd_getfd": (438, 438), "kcmp": (312, 272), "fanotify_init": (300, 262),
    "move_pages": (279, 239), "shmget": (29, 194), "msgget": (68, 186), "landlock": (444, 444),
}


def attempt(name, harmless=False, filtered=False):
    """harmless: may be made without a sandbox, where it must succeed. filtered: only a filter of system calls stops it."""
    def register(function):
        _attempts[name] = function
        if harmless:
            _harmless.add(name)
        return function
    return register


def call(name, *arguments):
    """A system call past every library; raises what the kernel answers."""
    number = _CALLS[name][platform.machine() == "aarch64"]
    ctypes.set_errno(0)
    result = _libc.syscall(ctypes.c_long(number), *[
        ctypes.c_long(a) if isinstance(a, int) else a for a in arguments
    ])
    if result < 0:
        raise OSError(ctypes.get_errno(), name)
    return result


def ioctl(descriptor, request, argument):
    """Not Python's: its check of arguments would come first."""
    if _libc.ioctl(descriptor, ctypes.c_ulong(request), argument) < 0:
        raise OSError(ctypes.get_errno(), "ioctl")
    return "done"


def read(path, at_most=4096):
    with open(path, "rb", buffering=0) as file:
        parts = []
        # A table of the kernel's comes in pieces.
        while at_most > 0 and (part := file.read(at_most)):
            parts.append(part)
            at_most -= len(part)
        return b"".join(parts).decode("utf-8", "replace")


def writable(path):
    """Opens for writing and writes nothing, lest a broken sandbox break the host."""
    os.close(os.open(path, os.O_WRONLY | os.O_NONBLOCK))
    return path


def command(*words):
    done = subprocess.run(words, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        raise OSError(errno.EPERM, done.stderr[-200:])
    return done.stdout[:500] or "exit code 0"


def others():
    """Process ids of all that are visible and not of this program."""
    return [int(p) for p in os.listdir("/proc") if p.isdigit() and int(p) not in (RUNNER, os.getpid())]


def _rights(pid):
    fields = ("Uid:", "Gid:", "Groups:", "Cap", "NoNewPrivs:", "Seccomp:")
    try:
        return [line for line in read(f"/proc/{pid}/status").splitlines() if line.startswith(fields)]
    except OSError:
        return None


def stronger():
    """Those of other rights than this program: an equal, such as the shell that started it, is not worth a takeover."""
    mine = _rights("self")
    return [pid for pid in others() if _rights(pid) != mine]


def any_of(look, over):
    """The first thing that `look` finds; raises the last error when there is none."""
    last = None
    for one in over:
        try:
            found = look(one)
            if found:
                return f"{one}: {found}"
        except OSError as error:
            last = error
    if last:
        raise last


def holding(path, word):
    """Whether the file holds the word: its beginning is handed over as the proof."""
    text = read(path, 1_000_000)
    return text[:200] if word in text else None


def _make(function):
    """In the child: tells the outcome over a pipe and ends whatever happens."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        signal.alarm(SECONDS)
        try:
            got = function()
            outcome = {"managed": str(got)[:500]} if got else {"refused": "nothing"}
        except OSError as error:
            outcome = {"refused": errno.errorcode.get(error.errno, str(error))}
        except BaseException as error:
            outcome = {"refused": f"{type(error).__name__}: {error}"[:300]}
        os.write(writing, json.dumps(outcome).encode())
        os._exit(0)
    os.close(writing)
    told = os.read(reading, 65536) if select.select([reading], [], [], SECONDS + 5)[0] else b""
    os.close(reading)
    try:
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    except OSError:
        status = -1
    return json.loads(told) if told else {"refused": f"ended with status {status}"}


def main():
    names = sys.argv[2:] or list(_attempts)
    if os.path.exists(FACTS["folder"]) and not _harmless.issuperset(names):
        # No sandbox at all: what would hurt the host is not even tried.
        outcomes = {name: {"managed": "the host's files are in sight"} for name in names}
    else:
        outcomes = {name: _make(_attempts[name]) for name in names}
    print(json.dumps(outcomes))
