"""`intake lockdown`: every member's keys destroyed, before the machine is taken away."""

import click

from intake.casework import lockdown as locking
from intake.cli.opening import existing, now, told_plainly
from intake.settings import Settings

BEFORE = (
    "This signs everybody out and destroys the keys of every member. Nobody's passphrase opens "
    "anything afterwards. Reports still arrive, and reporters still reach their mailboxes. "
    "Only the recovery sheets open the reports again."
)
NO_SHEETS = (
    "There are no recovery sheets that open everything, so all of it would be lost for good. "
    "Nothing was done. Sign in at the desk and make the sheets first."
)
LATER = (
    "Everything is locked. Somebody was reading, so what is left of deleted rows still stands "
    "in the files. The worker takes it away; or run intake lockdown again."
)


@click.command()
@click.option("--yes", "is_sure", is_flag=True, help="Do not ask; for scripts.")
@click.pass_obj
def lockdown(settings: Settings, *, is_sure: bool) -> None:
    """Destroy every member's keys; only the recovery sheets open the reports again."""
    if not is_sure:
        click.echo(BEFORE)
        click.confirm("Lock everything?", abort=True)
        click.confirm("Are the recovery sheets out of reach, and do you mean it?", abort=True)
    with told_plainly({locking.NoSheets: NO_SHEETS}):
        service = existing(settings)
        is_done = locking.lock_down(service, now=now())
    click.echo("Everything is locked. intake recover opens it again." if is_done else LATER)
