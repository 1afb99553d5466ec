"""`intake keys`: the rings as they are in force, and what is still under earlier secrets."""

import click

from intake.casework import rotation
from intake.casework.rotation import RingStatus
from intake.cli.opening import ready, told_plainly
from intake.settings import Settings


@click.group()
def keys() -> None:
    """The rings: who holds them, and whether everything is under their newest secrets."""


@keys.command()
@click.pass_obj
def status(settings: Settings) -> None:
    """Print each ring and what remains to be done; ends with 1 while something remains."""
    with told_plainly():
        rings = rotation.status(ready(settings))
    for ring in rings:
        click.echo(_line(ring))
    waiting = [ring for ring in rings if not ring.is_at_rest]
    for ring in waiting:
        click.echo(_advice(ring))
    if waiting:
        raise SystemExit(1)
    click.echo("Everything is under the secrets in force.")


def _line(ring: RingStatus) -> str:
    since = f"since {ring.since}" if ring.since else "from the first day on"
    holders = ", ".join(ring.holders) or "nobody"
    return f"{ring.ring:9} generation {ring.generation} {since}, held by {holders}"


def _advice(ring: RingStatus) -> str:
    who = ", ".join(ring.holders) or "nobody: run intake recover"
    if ring.is_due:
        return (
            f"{ring.ring}: somebody who was removed knows its secret. Another is made with the "
            f"next page that one of these opens: {who}."
        )
    return (
        f"{ring.ring}: {ring.left} objects are still under an earlier secret. Pages of these "
        f"members go on with it: {who}."
    )
