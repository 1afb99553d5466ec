"""What a member is told of an account and of what was asked for, in words."""

from collections.abc import Mapping
from typing import Final

from flask_babel import gettext

from intake.casework import AccountNotice
from intake.form.text import _
from intake.web import browsers
from intake.web.team import words as team_words
from intake.web.work import words as work_words

DECISIONS: Final[Mapping[str, str]] = {
    "proposal_made": _("%(handle)s asks for a second coordinator in case %(ref)s: %(what)s."),
    "proposal_done": _("%(handle)s agreed to what you asked for in case %(ref)s: %(what)s."),
    "proposal_not_agreed": _(
        "%(handle)s did not agree to what you asked for in case %(ref)s: %(what)s. The reason "
        "stands there."
    ),
}
ERASED: Final = _("%(handle)s agreed to erase a case, as you asked. It is erased.")
WORDS: Final[Mapping[str, str]] = {
    "signed_in": _(
        "You signed in with a browser that was not known here: %(browser)s. Was it not you? "
        "End that session below and change your passphrase."
    ),
    "factor_added": _("A second factor was added: %(factor)s."),
    "factor_removed": _("A second factor was taken away: %(factor)s."),
    "passphrase_changed": _("Your passphrase was changed."),
    "recovery_code_used": _("One of your recovery codes was used."),
    "sessions_ended": _("Your sessions were ended by another member."),
    "entered": _("A coordinator has let you in."),
    "roles_changed": _("Your roles were changed."),
    "member_entered": _("%(by)s compared the digits of the key of %(handle)s and let them in."),
    "member_roles_changed": _("%(by)s changed the roles of %(handle)s."),
    "suspended": _("%(handle)s was suspended and opens nothing any more."),
    "left": _("%(handle)s has left and opens nothing any more."),
    "renewal_made": _(
        "%(handle)s has lost the passphrase: a link for new keys was made. Nothing opens with "
        "them before a coordinator has compared the digits of the key."
    ),
    "renewed": _("%(handle)s has new keys and waits for a coordinator to compare the digits."),
    "recovered": _(
        "The recovery sheets were used: %(handle)s is a new coordinator. If none of you did "
        "that, lock everything at once."
    ),
    "sheets_made": _("New recovery sheets were made. The earlier sheets open nothing."),
    "locked_down": _("Everything was locked."),
    "rotation_done": _("New keys are in force everywhere. Nothing is left to do."),
    "granted": _("A coordinator gave you a case."),
    "grant_taken_back": _("A case that was given to you was taken back."),
    "offer_accepted": _("%(handle)s has accepted a case."),
    "offer_declined": _("%(handle)s has declined a case."),
    "following": _("A coordinator let you follow a report, as the client wants it."),
    "following_news": _(
        "We wrote something in a report that you follow. Look at your reports."
    ),
    "following_ended": _(
        "You follow report %(ref)s no more: your client decided it, or told a coordinator so."
    ),
    "restricted": _("A case was restricted to named members."),
    "settings_changed": _("The settings were changed."),
    **team_words.NOTICES,
    **DECISIONS,
}
SOMETHING: Final = _("Something about your account has changed.")
FACTORS: Final = {
    "totp": _("an app that shows codes"),
    "passkey": _("a passkey"),
    "recovery": _("recovery codes"),
}


def notice_words(notice: AccountNotice) -> str:
    """One notice as a sentence."""
    about = notice.about
    words = WORDS.get(notice.kind, SOMETHING)
    if notice.kind == "proposal_done" and "ref" not in about:
        words = ERASED
    return gettext(
        words,
        handle=about.get("handle", "?"),
        by=about.get("by", "?"),
        ref=about.get("ref", "?"),
        browser=browsers.in_words(str(about.get("browser", ""))),
        factor=gettext(FACTORS.get(str(about.get("kind", "")), "?")),
        what=work_words.proposal_title(str(about.get("action")), str(about.get("code", "?"))),
    )
