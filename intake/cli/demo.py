"""`intake demo`: the same program on an instance of its own, with people and reports in it."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import click

from intake import instance
from intake.casework import Service
from intake.casework.demo import Demo, NotDemo, make_demo
from intake.casework.demo_mark import has_briefing, is_demo, may_be_demo
from intake.cli.opening import now, prepared, told_plainly
from intake.cli.run import supervise
from intake.settings import Settings, SettingsError, load

FOLDER: Final = "instance/demo"
ACCOUNTS: Final = "accounts.txt"
# Reports of the demo whose conversation somebody may want to see, one in each language.
_SHOWN: Final = ("sister_40_hours", "released_same_day", "only_to_record")
_NOT_DEMO: Final = (
    "What is here is no demo, or a demo that was never finished. "
    "Choose another folder with INTAKE_INSTANCE, or delete this one."
)
_WITHOUT_BRIEFING: Final = (
    "This demo was made without the reports of the briefing, and they cannot be added. "
    "Choose another folder with INTAKE_INSTANCE, or delete this one."
)
_WITH_BRIEFING: Final = (
    "Closed reports of 2022: 24 received by 19 January, 142 by 30 March, as two published "
    "briefings count them."
)


class NoBriefing(Exception):  # noqa: N818 - reads as what is the matter
    """The briefing was asked of a demo that was made without it."""


@click.command()
@click.option("--serve/--no-serve", default=True, help="Whether to serve afterwards.")
@click.option(
    "--briefing",
    is_flag=True,
    help="Make it with 142 closed reports of 2022 besides, by which two briefings are counted.",
)
def demo(*, serve: bool, briefing: bool) -> None:
    """Make the demo once, print its accounts, and serve it on this machine alone."""
    environ = _environ(os.environ)
    try:
        settings = load(environ, instance.folder(environ))
    except SettingsError as error:
        raise click.ClickException(str(error)) from None
    with told_plainly({NotDemo: _NOT_DEMO, NoBriefing: _WITHOUT_BRIEFING}):
        path = _accounts(settings, briefing=briefing)
    click.echo(path.read_text())
    if serve:
        raise SystemExit(supervise(environ))


def _environ(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment of the demo: its own folder, and the mark that the pages show."""
    folder = environ.get("INTAKE_INSTANCE") or FOLDER
    return {**environ, "INTAKE_INSTANCE": str(Path(folder).absolute()), "INTAKE_DEMO": "true"}


def _accounts(settings: Settings, *, briefing: bool) -> Path:
    """Where the demo's accounts stand; makes the demo when there is none."""
    path = settings.instance / ACCOUNTS
    _refuse_real(settings)
    service = prepared(settings)
    if path.exists() and is_demo(service):
        if briefing and not has_briefing(service):
            raise NoBriefing
        return path
    told = _told(settings, _made(service, briefing=briefing), briefing=briefing)
    instance.keep(path, told.encode())
    return path


def _refuse_real(settings: Settings) -> None:
    """Asked first: a real installation's tables are not for a demo to bring up to date."""
    instance.prepare(settings.instance)
    service = Service.open(settings)
    is_ours = may_be_demo(service)
    service.engine.dispose()
    if not is_ours:
        raise NotDemo


def _made(service: Service, *, briefing: bool) -> Demo:
    click.echo("Making the demo; this takes some seconds.")
    return make_demo(service, now=now(), briefing=briefing)


def _told(settings: Settings, made: Demo, *, briefing: bool) -> str:
    rows = [
        "Nothing here is real, and nothing real belongs here.",
        *((_WITH_BRIEFING,) if briefing else ()),
        "",
        f"Reporters: {_public_url(settings)}",
        *(f"  return code {made.codes[key]}" for key in _SHOWN),
        f"Desk: {settings.desk_url}",
        *(f"  {handle:15}{words}" for handle, words in made.passphrases.items()),
        "",
    ]
    return "\n".join(rows)


def _public_url(settings: Settings) -> str:
    return f"http://{settings.public_hosts[0]}:{settings.port}/"
