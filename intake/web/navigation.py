"""The pages of the staff beside the views of the queue, as far as a member may open them."""

from dataclasses import dataclass
from typing import Final

from flask import request, url_for
from werkzeug.routing import BuildError

from intake.casework import Reader
from intake.form.text import _
from intake.roles import Permission

PLACES: Final = (
    (Permission.READ_GRANTED, "given.cases", _("Given to you")),
    (Permission.KEEP_ROTA, "duty.show", _("On duty")),
    (Permission.SEE_MEMBERS, "members.everybody", _("Members")),
    (Permission.ENTER, "keys.progress", _("Keys")),
    (Permission.READ_LOG, "oversight.log", _("Log")),
    (Permission.KEEP_SETTINGS, "settings.overview", _("Settings")),
    (Permission.LOCK_DOWN, "lockdown.explain", _("Lock everything")),
    (None, "account.home", _("Your account")),
)


@dataclass(frozen=True)
class Place:
    """One line of the list at the side."""

    title: str
    address: str
    is_shown: bool


def shown(reader: Reader) -> tuple[Place, ...]:
    """Where this member may go."""
    found = []
    for needed, endpoint, title in PLACES:
        try:
            if needed is None or reader.may(needed):
                found.append(Place(title, url_for(endpoint), request.endpoint == endpoint))
        except (BuildError, KeyError):
            continue
    return tuple(found)
