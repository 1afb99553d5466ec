"""`intake init`: make an installation, or bring it up to date; repeating it does no harm."""

import click

from intake.casework import found
from intake.cli.first import hand_over
from intake.cli.opening import now, prepared, told_plainly
from intake.settings import Settings


@click.command()
@click.pass_obj
def init(settings: Settings) -> None:
    """Prepare folder, keys, database and the first coordinator."""
    with told_plainly():
        service = prepared(settings)
        first = found(service, now=now())
    click.echo(f"The installation in {settings.instance} is ready.")
    if first is not None:
        hand_over(settings, first)
    service.engine.dispose()
