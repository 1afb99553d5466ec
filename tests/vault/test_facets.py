"""Facets opened by thousands are opened as one by one."""

from uuid import UUID, uuid4

import pytest

from intake.vault import (
    FacetsOpener,
    Ring,
    RingKey,
    UnsealError,
    box_facets,
    box_many_facets,
    open_many_facets,
)

KEY, CASE = RingKey.fresh(Ring.FACTS, 3), uuid4()
BOX = box_facets(KEY, b"marks", case=CASE, version=70_000)
KEPT = box_many_facets(KEY, b"of many", part="a")


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


def test_what_was_kept_of_many_opens() -> None:
    assert open_many_facets(KEPT, KEY, part="a") == b"of many"


@pytest.mark.parametrize(
    ("key", "part"),
    [
        (RingKey.fresh(Ring.FACTS, 3), "a"),
        (RingKey(Ring.FACTS, 2, KEY.seed), "a"),
        (KEY, "b"),
    ],
)
def test_no_other_key_or_part_opens_it(key: RingKey, part: str) -> None:
    with pytest.raises(UnsealError):
        open_many_facets(KEPT, key, part=part)
