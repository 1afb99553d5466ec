"""Leaving at once: ends what the browser keeps of us and goes to a neutral page."""

from contextlib import suppress
from functools import partial
from typing import Final

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue

from intake import casework
from intake.casework import Service
from intake.web import cookies, origin
from intake.web.context import service, told

EXIT: Final = "/exit"
leaving = Blueprint("leaving", __name__)


@leaving.get(EXIT)
def leave() -> ResponseReturnValue:
    """A plain GET: `form-action 'self'` would keep a form from ending on another site."""
    if origin.is_foreign():  # no other page may end somebody's visit
        return redirect("/", 303)
    answer = redirect(told().exit_url, 303)
    if (kept := cookies.reporter()) and kept.draft:
        # Nobody waits for this: it is done when the browser is on its way already.
        answer.call_on_close(partial(_forget_unsaved, service(), kept.draft))
    cookies.forget(answer, cookies.REPORTER)
    answer.headers["Clear-Site-Data"] = '"cookies", "storage"'
    return answer


def _forget_unsaved(service: Service, visit: str) -> None:
    """Delete what no return code would bring back; what cannot be deleted now goes in a day."""
    with suppress(casework.CaseworkError):
        casework.forget_unsaved_draft(service, visit)
