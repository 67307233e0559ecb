"""To read what belongs to the host."""
import glob, os, socket, subprocess
from attempting import FACTS, any_of, attempt, call, holding, main, others, read, stronger

FOLDER, PROJECT = FACTS["folder"], FACTS["project"]


@attempt("read /etc/passwd", harmless=True)
def _():
    return read("/etc/passwd")


@attempt("read /etc/shadow")
def _():
    return read("/etc/shadow")


@attempt("read /etc/hostname, /etc/hosts, /etc/resolv.conf or /etc/machine-id", harmless=True)
def _():
    return any_of(read, ["/etc/hostname", "/etc/hosts", "/etc/resolv.conf", "/etc/machine-id"])


@attempt("read a file of the data folder that everyone may read", harmless=True)
def _():
    return read(f"{FOLDER}/data/canary")


@attempt("list the host's /tmp", harmless=True)
def _():
    return os.path.basename(FOLDER) in os.listdir(os.path.dirname(FOLDER)) and "the canary's folder is there"


@attempt("read an SSH key in a home folder", harmless=True)
def _():
    return any_of(read, [f"{FOLDER}/home/.ssh/id_ed25519", *glob.glob("/home/*/.ssh/*"), *glob.glob("/root/.ssh/*")])


@attempt("read the project", harmless=True)
def _():
    return read(f"{PROJECT}/package.json")


@attempt("read the project's settings and secrets")
def _():
    return any_of(read, [f"{PROJECT}/.env", f"{PROJECT}/data/secret.key", f"{PROJECT}/.git/config"])


@attempt("find the canary anywhere in the tree", harmless=True)
def _():
    words = ["find", os.path.dirname(FOLDER), "-maxdepth", "3", "-path", "*/data/canary"]
    return subprocess.run(words, capture_output=True, text=True).stdout


@attempt("read the host's files through /proc/self/root/..")
def _():
    paths = [f"/proc/{p}/root{up}{FOLDER}/data/canary" for p in ("self", "1", "thread-self") for up in ("", "/..", "/../../..")]
    return any_of(read, paths)


@attempt("read the host's files through the working folder of another process")
def _():
    return any_of(lambda p: read(f"/proc/{p}/cwd/../../../../..{FOLDER}/data/canary"), others())


@attempt("climb out with .. from an open folder")
def _():
    here = os.open(".", os.O_RDONLY)
    for _ in range(50):
        here = os.open("..", os.O_RDONLY, dir_fd=here)
    return os.read(os.open(FOLDER[1:] + "/data/canary", os.O_RDONLY, dir_fd=here), 100)


@attempt("read through a symbolic link to the host")
def _():
    os.symlink(f"{FOLDER}/data/canary", "/tmp/link")
    return read("/tmp/link")


@attempt("read through a hard link to the host")
def _():
    os.link(f"{FOLDER}/data/canary", "/tmp/hard-link")
    return read("/tmp/hard-link")


@attempt("read a descriptor that the server was started with", harmless=True)
def _():
    def look(number):
        if os.readlink(f"/proc/self/fd/{number}").startswith(FOLDER):
            return os.pread(int(number), 200, 0)
    return any_of(look, os.listdir("/proc/self/fd"))


@attempt("reach the host through a descriptor of a folder")
def _():
    def look(number):
        return os.listdir(f"/proc/self/fd/{number}/../../..{FOLDER}")
    return any_of(look, [n for n in os.listdir("/proc/self/fd") if int(n) > 2])


@attempt("read a file of the host through a descriptor of another process")
def _():
    def look(pid):
        return any_of(lambda number: read(f"/proc/{pid}/fd/{number}/data/canary") if os.path.isdir(f"/proc/{pid}/fd/{number}") else os.readlink(f"/proc/{pid}/fd/{number}").startswith(FOLDER) and "open", os.listdir(f"/proc/{pid}/fd"))
    return any_of(look, others())


@attempt("take a descriptor of another process that leads to the host")
def _():
    def take(pid):
        handle = call("pidfd_open", pid, 0)
        for number in range(64):
            try:
                taken = call("pidfd_getfd", handle, number, 0)
            except OSError:
                continue
            if os.readlink(f"/proc/self/fd/{taken}").startswith((FOLDER, PROJECT)):
                return f"descriptor {number}"
    return any_of(take, others())


