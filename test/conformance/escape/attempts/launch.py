"""Starts a command with what a careless operator may leave lying about: an open descriptor, a key in the kernel."""
import ctypes, os, platform, sys

file, secret, *command = sys.argv[1:]
# High, so that no runtime which tidies up the first few numbers finds it.
os.dup2(os.open(file, os.O_RDONLY), 47, inheritable=True)
keyctl, add_key = (219, 217) if platform.machine() == "aarch64" else (250, 248)
libc = ctypes.CDLL(None)
libc.syscall(keyctl, 1, None)
libc.syscall(add_key, b"user", b"escape-canary", secret.encode(), len(secret), ctypes.c_long(-3))
os.execv(command[0], command)
