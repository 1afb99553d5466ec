"""The button that locks everything: what it does, one question more, and then at once."""

from flask import Blueprint, g, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from intake.casework import lockdown as locking
from intake.roles import Permission
from intake.web import context, cookies, staff_pages
from intake.web.permitted import SESSION, permitted, reader
from intake.web.staff_forms import Press

lockdown = staff_pages.install(Blueprint("lockdown", __name__, url_prefix="/lockdown"))


@lockdown.get("")
@permitted(Permission.LOCK_DOWN)
def explain() -> ResponseReturnValue:
    """What the button does, and what it does not."""
    return _explanation()


@lockdown.get("/sure")
@permitted(Permission.LOCK_DOWN)
def sure() -> ResponseReturnValue:
    """One large button, and nothing to type: it must be quick."""
    if not locking.is_ready(context.service()):
        return redirect(url_for(".explain"), 303)
    return render_template("lockdown/sure.html")


@lockdown.post("")
@permitted(Permission.LOCK_DOWN, renews=False)
def press() -> ResponseReturnValue:
    """Lock everything. The answer is for nobody any more: whoever pressed is signed out too."""
    if not Press().is_accepted():
        return redirect(url_for(".sure"), 303)
    try:
        is_done = locking.press(reader(), now=context.now())
    except locking.NoSheets:
        return _explanation(), 409
    g.pop("reader")
    response = make_response(render_template("lockdown/done.html", is_done=is_done))
    cookies.forget(response, SESSION)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _explanation() -> str:
    return render_template(
        "lockdown/explain.html", is_ready=locking.is_ready(context.service())
    )
