"""The ways into the work on a case: write a step, go to another stage."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from intake.case.kinds import KINDS
from intake.case.stages import BY_CODE
from intake.casework import additions
from intake.casework.case_file import CaseFile, opened
from intake.casework.cases import demand_opened
from intake.casework.errors import Conflict, NotAllowed
from intake.casework.notes import named
from intake.casework.reader import Reader
from intake.casework.work.deeds import MOVE, STEP, Deed, asked_for, demand, people
from intake.casework.work.doing import Doers, do
from intake.casework.work.proposing import propose
from intake.form.answers import Answers
from intake.roles import Permission
from intake.store.tables import ProposalRow


class Written(StrEnum):
    """What became of a deed."""

    DONE = "done"
    PROPOSED = "proposed"


def add_step(  # noqa: PLR0913 - all that one form brings
    reader: Reader,
    ref: str,
    what: str,
    answers: Answers,
    *,
    once: str,
    about: UUID | None = None,
    replaces: UUID | None = None,
    now: datetime,
) -> Written:
    """Write down a step of the kind `what`, or propose it where two must decide.

    Raises `NotAllowed` for what nobody writes by hand and before the case was opened,
    `Lacking`, `GateClosed`, `NotYet`, and `Conflict` where what it follows or replaces stands
    no longer. The same form sent again changes nothing.
    """
    reader.demand(Permission.WRITE_STEPS)
    if what not in KINDS:
        raise NotAllowed
    deed = asked_for(Deed(STEP, what, answers, about, replaces))
    with opened(reader, ref, "step_added", now=now) as file:
        demand_opened(file)
        return _write(file, deed, named(once, file.row.id, deed.words))


def move(  # noqa: PLR0913 - all that one form brings
    reader: Reader,
    ref: str,
    way: str,
    answers: Answers,
    *,
    version: int | None,
    once: str,
    now: datetime,
) -> Written:
    """Take the case along `way`, or propose it where two must decide.

    Without `version` what changed meanwhile does not matter, as long as nothing is missing.
    Raises `NotYet`, `Conflict`. The same form sent again changes nothing.
    """
    reader.demand(Permission.MOVE_CASE)
    if way not in BY_CODE or way == "received_to_screening":  # that is opening it
        raise NotAllowed
    deed = asked_for(Deed(MOVE, way, answers))
    with opened(reader, ref, "moved", now=now) as file:
        demand_opened(file)
        return _write(file, deed, named(once, file.row.id, deed.words), version=version)


def _write(file: CaseFile, deed: Deed, id_: UUID, *, version: int | None = None) -> Written:
    if file.has(id_):
        file.act = None
        return Written.DONE
    if file.session.get(ProposalRow, id_) is not None:
        file.act = None
        return Written.PROPOSED
    if version is not None:
        demand_version(file, version)
    # What the reporter wishes counts at once, before anybody reads her words.
    additions.merge(file)
    demand(file, deed)
    if people(file, deed) == 1:
        do(file, deed, Doers(file.reader.member), id_=id_)
        return Written.DONE
    file.act = "proposed"
    propose(file, deed, id_)
    return Written.PROPOSED


def demand_version(file: CaseFile, version: int) -> None:
    """`Conflict` where the case changed since the page was shown."""
    if file.row.version != version:
        raise Conflict
