"""What each act about a member does and what happens next, in words."""

from dataclasses import dataclass
from typing import Final

from intake.form.text import _


@dataclass(frozen=True)
class Act:
    """The words of one act: title, what it does and what happens next, the button."""

    endpoint: str
    title: str
    told: tuple[str, ...]
    button: str


ROLES: Final = Act(
    "members.give_roles",
    _("Change the roles of %(handle)s"),
    (
        _(
            "She gets the keys of new roles at her next sign-in. Keys of roles that you "
            "take away are taken at once, and the parts she could read get new keys."
        ),
        _("All coordinators are told."),
    ),
    _("Change the roles"),
)
SUSPEND: Final = Act(
    "members.suspend",
    _("Suspend %(handle)s"),
    (
        _(
            "She can sign in no more until somebody lets her in again. Her keys and what "
            "was given to her are taken away, and what she could read gets new keys."
        ),
        _("What she copied before stays copied. All coordinators are told."),
    ),
    _("Suspend her"),
)
AGAIN: Final = Act(
    "members.let_in_again",
    _("Let %(handle)s sign in again"),
    (
        _(
            "She signs in with her passphrase and then waits. A coordinator compares her "
            "fingerprint and lets her in; before that she reads nothing."
        ),
    ),
    _("Let her sign in"),
)
LEAVE: Final = Act(
    "members.let_go",
    _("%(handle)s leaves"),
    (
        _(
            "Her account is closed: she can sign in no more, her keys are destroyed, and "
            "what she could read gets new keys."
        ),
        _("What she copied before stays copied. All coordinators are told."),
    ),
    _("Close her account"),
)
RENEW: Final = Act(
    "members.make_renewal",
    _("New keys for %(handle)s"),
    (
        _(
            "For somebody who lost her passphrase or her second factor. You get a link for "
            "her, good for 24 hours and once. When she uses it, her old keys and factors "
            "are gone, and she waits to be let in."
        ),
        _(
            "What was given to her alone, case by case, must be given again. All "
            "coordinators are told."
        ),
    ),
    _("Make the link"),
)
HAND_ON: Final = Act(
    "members.give_cases",
    _("Hand on the cases of %(handle)s"),
    (
        _(
            "Each case she holds goes to the colleague you choose, or back to the queue. "
            "Each gets its line in the log."
        ),
    ),
    _("Hand the cases on"),
)
GIVE_AGAIN: Final = Act(
    "members.give_grants_again",
    _("Give %(handle)s again what she had"),
    (
        _(
            "After new keys she opens none of the cases that were given to her alone. This "
            "gives her the same parts of the same cases again, as far as your keys open them."
        ),
        _("Each case gets its line in the log."),
    ),
    _("Give it again"),
)
