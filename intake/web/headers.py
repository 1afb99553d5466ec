"""What goes on every answer: strict headers, no caching, and compressed pages."""

import gzip
from datetime import timedelta

from flask import Flask, Response, request

from intake.settings import Settings

WORTH_COMPRESSING = 1024  # bytes
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
STRICT = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
TWO_YEARS = timedelta(days=730)


def install(app: Flask, settings: Settings) -> None:
    """Put the headers on every answer of `app`."""

    @app.after_request
    def finish(response: Response) -> Response:
        response.headers.extend(STRICT)
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
        if settings.secure_cookies:
            seconds = int(TWO_YEARS.total_seconds())
            response.headers["Strict-Transport-Security"] = f"max-age={seconds}"
        return _compressed(response)


def _compressed(response: Response) -> Response:
    # Cookies are `SameSite=Strict`: no other site can make a browser fetch a page with secrets
    # in it and measure the compressed answer.
    if response.mimetype != "text/html" or response.is_streamed:
        return response
    response.vary.add("Accept-Encoding")
    body = response.get_data()
    if len(body) >= WORTH_COMPRESSING and request.accept_encodings["gzip"] > 0:
        response.set_data(gzip.compress(body, 6, mtime=0))
        response.content_encoding = "gzip"
    return response
