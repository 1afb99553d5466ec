"""Who is signed in, and whether she may: every view of the desk stands behind `permitted`."""

import functools
from collections.abc import Callable
from typing import Final, ParamSpec, cast

from flask import Response, abort, g, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from intake import casework
from intake.casework import Reader
from intake.roles import Permission
from intake.web import context, cookies, kept

SESSION: Final = "d"
KNOWN: Final = "k"

P = ParamSpec("P")


def reader() -> Reader:
    """The member whose request this is; only inside a permitted view."""
    return cast("Reader", g.reader)


def permitted(
    *needed: Permission, set_up: bool = True, factor: bool = True, renews: bool = True
) -> Callable[[Callable[P, ResponseReturnValue]], Callable[P, ResponseReturnValue]]:
    """Let a view answer members with every one of `needed`; for others the page does not exist.

    With `set_up`, who still uses a one-time passphrase is sent to choose her own first; with
    `factor`, who has no second factor is sent to set one up. Whoever waits to be let in is led
    to her own page.
    Without `renews`, the view itself begins or ends a session.
    """

    def behind(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
        @functools.wraps(view)
        def answer(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            cookie = cookies.read(SESSION)
            try:
                _let_in(cookie, needed)
                first = _first(needed, set_up=set_up, factor=set_up and factor)
                if first is not None:
                    return redirect(first, 303)
                response = make_response(_answered(view, *args, **kwargs))
                _keep_on()
                return _renewed(cookie, response) if renews else response
            except casework.SessionEnded:
                g.pop("reader", None)
                return kept.session_ended(cookie)

        return answer

    return behind


def _let_in(cookie: str | None, needed: tuple[Permission, ...]) -> None:
    g.reader = casework.resume(context.service(), cookie or "", now=context.now())
    if not reader().is_waiting and not all(map(reader().may, needed)):
        abort(404)


def _first(needed: tuple[Permission, ...], *, set_up: bool, factor: bool) -> str | None:
    """The page that comes before all others for this member."""
    if set_up and reader().must_choose_passphrase:
        return url_for("first_steps.passphrase")
    if factor and reader().must_add_factor:
        return url_for("factors.show")
    if needed and reader().is_waiting:
        return url_for("account.home")
    return None


def _answered(
    view: Callable[P, ResponseReturnValue], *args: P.args, **kwargs: P.kwargs
) -> ResponseReturnValue:
    try:
        return view(*args, **kwargs)
    except (casework.UnknownCase, casework.NotAllowed):
        # One answer for what is not there and what is not hers: nothing can be learned from it.
        abort(404)
    except (casework.StorageFull, casework.StorageBusy) as error:
        if request.method != "POST":  # nothing was written that could be sent again
            raise
        return kept.not_stored(full=isinstance(error, casework.StorageFull))


def _keep_on() -> None:
    """Beside a page that was answered, go on with what is due to all."""
    if request.method == "GET":
        casework.go_on(reader(), now=context.now())


def _renewed(cookie: str | None, response: Response) -> Response:
    """`response`, with the idle time of the session starting again."""
    text = casework.renewed(context.service(), cookie or "", now=context.now())
    cookies.keep(response, SESSION, text)
    return response
