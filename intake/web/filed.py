"""Pages about one filing of the member who asks: nothing of another's is there for her."""

from __future__ import annotations

import functools
from collections.abc import Callable, MutableMapping
from typing import Any, Final, cast

from flask import Blueprint, abort, g, url_for
from flask.typing import ResponseReturnValue

from intake import casework
from intake.casework.filings import beginning, sending
from intake.casework.filings.kept import Filing, Followed
from intake.web import context, filed_over, step_addresses
from intake.web.permitted import permitted, reader

FILING: Final = "filing"
"""The part of an address that names the filing."""
FRAME: Final = "filings/frame.html"
View = Callable[..., ResponseReturnValue]
Guard = Callable[[View], View]


def install(blueprint: Blueprint) -> Blueprint:
    """Let addresses of `blueprint` name the filing of this request, and its pages show it."""

    @blueprint.url_defaults
    def name(_endpoint: str, values: MutableMapping[str, Any]) -> None:
        if FILING in g:
            values.setdefault(FILING, current().id)

    @blueprint.context_processor
    def around() -> dict[str, object]:
        return {"frame": FRAME, FILING: g.get(FILING)}

    return blueprint


def current() -> Filing:
    """The filing that this request is about; only behind `filed`."""
    return cast("Filing", g.filing)


def is_filed() -> bool:
    """Whether this request is about a member's filing, and not about a browser's report."""
    return FILING in g


def is_recorded() -> bool:
    """Whether a coordinator writes down what somebody tells."""
    return is_filed() and current().is_recorded


def filed(*, is_recorded: bool) -> Guard:
    """Let a view answer for the reader's own filings; others do not exist."""
    needed = beginning.needed(is_recorded=is_recorded)

    def behind(view: View) -> View:
        @functools.wraps(view)
        def answer(*args: Any, **values: Any) -> ResponseReturnValue:  # noqa: ANN401 - a view's
            id_ = values.pop(FILING)
            try:
                found = beginning.opened(reader(), id_, is_recorded=is_recorded)
            except casework.UnknownCase:
                return filed_over.ended(id_) or filed_over.not_listed(
                    _list(is_recorded=is_recorded)
                )
            g.filing = sending.settled(reader(), found, now=context.now())
            return view(*args, **values)

        return permitted(needed)(answer)

    return behind


def written(*, is_recorded: bool) -> Guard:
    """The same for pages of the form: the draft of the filing is what is being written."""

    def behind(view: View) -> View:
        @functools.wraps(view)
        def answer(*args: Any, **values: Any) -> ResponseReturnValue:  # noqa: ANN401 - a view's
            if not current().is_sent:
                visit = beginning.visit_of(reader(), current(), now=context.now())
                g.written = step_addresses.entering(visit)
            return view(*args, **values)

        return filed(is_recorded=is_recorded)(answer)

    return behind


def followed(view: View) -> View:
    """The same for pages of the conversation that a lawyer follows."""

    @functools.wraps(view)
    def answer(*args: Any, **values: Any) -> ResponseReturnValue:  # noqa: ANN401 - a view's
        following = current().followed
        if following is None:
            abort(404)
        try:
            g.followed = _pass(following)
            return view(*args, **values)
        except casework.SessionEnded:
            return filed_over.over()

    return filed(is_recorded=False)(answer)


def _pass(following: Followed) -> str:
    case, mail_key = following.case, following.mail_key
    handle, now = reader().handle, context.now()
    return casework.followed_pass(context.service(), case, mail_key, handle, now=now)


def list_address(said: str = "") -> str:
    """Where the filings of this kind stand."""
    return url_for(_list(is_recorded=current().is_recorded), said=said or None)


def _list(*, is_recorded: bool) -> str:
    return "recording.mine" if is_recorded else "filings.mine"


def visit_written() -> str | None:
    """What opens the draft of the filing; None outside of `written`."""
    return cast("str | None", g.get("written"))


def visit_followed() -> str | None:
    """What opens the conversation of the filing; None outside of `followed`."""
    return cast("str | None", g.get("followed"))
