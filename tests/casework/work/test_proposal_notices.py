"""Who hears of what two must decide: those who could, as urgently as it is, and who asked."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from intake.casework import (
    Reader,
    add_step,
    decide,
    duty,
    new_once,
    notices_for,
    proposal,
    proposals_of,
    withdraw_proposal,
)
from intake.casework.account_notices import AccountNotice
from intake.casework.duty import Entry, Window
from intake.casework.restricting import restrict
from intake.form.answers import Answers
from intake.roles import Role
from intake.store.service import OutboxRow
from tests.casework.joining import add, proof
from tests.casework.work.answering import agree, go, seen, write
from tests.casework.work.test_moves import active
from tests.people import NOW, Sent, send_and_open, short_report, sister_report

WORDS = "He is free, Zhasylqurt told us"


def told(reader: Reader, kind: str) -> list[AccountNotice]:
    return [one for one in notices_for(reader) if one.kind == kind]


def asked(reader: Reader, sent: Sent, **more: str) -> None:
    write(reader, sent.ref, "lowering", lower_why=WORDS, **more)


def on_duty(
    reader: Reader, *members: Reader, windows: tuple[Window, ...] | None = None
) -> None:
    """Let these be on the rota, always or in `windows`, and forget who was written to."""
    more = {"windows": windows} if windows else {}
    entries = [Entry(one.member, f"{one.handle}@post.example", **more) for one in members]
    duty.keep(reader, entries, revision=0, now=NOW)
    with reader.service.writing() as session:
        for row in session.scalars(select(OutboxRow)):
            session.delete(row)


def letters(reader: Reader) -> list[object]:
    """To whom something is to be sent; None stands for whoever is on duty next."""
    with reader.service.reading() as session:
        found = session.scalars(select(OutboxRow.member_id))
        return sorted(found, key=lambda member: (member is None, str(member)))


def test_who_could_decide_hears_of_it_and_reads_no_word(
    coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    sent = send_and_open(coordinator_on_each)
    asked(coordinator_on_each, sent)
    (notice,) = told(second_on_each, "proposal_made")
    assert notice.about == {
        "handle": "coordinator",
        "ref": sent.ref,
        "action": "step",
        "code": "lowering",
    }
    assert told(coordinator_on_each, "proposal_made") == []


def test_the_same_form_sent_again_tells_nobody_again(
    coordinator: Reader, second: Reader
) -> None:
    sent, once = send_and_open(coordinator), new_once()
    answers = Answers({"lower_to": "u4", "lower_why": WORDS})
    for _ in range(2):
        add_step(coordinator, sent.ref, "lowering", answers, once=once, now=NOW)
    assert len(told(second, "proposal_made")) == 1


def test_of_a_kept_case_the_named_alone_hear(coordinator: Reader, second: Reader) -> None:
    third = add(coordinator, "fern", Role.COORDINATOR)
    sent = send_and_open(coordinator)
    named = {coordinator.member, second.member}
    restrict(coordinator, sent.ref, named, "A relative.", proof(coordinator), now=NOW)
    asked(coordinator, sent)
    assert len(told(second, "proposal_made")) == 1
    assert told(third, "proposal_made") == []


def test_of_words_for_trained_handlers_these_alone_hear(
    coordinator: Reader, second: Reader
) -> None:
    trained = add(coordinator, "fern", Role.COORDINATOR, Role.HANDLER)
    asked(coordinator, send_and_open(coordinator, sister_report(method=("rape",))))
    assert len(told(trained, "proposal_made")) == 1
    assert told(second, "proposal_made") == []


def test_what_cannot_wait_is_mailed_to_whoever_may_decide_and_is_on_duty(
    coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    sent = send_and_open(coordinator_on_each)
    on_duty(coordinator_on_each, coordinator_on_each, second_on_each)
    asked(coordinator_on_each, sent)
    assert letters(coordinator_on_each) == [second_on_each.member]


def test_while_nobody_on_duty_could_decide_word_waits_as_of_a_new_report(
    coordinator: Reader, second: Reader
) -> None:
    sent = send_and_open(coordinator)
    on_duty(coordinator, coordinator)
    asked(coordinator, sent)
    assert letters(coordinator) == [None]
    assert len(told(second, "proposal_made")) == 1


def test_at_night_only_what_is_immediate_wakes_somebody(
    coordinator: Reader, second: Reader
) -> None:
    day = (Window(frozenset(range(7)), 3, 4),)  # it is 14:30 in Astana
    urgent = send_and_open(coordinator)
    within_a_day = send_and_open(
        coordinator, short_report(victim_status="police_custody", narrative="He was taken.")
    )
    on_duty(coordinator, second, windows=day)
    assert seen(coordinator, within_a_day.ref).level == "u2"
    asked(coordinator, within_a_day)
    assert letters(coordinator) == [None]
    asked(coordinator, urgent)
    assert second.member in letters(coordinator)


def test_what_can_wait_sends_no_mail(coordinator: Reader, second: Reader) -> None:
    report = short_report(victim_status="released", narrative="It was in March.")
    sent = send_and_open(coordinator, report)
    assert seen(coordinator, sent.ref).level in {"u3", "u4"}
    on_duty(coordinator, coordinator, second)
    go(
        coordinator,
        sent.ref,
        "screening_to_closed",
        moved_outcome="out_of_country",
        moved_why="It was abroad",
    )
    assert len(told(second, "proposal_made")) == 1
    assert letters(coordinator) == []


@pytest.mark.parametrize(
    ("agrees", "kind"), [(True, "proposal_done"), (False, "proposal_not_agreed")]
)
def test_who_asked_hears_what_became_of_it(
    coordinator_on_each: Reader,
    second_on_each: Reader,
    agrees: bool,  # noqa: FBT001 - a column of the table
    kind: str,
) -> None:
    sent = send_and_open(coordinator_on_each)
    asked(coordinator_on_each, sent)
    (one,) = proposals_of(second_on_each)
    version = proposal(second_on_each, one.id, now=NOW).version
    for _ in range(2):
        decide(
            second_on_each,
            one.id,
            agrees=agrees,
            words="Because of Thistledown",
            version=version,
            now=NOW,
        )
    (notice,) = told(coordinator_on_each, kind)
    assert notice.about["handle"] == "second"
    assert (notice.about["ref"], notice.about["code"]) == (sent.ref, "lowering")
    assert "Thistledown" not in str(notice.about)


def test_of_an_erased_case_the_notice_says_not_which(
    coordinator: Reader, second: Reader
) -> None:
    sent = send_and_open(coordinator)
    active(coordinator, second, sent)
    go(coordinator, sent.ref, "any_to_erased", moved_asked_how="phone")
    agree(second, sent.ref)
    (notice,) = (
        one
        for one in told(coordinator, "proposal_done")
        if one.about["code"] == "any_to_erased"
    )
    assert sent.ref not in str(notice.about)


def test_taking_it_back_tells_nobody(coordinator: Reader, second: Reader) -> None:
    sent = send_and_open(coordinator)
    asked(coordinator, sent)
    (one,) = proposals_of(coordinator)
    withdraw_proposal(coordinator, one.id, now=NOW + timedelta(minutes=1))
    assert [n.kind for n in notices_for(coordinator) if n.kind.startswith("proposal")] == []
    assert [n.kind for n in notices_for(second) if n.kind.startswith("proposal")] == [
        "proposal_made"
    ]
