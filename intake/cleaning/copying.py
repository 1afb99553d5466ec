"""Copies that are safe to look at, made in a process that can reach nothing but its pipes."""

from __future__ import annotations

import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import BoundedSemaphore
from typing import Final

from intake.cleaning.kinds import KINDS, Kind
from intake.cleaning.limits import LIMITS, Limits, NotCleaned, Why
from intake.cleaning.process import Answer, answer_to

_COPIED: Final = {"picture": ("jpeg", "png"), "pdf": ("pdf",), "txt": ("txt",)}
"""As which kinds a kind, or its group, may come back."""
_ENDS: Final = {
    -signal.SIGXCPU: Why.TOO_SLOW,
    -signal.SIGKILL: Why.TOO_BIG,  # not by us: the system had no memory left
}
_AT_ONCE: Final = BoundedSemaphore(2)  # each may take `Limits.memory`


@dataclass(frozen=True)
class Cleaned:
    """A copy with nothing but what is to be seen; `more` when the file holds more pictures.

    `media_type` and `suffix` are those of the copy: `image/jpeg`, `image/png`,
    `application/pdf` or `text/plain; charset=utf-8`.
    """

    content: bytes = field(repr=False)
    media_type: str
    suffix: str
    more: bool = False


def cleaned(content: Iterable[bytes], kind: Kind, *, limits: Limits = LIMITS) -> Cleaned:
    """A cleaned copy of what the pieces of `content` make up; raises `NotCleaned`.

    The pieces are asked for one after another and handed on; what they raise passes through.
    """
    copies = _COPIED.get(kind.code) or _COPIED.get(kind.group)
    if copies is None:
        raise NotCleaned(Why.NO_COPY)
    with _turn(limits):
        answer = answer_to(content, kind.code, limits)
    return _judged(answer, copies)


@contextmanager
def _turn(limits: Limits) -> Iterator[None]:
    if not _AT_ONCE.acquire(timeout=limits.seconds):
        raise NotCleaned(Why.BUSY)
    try:
        yield
    finally:
        _AT_ONCE.release()


def _judged(answer: Answer, copies: tuple[str, ...]) -> Cleaned:
    """The copy in an answer of which nothing is believed that is not known here."""
    word, _, more = answer.line.partition(" ")
    if answer.is_late:
        raise NotCleaned(Why.TOO_SLOW)
    if answer.ended:
        raise NotCleaned(_ENDS.get(answer.ended, Why.DAMAGED))
    if word not in copies:
        raise NotCleaned(Why(word) if word in set(Why) else Why.DAMAGED)
    kind = KINDS[word]
    charset = "; charset=utf-8" if word == "txt" else ""
    return Cleaned(answer.content, kind.media_type + charset, kind.suffix, more == "more")
