"""Making a case of its own out of a report that tells of several persons or matters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from intake.case.stages import BY_CODE
from intake.casework import additions, arrival
from intake.casework.arrival import Arrival
from intake.casework.case_file import CaseFile, opened
from intake.casework.case_saving import finish
from intake.casework.cases import demand_opened
from intake.casework.errors import Conflict
from intake.casework.facts_box import KeptFacts
from intake.casework.incoming import Report
from intake.casework.notes import named
from intake.casework.reader import Reader
from intake.casework.splitting import both, choosing, keeping
from intake.casework.splitting.following import carried
from intake.casework.splitting.link_boxes import FIRST, SPLIT, Link
from intake.casework.splitting.merging import Stood, no_less_urgent
from intake.casework.splitting.telling import Choice, about
from intake.casework.work.doing import Doers, go
from intake.form.answers import Answers
from intake.form.compartments import Compartment
from intake.form.people import TRAINED_ONLY
from intake.form.repeating import PERSON_CONTACT, PERSONS
from intake.form.sorting import later_documents
from intake.roles import Permission
from intake.store.adding import add
from intake.store.tables import CaseRow, DocumentRow
from intake.triage import Facts

REACHED_BY: Final = "reached_by"
"""The occasion of a note that says how the person can be reached, as the report told it."""


@dataclass(frozen=True)
class _Split:
    """What the new case tells: `described` is what a coordinator wrote, not the reporter."""

    reported: Answers = field(repr=False)
    described: Answers = field(repr=False)
    facts: Facts
    restricted: bool


def split(  # noqa: PLR0913 - all that one form brings
    reader: Reader,
    ref: str,
    choice: Choice,
    why: str,
    *,
    once: str,
    version: int,
    now: datetime,
) -> str:
    """Make a case of its own for those chosen; its reference. Sent again it makes no other.

    The first case keeps all that it held, and the conversation. Raises
    `choosing.NeedsTrainedReader`, `choosing.NobodyChosen`, and `Conflict` when the case was
    changed meanwhile.
    """
    reader.demand(Permission.MOVE_CASE)
    with opened(reader, ref, "split", now=now) as file:
        demand_opened(file)
        id_ = named(once, file.row.id, SPLIT)
        if (made := file.session.get(CaseRow, id_)) is not None:
            file.act = None
            return made.ref
        if file.row.version != version:
            raise Conflict
        additions.merge(file)
        choosing.demand(file, choice)
        new = _made(file, choice, id_)
        both.put(file, new, _link(file, new, choice, why))
        finish(new)
        return new.row.ref


def _link(file: CaseFile, new: CaseFile, choice: Choice, why: str) -> Link:
    return Link(
        id=uuid4(),
        case=file.row.id,
        other=new.row.id,
        kind=SPLIT,
        twin=uuid4(),
        by=file.reader.member,
        at=file.now,
        why=why,
        side=FIRST,
        persons=choice.persons,
        is_same=choice.is_same,
    )


def _made(file: CaseFile, choice: Choice, id_: UUID) -> CaseFile:
    """The new case, stored like a report that came in, and opened by who splits."""
    it = _told(file, choice)
    kept = keeping.restriction_of(file)
    fresh = arrival.prepare(_report(file, it.reported), file.reader.service.pins(), id_=id_)
    if kept is not None:
        keeping.close_rings(file, fresh)
    add(file.session, fresh.rows)
    new = _opened(file, fresh, it.facts)
    new.keep(carried(new.kept, file.kept, is_same=choice.is_same))
    go(new, BY_CODE["received_to_screening"], Answers(), Doers(file.reader.member))
    _write_down(new, it, choice, file)
    if kept is not None:
        keeping.keep_alike(file, new, kept, restricted=it.restricted)
    return new


def _told(file: CaseFile, choice: Choice) -> _Split:
    answers = choosing.answers_of(file)
    restricted = file.facts.needs_trained_reader
    if restricted:
        answers = answers.having(TRAINED_ONLY, value=True)
    told = about(answers, choice)
    reported = about(answers, replace(choice, described=Answers()))
    mine = {n: v for n, v in told.values.items() if reported.values.get(n) != v}
    facts = _facts(file, told)
    return _Split(reported, Answers(mine), facts, restricted)


def _facts(file: CaseFile, told: Answers) -> Facts:
    """The coded part; whether contact is allowed now, consents tell."""
    facts = replace(_report(file, told).facts(), consent_contact=False)
    first = Stood(file.facts.received_at, file.row.level)
    return no_less_urgent(facts, first, by=file.reader.handle, now=file.now)


def _report(file: CaseFile, answers: Answers) -> Report:
    facts, given = file.facts, file.kept.given
    return Report(
        answers,
        language=facts.language,
        route=facts.route,
        channel=facts.channel,
        received_at=facts.received_at,
        words={consent.code: consent.text_version for consent in given},
    )


def _opened(file: CaseFile, fresh: Arrival, facts: Facts) -> CaseFile:
    row = next(one for one in fresh.documents if one.compartment == Compartment.FACTS)
    stored = file.session.get_one(DocumentRow, row.place)
    return CaseFile(
        session=file.session,
        reader=file.reader,
        row=file.session.get_one(CaseRow, fresh.case.id),
        keys=fresh.keys,
        now=file.now,
        known=(KeptFacts(facts), stored),
        act="split_off",
        is_changed=True,
    )


def _write_down(new: CaseFile, it: _Split, choice: Choice, file: CaseFile) -> None:
    """What a coordinator told of somebody, under her name, and how a person can be reached."""
    if it.described:
        identity, words = later_documents(it.described)
        language = {"language": file.facts.language}
        new.add_document(Compartment.IDENTITY, "correction", {**language, "answers": identity})
        new.add_document(Compartment.ACCOUNT, "correction", {**language, "answers": words})
    for text in _ways(file, choice):
        note = {"text": text, "by": new.reader.handle, "occasion": REACHED_BY, "to": ""}
        new.add_document(Compartment.IDENTITY, "note", note)


def _ways(file: CaseFile, choice: Choice) -> Iterator[str]:
    """How the first of those chosen can be reached, as the report told it."""
    things = choosing.answers_of(file).of(PERSONS)
    told = [it.answers for it in things if it.id in choice.persons][:1]
    for answers in (*told, choice.described):
        if words := answers[PERSON_CONTACT]:
            yield words
