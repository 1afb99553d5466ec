"""The messages of a case: questions out of the form, and what the reporter wishes."""

import pytest

from intake.casework import (
    Reader,
    Service,
    change_contact,
    conversation,
    enter,
    give_consent,
    new_once,
    overview,
    withdraw_consent,
    write,
)
from intake.consent import Consent
from intake.form import pages
from intake.form.answers import Answers
from tests.html import Element
from tests.people import NOW, Sent, send_and_open, sister_report
from tests.visitor import Visited, Visitor
from tests.web.conftest import Clock
from tests.web.test_account import sign_in as sign_in_again
from tests.web.test_account import switch
from tests.web.test_cases import texts

NOTE = "Asked the monitoring group for a visit tomorrow."
KEY = "medical/doctor"


@pytest.fixture
def sent(coordinator: Reader) -> Sent:
    """A report that a coordinator has opened."""
    return send_and_open(coordinator, sister_report())


def boxes(visited: Visited) -> list[Element]:
    return [e for e in visited.page.all("input") if e.get("name") == "ask"]


def ticked(visited: Visited) -> list[str]:
    return [e.get("value") or "" for e in boxes(visited) if "checked" in e.attributes]


def asked(service: Service, sent: Sent) -> list[tuple[str, tuple[str, ...]]]:
    entries = conversation(service, enter(service, sent.code, now=NOW), now=NOW).entries
    return [(entry.text, entry.questions) for entry in entries if entry.questions]


def messages(visitor: Visitor, sent: Sent) -> Visited:
    return visitor.get(f"/desk/cases/{sent.ref}/messages")


def test_what_the_case_does_not_answer_is_offered_and_the_rest_is_folded(
    desk: Visitor, sent: Sent
) -> None:
    page = messages(desk, sent)
    folded = {
        box.get("value"): any(
            around.tag == "details" and around.text.startswith("Answered already")
            for around in box.ancestors
        )
        for box in boxes(page)
    }
    assert folded["story/narrative"]
    assert folded["where/victim_status"]
    assert not folded[KEY]
    assert len(folded) == sum(len(page.asked) for page in pages.pages())


def test_only_trained_handlers_are_offered_questions_about_sexual_violence(
    desk: Visitor, second_desk: Visitor, sent: Sent
) -> None:
    intimate = {one.key for page in pages.pages() for one in page.asked if one.is_intimate}
    offered = {box.get("value") for box in boxes(messages(desk, sent))}
    untrained = {box.get("value") for box in boxes(messages(second_desk, sent))}
    assert intimate <= offered
    assert untrained == offered - intimate
    forged = second_desk.send(messages(second_desk, sent), {"ask": min(intimate)})
    assert forged.status == 404


def test_questions_are_asked_once_with_words_or_without(
    desk: Visitor, service: Service, sent: Sent
) -> None:
    page = messages(desk, sent)
    answers = [desk.send(page, {"ask": [KEY]}) for _ in range(3)]
    assert {answer.status for answer in answers} == {303}
    shown = desk.follow(answers[0]).page.text
    assert "The questions are there for the reporter" in shown
    desk.send(messages(desk, sent), {"ask": [KEY], "text": "Only if it is safe."})
    assert sorted(asked(service, sent)) == [("", (KEY,)), ("Only if it is safe.", (KEY,))]


def test_too_many_questions_come_back_ticked(
    desk: Visitor, service: Service, sent: Sent
) -> None:
    keys = [one.key for page in pages.pages() for one in page.asked][: pages.MOST_QUESTIONS + 1]
    answer = desk.send(messages(desk, sent), {"ask": keys, "note": NOTE})
    assert answer.status == 422
    assert "too many questions for one page" in answer.page.text
    assert set(ticked(answer)) == set(keys)
    assert asked(service, sent) == []


@pytest.mark.parametrize("to", ["notes", "language"])
def test_ticks_stay_while_something_else_is_done(desk: Visitor, sent: Sent, to: str) -> None:
    page, typed = messages(desk, sent), {"ask": [KEY], "note": NOTE}
    if to == "notes":
        answer = desk.send(page, typed, to=f"/desk/cases/{sent.ref}/notes")
    else:
        answer = switch(desk, page, "kk", typed)
    assert answer.status == 200
    assert ticked(answer) == [KEY]


def test_questions_outlive_the_session(
    desk: Visitor, service: Service, sent: Sent, clock: Clock
) -> None:
    page = messages(desk, sent)
    clock.pass_(minutes=61)
    offered = sign_in_again(desk, page=desk.send(page, {"ask": [KEY]}))
    assert desk.send(offered).status == 303
    assert asked(service, sent) == [("", (KEY,))]


def sides(visited: Visited) -> str:
    return " ".join(e.text for e in visited.page.all("div") if e.get("class") == "sides")


