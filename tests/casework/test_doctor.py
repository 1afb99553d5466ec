"""What the doctor finds, and what it says to do."""

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, text, update

from intake.casework import (
    First,
    Reader,
    Service,
    backup,
    demo_mark,
    doctor,
    duty,
    founding,
    recovery,
    verify,
)
from intake.casework.checks import keys, machine, running
from intake.casework.checks.finding import Finding, Health
from intake.store.people import RingMemberRow, RingRow
from intake.vault import Ring, RingKey
from tests.people import NOW, Installation

OK, WARN, FAIL = Health.OK, Health.WARN, Health.FAIL


def found(service: Service) -> Mapping[str, Finding]:
    return dict(doctor.examine(service, now=NOW))


def with_settings(service: Service, **changes: object) -> Service:
    return replace(service, settings=replace(service.settings, **changes))  # type: ignore[arg-type]


def test_a_healthy_installation_has_no_failure(
    service: Service, coordinator: Reader, tmp_path: Path
) -> None:
    duty.keep(coordinator, [duty.Entry(coordinator.member, "a@b.example")], revision=0, now=NOW)
    backup.back_up(service, tmp_path / "a.backup", now=NOW)
    verify.keep_head(service)
    alive = service.settings.instance / running.ALIVE
    alive.touch()
    os.utime(alive, (NOW.timestamp(), NOW.timestamp()))
    os.system(f"chmod -R go= {service.settings.instance}")  # noqa: S605 - what doctor advises
    bad = {name: finding for name, finding in found(service).items() if finding.health is FAIL}
    assert bad == {}


def test_on_the_first_day_it_says_what_is_still_to_be_done(
    first_day: tuple[Service, First],
) -> None:
    findings = found(first_day[0])
    for name in ("first sign-in", "sheets", "backup", "rota", "mail", "ring members", "log"):
        assert findings[name].health is WARN, name
    assert findings["worker"].health is FAIL


def test_a_file_that_others_can_read_is_named(service: Service) -> None:
    (service.settings.instance / "server.key").chmod(0o640)
    finding = machine.modes(service, NOW)
    assert finding.health is FAIL
    assert "server.key" in finding.words


@pytest.mark.parametrize(
    ("swaps", "health"),
    [
        ("Filename Type Size\n", OK),
        ("Filename Type Size\n/swapfile file 1\n", WARN),
        (None, OK),
    ],
)
def test_swap_is_a_warning(
    service: Service, tmp_path: Path, swaps: str | None, health: Health
) -> None:
    if swaps is not None:
        (tmp_path / "swaps").write_text(swaps)
    assert machine.swap(service, NOW, proc=tmp_path).health is health


@pytest.mark.parametrize(
    ("pattern", "health"), [("core\n", OK), ("|/usr/share/apport/apport %p\n", WARN)]
)
def test_a_program_that_collects_crashes_is_a_warning(
    service: Service, tmp_path: Path, pattern: str, health: Health
) -> None:
    (tmp_path / "sys/kernel").mkdir(parents=True)
    (tmp_path / "sys/kernel/core_pattern").write_text(pattern)
    assert machine.core_dumps(service, NOW, proc=tmp_path).health is health


@pytest.mark.parametrize(
    ("environ", "health"), [({}, OK), ({"FLASK_DEBUG": "0"}, OK), ({"FLASK_DEBUG": "1"}, FAIL)]
)
def test_debugging_is_a_failure(
    service: Service, environ: Mapping[str, str], health: Health
) -> None:
    assert machine.debugging(service, NOW, environ=environ).health is health


@pytest.mark.parametrize(
    ("host", "names", "health"),
    [
        ("127.0.0.1", ("localhost",), OK),
        ("0.0.0.0", ("localhost",), FAIL),  # noqa: S104
        ("0.0.0.0", ("coalition.example",), OK),  # noqa: S104
    ],
)
def test_listening_to_all_and_answering_to_none_is_a_failure(
    service: Service, host: str, names: tuple[str, ...], health: Health
) -> None:
    changed = with_settings(service, host=host, public_hosts=names, desk_hosts=names)
    assert machine.hosts(changed, NOW).health is health


@pytest.mark.parametrize(
    ("is_secure", "names", "health"),
    [
        (False, ("127.0.0.1",), OK),
        (False, ("abcdef.onion",), WARN),
        (True, ("coalition.example",), OK),
    ],
)
def test_cookies_in_clear_are_a_warning(
    service: Service,
    is_secure: bool,  # noqa: FBT001 - a column of the table
    names: tuple[str, ...],
    health: Health,
) -> None:
    changed = with_settings(service, secure_cookies=is_secure, public_hosts=names)
    assert machine.cookies(changed, NOW).health is health


