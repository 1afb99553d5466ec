"""The search itself: it would find what the other tests hope is not there."""

import base64
import gzip
import zlib
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.proof.traces import Wanted, in_files

WORD = "Тұмарлыкөз"
SHAPES = {
    "utf-8": WORD.encode(),
    "utf-16-le": WORD.encode("utf-16-le"),
    "utf-16-be": WORD.encode("utf-16-be"),
    "base64-0": base64.b64encode(WORD.encode()),
    "base64-1": base64.b64encode(b"a" + WORD.encode() + b"end"),
    "base64-2": base64.urlsafe_b64encode(b"aa" + WORD.encode() + b"x"),
    "base64-16": base64.b64encode(b"abcd" + WORD.encode("utf-16-le") + b"z"),
    "hex": WORD.encode().hex().encode(),
    "HEX": WORD.encode().hex().upper().encode(),
    "percent": quote(WORD).encode(),
    "json": ascii(WORD).encode(),
    "gzip": gzip.compress(b"before " + WORD.encode()),
    "zlib": zlib.compress(b"before " + WORD.encode(), 1),
    "gzip-cut": gzip.compress(b"before " * 9 + WORD.encode() + bytes(range(256)) * 40)[:-9],
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_word_is_found_in_every_shape(tmp_path: Path, shape: str) -> None:
    folder = tmp_path / "somewhere" / "deep"
    folder.mkdir(parents=True)
    (folder / "file").write_bytes(b"\0\xff rubbish" + SHAPES[shape] + b"rubbish\xfe")
    assert in_files(Wanted((WORD,)), [tmp_path])


def test_a_word_is_found_in_the_name_of_a_file(tmp_path: Path) -> None:
    (tmp_path / WORD).touch()
    assert in_files(Wanted((WORD,)), [tmp_path])


def test_latin_words_are_found_whatever_their_case(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"a THISTLEDOWN b")
    assert in_files(Wanted(("thistledown",)), [tmp_path])


def test_other_words_are_not_found(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes("Тұмарлыкөл".encode() * 100 + gzip.compress(b"a" * 99))
    assert in_files(Wanted((WORD,)), [tmp_path]) == []
