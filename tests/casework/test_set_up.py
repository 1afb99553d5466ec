"""Recovery sheets of a new installation."""

import base64
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import event, func, select, update
from sqlalchemy.exc import OperationalError

from intake.casework import (
    First,
    NotAllowed,
    Reader,
    Service,
    SheetsToKeep,
    StorageBusy,
    confirm_sheets,
    new_sheets,
    notices_for,
    resume,
    same_sheets,
)
from intake.casework.codec import encode
from intake.store.people import MemberRow, RingRow
from intake.store.service import AuditRow
from intake.vault import (
    Ring,
    RingKey,
    Sealed,
    Seed,
    SheetsError,
    UnsealError,
    make_sheets,
    read_sheets,
    seal_kept,
)
from tests.people import NOW, Installation, sign_in

FirstDay = tuple[Service, First]


@pytest.fixture
def reader(first_day: FirstDay) -> Reader:
    """The first coordinator on her first day: no sheets yet."""
    service, first = first_day
    cookie = sign_in(service, first.handle, first.passphrase, known=None, now=NOW).cookie
    return resume(service, cookie, now=NOW)


def words(sheets: SheetsToKeep) -> tuple[str, str]:
    (a, b), (c, d) = sheets.ask
    return sheets.words[a - 1].split()[b - 1], sheets.words[c - 1].split()[d - 1]


def recovery_boxes(service: Service) -> int:
    with service.reading() as session:
        return session.scalar(select(func.count(RingRow.recovery_box))) or 0


def lines(service: Service) -> int:
    with service.reading() as session:
        return session.scalar(select(func.count()).select_from(AuditRow)) or 0


def test_two_right_words_put_the_sheets_in_force(reader: Reader) -> None:
    service = reader.service
    sheets = new_sheets(reader, threshold=2, count=3)
    before = reader.must_make_sheets

    assert confirm_sheets(reader, sheets.sealed, *words(sheets), now=NOW)

    assert (before, reader.must_make_sheets) == (True, False)
    assert recovery_boxes(service) == 4
    assert service.pins().recovery is not None


@pytest.mark.parametrize("chosen", [(0, 1), (1, 2), (2, 0)])
def test_enough_sheets_open_every_ring(
    service: Service, installation: Installation, coordinator: Reader, chosen: tuple[int, ...]
) -> None:
    expected = service.pins().recovery
    assert expected is not None
    seed = read_sheets([installation.sheets[place] for place in chosen], expected=expected)

    with service.reading() as session:
        for row in session.scalars(select(RingRow)):
            assert row.recovery_box is not None
            opened = RingKey.open_for_recovery(
                row.recovery_box,
                seed.identity,
                ring=Ring(row.name),
                generation=row.generation,
            )
            assert opened == coordinator.ring(session, Ring(row.name))


@pytest.mark.parametrize(
    "typed",
    [
        lambda first, _: (first, "other"),
        lambda _, second: ("other", second),
        lambda first, second: (second, first),
        lambda *_: ("", ""),
    ],
)
def test_wrong_words_store_nothing(
    reader: Reader, typed: Callable[[str, str], tuple[str, str]]
) -> None:
    sheets = new_sheets(reader, threshold=2, count=3)
    before = lines(reader.service)
    first, second = words(sheets)
    if first == second:  # one time in some thousand
        return

    assert not confirm_sheets(reader, sheets.sealed, *typed(first, second), now=NOW)
    assert (recovery_boxes(reader.service), lines(reader.service)) == (0, before)
    assert reader.service.pins().recovery is None


def test_words_may_be_typed_with_capitals_and_spaces(reader: Reader) -> None:
    sheets = new_sheets(reader, threshold=2, count=2)
    first, second = words(sheets)

    typed = f" {first.upper()} ", f"{second.title()}\n"
    assert confirm_sheets(reader, sheets.sealed, *typed, now=NOW)


def test_words_are_asked_from_two_sheets_where_they_differ(reader: Reader) -> None:
    for _ in range(10):
        sheets = new_sheets(reader, threshold=2, count=3)
        (a, b), (c, d) = sheets.ask
        assert a != c
        assert all(5 <= word <= 33 for word in (b, d))


def test_the_same_page_shows_the_same_sheets(reader: Reader) -> None:
    sheets = new_sheets(reader, threshold=2, count=3)
    again = same_sheets(reader, sheets.sealed)

    assert again is not None
    assert (again.words, again.ask) == (sheets.words, sheets.ask)


def test_sheets_that_were_never_confirmed_store_nothing(reader: Reader) -> None:
    before = lines(reader.service)
    new_sheets(reader, threshold=2, count=3)

    assert (recovery_boxes(reader.service), lines(reader.service)) == (0, before)


