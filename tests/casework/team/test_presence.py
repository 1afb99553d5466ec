"""Who else is on a case now."""

from datetime import datetime, timedelta

import pytest

from intake.casework import Reader, UnknownCase, read_report, take
from intake.casework.restricting import restrict
from intake.casework.team.presence import Here, around
from intake.casework.team.workload import workload
from tests.casework.joining import proof
from tests.people import NOW, send_and_open, short_report


def here(reader: Reader, ref: str, *, now: datetime) -> tuple[Here, ...]:
    return around(reader, ref, now=now).here


def test_a_colleague_who_read_lately_is_here_and_not_oneself(
    coordinator: Reader, second: Reader
) -> None:
    sent = send_and_open(coordinator)
    read_report(second, sent.ref, now=NOW)
    (one,) = here(coordinator, sent.ref, now=NOW + timedelta(minutes=9))
    assert (one.handle, one.at) == (second.handle, NOW)
    (other,) = here(second, sent.ref, now=NOW)
    assert other.handle == coordinator.handle


def test_after_ten_minutes_nobody_is_here_any_more(coordinator: Reader, second: Reader) -> None:
    sent = send_and_open(coordinator)
    read_report(second, sent.ref, now=NOW)
    later = NOW + timedelta(minutes=10, seconds=1)
    assert here(coordinator, sent.ref, now=later) == ()


def test_what_others_may_not_open_shows_nobody(coordinator: Reader, second: Reader) -> None:
    sent = send_and_open(coordinator)
    named = [coordinator.member]
    restrict(coordinator, sent.ref, named, "A cousin", proof(coordinator), now=NOW)
    with pytest.raises(UnknownCase):
        here(second, sent.ref, now=NOW)


def test_everybody_sees_how_much_each_holds(coordinator: Reader, second: Reader) -> None:
    for _ in range(2):
        take(second, send_and_open(coordinator).ref, now=NOW)
    send_and_open(coordinator, short_report(narrative="Nobody holds this one."))
    loads = workload(coordinator, now=NOW)
    assert [(load.handle, load.open, load.is_me) for load in loads] == [
        (second.handle, 2, False),
        (coordinator.handle, 0, True),
    ]
    assert loads[0].by_level == {"u1": 2, "u2": 0, "u3": 0, "u4": 0}
