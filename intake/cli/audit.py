"""`intake audit`: whether log and cases are whole, and the line to keep elsewhere."""

import click
from typing_extensions import override

from intake.casework import verify as verifying
from intake.casework.verify import Head
from intake.cli.opening import ready, told_plainly
from intake.settings import Settings


class HeadType(click.ParamType[Head]):
    """A head as `intake audit head` prints it."""

    name = "head"

    @override
    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> Head:
        try:
            return Head.parse(value)
        except ValueError:
            self.fail(
                "A head looks like 123-0a1b2c…, as intake audit head prints it.", param, ctx
            )


@click.group()
def audit() -> None:
    """The audit log."""


@audit.command()
@click.pass_obj
def head(settings: Settings) -> None:
    """Print the newest line's number and MAC, to be kept on paper or on another machine."""
    with told_plainly():
        click.echo(str(verifying.head(ready(settings))))


@audit.command()
@click.option("--head", "kept", type=HeadType(), help="A head that was kept elsewhere.")
@click.pass_obj
def verify(settings: Settings, kept: Head | None) -> None:
    """Compare every line and every case; ends with 1 when something is wrong."""
    with told_plainly():
        findings = verifying.verify(ready(settings), kept=kept)
    for finding in findings:
        click.echo(finding)
    if findings:
        raise SystemExit(1)
    click.echo("The log is whole, and every case is as it says.")
