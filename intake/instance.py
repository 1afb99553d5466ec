"""The instance folder: the server's own secrets and the pinned keys, one file each."""

import fcntl
import os
import secrets as randomness
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

SECRET_BYTES = 32
NAMES = ("server.key", "pepper.key", "audit.key", "site.salt")
PEPPER = "pepper.key"


class InstanceError(Exception):
    """The folder cannot be used as it is; the message says what to do."""


@dataclass(frozen=True)
class ServerSecrets:
    """What the server itself must hold, 32 bytes each; none of it opens a report."""

    server: bytes = field(repr=False)
    pepper: bytes = field(repr=False)
    audit: bytes = field(repr=False)
    site_salt: bytes = field(repr=False)


def folder(environ: Mapping[str, str]) -> Path:
    """Where this installation keeps its files: `INTAKE_INSTANCE`, else `./instance`."""
    return Path(environ.get("INTAKE_INSTANCE") or "instance").absolute()


def prepare(instance: Path) -> None:
    """Make the folder, readable by its owner alone."""
    instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    instance.chmod(0o700)


def secrets(instance: Path) -> ServerSecrets:
    """The secrets of this instance, made when it has none yet.

    Raises `InstanceError` when some of the files are missing, damaged or readable by others:
    a new one in place of a lost one would silently shut people out.
    """
    prepare(instance)
    with _alone_in(instance):
        missing = [name for name in NAMES if not (instance / name).exists()]
        if missing and len(missing) < len(NAMES):
            raise InstanceError(
                f"{instance}: {', '.join(missing)} is missing while the other keys are there. "
                "Restore it from a backup."
            )
        for name in missing:
            keep(instance / name, randomness.token_bytes(SECRET_BYTES))
        return ServerSecrets(*(_read(instance / name) for name in NAMES))


def pepper(instance: Path) -> bytes:
    """The pepper as it is now, 32 bytes; read each time, so that a lockdown reaches everybody.

    Raises `InstanceError` as `secrets` does.
    """
    return _read(instance / PEPPER)


def replace_pepper(instance: Path) -> None:
    """Destroy the pepper; what was stretched with it stays shut for good (lockdown).

    The new one is written over the old one in its place: there is a pepper at every moment, a
    full disk hinders nothing, and no file that was let go of still holds the old one.
    """
    with _alone_in(instance):
        descriptor = os.open(instance / PEPPER, os.O_WRONLY)
        try:
            os.pwrite(descriptor, randomness.token_bytes(SECRET_BYTES), 0)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def pins_path(instance: Path) -> Path:
    """The file with the ring keys and the recovery key that reports are sealed to."""
    return instance / "rings.pub"


def keep(path: Path, content: bytes) -> None:
    """Write a new file for its owner alone; it is on the disk when this returns.

    Raises `FileExistsError`, and never writes over anything.
    """
    draft = path.with_name(f".{path.name}.{randomness.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    finally:
        draft.unlink()
    _sync(path.parent)


def _read(path: Path) -> bytes:
    if path.stat().st_mode & 0o077:
        raise InstanceError(f"{path} can be read by others. Run: chmod 600 {path}")
    content = path.read_bytes()
    if len(content) != SECRET_BYTES:
        raise InstanceError(f"{path} is damaged. Restore it from a backup.")
    return content


@contextmanager
def _alone_in(instance: Path) -> Iterator[None]:
    """Two processes that start together must not each make secrets of their own."""
    descriptor = os.open(instance, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _sync(instance: Path) -> None:
    descriptor = os.open(instance, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
