"""That something is not there is said at even times: none tells what is another's."""

import secrets
import time
from collections.abc import Callable, Iterable
from typing import Any, Final

from flask import Flask, Response, g, request

EVEN: Final = 0.025  # seconds
UNEVEN: Final = 5_000  # millionths of a second
_NOTHING_THERE: Final = 404
_TELLS_NOTHING: Final = "intake.tells_nothing"

Wsgi = Callable[..., Iterable[bytes]]


def install(app: Flask) -> None:
    """Let a member wait for every answer of `app` that something is not there.

    Around all of it: what is let go after a request takes its time too.
    """

    @app.after_request
    def mark(response: Response) -> Response:
        if response.status_code == _NOTHING_THERE and "reader" in g:
            tell_nothing()
        return response

    app.wsgi_app = _paced(app.wsgi_app)  # type: ignore[method-assign] # as Flask says


def tell_nothing() -> None:
    """Let the answer wait, whatever its status: it says that something is not there."""
    request.environ[_TELLS_NOTHING] = True


def rest(spent: float) -> float:
    """The seconds until the next even time, that many after the request began.

    >>> rest(0.009), rest(0.026)
    (0.016, 0.024)
    """
    return round(-spent % EVEN, 6)


def _paced(answered: Wsgi) -> Wsgi:
    def answer(environ: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
        began = time.monotonic()
        body = answered(environ, start)
        if environ.get(_TELLS_NOTHING):
            # Waking up is not quite even either: some millionths of a second would be left.
            time.sleep(rest(time.monotonic() - began) + secrets.randbelow(UNEVEN) / 1_000_000)
        return body

    return answer