def said(service: Service, sent: Sent) -> list[str]:
    told = conversation(service, enter(service, sent.code, now=NOW), now=NOW)
    return sorted(entry.text for entry in told.entries if entry.text)


def test_who_answers_over_a_message_that_came_meanwhile_reads_it_first(
    desk: Visitor, service: Service, coordinator: Reader, sent: Sent
) -> None:
    page = messages(desk, sent)
    visit = enter(service, sent.code, now=NOW)
    write(service, visit, "Not safe any more.", kind="message", once=new_once(), now=NOW)

    refused = desk.send(page, {"text": "We call at six.", "ask": [KEY], "note": NOTE})
    assert refused.status == 409
    assert "Your message is not sent" in refused.page.text
    assert "Not safe any more." in sides(refused)
    assert "The reporter was told" not in sides(refused)
    assert texts(refused) == ["We call at six.", NOTE]
    assert ticked(refused) == [KEY]
    assert said(service, sent) == ["Not safe any more."]
    assert not overview(coordinator, sent.ref, now=NOW).row.has_news

    for _ in range(2):
        assert desk.send(refused, {"text": "We do not call.", "note": ""}).status == 303
    assert said(service, sent) == ["Not safe any more.", "We do not call."]


def test_of_two_who_answer_at_once_the_later_reads_the_other(
    desk: Visitor, second_desk: Visitor, service: Service, sent: Sent
) -> None:
    first, later = messages(desk, sent), messages(second_desk, sent)
    assert desk.send(first, {"text": "When is it safe?"}).status == 303
    refused = second_desk.send(later, {"text": "Can we call?"})
    assert refused.status == 409
    assert "When is it safe?" in sides(refused)
    assert "Can we call?" in sides(refused)
    assert said(service, sent) == ["When is it safe?"]


@pytest.mark.parametrize("to", ["notes", "language"])
def test_what_came_while_something_else_was_done_is_no_less_new(
    desk: Visitor, service: Service, sent: Sent, to: str
) -> None:
    page, typed = messages(desk, sent), {"text": "We call at six.", "note": NOTE}
    visit = enter(service, sent.code, now=NOW)
    write(service, visit, "Not safe any more.", kind="message", once=new_once(), now=NOW)
    if to == "notes":
        between = desk.send(page, typed, to=f"/desk/cases/{sent.ref}/notes")
    else:
        between = switch(desk, page, "en", typed)
    refused = desk.send(between)
    assert refused.status == 409
    assert "Not safe any more." in sides(refused)


def test_a_question_that_is_none_of_ours_is_not_asked(
    desk: Visitor, service: Service, sent: Sent
) -> None:
    answer = desk.send(messages(desk, sent), {"ask": ["../../etc"]})
    assert answer.status == 422
    assert asked(service, sent) == []


def test_consents_are_shown_with_giver_and_times_and_what_was_taken_back(
    desk: Visitor, service: Service, sent: Sent
) -> None:
    visit = enter(service, sent.code, now=NOW)
    consent = Consent("statistics", "victim", NOW, "2026-11")
    give_consent(service, visit, consent, once=new_once())
    withdraw_consent(service, visit, "contact", once=new_once(), now=NOW)

    overview = desk.get(f"/desk/cases/{sent.ref}").page.text
    assert "The reporter took back: Contact me in the safe way I chose" in overview
    assert "Count in statistics without identifying details by: The person, since" in overview
    assert "taken back Contact me in the safe way I chose" in overview
    said = messages(desk, sent).page.text
    assert "allows Count in statistics" in said
    assert "took back Contact me" in said
    timeline = desk.get(f"/desk/cases/{sent.ref}/timeline").page.text
    assert "The reporter changed what is allowed took back: Contact me" in timeline


def test_wishes_stand_on_top_of_the_case_and_in_the_queue(
    desk: Visitor, service: Service, sent: Sent
) -> None:
    visit = enter(service, sent.code, now=NOW)
    for kind in ("withdrawal", "erasure"):
        write(service, visit, f"The reason for {kind}", kind=kind, once=new_once(), now=NOW)

    top = desk.get(f"/desk/cases/{sent.ref}").page.all("h1")[0].text
    assert top.endswith("asks us to stop asks us to delete everything")
    said = messages(desk, sent).page.text
    assert "The reason for erasure" in said
    queue = desk.get("/desk/?view=all").page.text
    assert "asks us to stop asks us to delete everything" in queue


def test_a_new_way_to_answer_is_told_among_the_messages_without_it(
    desk: Visitor, service: Service, sent: Sent
) -> None:
    visit = enter(service, sent.code, now=NOW)
    told = Answers({"contact_method": ("signal",), "contact_value": "new signal name"})
    change_contact(service, visit, told, allowed=True, once=new_once(), now=NOW)

    text = messages(desk, sent).page.text
    assert "What was told before holds no longer." in text
    assert "new signal name" not in text
    assert "new signal name" in desk.get(f"/desk/cases/{sent.ref}/report").page.text
