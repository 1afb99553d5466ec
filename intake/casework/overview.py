"""What is known of a case without opening it, and what was changed in it meanwhile."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from intake.case.running import Started
from intake.casework import additions, alarm
from intake.casework.case_rows import found_or_nobody, keys_of, newest_facts
from intake.casework.consents import plain
from intake.casework.errors import UnknownCase
from intake.casework.facts_box import KeptFacts, read_facts
from intake.casework.finding import Row, row_of
from intake.casework.reader import Reader
from intake.casework.splitting.following import followed
from intake.casework.work.pages import told_flags
from intake.casework.work.reckoning import reckoned_of_facts
from intake.consent import Consent
from intake.roles import Permission
from intake.store.tables import CaseRow
from intake.triage import Facts
from intake.vault import CaseKeys, NotForYou, Ring, UnsealError


@dataclass(frozen=True)
class Overview:
    """What is known of a case without opening the report: codes, urgency, time.

    `consents` are the codes of what is allowed now, `given` everything that ever was, with
    giver and times. `differences` name what was changed behind the program's back. `limits`
    are those that run, as the facts keep them, `flags` codes of that vocabulary.
    """

    row: Row
    version: int
    facts: Facts
    consents: tuple[str, ...]
    is_opened: bool
    differences: tuple[str, ...] = ()
    given: tuple[Consent, ...] = ()
    limits: tuple[Started, ...] = ()
    flags: tuple[str, ...] = ()

    @property
    def withdrawn(self) -> tuple[Consent, ...]:
        """What was allowed once and was taken back, the newest first."""
        ended = [c for c in self.given if c.withdrawn_at and c.code not in self.consents]
        newest = {consent.code: consent for consent in sorted(ended, key=_end)}
        return tuple(sorted(newest.values(), key=_end, reverse=True))


def _end(consent: Consent) -> datetime:
    return consent.withdrawn_at or consent.given_at


def overview(reader: Reader, ref: str, *, now: datetime) -> Overview:
    """The case as far as the ring `facts` tells; `UnknownCase` for what she may not see.

    What the reporter wishes counts as soon as it is there, before anybody takes it in.
    """
    reader.demand(Permission.OPEN_CASE)
    with reader.service.reading() as session:
        row = found_or_nobody(session, ref)
        keys, differences = _compared(reader, session, row, now)
        try:
            sealed = newest_facts(session, row.id)
            kept = read_facts(sealed, reader.ring_at(session, Ring.FACTS, sealed.generation))
        except (NotForYou, UnsealError):
            raise UnknownCase from None
        if keys is not None:
            kept = _as_known(reader, session, row, keys, kept)
        kept = reckoned_of_facts(kept, row, now=now)
        return Overview(
            row=row_of(reader, session, row, kept, now=now),
            version=row.version,
            facts=_told_to(reader, kept.facts),
            consents=_codes_for(reader, kept.in_force(now)),
            is_opened=row.stage != "received",
            differences=differences,
            given=_given_for(reader, kept.given),
            limits=kept.clocks,
            flags=told_flags(reader, kept.flags),
        )


def _as_known(
    reader: Reader, session: Session, row: CaseRow, keys: CaseKeys, kept: KeptFacts
) -> KeptFacts:
    """The facts with what the reporter wishes, also where that was said in the first case."""
    kept = additions.with_waiting(reader, session, row, keys, kept)
    return followed(reader, session, row, keys, kept, additions.with_waiting)


def _compared(
    reader: Reader, session: Session, row: CaseRow, now: datetime
) -> tuple[CaseKeys | None, tuple[str, ...]]:
    """Her keys of the case, and what differs; `UnknownCase` when no wrap is for her."""
    try:
        keys = keys_of(reader, session, row, boxes=False)
    except NotForYou:
        raise UnknownCase from None
    except UnsealError:
        return None, ("keys",)
    return keys, alarm.differences(session, reader.service, row, keys, now=now)


def _codes_for(reader: Reader, codes: tuple[str, ...]) -> tuple[str, ...]:
    return codes if reader.is_trained else plain(codes)


def _given_for(reader: Reader, given: tuple[Consent, ...]) -> tuple[Consent, ...]:
    """Consents without those for intimate pictures, for who is no trained handler."""
    return given if reader.is_trained else tuple(c for c in given if plain((c.code,)))


def _told_to(reader: Reader, facts: Facts) -> Facts:
    """The facts without what only a trained handler may know (E11)."""
    return facts if reader.is_trained else facts.without_sexual_violence()
