"""Staff write down what somebody tells by phone, in a visit or on paper, in the browser."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from flask import Flask

from intake.casework import Reader
from intake.casework.filings import listing
from tests.people import COORDINATOR, NOW, Installation
from tests.visitor import Fields, Visited, Visitor
from tests.web.conftest import signed_in
from tests.web.world import codes_on

LIST = "/desk/recorded/"
STORY = "She says that her son was taken from the market two days ago."


@dataclass
class Recorder:
    """A coordinator who takes a call."""

    reader: Reader
    browser: Visitor

    def send(self, page: Visited, fields: Fields | None = None, *, to: str = "") -> Visited:
        to = to or page.path
        form = next(f for f in page.page.all("form") if (f.get("action") or "").endswith(to))
        sent = {**page.page.fields(form), **(fields or {})}
        return self.browser.post(form.get("action") or page.path, sent)

    def begin(self, channel: str = "phone") -> str:
        """The address of a report that she begins to write down."""
        went = self.send(self.browser.get(LIST), {"channel": channel}, to=LIST)
        return went.location.removesuffix("next")

    def page(self, own: str, slug: str) -> Visited:
        """A page of the form."""
        return self.browser.follow(self.browser.get(f"{own}{slug}"))


@pytest.fixture
def recorder(app: Flask, installation: Installation, coordinator: Reader) -> Recorder:
    return Recorder(coordinator, signed_in(app, installation.cookies[COORDINATOR]))


def test_a_call_is_written_down_and_its_code_handed_over(
    recorder: Recorder,
) -> None:
    own = recorder.begin()
    recorder.send(recorder.page(own, "story"), {"narrative": STORY})
    talk = recorder.page(own, "recorded-talk")
    recorder.send(talk, {"talk_present": "Her daughter stood beside her."})
    check = recorder.browser.get(f"{own}check")
    assert "Her daughter stood beside her." in check.page.text
    sent = recorder.browser.follow(recorder.send(check, to="/check"))
    assert codes_on(sent)
    after = recorder.browser.follow(recorder.send(sent, to="/code"))
    assert not codes_on(after)
    left = listing.mine(recorder.reader, is_recorded=True, now=NOW)
    assert left == listing.Filings((), ())
    again = recorder.send(sent, to="/code")
    assert again.page.heading == "This report is not in your list"
    assert "its code was handed over" in again.page.text
    assert LIST in again.page.links


def test_the_queue_tells_how_it_came(recorder: Recorder) -> None:
    own = recorder.begin("phone")
    recorder.send(recorder.page(own, "story"), {"narrative": STORY})
    recorder.send(recorder.browser.get(f"{own}check"), to="/check")
    assert "Telephone" in recorder.browser.get("/desk/").page.text


def test_each_question_shows_the_number_that_it_has_on_paper(recorder: Recorder) -> None:
    own = recorder.begin("letter")
    page = recorder.page(own, "story")
    labels = [label.text for label in page.page.all("label", "legend")]
    assert any(label[:1].isdigit() and "." in label.split()[0] for label in labels)


def test_how_it_came_must_be_chosen(recorder: Recorder) -> None:
    page = recorder.send(recorder.browser.get(LIST), to=LIST)
    assert page.status == 422
    assert "Choose how it came to us." in page.page.text


def test_the_public_never_reaches_the_pages_for_staff(visitor: Visitor) -> None:
    visitor.follow(visitor.send(visitor.get("/en/report/")))
    answer = visitor.get("/en/report/recorded")
    assert answer.status == 404 or "recorded" not in answer.location
    visitor.post("/en/report/recorded", {"channel": "phone"})
    assert "How this was told" not in visitor.get("/en/report/check").page.text
