"""The command that writes the blank form."""

import stat
from pathlib import Path

import pikepdf
from click.testing import CliRunner

from intake.casework import Service
from intake.cli import main
from intake.cli.export import export
from intake.settings import load


def test_the_blank_form_is_written_to_the_file(service: Service, tmp_path: Path) -> None:
    output = tmp_path / "form.pdf"
    words = ["blank-form", "--language", "kk", "--output", str(output)]
    result = CliRunner().invoke(export, words, obj=service.settings)
    assert result.exit_code == 0, result.output
    assert str(output) in result.output
    assert output.read_bytes().startswith(b"%PDF-")
    assert stat.S_ISREG(output.stat().st_mode)


def test_the_short_form_is_one_leaf(service: Service, tmp_path: Path) -> None:
    output = tmp_path / "form.pdf"
    words = ["blank-form", "--short", "--language", "ru", "--output", str(output)]
    result = CliRunner().invoke(export, words, obj=service.settings)
    assert result.exit_code == 0, result.output
    with pikepdf.open(output) as document:
        assert len(document.pages) == 2


def test_a_place_that_cannot_be_written_is_told_in_a_sentence(
    service: Service, tmp_path: Path
) -> None:
    output = tmp_path / "nowhere" / "form.pdf"
    words = ["blank-form", "--language", "en", "--output", str(output)]
    result = CliRunner().invoke(export, words, obj=service.settings)
    assert result.exit_code == 1
    assert f"{output} could not be written" in result.output


def test_without_an_installation_nothing_is_made(tmp_path: Path) -> None:
    output = tmp_path / "form.pdf"
    words = ["blank-form", "--language", "en", "--output", str(output)]
    result = CliRunner().invoke(export, words, obj=load({}, tmp_path / "instance"))
    assert result.exit_code == 1
    assert not output.exists()


def test_it_is_listed_among_the_commands() -> None:
    assert "export" in CliRunner().invoke(main, ["--help"]).output
