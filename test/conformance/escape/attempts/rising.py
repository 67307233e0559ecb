"""To gain rights, to change the system, or to take over another process."""
import ctypes, os, signal, struct
from attempting import FACTS, RUNNER, any_of, attempt, call, command, ioctl, main, others, read, stronger, writable

FOLDER = FACTS["folder"]
NEW_USER, NEW_MOUNT, NEW_NET, NEW_PID = 0x10000000, 0x20000, 0x40000000, 0x20000000
OLD = {"user": "user", "mnt": "mnt", "net": "net", "pid": "pid", "ipc": "ipc", "uts": "uts", "cgroup": "cgroup"}
text = ctypes.c_char_p


@attempt("write a file of the host", harmless=True)
def _():
    with open(f"{FOLDER}/open-to-all/written", "w") as file:
        return file.write("x")


@attempt("write into the project")
def _():
    return writable(f"{FACTS['project']}/package.json")


@attempt("write into the system's folders")
def _():
    return any_of(lambda folder: os.mknod(f"{folder}/new") or "written", ["/", "/usr", "/usr/bin", "/usr/lib", "/etc", "/dev", "/proc", "/lib", "/bin"])


@attempt("write into the libraries of an interpreter")
def _():
    places = [os.path.dirname(os.__file__), *[line.split()[-1] for line in read("/proc/self/maps", 100_000).splitlines() if "/" in line and not line.endswith("(deleted)")]]
    return any_of(lambda path: writable(path) if os.path.isfile(path) else os.mknod(f"{path}/new") or path, places)


@attempt("take a file of the system over by its owner's rights")
def _():
    return any_of(lambda path: os.chmod(path, 0o777) or path, ["/usr/bin/env", "/usr", "/", "/proc/1"])


@attempt("mount a proc of its own")
def _():
    os.makedirs("/tmp/proc")
    return call("mount", text(b"proc"), text(b"/tmp/proc"), text(b"proc"), 0, None) == 0 and "mounted"


@attempt("mount a tmpfs")
def _():
    return call("mount", text(b"x"), text(b"/tmp"), text(b"tmpfs"), 0, None) == 0 and "mounted"


@attempt("bind a folder elsewhere")
def _():
    return call("mount", text(b"/usr"), text(b"/tmp"), None, 4096, None) == 0 and "mounted"


@attempt("mount an overlay over the system")
def _():
    for folder in ("upper", "work"):
        os.makedirs(f"/tmp/{folder}")
    return call("mount", text(b"x"), text(b"/usr"), text(b"overlay"), 0, text(b"lowerdir=/usr,upperdir=/tmp/upper,workdir=/tmp/work")) == 0 and "mounted"


@attempt("make the system writable again")
def _():
    return any_of(lambda path: call("mount", None, text(path), None, 32 | 4096, None) == 0 and "remounted", [b"/", b"/usr", b"/proc", b"/dev"])


@attempt("use the newer calls for mounts")
def _():
    return any_of(lambda go: go(), [
        lambda: call("open_tree", -100, text(b"/"), 1),
        lambda: call("fsopen", text(b"tmpfs"), 0),
        lambda: call("mount_setattr", -100, text(b"/usr"), 0, (ctypes.c_uint64 * 4)(0, 1, 0, 0), 32) == 0 and "changed",
    ])


@attempt("unmount what hides the host")
def _():
    return any_of(lambda path: call("umount2", text(path), 2) == 0 and "unmounted", [b"/", b"/proc", b"/usr", b"/tmp", b"/box", b"/dev"])


@attempt("change the root with pivot_root")
def _():
    os.makedirs("/tmp/new/old")
    return call("pivot_root", text(b"/tmp/new"), text(b"/tmp/new/old")) == 0 and "changed"


@attempt("leave by a second chroot")
def _():
    outside = os.open("/", os.O_RDONLY)
    os.makedirs("/tmp/jail")
    os.chroot("/tmp/jail")
    os.fchdir(outside)
    for _ in range(50):
        os.chdir("..")
    os.chroot(".")
    return os.listdir("/")


