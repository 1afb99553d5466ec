"""A backup made while people work, and brought back somewhere else."""

import io
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from threading import Event
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from intake.casework import (
    Reader,
    Service,
    SessionEnded,
    Wish,
    begin_draft,
    come_back,
    conversation,
    enter,
    founding,
    ledger,
    new_once,
    open_case,
    queue,
    read_draft,
    read_report,
    resume,
    save_draft,
    submit,
    verify,
)
from intake.casework.archive import PIECE_BYTES, NoArchive, lines, open_archive, write
from intake.casework.backup import back_up, last_made
from intake.casework.restore import NotEmpty, OtherVersion, Restored, recovery_key, restore
from intake.casework.sheets import NoSheets
from intake.form.draft import Draft
from intake.store import migrations
from intake.store.service import AttemptRow
from intake.store.tables import (
    AdditionRow,
    CaseKeysRow,
    CaseRow,
    DocumentRow,
    ErasedRow,
    MailboxRow,
)
from intake.vault import Seed, read_sheets
from tests.people import (
    COORDINATOR,
    NOW,
    PASSPHRASES,
    PLANTED,
    Installation,
    service_in,
    sign_in,
    sister_report,
)

LATER = NOW + timedelta(days=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder / "first.backup"


@pytest.fixture
def target(tmp_path: Path) -> Iterator[Service]:
    """An installation that nobody has founded yet, on another machine so to say."""
    folder = tmp_path / "another"
    folder.mkdir()
    service = service_in(folder)
    yield service
    service.engine.dispose()


def seed_of(installation: Installation, path: Path) -> Seed:
    return read_sheets(installation.sheets[:2], expected=recovery_key(path))


def bring_back(
    path: Path, target: Service, installation: Installation, *, replacing: bool = False
) -> Restored:
    seed = seed_of(installation, path)
    return restore(target.settings, path, seed, now=LATER, replacing=replacing)


def reopened(service: Service) -> Service:
    """The installation after its keys were replaced."""
    service.engine.dispose()
    return Service.open(service.settings)


def cases(service: Service) -> set[UUID]:
    with service.reading() as session:
        return set(session.scalars(select(CaseRow.id)))


def test_a_backup_brings_everything_back_on_another_machine(
    service_on_each: Service,
    coordinator_on_each: Reader,
    target: Service,
    path: Path,
    installation: Installation,
) -> None:
    code = submit(service_on_each, sister_report(), once=new_once()).code
    (row,) = queue(coordinator_on_each, Wish(), now=NOW).rows
    open_case(coordinator_on_each, row.ref, now=NOW)
    back_up(service_on_each, path, now=NOW)

    restored = bring_back(path, target, installation)

    assert (restored.made_at, restored.erased_again, restored.findings) == (NOW, 0, ())
    fresh = reopened(target)
    assert fresh.pins() == service_on_each.pins()
    signed_in = sign_in(fresh, COORDINATOR, PASSPHRASES[COORDINATOR], known=None, now=LATER)
    reader = resume(fresh, signed_in.cookie, now=LATER)
    report = read_report(reader, row.ref, now=LATER)
    assert "Zhasylqurt" in str([section.answers for section in report.sections])
    assert conversation(fresh, enter(fresh, code, now=LATER), now=LATER).entries
    fresh.engine.dispose()


def test_a_saved_draft_comes_back_from_a_backup_to_who_has_its_code(
    service_on_each: Service, target: Service, path: Path, installation: Installation
) -> None:
    visit = begin_draft(service_on_each, once=new_once(), now=NOW, draft=Draft(passed=("who",)))
    saved = save_draft(service_on_each, visit, now=NOW)
    back_up(service_on_each, path, now=NOW)
    bring_back(path, target, installation)

    fresh = reopened(target)
    back = come_back(fresh, saved.code, now=LATER)

    assert read_draft(fresh, back.draft or "", now=LATER).draft == Draft(passed=("who",))
    fresh.engine.dispose()


def test_a_sqlite_backup_can_be_restored_to_postgresql(
    service: Service,
    target: Service,
    path: Path,
    installation: Installation,
    postgresql_url: str,
) -> None:
    submit(service, sister_report(), once=new_once())
    back_up(service, path, now=NOW)
    on_postgresql = service_in(target.settings.instance, postgresql_url)
    assert bring_back(path, on_postgresql, installation).findings == ()
    assert cases(on_postgresql) == cases(service)
    on_postgresql.engine.dispose()


def keep_sending(service: Service, some: Event, stop: Event) -> None:
    while not stop.is_set():
        submit(service, sister_report(), once=new_once())
        some.set()


def test_a_backup_made_while_reports_arrive_holds_whole_reports(
    service: Service, target: Service, path: Path, installation: Installation
) -> None:
    some, stop = Event(), Event()
    with ThreadPoolExecutor(1) as sending:
        arriving = sending.submit(keep_sending, service, some, stop)
        some.wait(30)
        before = cases(service)
        back_up(service, path, now=NOW)
        after = cases(service)
        stop.set()
        arriving.result()

    assert bring_back(path, target, installation).findings == ()
    fresh = reopened(target)
    assert before <= cases(fresh) <= after
    for table in (CaseKeysRow, DocumentRow, MailboxRow):
        with fresh.reading() as session:
            assert set(session.scalars(select(table.case_id))) == cases(fresh)
    fresh.engine.dispose()


def test_a_backup_shows_nothing_and_belongs_to_its_owner_alone(
    service: Service, path: Path
) -> None:
    submit(service, sister_report(), once=new_once())
    back_up(service, path, now=NOW)
    content = path.read_bytes()
    for secret in (service.keys.server.raw, service.keys.pepper.raw, service.keys.audit.raw):
        assert secret not in content
    for word in (*PLANTED, "coordinator", "police_custody", "mailbox"):
        assert word.encode() not in content
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert last_made(service) == NOW


def test_a_backup_leaves_a_line_and_no_half_file(service: Service, path: Path) -> None:
    lines = verify.head(service).sequence
    back_up(service, path, now=NOW)
    assert verify.head(service).sequence == lines + 1
    assert {found.name for found in path.parent.iterdir()} == {path.name, ledger.FILE}


def test_an_existing_file_is_never_written_over(service: Service, path: Path) -> None:
    path.write_text("another backup")
    with pytest.raises(FileExistsError):
        back_up(service, path, now=NOW)
    assert path.read_text() == "another backup"
    assert last_made(service) is None


def test_without_sheets_there_is_no_backup(service: Service, path: Path) -> None:
    founding.pin(service, replace(service.pins(), recovery=None))
    with pytest.raises(NoSheets):
        back_up(service, path, now=NOW)
    assert not path.exists()


def test_nobody_is_signed_in_after_a_restore(
    service: Service, target: Service, path: Path, installation: Installation
) -> None:
    back_up(service, path, now=NOW)
    bring_back(path, target, installation)
    fresh = reopened(target)
    with pytest.raises(SessionEnded):
        resume(fresh, installation.cookies[COORDINATOR], now=NOW)
    with fresh.reading() as session:
        assert session.scalars(select(AttemptRow)).all() == []
    fresh.engine.dispose()


def test_an_installation_with_members_is_replaced_only_when_asked(
    service: Service, path: Path, installation: Installation
) -> None:
    back_up(service, path, now=NOW)
    submit(service, sister_report(), once=new_once())
    before = (cases(service), service.pins(), verify.head(service))
    with pytest.raises(NotEmpty):
        bring_back(path, service, installation)
    assert (cases(service), service.pins(), verify.head(service)) == before
    bring_back(path, service, installation, replacing=True)
    assert cases(service) == set()


def test_what_goes_wrong_half_way_leaves_keys_and_rows_as_they_were(
    service: Service,
    first_day: tuple[Service, object],
    path: Path,
    installation: Installation,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other, _first = first_day
    back_up(service, path, now=NOW)
    head, keys = verify.head(other), (other.settings.instance / "server.key").read_bytes()

    def fail(*_rest: object, **_more: object) -> int:
        raise OSError("No space left on device")

    monkeypatch.setattr(ledger, "repeat", fail)
    with pytest.raises(OSError, match="space"):
        bring_back(path, other, installation, replacing=True)
    assert (other.settings.instance / "server.key").read_bytes() == keys
    assert verify.head(other) == head
    assert verify.verify(reopened(other)) == ()


def erase(service: Service, case_id: UUID) -> None:
    """What an erasure leaves in the ledger; taking the keys away is not this test's."""
    with service.writing() as session:
        session.add(ErasedRow(id=case_id, day=LATER.date()))


def assert_is_gone(service: Service, case_id: UUID) -> None:
    with service.reading() as session:
        row = session.get_one(CaseRow, case_id)
        mailbox = session.get_one(MailboxRow, case_id)
        assert (row.stage, row.state_box, mailbox.key_box) == ("erased", b"", None)
        for table in (CaseKeysRow, DocumentRow, AdditionRow):
            assert not session.scalars(select(table).where(table.case_id == case_id)).all()
    assert verify.verify(service) == ()


def test_what_was_erased_since_is_erased_again_from_the_live_ledger(
    service: Service, path: Path, installation: Installation
) -> None:
    submit(service, sister_report(), once=new_once())
    submit(service, sister_report(), once=new_once())
    back_up(service, path, now=NOW)
    gone, kept = cases(service)
    erase(service, gone)

    assert bring_back(path, service, installation, replacing=True).erased_again == 1

    fresh = reopened(service)
    assert_is_gone(fresh, gone)
    with fresh.reading() as session:
        assert session.get_one(CaseRow, kept).stage == "received"
    fresh.engine.dispose()


@pytest.mark.parametrize("place", ["beside the backup", "in the instance"])
def test_without_the_old_database_the_ledgers_file_is_enough(
    service: Service, target: Service, path: Path, installation: Installation, place: str
) -> None:
    submit(service, sister_report(), once=new_once())
    back_up(service, path, now=NOW)
    (gone,) = cases(service)
    erase(service, gone)
    folder = path.parent if place == "beside the backup" else target.settings.instance
    ledger.keep(service, folder)

    assert bring_back(path, target, installation).erased_again == 1
    fresh = reopened(target)
    assert_is_gone(fresh, gone)
    fresh.engine.dispose()


def test_a_later_backup_refreshes_the_ledger_beside_the_earlier_one(
    service: Service, target: Service, path: Path, installation: Installation
) -> None:
    submit(service, sister_report(), once=new_once())
    back_up(service, path, now=NOW)
    (gone,) = cases(service)
    erase(service, gone)
    back_up(service, path.with_name("second.backup"), now=LATER)
    assert bring_back(path, target, installation).erased_again == 1


def test_a_ledger_keeps_what_only_its_file_knows(service: Service, path: Path) -> None:
    elsewhere = uuid4()
    (path.parent / ledger.FILE).write_text(f"{elsewhere} 2026-11-01\n")
    ledger.keep(service, path.parent)
    assert ledger.read(path.parent / ledger.FILE) == {elsewhere: date(2026, 11, 1)}


def test_a_damaged_ledger_stops_the_restore(
    service: Service, target: Service, path: Path, installation: Installation
) -> None:
    back_up(service, path, now=NOW)
    (path.parent / ledger.FILE).write_text("not a ledger")
    with pytest.raises(ValueError, match=r"."):
        bring_back(path, target, installation)


def test_a_changed_or_shortened_backup_is_refused_before_anything_is_touched(
    service: Service, target: Service, path: Path, installation: Installation
) -> None:
    back_up(service, path, now=NOW)
    whole, seed = path.read_bytes(), seed_of(installation, path)
    head = len(b"INTAKE BACKUP 1\n") + 4 + 1216
    places = [0, 3, *range(head, len(whole), 4001), len(whole) - 1]
    damaged = [whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in places]
    cut = [whole[:at] for at in (0, 5, head, len(whole) // 2, len(whole) - 1)]
    for content in (*damaged, *cut, whole + b"\0"):
        path.write_bytes(content)
        with pytest.raises(NoArchive):
            restore(target.settings, path, seed, now=LATER)
    assert not (target.settings.instance / "rings.pub").exists()


def test_a_backup_of_another_version_is_refused(
    service: Service,
    target: Service,
    path: Path,
    installation: Installation,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "newest", lambda: "r0000_before")
        back_up(service, path, now=NOW)
    with pytest.raises(OtherVersion):
        bring_back(path, target, installation)


@pytest.mark.parametrize("size", [0, 1, PIECE_BYTES - 1, PIECE_BYTES, 2 * PIECE_BYTES + 5])
def test_lines_of_every_length_come_back(size: int) -> None:
    seed = Seed.random()
    content = [b"first", b"x" * size, b"last"]
    file = io.BytesIO()
    write(file, iter(content), recovery=seed.public)
    file.seek(0)
    assert list(lines(open_archive(file), seed)) == content


def test_pieces_cannot_be_left_out_moved_or_exchanged() -> None:
    seed = Seed.random()
    file = io.BytesIO()
    content = [bytes([65 + number]) * (PIECE_BYTES - 1) for number in range(3)]
    write(file, content, recovery=seed.public)
    whole = file.getvalue()
    start = len(b"INTAKE BACKUP 1\n") + 4 + 1216
    start += 4 + int.from_bytes(whole[start : start + 4], "big")
    size = 5 + int.from_bytes(whole[start + 1 : start + 5], "big")
    head, rest = whole[:start], whole[start:]
    one, two, left = rest[:size], rest[size : 2 * size], rest[2 * size :]
    early_end = one + b"\1" + two[1:]
    for changed in (two + one + left, one + left, one + one + left, left, one + two, early_end):
        with pytest.raises(NoArchive):
            list(lines(open_archive(io.BytesIO(head + changed)), seed))
