"""The documents of a report put in order for one reader: what came first, what came later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from intake.casework import Report, Section
from intake.form.answers import Answers
from intake.form.compartments import Compartment
from intake.form.questionnaire import BY_NAME, REPEATED
from intake.form.questions import Day, Listed
from intake.form.sorting import home, is_intimate_code
from intake.triage.facts import Facts
from intake.web.form_pages import pages
from intake.web.report_words import coded_answers
from intake.web.told import Source
from intake.web.untold import Way

_REPORTED: Final = (Compartment.IDENTITY, Compartment.ACCOUNT, Compartment.INTIMATE)


@dataclass(frozen=True)
class Reading:
    """A report for one reader; `sources` are the documents that her keys open, oldest first.

    `for_trained` are additions kept for trained handlers alone, `coded` what only facts know.
    """

    facts: Facts
    sources: Mapping[Compartment, tuple[Source, ...]] = field(repr=False)
    for_trained: tuple[Source, ...] = field(repr=False)
    coded: Source = field(repr=False)
    way: Way = field(repr=False)
    has_locked_additions: bool

    @property
    def known(self) -> Answers:
        return self.way.known

    def is_open(self, place: Compartment) -> bool:
        """Whether the first report of this compartment opens for her."""
        return place in self.sources


def reading(report: Report, facts: Facts, *, is_trained: bool) -> Reading:
    """What this reader may see of `report`; `facts` are those she may know."""
    first = [s for s in report.sections if s.kind == "report" and s.answers is not None]
    later = [s for s in report.sections if s.kind != "report" and s.answers is not None]
    plain = [section for section in later if not section.is_for_trained]
    told = {
        place: _of(place, [*first, *plain])
        for place in _REPORTED
        if any(section.compartment == place for section in first)
    }
    coded = _left(facts, [*first, *later])
    whole = _whole([*first, *later], {} if Compartment.ACCOUNT in told else coded)
    return Reading(
        facts=facts,
        sources=_with_coded(told, coded, facts.language),
        for_trained=tuple(_source(s) for s in later if s.is_for_trained and is_trained),
        coded=Source(_plain(coded), facts.language),
        way=Way(pages(facts.route), *_passed([*first, *later]), Answers.from_json(whole)),
        has_locked_additions=any(
            s.kind != "report" and s.answers is None for s in report.sections
        ),
    )


def _of(place: Compartment, sections: Iterable[Section]) -> tuple[Source, ...]:
    """What the documents tell for one part; later ones have codes of every kind in one."""
    found = []
    for section in sections:
        told = section.answers or {}
        if section.compartment == place and place is not Compartment.INTIMATE:
            answers = _plain(told) if place is Compartment.ACCOUNT else dict(told)
        elif place is Compartment.INTIMATE:
            answers = _intimate(told)
        else:
            continue
        found.append(_source(section, answers))
    return tuple(source for source in found if source.answers or source.added_at is None)


def _source(section: Section, answers: Mapping[str, object] | None = None) -> Source:
    return Source(
        (section.answers or {}) if answers is None else answers,
        section.language,
        section.at if section.kind != "report" else None,
        section.older,
        section.by,
    )


def _with_coded(
    told: Mapping[Compartment, tuple[Source, ...]], coded: Mapping[str, object], language: str
) -> dict[Compartment, tuple[Source, ...]]:
    """Beside the documents what only the facts know, each where it belongs."""
    if _is_coded(told):
        return dict(told)  # what else facts know was worked out from these answers
    plain = _plain(coded)
    parts = {
        Compartment.IDENTITY: {n: v for n, v in plain.items() if _is_of_people(n)},
        Compartment.ACCOUNT: {n: v for n, v in plain.items() if not _is_of_people(n)},
        Compartment.INTIMATE: _intimate(coded),
    }
    return {
        place: (*sources, *((Source(parts[place], language),) if parts[place] else ()))
        for place, sources in told.items()
    }


def _is_coded(told: Mapping[Compartment, tuple[Source, ...]]) -> bool:
    """Whether the documents hold coded answers as told; older ones left them to the facts."""
    names = (name for sources in told.values() for source in sources for name in source.answers)
    questions = (BY_NAME.get(name) for name in names)
    return any(q is not None and q.compartment is Compartment.FACTS for q in questions)


def _is_of_people(name: str) -> bool:
    return home(BY_NAME[name]) is Compartment.IDENTITY


def _left(facts: Facts, sections: Sequence[Section]) -> dict[str, object]:
    """The coded answers that no document tells."""
    left = {}
    for name, value in coded_answers(facts).items():
        told = [s.answers[name] for s in sections if s.answers and name in s.answers]
        if not told:
            left[name] = value
        elif isinstance(value, list):
            known = [code for part in told if isinstance(part, list) for code in part]
            left[name] = [code for code in value if code not in known]
    return {name: value for name, value in left.items() if value != []}


def _whole(sections: Iterable[Section], coded: Mapping[str, object]) -> dict[str, object]:
    """Everything that was told, the newest answer to each question."""
    readable = {
        name: value
        for name, value in coded.items()
        if not (isinstance(BY_NAME[name], Day) and isinstance(value, list))
    }
    for section in sections:
        readable |= section.answers or {}
    return readable


def _plain(told: Mapping[str, object]) -> dict[str, object]:
    """Answers without those about sexual violence."""
    found = {name: _codes(name, value, intimate=False) for name, value in told.items()}
    return {name: value for name, value in found.items() if value is not None}


def _intimate(told: Mapping[str, object]) -> dict[str, object]:
    """Answers about sexual violence alone."""
    found = {name: _codes(name, value, intimate=True) for name, value in told.items()}
    return {name: value for name, value in found.items() if value is not None}


def _codes(name: str, value: object, *, intimate: bool) -> object:
    question = BY_NAME.get(name)
    if _is_intimate_alone(name):
        return value if intimate else None
    if not isinstance(question, Listed) or not isinstance(value, list):
        return None if intimate else value
    codes = [code for code in value if is_intimate_code(question, code) is intimate]
    return codes or None


def _is_intimate_alone(name: str) -> bool:
    """Whether all of the answer, or all of these things, is about sexual violence."""
    things = REPEATED.get(name)
    questions = things.questions if things else (BY_NAME.get(name),)
    return all(q is not None and q.compartment is Compartment.INTIMATE for q in questions)


def _passed(sections: Iterable[Section]) -> tuple[frozenset[str], frozenset[str]]:
    """The steps that were passed, and those of them that were skipped and never came again."""
    passed: set[str] = set()
    skipped: set[str] = set()
    for section in sections:
        skipped = (skipped - set(section.passed)) | set(section.skipped)
        passed |= set(section.passed)
    return frozenset(passed), frozenset(skipped)


def received_at(report: Report) -> datetime | None:
    """When the first report arrived, where any of it opens."""
    return next((s.at for s in report.sections if s.kind == "report" and s.at), None)