@attempt("nest a user namespace")
def _():
    return any_of(lambda flags: call("unshare", flags) == 0 and f"flags {flags:#x}", [NEW_USER, NEW_USER | NEW_MOUNT, NEW_USER | NEW_NET])


@attempt("nest a user namespace by clone")
def _():
    made = call("clone", NEW_USER | signal.SIGCHLD, 0, 0, 0, 0)
    if made == 0:
        os._exit(0)
    return "made"


@attempt("nest a user namespace by clone3")
def _():
    arguments = (ctypes.c_uint64 * 8)(NEW_USER, 0, 0, 0, signal.SIGCHLD, 0, 0, 0)
    made = call("clone3", arguments, 64)
    if made == 0:
        os._exit(0)
    return "made"


@attempt("become root of a nested user namespace")
def _():
    return command("unshare", "--user", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "x", "/tmp")


@attempt("keep files in a memory that no limit counts, in a nested namespace")
def _():
    return command("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", "mount -t tmpfs x /tmp && touch /tmp/there")


@attempt("make other namespaces")
def _():
    return any_of(lambda flag: call("unshare", flag) == 0 and f"{flag:#x}", [NEW_MOUNT, NEW_NET, NEW_PID, 0x4000000, 0x8000000, 0x2000000])


@attempt("enter a namespace of another process")
def _():
    def enter(path):
        # Its own user namespace may not be entered again, and the others need rights.
        return call("setns", os.open(path, os.O_RDONLY), 0) == 0 and "entered"
    return any_of(enter, [f"/proc/{pid}/ns/{kind}" for pid in (1, os.getppid(), "self") for kind in OLD])


@attempt("enter the namespaces of process 1 by its handle")
def _():
    return call("setns", call("pidfd_open", 1, 0), NEW_MOUNT | NEW_NET) == 0 and "entered"


@attempt("become root by setuid")
def _():
    return any_of(lambda go: go() or f"ids {os.getresuid()}", [lambda: os.setresuid(0, 0, 0) if os.getuid() else os.setresuid(1, 1, 1), lambda: os.setgroups([0]), lambda: os.setresgid(0, 0, 0) if os.getgid() else os.setresgid(1, 1, 1)])


@attempt("run a program that is setuid root")
def _():
    words = [("su", "-c", "id"), ("sudo", "-n", "id"), ("pkexec", "id"), ("mount", "-t", "tmpfs", "x", "/tmp"), ("umount", "/proc"), ("passwd", "-d", "root"), ("newgrp",), ("chsh", "-s", "/bin/sh")]
    return any_of(lambda word: command(*word), words)


@attempt("make a setuid program that gives rights")
def _():
    command("cp", "/usr/bin/id", "/tmp/id")
    os.chmod("/tmp/id", 0o6755)
    os.chown("/tmp/id", 0 if os.getuid() else 1, -1)
    return command("/tmp/id")


@attempt("take capabilities")
def _():
    header, data = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)(*[0xFFFFFFFF] * 6)
    return call("capset", header, data) == 0 and "taken"


@attempt("take a single capability")
def _():
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    return any_of(lambda bit: call("capset", header, (ctypes.c_uint32 * 6)(1 << bit, 1 << bit, 0, 0, 0, 0)) == 0 and f"number {bit}", range(32))


@attempt("raise an ambient capability or one of the bounding set")
def _():
    held = [line for line in read("/proc/self/status").splitlines() if line.startswith("Cap") and int(line.split()[1], 16)]
    return held or any_of(lambda bit: call("prctl", 47, 2, bit, 0, 0) == 0 and f"number {bit}", range(40))


@attempt("allow new privileges again")
def _():
    try:
        call("prctl", 38, 0, 0, 0, 0)
    except OSError:
        pass
    return call("prctl", 39, 0, 0, 0, 0) == 0 and "allowed"


@attempt("take the filter of system calls off")
def _():
    before = [line for line in read("/proc/self/status").splitlines() if line.startswith("Seccomp:")]
    for mode in (0, 1):
        try:
            call("seccomp", 3, 0, None) if mode else call("prctl", 22, 0, 0, 0, 0)
        except OSError:
            pass
    after = [line for line in read("/proc/self/status").splitlines() if line.startswith("Seccomp:")]
    return before != after and after


