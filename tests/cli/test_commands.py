"""The operators' commands: what they print, what they leave, how they end."""

import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from click import ClickException, Command
from click.testing import CliRunner, Result
from sqlalchemy import text

from intake.casework import First, Reader, Service, choose_passphrase, resume, verify
from intake.cli import locks
from intake.cli.audit import audit
from intake.cli.backup import backup, restore
from intake.cli.doctor import doctor
from intake.cli.init import init
from intake.cli.member import member
from intake.cli.purge import purge
from intake.cli.recover import recover
from intake.settings import Settings, load
from tests.people import NOW, Installation, make_sheets, sign_in

Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    def call(
        command: Command, settings: Settings, *words: str, typed: str | None = None
    ) -> Result:
        result = CliRunner().invoke(command, list(words), obj=settings, input=typed)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return call


@pytest.fixture
def nothing(tmp_path: Path) -> Settings:
    """The settings of an installation that is not there yet."""
    return load({}, tmp_path / "instance")


def first_sign_in(settings: Settings) -> First:
    """What `first-sign-in.txt` says."""
    words = (settings.instance / "first-sign-in.txt").read_text().split()
    return First(words[words.index("as") + 1], words[-1])


def test_init_makes_an_installation_and_leaves_the_way_in_for_its_owner_alone(
    run: Run, nothing: Settings
) -> None:
    result = run(init, nothing)
    assert result.exit_code == 0
    path = nothing.instance / "first-sign-in.txt"
    assert str(path) in result.output
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    first = first_sign_in(nothing)
    assert first.passphrase not in result.output
    service = Service.open(nothing)
    assert sign_in(service, first.handle, first.passphrase, known=None, now=NOW).must_set_up
    service.engine.dispose()


def test_init_again_changes_nothing(run: Run, nothing: Settings) -> None:
    run(init, nothing)
    before = (nothing.instance / "rings.pub").read_bytes()
    (nothing.instance / "first-sign-in.txt").unlink()
    result = run(init, nothing)
    assert result.exit_code == 0
    assert (nothing.instance / "rings.pub").read_bytes() == before
    assert not (nothing.instance / "first-sign-in.txt").exists()


def test_another_one_time_passphrase_can_be_made_until_one_was_chosen(
    run: Run, nothing: Settings
) -> None:
    run(init, nothing)
    lost = first_sign_in(nothing)
    assert run(member, nothing, "first").exit_code == 0
    first = first_sign_in(nothing)
    assert first.passphrase != lost.passphrase
    service = Service.open(nothing)
    signed_in = sign_in(service, first.handle, first.passphrase, known=None, now=NOW)
    reader = resume(service, signed_in.cookie, now=NOW)
    choose_passphrase(reader, "six words of her own now", now=NOW)
    service.engine.dispose()
    result = run(member, nothing, "first")
    assert result.exit_code == 1
    assert "intake recover" in result.output


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (audit, ["head"]),
        (audit, ["verify"]),
        (member, ["first"]),
        (purge, []),
        (doctor, []),
        (recover, []),
    ],
)
def test_without_an_installation_a_command_says_so_and_makes_none(
    run: Run, nothing: Settings, command: Command, words: list[str]
) -> None:
    result = run(command, nothing, *words)
    assert result.exit_code == 1
    assert "intake init" in result.output
    assert not nothing.instance.exists()


def test_verify_ends_with_one_sentence_for_each_finding(run: Run, service: Service) -> None:
    assert run(audit, service.settings, "verify").exit_code == 0
    head = run(audit, service.settings, "head").output.strip()
    assert head == str(verify.head(service))
    with service.writing() as session:
        session.execute(text("DELETE FROM audit WHERE seq = 2"))
    result = run(audit, service.settings, "verify", "--head", head)
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        "Lines 2 to 2 of the log are missing.",
        "Line 3 of the log does not follow the line before it.",
    ]


def test_verify_takes_a_head_that_was_kept_elsewhere(run: Run, service: Service) -> None:
    kept = f"9999-{'00' * 32}"
    result = run(audit, service.settings, "verify", "--head", kept)
    assert result.exit_code == 1
    assert "set back" in result.output
    assert run(audit, service.settings, "verify", "--head", "nonsense").exit_code == 2


def test_doctor_ends_with_the_worst_that_it_found(run: Run, service: Service) -> None:
    result = run(doctor, service.settings)
    assert result.exit_code == 2
    assert any(line.startswith("fail worker") for line in result.output.splitlines())
    assert len(result.output.splitlines()) == 26


def test_purge_says_how_much_went(run: Run, service: Service) -> None:
    result = run(purge, service.settings)
    assert result.exit_code == 0
    assert "sessions: 2" in result.output


