"""A case that is kept for named colleagues stays kept for them in what is split from it."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from intake.casework import arrival, rekeying
from intake.casework.arrival import Arrival
from intake.casework.case_file import CaseFile
from intake.casework.grant_records import Restriction, records, write_restriction
from intake.casework.grant_wraps import NOTHING
from intake.casework.restricting import seal_for_recovery
from intake.store.tables import CaseKeysRow
from intake.vault import CaseKeys, Ring


def restriction_of(file: CaseFile) -> Restriction | None:
    """For whom the case is kept; None where it is for every coordinator."""
    return records(file).restriction


def close_rings(file: CaseFile, fresh: Arrival) -> None:
    """Seal no key of the new case to any ring; the wraps look as they do elsewhere."""
    rings = file.reader.service.pins().rings
    nothing = CaseKeys(fresh.case.id, {})
    for wrap in fresh.wraps:
        pin = rings[Ring(wrap.ring or "")]
        wrap.box = nothing.seal_to_ring(pin.public, Ring(wrap.ring or ""), pin.generation)


def keep_alike(first: CaseFile, new: CaseFile, kept: Restriction, *, restricted: bool) -> None:
    """Keep the new case for the same colleagues; with `restricted` the account is for few.

    Who was let in by the recovery sheets stays in, too; grants of specialists do not go along.
    """
    slots = arrival.case_slots(restricted=restricted)
    write_restriction(new, kept.named, slots, kept.reason)
    new.keep(replace(new.kept, restricted_to=first.kept.restricted_to))
    known, entries = records(new), rekeying.directory(new)
    granted = records(first).grants
    for wrap in rekeying.member_wraps(first):
        entry = entries.get(wrap.member_id or new.row.id)
        if entry is None or not wrap.box or wrap.member_id in granted:
            continue
        own = CaseKeysRow(uuid4(), new.row.id, 0, NOTHING, member_id=entry.member)
        new.session.add(own)
        rekeying.seal(new, own, entry, rekeying.slots_for(entry, known))
    new.session.flush()
    if (recovery := new.reader.service.pins().recovery) is not None:
        seal_for_recovery(new, recovery)
