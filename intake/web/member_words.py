"""What states and rings of members are called, and what an act of theirs led to."""

from collections.abc import Iterable
from typing import Final

from flask_babel import gettext

from intake.casework.member_states import (
    ACTIVE,
    FIRST,
    FIRST_USED,
    LEFT,
    LOCKED,
    SUSPENDED,
    WAITING,
)
from intake.form.text import _

STATES: Final = {
    FIRST: _("has not signed in yet"),
    FIRST_USED: _("has no passphrase of their own yet"),
    WAITING: _("waits to be let in"),
    ACTIVE: _("works here"),
    SUSPENDED: _("suspended"),
    LEFT: _("left"),
    LOCKED: _("needs new keys after a lockdown"),
}
RINGS: Final = {
    "case": _("reports"),
    "intimate": _("what is for trained handlers alone"),
    "facts": _("coded facts"),
    "audit": _("the log"),
}
SAID: Final = {
    "entered": _(
        "The member is let in. After the next sign-in the keys open what the roles may read."
    ),
    "roles": _("The roles are changed. Open sessions were ended."),
    "suspended": _(
        "The member is suspended. Their keys were taken away and their sessions ended."
    ),
    "left": _("The member has left. Their keys were taken away and their sessions ended."),
    "again": _(
        "The member may sign in again and then waits to be let in. Compare the fingerprint."
    ),
    "withdrawn": _("The invitation is withdrawn. Its link opens nothing any more."),
    "given-again": _("What was open before is given again, as far as your keys open it."),
    "handed-on": _("The cases are handed on."),
}
STILL_HERS: Final = _("Cases still with this member: %(count)s.")
NO_HANDLE: Final = _(
    "Write a name of 2 to 40 letters, digits, dots or hyphens. It begins with a letter or a "
    "digit."
)
HANDLE_TAKEN: Final = _("Somebody has this name already, or is invited under it.")
NO_ROLES: Final = _("Choose at least one role. A trained handler is a coordinator too.")
NO_FINGERPRINT: Final = _("Type the 32 digits that the member reads to you.")
NOT_HELD: Final = _(
    "You cannot give the key for %(ring)s, because you do not hold it. These people can: "
    "%(handles)s."
)
HELD_BY_NOBODY: Final = _(
    "Nobody who works here holds the key for %(ring)s. Only the recovery sheets bring it back."
)
ROSTER_DIFFERS: Final = _(
    "Nothing was done: the list of members was changed behind the back of this program. Look "
    "for the marked members, and tell whoever runs the server."
)
LAST_COORDINATOR: Final = _(
    "This is the last coordinator. Without one nobody could let members in or open "
    "reports. Let another coordinator in first."
)
LAST_HANDLER: Final = _(
    "This is the last trained handler. Without one nobody could read what is for "
    "trained handlers alone, until the recovery sheets are used. Tick the box below "
    "if you know this."
)
NOT_ANY_MORE: Final = _(
    "Somebody else changed this member meanwhile. Look at the page once more."
)
CANNOT_HOLD: Final = _("Choose a colleague on the list, or the queue.")
WRONG_INVITATION: Final = _(
    "This does not open an invitation. It may be mistyped, used already, withdrawn, or "
    "older than 24 hours. Type it once more, or ask for a new one."
)


def rings(names: Iterable[str]) -> str:
    """The rings in the reader's language, one after another."""
    return ", ".join(gettext(RINGS[name]) for name in names)
