"""`intake export`: documents for outside, as files."""

from pathlib import Path

import click

from intake.casework.blank_form import blank_form, short_form
from intake.cli.opening import ready, told_plainly
from intake.export.typesetting import NotTypesetError
from intake.settings import LANGUAGES, Settings


@click.group()
def export() -> None:
    """Documents for outside."""


@export.command(name="blank-form")
@click.option("--language", type=click.Choice(LANGUAGES), required=True)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.option("--short", is_flag=True, help="One leaf with the questions of the urgent page.")
@click.pass_obj
def print_blank_form(settings: Settings, language: str, output: Path, *, short: bool) -> None:
    """Write the blank form as PDF, to be printed and filled in by hand."""
    make = short_form if short else blank_form
    with told_plainly({NotTypesetError: "The form could not be made. Is typst installed?"}):
        made = make(ready(settings), language)
    try:
        output.write_bytes(made)
    except OSError as error:
        words = f"{output} could not be written: {error.strerror}."
        raise click.ClickException(words) from None
    click.echo(f"The form stands in {output}.")