@attempt("list the descriptors of a process with more rights")
def _():
    return any_of(lambda pid: os.listdir(f"/proc/{pid}/fd"), stronger())


@attempt("read the memory of a process with more rights")
def _():
    return any_of(lambda pid: read(f"/proc/{pid}/maps") or os.open(f"/proc/{pid}/mem", os.O_RDONLY), stronger())


@attempt("read the server's environment", harmless=True)
def _():
    return any_of(lambda pid: holding(f"/proc/{pid}/environ", "ESCAPE_" + "CANARY"), others())


@attempt("find the server's environment in its own")
def _():
    return [name for name in os.environ if name.startswith("ESCAPE_")]


@attempt("see the command line of a process of the host", harmless=True)
def _():
    def look(pid):
        line = read(f"/proc/{pid}/cmdline")
        return line if line.endswith(f"sleep\0{FACTS['sibling']['seconds']}\0") else None
    return any_of(look, others())


@attempt("see a process of the host by its number", harmless=True)
def _():
    return os.path.isdir(f"/proc/{FACTS['sibling']['pid']}") and "it is there"


@attempt("find paths of the host in the list of mounts")
def _():
    def look(path):
        text = read(path, 1_000_000)
        return [line for line in text.splitlines() if FOLDER in line or PROJECT in line or "ESCAPE" in line]
    return any_of(look, ["/proc/self/mountinfo", "/proc/self/mounts", "/proc/self/mountstats"])


@attempt("find a UNIX socket of the host in the list of sockets", harmless=True)
def _():
    return holding("/proc/net/unix", FACTS["abstract"])


@attempt("find the host's name")
def _():
    return socket.gethostname() == FACTS["hostname"] and socket.gethostname()


@attempt("read /sys")
def _():
    return os.listdir("/sys") or None


@attempt("open a device of the host")
def _():
    harmless = {"null", "zero", "full", "random", "urandom", "tty", "ptmx", "console"}
    names = ["mem", "kmsg", "port", "sda", "vda", "nvme0n1", "kvm", "fuse", "loop-control", "loop0", "net/tun", "vhost-vsock", "uinput"]
    return any_of(lambda name: os.open(f"/dev/{name}", os.O_RDONLY | os.O_NONBLOCK), names + [n for n in os.listdir("/dev") if n not in harmless and not os.path.isdir(f"/dev/{n}") and not os.path.islink(f"/dev/{n}")])


@attempt("make a device of the host")
def _():
    for minor in (1, 2):
        os.mknod(f"/tmp/mem{minor}", 0o020666, os.makedev(1, minor))
    return "made"


@attempt("make the device of a disk")
def _():
    os.mknod("/tmp/disk", 0o060666, os.stat("/").st_dev)
    return read("/tmp/disk")


@attempt("read the kernel's memory, symbols or log")
def _():
    def symbols():
        return [line for line in read("/proc/kallsyms").splitlines() if not line.startswith("0000000000000000")]
    return any_of(lambda path: read(path, 16), ["/proc/kcore", "/proc/kmsg", "/proc/kpagecount", "/proc/kpageflags"]) or symbols()


@attempt("read the kernel's log by its system call")
def _():
    import ctypes
    return call("syslog", 3, ctypes.create_string_buffer(1000), 1000)


@attempt("read a file of the host by its handle")
def _():
    import ctypes
    handle, mount = ctypes.create_string_buffer(b"\x80\0\0\0" + bytes(132), 136), ctypes.c_int()
    # The root of most file systems is inode 2: a handle made by hand, as in the old way out of a container.
    made = ctypes.create_string_buffer((8).to_bytes(4, "little") + (1).to_bytes(4, "little") + (2).to_bytes(4, "little") + bytes(4))
    folder = os.open("/usr", os.O_RDONLY)
    return call("open_by_handle_at", folder, made, 0) and "opened"


@attempt("read the key that the server keeps in the kernel", harmless=True, filtered=True)
def _():
    import ctypes
    key = call("request_key", ctypes.c_char_p(b"user"), ctypes.c_char_p(b"escape-canary"), None, 0)
    text = ctypes.create_string_buffer(200)
    call("keyctl", 11, key, text, 200, 0)
    return text.value.decode()


@attempt("leave a core dump where the host's pattern says")
def _():
    import resource
    resource.setrlimit(resource.RLIMIT_CORE, (1 << 20, 1 << 20))
    return resource.getrlimit(resource.RLIMIT_CORE)


main()
