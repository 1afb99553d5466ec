"""Sending a draft: stored and deleted in one step, once, and nothing typed is left behind."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from intake.casework import (
    ExpiredCode,
    NothingToSend,
    Reader,
    Service,
    SessionEnded,
    StorageBusy,
    UnknownCode,
    Wish,
    begin_draft,
    change_draft,
    come_back,
    conversation,
    enter,
    new_once,
    open_case,
    overview,
    queue,
    read_draft,
    read_report,
    save_draft,
    send_draft,
    submit,
)
from intake.casework.purge import purge
from intake.casework.verify import verify
from intake.form import events, people
from intake.form.answers import Answers, Stored
from intake.form.draft import Draft
from intake.form.findings import DEATH_PAPERS
from intake.form.questions import Text
from intake.store.columns import Base
from intake.store.tables import AdditionRow, CaseRow, DocumentRow, DraftRow, MailboxRow
from tests.people import NOW, sister_report

LATER = NOW + timedelta(minutes=20)
DAY = timedelta(days=1)
STORED = (CaseRow, DocumentRow, MailboxRow, AdditionRow, DraftRow)
CHANGES = 12


def saying(words: str, question: Text = events.NARRATIVE) -> Callable[[Draft], Draft]:
    return lambda draft: draft.answering(draft.answers.having(question, words))


def written(service: Service, words: str = "they came at night", *, once: str = "") -> str:
    """A browser in which somebody has written something."""
    visit = begin_draft(service, once=once or new_once(), now=NOW)
    change_draft(service, visit, saying(words), now=NOW)
    return visit


def sent_before(service: Service) -> tuple[str, str]:
    """The `once` and the code of an urgent report that a sister sent."""
    once = new_once()
    return once, submit(service, sister_report(), once=once).code


def counts(service: Service) -> list[int]:
    return [count(service, table) for table in STORED]


def count(service: Service, table: type[Base]) -> int:
    with service.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def told(reader: Reader) -> list[Mapping[str, object]]:
    """What every document of the only case tells."""
    (row,) = queue(reader, Wish(), now=NOW).rows
    open_case(reader, row.ref, now=LATER)
    return [
        section.answers or {} for section in read_report(reader, row.ref, now=LATER).sections
    ]


def narratives(reader: Reader) -> list[object]:
    return [answers["narrative"] for answers in told(reader) if "narrative" in answers]


def test_what_was_sent_waits_in_the_queue_and_the_draft_is_gone(
    service_on_each: Service, coordinator_on_each: Reader
) -> None:
    once = new_once()
    visit = written(service_on_each, once=once)

    sent, receipt = send_draft(service_on_each, visit, language="kk", now=LATER)

    assert (sent, receipt.received_at) == (once, LATER)
    assert narratives(coordinator_on_each) == ["they came at night"]
    (row,) = queue(coordinator_on_each, Wish(), now=LATER).rows
    assert (row.channel, row.is_automated) == ("web_form", False)
    assert count(service_on_each, DraftRow) == 0
    assert enter(service_on_each, receipt.code, now=LATER)


def test_sent_again_it_is_the_same_receipt_and_nothing_more(service_on_each: Service) -> None:
    visit = written(service_on_each)
    first = send_draft(service_on_each, visit, language="ru", now=NOW)
    stored = counts(service_on_each)

    again = [send_draft(service_on_each, visit, language="ru", now=LATER) for _ in range(3)]

    assert again == [first] * 3
    assert counts(service_on_each) == stored


def test_sent_from_eight_threads_at_once_it_is_one_case(service_on_each: Service) -> None:
    visit = written(service_on_each)
    with ThreadPoolExecutor(8) as threads:
        sent = [
            threads.submit(send_draft, service_on_each, visit, language="ru", now=NOW)
            for _ in range(8)
        ]
        receipts = {each.result() for each in sent}

    assert len(receipts) == 1
    assert (count(service_on_each, CaseRow), count(service_on_each, AdditionRow)) == (1, 0)
    assert count(service_on_each, DraftRow) == 0


def test_a_saved_draft_is_gone_too_and_its_code_opens_the_conversation(
    service: Service,
) -> None:
    saved = save_draft(service, written(service), now=NOW)
    _, receipt = send_draft(service, saved.visit, language="ru", now=NOW)

    back = come_back(service, saved.code, now=NOW)

    assert receipt.code == saved.code
    assert back.draft is None
    assert conversation(service, back.conversation or "", now=NOW).stage == "received"


def test_nothing_at_all_cannot_be_sent(service: Service) -> None:
    visit = begin_draft(service, once=new_once(), now=NOW)
    with pytest.raises(NothingToSend):
        send_draft(service, visit, language="ru", now=NOW)


def test_what_tells_nothing_yet_stays_a_draft(service: Service) -> None:
    visit = begin_draft(service, once=new_once(), now=NOW)
    change_draft(service, visit, saying("Aset", people.REPORTER_NAME), now=NOW)
    with pytest.raises(NothingToSend):
        send_draft(service, visit, language="ru", now=NOW)
    kept = read_draft(service, visit, now=NOW).draft.answers
    assert (kept[people.REPORTER_NAME], count(service, CaseRow)) == ("Aset", 0)


def test_an_ended_visit_sends_nothing(service: Service) -> None:
    with pytest.raises(SessionEnded):
        send_draft(service, written(service), language="ru", now=NOW + 2 * DAY)
    assert counts(service) == [0, 0, 0, 0, 1]


def test_what_a_closed_branch_holds_is_not_sent(service: Service, coordinator: Reader) -> None:
    visit = written(service)
    change_draft(service, visit, saying("typed and then closed", DEATH_PAPERS), now=NOW)
    send_draft(service, visit, language="ru", now=NOW)
    assert "typed and then closed" not in str(told(coordinator))
    assert narratives(coordinator) == ["they came at night"]


def test_after_an_urgent_report_the_rest_is_added_to_it_once(
    service_on_each: Service, coordinator_on_each: Reader
) -> None:
    once, code = sent_before(service_on_each)
    visit = written(service_on_each, "and then", once=once)

    first = send_draft(service_on_each, visit, language="ru", now=LATER)
    again = send_draft(service_on_each, visit, language="ru", now=LATER)

    assert first == again
    assert (first[1].code, first[1].received_at) == (code, NOW)
    assert (count(service_on_each, CaseRow), count(service_on_each, AdditionRow)) == (1, 1)
    assert count(service_on_each, DraftRow) == 0
    first_words = sister_report().answers.values["narrative"]
    assert narratives(coordinator_on_each) == [first_words, "and then"]


@pytest.mark.parametrize("told", [{}, {"trained_only": True}])
@pytest.mark.parametrize("is_unticked", [True, False])
def test_contact_that_is_unticked_in_the_full_form_is_allowed_no_longer(
    service: Service, second: Reader, *, told: Mapping[str, Stored], is_unticked: bool
) -> None:
    once, code = sent_before(service)
    ticks = Answers({**told, **({} if is_unticked else {"consent_contact": True})})
    first = Draft(ticks, passed=("contact",), sent=("narrative",))
    visit = begin_draft(service, once=once, now=NOW, draft=first)
    change_draft(service, visit, saying("and then"), now=NOW)
    for _again in range(2):
        send_draft(service, visit, language="ru", now=LATER)

    behind = conversation(service, enter(service, code, now=LATER), now=LATER)
    assert ("contact" in behind.allowed) is not is_unticked
    (row,) = queue(second, Wish(), now=LATER).rows
    view = overview(second, row.ref, now=LATER)
    assert ("contact" in view.consents) is view.facts.consent_contact is not is_unticked
    assert count(service, AdditionRow) == 1 + is_unticked


def test_any_answer_may_be_added_to_an_urgent_report(service: Service) -> None:
    once, _ = sent_before(service)
    visit = begin_draft(service, once=once, now=NOW, draft=Draft(sent=("narrative",)))
    with pytest.raises(NothingToSend):
        send_draft(service, visit, language="ru", now=NOW)
    change_draft(service, visit, saying("Aset", people.REPORTER_NAME), now=NOW)
    send_draft(service, visit, language="ru", now=NOW)
    assert (count(service, AdditionRow), count(service, DraftRow)) == (1, 0)


def test_a_continuation_sent_from_eight_threads_is_added_once(
    service_on_each: Service,
) -> None:
    once, _ = sent_before(service_on_each)
    visit = written(service_on_each, "and then", once=once)
    with ThreadPoolExecutor(8) as threads:
        sent = [
            threads.submit(send_draft, service_on_each, visit, language="ru", now=NOW)
            for _ in range(8)
        ]
        for each in sent:
            each.result()
    assert (count(service_on_each, AdditionRow), count(service_on_each, DraftRow)) == (1, 0)


def type_on(service: Service, visit: str) -> None:
    for number in range(1, CHANGES):
        change_draft(service, visit, one_more(number), now=NOW)


def send_often(service: Service, visit: str) -> None:
    for _ in range(CHANGES):
        send_draft(service, visit, language="ru", now=NOW)


def one_more(number: int) -> Callable[[Draft], Draft]:
    """A tab that adds a word to whatever stands there."""

    def typed(draft: Draft) -> Draft:
        before = draft.answers[events.NARRATIVE]
        return saying(f"{before} {number}." if before else f"{number}.")(draft)

    return typed


@pytest.mark.parametrize("is_continued", [False, True])
def test_what_is_typed_in_another_tab_while_it_is_sent_is_not_lost(
    service_on_each: Service, coordinator_on_each: Reader, *, is_continued: bool
) -> None:
    service = service_on_each
    once = sent_before(service)[0] if is_continued else new_once()
    visit = written(service, "0.", once=once)

    with ThreadPoolExecutor(2) as threads:
        for done in [threads.submit(do, service, visit) for do in (type_on, send_often)]:
            done.result()

    left = read_draft(service, visit, now=NOW).draft.answers[events.NARRATIVE] or ""
    words = " ".join(["", left, *map(str, narratives(coordinator_on_each))])
    assert [n for n in range(CHANGES) if f" {n}." not in words] == []
    assert count(service, CaseRow) == 1
    assert verify(service) == ()


def test_two_texts_sent_one_after_another_are_both_there(
    service: Service, coordinator: Reader
) -> None:
    visit = written(service, "one")
    send_draft(service, visit, language="ru", now=NOW)
    change_draft(service, visit, saying("two"), now=NOW)
    send_draft(service, visit, language="ru", now=LATER)
    assert narratives(coordinator) == ["one", "two"]


BROKEN = {
    "the report cannot be stored": "BEFORE INSERT ON document",
    "the draft cannot be deleted": "BEFORE DELETE ON draft",
}


@pytest.mark.parametrize("trigger", BROKEN.values(), ids=BROKEN)
def test_where_one_half_fails_neither_is_done(service: Service, trigger: str) -> None:
    visit = written(service)
    before = counts(service)
    with service.writing() as session:
        session.execute(
            text(f"CREATE TRIGGER broken {trigger} BEGIN SELECT RAISE(ABORT, 'broken'); END")
        )

    with pytest.raises(StorageBusy):
        send_draft(service, visit, language="ru", now=NOW)

    assert counts(service) == before
    with service.writing() as session:
        session.execute(text("DROP TRIGGER broken"))
    send_draft(service, visit, language="ru", now=NOW)
    assert (count(service, CaseRow), count(service, DraftRow)) == (1, 0)


def test_a_code_opens_what_was_sent_and_what_was_not(service_on_each: Service) -> None:
    once, code = sent_before(service_on_each)
    visit = written(service_on_each, "and then", once=once)
    assert save_draft(service_on_each, visit, now=NOW).code == code

    back = come_back(service_on_each, code, now=NOW)

    kept = read_draft(service_on_each, back.draft or "", now=NOW)
    assert kept.draft.answers[events.NARRATIVE] == "and then"
    assert conversation(service_on_each, back.conversation or "", now=NOW).entries


def test_a_code_whose_draft_is_over_still_opens_the_conversation(service: Service) -> None:
    once, code = sent_before(service)
    save_draft(service, written(service, once=once), now=NOW)
    back = come_back(service, code, now=NOW + 8 * DAY)
    assert (back.draft, back.conversation is None) == (None, False)


def test_a_code_whose_conversation_is_over_still_opens_the_draft(service: Service) -> None:
    once, code = sent_before(service)
    later = NOW + timedelta(days=service.settings.mailbox_days + 1)
    visit = begin_draft(service, once=once, now=later)
    save_draft(service, visit, now=later)
    purge(service, now=later)
    assert come_back(service, code, now=later).draft
    purge(service, now=later + 8 * DAY)
    with pytest.raises(ExpiredCode):
        come_back(service, code, now=later + 8 * DAY)


def test_a_code_that_was_never_given_opens_nothing(service: Service) -> None:
    other = submit(service, sister_report(), once=new_once()).code
    with service.writing() as session:
        session.execute(text("UPDATE mailbox SET look_up = x'00'"))
    with pytest.raises(UnknownCode):
        come_back(service, other, now=NOW)
