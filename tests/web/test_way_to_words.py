"""Who has said nothing yet is led to the page for a few words, whoever she is."""

import pytest

from intake.casework import Service, begin_draft, new_once
from intake.form.answers import Answers
from intake.form.draft import Draft
from intake.form.journey import asked_steps
from tests.form.profiles import told
from tests.people import NOW
from tests.visitor import Visitor
from tests.web.journey_walk import Walk

GROWN = told(reporter_role="victim")
CHILD = told(reporter_role="victim", victim_age=15)


@pytest.mark.parametrize(
    ("answers", "slug"), [(GROWN, "story"), (CHILD, "story-young")], ids=["grown", "child"]
)
def test_the_page_that_asks_for_a_word_leads_to_where_it_can_be_said(
    visitor: Visitor, service: Service, answers: Answers, slug: str
) -> None:
    everything = tuple(step.slug for step in asked_steps(answers))
    draft = Draft(answers, passed=everything)
    visit = begin_draft(service, once=new_once(), now=NOW, draft=draft)
    visitor.client.set_cookie("i", f"~~{visit}", domain="127.0.0.1")
    check = visitor.get("/en/report/check").page
    (way,) = [a.get("href") or "" for a in check.all("a") if a.text == "Write a few words"]
    walk = Walk.at(visitor, way)
    assert walk.slug == slug
    assert "narrative" in walk.fields
