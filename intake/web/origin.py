"""Whether a request comes from our own pages, as the browser says in `Sec-Fetch-Site`.

`Referrer-Policy: no-referrer` makes browsers send neither a referrer nor an honest `Origin`.
"""

from flask import Flask, abort, request

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OURS = frozenset({"", "same-origin", "none"})  # old browsers say nothing; "none" is the person


def is_foreign() -> bool:
    """Whether a page of another site made the browser send this."""
    return request.headers.get("Sec-Fetch-Site", "") not in OURS


def install(app: Flask) -> None:
    """Refuse what a page of another site tries to send in somebody's name."""

    @app.before_request
    def refuse_foreign() -> None:
        if request.method not in SAFE_METHODS and is_foreign():
            abort(403)
