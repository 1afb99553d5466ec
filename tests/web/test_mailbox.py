"""Behind the return code: reading, writing, taking back; and every way a code can be wrong."""

import re
from collections.abc import Callable, Mapping

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from intake.case import Stage
from intake.casework import (
    Reader,
    Service,
    begin_draft,
    new_once,
    open_case,
    overview,
    read_report,
    save_draft,
    send_message,
)
from intake.casework.case_file import opened
from intake.form.answers import Answers
from intake.form.draft import Draft
from intake.form.vocabularies import vocabulary
from intake.store.tables import AdditionRow, CaseRow, MailboxRow
from intake.web import mailbox_words
from tests.people import NOW, send, short_report
from tests.visitor import LANGUAGES, Visited, Visitor
from tests.web.conftest import Clock

STORY = "They took my brother from home and do not say where he is."
MORE = "A neighbour saw the number of the car."
ARABIC_ZERO = 0x0660
CODE = re.compile(r"\b[0-9]{4}(?: [0-9]{4}){5}\b")


@pytest.fixture
def code(visitor: Visitor) -> str:
    """The return code of a report that was just sent."""
    shown = visitor.follow(visitor.send(visitor.get("/en/urgent/"), {"narrative": STORY}))
    return str(CODE.findall(shown.page.text)[0])


def entered(visitor: Visitor, code: str, language: str = "en") -> Visited:
    """The conversation, opened with the code."""
    answer = visitor.send(visitor.get(f"/{language}/return/"), {"code": code})
    assert (answer.status, answer.location) == (303, f"/{language}/return/messages")
    return visitor.follow(answer)


def reference(service: Service) -> str:
    with service.reading() as session:
        return session.scalars(select(CaseRow.ref)).one()


def additions(service: Service) -> int:
    with service.reading() as session:
        return len(session.scalars(select(AdditionRow.id)).all())


def values(visited: Visited) -> dict[str, list[str]]:
    return visited.page.fields(visited.page.form())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_code_opens_the_conversation(visitor: Visitor, code: str, language: str) -> None:
    page = entered(visitor, code, language).page
    assert len([e for e in page.all("li") if e.get("class") == "yours"]) == 1


def test_the_answer_of_the_coalition_can_be_read(
    visitor: Visitor, service: Service, coordinator: Reader, code: str
) -> None:
    ref = reference(service)
    open_case(coordinator, ref, now=NOW)
    assert "A coordinator is reading your report." in entered(visitor, code).page.text
    send_message(coordinator, ref, "A lawyer is on the way.", once="A" * 43, now=NOW)
    text = visitor.get("/en/return/messages").page.text
    assert "A lawyer is on the way." in text
    assert STORY not in text


@pytest.mark.parametrize("words", [mailbox_words.STAGES, mailbox_words.NEWS])
def test_there_are_words_for_every_stage(words: Mapping[str, str]) -> None:
    assert set(words) == set(vocabulary("stage").codes)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["add", "take-back", "erase", "more", "consents"])
def test_every_page_behind_the_code_keeps_the_house_rules(
    visitor: Visitor, code: str, language: str, path: str
) -> None:
    entered(visitor, code)
    assert visitor.get(f"/{language}/return/{path}").status == 200


def test_a_message_is_sent_once_however_often_the_button_is_pressed(
    visitor: Visitor, service: Service, code: str
) -> None:
    page = entered(visitor, code)
    visitor.send(page, {"text": MORE})
    again = visitor.follow(visitor.send(page, {"text": MORE}))
    assert again.page.text.count(MORE) == 1
    assert additions(service) == 1


def test_what_is_added_is_not_shown_again(
    visitor: Visitor, service: Service, code: str
) -> None:
    entered(visitor, code)
    answer = visitor.follow(visitor.send(visitor.get("/en/return/add"), {"text": MORE}))
    assert "You added something to your report" in answer.page.text
    assert MORE not in answer.page.text
    assert additions(service) == 1


