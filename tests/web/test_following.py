"""The conversation of a report in the browser of a lawyer who follows it."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from intake.casework import Reader, Service, correspondence, new_once, open_case, send_message
from intake.store.tables import CaseRow, MailboxRow
from intake.web.cookies import REPORTER
from tests.casework.joining import WORDS
from tests.files import picture
from tests.html import Element
from tests.people import NOW, Sent, code_of, send_and_open
from tests.visitor import Sent as Fields
from tests.visitor import Visited, Visitor
from tests.web.conftest import Clock
from tests.web.test_filings import CLIENT, Lawyer, lawyer, lawyer_called, send_it, told
from tests.web.test_mailbox_answers import enter, field, keys_of
from tests.web.world import codes_on

__all__ = ["lawyer"]

MESSAGE = "The investigator lets nobody in to him."
ASKED = "Is he safe where he is now?"
ANSWER = "The doctor of the prison saw the marks."


@pytest.fixture
def sent(coordinator: Reader) -> Sent:
    """A report that a coordinator has opened."""
    return send_and_open(coordinator)


def follow(lawyer: Lawyer, code: str) -> str:
    """The address of what she follows from now on."""
    page = lawyer.browser.get("/filings/follow")
    after = lawyer.send(page, {"return_code": code, "name": CLIENT}, to="/filings/follow")
    assert after.status == 303
    return after.location


def press(browser: Visitor, page: Visited, fields: Fields | None = None) -> Visited:
    """Send what is typed on the page."""
    form = _form(page)
    to = form.get("action") or page.path
    return browser.post(to, {**page.page.fields(form), **(fields or {})})


def link(browser: Visitor, page: Visited, words: str) -> Visited:
    """Where the link with these words leads."""
    (one,) = [a for a in page.page.all("a") if a.text.strip() == words]
    return browser.get(one.get("href") or "")


def filed(lawyer: Lawyer, coordinator: Reader) -> tuple[str, str]:
    """The address of a report that she filed, and its reference; it is opened."""
    own = told(lawyer)
    send_it(lawyer, own)
    with coordinator.service.reading() as session:
        ref = session.scalars(select(CaseRow.ref)).one()
    open_case(coordinator, ref, now=NOW)
    return own, ref


def test_a_lawyer_who_filed_reads_writes_and_answers_without_the_code(
    lawyer: Lawyer, coordinator: Reader
) -> None:
    own, ref = filed(lawyer, coordinator)
    later = NOW + timedelta(seconds=5)
    send_message(
        coordinator, ref, ASKED, once=new_once(), now=later, questions=keys_of("medical")
    )
    assert "1 new message" in lawyer.browser.get("/filings/").page.text
    page = lawyer.browser.get(f"{own}conversation/messages")
    assert ASKED in page.page.text
    assert "new message" not in lawyer.browser.get("/filings/").page.text

    after = press(lawyer.browser, page, {"text": MESSAGE})
    assert "You wrote" in lawyer.follow(after).page.text
    asked = lawyer.browser.get(next(a for a in page.page.links if "/questions/" in a))
    assert press(lawyer.browser, asked, {field("medical/doctor"): ANSWER}).status == 303
    assert lawyer.browser.client.get_cookie(REPORTER, domain="127.0.0.1") is None

    said = correspondence(coordinator, ref, now=later).entries
    assert {e.kind for e in said if e.by == "saule"} == {"message", "information"}


def test_what_she_wrote_is_hers_on_the_desk_and_behind_the_code(
    lawyer: Lawyer, visitor: Visitor, desk: Visitor, sent: Sent
) -> None:
    own = follow(lawyer, sent.code)
    page = lawyer.browser.get(f"{own}conversation/messages")
    press(lawyer.browser, page, {"text": MESSAGE})
    page = lawyer.browser.get(f"{own}conversation/add")
    press(lawyer.browser, page, {"text": ANSWER})
    client = enter(visitor, sent).page.text
    assert "The lawyer saule wrote" in client
    assert "The lawyer saule added something to the report" in client
    assert ANSWER not in client
    assert "From the lawyer saule" in desk.get(f"/desk/cases/{sent.ref}/messages").page.text
    report = desk.get(f"/desk/cases/{sent.ref}/report").page.text
    assert ANSWER in report
    assert "From the lawyer saule" in report
    assert "saule" in desk.get(f"/desk/cases/{sent.ref}/timeline").page.text


def test_a_lawyer_adds_a_file(lawyer: Lawyer, desk: Visitor, sent: Sent) -> None:
    own = follow(lawyer, sent.code)
    page = lawyer.follow(lawyer.browser.get(f"{own}conversation/more/files"))
    (name,) = [e.get("name") for e in page.page.all("input") if e.get("type") == "file"][:1]
    file = FileStorage(BytesIO(picture()), "notice.png")
    assert press(lawyer.browser, page, {name or "": file}).status == 303
    assert "notice.png" in desk.get(f"/desk/cases/{sent.ref}/files").page.text


def test_to_end_a_report_and_to_say_how_to_answer_is_not_for_lawyers(
    lawyer: Lawyer, sent: Sent
) -> None:
    own = follow(lawyer, sent.code)
    for page in ("take-back", "erase", "followers", "more/contact", "consents/contact"):
        assert lawyer.browser.get(f"{own}conversation/{page}").status == 404, page
    shown = lawyer.browser.get(f"{own}conversation/consents/statistics")
    after = press(lawyer.browser, shown, {"consent_giver": "victim"})
    assert after.status == 303
    assert "This is allowed." in lawyer.follow(after).page.text


def test_how_to_be_reached_is_changed_by_no_answer_of_a_lawyer(
    lawyer: Lawyer, coordinator: Reader
) -> None:
    own, ref = filed(lawyer, coordinator)
    asked = keys_of("contact")
    send_message(coordinator, ref, ASKED, once=new_once(), now=NOW, questions=asked)
    page = lawyer.browser.get(f"{own}conversation/messages")
    address = next(a for a in page.page.links if "/questions/" in a)
    assert lawyer.browser.get(address).status == 404
    typed: Fields = {field("contact/contact_value"): "+7 700 000 00 00", "asked": [*asked]}
    answer = lawyer.browser.post(address, {**page.page.fields(_form(page)), **typed})
    assert answer.status == 404


def test_another_lawyer_finds_no_conversation_there(
    lawyer: Lawyer, app: Flask, service: Service, coordinator: Reader, sent: Sent
) -> None:
    own = follow(lawyer, sent.code)
    other = lawyer_called("murat", app, service, coordinator)
    for page in ("messages", "add", "more", "consents", "end"):
        assert other.browser.get(f"{own}conversation/{page}").status == 404
    follow(other, sent.code)
    assert other.browser.get(f"{own}conversation/messages").status == 404


def test_what_the_client_ended_is_gone_and_says_why(
    lawyer: Lawyer, visitor: Visitor, sent: Sent
) -> None:
    own = follow(lawyer, sent.code)
    page = lawyer.browser.get(f"{own}conversation/messages")
    seen = link(visitor, enter(visitor, sent), "See who else reads this without the code")
    asked = link(visitor, seen, "saule shall follow no more")
    first, second = (press(visitor, asked) for _press in range(2))
    assert first.location == second.location
    assert "Nobody but you" in visitor.follow(first).page.text

    for answer in (
        lawyer.browser.get(own),
        lawyer.browser.get(f"{own}conversation/messages"),
        press(lawyer.browser, page, {"text": MESSAGE}),
    ):
        assert answer.status == 410
        assert "your client decided it" in answer.page.text
    assert MESSAGE in answer.page.text
    assert sent.ref not in lawyer.browser.get("/filings/").page.text


def test_it_is_ended_with_the_code_typed_again_where_the_visit_had_ended(
    lawyer: Lawyer, visitor: Visitor, sent: Sent, clock: Clock
) -> None:
    follow(lawyer, sent.code)
    seen = link(visitor, enter(visitor, sent), "See who else reads this without the code")
    asked = link(visitor, seen, "saule shall follow no more")
    clock.pass_(hours=3)
    again = press(visitor, asked)
    assert "saule" not in again.page.text
    after = visitor.follow(press(visitor, again, {"code": sent.code}))
    assert "Nobody but you" in after.page.text


def test_words_typed_when_her_session_ends_are_sent_after_signing_in(
    lawyer: Lawyer, coordinator: Reader, sent: Sent, clock: Clock
) -> None:
    own = follow(lawyer, sent.code)
    page = lawyer.browser.get(f"{own}conversation/messages")
    clock.pass_(hours=3)
    ended = press(lawyer.browser, page, {"text": MESSAGE})
    assert ended.status == 401
    proof = {"passphrase": WORDS, "code": code_of("saule", clock.now)}
    offered = lawyer.browser.send(ended, {"handle": "saule", **proof})
    assert [e.text for e in offered.page.all("textarea")] == [MESSAGE]
    assert press(lawyer.browser, offered).status == 303
    said = correspondence(coordinator, sent.ref, now=NOW).entries
    assert [entry.text for entry in said if entry.by == "saule"] == [MESSAGE]


@pytest.mark.parametrize("where", ["messages", "add", "more/files"])
def test_the_language_is_switched_with_everything_typed(
    lawyer: Lawyer, sent: Sent, where: str
) -> None:
    own = follow(lawyer, sent.code)
    page = lawyer.browser.get(f"{own}conversation/{where}")
    page = lawyer.follow(page) if page.status == 303 else page
    (words, *_others) = _typed_into(page)
    switched = press(lawyer.browser, page, {words: MESSAGE, "language": "ru", **_files(page)})
    assert switched.status == 200
    assert switched.page.all("html")[0].get("lang") == "ru"
    assert switched.page.fields(_form(switched))[words] == [MESSAGE]


def test_a_wrong_code_is_told_and_stays_typed(lawyer: Lawyer, sent: Sent) -> None:
    page = lawyer.browser.get("/filings/follow")
    wrong = lawyer.send(page, {"return_code": sent.code[:-1]}, to="/filings/follow")
    assert wrong.status == 422
    assert wrong.page.fields(_form(wrong))["return_code"] == [sent.code[:-1]]
    assert wrong.page.title.startswith("Error: ")


def test_a_lawyer_follows_no_more_by_her_own_will(
    lawyer: Lawyer, visitor: Visitor, coordinator: Reader, sent: Sent
) -> None:
    own = follow(lawyer, sent.code)
    send_message(coordinator, sent.ref, ASKED, once=new_once(), now=NOW)
    asked = lawyer.browser.get(f"{own}conversation/end")
    after = lawyer.follow(lawyer.send(asked, to="/end"))
    assert "You do not follow that report any more." in after.page.text
    assert lawyer.browser.get(own).status == 404
    again = lawyer.send(asked, to="/end")
    assert again.page.heading == "This report is not in your list"
    assert "you follow it no more" in again.page.text
    assert "reads and writes here no more" in enter(visitor, sent).page.text


def test_the_code_that_is_kept_is_handed_over_before_she_follows_no_more(
    lawyer: Lawyer,
) -> None:
    own = told(lawyer)
    (code,) = codes_on(send_it(lawyer, own))
    asked = lawyer.browser.get(f"{own}conversation/end")
    assert "Hand it over first" in asked.page.text
    page = lawyer.browser.get(own)
    token = page.page.fields(page.page.all("form")[-1])["token"]
    assert lawyer.browser.post(f"{own}conversation/end", {"token": token}).status == 303
    assert code in lawyer.browser.get(own).page.text


def test_a_coordinator_lets_a_lawyer_in_with_the_yes_of_the_person_alone(
    lawyer: Lawyer, desk: Visitor, sent: Sent
) -> None:
    tab = f"/desk/cases/{sent.ref}/access"
    page = link(desk, desk.get(tab), "The person wants a lawyer to follow")
    chosen = {"member": str(lawyer.reader.member), "words": ASKED}
    refused = press(desk, page, chosen)
    assert refused.status == 422
    assert "Ask the person first." in refused.page.text
    after = press(desk, refused, {**chosen, "agreed": "y"})
    assert "saule" in desk.follow(after).page.text
    assert press(desk, refused, {**chosen, "agreed": "y"}).status == 303
    messages = desk.get(f"/desk/cases/{sent.ref}/messages").page.text
    assert ASKED in messages
    assert "letting saule follow the messages" in messages
    assert sent.ref in lawyer.browser.get("/filings/").page.text
    assert "A coordinator let you follow" in lawyer.browser.get("/account/").page.text

    page = link(desk, desk.get(tab), "saule shall follow no more")
    assert press(desk, page, {"words": ""}).status == 422
    after = desk.follow(press(desk, page, {"words": ASKED}))
    assert "No lawyer follows the messages." in after.page.text
    assert sent.ref not in lawyer.browser.get("/filings/").page.text


def test_a_conversation_that_is_over_says_so(
    lawyer: Lawyer, service: Service, sent: Sent
) -> None:
    own = follow(lawyer, sent.code)
    page = lawyer.browser.get(f"{own}conversation/messages")
    with service.writing() as session:
        session.get_one(MailboxRow, sent.id).key_box = None
    after = press(lawyer.browser, page, {"text": MESSAGE})
    assert after.status == 410
    assert MESSAGE in after.page.text
    assert "/filings/" in after.page.links


def _typed_into(page: Visited) -> list[str]:
    """The names of fields for words."""
    fields = page.page.all("textarea", "input")
    texts = [e for e in fields if e.get("type") in {None, "text"}]
    return [e.get("name") or "" for e in texts]


def _files(page: Visited) -> dict[str, FileStorage]:
    """Nothing chosen in the fields for files, where the page has some."""
    names = [e.get("name") for e in page.page.all("input") if e.get("type") == "file"]
    return {name: FileStorage(BytesIO(), "") for name in names if name}


def _form(page: Visited) -> Element:
    form = page.page.by_id("page")
    assert form is not None
    return form
