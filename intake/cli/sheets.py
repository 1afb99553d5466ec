"""Asking for recovery sheets: from a file, or typed one after another."""

import sys
from collections.abc import Mapping
from typing import Final, TextIO

import click

from intake.vault import PublicKey, Seed, SheetsError, SheetsFault, read_sheets

SENTENCES: Final[Mapping[SheetsFault, str]] = {
    SheetsFault.TOO_FEW: "These are too few sheets. Add another one.",
    SheetsFault.NOT_ONE_SET: "These sheets do not belong to one set.",
    SheetsFault.MISSPELT: "A word is misspelt",
    SheetsFault.WRONG: "These sheets belong to another installation, or are older ones.",
}


def typed(file: TextIO | None) -> tuple[str, ...]:
    """The sheets, one on a line; an empty line ends them."""
    if file is not None:
        return tuple(line for line in file.read().splitlines() if line.strip())
    if not sys.stdin.isatty():
        return tuple(line for line in sys.stdin.read().splitlines() if line.strip())
    click.echo("Type the words of each sheet on one line. An empty line ends the last sheet.")
    sheets: list[str] = []
    while words := click.prompt(
        f"Sheet {len(sheets) + 1}", default="", show_default=False
    ).strip():
        sheets.append(words)
    click.clear()
    return tuple(sheets)


def opened(sheets: tuple[str, ...], expected: PublicKey) -> Seed:
    """The recovery seed; ends the command with what is wrong, never with a word of a sheet."""
    try:
        return read_sheets(sheets, expected=expected)
    except SheetsError as error:
        raise click.ClickException(sentence(error)) from None


def sentence(error: SheetsError) -> str:
    """What is wrong, and where that is known."""
    words = SENTENCES[error.reason]
    if error.sheet is None:
        return words
    if error.word is None:
        return f"Sheet {error.sheet} is not complete, or a word on it is wrong."
    return f"{words}: sheet {error.sheet}, word {error.word}."
