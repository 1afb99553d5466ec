"""That something is not there is said at even times: none tells what is another's."""

import time
from typing import Final

from flask import Flask, Response, g

EVEN: Final = 0.025  # seconds
_NOTHING_THERE: Final = 404


def install(app: Flask) -> None:
    """Let a member wait for every answer of `app` that something is not there.

    Before all other hooks: the time of an answer then holds everything that is done for it.
    """

    @app.before_request
    def begin() -> None:
        g.began = time.monotonic()

    @app.after_request
    def keep(response: Response) -> Response:
        if g.get("tells_nothing") or (response.status_code == _NOTHING_THERE and "reader" in g):
            time.sleep(rest(time.monotonic() - g.began))
        return response


def tell_nothing() -> None:
    """Let the answer wait, whatever its status: it says that something is not there."""
    g.tells_nothing = True


def rest(spent: float) -> float:
    """The seconds until the next even time, that many after the request began.

    >>> rest(0.009), rest(0.026)
    (0.016, 0.024)
    """
    return round(-spent % EVEN, 6)
