"""The directory as coordinators keep it and as a specialist keeps what is hers."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from intake.casework import (
    Conflict,
    NotAllowed,
    Reader,
    Service,
    UnknownCase,
    entering,
    joining,
    renewal,
    resume,
)
from intake.casework.directory.entries import About, Specialist, entry_of
from intake.casework.directory.keeping import (
    directory,
    keep,
    keep_anew,
    remove,
    specialist,
)
from intake.casework.directory.mine import keep_mine, mine
from intake.casework.team import papers
from intake.roles import Role
from intake.store.people import MemberRow
from intake.store.team import TeamDocumentRow
from intake.vault import Key
from tests.casework.joining import add, fingerprint, proof, sign_in_as
from tests.casework.rotating import finish, removed, take_out
from tests.people import NOW

OUTSIDE = About(
    roles=(Role.DOCTOR,),
    name="B. T., a clinic behind Thistledown",
    reach="Call by day and say Rosa.",
    is_forensic=True,
    languages=("ru",),
    sex="female",
    most=3,
)
ABOUT = About(languages=("kk", "ru"), regions=("KZ-75",), sex="female", most=4)
OTHER_WORDS = "basket copper meadow lantern violin harbor"


@pytest.fixture
def lawyer(coordinator: Reader) -> Reader:
    return add(coordinator, "advokat", Role.LAWYER)


def entry(reader: Reader, id_: UUID) -> Specialist:
    return specialist(reader, id_)


def write(reader: Reader, member: Reader, about: About = ABOUT) -> UUID:
    id_ = entry_of(member.member)
    keep(reader, id_, about, seen=entry(reader, id_).revision, now=NOW)
    return id_


def test_everybody_whose_work_it_is_stands_there_and_nobody_else(coordinator: Reader) -> None:
    for handle, role in (("adv", Role.LAWYER), ("doc", Role.DOCTOR), ("ana", Role.ANALYST)):
        add(coordinator, handle, role)
    keep(coordinator, uuid4(), OUTSIDE, seen=papers.NEW, now=NOW)
    found = {one.name: one for one in directory(coordinator)}
    assert set(found) == {"adv", "doc", "coordinator", "second", OUTSIDE.name}
    assert found["adv"].roles == (Role.LAWYER,)
    assert not found["adv"].is_written
    assert found[OUTSIDE.name].is_outside


def test_an_entry_is_shared_by_coordinators_and_sent_twice_it_is_one(
    coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    id_ = uuid4()
    for _ in range(2):
        keep(coordinator_on_each, id_, OUTSIDE, seen=papers.NEW, now=NOW)
    one = entry(second_on_each, id_)
    assert (one.about, one.revision, one.by) == (OUTSIDE, 1, coordinator_on_each.handle)
    remove(second_on_each, id_, seen=1, now=NOW)
    with pytest.raises(UnknownCase):
        entry(coordinator_on_each, id_)


def test_two_windows_lose_nothing(coordinator_on_each: Reader, second_on_each: Reader) -> None:
    id_ = uuid4()
    keep(coordinator_on_each, id_, OUTSIDE, seen=papers.NEW, now=NOW)
    keep(coordinator_on_each, id_, replace(OUTSIDE, most=5), seen=1, now=NOW)
    with pytest.raises(Conflict):
        keep(second_on_each, id_, replace(OUTSIDE, most=6), seen=1, now=NOW)
    with pytest.raises(Conflict):
        remove(second_on_each, id_, seen=1, now=NOW)
    assert entry(second_on_each, id_).about.most == 5


def test_somebody_outside_has_a_name_and_a_profession(coordinator: Reader) -> None:
    for about in (replace(OUTSIDE, name=" "), replace(OUTSIDE, roles=())):
        with pytest.raises(ValueError, match="profession"):
            keep(coordinator, uuid4(), about, seen=papers.NEW, now=NOW)


def test_a_members_name_and_roles_are_those_of_the_roster(
    coordinator: Reader, lawyer: Reader
) -> None:
    id_ = write(coordinator, lawyer, replace(ABOUT, name="Somebody else", roles=(Role.DOCTOR,)))
    one = entry(coordinator, id_)
    assert (one.name, one.roles, one.about) == ("advokat", (Role.LAWYER,), ABOUT)
    with pytest.raises(UnknownCase):
        remove(coordinator, id_, seen=1, now=NOW)


def test_nothing_of_it_stands_plain(coordinator: Reader, lawyer: Reader) -> None:
    keep(coordinator, uuid4(), OUTSIDE, seen=papers.NEW, now=NOW)
    write(coordinator, lawyer)
    keep_mine(lawyer, ("en",), (), None, seen=1, now=NOW)
    with coordinator.service.reading() as session:
        rows = session.scalars(select(TeamDocumentRow)).all()
    assert {row.kind for row in rows} == {"directory", "directory_copy", "directory_listing"}
    for row in rows:
        assert not [
            word for word in (b"Thistledown", b"Rosa", b"KZ-75") if word in bytes(row.box)
        ]
    assert len({len(row.box) for row in rows if row.member_id is None}) == 1


def test_a_specialist_reads_her_entry_and_writes_what_is_hers(
    coordinator_on_each: Reader,
) -> None:
    lawyer = add(coordinator_on_each, "advokat", Role.LAWYER)
    assert mine(lawyer) is None
    id_ = write(coordinator_on_each, lawyer)
    one = mine(lawyer)
    assert one is not None
    assert (one.about, one.revision) == (ABOUT, 1)
    for _ in range(2):
        keep_mine(lawyer, ("kk",), ("KZ-10",), date(2026, 12, 1), seen=1, now=NOW)
    told = replace(ABOUT, languages=("kk",), regions=("KZ-10",), away_until=date(2026, 12, 1))
    assert entry(coordinator_on_each, id_).about == told
    again = mine(lawyer)
    assert again is not None
    assert (again.about, again.revision) == (told, 2)


def test_whoever_writes_second_is_told_and_the_newer_words_stand(
    coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    lawyer = add(coordinator_on_each, "advokat", Role.LAWYER)
    id_ = write(coordinator_on_each, lawyer)
    keep_mine(lawyer, ("en",), (), None, seen=1, now=NOW)
    with pytest.raises(Conflict):
        keep(second_on_each, id_, replace(ABOUT, most=9), seen=1, now=NOW)
    keep(second_on_each, id_, replace(ABOUT, most=9), seen=2, now=NOW)
    assert entry(coordinator_on_each, id_).about == replace(ABOUT, most=9)
    with pytest.raises(Conflict):
        keep_mine(lawyer, ("uz",), (), None, seen=2, now=NOW)
    keep_mine(lawyer, ("uz",), (), None, seen=3, now=NOW)
    assert entry(second_on_each, id_).about.languages == ("uz",)
    assert entry(second_on_each, id_).about.most == 9


def test_what_somebody_puts_into_the_database_in_her_name_counts_for_nothing(
    coordinator: Reader, lawyer: Reader
) -> None:
    id_ = write(coordinator, lawyer)
    keep_mine(lawyer, ("en",), (), None, seen=1, now=NOW)
    with coordinator.service.writing() as session:
        (row,) = session.scalars(
            select(TeamDocumentRow).where(TeamDocumentRow.kind == "directory_listing")
        )
        row.box = Key.random().box(b"{}", context=b"")
    assert entry(coordinator, id_).about.languages == ABOUT.languages


def test_only_coordinators_read_it_and_each_specialist_her_own(
    coordinator: Reader, lawyer: Reader
) -> None:
    doctor = add(coordinator, "doctor", Role.DOCTOR)
    write(coordinator, lawyer)
    for reader in (lawyer, doctor, add(coordinator, "aud", Role.AUDITOR)):
        with pytest.raises(NotAllowed):
            directory(reader)
        with pytest.raises(NotAllowed):
            keep(reader, entry_of(lawyer.member), ABOUT, seen=1, now=NOW)
    assert mine(doctor) is None
    with pytest.raises(UnknownCase):
        keep_mine(doctor, ("kk",), (), None, seen=0, now=NOW)


def test_who_leaves_is_gone_from_it(coordinator: Reader, lawyer: Reader) -> None:
    id_ = write(coordinator, lawyer)
    keep_mine(lawyer, ("en",), (), None, seen=1, now=NOW)
    take_out(coordinator, lawyer.member)
    assert "advokat" not in {one.name for one in directory(coordinator)}
    with coordinator.service.reading() as session:
        assert session.scalars(select(TeamDocumentRow)).all() == []
    with pytest.raises(UnknownCase):
        entry(coordinator, id_)


def test_new_keys_open_her_entry_as_soon_as_a_coordinator_looks(
    coordinator: Reader, service: Service, lawyer: Reader
) -> None:
    id_ = write(coordinator, lawyer)
    keep_mine(lawyer, ("en",), (), None, seen=1, now=NOW)
    secret = renewal.renew(coordinator, lawyer.member, proof=proof(coordinator), now=NOW)
    cookie = joining.join(service, secret, OTHER_WORDS, now=NOW).cookie
    waiting = resume(service, cookie, now=NOW)
    digits, hers = fingerprint(waiting), proof(coordinator)
    entering.enter(coordinator, waiting.member, digits, hers, now=NOW)
    renewed = sign_in_as(service, "advokat", OTHER_WORDS)
    assert mine(renewed) is None
    assert keep_anew(coordinator) == 1
    assert keep_anew(coordinator) == 0
    one = mine(renewed)
    assert one is not None
    assert (
        one.about
        == entry(coordinator, id_).about
        == replace(ABOUT, languages=("en",), regions=())
    )


def test_whoever_left_the_coordinators_follows_nothing_that_she_writes_later(
    coordinator: Reader, lawyer: Reader
) -> None:
    id_ = write(coordinator, lawyer)
    before = _listing_key(coordinator)
    removed(coordinator, handle="larch")
    finish(coordinator)
    assert keep_anew(coordinator) == 1
    assert _listing_key(coordinator) != before
    assert entry(coordinator, id_).about == ABOUT
    assert entry(coordinator, id_).by == "coordinator"


def _listing_key(reader: Reader) -> str:
    with reader.service.reading() as session:
        (paper,) = papers.shared(reader, session, "directory")
        assert session.get(MemberRow, reader.member) is not None
    return str(paper.content["key"])
