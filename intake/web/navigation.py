"""The pages of the staff beside the views of the queue, as far as a member may open them."""

from dataclasses import dataclass
from typing import Final

from flask import request, url_for

from intake import casework
from intake.casework import Reader
from intake.form.text import _
from intake.roles import Permission

ACCOUNT: Final = "account.home"
COLLEAGUES: Final = "team.home"
PROPOSALS: Final = "proposals.waiting"
PLACES: Final = (
    (Permission.READ_GRANTED, "given.cases", _("Given to you")),
    (Permission.READ_GRANTED, "directory.show_mine", _("Your entry in the directory")),
    (Permission.FILE, "filings.mine", _("Your reports for clients")),
    (Permission.RECORD, "recording.mine", _("Record a call or visit")),
    (Permission.HAND_OVER, COLLEAGUES, _("Colleagues")),
    (Permission.KEEP_TEAM, "directory.everybody", _("Directory")),
    (Permission.READ_QUEUE, "deadlines.show", _("Deadlines")),
    (Permission.DECIDE, PROPOSALS, _("Second person")),
    (Permission.READ_NUMBERS, "numbers.show", _("Numbers")),
    (Permission.READ_QUEUE, "paper.show", _("Form to print")),
    (Permission.KEEP_ROTA, "duty.show", _("On duty")),
    (Permission.SEE_MEMBERS, "members.everybody", _("Members")),
    (Permission.ENTER, "keys.progress", _("Keys")),
    (Permission.READ_LOG, "oversight.log", _("Log")),
    (Permission.KEEP_SETTINGS, "settings.overview", _("Settings")),
    (Permission.LOCK_DOWN, "lockdown.explain", _("Lock everything")),
    (None, ACCOUNT, _("Your account")),
)


@dataclass(frozen=True)
class Place:
    """One line of the list at the side; `count` where something waits there to be read.

    Every page shows it: only what plain columns tell is counted.
    """

    title: str
    address: str
    is_shown: bool
    count: int = 0


def shown(reader: Reader) -> tuple[Place, ...]:
    """Where this member may go."""
    return tuple(
        Place(title, url_for(endpoint), request.endpoint == endpoint, _count(reader, endpoint))
        for needed, endpoint, title in PLACES
        if needed is None or reader.may(needed)
    )


def _count(reader: Reader, endpoint: str) -> int:
    match endpoint:
        case "account.home":
            return casework.notices_waiting(reader)
        case "proposals.waiting":
            return casework.proposals_waiting(reader)
        case _:
            return 0
