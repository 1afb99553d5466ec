"""`intake recover`: the rings back from paper, for a new coordinator."""

from typing import TextIO

import click

from intake.casework import recovery
from intake.casework.roster import RosterDiffers
from intake.cli import sheets
from intake.cli.first import hand_over
from intake.cli.opening import now, ready, told_plainly
from intake.settings import Settings
from intake.vault import SheetsError


@click.command()
@click.option("--handle", default="recovered", show_default=True, help="The new coordinator's.")
@click.option("--sheets", "file", type=click.File(), help="A file with one sheet on each line.")
@click.pass_obj
def recover(settings: Settings, handle: str, file: TextIO | None) -> None:
    """Make a coordinator who holds every ring, out of enough recovery sheets."""
    with told_plainly(
        {
            recovery.NoSheets: "No recovery sheets were made here yet.",
            recovery.HandleTaken: "Another member has this handle. Choose one with --handle.",
            RosterDiffers: "A member's roles or keys were changed in the database. "
            "Restore a backup, or find out who did it.",
            recovery.RingsDiffer: "The rings in the database are not those that reports are "
            "sealed to. Restore a backup.",
        }
    ):
        service = ready(settings)
        recovery.recovery_key(service)
        words = sheets.typed(file)
        try:
            first = recovery.recover(service, words, handle=handle, now=now())
        except SheetsError as error:
            raise click.ClickException(sheets.sentence(error)) from None
    hand_over(settings, first)
    click.echo("The sheets were typed in here: new ones are asked for after signing in.")
