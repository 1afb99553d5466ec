"""The few system calls that are left to the confined process, as a program for the kernel.

Numbers are those of asm/unistd.h, the filter's machine that of linux/bpf_common.h and
linux/seccomp.h. What is not listed is refused with EPERM, so that a library which tries
something does without it.
"""

import errno
import os
import struct
from typing import Final

from intake.cleaning.limits import NotCleaned, Why

_MACHINES: Final = {  # AUDIT_ARCH of linux/audit.h, and which column of the numbers
    "x86_64": (0xC000003E, 0),
    "aarch64": (0xC00000B7, 1),
}
_ALLOWED: Final = {  # x86_64, aarch64
    "read": (0, 63),
    "readv": (19, 65),
    "write": (1, 64),
    "writev": (20, 66),
    "close": (3, 57),
    "fstat": (5, 80),
    "lseek": (8, 62),
    "brk": (12, 214),
    "munmap": (11, 215),
    "mremap": (25, 216),
    "madvise": (28, 233),
    "futex": (202, 98),
    "sched_yield": (24, 124),
    "getpid": (39, 172),
    "gettid": (186, 178),
    "getrandom": (318, 278),
    "clock_gettime": (228, 113),
    "clock_nanosleep": (230, 115),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "sigaltstack": (131, 132),
    "set_robust_list": (273, 99),
    "rseq": (334, 293),
    "exit": (60, 93),
    "exit_group": (231, 94),
}
_NOT_EXECUTABLE: Final = {"mmap": (9, 222), "mprotect": (10, 226)}
_PROT_EXEC: Final = 4
_CLONE: Final = (56, 220)
_CLONE3: Final = (435, 435)  # its flags cannot be read here; without it, libraries use clone
_THREADS: Final = (0x3D0F00, 0x7D0F00)  # the flags with which glibc and musl start a thread

_LOAD, _IF_EQUAL, _IF_BITS, _RETURN = 0x20, 0x15, 0x45, 0x06
_NUMBER, _MACHINE, _FIRST, _THIRD = 0, 4, 16, 32  # in struct seccomp_data, little-endian
_ALLOW: Final = 0x7FFF0000
_REFUSE: Final = 0x00050000 | errno.EPERM
_UNKNOWN: Final = 0x00050000 | errno.ENOSYS
_KILL: Final = 0x80000000


Rules = list[tuple[int, int, int, int]]  # code, jump if so, jump if not, value


def program() -> bytes:
    """The rules for this machine, eight bytes each; raises `NotCleaned` on an unknown one."""
    try:
        machine, column = _MACHINES[os.uname().machine]
    except KeyError:
        raise NotCleaned(Why.UNCONFINED) from None
    rules = [
        (_LOAD, 0, 0, _MACHINE),
        (_IF_EQUAL, 1, 0, machine),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        *(rule for call in _ALLOWED.values() for rule in _always(call[column])),
        *(rule for call in _NOT_EXECUTABLE.values() for rule in _not_executable(call[column])),
        *_threads_only(_CLONE[column]),
        (_IF_EQUAL, 0, 1, _CLONE3[column]),
        (_RETURN, 0, 0, _UNKNOWN),
        (_RETURN, 0, 0, _REFUSE),
    ]
    return b"".join(struct.pack("=HBBI", *rule) for rule in rules)


def _always(call: int) -> Rules:
    return [(_IF_EQUAL, 0, 1, call), (_RETURN, 0, 0, _ALLOW)]


def _not_executable(call: int) -> Rules:
    return [
        (_IF_EQUAL, 0, 4, call),
        (_LOAD, 0, 0, _THIRD),
        (_IF_BITS, 0, 1, _PROT_EXEC),
        (_RETURN, 0, 0, _REFUSE),
        (_RETURN, 0, 0, _ALLOW),
    ]


def _threads_only(call: int) -> Rules:
    first, second = _THREADS
    return [
        (_IF_EQUAL, 0, 5, call),
        (_LOAD, 0, 0, _FIRST),
        (_IF_EQUAL, 1, 0, first),
        (_IF_EQUAL, 0, 1, second),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
