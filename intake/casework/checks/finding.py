"""What a check says."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import TypeAlias

from intake.casework.service import Service


class Health(IntEnum):
    """How bad it is; the worst of all is the exit status of `intake doctor`."""

    OK = 0
    WARN = 1
    FAIL = 2


@dataclass(frozen=True)
class Finding:
    """What was found, and what to do about it."""

    health: Health
    words: str


Check: TypeAlias = Callable[[Service, datetime], Finding]


def ok(words: str) -> Finding:
    """All is well."""
    return Finding(Health.OK, words)


def warn(words: str) -> Finding:
    """Something to see to soon."""
    return Finding(Health.WARN, words)


def fail(words: str) -> Finding:
    """Something to see to now."""
    return Finding(Health.FAIL, words)