@pytest.mark.parametrize("sealed", ["", "x", "щ", "A" * 300])
def test_made_up_sheets_are_not_put_in_force(reader: Reader, sealed: str) -> None:
    assert not confirm_sheets(reader, sealed, "", "", now=NOW)
    assert same_sheets(reader, sealed) is None


def test_sheets_that_this_server_did_not_make_are_not_put_in_force(coordinator: Reader) -> None:
    service, seed = coordinator.service, Seed.random()
    pinned, sheets = service.pins().recovery, make_sheets(seed, threshold=2, count=2)
    assert pinned is not None
    content = {
        "seed": base64.b64encode(seed.raw).decode(),
        "threshold": 2,
        "sheets": list(sheets),
        "ask": [[1, 5], [2, 5]],
        "replaces": pinned.fingerprint(),
    }
    public = coordinator.secret.seed.public
    sealed = seal_kept(public, encode(content), member=coordinator.member)
    text = base64.urlsafe_b64encode(sealed).decode()
    right = [sheet.split()[4] for sheet in sheets]
    assert not confirm_sheets(coordinator, text, *right, now=NOW)
    assert service.pins().recovery == pinned


def test_every_coordinator_is_told_of_new_sheets(coordinator: Reader, second: Reader) -> None:
    sheets = new_sheets(coordinator, threshold=2, count=3)
    assert confirm_sheets(coordinator, sheets.sealed, *words(sheets), now=NOW)
    assert "sheets_made" in {notice.kind for notice in notices_for(second)}


def test_one_members_sheets_are_not_anothers(coordinator: Reader, second: Reader) -> None:
    sheets = new_sheets(coordinator, threshold=2, count=3)

    assert same_sheets(second, sheets.sealed) is None
    assert not confirm_sheets(second, sheets.sealed, *words(sheets), now=NOW)


@pytest.mark.parametrize(("threshold", "count"), [(1, 1), (1, 3), (3, 2), (2, 17), (0, 0)])
def test_sheets_are_between_two_and_sixteen(reader: Reader, threshold: int, count: int) -> None:
    with pytest.raises(ValueError, match="Between two and sixteen"):
        new_sheets(reader, threshold=threshold, count=count)


def test_sheets_are_for_coordinators_to_make(
    service: Service, second: Reader, installation: Installation
) -> None:
    with service.writing() as session:
        session.execute(
            update(MemberRow).where(MemberRow.id == second.member).values(roles="auditor")
        )
    auditor = resume(service, installation.cookies["second"], now=NOW)

    with pytest.raises(NotAllowed):
        new_sheets(auditor, threshold=2, count=3)


def test_sheets_that_could_not_be_stored_are_asked_for_again(reader: Reader) -> None:
    sheets = new_sheets(reader, threshold=2, count=3)

    def fail(_connection: object) -> None:
        raise OperationalError("COMMIT", {}, Exception("disk I/O error"))

    event.listen(reader.service.engine, "commit", fail)
    with pytest.raises(StorageBusy):
        confirm_sheets(reader, sheets.sealed, *words(sheets), now=NOW)
    event.remove(reader.service.engine, "commit", fail)

    assert recovery_boxes(reader.service) == 0
    assert reader.must_make_sheets
    assert not is_in_force(reader, sheets)


def is_in_force(reader: Reader, sheets: SheetsToKeep) -> bool:
    """Whether the sheets open every ring of the database, and the pin says so."""
    expected = reader.service.pins().recovery
    try:
        seed = read_sheets(sheets.words[:2], expected=expected or Seed.random().public)
        with reader.service.reading() as session:
            for row in session.scalars(select(RingRow)):
                RingKey.open_for_recovery(
                    row.recovery_box or Sealed(b""),
                    seed.identity,
                    ring=Ring(row.name),
                    generation=row.generation,
                )
    except (SheetsError, UnsealError):
        return False
    return True


def test_an_older_page_never_puts_newer_sheets_aside(reader: Reader) -> None:
    older, newer = (new_sheets(reader, threshold=2, count=3) for _ in range(2))
    assert confirm_sheets(reader, newer.sealed, *words(newer), now=NOW)

    assert not confirm_sheets(reader, older.sealed, *words(older), now=NOW)
    assert same_sheets(reader, older.sealed) is None
    assert (is_in_force(reader, newer), is_in_force(reader, older)) == (True, False)


def test_of_two_confirmations_at_once_one_set_is_whole(reader: Reader) -> None:
    sets = [new_sheets(reader, threshold=2, count=3) for _ in range(4)]
    with ThreadPoolExecutor(4) as threads:
        tried = [
            threads.submit(confirm_sheets, reader, each.sealed, *words(each), now=NOW)
            for each in sets
        ]
        won = [each.result() for each in tried]

    assert won.count(True) == 1
    assert [is_in_force(reader, each) for each in sets] == won
    assert not reader.must_make_sheets
