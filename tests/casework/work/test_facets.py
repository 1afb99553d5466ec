"""The sheet beside the facts: there for every version, made anew, never older than its case."""

from uuid import uuid4

import pytest
from sqlalchemy import delete, select, update

from intake.casework import Reader, go_on, open_case, rotation, take
from intake.casework.finding.sheet import Sheet
from intake.casework.leaving import hand_on
from intake.casework.work import facets
from intake.roles import Role
from intake.store.tables import CaseRow, FacetsRow
from intake.store.team import TeamDocumentRow
from intake.vault import Ring, UnsealError, box_team, open_facets, open_team, seal_own
from tests.casework.joining import add, proof
from tests.casework.rotating import finish, removed, take_out
from tests.casework.work.answering import go, write
from tests.people import NOW, Sent, send, send_and_open


def sheet(reader: Reader, sent: Sent) -> Sheet | None:
    """The sheet that holds for the case as it stands; None where there is none."""
    with reader.service.reading() as session:
        case = session.get_one(CaseRow, sent.id)
        where = FacetsRow.case_id == case.id, FacetsRow.version == case.version
        row = session.scalars(select(FacetsRow).where(*where)).one_or_none()
        if row is None:
            return None
        ring = reader.ring_at(session, Ring.FACTS, row.generation)
        return Sheet(open_facets(row.box, ring, case=case.id, version=row.version))


def test_every_save_leaves_the_sheet_of_that_version(coordinator_on_each: Reader) -> None:
    sent = send(coordinator_on_each.service)
    assert sheet(coordinator_on_each, sent) is None
    open_case(coordinator_on_each, sent.ref, now=NOW)
    first = sheet(coordinator_on_each, sent)
    go(coordinator_on_each, sent.ref, "screening_to_contacting", moved_level="u1")
    write(coordinator_on_each, sent.ref, "attempt")
    later = sheet(coordinator_on_each, sent)
    assert first is not None
    assert later is not None
    assert first.content != later.content


def test_missing_and_older_sheets_are_made_beside_other_work(coordinator: Reader) -> None:
    unopened, gone, older = (send(coordinator.service) for _ in range(3))
    for sent in (gone, older):
        open_case(coordinator, sent.ref, now=NOW)
    with coordinator.service.writing() as session:
        session.execute(delete(FacetsRow).where(FacetsRow.case_id == gone.id))
        of_older = update(FacetsRow).where(FacetsRow.case_id == older.id)
        session.execute(of_older.values(version=1))
    assert [sheet(coordinator, sent) for sent in (unopened, gone, older)] == [None] * 3
    go_on(coordinator, now=NOW)
    assert all(sheet(coordinator, sent) for sent in (unopened, gone, older))
    assert facets.make_missing(coordinator, now=NOW, at_most=50) == facets.Made()


def test_a_sheet_of_an_earlier_version_does_not_pass_for_the_newest(
    coordinator: Reader,
) -> None:
    sent = send_and_open(coordinator)
    with coordinator.service.reading() as session:
        row = session.scalars(select(FacetsRow)).one()
        before = row.version, row.box
    write(coordinator, sent.ref, "review")
    with coordinator.service.writing() as session:
        row = session.scalars(select(FacetsRow)).one()
        row.box = before[1]
    with coordinator.service.reading() as session:
        row, ring = (
            session.scalars(select(FacetsRow)).one(),
            coordinator.ring(session, Ring.FACTS),
        )
        with pytest.raises(UnsealError):
            open_facets(row.box, ring, case=sent.id, version=row.version)


def test_handing_on_the_cases_of_who_left_keeps_their_sheets(coordinator: Reader) -> None:
    leaver = add(coordinator, "larch", Role.COORDINATOR)
    sent = send_and_open(coordinator)
    take(leaver, sent.ref, now=NOW)
    before = sheet(coordinator, sent)
    take_out(coordinator, leaver.member)
    hand_on(coordinator, leaver.member, coordinator.member, proof=proof(coordinator), now=NOW)
    after = sheet(coordinator, sent)
    assert before is not None
    assert after is not None
    assert after.content == before.content


def test_after_a_rotation_who_left_opens_neither_sheets_nor_what_the_team_shares(
    coordinator: Reader,
) -> None:
    sent = send_and_open(coordinator)
    shared, own = share(coordinator), keep(coordinator)
    kept = removed(coordinator)
    finish(coordinator)
    opened = {table for table, _id in kept.opened(coordinator.service)}
    assert opened.isdisjoint({"facets", "team_document"})
    assert sheet(coordinator, sent) is not None
    with coordinator.service.reading() as session:
        row = session.get_one(TeamDocumentRow, shared)
        ring = coordinator.ring(session, Ring.CASE)
        assert row.generation == ring.generation
        assert open_team(row.box, ring, id=row.id, kind="tag", revision=1) == b"Mass detention"
        assert session.get_one(TeamDocumentRow, own).generation is None
    assert {one.left for one in rotation.status(coordinator.service)} == {0}


def share(reader: Reader) -> object:
    with reader.service.writing() as session:
        ring, id_ = reader.ring(session, Ring.CASE), uuid4()
        box = box_team(ring, b"Mass detention", id=id_, kind="tag", revision=1)
        session.add(TeamDocumentRow(id_, "tag", box, generation=ring.generation))
    return id_


def keep(reader: Reader) -> object:
    with reader.service.writing() as session:
        id_ = uuid4()
        public = reader.secret.seed.public
        box = seal_own(public, b"Mine", id=id_, kind="view", revision=1, member=reader.member)
        session.add(TeamDocumentRow(id_, "view", box, member_id=reader.member))
    return id_
