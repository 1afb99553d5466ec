# ruff: noqa: RUF001 - lists are kept in Cyrillic letters
"""Bytes of a file as text, whichever program wrote them."""

import pytest

from intake.form.table.faults import (
    EMPTY,
    MOST_BYTES,
    NOT_A_TABLE,
    NOT_READ,
    TOO_LARGE,
    TableError,
)
from intake.form.table.text import text_of

ROWS = "Имя;Қала\nӘйгерім;Талдықорған\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_encoding_that_table_programs_write_is_read(encoding: str) -> None:
    assert text_of(ROWS.encode(encoding)) == ROWS


def test_a_stray_zero_does_not_make_it_utf_16() -> None:
    assert text_of((ROWS * 9).encode() + b"\0") == ROWS * 9


def test_what_is_no_utf_8_is_read_as_windows_1251() -> None:
    assert text_of("Имя;Город\nЁлкин;Тараз\n".encode("cp1251")) == "Имя;Город\nЁлкин;Тараз\n"


def test_line_ends_become_one_kind_and_control_characters_go() -> None:
    assert text_of(b"a;b\r\n1;2\x07\r3;4") == "a;b\n1;2\n3;4"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", EMPTY),
        (b" \r\n\t", EMPTY),
        (b"PK\x03\x04rest of a workbook", NOT_A_TABLE),
        (b"%PDF-1.7", NOT_A_TABLE),
        ("Имя".encode("cp1251") + b"\x98", NOT_READ),
        (b"a" * (MOST_BYTES + 1), TOO_LARGE),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(TableError) as refused:
        text_of(content)
    assert refused.value.fault.sentence == sentence
