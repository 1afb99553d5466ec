"""Facets opened by thousands are opened as one by one."""

from uuid import UUID, uuid4

import pytest

from intake.vault import FacetsOpener, Ring, RingKey, UnsealError, box_facets

KEY, CASE = RingKey.fresh(Ring.FACTS, 3), uuid4()
BOX = box_facets(KEY, b"marks", case=CASE, version=70_000)


def test_what_was_boxed_opens() -> None:
    assert FacetsOpener(KEY).open(BOX, case=CASE.bytes, version=70_000) == b"marks"


@pytest.mark.parametrize(
    ("key", "case", "version"),
    [
        (RingKey.fresh(Ring.FACTS, 3), CASE, 70_000),
        (RingKey(Ring.FACTS, 2, KEY.seed), CASE, 70_000),
        (KEY, uuid4(), 70_000),
        (KEY, CASE, 70_001),
    ],
)
def test_nothing_else_opens(key: RingKey, case: UUID, version: int) -> None:
    with pytest.raises(UnsealError):
        FacetsOpener(key).open(BOX, case=case.bytes, version=version)
