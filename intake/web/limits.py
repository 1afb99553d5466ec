"""How much one request may carry, and where its parts are kept: in memory, never on disk."""

from collections.abc import Callable
from io import BytesIO, RawIOBase
from typing import IO, Any

from flask import Flask, Request, request
from typing_extensions import override

from intake.settings import Settings
from intake.settings.values import KIB

MOST_FIELDS = 200
DRAINED = 4096 * KIB  # what is read and thrown away, so that the browser shows our answer


class PlainRequest(Request):
    """A request whose parts never touch the disk in clear."""

    receive: Callable[[str], Any] | None = None
    """Makes what a file is written into, by its name; without it, memory."""

    @override
    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return self.receive(filename or "") if self.receive else BytesIO()


def install(app: Flask, settings: Settings) -> None:
    """Limit every body; a route that needs more says so with `allow`."""
    app.request_class = PlainRequest
    app.config.update(
        MAX_CONTENT_LENGTH=settings.body_bytes,
        MAX_FORM_MEMORY_SIZE=settings.urgent_body_bytes,
        MAX_FORM_PARTS=MOST_FIELDS,
    )


def allow(size: int) -> None:
    """Let this request carry `size` bytes; said before anything of it is read.

    A route that was allowed more before keeps it.
    """
    request.max_content_length = max(size, request.max_content_length or 0)
    request.max_form_memory_size = max(size, request.max_form_memory_size or 0)


def allow_files(size: int, receive: Callable[[str], RawIOBase]) -> None:
    """Let this request carry a file of `size` bytes, written into what `receive` makes."""
    request.max_content_length = size
    request.receive = receive  # type: ignore[attr-defined] # a `PlainRequest`


def allow_in_memory(size: int) -> None:
    """Let this request carry `size` bytes with a small file among them, held in memory."""
    request.max_content_length = request.max_form_memory_size = size
    request.receive = None  # type: ignore[attr-defined] # a `PlainRequest`


def drain() -> None:
    """Read what is still being sent: a browser shows no answer before it sent everything."""
    stream: Any = request.environ["wsgi.input"]
    left = min(request.content_length or 0, DRAINED)
    while left > 0 and (piece := stream.read(min(left, 64 * KIB))):
        left -= len(piece)
