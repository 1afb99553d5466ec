"""The first start of an installation."""

import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError

from intake import instance
from intake.casework import (
    First,
    Reader,
    Service,
    StorageBusy,
    Wish,
    found,
    new_once,
    queue,
    resume,
    submit,
)
from intake.roles import Role
from intake.settings import Settings
from intake.store.migrations import upgrade
from intake.store.people import MemberRow, RingMemberRow, RingRow
from intake.vault import PublicKey, Ring
from tests.people import NOW, PLANTED, service_in, sign_in, sister_report


@pytest.fixture
def empty(settings_on_each: Settings) -> Iterator[Service]:
    """An installation that nobody has founded yet."""
    service = Service.open(settings_on_each)
    yield service
    service.engine.dispose()


def test_the_first_start_makes_a_coordinator_who_is_a_trained_handler(empty: Service) -> None:
    first = found(empty, now=NOW)

    assert first is not None
    signed_in = sign_in(empty, first.handle, first.passphrase, known=None, now=NOW)
    reader = resume(empty, signed_in.cookie, now=NOW)
    assert reader.roles == {Role.COORDINATOR, Role.HANDLER}
    with empty.reading() as session:
        assert all(reader.holds(session, ring) for ring in Ring)


def test_there_is_one_first_coordinator_however_many_processes_start(empty: Service) -> None:
    with ThreadPoolExecutor(4) as threads:
        starts = [threads.submit(found, empty, now=NOW) for _ in range(4)]
        made = [first for each in starts if (first := each.result()) is not None]

    assert len(made) == 1
    signed_in = sign_in(empty, made[0].handle, made[0].passphrase, known=None, now=NOW)
    assert signed_in.must_set_up
    assert found(empty, now=NOW) is None


def test_the_pinned_keys_are_those_of_the_rings(empty: Service) -> None:
    found(empty, now=NOW)
    pins = empty.pins()

    with empty.reading() as session:
        stored = {row.name: row.public_key for row in session.scalars(select(RingRow))}
    assert {ring: pin.public.raw for ring, pin in pins.rings.items()} == stored
    assert pins.recovery is None


def test_a_start_that_was_cut_off_begins_again(empty: Service) -> None:
    instance.pins_path(empty.settings.instance).with_suffix(".new").write_text("half")
    (empty.settings.instance / "first.key").write_bytes(b"half")

    assert found(empty, now=NOW) is not None
    assert set(empty.pins().rings) == set(Ring)


def test_a_start_that_was_cut_off_after_the_pins_begins_again(empty: Service) -> None:
    def fail(_connection: object) -> None:
        raise OperationalError("COMMIT", {}, Exception("disk I/O error"))

    event.listen(empty.engine, "commit", fail)
    with pytest.raises(StorageBusy):
        found(empty, now=NOW)
    event.remove(empty.engine, "commit", fail)

    assert instance.pins_path(empty.settings.instance).exists()
    assert found(empty, now=NOW) is not None


@pytest.mark.parametrize("at_work", [True, False])
def test_another_database_never_takes_the_pins_of_a_living_installation(
    request: pytest.FixtureRequest, tmp_path: Path, *, at_work: bool
) -> None:
    service: Service = (
        request.getfixturevalue("service")
        if at_work
        else request.getfixturevalue("first_day")[0]
    )
    before = files_and_content(service.settings.instance)
    other = service_in(service.settings.instance, f"sqlite:///{tmp_path / 'other.db'}")
    upgrade(other.engine)

    with pytest.raises(instance.InstanceError, match="another database"):
        found(other, now=NOW)

    other.engine.dispose()
    assert files_and_content(service.settings.instance) == before


def files_and_content(folder: Path) -> dict[str, bytes]:
    kept = [path for path in files(folder) if not path.name.startswith("intake.db")]
    return {path.name: path.read_bytes() for path in kept}


def test_secrets_are_readable_by_their_owner_alone(empty: Service) -> None:
    found(empty, now=NOW)
    folder = empty.settings.instance
    secret = [path for path in folder.iterdir() if path.suffix in {".key", ".salt"}]

    assert {path.name for path in secret} >= {"server.key", "pepper.key", "first.key"}
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in secret)


def test_reports_that_come_before_the_first_sign_in_are_read(
    first_day: tuple[Service, First],
) -> None:
    service, first = first_day
    submit(service, sister_report(), once=new_once())
    signed_in = sign_in(service, first.handle, first.passphrase, known=None, now=NOW)

    reader = resume(service, signed_in.cookie, now=NOW)
    assert len(queue(reader, Wish(), now=NOW).rows) == 1


def test_the_first_passphrase_is_nowhere_in_the_folder(
    first_day: tuple[Service, First],
) -> None:
    service, first = first_day

    assert first.passphrase not in repr(first)
    for path in files(service.settings.instance):
        assert first.passphrase.encode() not in path.read_bytes()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_no_word_of_a_report_is_anywhere_in_the_folder(
    first_day: tuple[Service, First], language: str
) -> None:
    service, _ = first_day
    submit(service, sister_report(language=language), once=new_once())

    for path in files(service.settings.instance):
        content = path.read_bytes()
        assert not any(word.encode() in content for word in PLANTED)


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_every_member_of_a_ring_has_a_wrap_of_her_own(
    service: Service, coordinator: Reader, second: Reader
) -> None:
    with service.reading() as session:
        wraps = session.scalars(select(RingMemberRow)).all()
        keys = {row.id: row.public_key for row in session.scalars(select(MemberRow))}

    assert {(row.ring, row.member_id) for row in wraps} == {
        *((ring, coordinator.member) for ring in Ring),
        *((ring, second.member) for ring in Ring if ring is not Ring.INTIMATE),
    }
    assert len({PublicKey(key).fingerprint() for key in keys.values()}) == 2
