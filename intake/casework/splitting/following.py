"""What who wrote allows, wishes and changes holds in the case that was split off, too.

The conversation stays with the first case, so the other one asks there whenever it is used.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final, TypeAlias
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.casework.case_documents import Document, opened_document
from intake.casework.case_file import CaseFile
from intake.casework.case_rows import keys_of, newest_facts
from intake.casework.consent_records import OWN
from intake.casework.consents import told
from intake.casework.errors import UnknownCase
from intake.casework.facts_box import KeptFacts, read_facts
from intake.casework.reader import Reader
from intake.casework.splitting import link_boxes
from intake.casework.splitting.link_boxes import SPLIT_OFF, Link
from intake.consent import Consent, TakenBack
from intake.form.compartments import Compartment
from intake.store.tables import CaseRow, DocumentRow
from intake.vault import CaseKeys, NotForYou, Ring, UnsealError

Counted: TypeAlias = Callable[[Reader, Session, CaseRow, CaseKeys, KeptFacts], KeptFacts]
"""The facts of a case with what waits to be taken in, as `additions` counts it."""
_NOT_ANY_MORE: Final = frozenset({"closed", "erased"})


def carried(kept: KeptFacts, first: KeptFacts, *, is_same: bool) -> KeptFacts:
    """`kept` with what goes along from the first case: for another person, of who wrote alone.

    No consent of one person is another's (E05); that the words are kept, and how who wrote may
    be answered, is allowed by nobody else than who wrote.
    """
    given = [c for c in first.given if is_same or (c.code in OWN and c.step is None)]
    if not is_same:
        given = [replace(consent, giver="") for consent in given]
    return _with_wishes(told(kept, given, _ends(first.withdrawals, given)), first)


def _ends(withdrawals: Iterable[TakenBack], given: Iterable[Consent]) -> Iterable[TakenBack]:
    known = {consent.code for consent in given}
    for one in withdrawals:
        if codes := tuple(code for code in one.codes if code in known):
            yield replace(one, codes=codes)


def followed(
    reader: Reader,
    session: Session,
    row: CaseRow,
    keys: CaseKeys,
    kept: KeptFacts,
    counted: Counted,
) -> KeptFacts:
    """The facts of a case, where it was split off with what the first one says by now."""
    found = _first(reader, session, keys)
    if found is None:
        return kept
    link, first, first_keys = found
    try:
        sealed = newest_facts(session, first.id)
        ring = reader.ring_at(session, Ring.FACTS, sealed.generation)
        now = counted(reader, session, first, first_keys, read_facts(sealed, ring))
    except (NotForYou, UnsealError, UnknownCase):
        return kept
    return carried(_of_its_own(session, row, kept), now, is_same=link.is_same)


def _of_its_own(session: Session, row: CaseRow, kept: KeptFacts) -> KeptFacts:
    """`kept` without what entries of the first case told: that case says which still stand."""
    mine = DocumentRow.case_id == row.id, DocumentRow.kind == "step"
    own = {None, *session.scalars(select(DocumentRow.id).where(*mine))}
    given = (consent for consent in kept.given if consent.step in own)
    return kept.with_given(given, (one for one in kept.withdrawals if one.step in own))


def _with_wishes(kept: KeptFacts, first: KeptFacts) -> KeptFacts:
    """To stop, to be erased and to be reached in another way is wished for every case."""
    facts = replace(
        kept.facts,
        withdrawal_asked=kept.facts.withdrawal_asked or first.facts.withdrawal_asked,
        erasure_asked=kept.facts.erasure_asked or first.facts.erasure_asked,
        contact_method=first.facts.contact_method,
    )
    return replace(kept, facts=facts)


def follow(file: CaseFile, counted: Counted) -> None:
    """Keep in a case that was split off what changed in the first one since."""
    if file.row.stage in _NOT_ANY_MORE:
        return
    found = _first(file.reader, file.session, file.keys)
    if found is None:
        return
    file.keep(followed(file.reader, file.session, file.row, file.keys, file.kept, counted))
    _link, first, keys = found
    for document in _changed_ways(file.session, first, keys):
        id_ = _named(file.row.id, document.id)
        if not file.has(id_):
            content = dict(document.content or {})
            file.add_document(Compartment.IDENTITY, "correction", content, id_=id_)


def _changed_ways(session: Session, case: CaseRow, keys: CaseKeys) -> Iterable[Document]:
    """Where who wrote told anew how to be reached: what was told before may not be safe."""
    rows = session.scalars(
        select(DocumentRow).where(
            DocumentRow.case_id == case.id,
            DocumentRow.compartment == Compartment.IDENTITY,
            DocumentRow.kind == "correction",
        )
    )
    opened = (opened_document(row, keys) for row in rows)
    return [one for one in opened if one.content and one.content.get("replaces")]


def _named(case: UUID, document: UUID) -> UUID:
    digest = hashlib.sha256(case.bytes + document.bytes).digest()
    return UUID(bytes=digest[:16], version=4)


def _first(
    reader: Reader, session: Session, keys: CaseKeys
) -> tuple[Link, CaseRow, CaseKeys] | None:
    """The case that this one was split from, as far as the reader may open it."""
    for link in link_boxes.of_case(session, keys):
        first = session.get(CaseRow, link.other) if link.side == SPLIT_OFF else None
        if first is None:
            continue
        try:
            return link, first, keys_of(reader, session, first, boxes=False)
        except (NotForYou, UnsealError):
            return None
    return None
