"""What the store of files answers when it cannot; nothing says what is stored."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from obstore.exceptions import BaseError

_FULL: Final = ("(os error 28)", "(os error 122)")  # ENOSPC, EDQUOT: obstore has no code of it


class BlobError(Exception):
    """The store of files did not do it; the same may succeed later."""


class NoPieceError(BlobError):
    """There is no such piece of a file."""


class FilesFullError(BlobError):
    """There is no room for more."""


@contextmanager
def told() -> Iterator[None]:
    """Every error of obstore or of the system as a `BlobError`, without address or path."""
    try:
        yield
    except (BaseError, OSError) as error:
        kind = FilesFullError if any(code in str(error) for code in _FULL) else BlobError
        raise kind(type(error).__name__) from None
