"""A lawyer's reports for her clients in the browser, without JavaScript."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, func, select
from werkzeug.datastructures import FileStorage

from intake.casework import Reader, Service, SessionEnded, resume
from intake.casework.filings import listing, sending
from intake.casework.filings.kept import Filing
from intake.form.files import OUT_OF_THE_FILE
from intake.roles import Role
from intake.store.tables import CaseRow, DraftRow
from intake.web import filing_together
from tests.casework.joining import WORDS
from tests.export.pdf_text import words_in
from tests.files import picture
from tests.people import EARLIER, NOW, add_member, set_up_app, sign_in
from tests.visitor import Sent, Visited, Visitor
from tests.web.conftest import Clock, signed_in
from tests.web.test_account import sign_in as sign_in_again
from tests.web.test_shown_words import THEIRS, given, publish, version_of
from tests.web.world import codes_on

LIST = "/filings/"
CLIENT = "The man of the third cell"
STORY = "They beat him with a stick on his back in the first night."


@dataclass
class Lawyer:
    """A lawyer with an account, and her browser."""

    reader: Reader
    browser: Visitor

    def begin(self, name: str = CLIENT) -> Visited:
        """The first question of a report for one more client."""
        page = self.browser.get(LIST)
        return self.follow(self.send(page, {"name": name}, to=LIST))

    def send(self, page: Visited, fields: Sent | None = None, *, to: str = "") -> Visited:
        """Send the form that goes to an address with this end; else to the page's own."""
        to = to or page.path
        form = next(f for f in page.page.all("form") if (f.get("action") or "").endswith(to))
        return self.browser.post(
            form.get("action") or page.path, {**page.page.fields(form), **(fields or {})}
        )

    def follow(self, visited: Visited) -> Visited:
        return self.browser.follow(visited)


@pytest.fixture
def lawyer(app: Flask, service: Service, coordinator: Reader) -> Lawyer:
    return lawyer_called("saule", app, service, coordinator)


def lawyer_called(handle: str, app: Flask, service: Service, coordinator: Reader) -> Lawyer:
    add_member(coordinator, handle, (Role.FILING_LAWYER,), WORDS)
    cookie = sign_in(service, handle, WORDS, now=NOW).cookie
    reader = resume(service, cookie, now=NOW)
    set_up_app(reader, WORDS, now=EARLIER)
    return Lawyer(reader, signed_in(app, cookie))


def filing_of(page: Visited) -> str:
    """The address of the filing that a page is about."""
    return "/".join(page.path.split("/")[:3]) + "/"


def told(lawyer: Lawyer, name: str = CLIENT) -> str:
    """The address of a report that says enough to be sent."""
    page = lawyer.follow(lawyer.begin(name))
    own = filing_of(page)
    story = lawyer.browser.get(f"{own}story")
    page = lawyer.follow(story)
    lawyer.send(page, {"narrative": STORY})
    return own


def send_it(lawyer: Lawyer, own: str) -> Visited:
    """The page of the report after it was sent."""
    check = lawyer.browser.get(f"{own}check")
    return lawyer.follow(lawyer.send(check, to=f"{own}check"))


def test_what_a_lawyer_writes_for_a_client_is_kept_page_by_page(lawyer: Lawyer) -> None:
    own = told(lawyer)
    check = lawyer.browser.get(f"{own}check")
    assert STORY in check.page.text
    assert CLIENT in lawyer.browser.get(LIST).page.text


def test_what_was_sent_shows_the_code_for_the_client_until_it_is_handed_over(
    lawyer: Lawyer,
) -> None:
    own = told(lawyer)
    page = send_it(lawyer, own)
    (code,) = codes_on(page)
    assert page.path == own
    assert code in lawyer.browser.get(own).page.text
    after = lawyer.follow(lawyer.send(page, to="/code"))
    assert not codes_on(after)
    assert "Arrived" in after.page.text


