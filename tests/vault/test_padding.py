"""Padding: what went in comes out, and sizes say little."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.vault import FACTS_FLOOR, REPORT_FLOOR, UnsealError, pad, unpad
from tests.vault import reader


@given(st.binary(max_size=20_000), st.sampled_from([16, 512, FACTS_FLOOR, REPORT_FLOOR]))
def test_what_is_padded_comes_back(data: bytes, floor: int) -> None:
    padded = pad(data, floor=floor)
    assert unpad(padded) == data == reader.unpad(padded)
    assert len(padded) >= floor


@given(st.integers(0, 4092), st.integers(0, 4092))
def test_all_short_reports_have_one_size(one: int, two: int) -> None:
    assert len(pad(bytes(one), floor=REPORT_FLOOR)) == len(pad(bytes(two), floor=REPORT_FLOOR))


@given(st.integers(4093, 3_000_000))
def test_padding_costs_at_most_an_eighth(length: int) -> None:
    assert len(pad(bytes(length), floor=REPORT_FLOOR)) <= (length + 4) * 1.125


@pytest.mark.parametrize("damaged", [b"", b"\0\0\0", b"\0\0\0\x05abcd", b"\xff" * 64])
def test_what_was_not_padded_is_refused(damaged: bytes) -> None:
    with pytest.raises(UnsealError):
        unpad(damaged)
