"""The pictures of a body: which of them somebody saw stays on no device and in no address."""

import re

import pytest
from flask import Flask

from intake.casework import Service, begin_draft, new_once
from intake.form.answers import Answers, Stored
from intake.form.draft import Draft
from intake.form.figures import FIGURES
from intake.web.body_map import drawing, picture
from tests.people import NOW
from tests.visitor import Visitor

TOLD: dict[str, Stored] = {"in_detail": "yes", "injury": ("pain",), "reporter_role": "relative"}


@pytest.mark.parametrize("told", [{}, {"victim_sex": "female"}, {"victim_age": 9}], ids=str)
def test_a_picture_is_not_kept_by_the_browser_and_its_name_tells_nothing(
    app: Flask, service: Service, told: dict[str, Stored]
) -> None:
    draft = Draft(Answers({**TOLD, **told}))
    visitor = Visitor(app.test_client())
    visit = begin_draft(service, once=new_once(), now=NOW, draft=draft)
    visitor.client.set_cookie("i", f"~~{visit}", domain="127.0.0.1")
    page = visitor.follow(visitor.get("/en/report/body")).page
    (address,) = {image.get("src") for image in page.all("img")}
    assert address
    assert re.fullmatch(r"/static/[0-9a-f]+/body-\d\.png", address)
    answer = visitor.get(address).answer
    assert answer.content_type == "image/png"
    assert answer.headers["Cache-Control"] == "no-store"


def test_every_figure_has_a_picture_of_its_own(app: Flask) -> None:
    asset = app.jinja_env.globals["asset"]
    assert len({asset(picture(figure)) for figure in FIGURES}) == len(FIGURES)  # type: ignore[operator] # a function of ours


def test_later_answers_are_drawn_beside_the_first(app: Flask) -> None:
    told = [("body_region", ["nose"]), ("body_mark", ["belly.pain"]), ("injury", ["pain"])]
    with app.test_request_context("/en/"):
        drawn = drawing(told, Answers({"victim_sex": "male"}))
        assert drawn
        assert drawn.words == ("Nose", "Belly: pain")
    assert drawn.figure == "male"
    assert [number for number, _mark in drawn.on("front")] == [1, 2]
    assert drawn.on("back") == []
    assert drawing([("body_region", ["private"]), ("injury", ["pain"])], Answers()) is None