def test_a_report_can_be_taken_back_without_a_reason(
    visitor: Visitor, service: Service, code: str
) -> None:
    entered(visitor, code)
    answer = visitor.follow(visitor.send(visitor.get("/en/return/take-back")))
    assert "You have taken this report back." in answer.page.text
    assert visitor.get("/kk/return/take-back").status == 200
    assert additions(service) == 1


@pytest.mark.parametrize("path", ["messages", "add"])
def test_nothing_written_is_nothing_sent(
    visitor: Visitor, service: Service, code: str, path: str
) -> None:
    entered(visitor, code)
    answer = visitor.send(visitor.get(f"/en/return/{path}"), {"text": " \n "})
    assert answer.status == 422
    assert "Write something before you send it." in answer.page.text
    assert additions(service) == 0


def test_too_long_a_message_is_kept_and_not_sent(
    visitor: Visitor, service: Service, code: str
) -> None:
    answer = visitor.send(entered(visitor, code), {"text": "щ" * 20_001})
    assert answer.status == 422
    assert values(answer)["text"] == ["щ" * 20_001]
    assert additions(service) == 0


def test_switching_language_keeps_the_message(
    visitor: Visitor, service: Service, code: str
) -> None:
    page = entered(visitor, code)
    sent = {"text": MORE, "to": "kk"}
    answer = visitor.send(page, sent, to="/kk/return/messages")
    assert answer.status == 200
    assert values(answer)["text"] == [MORE]
    assert values(answer)["once"] == values(page)["once"]
    assert additions(service) == 0


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda code: code[:-1], "The code has 24 digits."),
        (lambda _code: "", "The code has 24 digits."),
        (lambda code: code + code, "The code has 24 digits."),
        (lambda _code: "9" * 5000, "too long"),
        (lambda code: str((int(code[0]) + 1) % 10) + code[1:], "There is a slip in the code."),
        (lambda code: "q" + code[1:], "The code has digits only."),
        (lambda _code: "0" * 24, "No report belongs to this code."),
    ],
)
def test_a_wrong_code_is_answered_honestly_and_kept(
    visitor: Visitor, code: str, spoil: Callable[[str], str], said: str
) -> None:
    typed = spoil(code)
    answer = visitor.send(visitor.get("/en/return/"), {"code": typed})
    assert answer.status == 422
    assert said in answer.page.text
    assert answer.page.title.startswith("Error: ")
    assert values(answer)["code"] == [typed]


@pytest.mark.parametrize("shape", ["{}", "  {}  ", "{}.", "Code"])
def test_a_code_is_read_however_it_is_spaced(visitor: Visitor, code: str, shape: str) -> None:
    typed = code.replace(" ", "-") if shape == "Code" else shape.format(code)
    entered(visitor, typed)


def test_a_code_of_another_script_is_read(visitor: Visitor, code: str) -> None:
    entered(visitor, code.translate({ord("0") + n: ARABIC_ZERO + n for n in range(10)}))


def test_an_expired_code_is_told_from_a_wrong_one(
    visitor: Visitor, service: Service, code: str
) -> None:
    with service.writing() as session:
        session.execute(update(MailboxRow).values(key_box=None))
    answer = visitor.send(visitor.get("/en/return/"), {"code": code})
    assert answer.status == 422
    assert "its time is over" in answer.page.text


def test_after_two_idle_hours_the_code_is_asked_for_again(
    visitor: Visitor, clock: Clock, code: str
) -> None:
    entered(visitor, code)
    clock.pass_(hours=1, minutes=50)
    assert "Write to us" in visitor.get("/en/return/messages").page.text
    clock.pass_(hours=1, minutes=50)
    assert "Write to us" in visitor.get("/en/return/messages").page.text
    clock.pass_(hours=2, minutes=1)
    assert visitor.get("/en/return/messages").page.heading == "Type your code"


