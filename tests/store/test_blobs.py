"""Pieces of sealed files, in a folder and in a bucket, by the one interface."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.request import Request, urlopen
from uuid import UUID, uuid4

import pytest
from obstore.exceptions import GenericError

from intake import vault
from intake.store.blob_errors import BlobError, FilesFullError, NoPieceError, told
from intake.store.blobs import PART, Blobs
from intake.vault import PIECE, Key, Sealed

BUCKET = "files"
KEY = Key(bytes(range(32)))
FILE = UUID("6f1c0d4e-3b8a-4c57-9d2e-5a7b9c1d3e5f")
PLANTED = b"planted-51d0ae"
LONG = Sealed(os.urandom(3 * 2**20 + 17))


@dataclass(frozen=True)
class Server:
    """A server on this machine that speaks S3."""

    url: str

    def ask(self, path: str, method: str = "GET") -> str:
        """What it answers to anybody who is here."""
        request = Request(self.url + path, method=method)  # noqa: S310 - our own server
        with urlopen(request, timeout=60) as answer:  # noqa: S310
            told: bytes = answer.read()
        return told.decode()


@pytest.fixture(scope="session")
def s3() -> Iterator[Server]:
    from moto.server import ThreadedMotoServer  # noqa: PLC0415 - a second, for few tests

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    _host, port = server.get_host_and_port()
    yield Server(f"http://127.0.0.1:{port}")
    server.stop()


@pytest.fixture
def bucket(s3: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Blobs]:
    """An empty bucket, as an operator names it."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", s3.url)
    monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    s3.ask(f"/{BUCKET}", "PUT")
    yield Blobs.open(f"s3://{BUCKET}/some/prefix")
    s3.ask("/moto-api/reset", "POST")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "instance" / "files"


@pytest.fixture
def blobs(folder: Path) -> Blobs:
    return Blobs.open(folder.as_uri())


@pytest.fixture(params=["blobs", "bucket"], ids=["folder", "bucket"])
def either(request: pytest.FixtureRequest) -> Blobs:
    """The same store, in a folder and in a bucket."""
    chosen = request.getfixturevalue(request.param)
    assert isinstance(chosen, Blobs)
    return chosen


def got(blobs: Blobs, index: int, file: UUID = FILE) -> bytes:
    return b"".join(blobs.get(file, index))


def test_a_piece_comes_back_as_it_was_kept(either: Blobs) -> None:
    either.put(FILE, 0, [LONG])
    either.put(FILE, 1, [Sealed(b"short"), Sealed(b""), Sealed(b" piece")])
    assert got(either, 0) == LONG
    assert got(either, 1) == b"short piece"


def test_a_file_goes_in_and_comes_out_part_by_part(either: Blobs) -> None:
    content = os.urandom(PIECE + 5)
    sizes = vault.piece_sizes(len(content))
    for index, size in enumerate(sizes):
        parts = [content[index * PIECE : (index + 1) * PIECE]]
        boxed = vault.box_parts(KEY, parts, file=FILE, index=index, size=size)
        either.put(FILE, index, boxed)
    opened = vault.open_file(
        KEY, lambda index: either.get(FILE, index), file=FILE, length=len(content)
    )
    assert b"".join(opened) == content
    assert max(map(len, either.get(FILE, 0))) == PART
    assert either.count(FILE) == len(sizes) == 2


def test_a_piece_takes_the_place_of_the_one_before(either: Blobs) -> None:
    either.put(FILE, 0, [LONG])
    either.put(FILE, 0, [Sealed(b"later")])
    assert got(either, 0) == b"later"
    assert either.count(FILE) == 1


def test_what_is_not_there_is_told(either: Blobs) -> None:
    either.put(FILE, 0, [LONG])
    for file, index in ((FILE, 1), (uuid4(), 0)):
        with pytest.raises(NoPieceError):
            either.get(file, index)


class BrokenLineError(Exception):
    """What ends an upload in the middle."""


def broken(parts: int) -> Iterator[Sealed]:
    yield from [Sealed(os.urandom(2**18))] * parts
    raise BrokenLineError


@pytest.mark.parametrize("parts", [0, 1, 4, 5, 20])
def test_a_piece_that_breaks_off_is_not_kept(either: Blobs, parts: int) -> None:
    with pytest.raises(BrokenLineError):
        either.put(FILE, 0, broken(parts))
    assert either.count(FILE) == 0
    with pytest.raises(NoPieceError):
        either.get(FILE, 0)


def test_a_piece_stays_while_its_successor_breaks_off(either: Blobs) -> None:
    either.put(FILE, 0, [LONG])
    with pytest.raises(BrokenLineError):
        either.put(FILE, 0, broken(20))
    assert got(either, 0) == LONG


