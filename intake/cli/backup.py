"""`intake backup` and `intake restore`: everything in one file that only the sheets open."""

from pathlib import Path
from typing import TextIO

import click

from intake import instance
from intake.casework import backup as backing
from intake.casework import restore as restoring
from intake.casework.archive import NoArchive
from intake.casework.sheets import NoSheets
from intake.cli import locks, sheets
from intake.cli.opening import now, ready, told_plainly
from intake.settings import Settings
from intake.vault import Pins

_AnyPath = click.Path(path_type=Path)
_File = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.argument("path", type=_AnyPath)
@click.pass_obj
def backup(settings: Settings, path: Path) -> None:
    """Write a backup to PATH, a new file, or a folder where the time is its name."""
    moment = now()
    if path.is_dir():
        path = path / f"intake-{moment:%Y%m%d-%H%M%S}.backup"
    with told_plainly(
        {
            NoSheets: "There are no recovery sheets yet, and they alone open a backup. "
            "Make them first: sign in at the desk.",
            FileExistsError: f"{path} is there already.",
            FileNotFoundError: f"There is no folder for {path}.",
            PermissionError: f"{path} cannot be written.",
            OSError: f"{path} could not be written. Is the disk full?",
        }
    ):
        backing.back_up(ready(settings), path, now=moment)
    click.echo(f"{path} is complete. Keep erased.txt beside it: a restore needs both.")


@click.command()
@click.argument("path", type=_File)
@click.option("--sheets", "file", type=click.File(), help="A file with one sheet on each line.")
@click.option("--replace", is_flag=True, help="Replace the installation that is there.")
@click.pass_obj
def restore(settings: Settings, path: Path, file: TextIO | None, *, replace: bool) -> None:
    """Bring the backup in PATH back; refused while it is served."""
    with told_plainly(
        {
            NoArchive: "This is no backup of ours, or it was changed. Nothing was restored.",
            restoring.OtherVersion: "Another version of this program made this backup. Restore "
            "it with that version, then update.",
            restoring.NotEmpty: "There is an installation here. To replace it, use --replace.",
            ValueError: "erased.txt cannot be read. Nothing was restored.",
        }
    ):
        seed = sheets.opened(sheets.typed(file), restoring.recovery_key(path))
        instance.prepare(settings.instance)
        with locks.replacing(settings):
            restored = restoring.restore(settings, path, seed, now=now(), replacing=replace)
    click.echo(f"Restored what was there on {restored.made_at:%Y-%m-%d at %H:%M} UTC.")
    click.echo(f"Erased again: {restored.erased_again}.")
    _show(restored.pins)
    for finding in restored.findings:
        click.echo(finding)
    if restored.findings:
        raise SystemExit(1)


def _show(pins: Pins) -> None:
    """Anybody can make a file that the sheets open; only these numbers tell whose it is."""
    click.echo("Compare these numbers with those the coordinators wrote down:")
    for ring, pin in sorted(pins.rings.items()):
        click.echo(f"  {ring:10}{pin.public.fingerprint()}")