def test_sheets_from_a_file_or_typed_bring_a_coordinator_back(
    run: Run, service: Service, installation: Installation, tmp_path: Path
) -> None:
    path = tmp_path / "sheets.txt"
    path.write_text("\n\n".join(installation.sheets[:2]))
    assert run(recover, service.settings, "--sheets", str(path)).exit_code == 0
    first = first_sign_in(service.settings)
    assert sign_in(service, first.handle, first.passphrase, known=None, now=NOW).must_set_up
    typed = "\n".join(installation.sheets[1:])
    result = run(recover, service.settings, "--handle", "third", typed=typed)
    assert result.exit_code == 0
    assert first_sign_in(service.settings).handle == "third"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "too few"),
        ("{0}", "too few"),
        ("{0}\nzebra {1}", "sheet 2, word 1"),
        ("{0}\n{1} acid", "Sheet 2 is not complete"),
        ("{0}\n{other}", "one set"),
    ],
)
def test_wrong_sheets_are_told_by_place_and_never_repeated(
    run: Run,
    service: Service,
    coordinator: Reader,
    installation: Installation,
    typed: str,
    said: str,
) -> None:
    old = installation.sheets[0]
    sheets = make_sheets(coordinator)
    words = typed.format(*sheets, other=old)
    result = run(recover, service.settings, typed=words)
    assert result.exit_code == 1
    assert said in result.output
    assert not any(word in result.output for word in sheets[0].split()[4:8])
    assert run(recover, service.settings, typed="\n".join(installation.sheets)).exit_code == 1


def test_a_backup_goes_to_a_new_file_or_into_a_folder(
    run: Run, service: Service, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    assert run(backup, service.settings, str(folder)).exit_code == 0
    (made,) = folder.glob("intake-*.backup")
    result = run(backup, service.settings, str(made))
    assert result.exit_code == 1
    assert "is there already" in result.output
    assert run(backup, service.settings, str(tmp_path / "no" / "b")).exit_code == 1


def test_before_there_are_sheets_a_backup_is_refused_with_a_sentence(
    run: Run, first_day: tuple[Service, First], tmp_path: Path
) -> None:
    service, _first = first_day
    result = run(backup, service.settings, str(tmp_path / "b"))
    assert result.exit_code == 1
    assert "no recovery sheets yet" in result.output
    assert not (tmp_path / "b").exists()


def test_restore_shows_the_numbers_to_compare(
    run: Run, service: Service, nothing: Settings, installation: Installation, tmp_path: Path
) -> None:
    path, typed = tmp_path / "a.backup", "\n".join(installation.sheets[:2])
    run(backup, service.settings, str(path))
    result = run(restore, nothing, str(path), typed=typed)
    assert result.exit_code == 0
    for pin in service.pins().rings.values():
        assert pin.public.fingerprint() in result.output
    assert "Erased again: 0." in result.output
    again = run(restore, nothing, str(path), typed=typed)
    assert again.exit_code == 1
    assert "--replace" in again.output
    assert run(restore, nothing, str(path), "--replace", typed=typed).exit_code == 0


def test_restore_is_refused_while_the_installation_is_used(
    run: Run, service: Service, installation: Installation, tmp_path: Path
) -> None:
    path, settings = tmp_path / "one.backup", service.settings
    assert run(backup, settings, str(path)).exit_code == 0
    typed = "\n".join(installation.sheets[:2])
    before = (settings.instance / "server.key").stat().st_ino
    with locks.using(settings), locks.using(settings):
        refused = run(restore, settings, str(path), "--replace", typed=typed)
    assert refused.exit_code == 1
    assert "Stop intake serve and intake worker" in refused.output
    assert (settings.instance / "server.key").stat().st_ino == before
    assert run(restore, settings, str(path), "--replace", typed=typed).exit_code == 0


def test_nobody_serves_what_is_being_restored(service: Service) -> None:
    with locks.replacing(service.settings), pytest.raises(ClickException, match="restore"):
        locks.using(service.settings).__enter__()


def test_restore_refuses_another_file_and_too_few_sheets(
    run: Run, service: Service, nothing: Settings, installation: Installation, tmp_path: Path
) -> None:
    path = tmp_path / "a.backup"
    run(backup, service.settings, str(path))
    few = run(restore, nothing, str(path), typed=installation.sheets[0])
    assert few.exit_code == 1
    assert "too few" in few.output
    path.write_bytes(path.read_bytes()[:-1])
    cut = run(restore, nothing, str(path), typed="\n".join(installation.sheets[:2]))
    assert cut.exit_code == 1
    assert "Nothing was restored" in cut.output
    assert not (nothing.instance / "rings.pub").exists()


def test_pins_that_were_changed_are_told_plainly(
    run: Run, service: Service, tmp_path: Path
) -> None:
    (service.settings.instance / "rings.pub").write_text("format = 1\n[case]\n")
    result = run(backup, service.settings, str(tmp_path / "b"))
    assert result.exit_code == 1
    assert "rings.pub" in result.output


def test_a_key_file_that_others_can_read_is_told_plainly(run: Run, service: Service) -> None:
    (service.settings.instance / "audit.key").chmod(0o644)
    result = run(audit, service.settings, "head")
    assert result.exit_code == 1
    assert "chmod 600" in result.output
