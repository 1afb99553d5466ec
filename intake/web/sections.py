"""The report as its reader sees it: by compartment and page, folded behind a notice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Protocol

from intake.casework import Report
from intake.consent import Consent
from intake.form.compartments import Compartment
from intake.form.text import _
from intake.triage.facts import Facts
from intake.web import untold
from intake.web.consents_given import Given, consents_given
from intake.web.form_pages import FormPage
from intake.web.reading import Reading, reading, received_at
from intake.web.safe_contact import SafeContact, contact_names, safe_contact
from intake.web.told import Sheet, Source, sheets

TITLES: Final = {
    Compartment.IDENTITY: _("Names and papers"),
    Compartment.ACCOUNT: _("What happened"),
    Compartment.INTIMATE: _("Sexual violence"),
    Compartment.FACTS: _("What was ticked and chosen"),
}
FOR_TRAINED: Final = _("Added later for a specially trained reader")
LOCKED_LATER: Final = _("Added later")
ABOUT_VIOLENCE: Final = _(
    "This part is about sexual violence. Open it when you need it and are ready to."
)
ABOUT_A_CHILD: Final = _(
    "This part is about a child. Open it when you need it and are ready to."
)
MAY_BE_VIOLENCE: Final = _(
    "This may be about sexual violence. Open it when you need it and are ready to."
)


class Known(Protocol):
    """What its reader knows of a case beside the report: facts and consents."""

    @property
    def facts(self) -> Facts: ...

    @property
    def given(self) -> tuple[Consent, ...]: ...


@dataclass(frozen=True)
class Part:
    """One part of the report; `sheets` is None where this reader's keys do not open it.

    `untold` are titles of pages without answers, by the reason.
    """

    key: str
    title: str
    sheets: tuple[Sheet, ...] | None = field(repr=False)
    added_at: datetime | None = None
    notice: str = ""
    untold: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class CaseView:
    """The whole report: how to answer safely, every part of it, and what was allowed."""

    at: datetime | None
    contact: SafeContact
    parts: tuple[Part, ...]
    consents: tuple[Given, ...]
    is_added_to: bool


def case_view(report: Report, view: Known, *, is_trained: bool) -> CaseView:
    """What this reader may see of `report`; `view` holds the facts that she may know."""
    read = reading(report, view.facts, is_trained=is_trained)
    return CaseView(
        at=received_at(report),
        contact=safe_contact(read),
        parts=tuple(_parts(read)),
        consents=consents_given(view.given, is_trained=is_trained),
        is_added_to=any(section.kind == "correction" for section in report.sections),
    )


def with_notice(part: Part) -> Part:
    """The same part, folded because it is about a child."""
    return replace(part, notice=ABOUT_A_CHILD)


def _parts(read: Reading) -> Iterator[Part]:
    for place in (Compartment.ACCOUNT, Compartment.INTIMATE, Compartment.IDENTITY):
        if read.is_open(place):
            yield _open_part(read, place)
        else:
            yield Part(place.value, TITLES[place], None)
        if place is Compartment.ACCOUNT and not read.is_open(place):
            yield _coded_part(read)
    yield from (_later_part(read, at, source) for at, source in enumerate(read.for_trained, 1))
    if read.has_locked_additions:
        yield Part("locked-later", LOCKED_LATER, None)


def _open_part(read: Reading, place: Compartment) -> Part:
    told = sheets(_sources(read, place), _pages(read, place), read.known)
    told_on = {sheet.key for sheet in told}
    return Part(
        place.value,
        TITLES[place],
        tuple(_with_empty(read, sheet, place) for sheet in told),
        notice=_notice(place, read.facts) if told else "",
        untold=untold.without_answers(read.way, place, told_on),
    )


def _pages(read: Reading, place: Compartment) -> list[FormPage]:
    """Where answers of this part stand.

    That a page on sexual violence was opened shows in its own part alone, though it asks also
    for wishes that every coordinator reads (E11).
    """
    is_intimate = place is Compartment.INTIMATE
    return [page for page in read.way.pages if is_intimate or not page.is_sexual]


def _sources(read: Reading, place: Compartment) -> list[Source]:
    """The documents of a part; safe ways to answer stand on top of all."""
    if place is not Compartment.IDENTITY:
        return list(read.sources[place])
    names = contact_names(read)
    return [
        replace(source, answers={n: v for n, v in source.answers.items() if n not in names})
        for source in read.sources[place]
    ]


def _with_empty(read: Reading, sheet: Sheet, place: Compartment) -> Sheet:
    page = next((p for p in read.way.pages if p.key == sheet.key), None)
    empty = untold.left_empty(read.way, page, place) if page else ()
    return replace(sheet, empty=empty)


def _coded_part(read: Reading) -> Part:
    """The coded answers that a coordinator knows without the words around them."""
    place = Compartment.FACTS
    told = sheets([read.coded], _pages(read, place), read.known)
    return Part(place.value, TITLES[place], tuple(told), notice=_notice(place, read.facts))


def _later_part(read: Reading, number: int, source: Source) -> Part:
    told = sheets([replace(source, added_at=None)], read.way.pages, read.known)
    return Part(
        f"later-{number}",
        FOR_TRAINED,
        tuple(told),
        added_at=source.added_at,
        notice=MAY_BE_VIOLENCE,
    )


def _notice(place: Compartment, facts: Facts) -> str:
    if place is Compartment.INTIMATE:
        return ABOUT_VIOLENCE
    is_told = place in {Compartment.ACCOUNT, Compartment.FACTS}
    return ABOUT_A_CHILD if is_told and facts.is_minor else ""
