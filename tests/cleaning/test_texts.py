# ruff: noqa: RUF001 - people write in Cyrillic letters
"""Copies of texts hold letters only, in one encoding."""

import pytest

from intake.cleaning import KINDS, LIMITS, cleaned
from intake.cleaning.confined.texts import copied

TOLD = "Меня ұстап алды.\nВ 14:20 «сидел».\tКонец"


@pytest.mark.parametrize(
    "content",
    [
        TOLD.encode(),
        TOLD.encode("utf-8-sig"),
        TOLD.encode("utf-16"),
        ("\ufeff" + TOLD).encode("utf-16-be"),
        TOLD.replace("\n", "\r\n").encode(),
    ],
)
def test_text_comes_back_as_utf_8(content: bytes) -> None:
    assert copied(content, LIMITS).content.decode() == TOLD


def test_cyrillic_of_windows_is_read() -> None:
    assert copied("Устады".encode("cp1251"), LIMITS).content.decode() == "Устады"


def test_marks_that_turn_or_hide_words_are_gone() -> None:
    tricky = "a\x1b[2Jb\u202ec\u200bd\x00e\u2066f"
    assert copied(tricky.encode(), LIMITS).content == b"a[2Jbcdef"


def test_text_is_copied_by_the_confined_process_too() -> None:
    copy = cleaned([TOLD.encode()[:7], TOLD.encode()[7:]], KINDS["txt"])
    assert copy.content.decode() == TOLD
    assert (copy.media_type, copy.suffix) == ("text/plain; charset=utf-8", ".txt")
