"""Questions that a coordinator asks again, and what is answered behind the return code."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from intake.casework import (
    Entry,
    NotAllowed,
    Reader,
    Service,
    Wish,
    answer,
    conversation,
    correspondence,
    dismiss,
    enter,
    item_id,
    new_once,
    open_case,
    overview,
    queue,
    read_report,
    send_message,
    timeline,
    write,
)
from intake.form import pages
from intake.form.answers import Answers, State, Stored
from intake.form.pages import Asked
from intake.store.tables import AdditionRow
from tests.people import NOW, Sent, send, send_and_open, short_report, sister_report

LATER = NOW + timedelta(minutes=9)
WORDS = "Only if it is safe for you."


def keys_of(*slugs: str) -> tuple[str, ...]:
    """The first question of each of these pages."""
    found = (pages.page_called(slug) for slug in slugs)
    return tuple(page.asked[0].key for page in found if page)


def intimate() -> tuple[Asked, ...]:
    return tuple(one for page in pages.pages() for one in page.asked if one.is_intimate)


def ask(reader: Reader, sent: Sent, *keys: str, once: str = "", text: str = WORDS) -> None:
    once = once or new_once()
    send_message(reader, sent.ref, text, once=once, now=NOW, questions=keys)


def said(service: Service, sent: Sent) -> tuple[Entry, ...]:
    return conversation(service, enter(service, sent.code, now=LATER), now=LATER).entries


def asked_of(service: Service, sent: Sent) -> Entry:
    """The entry that asks something."""
    (entry,) = (entry for entry in said(service, sent) if entry.questions)
    return entry


def reply(
    service: Service, sent: Sent, *, once: str = "", about: UUID | None = None, **told: Stored
) -> None:
    visit = enter(service, sent.code, now=LATER)
    answers = Answers({**told})
    once = once or new_once()
    answer(service, visit, answers, language="ru", once=once, now=LATER, about=about)


def test_questions_wait_in_the_mailbox_as_they_were_chosen(
    service_on_each: Service, coordinator_on_each: Reader
) -> None:
    sent = send_and_open(coordinator_on_each)
    keys = keys_of("medical", "law")
    ask(coordinator_on_each, sent, *keys)

    asked = asked_of(service_on_each, sent)
    assert (asked.author, asked.text, asked.questions) == ("coalition", WORDS, keys)
    view = overview(coordinator_on_each, sent.ref, now=NOW)
    assert (view.row.stage, view.facts.last_from_coalition_at) == ("contacting", NOW)


def test_the_same_questions_are_asked_once_and_others_under_the_same_form_too(
    service_on_each: Service, coordinator_on_each: Reader
) -> None:
    sent = send_and_open(coordinator_on_each)
    once, first, more = new_once(), keys_of("medical"), keys_of("medical", "law")
    for keys in (first, first, more):
        ask(coordinator_on_each, sent, *keys, once=once)

    asked = [entry.questions for entry in said(service_on_each, sent) if entry.questions]
    assert sorted(asked) == sorted([first, more])


def test_only_trained_handlers_ask_about_sexual_violence(
    coordinator: Reader, second: Reader
) -> None:
    sent = send_and_open(coordinator)
    key = intimate()[0].key

    with pytest.raises(NotAllowed):
        ask(second, sent, key)
    ask(coordinator, sent, key)
    assert asked_of(coordinator.service, sent).questions == (key,)


def test_untrained_coordinators_do_not_see_what_was_asked_about_sexual_violence(
    coordinator: Reader, second: Reader
) -> None:
    sent = send_and_open(coordinator)
    plain = keys_of("medical")
    ask(coordinator, sent, intimate()[0].key, *plain)

    whole = asked_of(coordinator.service, sent).questions
    for reader, seen in ((second, plain), (coordinator, whole)):
        found = correspondence(reader, sent.ref, now=NOW).entries
        assert [entry.questions for entry in found if entry.questions] == [seen]
    assert set(plain) < set(whole)


@pytest.mark.parametrize("key", ["consent/consent", "story/none", "", "../etc", "story"])
def test_what_is_no_question_of_the_form_is_not_asked(coordinator: Reader, key: str) -> None:
    sent = send_and_open(coordinator)
    with pytest.raises(ValueError, match="cannot be asked"):
        ask(coordinator, sent, key)


def test_no_more_is_asked_than_one_page_holds(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    every = [one.key for page in pages.pages() for one in page.asked if not one.is_intimate]
    with pytest.raises(ValueError, match="cannot be asked"):
        ask(coordinator, sent, *every[: pages.MOST_QUESTIONS + 1])


def test_answers_go_into_the_report_and_never_into_the_conversation(
    service_on_each: Service, coordinator_on_each: Reader
) -> None:
    sent = send_and_open(coordinator_on_each, short_report(victim_status="free"))
    ask(coordinator_on_each, sent, *keys_of("medical"))
    asked = asked_of(service_on_each, sent)
    reply(service_on_each, sent, about=asked.id, narrative="He coughs", victim_status="missing")

    last = said(service_on_each, sent)[-1]
    assert (last.kind, last.about, last.text) == ("information", asked.id, "")
    (row,) = queue(coordinator_on_each, Wish("all"), now=LATER).rows
    assert row.has_news
    sections = read_report(coordinator_on_each, sent.ref, now=LATER).sections
    told = [
        s.answers.get("narrative") for s in sections if s.answers and s.answers.get("narrative")
    ]
    assert told == ["He coughs"]
    view = overview(coordinator_on_each, sent.ref, now=LATER)
    assert (view.facts.victim_status, view.row.level) == ("missing", "u1")
    assert read_report(coordinator_on_each, sent.ref, now=LATER).differences == ()


def test_answers_sent_again_are_stored_once_and_other_ones_beside_them(
    service_on_each: Service, coordinator_on_each: Reader
) -> None:
    sent, once = send_and_open(coordinator_on_each), new_once()
    for words in ("one", "one", "two", "one"):
        reply(service_on_each, sent, once=once, narrative=words)

    sections = read_report(coordinator_on_each, sent.ref, now=LATER).sections
    later = [s.answers for s in sections if s.kind == "correction" and s.answers]
    assert sorted(str(answers["narrative"]) for answers in later) == ["one", "two"]


def test_a_list_answered_without_seeing_the_first_answer_adds_to_it(
    coordinator: Reader,
) -> None:
    first = short_report(method=("beating", "electric_shock"), reprisal=("threats",))
    sent = send_and_open(coordinator, first)
    before = overview(coordinator, sent.ref, now=NOW).facts
    reply(coordinator.service, sent, method=("suffocation",), victim_status="free")
    read_report(coordinator, sent.ref, now=LATER)

    facts = overview(coordinator, sent.ref, now=LATER).facts
    assert facts.methods == (*before.methods, "suffocation")
    assert facts.reprisals == before.reprisals
    assert facts.victim_status == "free"


def test_that_somebody_would_not_answer_is_kept_and_told_apart(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    asked = pages.asked_by(keys_of("medical", "law"))
    visit = enter(coordinator.service, sent.code, now=LATER)
    answer(
        coordinator.service,
        visit,
        pages.skipped(asked),
        language="kk",
        once=new_once(),
        now=LATER,
    )

    sections = read_report(coordinator, sent.ref, now=LATER).sections
    told = {
        name: v
        for s in sections
        if s.kind == "correction"
        for name, v in (s.answers or {}).items()
    }
    assert told == {one.question.name: {"state": State.SKIPPED.value} for one in asked}


def test_what_is_told_of_sexual_violence_waits_for_a_trained_handler(
    coordinator: Reader, second: Reader
) -> None:
    sent = send_and_open(second)
    reply(coordinator.service, sent, intimate_narrative="three")

    read_report(second, sent.ref, now=LATER)
    assert all(
        "three" not in str(s.answers) for s in read_report(second, sent.ref, now=LATER).sections
    )
    sections = read_report(coordinator, sent.ref, now=LATER).sections
    assert "three" in [(s.answers or {}).get("intimate_narrative") for s in sections]


def test_what_the_case_answers_already_is_known_to_who_asks(coordinator: Reader) -> None:
    sent = send_and_open(coordinator, sister_report())
    found = correspondence(coordinator, sent.ref, now=NOW).answered
    assert {"victim_name", "narrative", "victim_status", "contact_method"} <= found
    assert "medical_exam" not in found

    reply(coordinator.service, sent, medical_exam=("none",))
    read_report(coordinator, sent.ref, now=LATER)
    assert "medical_exam" in correspondence(coordinator, sent.ref, now=LATER).answered


def test_an_answer_that_somebody_changed_is_named_and_not_taken_in(coordinator: Reader) -> None:
    service = coordinator.service
    sent = send_and_open(coordinator)
    reply(service, sent, narrative="forged")
    with service.writing() as session:
        for row in session.scalars(select(AdditionRow)):
            row.mac = bytes(32)

    report = read_report(coordinator, sent.ref, now=LATER)
    assert report.differences == ("addition",)
    assert "forged" not in str([section.answers for section in report.sections])


def test_one_of_several_things_keeps_its_id_however_often_it_is_sent() -> None:
    once = new_once()
    assert item_id(once) == item_id(once) != item_id(new_once())


def test_a_removed_message_is_gone_for_the_code_and_stays_at_the_desk(
    service_on_each: Service, coordinator_on_each: Reader
) -> None:
    sent = send_and_open(coordinator_on_each)
    send_message(coordinator_on_each, sent.ref, "Come at nine", once=new_once(), now=NOW)
    visit = enter(service_on_each, sent.code, now=LATER)
    (message,) = (e for e in said(service_on_each, sent) if e.kind == "message")
    for once in (new_once(), new_once()):
        dismiss(service_on_each, visit, message.id, once=once, now=LATER)

    assert "Come at nine" not in [entry.text for entry in said(service_on_each, sent)]
    kept = correspondence(coordinator_on_each, sent.ref, now=LATER)
    assert [e.text for e in kept.entries if e.kind == "message"] == ["Come at nine"]
    assert [e.about for e in kept.entries if e.kind == "dismissal"] == [message.id]
    assert kept.differences == ()
    acts = [line.act for line in timeline(coordinator_on_each, sent.ref, now=LATER)]
    assert acts.count("reporter_dismissal") == 1


def test_wishes_and_news_cannot_be_removed(coordinator: Reader) -> None:
    service = coordinator.service
    sent = send(service)
    open_case(coordinator, sent.ref, now=NOW)
    visit = enter(service, sent.code, now=LATER)
    for kind in ("withdrawal", "erasure"):
        write(service, visit, "", kind=kind, once=new_once(), now=LATER)
    before = said(service, sent)
    for entry in before:
        dismiss(service, visit, entry.id, once=new_once(), now=LATER)

    assert said(service, sent) == before
