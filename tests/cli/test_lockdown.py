"""`intake lockdown` and `intake recover`: asked twice, and nothing told of any sheet."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from intake.casework import Service, lockdown, verify
from intake.cli.doctor import doctor
from intake.cli.lockdown import lockdown as command
from intake.cli.recover import recover
from intake.settings import Settings, load
from tests.people import NOW, Installation


def run(settings: Settings, *words: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(command, list(words), obj=settings, input=typed)


def brought_back(settings: Settings, sheets: str) -> Result:
    return CliRunner().invoke(recover, [], obj=settings, input=sheets)


@pytest.mark.parametrize("typed", ["n\n", "y\nn\n", "\n", "y\n\n", ""])
def test_it_asks_twice_and_one_no_locks_nothing(service: Service, typed: str) -> None:
    before, lines = service.keys.pepper, verify.head(service)
    assert run(service.settings, typed=typed).exit_code == 1
    assert (service.keys.pepper, verify.head(service)) == (before, lines)


@pytest.mark.parametrize(("words", "typed"), [((), "y\ny\n"), (("--yes",), None)])
def test_twice_yes_or_a_scripts_word_locks(
    service: Service, words: tuple[str, ...], typed: str | None
) -> None:
    before = service.keys.pepper
    result = run(service.settings, *words, typed=typed)
    assert (result.exit_code, "Everything is locked." in result.output) == (0, True)
    assert service.keys.pepper != before
    said = CliRunner().invoke(doctor, [], obj=service.settings).output
    assert "Everything is locked. Reports still arrive." in said


def test_without_sheets_it_says_what_to_do_and_does_nothing(
    first_day: tuple[Service, object],
) -> None:
    service, _first = first_day
    result = run(service.settings, "--yes")
    assert result.exit_code == 1
    assert "make the sheets first" in result.output
    assert not lockdown.is_half(service)


def test_where_nothing_is_installed_it_says_so(tmp_path: Path) -> None:
    assert "Run: intake init" in run(load({}, tmp_path / "nothing"), "--yes").output


def wrong(sheets: tuple[str, ...], fault: str) -> str:
    words = sheets[0].split()
    words[10] = "academic" if words[10] != "academic" else "acid"
    return {
        "too few": sheets[0],
        "twice the same": f"{sheets[0]}\n{sheets[0]}",
        "another word": f"{' '.join(words)}\n{sheets[1]}",
        "no word": f"{sheets[0][:-3]}\n{sheets[1]}",
        "cut off": f"{sheets[0].rsplit(' ', 3)[0]}\n{sheets[1]}",
        "nothing": "",
    }[fault]


@pytest.mark.parametrize(
    "fault", ["too few", "twice the same", "another word", "no word", "cut off", "nothing"]
)
def test_what_is_wrong_with_sheets_is_said_without_a_word_of_them(
    service: Service, installation: Installation, fault: str
) -> None:
    lockdown.lock_down(service, now=NOW)
    lines = verify.head(service)
    result = brought_back(service.settings, wrong(installation.sheets, fault))
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert result.output.count("\n") == 1
    said = set(result.output.casefold().replace(".", " ").replace(",", " ").split())
    rare = {word for sheet in installation.sheets for word in sheet.split() if len(word) > 6}
    assert said & rare == set()
    assert verify.head(service) == lines
    assert not (service.settings.instance / "first-sign-in.txt").exists()


def test_enough_sheets_hand_over_a_one_time_passphrase(
    service: Service, installation: Installation
) -> None:
    run(service.settings, "--yes")
    result = brought_back(service.settings, "\n".join(installation.sheets[:2]))
    assert result.exit_code == 0
    assert "new ones are asked for" in result.output
    assert (service.settings.instance / "first-sign-in.txt").exists()