def test_pieces_are_counted_up_to_the_first_that_is_missing(either: Blobs) -> None:
    for index in (0, 1, 2, 10, 11):
        either.put(FILE, index, [Sealed(b"piece")])
    assert either.count(FILE) == 3
    assert either.count(uuid4()) == 0


def test_removing_a_file_leaves_the_others(either: Blobs) -> None:
    other = uuid4()
    for index in range(3):
        either.put(FILE, index, [Sealed(b"piece")])
        either.put(other, index, [Sealed(b"piece")])
    either.remove(FILE)
    either.remove(FILE)
    assert either.count(FILE) == 0
    assert list(either.all()) == [other]
    assert either.count(other) == 3


def test_all_files_are_listed_by_their_ids(either: Blobs) -> None:
    files = [uuid4() for _ in range(12)]
    assert list(either.all()) == []
    for file in files:
        either.put(file, 0, [Sealed(b"piece")])
        either.put(file, 1, [Sealed(b"piece")])
    assert list(either.all()) == sorted(files, key=lambda file: file.hex)


@pytest.mark.usefixtures("bucket")
def test_a_bucket_that_is_not_there_is_an_error_without_its_address() -> None:
    missing = Blobs.open("s3://elsewhere/prefix")
    for act in (
        lambda: missing.put(FILE, 0, [LONG]),
        lambda: list(missing.all()),
        lambda: missing.count(FILE),
    ):
        with pytest.raises(BlobError) as error:
            act()
        assert "elsewhere" not in str(error.value)
        assert FILE.hex not in str(error.value)


