"""`intake worker`: tells people, raises what rises with time, and keeps the house at night."""

import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from threading import Event as Flag
from typing import Final

import click

from intake import mail
from intake.casework import (
    Service,
    StorageBusy,
    StorageFull,
    lockdown,
    notices,
    upkeep,
    waiting,
)
from intake.casework.checks.running import ALIVE
from intake.cli import locks
from intake.cli.opening import now, ready, told_plainly
from intake.cli.process import protect
from intake.logs import Event, record
from intake.mail import MailError, Notice
from intake.settings import Settings

PAUSE: Final = timedelta(seconds=2)
LONGEST_PAUSE: Final = timedelta(minutes=1)
TEN_MINUTES: Final = timedelta(minutes=10)


@dataclass(frozen=True)
class Task:
    """Something to do again and again, and how often."""

    name: str
    run: Callable[[Service, datetime], object]
    every: timedelta = timedelta(0)


def _deliver(service: Service, moment: datetime) -> None:
    notices.deliver(service, send=partial(_send, service.settings), now=moment)


def _finish_lockdown(service: Service, moment: datetime) -> None:
    lockdown.go_on(service, now=moment)


def _keep_up(service: Service, moment: datetime) -> None:
    if upkeep.is_due(service, moment):
        upkeep.keep_up(service, now=moment)


def _watch(service: Service, moment: datetime) -> None:
    upkeep.watch(service, now=moment)


TASKS: Final = (
    Task("lockdown", _finish_lockdown),
    Task(
        "levels",
        lambda service, moment: waiting.raise_levels(service, now=moment),
        LONGEST_PAUSE,
    ),
    Task("late", lambda service, moment: waiting.warn_late(service, now=moment), LONGEST_PAUSE),
    Task(
        "limits",
        lambda service, moment: waiting.warn_of_limits(service, now=moment),
        LONGEST_PAUSE,
    ),
    Task("notices", _deliver),
    Task("upkeep", _keep_up, TEN_MINUTES),
    Task("watch", _watch, TEN_MINUTES),
)


@click.command()
@click.pass_obj
def worker(settings: Settings) -> None:
    """Send notices, raise urgency, warn of late cases and clean up, until told to stop."""
    protect()
    stop = Flag()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda _sign, _frame: stop.set())
    with told_plainly(), locks.working(settings), locks.using(settings):
        work(ready(settings), stop)


def work(service: Service, stop: Flag, *, clock: Callable[[], datetime] = now) -> None:
    """Do what is due until `stop` is set; after a failure wait, twice as long each time."""
    done: dict[str, datetime] = {}
    pause = PAUSE
    while not stop.is_set():
        went_well = [_do(task, service, done, clock()) for task in _due(done, clock())]
        if is_well := all(went_well):
            (service.settings.instance / ALIVE).touch(mode=0o600)
        pause = PAUSE if is_well else min(pause * 2, LONGEST_PAUSE)
        stop.wait(pause.total_seconds())


def _due(done: dict[str, datetime], moment: datetime) -> Iterator[Task]:
    for task in TASKS:
        last = done.get(task.name)
        if last is None or moment - last >= task.every:
            yield task


def _do(task: Task, service: Service, done: dict[str, datetime], moment: datetime) -> bool:
    """Whether the task went well; one that fails keeps no other from running."""
    try:
        task.run(service, moment)
    except (StorageBusy, StorageFull) as error:
        record(Event.STORAGE_BUSY, level="warning", kind=task.name, error=error)
        return False
    except Exception as error:  # noqa: BLE001 - a worker that is gone tells nobody anything
        record(Event.TASK_FAILED, level="error", kind=task.name, error=error)
        return False
    done[task.name] = moment
    return True


def _send(settings: Settings, notice: Notice) -> None:
    try:
        mail.send(notice, settings=settings)
    except MailError as error:
        record(
            Event.MAIL_FAILED,
            level="warning",
            kind="permanent" if error.permanent else "transient",
        )
        raise
