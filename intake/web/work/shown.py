"""What was written down about a case, as its pages show it: steps, help, record, ways."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from flask import url_for
from flask_babel import gettext

from intake.case.kinds import KINDS, Kind
from intake.case.kinds.striking import STRUCK
from intake.case.steps import CaseStep
from intake.case.tracks import TrackNow
from intake.casework import FOR_TRAINED, Work
from intake.form.answers import Answers
from intake.form.questions import AnyQuestion, Member, Text
from intake.form.steps import Step
from intake.web.said import Said, said
from intake.web.staff_pages import label
from intake.web.work import clock_lines, words
from intake.web.work.clock_lines import ClockLine
from intake.web.work.words import Missing

LEGAL: Final = (
    *("complaint", "erdr", "qualification", "investigation", "forensic", "protection"),
    *("suspension", "decision", "appeal", "complaint_withdrawn"),
)
SENT: Final = ("npm_request", "un_appeal", "wgeid_form", "partner_share", "publication")
CONTACT: Final = ("attempt", "safe_hours")
_NAMED_BY: Final[Mapping[str, str]] = {
    "decision": "decision",
    "complaint": "complaint_body",
    "protection": "protection_measure",
    "suspension": "suspension_whom",
}
"""The answer by which one of several steps of a kind is recognised."""
HARD: Final = "interview"
"""The kind of step whose long words tell what was done to somebody."""
_NOT_FOLLOWING: Final = frozenset({"set_aside", STRUCK})
NOBODY: Final[Mapping[UUID, str]] = {}


@dataclass(frozen=True)
class Link:
    """A button that leads to a form."""

    words: str
    address: str


@dataclass(frozen=True)
class StepLine:
    """One step that was written down; `about` says what it follows.

    `hard` are words that may be hard to read, shown to who asks for them. `struck` is the step
    that struck it out.
    """

    id: UUID
    title: str
    at: datetime
    by: str
    second: str
    lines: tuple[Said, ...] = field(repr=False)
    about: str
    is_hidden: bool
    stands: bool
    hard: tuple[Said, ...] = field(default=(), repr=False)
    struck: StepLine | None = None
    correct: str = ""
    strike: str = ""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class TrackLine:
    """One kind of help: how it stands, who leads it, since when; empty where none was begun."""

    title: str
    status: str
    lead: str
    changed_at: datetime | None
    address: str
    missing: list[Missing]
    """What keeps it from being begun."""


def answered(
    page: Step, answers: Answers, handles: Mapping[UUID, str] = NOBODY
) -> tuple[Said, ...]:
    """Questions with their answers, as far as they were answered."""
    values = answers.values
    asked = (q for q in page.questions if q.name in values)
    return tuple(_said(question, values[question.name], handles) for question in asked)


def _said(question: AnyQuestion, value: object, handles: Mapping[UUID, str]) -> Said:
    if value == FOR_TRAINED:
        return Said(gettext(question.label), (gettext("for trained handlers only"),))
    if isinstance(question, Member):
        return Said(gettext(question.label), (handles.get(UUID(str(value)), "?"),))
    return said(question, value)


def step_line(ref: str, work: Work, step: CaseStep) -> StepLine:
    """One step in words; where some are for trained handlers alone, she cannot correct it."""
    kind, is_hidden = KINDS[step.what], step.id in work.hidden
    stands, struck_by = step.id in work.standing, _struck_by(work, step)
    may_change = stands and not is_hidden
    lines = answered(kind.page, step.answers, work.handles)
    hard = tuple(line for line in lines if step.what == HARD and line.is_long)
    return StepLine(
        id=step.id,
        title=gettext(kind.title),
        at=step.at,
        by=work.handles.get(step.by, ""),
        second=work.handles.get(step.second, "") if step.second else "",
        lines=tuple(line for line in lines if line not in hard),
        about=name_of(work, step.about),
        is_hidden=is_hidden,
        stands=stands,
        hard=hard,
        struck=step_line(ref, work, struck_by) if struck_by else None,
        correct=_correct(ref, kind, step) if may_change else "",
        strike=_strike(ref, step) if may_change else "",
        links=tuple(_followed_by(ref, step)) if may_change else (),
    )


def _correct(ref: str, kind: Kind, step: CaseStep) -> str:
    is_final = kind.automatic or kind.code == STRUCK
    if is_final or step.is_by_two or kind.people(step.answers) > 1:
        return ""
    return url_for("writing.ask", ref=ref, kind=kind.code, replaces=step.id)


def _strike(ref: str, step: CaseStep) -> str:
    if step.what not in KINDS[STRUCK].about:
        return ""
    return url_for("writing.ask", ref=ref, kind=STRUCK, about=step.id)


def _struck_by(work: Work, step: CaseStep) -> CaseStep | None:
    found = (one for one in work.steps if one.what == STRUCK and one.about == step.id)
    return next(found, None)


def _followed_by(ref: str, step: CaseStep) -> Iterable[Link]:
    """What can be written down about this step."""
    for kind in KINDS.values():
        if step.what in kind.about and kind.code not in _NOT_FOLLOWING:
            address = url_for("writing.ask", ref=ref, kind=kind.code, about=step.id)
            yield Link(gettext(kind.title), address)


def name_of(work: Work, id_: UUID | None) -> str:
    """What a step is called beside others: «Decision: refusal to register»."""
    step = next((one for one in work.steps if one.id == id_), None)
    if step is None:
        return ""
    kind, named = KINDS[step.what], ""
    if step.what in _NAMED_BY:
        named = _answer(kind, step, _NAMED_BY[step.what])
    return f"{gettext(kind.title)}: {named}" if named else gettext(kind.title)


def _answer(kind: Kind, step: CaseStep, name: str) -> str:
    question = next(q for q in kind.page.questions if q.name == name)
    value = step.answers.values.get(name)
    if value is None:
        return ""
    words_ = ", ".join(said(question, value).words)
    return words_[:60] if isinstance(question, Text) else words_


def standing(ref: str, work: Work, *kinds: str) -> list[StepLine]:
    """What stands of these kinds, oldest first."""
    return [step_line(ref, work, s) for s in work.steps if _stands(work, s, kinds)]


def _stands(work: Work, step: CaseStep, kinds: tuple[str, ...]) -> bool:
    return step.what in kinds and step.id in work.standing


def written(ref: str, work: Work) -> list[StepLine]:
    """Everything that was ever written down, newest first."""
    return [step_line(ref, work, step) for step in reversed(work.steps)]


def track_lines(ref: str, work: Work, codes: Iterable[str]) -> list[TrackLine]:
    """Every kind of help, begun or not."""
    return [_track(ref, work, code) for code in codes]


def _track(ref: str, work: Work, code: str) -> TrackLine:
    now = work.record.tracks.get(code)
    address = url_for("writing.ask", ref=ref, kind="track", track=code)
    return TrackLine(
        label("track", code),
        label("track_status", now.status) if now else "",
        _lead(work, now) if now else "",
        now.changed_at if now else None,
        address,
        [] if now else _before_it_begins(ref, work, code),
    )


def _before_it_begins(ref: str, work: Work, code: str) -> list[Missing]:
    """What a kind of help waits for that passes a gate."""
    missing = work.gates[code] if code == KINDS["track"].act else ()
    return words.missing_lines(ref, missing, "gate")


def _lead(work: Work, track: TrackNow) -> str:
    """Who leads it: a member by handle, or somebody outside in words."""
    if track.member is None:
        return track.lead
    handle = work.handles.get(track.member) or track.lead or "?"
    if any(one.id == track.member for one in work.leaders):
        return handle
    return gettext("%(handle)s, who cannot lead it any more", handle=handle)


def limits(ref: str, work: Work) -> list[ClockLine]:
    """Every limit of the case, what presses first."""
    return [
        clock_lines.clock_line(ref, clock, stage=work.stage, about=name_of(work, clock.about))
        for clock in clock_lines.by_pressure(work.clocks)
    ]
