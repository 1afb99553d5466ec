"""One file read and one answer given, with the lock between what is ours and what is not."""

from collections.abc import Callable
from dataclasses import fields
from functools import partial
from typing import IO, Final

from intake.cleaning.confined import confinement
from intake.cleaning.confined.outcome import Copy
from intake.cleaning.limits import Limits, NotCleaned, Why

WORDS: Final = 1 + len(fields(Limits))
Copying = Callable[[bytes, Limits], Copy]


def to(file: IO[bytes], code: str, numbers: list[int]) -> tuple[bytes, ...]:
    """The line that says what came of it, and the copy where there is one."""
    try:
        copy = _confined(file, code, Limits(*numbers))
    except NotCleaned as error:
        return (f"{error.why}\n".encode(),)
    except MemoryError:
        return (f"{Why.TOO_BIG}\n".encode(),)
    except Exception:  # noqa: BLE001 - whatever a library says of a stranger's file
        return (f"{Why.DAMAGED}\n".encode(),)
    return f"{copy.code}{' more' if copy.more else ''}\n".encode(), copy.content


def _confined(file: IO[bytes], code: str, limits: Limits) -> Copy:
    confinement.bound(limits)
    copying = copying_of(code)  # loads all that it needs, for nothing can be loaded later
    confinement.close()
    return copying(file.read(), limits)


def copying_of(code: str) -> Copying:
    """How a file of this kind is copied; a library is loaded only for its own kinds."""
    # ruff: noqa: PLC0415
    match code:
        case "txt":
            from intake.cleaning.confined import texts

            return texts.copied
        case "pdf":
            from intake.cleaning.confined import papers

            return papers.copied
        case _:
            from intake.cleaning.confined import pictures

            return partial(pictures.copied, pictures.FORMATS[code])