@pytest.mark.parametrize("path", ["messages", "add", "take-back"])
def test_words_written_when_the_visit_ended_are_sent_with_the_code(
    visitor: Visitor, service: Service, clock: Clock, code: str, path: str
) -> None:
    entered(visitor, code)
    page = visitor.get(f"/en/return/{path}")
    clock.pass_(hours=3)
    ended = visitor.send(page, {"text": MORE})
    assert ended.page.heading == "Type your code"
    assert values(ended)["text"] == [MORE]
    assert additions(service) == 0
    slipped = visitor.send(ended, {"code": "1234"})
    russian = visitor.send(slipped, {"to": "ru"}, to="/ru/return/")
    assert values(russian)["text"] == [MORE]
    assert visitor.send(russian, {"code": code}).status == 303
    assert additions(service) == 1
    assert visitor.send(russian, {"code": code}).status == 303
    assert additions(service) == 1


def test_taking_back_waits_for_the_code_too(
    visitor: Visitor, service: Service, clock: Clock, code: str
) -> None:
    entered(visitor, code)
    page = visitor.get("/en/return/take-back")
    clock.pass_(hours=3)
    ended = visitor.send(page)
    assert "your report is taken back" in ended.page.text
    visitor.send(ended, {"code": code})
    assert "You have taken this report back." in visitor.get("/en/return/messages").page.text
    assert additions(service) == 1


def test_closing_forgets_the_conversation(visitor: Visitor, code: str) -> None:
    closed = visitor.send(entered(visitor, code), form=1)
    assert (closed.status, closed.location) == (303, "/en/return/")
    assert visitor.get("/en/return/messages").page.heading == "Type your code"


def test_opening_the_conversation_keeps_the_receipt(visitor: Visitor, code: str) -> None:
    entered(visitor, code)
    assert code in visitor.get("/en/urgent/sent").page.text
    visitor.send(visitor.get("/en/urgent/sent"))
    assert "Write to us" in visitor.get("/en/return/messages").page.text


def test_without_cookies_the_conversation_is_shown_at_once(
    app: Flask, service: Service, code: str
) -> None:
    visitor = Visitor(app.test_client(use_cookies=False))
    shown = visitor.send(visitor.get("/en/return/"), {"code": code})
    assert (shown.status, shown.page.heading) == (200, "Your report")
    asked = visitor.send(shown, {"text": MORE})
    assert values(asked)["text"] == [MORE]
    assert MORE in visitor.send(asked, {"code": code}).page.text
    assert additions(service) == 1


@pytest.mark.parametrize("cookie", ["x", "~", "~x", "a~b~c", "é", "~" + "A" * 3000])
def test_a_cookie_that_is_not_ours_opens_nothing(visitor: Visitor, cookie: str) -> None:
    visitor.client.set_cookie("i", cookie, domain="127.0.0.1")
    assert visitor.get("/en/return/messages").page.heading == "Type your code"
    assert visitor.get("/en/urgent/sent").status == 200


def test_a_conversation_that_was_deleted_meanwhile_asks_for_the_code(
    visitor: Visitor, service: Service, code: str
) -> None:
    page = entered(visitor, code)
    with service.writing() as session:
        session.execute(delete(MailboxRow))
    answer = visitor.send(page, {"text": MORE})
    assert answer.page.heading == "Type your code"
    assert values(answer)["text"] == [MORE]


@pytest.mark.parametrize("hours", [1, 30])
def test_a_page_behind_the_code_with_an_old_token_keeps_its_text(
    visitor: Visitor, clock: Clock, code: str, hours: int
) -> None:
    page = entered(visitor, code)
    clock.pass_(hours=hours)
    entered(visitor, code)
    answer = visitor.send(page, {"text": MORE})
    if hours == 30:
        assert answer.status == 422
        assert values(answer)["text"] == [MORE]
        answer = visitor.send(answer)
    assert MORE in visitor.follow(answer).page.text


def test_each_change_of_stage_is_news_in_plain_words(
    visitor: Visitor, service: Service, coordinator: Reader, code: str
) -> None:
    ref = reference(service)
    open_case(coordinator, ref, now=NOW)
    for stage in Stage:
        if stage not in {"received", "screening"}:
            with opened(coordinator, ref, "opened", now=NOW) as file:
                file.move_to(stage)
    text = entered(visitor, code).page.text
    assert [words for words in mailbox_words.NEWS.values() if words not in text] == []
    assert mailbox_words.STAGES[list(Stage)[-1]] in text


