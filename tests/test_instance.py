import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from intake import instance
from intake.instance import InstanceError, ServerSecrets

SECRETS = ("server.key", "pepper.key", "audit.key", "site.salt")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_first_start_makes_secrets_for_the_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "instance"
    made = instance.secrets(folder)
    assert mode(folder) == 0o700
    assert {path.name: mode(path) for path in folder.iterdir()} == dict.fromkeys(SECRETS, 0o600)
    assert len({made.server, made.pepper, made.audit, made.site_salt}) == 4
    assert all(len((folder / name).read_bytes()) == 32 for name in SECRETS)


def test_every_later_start_reads_the_same_ones(tmp_path: Path) -> None:
    assert instance.secrets(tmp_path) == instance.secrets(tmp_path)


def test_two_that_start_together_agree(tmp_path: Path) -> None:
    together = Barrier(8)

    def start() -> ServerSecrets:
        together.wait()
        return instance.secrets(tmp_path)

    with ThreadPoolExecutor(8) as starting:
        starts = [starting.submit(start) for _ in range(8)]
    assert len({start.result().server for start in starts}) == 1


@pytest.mark.parametrize("name", SECRETS)
def test_a_lost_secret_is_never_made_anew(tmp_path: Path, name: str) -> None:
    instance.secrets(tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(InstanceError, match=f"{name} is missing"):
        instance.secrets(tmp_path)
    assert not (tmp_path / name).exists()


def test_a_damaged_secret_is_refused(tmp_path: Path) -> None:
    instance.secrets(tmp_path)
    (tmp_path / "audit.key").write_bytes(b"short")
    with pytest.raises(InstanceError, match=r"audit\.key is damaged"):
        instance.secrets(tmp_path)


def test_a_secret_that_others_can_read_is_refused(tmp_path: Path) -> None:
    instance.secrets(tmp_path)
    (tmp_path / "server.key").chmod(0o640)
    with pytest.raises(InstanceError, match="chmod 600"):
        instance.secrets(tmp_path)


def test_a_new_pepper_leaves_nothing_of_the_old_one(tmp_path: Path) -> None:
    before = instance.secrets(tmp_path)
    instance.replace_pepper(tmp_path)
    after = instance.secrets(tmp_path)
    assert after.pepper != before.pepper
    assert (after.server, after.site_salt) == (before.server, before.site_salt)
    assert all(before.pepper not in path.read_bytes() for path in tmp_path.iterdir())


def test_secrets_are_not_shown(tmp_path: Path) -> None:
    assert repr(instance.secrets(tmp_path)) == "ServerSecrets()"


def test_what_is_kept_is_never_written_over(tmp_path: Path) -> None:
    kept = tmp_path / "first-sign-in.txt"
    instance.keep(kept, b"one")
    with pytest.raises(FileExistsError):
        instance.keep(kept, b"two")
    assert kept.read_bytes() == b"one"
    assert mode(kept) == 0o600
    assert list(tmp_path.iterdir()) == [kept]


def test_the_folder_is_named_by_the_environment(tmp_path: Path) -> None:
    assert instance.folder({"INTAKE_INSTANCE": str(tmp_path)}) == tmp_path
    assert instance.folder({}) == Path.cwd() / "instance"
