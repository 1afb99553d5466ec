"""What a process keeps of the queue between two pages: it saves reading, and tells nothing."""

import pickle
from uuid import uuid4

import pytest
from sqlalchemy import update

from intake.casework import Reader, Wish, ledger, queue
from intake.casework.case_file import opened
from intake.casework.finding import opening
from intake.store import finding
from intake.store.cases import Selection
from intake.store.tables import CaseRow, DocumentRow, ErasedRow, FacetsRow
from intake.vault import Ring, RingKey, Sealed
from tests.casework.rotating import finish, removed
from tests.people import NOW, Sent, send_and_open, short_report

WOMEN = Wish("all", (("sex", "female"),))
MEN = Wish("all", (("sex", "male"),))
PARTS = "0123456789abcdef"


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "FEW", 1)


def report(reader: Reader, sex: str = "female") -> Sent:
    return send_and_open(reader, short_report(victim_sex=sex))


def found(reader: Reader, wish: Wish) -> set[str]:
    return {row.ref for row in queue(reader, wish, now=NOW).rows}


def ring(reader: Reader) -> RingKey:
    with reader.service.reading() as session:
        return reader.ring(session, Ring.FACTS)


def kept(reader: Reader, key: RingKey | None = None) -> list[bytes]:
    """The sheets that are kept for who holds this secret."""
    sheets, key = reader.service.sheets, key or ring(reader)
    return [content for part in PARTS for content, _known in sheets.opened(part, key).values()]


def spoil(reader: Reader) -> None:
    """Put other bytes into every box of facts and of sheets."""
    with reader.service.writing() as session:
        session.execute(update(FacetsRow).values(box=Sealed(b"\x02" * 90)))
        session.execute(update(DocumentRow).values(box=Sealed(b"\x02" * 90)))


def test_what_was_read_once_is_not_read_again(coordinator_on_each: Reader) -> None:
    reader = coordinator_on_each
    women = {report(reader).ref for _ in range(20)}
    report(reader, "male")
    assert found(reader, WOMEN) == women
    spoil(reader)
    assert found(reader, WOMEN) == women
    assert len(kept(reader)) == 21


def test_what_changed_is_read_anew_and_the_rest_is_not(coordinator_on_each: Reader) -> None:
    reader = coordinator_on_each
    changed, other = report(reader), report(reader)
    assert found(reader, WOMEN) == {changed.ref, other.ref}
    with opened(reader, changed.ref, "changed", now=NOW) as file:
        file.change_facts(victim_sex="male")
    assert (found(reader, WOMEN), found(reader, MEN)) == ({other.ref}, {changed.ref})
    assert len(kept(reader)) == 2


def test_nothing_of_it_can_be_read_without_the_ring(coordinator: Reader) -> None:
    report(coordinator)
    found(coordinator, WOMEN)
    assert any(b"sx=female" in sheet for sheet in kept(coordinator))
    assert b"female" not in pickle.dumps(coordinator.service.sheets)
    assert kept(coordinator, RingKey.fresh(Ring.FACTS)) == []


def test_once_a_case_is_erased_nothing_of_before_is_kept(coordinator: Reader) -> None:
    gone, stays = report(coordinator), report(coordinator)
    found(coordinator, WOMEN)
    with coordinator.service.writing() as session:
        session.add(ErasedRow(id=gone.id, day=NOW.date()))
        ledger.destroy(session, session.get_one(CaseRow, gone.id))
    assert found(coordinator, WOMEN) == {stays.ref}
    assert len(kept(coordinator)) == 1


def test_what_was_read_before_somebody_else_knew_of_an_erasure_is_not_kept(
    coordinator: Reader,
) -> None:
    for _ in range(4):
        report(coordinator)
    with coordinator.service.reading() as session:
        cases = finding.cases(session, Selection("open", uuid4()))
        sheets = iter(opening.Opening(coordinator, session, NOW).all(cases))
        next(sheets)
        coordinator.service.sheets.know_of(1)  # as a page beside this one
        assert len(list(sheets)) == 3
    assert kept(coordinator) == []


def test_a_new_secret_of_the_ring_begins_anew(coordinator: Reader) -> None:
    sent, before = report(coordinator), ring(coordinator)
    found(coordinator, WOMEN)
    removed(coordinator)
    finish(coordinator)
    assert kept(coordinator) == []
    assert found(coordinator, WOMEN) == {sent.ref}
    assert (len(kept(coordinator)), kept(coordinator, before)) == (1, [])


def test_of_few_cases_nothing_is_kept(
    coordinator: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "FEW", 2)
    sent = report(coordinator)
    assert (found(coordinator, WOMEN), kept(coordinator)) == ({sent.ref}, [])