def test_the_reserve_of_the_disk_is_looked_after(service: Service) -> None:
    free = os.statvfs(service.settings.instance)
    everything = free.f_bavail * free.f_frsize * 2
    assert machine.disk(with_settings(service, disk_reserve_bytes=1), NOW).health is OK
    assert (
        machine.disk(with_settings(service, disk_reserve_bytes=everything), NOW).health is FAIL
    )


def test_another_ring_key_in_the_database_is_a_failure(service: Service) -> None:
    assert keys.pins(service, NOW).health is OK
    with service.writing() as session:
        planted = RingKey.fresh(Ring.CASE).public.raw
        session.execute(
            update(RingRow).where(RingRow.name == Ring.CASE).values(public_key=planted)
        )
    finding = keys.pins(service, NOW)
    assert finding.health is FAIL
    assert "case" in finding.words


def test_who_holds_the_rings_is_counted(service: Service) -> None:
    assert keys.holders(service, NOW).health is WARN
    assert "intimate" in keys.holders(service, NOW).words
    assert "audit" not in keys.holders(service, NOW).words
    with service.writing() as session:
        session.execute(delete(RingMemberRow).where(RingMemberRow.ring == Ring.AUDIT))
    finding = keys.holders(service, NOW)
    assert finding.health is FAIL
    assert "audit" in finding.words


def test_a_ring_without_a_roster_is_a_failure(service: Service) -> None:
    assert keys.roster(service, NOW).health is OK
    with service.writing() as session:
        session.execute(update(RingRow).values(roster_box=b""))
    assert keys.roster(service, NOW).health is FAIL


def test_sheets_are_made_fit_all_rings_and_are_new(
    service: Service, installation: Installation
) -> None:
    assert keys.sheets(service, NOW).health is OK
    recovery.recover(service, installation.sheets[:2], handle="anew", now=NOW)
    assert keys.sheets(service, NOW).health is WARN
    with service.writing() as session:
        session.execute(update(RingRow).values(recovery_box=None))
    assert keys.sheets(service, NOW).health is FAIL
    founding.pin(service, replace(service.pins(), recovery=None))
    assert keys.sheets(service, NOW).health is WARN


def test_a_log_set_back_behind_the_kept_head_is_a_failure(service: Service) -> None:
    verify.keep_head(service)
    assert keys.log_head(service, NOW).health is OK
    with service.writing() as session:
        session.execute(text("DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)"))
    assert keys.log_head(service, NOW).health is FAIL


@pytest.mark.parametrize(("days", "health"), [(1, OK), (3, WARN), (8, FAIL)])
def test_backups_grow_old(service: Service, tmp_path: Path, days: int, health: Health) -> None:
    backup.back_up(service, tmp_path / "a.backup", now=NOW - timedelta(days=days))
    assert running.backups(service, NOW).health is health


@pytest.mark.parametrize(("minutes", "health"), [(1, OK), (6, FAIL)])
def test_a_silent_worker_is_a_failure(service: Service, minutes: int, health: Health) -> None:
    alive = service.settings.instance / running.ALIVE
    alive.touch()
    last = (NOW - timedelta(minutes=minutes)).timestamp()
    os.utime(alive, (last, last))
    assert running.worker(service, NOW).health is health


def test_a_demo_and_a_real_installation_are_told_apart(service: Service) -> None:
    assert running.demo(service, NOW).health is OK
    assert running.demo(with_settings(service, demo=True), NOW).health is FAIL
    with service.writing() as session:
        demo_mark.mark(session, service, briefing=False)
    assert running.demo(service, NOW).health is FAIL
    assert running.demo(with_settings(service, demo=True), NOW).health is WARN


def test_a_mail_server_that_is_away_is_a_failure_when_it_is_tried(service: Service) -> None:
    lost = with_settings(
        service, mail_host="127.0.0.1", mail_port=9, mail_from="a@b.example", mail_seconds=1
    )
    assert running.mail_is_set(lost, NOW).health is OK
    checks = {"mail": doctor.TRYING_MAIL["mail"]}
    ((_name, finding),) = doctor.examine(lost, now=NOW, checks=checks)
    assert finding.health is FAIL


def test_what_cannot_be_looked_at_is_a_failure_without_its_words(
    service: Service, remove: Callable[[str], None]
) -> None:
    remove("rings.pub")
    findings = found(service)
    assert findings["ring pins"].health is FAIL
    assert "FileNotFoundError" in findings["ring pins"].words
    assert str(service.settings.instance) not in findings["ring pins"].words
    assert findings["disk"].health is not FAIL


def test_a_database_without_tables_is_a_failure_and_says_what_to_run(service: Service) -> None:
    with service.writing() as session:
        session.execute(text("DROP TABLE alembic_version"))
    finding = found(service)["schema"]
    assert finding.health is FAIL
    assert "intake init" in finding.words


@pytest.fixture
def remove(service: Service) -> Callable[[str], None]:
    return lambda name: (service.settings.instance / name).unlink()
