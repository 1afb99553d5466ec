"""Whatever of a case is read counts among the readings, by whichever page."""

from datetime import timedelta

import pytest

from intake.casework import Reader, log, proposal, proposals_of, readings, take, work
from intake.casework.case_rows import find
from intake.casework.team import handing
from intake.web.case_words import ACTS
from tests.casework.team.test_handing import offer
from tests.casework.work.answering import write
from tests.people import NOW, send_and_open

READING = sorted(act for act in ACTS if act.startswith("read_"))
TOMORROW = NOW + timedelta(days=1)


def openings(reader: Reader, of: Reader) -> int:
    found = readings.readings(reader, since=NOW, until=TOMORROW, now=NOW).readings
    return sum(one.openings for one in found if one.member == of.member)


@pytest.mark.parametrize("act", READING)
def test_every_act_of_reading_a_case_is_counted(
    coordinator: Reader, second: Reader, act: str
) -> None:
    sent = send_and_open(coordinator)
    assert openings(coordinator, second) == 0
    with second.service.writing() as session:
        case = find(session, sent.ref)
        log.append(session, second.service, act, by=second.member, case=case, now=NOW)
    assert openings(coordinator, second) == 1


def test_steps_proposals_and_offers_count_as_they_are_read(
    coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    coordinator, second = coordinator_on_each, second_on_each
    sent = send_and_open(coordinator)
    take(coordinator, sent.ref, now=NOW)
    offer(coordinator, sent, second)
    write(coordinator, sent.ref, "lowering")
    (one,) = proposals_of(second)
    assert openings(coordinator, second) == 0
    work(second, sent.ref, now=NOW)
    proposal(second, one.id, now=NOW)
    handing.holding(second, sent.ref, now=NOW)
    assert openings(coordinator, second) == 3


def test_what_is_no_reading_is_not_counted(coordinator: Reader, second: Reader) -> None:
    sent = send_and_open(coordinator)
    take(second, sent.ref, now=NOW)
    assert openings(coordinator, second) == 0
