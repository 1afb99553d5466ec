"""What the pages about steps, limits and two-person decisions say besides the vocabularies."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import url_for
from flask_babel import gettext

from intake.case.kinds import KINDS, Kind
from intake.case.kinds.kind import always
from intake.case.stages import BY_CODE
from intake.form.text import _
from intake.web.staff_pages import label

SAID: Final = {
    "written": _("It is written down."),
    "corrected": _("It is corrected. What stood before is kept below."),
    "struck": _("It is struck out, and counts no more. It stands below, crossed out."),
    "proposed": _("A second coordinator has to decide now. Nothing changes before."),
    "moved": _("The case stands on its new stage."),
    "agreed": _("You agreed, and it is done."),
    "said-no": _("You did not agree. Nothing was changed, and your colleague reads why."),
    "withdrawn": _("You took it back. Nothing was changed."),
}
ACTS: Final = {
    "read_steps": _("Looked at steps and deadlines"),
    "step_added": _("Wrote down what was done"),
    "moved": _("Changed the stage"),
    "proposed": _("Asked a second coordinator"),
    "read_proposal": _("Looked at what waits for a second coordinator"),
    "proposal_agreed": _("Agreed, as the second coordinator"),
    "proposal_refused": _("Did not agree, as the second coordinator"),
    "proposal_withdrawn": _("Took back what waited for a second coordinator"),
    "erased": _("Erased the case"),
}
WITHDRAWAL: Final = "any_to_closed"
ERASING: Final = "any_to_erased"
OPENING: Final = "received_to_screening"
TITLES: Final = {
    WITHDRAWAL: _("The person takes the report back"),
    ERASING: _("Erase the case"),
    "closed_to_screening": _("Open the case again"),
}
GROUPS: Final = (
    (_("Contact"), ("attempt", "safe_hours", "safety_plan")),
    (
        _("What the person wants"),
        ("consent_recorded", "assent", "objection", "vital_interest"),
    ),
    (_("Help"), ("interview", "plan", "track", "review", "set_aside")),
    (
        _("With the state"),
        (
            "complaint",
            "erdr",
            "qualification",
            "investigation",
            "forensic",
            "protection",
            "suspension",
            "decision",
            "appeal",
            "complaint_withdrawn",
        ),
    ),
    (
        _("Outside the Coalition"),
        ("npm_request", "un_appeal", "wgeid_form", "partner_share", "publication"),
    ),
    (_("The case itself"), ("lowering", "retention")),
)
"""Every kind that people write, under what it is about."""
HOW: Final[Mapping[str, str]] = {
    "contact_made": "attempt",
    "code_word": "attempt",
    "three_attempts": "attempt",
    "last_try": "attempt",
    "knowledge": "attempt",
    "safety_plan": "safety_plan",
    "consent_store": "consent_recorded",
    "consent_contact": "consent_recorded",
    "consent": "consent_recorded",
    "giver": "consent_recorded",
    "sexual": "consent_recorded",
    "objection": "objection",
    "assent": "assent",
    "interview": "interview",
    "interviewer": "interview",
    "child_interview": "interview",
    "needs": "interview",
    "risks": "interview",
    "lead": "track",
    "plan": "plan",
    "lowering": "lowering",
    "clocks": "set_aside",
    "least_data": "vital_interest",
    "vital_review": "vital_interest",
}
"""The kind of step that gives what is missing."""
ASKED_AT: Final[Mapping[str, str]] = {
    "outcome": "moved_outcome",
    "same_as": "moved_same_as",
    "why": "moved_why",
    "urgency": "moved_level",
    "lowering": "moved_level",
    "next_try": "moved_try_again_on",
    "hold_reason": "moved_hold_reason",
    "news": "moved_news",
    "last_contact": "moved_last_contact_on",
    "retention": "retention_on",
    "record_only_offered": "moved_record_offered",
    "withdrawal": "moved_asked_how",
    "erasure": "moved_asked_how",
    "pressure": "under_pressure",
    "least_data": "least_data",
}
"""The question of a move whose answer is missing."""


@dataclass(frozen=True)
class Missing:
    """One thing that is missing, and the page that gives it, where there is one."""

    code: str
    words: str
    link: str = ""
    address: str = ""


def missing_lines(ref: str, codes: Iterable[str], vocabulary: str) -> list[Missing]:
    """What is missing, in sentences, each with the way to get it."""
    return [_missing(ref, code, vocabulary) for code in codes]


def _missing(ref: str, code: str, vocabulary: str) -> Missing:
    words = label(vocabulary, code)
    if code == "unread_news":
        address = url_for("correspondence.messages", ref=ref)
        return Missing(code, words, gettext("To the messages"), address)
    if kind := HOW.get(code):
        address = url_for("writing.ask", ref=ref, kind=kind)
        return Missing(code, words, to_form(KINDS[kind]), address)
    return Missing(code, words)


def to_form(kind: Kind) -> str:
    """The words of a link to the form of a kind of step: nothing is kept before it is sent."""
    if kind.by_two is always:
        return gettext(kind.button)
    return gettext("Write down: %(what)s", what=gettext(kind.title))


def way_title(way: str) -> str:
    """Where a way leads, in words."""
    return gettext(TITLES[way]) if way in TITLES else label("stage", BY_CODE[way].target)


def deed_title(detail: Mapping[str, Any]) -> str:
    """What a line of the timeline was about: a kind of step, or where the case went."""
    code = str(detail.get("what") or detail.get("way") or "")
    if code in BY_CODE:
        return way_title(code)
    return gettext(KINDS[code].title) if code in KINDS else ""


def proposal_title(action: str, code: str) -> str:
    """What somebody asks a second coordinator for."""
    if action == "move" and code in BY_CODE:
        return gettext("Stage: %(stage)s", stage=way_title(code))
    return gettext(KINDS[code].page.title) if code in KINDS else code
