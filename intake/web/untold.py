"""What was not told, and why not: left empty, skipped, not reached, or never asked."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask_babel import gettext

from intake.form.answers import Answers
from intake.form.compartments import Compartment
from intake.form.questionnaire import BY_NAME
from intake.form.questions import AnyQuestion
from intake.form.sections.recorded import STEPS as OF_STAFF
from intake.form.sorting import home
from intake.form.text import _
from intake.web.form_pages import CONTACT, FormPage

SKIPPED: Final = _("Skipped")
EMPTY: Final = _("Seen and left empty")
UNREACHED: Final = _("Not reached before it was sent")
UNASKED: Final = _("Not asked, because other answers did not lead there")
KINDS: Final = (SKIPPED, EMPTY, UNREACHED, UNASKED)


@dataclass(frozen=True)
class Way:
    """How far the reporter came: the pages there are, those passed and skipped, the answers."""

    pages: Sequence[FormPage]
    passed: Collection[str]
    skipped: Collection[str]
    known: Answers

    def status(self, page: FormPage) -> str:
        """Why a page without answers has none; "" where nothing tells."""
        if page.step is None:
            return EMPTY
        if not self.passed and not self.skipped:
            return ""
        if not page.is_asked(self.known):
            return "" if page.slug in OF_STAFF else UNASKED
        if page.slug in self.skipped:
            return SKIPPED
        return EMPTY if page.slug in self.passed else UNREACHED


def of_part(way: Way, place: Compartment) -> list[FormPage]:
    """The pages that this part of the report is told on."""
    is_intimate = place is Compartment.INTIMATE
    return [
        page
        for page in way.pages
        if page.is_sexual == is_intimate
        and (is_intimate or _homes(page, place))
        and page.slug != CONTACT
    ]


def _homes(page: FormPage, place: Compartment) -> list[AnyQuestion]:
    asked = page.things.questions if page.things else page.questions
    return [question for question in asked if home(question) is place]


def left_empty(way: Way, page: FormPage, place: Compartment) -> tuple[str, ...]:
    """The questions of a page that were asked and got no answer, where that is known."""
    if way.status(page) != EMPTY or page.things:
        return ()
    questions = page.questions if page.is_sexual else _homes(page, place)
    values = way.known.values
    return tuple(
        gettext(BY_NAME[question.name].label)
        for question in questions
        if question.name not in values and question.is_asked(way.known)
    )


def without_answers(
    way: Way, place: Compartment, told_on: Collection[str]
) -> Mapping[str, list[str]]:
    """By the reason, pages on which nothing was told, or of those seen their questions.

    `told_on` are the keys of the others.
    """
    found: dict[str, list[str]] = {}
    asked = {page.title for page in way.pages if page.is_asked(way.known)}
    for page in of_part(way, place):
        status = way.status(page)
        if status == UNASKED and page.title in asked:
            continue  # asked on another page of the same name
        if status and page.key not in told_on:
            titles = left_empty(way, page, place) or (gettext(page.title),)
            found.setdefault(status, []).extend(titles)
    return {kind: found[kind] for kind in KINDS if kind in found}
