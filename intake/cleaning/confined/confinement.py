"""Locking the own process up, before it looks at what a stranger made.

What holds: limits of the system on memory, time and files, for every process below us, and a
filter on system calls, for every thread. After `close` the process can compute, take memory
up to its limit, and use the pipes that it has. It cannot open, make or name a file, start a
program or a process, open a connection, look at another process, make memory executable or
undo any of this. It still runs as the same user on the same kernel: a fault in the kernel
behind one of the calls that are left would open the door again.
"""

import ctypes
import os
import resource
import signal
from typing import Final

from intake.cleaning.confined.calls import program
from intake.cleaning.limits import Limits, NotCleaned, Why

_PR_SET_PDEATHSIG: Final = 1
_PR_SET_DUMPABLE: Final = 4
_PR_SET_SECCOMP: Final = 22
_PR_SET_NO_NEW_PRIVS: Final = 38
_SECCOMP_MODE_FILTER: Final = 2
_BEHIND: Final = 10  # reports that arrive go first


class _Program(ctypes.Structure):
    """`struct sock_fprog` of linux/filter.h."""

    _fields_ = (("length", ctypes.c_ushort), ("rules", ctypes.c_char_p))


def bound(limits: Limits) -> None:
    """Bound memory and time, write to no file, leave no core, and end with the parent."""
    os.nice(_BEHIND)
    _most(resource.RLIMIT_AS, limits.memory)
    # At the first figure SIGXCPU tells the parent why; the second ends who does not listen.
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
    _most(resource.RLIMIT_FSIZE, 0)
    _most(resource.RLIMIT_CORE, 0)
    _control(_PR_SET_PDEATHSIG, signal.SIGKILL)
    _control(_PR_SET_DUMPABLE, 0)


def close() -> None:
    """Refuse everything but computing from now on; raises `NotCleaned` (`unconfined`)."""
    _most(resource.RLIMIT_NOFILE, 0)  # what is open stays open
    rules = program()
    _control(_PR_SET_NO_NEW_PRIVS, 1)
    filter_ = _Program(len(rules) // 8, rules)
    _control(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.addressof(filter_))


def _most(what: int, value: int) -> None:
    resource.setrlimit(what, (value, value))


def _control(option: int, value: int, address: int = 0) -> None:
    """`prctl(2)`; where there is none, or it refuses, the file is not opened."""
    try:
        prctl = ctypes.CDLL(None).prctl
    except AttributeError:
        raise NotCleaned(Why.UNCONFINED) from None
    arguments = (ctypes.c_ulong(number) for number in (value, address, 0, 0))
    if prctl(option, *arguments):
        raise NotCleaned(Why.UNCONFINED)
