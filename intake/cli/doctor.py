"""`intake doctor`: what is well, what is not, and what to do about it."""

import click

from intake.casework.checks.finding import Health
from intake.casework.doctor import CHECKS, TRYING_MAIL, examine
from intake.cli.opening import existing, now, told_plainly
from intake.settings import Settings


@click.command()
@click.option("--mail", "tries_mail", is_flag=True, help="Also try the mail server.")
@click.pass_obj
def doctor(settings: Settings, *, tries_mail: bool) -> None:
    """Examine the installation; ends with 0 (well), 1 (see to it soon) or 2 (see to it now)."""
    with told_plainly():
        service = existing(settings)
    worst = Health.OK
    for name, finding in examine(
        service, now=now(), checks=TRYING_MAIL if tries_mail else CHECKS
    ):
        click.echo(f"{finding.health.name.lower():5}{name:15}{finding.words}")
        worst = max(worst, finding.health)
    raise SystemExit(worst)
