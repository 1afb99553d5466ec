"""A program that locks itself up as the confined process does, and tells what it still can do.

It is started as the confined process is, with the same flags and nothing of the environment;
its words are the folder of `intake/` and the name of what to try. It answers `done`, or
`refused`, or `limit`.
"""

import ctypes
import mmap
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

LIBC = ctypes.CDLL(None, use_errno=True)
MEMORY = 512 * 2**20


def read_a_file() -> None:
    os.open("/etc/passwd", os.O_RDONLY)


def read_its_own_environment() -> None:
    os.open("/proc/self/environ", os.O_RDONLY)


def write_a_file() -> None:
    os.open(f"/tmp/intake-{os.getpid()}", os.O_WRONLY | os.O_CREAT, 0o600)  # noqa: S108 - tried only


def write_where_it_says() -> None:
    """To the very file that its output is; see the test."""
    os.write(1, b"x")


def make_a_folder() -> None:
    Path(f"/tmp/intake-{os.getpid()}").mkdir()  # noqa: S108


def remove_a_folder() -> None:
    Path("/tmp").rmdir()  # noqa: S108 - tried only


def list_a_folder() -> None:
    list(Path("/").iterdir())


def start_a_process() -> None:
    if os.fork() == 0:
        os._exit(0)


def start_a_program() -> None:
    subprocess.run(["/bin/true"], check=True)


def become_a_program() -> None:
    os.execv("/bin/true", ["true"])  # noqa: S606 - tried only


def open_a_connection() -> None:
    socket.socket(socket.AF_INET, socket.SOCK_STREAM)


def open_a_local_connection() -> None:
    socket.socketpair()


def open_a_pipe() -> None:
    os.pipe()


def hold_a_file_in_memory() -> None:
    os.memfd_create("x")


def use_the_ring_of_the_kernel() -> None:
    _call(425, 8, 0)  # io_uring_setup


def look_at_its_parent() -> None:
    _call({"x86_64": 101, "aarch64": 117}[os.uname().machine], 16, os.getppid(), 0, 0)  # ptrace


def end_its_parent() -> None:
    os.kill(os.getppid(), 0)


def raise_its_limits() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (-1, -1))


def open_the_lock() -> None:
    _call({"x86_64": 157, "aarch64": 167}[os.uname().machine], 4, 1, 0, 0)  # prctl


def run_what_it_wrote() -> None:
    mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)


def make_what_it_wrote_run() -> None:
    memory = mmap.mmap(-1, 4096)
    address = ctypes.addressof(ctypes.c_char.from_buffer(memory))
    if LIBC.mprotect(ctypes.c_void_p(address), 4096, mmap.PROT_READ | mmap.PROT_EXEC):
        raise OSError(ctypes.get_errno(), "mprotect")


def change_who_it_is() -> None:
    os.setuid(65534)


def take_a_new_home() -> None:
    if LIBC.unshare(0x10000000):  # CLONE_NEWUSER
        _fail()


def take_memory() -> None:
    bytes(MEMORY)


def count_threads() -> None:
    """What a decoder may do."""
    thread = threading.Thread(target=int)
    thread.start()
    thread.join()


def compute() -> None:
    """What a decoder may do."""
    sum(range(1000))


def spin() -> None:
    while True:
        pass


def _call(*words: int) -> None:
    if LIBC.syscall(*(ctypes.c_long(word) for word in words)) < 0:
        _fail()


def _fail() -> None:
    number = ctypes.get_errno()
    raise OSError(number, os.strerror(number))


def main(folder: str, name: str) -> None:
    for package, path in (("intake", folder), ("intake.cleaning", f"{folder}/cleaning")):
        module = ModuleType(package)
        module.__path__ = [path]
        sys.modules[package] = module
    from intake.cleaning.confined import confinement  # noqa: PLC0415 - found only now
    from intake.cleaning.limits import Limits  # noqa: PLC0415

    trying: Callable[[], None] = globals()[name]
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    confinement.bound(Limits(memory=MEMORY, seconds=1))
    confinement.close()
    try:
        trying()
        answer = "done"
    except OSError as error:
        answer = "refused" if error.errno in {1, 24, 27} else f"failed: {error}"
    except ValueError:  # as Python calls it where a limit may not be raised
        answer = "refused"
    except (MemoryError, RuntimeError):
        answer = "limit"
    os.write(2, answer.encode())
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
