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
            "The keys of new roles come with the next sign-in. Keys of roles that you "
            "take away are taken at once, and the parts that they opened get new "
            "keys."
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
            "This member can sign in no more until somebody lets them in again. Their "
            "keys and what was given to them are taken away, and what they could "
            "read gets new keys."
        ),
        _("What was copied before stays copied. All coordinators are told."),
    ),
    _("Suspend this member"),
)
AGAIN: Final = Act(
    "members.let_in_again",
    _("Let %(handle)s sign in again"),
    (
        _(
            "This member signs in with the passphrase and then waits. A coordinator "
            "compares the fingerprint and lets them in; before that they read "
            "nothing."
        ),
    ),
    _("Allow signing in"),
)
LEAVE: Final = Act(
    "members.let_go",
    _("%(handle)s leaves"),
    (
        _(
            "The account is closed: this member can sign in no more, their keys are "
            "destroyed, and what they could read gets new keys."
        ),
        _("What was copied before stays copied. All coordinators are told."),
    ),
    _("Close the account"),
)
RENEW: Final = Act(
    "members.make_renewal",
    _("New keys for %(handle)s"),
    (
        _(
            "For a member whose passphrase or second factor is lost. You get a link "
            "for them, good for 24 hours and once. When they use it, their old keys "
            "and factors are gone, and they wait to be let in."
        ),
        _(
            "What was given to this member alone, case by case, must be given again. "
            "All coordinators are told."
        ),
    ),
    _("Make the link"),
)
HAND_ON: Final = Act(
    "members.give_cases",
    _("Hand on the cases of %(handle)s"),
    (
        _(
            "Each case of this member goes to the colleague you choose, or back to "
            "the queue. Each gets its line in the log."
        ),
    ),
    _("Hand the cases on"),
)
GIVE_AGAIN: Final = Act(
    "members.give_grants_again",
    _("Give %(handle)s again what was open before"),
    (
        _(
            "New keys open none of the cases that were given to this member alone. "
            "This gives the same parts of the same cases again, as far as your keys "
            "open them."
        ),
        _("Each case gets its line in the log."),
    ),
    _("Give it again"),
)
