"""`intake member`: what an operator may do about members, which is little."""

import click

from intake.casework import another_passphrase
from intake.cli.first import hand_over
from intake.cli.opening import now, ready, told_plainly
from intake.settings import Settings


@click.group()
def member() -> None:
    """Members of the desk."""


@member.command()
@click.pass_obj
def first(settings: Settings) -> None:
    """Make another one-time passphrase, while the first coordinator has not chosen her own."""
    with told_plainly():
        found = another_passphrase(ready(settings), now=now())
    if found is None:
        raise click.ClickException(
            "The first coordinator has chosen her passphrase. "
            "If it is lost, run intake recover with the recovery sheets."
        )
    hand_over(settings, found)