def test_where_the_report_stands_is_the_last_stage_that_was_told(
    visitor: Visitor, service: Service, coordinator: Reader, code: str
) -> None:
    ref = reference(service)
    open_case(coordinator, ref, now=NOW)
    for stage, is_told in (("contacting", True), ("active", False)):
        with opened(coordinator, ref, "opened", now=NOW) as file:
            file.move_to(stage, is_told=is_told)
    text = entered(visitor, code).page.text
    assert mailbox_words.STAGES["contacting"] in text
    assert mailbox_words.STAGES["active"] not in text


def test_what_is_added_may_be_for_a_trained_person_alone(
    visitor: Visitor, service: Service, coordinator: Reader, code: str
) -> None:
    ref = reference(service)
    open_case(coordinator, ref, now=NOW)
    entered(visitor, code)
    typed = {"text": MORE, "trained": "yes"}
    visitor.send(visitor.get("/en/return/add"), typed)
    read_report(coordinator, ref, now=NOW)
    assert overview(coordinator, ref, now=NOW).facts.trained_only


def test_the_wish_for_a_trained_person_waits_for_the_code_too(
    visitor: Visitor, service: Service, coordinator: Reader, clock: Clock, code: str
) -> None:
    open_case(coordinator, reference(service), now=NOW)
    entered(visitor, code)
    page = visitor.get("/en/return/add")
    clock.pass_(hours=3)
    ended = visitor.send(page, {"text": MORE, "trained": "yes"})
    visitor.send(ended, {"code": code})
    read_report(coordinator, reference(service), now=NOW)
    assert overview(coordinator, reference(service), now=NOW).facts.trained_only


def saved_draft(service: Service, once: str) -> str:
    """The code of a report that is being written and was saved."""
    draft = Draft(Answers({"narrative": "What is not sent yet."}), passed=("who", "story"))
    visit = begin_draft(service, once=once, now=NOW, draft=draft)
    return save_draft(service, visit, now=NOW).code


def test_the_code_of_a_draft_leads_to_the_form(visitor: Visitor, service: Service) -> None:
    code = saved_draft(service, new_once())
    answer = visitor.send(visitor.get("/en/return/"), {"code": code})
    assert (answer.status, answer.location.split("?")[0]) == (303, "/en/report/")
    assert visitor.follow(answer).status == 200
    assert visitor.get("/en/return/messages").page.heading == "Type your code"


def test_a_code_of_both_opens_the_conversation_and_names_the_unsent_part(
    visitor: Visitor, service: Service
) -> None:
    sent = send(service, short_report(narrative="Sent before."))
    assert saved_draft(service, sent.once) == sent.code
    page = entered(visitor, sent.code).page
    assert "You have a part that is not sent yet." in page.text
    assert {"/en/report/", "/en/report/forget"} <= set(page.links)
    assert visitor.get("/en/report/").status == 200
    assert visitor.get("/en/report/forget").page.heading == "Delete what you wrote?"


def test_the_conversation_leads_to_everything_that_can_be_done(
    visitor: Visitor, code: str
) -> None:
    links = {link.removeprefix("/en/return/") for link in entered(visitor, code).page.links}
    contact = visitor.get("/en/return/more/contact").location.removeprefix("/en/return/")
    assert {"add", "more", contact, "consents", "take-back", "erase"} <= links


def test_without_an_unsent_part_none_is_named(visitor: Visitor, code: str) -> None:
    assert "not sent yet" not in entered(visitor, code).page.text


def test_words_for_a_conversation_are_kept_where_the_code_opens_a_draft_alone(
    visitor: Visitor, service: Service, clock: Clock, code: str
) -> None:
    page = entered(visitor, code)
    clock.pass_(hours=3)
    ended = visitor.send(page, {"text": MORE})
    answer = visitor.send(ended, {"code": saved_draft(service, new_once())})
    assert answer.status == 422
    assert values(answer)["text"] == [MORE]
    assert additions(service) == 0