def test_a_bucket_that_nobody_serves_is_an_error(
    bucket: Blobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    with pytest.raises(BlobError):
        Blobs.open(bucket.url).put(FILE, 0, [LONG])


def test_no_half_upload_waits_in_a_bucket(bucket: Blobs, s3: Server) -> None:
    bucket.put(FILE, 0, [vault.box_piece(KEY, bytes(PIECE), file=FILE, index=0)])
    with pytest.raises(BrokenLineError):
        bucket.put(FILE, 1, broken(31))
    assert "<UploadId>" not in s3.ask(f"/{BUCKET}?uploads")
    stored = s3.ask(f"/{BUCKET}?list-type=2")
    assert re.findall("<Key>(.*?)</Key>", stored) == [f"some/prefix/{FILE.hex}/0"]
    assert re.search("<ETag>[^-<]+</ETag>", stored)  # in one request


def test_a_folder_is_its_owners_alone(blobs: Blobs, folder: Path) -> None:
    blobs.put(FILE, 0, [LONG])
    blobs.put(FILE, 1, [Sealed(b"short")])
    modes = {path.name: path.stat().st_mode & 0o777 for path in (folder, *folder.rglob("*"))}
    assert modes == {"files": 0o700, FILE.hex: 0o700, "0": 0o600, "1": 0o600}


def test_a_folder_that_others_could_read_is_closed(blobs: Blobs, folder: Path) -> None:
    folder.mkdir(mode=0o755, parents=True)
    blobs.put(FILE, 0, [LONG])
    assert folder.stat().st_mode & 0o777 == 0o700


def test_times_in_a_folder_say_the_hour_alone(blobs: Blobs, folder: Path) -> None:
    other = uuid4()
    for file in (FILE, other):
        blobs.put(file, 0, [LONG])
        blobs.put(file, 1, [Sealed(b"short")])
    blobs.remove(other)
    times = [path.stat().st_mtime for path in (folder, *folder.rglob("*"))]
    assert len(times) == 4
    assert {time % 3600 for time in times} == {0}


def test_no_time_in_a_folder_says_when_a_piece_was_read(blobs: Blobs, folder: Path) -> None:
    blobs.put(FILE, 0, [LONG])
    before = [path.stat().st_atime for path in (folder, *folder.rglob("*"))]
    assert got(blobs, 0) == LONG
    assert blobs.count(FILE) == 1
    assert [path.stat().st_atime for path in (folder, *folder.rglob("*"))] == before


def test_a_folder_may_be_a_disk_of_its_own(blobs: Blobs, folder: Path) -> None:
    blobs.put(FILE, 0, [LONG])
    (folder / "lost+found").mkdir()
    (folder / "README").write_text("kept by the operator")
    assert list(blobs.all()) == [FILE]


# Writes a piece whose content is known, and is killed by itself in the middle of it.
KILLED = f"""
import os, signal, sys
from uuid import UUID
from intake import vault
from intake.store.blobs import Blobs

def content():
    for _ in range(int(sys.argv[2])):
        yield {PLANTED!r} * 5000
    os.kill(os.getpid(), signal.SIGKILL)

file = UUID({FILE.hex!r})
boxed = vault.box_parts(
    vault.Key(bytes(range(32))), content(), file=file, index=1, size=vault.PIECE
)
Blobs.open(sys.argv[1]).put(file, 1, boxed)
"""


def killed(folder: Path, parts: int) -> None:
    command = [sys.executable, "-c", KILLED, folder.as_uri(), str(parts)]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("parts", [0, 5, 16, 60, 119])
def test_a_kill_leaves_no_half_piece_and_nothing_readable(
    blobs: Blobs, folder: Path, parts: int
) -> None:
    blobs.put(FILE, 0, [LONG])
    killed(folder, parts)
    assert blobs.count(FILE) == 1
    with pytest.raises(NoPieceError):
        blobs.get(FILE, 1)
    left = contents(folder)
    assert left.keys() <= {"0", "1#1"}
    assert not any(PLANTED in content for content in left.values())


def test_a_piece_stays_whole_where_its_successor_is_killed(blobs: Blobs, folder: Path) -> None:
    blobs.put(FILE, 1, [LONG])
    killed(folder, 60)
    assert got(blobs, 1) == LONG


def test_what_a_kill_left_is_tidied_up_an_hour_later(
    blobs: Blobs, folder: Path, now: datetime
) -> None:
    blobs.put(FILE, 0, [LONG])
    killed(folder, 60)
    (part,) = folder.rglob("1#1")
    os.utime(part, (now.timestamp(), now.timestamp()))
    assert blobs.tidy(now=now + timedelta(minutes=59)) == 0
    assert blobs.tidy(now=now + timedelta(minutes=61)) == 1
    assert contents(folder) == {"0": LONG}


def test_removing_a_file_takes_what_a_kill_left_of_it(blobs: Blobs, folder: Path) -> None:
    killed(folder, 60)
    assert list(blobs.all()) == [FILE]
    blobs.remove(FILE)
    assert list(folder.iterdir()) == []


def test_there_is_nothing_to_tidy_up_in_a_bucket(bucket: Blobs, now: datetime) -> None:
    bucket.put(FILE, 0, [LONG])
    assert bucket.tidy(now=now + timedelta(days=365)) == 0
    assert got(bucket, 0) == LONG


FORKED = """
import os, sys
from uuid import uuid4
from intake.store.blobs import Blobs

blobs = Blobs.open(sys.argv[1])
if child := os.fork():
    os._exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
blobs.put(uuid4(), 0, [b"sealed"])
"""


def test_a_process_may_open_the_store_and_fork_before_it_uses_it(
    blobs: Blobs, folder: Path
) -> None:
    subprocess.run([sys.executable, "-c", FORKED, folder.as_uri()], check=True, timeout=60)
    assert len(list(blobs.all())) == 1


GROWING = """
import sys
from uuid import uuid4
from intake import vault
from intake.store.blobs import Blobs

def highest():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))

def whole(pieces):
    file, key = uuid4(), vault.Key.random()
    for index in range(pieces):
        parts = (bytes(65_536) for _ in range(vault.PIECE // 65_536))
        boxed = vault.box_parts(key, parts, file=file, index=index, size=vault.PIECE)
        blobs.put(file, index, boxed)
    opened = vault.open_file(
        key, lambda index: blobs.get(file, index), file=file, length=pieces * vault.PIECE
    )
    assert sum(map(len, opened)) == pieces * vault.PIECE

blobs = Blobs.open(sys.argv[1])
blobs.put(uuid4(), 0, [b"sealed"])
before = highest()
whole(16)
print(highest() - before)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="Linux tells the memory")
def test_a_large_file_takes_no_more_memory_than_a_small_one(folder: Path) -> None:
    command = [sys.executable, "-c", GROWING, folder.as_uri()]
    told = subprocess.run(command, check=True, timeout=60, capture_output=True)
    assert int(told.stdout) < 16 * 1024


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (GenericError("Unable to copy data to file: … (os error 28)"), FilesFullError),
        (OSError("Unable to copy data to file: … (os error 122)"), FilesFullError),
        (GenericError("/srv/files/… (os error 5)"), BlobError),
        (PermissionError("/srv/files"), BlobError),
    ],
)
def test_an_error_says_what_to_do_and_names_no_place(
    error: Exception, kind: type[BlobError]
) -> None:
    with pytest.raises(kind) as caught, told():
        raise error
    assert type(caught.value) is kind
    assert str(caught.value) == type(error).__name__
    assert caught.value.__cause__ is None
