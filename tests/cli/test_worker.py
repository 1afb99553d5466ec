"""The worker as it really runs: a process of its own, a mail server that comes and goes."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from time import monotonic, sleep

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import select

from intake.casework import Reader, Service, StorageBusy, duty, new_once, submit, upkeep, verify
from intake.casework.checks.running import ALIVE
from intake.cli import worker
from intake.cli.opening import now
from intake.store.people import RingRow
from intake.store.service import AuditRow, OutboxRow
from tests.people import NOW, Installation, sister_report
from tests.ports import free_port
from tests.running import PATIENCE

ROOT = Path(__file__).parents[2]


def until(is_so: Callable[[], object]) -> None:
    end = monotonic() + PATIENCE
    while not is_so():
        assert monotonic() < end
        sleep(0.05)


@dataclass
class Inbox:
    taken: list[str] = field(default_factory=list)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        self.taken += envelope.rcpt_tos
        return "250 Taken"


@contextmanager
def mail_server(inbox: Inbox, port: int) -> Iterator[None]:
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield
    finally:
        controller.stop()


@contextmanager
def working(service: Service, **environ: str) -> Iterator[subprocess.Popen[bytes]]:
    told = {name: value for name, value in os.environ.items() if not name.startswith("INTAKE_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "intake.cli", "worker"],
        cwd=ROOT,
        env=told | {"INTAKE_INSTANCE": str(service.settings.instance)} | environ,
        stderr=subprocess.PIPE,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def environ(port: int) -> dict[str, str]:
    return {
        "INTAKE_MAIL_HOST": "127.0.0.1",
        "INTAKE_MAIL_PORT": str(port),
        "INTAKE_MAIL_SECURITY": "none",
        "INTAKE_MAIL_FROM": "desk@coalition.example",
        "INTAKE_MAIL_SECONDS": "2",
    }


@pytest.fixture
def on_duty(coordinator: Reader) -> str:
    mail = "duty@example.org"
    duty.keep(coordinator, [duty.Entry(coordinator.member, mail)], revision=0, now=NOW)
    return mail


def test_an_urgent_report_is_told_within_seconds(
    service: Service, environ: dict[str, str], port: int, on_duty: str
) -> None:
    inbox = Inbox()
    with mail_server(inbox, port), working(service, **environ):
        until((service.settings.instance / ALIVE).exists)
        submit(service, sister_report(now()), once=new_once())
        until(lambda: inbox.taken == [on_duty])


@pytest.mark.usefixtures("on_duty")
def test_a_mail_server_that_hangs_holds_up_neither_reports_nor_the_worker(
    service: Service, environ: dict[str, str], port: int
) -> None:
    alive = service.settings.instance / ALIVE
    with socket.create_server(("127.0.0.1", port)), working(service, **environ):
        until(alive.exists)
        submit(service, sister_report(now()), once=new_once())
        arrived = alive.stat().st_mtime
        until(lambda: alive.stat().st_mtime > arrived + 3)
        until(lambda: _tries(service) > 0)


def _tries(service: Service) -> int:
    with service.reading() as session:
        return session.scalars(select(OutboxRow.tries)).one()


def test_it_stops_when_it_is_told_to(service: Service) -> None:
    with working(service) as process:
        until((service.settings.instance / ALIVE).exists)
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0


def test_a_second_worker_is_turned_away(service: Service) -> None:
    with working(service) as first:
        until((service.settings.instance / ALIVE).exists)
        with working(service) as second:
            assert second.wait(PATIENCE) == 1
        assert first.poll() is None


def test_its_logs_name_nobody(
    service: Service, environ: dict[str, str], on_duty: str, installation: Installation
) -> None:
    submit(service, sister_report(now()), once=new_once())
    with working(service, **environ) as process:
        until((service.settings.instance / ALIVE).exists)
        process.send_signal(signal.SIGTERM)
        _out, logged = process.communicate(timeout=PATIENCE)
    assert b"mail_failed" in logged
    for word in (on_duty, "127.0.0.1", "Zhasylqurt", *installation.cookies):
        assert word.encode() not in logged


class Clock:
    """Each look is so much later, and after some of them `stop` is set."""

    def __init__(
        self, stop: Event, rounds: int, step: timedelta = timedelta(seconds=2)
    ) -> None:
        self.stop, self.rounds, self.step, self.now = stop, rounds, step, NOW

    def __call__(self) -> datetime:
        self.now += self.step
        self.rounds -= 1
        if self.rounds <= 0:
            self.stop.set()
        return self.now


def test_a_task_that_fails_keeps_no_other_from_running(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[str] = []

    def fail(_service: Service, _now: datetime) -> None:
        raise StorageBusy

    def crash(_service: Service, _now: datetime) -> None:
        raise RuntimeError

    tasks = (
        worker.Task("fails", fail),
        worker.Task("crashes", crash),
        worker.Task("runs", lambda _service, _now: ran.append("ran")),
    )
    monkeypatch.setattr(worker, "TASKS", tasks)
    monkeypatch.setattr(worker, "PAUSE", timedelta(0))
    stop = Event()
    worker.work(service, stop, clock=Clock(stop, 12))
    assert len(ran) > 1
    assert not (service.settings.instance / ALIVE).exists()


def test_what_is_to_be_done_each_minute_is_not_done_each_second(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[datetime] = []
    task = worker.Task("rare", lambda _service, now: ran.append(now), timedelta(minutes=1))
    monkeypatch.setattr(worker, "TASKS", (task,))
    monkeypatch.setattr(worker, "PAUSE", timedelta(0))
    stop = Event()
    worker.work(service, stop, clock=Clock(stop, 100))
    assert 2 <= len(ran) <= 4


def test_upkeep_is_done_once_a_night_and_made_up_for(service: Service) -> None:
    night = NOW.replace(hour=22, minute=30)  # half past three in Almaty
    assert upkeep.is_due(service, night)
    upkeep.keep_up(service, now=night)
    assert not upkeep.is_due(service, night + timedelta(hours=23))
    assert upkeep.is_due(service, night + timedelta(hours=24))
    assert upkeep.is_due(service, night + timedelta(days=3))


def test_where_the_store_of_files_does_not_answer_the_rest_of_upkeep_is_done(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_service: Service, *, now: datetime) -> int:  # noqa: ARG001 - as it is called
        raise StorageBusy

    monkeypatch.setattr(upkeep, "sweep", away)
    upkeep.keep_up(service, now=NOW)
    assert verify.kept_head(service) == verify.head(service)
    assert not upkeep.is_due(service, NOW)


def test_upkeep_keeps_the_head_only_of_a_whole_log(service: Service) -> None:
    upkeep.keep_up(service, now=NOW)
    kept = verify.kept_head(service)
    assert kept == verify.head(service)
    submit(service, sister_report(), once=new_once())
    with service.writing() as session:
        row = session.get_one(AuditRow, 1)
        row.mac = bytes(32)
    upkeep.keep_up(service, now=NOW + timedelta(days=1))
    assert verify.kept_head(service) == kept


def test_exchanged_rings_and_a_full_disk_are_called_out(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    upkeep.watch(service, now=NOW)
    assert caplog.messages == []
    with service.writing() as session:
        row = session.get_one(RingRow, ("case", 1))
        row.public_key = bytes(1216)
    everything = 2**60
    full = replace(service, settings=replace(service.settings, disk_reserve_bytes=everything))
    upkeep.watch(full, now=NOW)
    told = " ".join(map(str, caplog.messages))
    assert "pins_differ" in told
    assert "storage_low" in told
