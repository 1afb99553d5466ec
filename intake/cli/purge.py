"""`intake purge`: take away what has expired, without waiting for the night."""

from dataclasses import asdict

import click

from intake.casework.purge import purge as purge_expired
from intake.cli.opening import now, ready, told_plainly
from intake.settings import Settings


@click.command()
@click.pass_obj
def purge(settings: Settings) -> None:
    """Take away expired drafts, conversations, sessions, invitations and counted tries."""
    with told_plainly():
        purged = purge_expired(ready(settings), now=now())
    for name, count in asdict(purged).items():
        click.echo(f"{name}: {count}")
