"""The keys that do something by themselves: what each does, and the switch."""

from datetime import timedelta
from typing import Final

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from intake.form.text import _
from intake.roles import Permission
from intake.web import cookies
from intake.web.permitted import permitted
from intake.web.saved_views import desk
from intake.web.staff_forms import Press
from intake.web.staff_pages import NO_SHORTCUTS

__all__ = ["desk"]

KEYS: Final = (
    ("j", _("Next case, in the list and beside it")),
    ("k", _("Case before")),
    ("u", _("Next report that nobody has opened")),
    ("o", _("Open the case")),
    ("x", _("Tick the case, or take the tick away")),
    ("a", _("Take the case, or all that are ticked")),
    ("n", _("Write a note about this case")),
    ("/", _("Filter the list")),
    ("?", _("This page")),
)
SAID: Final = {
    "on": _("The shortcuts are on."),
    "off": _("The shortcuts are off."),
}
A_YEAR: Final = timedelta(days=365)


@desk.get("/desk/shortcuts")
@permitted(Permission.READ_QUEUE)
def shortcuts() -> ResponseReturnValue:
    """Every shortcut, and the switch."""
    said = request.args.get("said", "")
    words = gettext(SAID[said]) if said in SAID else ""
    return render_template("desk/shortcuts.html", keys=KEYS, said=words)


@desk.post("/desk/shortcuts")
@permitted(Permission.READ_QUEUE)
def switch_shortcuts() -> ResponseReturnValue:
    """Switch them on or off in this browser."""
    to = request.form.get("to")
    if not Press().is_accepted() or to not in SAID:
        return redirect(url_for(".shortcuts"), 303)
    response = make_response(redirect(url_for(".shortcuts", said=to), 303))
    if to == "off":
        cookies.keep(response, NO_SHORTCUTS, "1", lasting=A_YEAR)
    else:
        cookies.forget(response, NO_SHORTCUTS)
    return response