def test_the_next_client_of_the_same_place_begins_without_what_the_first_one_told(
    lawyer: Lawyer,
) -> None:
    own = told(lawyer)
    send_it(lawyer, own)
    page = lawyer.browser.get(f"{own}another")
    assert STORY not in page.page.text
    check = lawyer.follow(lawyer.send(page, {"client_name_for_us": "The other"}))
    assert filing_of(check) != own
    assert STORY not in check.page.text
    assert CLIENT not in check.page.text
    assert "The other" in check.page.text
    assert "Lawyer" in check.page.text


def test_what_differs_for_the_next_client_is_kept_whichever_press_brings_it(
    lawyer: Lawyer,
) -> None:
    own = told(lawyer)
    page = lawyer.browser.get(f"{own}another")
    wrong = lawyer.send(page, {"narrative": STORY * 2, "authority_until": "31.02.2027"})
    assert wrong.status == 422
    assert STORY * 2 in wrong.page.text
    first = lawyer.send(wrong, {"authority_until": ""}, to="/another")
    assert lawyer.send(wrong, {"authority_until": ""}, to="/another").location == first.location
    changed = lawyer.send(wrong, {"authority_until": "", "narrative": STORY * 3}, to="/another")
    assert changed.location == first.location
    assert STORY * 3 in lawyer.follow(changed).page.text
    assert len(listing.mine(lawyer.reader, is_recorded=False, now=NOW).underway) == 2
    following = changed.location.removesuffix("check")
    send_it(lawyer, following)
    late = lawyer.send(wrong, {"authority_until": ""}, to="/another")
    assert late.location == following


def test_several_reports_are_read_on_one_page_and_sent_with_one_press(
    lawyer: Lawyer,
) -> None:
    names = ["The first", "The second", "The third"]
    for name in names:
        told(lawyer, name)
    page = lawyer.browser.get(LIST)
    ticked = [
        box.get("value") or "" for box in page.page.all("input") if box.get("name") == "filing"
    ]
    page = lawyer.send(page, {"filing": ticked[:2]}, to="/read")
    after = lawyer.follow(lawyer.send(page, to="/send"))
    assert "The reports are sent." in after.page.text
    assert len(codes_on(after)) == 2
    found = listing.mine(lawyer.reader, is_recorded=False, now=NOW)
    assert (len(found.sent), len(found.underway)) == (2, 1)
    again = lawyer.send(page, to="/send")
    assert again.status == 303
    assert len(listing.mine(lawyer.reader, is_recorded=False, now=NOW).sent) == 2


