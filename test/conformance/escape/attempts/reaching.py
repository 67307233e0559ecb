"""To reach something over a network or a socket."""
import array, fcntl, os, socket, struct
from attempting import FACTS, any_of, attempt, command, main, read

PORT, FOLDER = FACTS["port"], FACTS["folder"]
# The server fills its name up with zeros, and they count.
ABSTRACT = ("\0" + FACTS["abstract"]).ljust(108, "\0")


def ask(address, port):
    with socket.create_connection((address, port), 3) as stream:
        stream.sendall(b"GET / HTTP/1.0\r\n\r\n")
        return stream.recv(200) or "connected"


@attempt("connect to a server on 127.0.0.1", harmless=True)
def _():
    return ask("127.0.0.1", PORT)


@attempt("connect to a server on ::1")
def _():
    return ask("::1", PORT)


@attempt("connect to a server on 0.0.0.0 and other names of loopback", harmless=True)
def _():
    return any_of(lambda address: ask(address, PORT), ["0.0.0.0", "127.1.2.3", "::ffff:127.0.0.1", "localhost"])


@attempt("connect to a server on the host's own addresses")
def _():
    return any_of(lambda address: ask(address, PORT), FACTS["addresses"])


@attempt("connect to PostgreSQL")
def _():
    return any_of(lambda address: ask(address, 5432), ["127.0.0.1", "::1", *FACTS["addresses"]])


@attempt("connect to PostgreSQL's UNIX socket")
def _():
    stream = socket.socket(socket.AF_UNIX)
    stream.connect("/var/run/postgresql/.s.PGSQL.5432")
    return "connected"


@attempt("connect to Redis")
def _():
    return any_of(lambda address: ask(address, 6379), ["127.0.0.1", "::1", *FACTS["addresses"]])


@attempt("reach a metadata service")
def _():
    return any_of(lambda address: ask(address, 80), ["169.254.169.254", "169.254.170.2", "100.100.100.200", "fd00:ec2::254"])


@attempt("look up a metadata name")
def _():
    return any_of(lambda name: socket.getaddrinfo(name, 80), ["metadata.google.internal", "metadata", "instance-data"])


@attempt("ask a name server over UDP")
def _():
    query = struct.pack(">HHHHHH", 7, 0x100, 1, 0, 0, 0) + b"\x07example\x03com\0\0\x01\0\x01"
    def look(address):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as packets:
            packets.settimeout(1)
            packets.sendto(query, (address, 53))
            return packets.recv(512)
    return any_of(look, ["1.1.1.1", "127.0.0.53", "127.0.0.1"])


@attempt("send a datagram to the host", harmless=True)
def _():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as packets:
        packets.settimeout(3)
        packets.sendto(b"canary?", ("127.0.0.1", PORT))
        return packets.recv(100)


@attempt("send a datagram into the network")
def _():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as packets:
        return any_of(lambda address: packets.sendto(b"x", (address, 9)), ["192.0.2.1", "255.255.255.255", "224.0.0.1"])


@attempt("ping")
def _():
    def look(address):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_ICMP) as packets:
            packets.settimeout(1)
            packets.sendto(b"\x08\0\xf7\xff\0\0\0\0", (address, 0))
            return packets.recv(100)
    return any_of(look, ["127.0.0.1", *FACTS["addresses"]])


@attempt("open a raw socket")
def _():
    return socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)


@attempt("open a packet socket")
def _():
    return socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 3)


def netlink(kind, flags, body):
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0) as kernel:
        kernel.send(struct.pack("=IHHII", 16 + len(body), kind, flags, 1, 0) + body)
        length, answer, _, _, _, code = struct.unpack("=IHHIIi", kernel.recv(65536)[:20])
        if answer == 2 and code != 0:
            raise OSError(-code, "netlink")
        return "accepted"


@attempt("make a network interface over netlink")
def _():
    kind = struct.pack("=HH", 10, 1) + b"dummy\0\0\0"
    body = struct.pack("=BBHiII", 0, 0, 0, 0, 0, 0) + struct.pack("=HH", 4 + len(kind), 18) + kind
    return netlink(16, 0x605, body)


@attempt("add a route over netlink")
def _():
    body = struct.pack("=BBBBBBBBI", 2, 0, 0, 0, 254, 3, 0, 1, 0) + struct.pack("=HHI", 8, 4, 1)
    return netlink(24, 0x605, body)


@attempt("bring loopback up")
def _():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        flags = struct.unpack("16xH", fcntl.ioctl(any_socket, 0x8913, struct.pack("16sH14x", b"lo", 0))[:18])[0]
        fcntl.ioctl(any_socket, 0x8914, struct.pack("16sH14x", b"lo", flags ^ 1))
        return f"flags {flags} changed"


@attempt("use the tools for networks")
def _():
    tools = [("ip", "link", "add", "x", "type", "dummy"), ("curl", "-s", f"http://127.0.0.1:{PORT}/"), ("wget", "-qO-", f"http://127.0.0.1:{PORT}/"), ("ping", "-c1", "127.0.0.1"), ("nsenter", "-t", "1", "-n", "true")]
    return any_of(lambda words: command(*words), tools)


@attempt("find an interface of the host")
def _():
    return [line for line in read("/proc/net/dev").splitlines() if line.strip().startswith(("eth", "ens", "enp", "wl", "docker", "br"))]


@attempt("find an open port of the host in the kernel's tables", harmless=True)
def _():
    return any_of(lambda path: f":{PORT:04X} " in read(path, 1_000_000) and "listed", ["/proc/net/tcp6", "/proc/net/tcp", "/proc/net/udp"])


@attempt("connect to an abstract UNIX socket", harmless=True)
def _():
    with socket.socket(socket.AF_UNIX) as stream:
        stream.connect(ABSTRACT)
        return stream.recv(200)


@attempt("connect to a UNIX socket in a folder of the host", harmless=True)
def _():
    with socket.socket(socket.AF_UNIX) as stream:
        stream.connect(f"{FOLDER}/socket")
        return stream.recv(200)


@attempt("connect to a service of the system")
def _():
    def look(path):
        with socket.socket(socket.AF_UNIX) as stream:
            stream.connect(path)
            return "connected"
    return any_of(look, ["/run/docker.sock", "/var/run/docker.sock", "/run/dbus/system_bus_socket", "/run/systemd/private", "/run/containerd/containerd.sock", "/dev/log"])


@attempt("open a socket to the virtual machine's host")
def _():
    with socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM) as stream:
        stream.settimeout(1)
        return any_of(lambda port: stream.connect((2, port)) or "connected", [22, 80, 1024])


@attempt("open a socket to the kernel's cryptography, Bluetooth or CAN")
def _():
    return any_of(lambda family: socket.socket(family, socket.SOCK_SEQPACKET if family == 38 else socket.SOCK_RAW), [38, 31, 29])


@attempt("listen where the host could connect")
def _():
    """The port is free inside, so the listener is no leak as such; the host looks whether it can connect."""
    server = socket.create_server(("0.0.0.0", FACTS["freePort"]))
    server.settimeout(1)
    return server.accept()


@attempt("be handed a descriptor over a UNIX socket of the host")
def _():
    with socket.socket(socket.AF_UNIX) as stream:
        stream.connect(ABSTRACT)
        _, rights, *_ = stream.recvmsg(1, socket.CMSG_LEN(array.array("i", [0]).itemsize))
        return rights or "connected"


main()
