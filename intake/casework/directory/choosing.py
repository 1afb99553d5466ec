"""Who could take a case on: those first who fit what the person wished, each with reasons.

Who does not fit can be chosen only with the word of who chooses that the person agreed (E08).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from intake.case.fitting import Fit, Known, Wished, fit
from intake.casework import rekeying
from intake.casework.case_file import CaseFile
from intake.casework.directory.entries import Specialist
from intake.casework.directory.keeping import everybody
from intake.casework.directory.wishes import wished
from intake.casework.errors import CaseworkError
from intake.casework.team import absences
from intake.roles import Role

Loads = Mapping[UUID, int]
AGREED: Final = "person_agreed"
"""What the line in the log says beside an act that goes beyond the wish."""


@dataclass
class NotAsWished(CaseworkError):  # noqa: N818 - reads as what is the matter
    """She does not fit what the person wished: `against` are codes of the rules that bind."""

    against: tuple[str, ...]


@dataclass(frozen=True)
class Candidate:
    """Somebody who could be chosen, and how she fits; `who` is what steps name her by."""

    who: UUID
    name: str
    roles: tuple[Role, ...]
    fit: Fit
    open: int
    most: int | None
    is_forensic: bool
    is_written: bool
    """Whether anything of her stands in the directory."""
    reach: str = field(default="", repr=False)


@dataclass(frozen=True)
class Choosing:
    """What the person wished, who fits and who does not; each list in its order.

    `outside` are those without an account who fit: no case can be opened to them, but a kind
    of help can be led by them.
    """

    wished: Wished
    fitting: tuple[Candidate, ...]
    others: tuple[Candidate, ...]
    outside: tuple[Candidate, ...] = ()

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        return (*self.fitting, *self.others)

    def but_for(self, code: str) -> tuple[Candidate, ...]:
        """Those who would fit if this one wish were not."""
        return tuple(one for one in self.others if one.fit.against == (code,))


def choosing(file: CaseFile, offered: Collection[UUID], loads: Loads) -> Choosing:
    """The members `offered`, judged by the directory for this case."""
    known = _everybody(file)
    members = [known[who] for who in offered if who in known]
    others = [one for one in known.values() if one.is_outside]
    wish, absent = wished(file), _absent(file)
    found = _in_order(_candidate(file, wish, one, loads, absent) for one in members)
    beyond = _in_order(_candidate(file, wish, one, loads, absent) for one in others)
    return Choosing(
        wish,
        tuple(one for one in found if one.fit.fits),
        tuple(one for one in found if not one.fit.fits),
        tuple(one for one in beyond if one.fit.fits),
    )


def demand_fitting(file: CaseFile, who: UUID, *, agreed: bool) -> None:
    """`NotAsWished` unless she fits, or the person agreed; then the line in the log says so."""
    against = _against(file, who)
    if not against:
        return
    if not agreed:
        raise NotAsWished(against)
    file.told[AGREED] = list(against)


def _against(file: CaseFile, who: UUID) -> tuple[str, ...]:
    wish = wished(file)
    if not wish.is_binding:
        return ()
    found = _everybody(file).get(who)
    known = found.known(today=_today(file)) if found else Known()
    return fit(wish, known).against


def _everybody(file: CaseFile) -> Mapping[UUID, Specialist]:
    return everybody(file.reader, file.session, rekeying.directory(file))


def _absent(file: CaseFile) -> Mapping[UUID, date]:
    """Coordinators who are away today, as they told each other, with the last day of it."""
    today = _today(file)
    return {
        one.member: one.until
        for one in absences.days(file.reader, file.session)
        if one.is_on(today)
    }


def _candidate(
    file: CaseFile, wish: Wished, one: Specialist, loads: Loads, absent: Mapping[UUID, date]
) -> Candidate:
    number = loads.get(one.who, 0)
    known = one.known(today=_today(file), open_cases=number, absent=absent.get(one.who))
    return Candidate(
        who=one.who,
        name=one.name,
        roles=one.roles,
        fit=fit(wish, known),
        open=number,
        most=one.about.most,
        is_forensic=one.about.is_forensic,
        is_written=one.is_written,
        reach=one.about.reach,
    )


def _in_order(found: Iterable[Candidate]) -> list[Candidate]:
    return sorted(found, key=lambda one: (one.fit.place, one.name.casefold()))


def _today(file: CaseFile) -> date:
    return file.now.astimezone(file.reader.service.settings.zone).date()
