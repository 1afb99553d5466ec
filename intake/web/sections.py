"""The report as its reader sees it: by compartment, folded where a notice stands first."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from intake.casework import Report, Section
from intake.form import urgent
from intake.form.compartments import Compartment
from intake.form.questions import AnyQuestion
from intake.form.text import _
from intake.triage.facts import Facts
from intake.web.report_words import (
    Said,
    answers_in_words,
    intimate_facts_in_words,
    left_empty,
)

TITLES: Final = {
    Compartment.IDENTITY: _("Names and how to answer safely"),
    Compartment.ACCOUNT: _("What happened, in words"),
    Compartment.INTIMATE: _("Sexual violence"),
}
ABOUT_VIOLENCE: Final = _(
    "This part is about sexual violence. Open it when you need it and are ready to."
)
ABOUT_A_CHILD: Final = _(
    "This part is about a child. Open it when you need it and are ready to."
)


@dataclass(frozen=True)
class Shown:
    """One part of the report; `said` is None where this reader's keys do not open it."""

    title: str
    said: tuple[Said, ...] | None = field(repr=False)
    empty: Sequence[str]
    at: datetime | None
    is_added: bool
    notice: str


def shown(report: Report, facts: Facts, *, is_trained: bool) -> list[Shown]:
    """Every part of `report`, in the order casework gives them."""
    return [_shown(section, facts, is_trained=is_trained) for section in report.sections]


def _shown(section: Section, facts: Facts, *, is_trained: bool) -> Shown:
    place = Compartment(section.compartment)
    is_report = section.kind == "report"
    said = None if section.answers is None else answers_in_words(section.answers)
    if said is not None and is_report and is_trained and place is Compartment.INTIMATE:
        said = (*intimate_facts_in_words(facts), *said)
    asked = _asked(facts, place) if is_report and section.answers is not None else ()
    return Shown(
        title=TITLES[place],
        said=said,
        empty=left_empty(asked, section.answers or {}),
        at=section.at,
        is_added=not is_report,
        notice=_notice(place, facts) if said else "",
    )


def _asked(facts: Facts, place: Compartment) -> tuple[AnyQuestion, ...]:
    """The questions of the page that the report came by, for one compartment."""
    if facts.route != "urgent":
        return ()
    return tuple(q for q in urgent.STEP.questions if q.compartment is place)


def _notice(place: Compartment, facts: Facts) -> str:
    if place is Compartment.INTIMATE:
        return ABOUT_VIOLENCE
    return ABOUT_A_CHILD if place is Compartment.ACCOUNT and facts.is_minor else ""
