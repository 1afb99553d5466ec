"""The acts of the log in words, and what else its lines tell: nothing of any case."""

from collections.abc import Mapping
from typing import Any, Final

from flask_babel import gettext

from intake.casework import log_lines
from intake.casework.log_lines import Line
from intake.form.text import _
from intake.web import case_words, directory_words, views
from intake.web.team import words as team_words

OF_PEOPLE: Final = {
    "founded": _("Began this installation"),
    "another_passphrase": _("The operator made another one-time passphrase"),
    "signed_in": _("Signed in"),
    "signed_out": _("Signed out"),
    "signed_out_everywhere": _("Signed out everywhere"),
    "session_ended": _("Ended one session"),
    "passphrase_chosen": _("Chose a passphrase"),
    "passphrase_changed": _("Changed the passphrase"),
    "factor_added": _("Added a second factor"),
    "factor_removed": _("Took a second factor away"),
    "invited": _("Invited somebody"),
    "invitation_withdrawn": _("Took an invitation back"),
    "joined": _("Joined by an invitation"),
    "fingerprint_differs": _("Typed a fingerprint that did not fit"),
    "entered": _("Entered somebody as a member"),
    "roles_changed": _("Changed somebody's roles"),
    "suspended": _("Suspended somebody"),
    "let_in_again": _("Let somebody in again"),
    "left": _("Closed the account of somebody who left"),
    "renewal_made": _("Made a link for new keys"),
    "renewed": _("Came back with new keys"),
    "roster_kept": _("Saved the list of members of a ring"),
}
OF_THE_HOUSE: Final = {
    "sheets_made": _("Made recovery sheets"),
    "recovered": _("Came back by the recovery sheets"),
    "locked_down": _("Locked everything"),
    "generation_made": _("Made new keys for a ring"),
    "rotation_done": _("All that was stored is under the new keys"),
    "rota_kept": _("Changed who is on duty"),
    "settings_changed": _("Changed the settings"),
    "notice_failed": _("A mail could not be sent for a whole day"),
    "backed_up": _("A backup was made"),
    "restored": _("A backup was brought back"),
    "erased_again": _("A case that was erased before was erased again"),
    "read_log": _("Read the log"),
    "log_compared": _("Compared the whole log and every case"),
    "read_numbers": _("Looked at the numbers of the team"),
}
OF_ACCESS: Final = {
    "granted": _("Gave somebody access"),
    "given_again": _("Gave somebody access again"),
    "grant_narrowed": _("Gave somebody less access"),
    "grant_taken_back": _("Took access back"),
    "offer_accepted": _("Accepted a case that was offered"),
    "offer_declined": _("Declined a case that was offered"),
    "handed_on": _("Handed a case on to a colleague"),
    "read_given": _("Read parts that were given"),
    "read_access": _("Looked at who may open the case"),
    log_lines.ACCESS: _("Who may open the case, or its keys, changed"),
}
ACTS: Final[Mapping[str, str]] = {
    **{code: words for code, words in case_words.ACTS.items() if code != "changed"},
    **OF_ACCESS,
    **OF_PEOPLE,
    **OF_THE_HOUSE,
    **team_words.OF_THE_TEAM,
    **directory_words.ACTS,
    **views.OF_THE_LOG,
}
NOT_OPENED: Final = _(
    "This line does not open: it was changed in the database, or your keys do not reach it."
)
SERVICE: Final = _("the reporter or the service")


def act(line: Line) -> str:
    """What was done, in words; an act that has none yet is shown by its code."""
    if not line.act:
        return gettext(NOT_OPENED)
    return gettext(ACTS[line.act]) if line.act in ACTS else line.act


def details(line: Line) -> list[str]:
    """What else may be told of a line that is about no case."""
    found = (_detail(name, value) for name, value in line.detail.items())
    return [words for words in found if words]


def acts_to_choose() -> list[tuple[str, str]]:
    """Every act with its words, in the order of the reader's alphabet; each words once."""
    words = {gettext(said): code for code, said in reversed(tuple(ACTS.items()))}
    return sorted(((code, said) for said, code in words.items()), key=lambda one: one[1])


def _detail(name: str, value: Any) -> str:  # noqa: ANN401 - JSON's
    match name:
        case "handle":
            return str(value)
        case "findings":
            return gettext("findings: %(count)s", count=value)
        case "erased_again":
            return gettext("erased again: %(count)s", count=value)
        case _:
            return ""
