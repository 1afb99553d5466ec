"""Handing over a one-time passphrase: to the terminal, or to a file where there is none."""

import sys

import click

from intake import instance
from intake.casework import First
from intake.settings import Settings

FILE = "first-sign-in.txt"


def hand_over(settings: Settings, first: First) -> None:
    """Show how to sign in for the first time, once."""
    words = (
        f"Sign in at {settings.desk_url} as {first.handle}\n"
        f"with this one-time passphrase: {first.passphrase}\n"
    )
    if sys.stdout.isatty():
        click.echo(words)
        return
    path = settings.instance / FILE
    path.unlink(missing_ok=True)
    instance.keep(path, words.encode())
    click.echo(f"How to sign in for the first time stands in {path}. Delete it afterwards.")
