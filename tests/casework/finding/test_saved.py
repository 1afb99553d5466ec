"""Kept views: one's own and the team's, sealed, and never lost to a colleague's change."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from intake.casework import Conflict, Reader, Service, UnknownCase
from intake.casework.finding.saved import (
    MOST,
    TooManyViews,
    change_view,
    keep_view,
    remove_view,
    saved_view,
    saved_views,
)
from intake.store.team import TeamDocumentRow
from tests.people import NOW

NAME, QUERY = "Thistledown Almaty", "view=late&region=KZ-75"


def names(reader: Reader) -> list[tuple[str, bool]]:
    return [(one.name, one.is_shared) for one in saved_views(reader)]


def test_a_view_of_ones_own_is_seen_by_nobody_else(
    coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    id_ = uuid4()
    for _ in range(2):  # the same form sent twice
        keep_view(coordinator_on_each, id_, NAME, QUERY, shared=False, now=NOW)

    (view,) = saved_views(coordinator_on_each)
    assert (view.id, view.name, view.query, view.by) == (id_, NAME, QUERY, "coordinator")
    assert saved_views(second_on_each) == ()
    with pytest.raises(UnknownCase):
        saved_view(second_on_each, id_)


def test_a_shared_view_is_seen_and_changed_by_all(
    coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    id_ = uuid4()
    keep_view(coordinator_on_each, id_, NAME, QUERY, shared=True, now=NOW)
    change_view(second_on_each, id_, "Almaty", shared=True, seen=1, now=NOW)

    (view,) = saved_views(coordinator_on_each)
    assert (view.name, view.by, view.query) == ("Almaty", "second", QUERY)
    with pytest.raises(Conflict):
        change_view(coordinator_on_each, id_, "Mine", shared=True, seen=1, now=NOW)


def test_a_view_is_shared_and_taken_back(
    coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    keep_view(coordinator_on_each, uuid4(), NAME, QUERY, shared=False, now=NOW)
    (own,) = saved_views(coordinator_on_each)
    change_view(coordinator_on_each, own.id, NAME, shared=True, seen=own.revision, now=NOW)
    assert names(second_on_each) == [(NAME, True)]

    (shared,) = saved_views(second_on_each)
    change_view(second_on_each, shared.id, NAME, shared=False, seen=shared.revision, now=NOW)
    assert names(second_on_each) == [(NAME, False)]
    assert names(coordinator_on_each) == []


def test_a_view_is_forgotten_as_it_was_seen(
    coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    id_ = uuid4()
    keep_view(coordinator_on_each, id_, NAME, QUERY, shared=False, now=NOW)
    remove_view(second_on_each, id_, seen=1, now=NOW)  # for her it is not there
    assert names(coordinator_on_each) == [(NAME, False)]
    with pytest.raises(Conflict):
        remove_view(coordinator_on_each, id_, seen=2, now=NOW)
    remove_view(coordinator_on_each, id_, seen=1, now=NOW)
    assert saved_views(coordinator_on_each) == ()
    remove_view(coordinator_on_each, id_, seen=1, now=NOW)


def test_what_a_view_is_called_and_asks_stands_nowhere_in_plain(
    service: Service, coordinator: Reader
) -> None:
    for shared in (True, False):
        keep_view(coordinator, uuid4(), NAME, QUERY, shared=shared, now=NOW)
    with service.reading() as session:
        for row in session.scalars(select(TeamDocumentRow)):
            assert row.kind == "view"
            assert bytes(row.box).find(b"Thistledown") == -1
            assert bytes(row.box).find(b"KZ-75") == -1


def test_a_view_has_a_name(coordinator: Reader) -> None:
    with pytest.raises(ValueError, match="name"):
        keep_view(coordinator, uuid4(), "  ", QUERY, shared=False, now=NOW)
    assert saved_views(coordinator) == ()


def test_so_many_views_are_kept_and_no_more(coordinator: Reader) -> None:
    for number in range(MOST):
        keep_view(coordinator, uuid4(), f"{number}", QUERY, shared=False, now=NOW)
    with pytest.raises(TooManyViews):
        keep_view(coordinator, uuid4(), "one more", QUERY, shared=False, now=NOW)
    keep_view(coordinator, uuid4(), "for all", QUERY, shared=True, now=NOW)
