"""Contexts: two places never share one."""

from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from intake.vault import context
from tests.vault import reader

PARTS = st.lists(st.binary(max_size=20), max_size=4)


@given(PARTS, PARTS)
def test_contexts_are_equal_only_for_equal_parts(one: list[bytes], two: list[bytes]) -> None:
    assert (context("a", *one) == context("a", *two)) == (one == two)


@given(st.text(max_size=20), st.integers(), st.uuids())
def test_a_context_is_what_the_format_says(text: str, number: int, row: UUID) -> None:
    assume(not text.startswith(("hex:", "uuid:")))
    place: list[str | int] = [text, number, f"uuid:{row}", f"hex:{row.hex}"]
    assert reader.context(place) == context(text, number, row, row.bytes)


def test_a_part_is_not_cut_off() -> None:
    with pytest.raises(OverflowError):
        context("a", bytes(65_536))
