"""`intake run`: everything in one command, for a first look and for a small installation."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress

import click

from intake.cli.init import init
from intake.cli.process import end_with_parent, protect
from intake.settings import Settings

PARTS = ("serve", "worker")
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
STOP_SECONDS = 40  # longer than `graceful_timeout` of the server


@click.command()
@click.pass_context
def run(context: click.Context) -> None:
    """Prepare the instance, then serve its pages and work in the background, until Ctrl-C."""
    context.invoke(init)
    settings: Settings = context.obj
    click.echo(f"Open http://{settings.host}:{settings.port}/ and stop with Ctrl-C.")
    raise SystemExit(supervise(os.environ))


def supervise(environ: Mapping[str, str]) -> int:
    """Run server and worker until told to stop or until one of them ends; its exit status."""
    protect()
    children = [_start(part, environ) for part in PARTS]
    for asked in STOP_SIGNALS:
        signal.signal(asked, _stop_once)
    try:
        return _first_to_end(children)
    except Stopped:
        return 0
    finally:
        _stop(children)


class Stopped(Exception):  # noqa: N818 - somebody asked for it, nothing went wrong
    """A signal asked us to stop."""


def _stop_once(_signal: int, _frame: object) -> None:
    for asked in STOP_SIGNALS:
        signal.signal(asked, signal.SIG_IGN)
    raise Stopped


def _start(part: str, environ: Mapping[str, str]) -> subprocess.Popen[bytes]:
    # Of its own session: Ctrl-C reaches us alone, and we stop the parts gracefully.
    return subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "intake.cli", part],
        env=dict(environ),
        start_new_session=True,
        preexec_fn=end_with_parent,  # noqa: PLW1509 - before any thread of ours
    )


def _first_to_end(children: list[subprocess.Popen[bytes]]) -> int:
    ended, status = os.waitpid(-1, 0)
    for child in children:
        if child.pid == ended:
            child.returncode = os.waitstatus_to_exitcode(status)
    return 1


def _stop(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        with suppress(ProcessLookupError):
            child.terminate()
    for child in children:
        try:
            child.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