@attempt("trace a process with more rights")
def _():
    return any_of(lambda pid: call("ptrace", 0x4206, pid, 0, 0) == 0 and "seized", [*stronger(), FACTS["sibling"]["pid"]])


@attempt("read the memory of a process with more rights by its system call")
def _():
    def look(pid):
        start = int(read(f"/proc/{pid}/maps").split("-")[0], 16)
        here = ctypes.create_string_buffer(16)
        local = (ctypes.c_uint64 * 2)(ctypes.addressof(here), 16)
        return call("process_vm_readv", pid, local, 1, (ctypes.c_uint64 * 2)(start, 16), 1, 0)
    return any_of(look, stronger())


@attempt("write the memory of a process with more rights")
def _():
    return any_of(lambda pid: writable(f"/proc/{pid}/mem"), stronger())


@attempt("signal a process of the host", harmless=True)
def _():
    os.kill(FACTS["sibling"]["pid"], 0)
    return "may be signalled"


@attempt("signal any process of the host by its number")
def _():
    """Signal 0 asks only for the right: those of this sandbox have small numbers."""
    return any_of(lambda pid: os.kill(pid, 0) or "may be signalled", range(max([RUNNER, *others()]) + 100, FACTS["sibling"]["pid"] + 50))


@attempt("signal the process group of the server")
def _():
    return any_of(lambda group: os.killpg(group, 0) or "may be signalled", FACTS["serverGroups"])


@attempt("run sooner than the host's processes")
def _():
    return any_of(lambda go: go() or "sooner", [lambda: os.setpriority(os.PRIO_PROCESS, 0, -5), lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))])


@attempt("slow a process of the host down")
def _():
    return any_of(lambda who: os.setpriority(who[0], who[1], 19) or "slowed", [(os.PRIO_PROCESS, FACTS["sibling"]["pid"])])


@attempt("be spared when memory runs out")
def _():
    """Down to what the server has is no favour: its own programs start there."""
    with open("/proc/self/oom_score_adj", "wb", buffering=0) as file:
        file.write(str(FACTS["oomScore"] - 1).encode())
    return "lowered"


@attempt("raise its own limits")
def _():
    import resource
    def raise_limit(kind):
        soft, hard = resource.getrlimit(kind)
        if hard == resource.RLIM_INFINITY:
            return None
        resource.setrlimit(kind, (hard + 1, hard + 1))
        return f"limit {kind}"
    return any_of(raise_limit, [resource.RLIMIT_DATA, resource.RLIMIT_NPROC, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE, resource.RLIMIT_CORE])


@attempt("type into a terminal")
def _():
    terminals = ["/dev/tty", "/dev/console", "/dev/tty0", "/dev/tty1", "/dev/pts/0", "/dev/pts/1"]
    return any_of(lambda path: ioctl(os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK), 0x5412, ctypes.byref(ctypes.c_char(b"x"))), terminals)


@attempt("type into its standard streams as a terminal")
def _():
    requests = (0x5412, 0x541C, 0x100005412)
    return any_of(lambda one: ioctl(one[0], one[1], ctypes.byref(ctypes.c_char(b"x"))), [(fd, request) for fd in range(3) for request in requests])


@attempt("have a controlling terminal")
def _():
    return int(read("/proc/self/stat").rsplit(")")[-1].split()[4]) or None


@attempt("write the kernel's settings")
def _():
    import glob
    paths = ["/proc/sys/kernel/core_pattern", "/proc/sys/kernel/modprobe", "/proc/sysrq-trigger", "/proc/sys/vm/drop_caches", "/proc/sys/kernel/hostname", "/proc/sys/fs/binfmt_misc/register", *glob.glob("/proc/sys/net/*/*")[:20], *glob.glob("/proc/irq/*/smp_affinity")]
    return any_of(writable, paths)


@attempt("write to a control group")
def _():
    import glob
    return any_of(writable, ["/sys/fs/cgroup/cgroup.procs", "/sys/fs/cgroup/release_agent", *glob.glob("/sys/fs/cgroup/*/cgroup.procs")])


