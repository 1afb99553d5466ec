"""The list beside a case: what came before it in the queue, and what comes next."""

from intake.casework import Reader, Wish, queue
from intake.casework.finding import beside
from intake.casework.restricting import restrict
from tests.casework.joining import proof
from tests.people import NOW, send, send_and_open


def test_a_case_has_neighbours_as_in_the_queue(coordinator_on_each: Reader) -> None:
    reader = coordinator_on_each
    for _ in range(3):
        send(reader.service)
    first, second, third = (row.ref for row in queue(reader, Wish(), now=NOW).rows)

    for ref, before, after in (
        (first, None, second),
        (second, first, third),
        (third, second, None),
    ):
        found = beside(reader, Wish(), ref, now=NOW)
        assert [row.ref for row in found.rows] == [first, second, third]
        assert (found.previous and found.previous.ref) == before
        assert (found.next and found.next.ref) == after


def test_what_left_the_list_is_followed_by_its_first_case(coordinator: Reader) -> None:
    waits = send(coordinator.service)
    found = beside(coordinator, Wish(), "2222-2222", now=NOW)
    assert found.previous is None
    assert found.next is not None
    assert found.next.ref == waits.ref


def test_a_case_kept_for_others_is_no_neighbour(coordinator: Reader, second: Reader) -> None:
    kept, other = send_and_open(coordinator), send(coordinator.service)
    who = (coordinator.member,)
    restrict(coordinator, kept.ref, who, "Her cousin.", proof(coordinator), now=NOW)

    found = beside(second, Wish(), other.ref, now=NOW)

    assert [row.ref for row in found.rows] == [other.ref]
    assert (found.previous, found.next) == (None, None)
