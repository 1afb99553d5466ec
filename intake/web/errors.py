"""Every error as a page in the reader's language; it never shows a trace and loses no text."""

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from flask import Flask, make_response, render_template, request
from werkzeug import Response
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, SecurityError

from intake import casework
from intake.form.text import _
from intake.logs import Event, record
from intake.web import limits, origin, tokens
from intake.web.context import now
from intake.web.forms import TOKEN, Form, token_key
from intake.web.staff_forms import PROOF

RETRY_SECONDS: Final = 5
SENT_AGAIN: Final = frozenset({429, 500, 503})
NEVER_AGAIN: Final = frozenset({TOKEN, "again", *PROOF})


@dataclass(frozen=True)
class Problem:
    """What an error page says."""

    title: str
    text: str


PROBLEMS: Final = {
    400: Problem(
        _("We could not read this"),
        _("Something in what your browser sent was broken. Go back and send it once more."),
    ),
    403: Problem(
        _("This was not sent from our page"),
        _("We stopped it to keep you safe. Open our page and write there."),
    ),
    404: Problem(
        _("There is nothing at this address"),
        _("Check that the address is complete, or begin at the start page."),
    ),
    405: Problem(
        _("This page works in another way"),
        _("Begin at the start page and use the buttons there."),
    ),
    413: Problem(
        _("This is too much for one time"),
        _(
            "Nothing was sent or stored. Go back, make the text shorter, and send it. "
            "You can add the rest afterwards with your return code."
        ),
    ),
    421: Problem(
        _("This is not our address"),
        _("Check the address of this page letter by letter. Somebody may be imitating us."),
    ),
    429: Problem(
        _("Wait a little"),
        _("There were too many tries in a short time. Wait a minute and try once more."),
    ),
    500: Problem(
        _("Something broke on our side"),
        _("It is not your fault. Try once more in a minute."),
    ),
    503: Problem(
        _("We cannot store anything just now"),
        _("Our service is very busy or its disk is full. Try once more in a minute."),
    ),
}
STATUSES: Final[dict[type[Exception], int]] = {
    casework.UnknownCase: 404,
    casework.NotAllowed: 403,
    casework.Conflict: 409,
    casework.WrongPassphrase: 409,
    casework.StorageFull: 503,
    casework.StorageBusy: 503,
    casework.Busy: 503,
}


def install(app: Flask) -> None:
    """Answer every error of `app` with a page."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(casework.SlowDown, _slow_down)
    for error, status in STATUSES.items():
        app.register_error_handler(error, lambda _error, status=status: page(status))
    app.register_error_handler(Exception, _unexpected)


def page(status: int, *, headers: Iterable[tuple[str, str]] = ()) -> Response:
    """The page for `status`; what was typed is shown again where sending again may help."""
    known = status if status in PROBLEMS else _nearest(status)
    response = make_response(
        render_template(
            "errors/page.html",
            status=known,
            problem=PROBLEMS[known],
            typed=_typed() if known in SENT_AGAIN else (),
            token_name=TOKEN,
            token=tokens.issue(token_key(), Form.token_purpose(), now=now()),
        ),
        status,
    )
    response.headers.extend(headers)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _nearest(status: int) -> int:
    return 400 if status < HTTPStatus.INTERNAL_SERVER_ERROR else 500


def _http(error: HTTPException) -> Response:
    code = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    if error.response is not None or code < HTTPStatus.BAD_REQUEST:
        return make_response(error)
    if isinstance(error, RequestEntityTooLarge):
        limits.drain()
    if code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _record(getattr(error, "original_exception", None) or error)
    status = HTTPStatus.MISDIRECTED_REQUEST if isinstance(error, SecurityError) else code
    kept = {"Allow", "Retry-After"}
    return page(status, headers=[h for h in error.get_headers() if h[0] in kept])


def _slow_down(error: casework.SlowDown) -> Response:
    return page(429, headers=[("Retry-After", str(error.seconds))])


def _unexpected(error: Exception) -> Response:
    _record(error)
    return page(500)


def _record(error: BaseException) -> None:
    record(Event.REQUEST_FAILED, level="error", endpoint=request.endpoint, error=error)


def _typed() -> tuple[tuple[str, str], ...]:
    if request.method != "POST" or origin.is_foreign():
        return ()
    try:
        pairs = [*request.form.items(multi=True)]
    except HTTPException:  # more came than is read
        return ()
    return tuple((name, text) for name, text in pairs if name not in NEVER_AGAIN)