def test_the_press_that_comes_second_finds_the_reports_sent(
    lawyer: Lawyer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two presses of one button read the same drafts, and one of them sends these."""
    told(lawyer, "The first")
    page = lawyer.send(lawyer.browser.get(LIST), {"go": "all"}, to="/read")

    def beaten(reader: Reader, known: Filing, **how: Any) -> Filing:  # noqa: ANN401 - as it is
        sending.send(reader, known, **how)
        raise SessionEnded

    monkeypatch.setattr(
        filing_together, "sending", SimpleNamespace(send=beaten, settled=sending.settled)
    )
    after = lawyer.follow(lawyer.send(page, to="/send"))
    assert "The reports are sent." in after.page.text
    assert len(codes_on(after)) == 1


def test_reports_sent_together_name_the_words_that_their_page_showed(
    lawyer: Lawyer, coordinator: Reader
) -> None:
    told(lawyer, "The first")
    page = lawyer.send(lawyer.browser.get(LIST), {"go": "all"}, to="/read")
    assert "There is one exception: a life is in danger" in page.page.text
    assert "This is not an official complaint." in page.page.text
    publish(coordinator, "store")
    lawyer.send(page, to="/send")
    assert given(coordinator)["store"] == version_of("store")
    told(lawyer, "The second")
    page = lawyer.send(lawyer.browser.get(LIST), {"go": "all"}, to="/read")
    assert THEIRS["en"] in page.page.text


def test_all_that_can_be_sent_is_read_without_a_tick(lawyer: Lawyer) -> None:
    lawyer.begin("Nothing told yet")
    for name in ("The first", "The second"):
        told(lawyer, name)
    page = lawyer.send(lawyer.browser.get(LIST), {"go": "all"}, to="/read")
    assert "Send 2 reports" in page.page.text
    assert "Nothing told yet" not in page.page.text


def test_codes_are_put_away_together_and_each_only_where_it_was_ticked(
    lawyer: Lawyer,
) -> None:
    mine = [told(lawyer, name) for name in ("The first", "The second", "The third")]
    for own in mine:
        send_it(lawyer, own)
    page = lawyer.browser.get(f"{LIST}codes")
    first, second, third = codes_on(page)
    assert lawyer.send(page, to="/codes").status == 422
    ticked = {"filing": [own.split("/")[2] for own in mine[:2]]}
    left = [lawyer.follow(lawyer.send(page, ticked, to="/codes")) for _press in range(2)]
    assert codes_on(left[0]) == codes_on(left[1]) == [third]
    assert not codes_on(lawyer.browser.get(mine[0]))
    after = lawyer.send(page, {"filing": mine[2].split("/")[2]}, to="/codes")
    assert after.location.partition("?")[0] == LIST
    assert first != second


def test_a_code_of_anothers_client_is_not_put_away(
    lawyer: Lawyer, app: Flask, service: Service, coordinator: Reader
) -> None:
    own = told(lawyer)
    (code,) = codes_on(send_it(lawyer, own))
    other = lawyer_called("another", app, service, coordinator)
    page = other.browser.get(f"{LIST}codes")
    assert code not in page.page.text
    theirs = told(other)
    send_it(other, theirs)
    page = other.browser.get(f"{LIST}codes")
    other.send(page, {"filing": own.split("/")[2]}, to="/codes")
    assert codes_on(lawyer.browser.get(own)) == [code]
    assert len(codes_on(other.browser.get(f"{LIST}codes"))) == 1


def test_a_report_that_changed_since_it_was_read_is_not_sent_with_the_others(
    lawyer: Lawyer,
) -> None:
    own = told(lawyer)
    told(lawyer, "The second")
    page = lawyer.browser.get(LIST)
    ticked = [
        box.get("value") or "" for box in page.page.all("input") if box.get("name") == "filing"
    ]
    page = lawyer.send(page, {"filing": ticked}, to="/read")
    lawyer.browser.typed -= set(ticked)  # which report it is stands in addresses
    lawyer.send(lawyer.follow(lawyer.browser.get(f"{own}story")), {"narrative": STORY * 2})
    after = lawyer.send(page, to="/send")
    assert after.status == 409
    assert CLIENT in after.page.text
    assert "The second" not in after.page.text


def test_another_lawyer_finds_nothing_of_it(
    lawyer: Lawyer, app: Flask, service: Service, coordinator: Reader
) -> None:
    own = told(lawyer)
    other = lawyer_called("another", app, service, coordinator)
    assert other.browser.get(own).status == 404
    assert other.browser.get(f"{own}check").status == 404
    assert CLIENT not in other.browser.get(LIST).page.text


def test_a_report_pressed_twice_is_begun_once_and_sent_once(
    lawyer: Lawyer, service: Service
) -> None:
    page = lawyer.browser.get(LIST)
    first, second = (lawyer.send(page, {"name": CLIENT}, to=LIST) for _press in range(2))
    assert first.location == second.location
    own = told(lawyer)
    check = lawyer.browser.get(f"{own}check")
    first, second = (lawyer.send(check, to=f"{own}check") for _press in range(2))
    assert first.location == second.location == own
    with service.reading() as session:
        assert session.scalar(select(func.count()).select_from(CaseRow)) == 1


def test_what_is_written_when_the_session_ends_is_offered_after_signing_in(
    lawyer: Lawyer, clock: Clock
) -> None:
    own = told(lawyer)
    story = lawyer.follow(lawyer.browser.get(f"{own}story"))
    clock.pass_(hours=3)
    ended = lawyer.send(story, {"narrative": STORY * 2})
    assert ended.status == 401
    again = sign_in_again(lawyer.browser, lawyer.reader.handle, WORDS, page=ended)
    (words,) = again.page.all("textarea")
    assert words.text.strip() == STORY * 2
    lawyer.browser.send(again)
    assert STORY * 2 in lawyer.browser.get(f"{own}check").page.text


def test_what_differs_for_the_next_client_is_not_lost_when_the_session_ends(
    lawyer: Lawyer, clock: Clock
) -> None:
    page = lawyer.browser.get(f"{told(lawyer)}another")
    clock.pass_(hours=3)
    ended = lawyer.send(page, {"narrative": STORY * 2})
    assert ended.status == 401
    offered = sign_in_again(lawyer.browser, lawyer.reader.handle, WORDS, page=ended)
    check = lawyer.follow(lawyer.browser.send(offered))
    assert STORY * 2 in check.page.text


def test_what_is_written_for_a_deleted_report_is_shown_and_the_second_press_explained(
    lawyer: Lawyer,
) -> None:
    own = told(lawyer)
    page = lawyer.follow(lawyer.browser.get(f"{own}story"))
    asked = lawyer.browser.get(f"{own}forget")
    after = lawyer.follow(lawyer.send(asked, to="/forget"))
    assert "The report that was not sent is deleted." in after.page.text
    for answer in (
        lawyer.send(asked, to="/forget"),
        lawyer.send(page, {"narrative": STORY}),
    ):
        assert answer.status == 404
        assert answer.page.heading == "This report is not in your list"
        assert LIST in answer.page.links
    shown = [words.text for words in answer.page.all("p") if words.get("class") == "own"]
    assert shown == [STORY]


def test_a_draft_that_nobody_sent_in_time_is_said_to_be_gone(
    lawyer: Lawyer, service: Service
) -> None:
    own = told(lawyer)
    with service.writing() as session:  # as the night does after thirty days
        session.execute(delete(DraftRow))
    page = lawyer.browser.get(own)
    assert "not sent in time" in page.page.text
    after = lawyer.follow(lawyer.send(page, to="/forget"))
    assert CLIENT not in after.page.text


def test_the_receipt_names_what_was_filed_and_no_code(lawyer: Lawyer) -> None:
    own = told(lawyer)
    (code,) = codes_on(send_it(lawyer, own))
    answer = lawyer.browser.get(f"{own}receipt")
    assert answer.answer.mimetype == "application/pdf"
    text = words_in(answer.answer.data)
    assert CLIENT in text
    assert code.split()[0] not in text


def test_a_file_goes_with_a_report_for_a_client(lawyer: Lawyer) -> None:
    own = told(lawyer)
    page = lawyer.follow(lawyer.browser.get(f"{own}files"))
    (link,) = [a for a in page.page.all("a") if a.text == "Add a file"]
    page = lawyer.browser.get(link.get("href") or "")
    lawyer.send(page, {"file": FileStorage(BytesIO(picture()), "notice.png")})
    check = lawyer.browser.get(f"{own}check")
    assert "notice.png" in check.page.text


def test_a_lawyer_who_must_be_silent_is_offered_no_papers_of_the_case_file(
    lawyer: Lawyer,
) -> None:
    own = told(lawyer)
    offered = []
    for said in ("no", "yes"):
        page = lawyer.follow(lawyer.browser.get(f"{own}acting"))
        lawyer.send(page, {"under_non_disclosure": said})
        page = lawyer.follow(lawyer.browser.get(f"{own}files"))
        (link,) = [a for a in page.page.all("a") if a.text == "Add a file"]
        page = lawyer.browser.get(link.get("href") or "")
        offered.append({option.get("value") for option in page.page.all("option", "input")})
    assert offered[0] - offered[1] >= OUT_OF_THE_FILE
    assert "authority_paper" in offered[1]