@attempt("change the host's name")
def _():
    return call("sethostname", text(b"escaped"), 7) == 0 and "changed"


@attempt("set the clock")
def _():
    now = (ctypes.c_long * 2)(*divmod(__import__("time").time_ns(), 10**9))
    return any_of(lambda go: go() == 0 and "set", [lambda: call("clock_settime", 0, now), lambda: call("settimeofday", now, None)])


@attempt("load a module into the kernel")
def _():
    return any_of(lambda go: go() == 0 and "accepted", [lambda: call("init_module", text(b"x"), 1, text(b"")), lambda: call("finit_module", 0, text(b""), 0), lambda: call("delete_module", text(b"no_such_module"), 0)])


@attempt("load another kernel")
def _():
    return any_of(lambda go: go() == 0 and "accepted", [lambda: call("kexec_load", 0, 0, None, 0), lambda: call("kexec_file_load", -1, -1, 0, None, 8)])


@attempt("use the processor's ports")
def _():
    return any_of(lambda go: go() == 0 and "allowed", [lambda: call("iopl", 3), lambda: call("ioperm", 0, 1, 1)])


@attempt("account for processes or use swap on a file of its own")
def _():
    open("/tmp/accounts", "w").close()
    return any_of(lambda go: go() == 0 and "accepted", [lambda: call("acct", text(b"/tmp/accounts")), lambda: call("swapon", text(b"/tmp/accounts"), 0)])


@attempt("hang a terminal up")
def _():
    return call("vhangup") == 0 and "hung up"


@attempt("load a library into another program by LD_PRELOAD")
def _():
    """What its own children load is its own affair; the supervisor's environment is not."""
    return any_of(lambda pid: writable(f"/proc/{pid}/environ"), stronger())


@attempt("move memory of a process with more rights")
def _():
    return any_of(lambda pid: call("move_pages", pid, 0, None, None, None, 0) == 0 and "allowed", [*stronger(), FACTS["sibling"]["pid"]])


@attempt("compare its descriptors with those of a process with more rights")
def _():
    return any_of(lambda pid: call("kcmp", os.getpid(), pid, 2, 0, 0) >= 0 and "compared", stronger())


@attempt("rewrite the map of its user ids")
def _():
    return any_of(lambda name: open(f"/proc/self/{name}", "wb", buffering=0).write(b"0 0 1\n"), ["uid_map", "gid_map", "setgroups"])


@attempt("make files that belong to another user")
def _():
    open("/tmp/mine", "w").close()
    return any_of(lambda owner: os.chown("/tmp/mine", owner, -1) or f"user {owner}", [id for id in (0, 1, 1000, 65534) if id != os.getuid()])


# From here on what only a filter of system calls takes away: more of the kernel to attack, yet no effect by itself.


@attempt("keep keys in the kernel", filtered=True)
def _():
    return call("add_key", text(b"user"), text(b"mine"), text(b"x"), 1, -2)


@attempt("load a program into the kernel", filtered=True)
def _():
    return call("bpf", 0, (ctypes.c_uint32 * 16)(1, 4, 4, 1), 64)


@attempt("watch the processor's counters", filtered=True)
def _():
    attributes = ctypes.create_string_buffer(struct.pack("=IIQ", 1, 112, 1) + bytes(24) + struct.pack("=Q", 0x61) + bytes(64), 112)
    return call("perf_event_open", attributes, 0, -1, -1, 0)


@attempt("handle page faults", filtered=True)
def _():
    return call("userfaultfd", 0o2000000 | 1)


@attempt("queue system calls past the filter", filtered=True)
def _():
    return call("io_uring_setup", 4, ctypes.create_string_buffer(120))


@attempt("switch off the random layout of memory", filtered=True)
def _():
    call("personality", 0x0040000)
    return call("personality", 0xFFFFFFFF) & 0x0040000


@attempt("share memory that no limit counts", filtered=True)
def _():
    return call("shmget", 4711, 4096, 0o1600) + 1


@attempt("watch all files of a mount", filtered=True)
def _():
    return call("fanotify_init", 0x200, 0)


main()
