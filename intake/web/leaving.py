"""Leaving at once: ends what the browser keeps of us and goes to a neutral page."""

from typing import Final

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue

from intake.web import cookies, origin
from intake.web.context import service

EXIT: Final = "/exit"
leaving = Blueprint("leaving", __name__)


@leaving.get(EXIT)
def leave() -> ResponseReturnValue:
    """A plain GET: `form-action 'self'` would keep a form from ending on another site."""
    if origin.is_foreign():  # no other page may end somebody's visit
        return redirect("/", 303)
    answer = redirect(service().settings.exit_url, 303)
    cookies.forget(answer, cookies.REPORTER)
    answer.headers["Clear-Site-Data"] = '"cookies", "storage"'
    return answer
