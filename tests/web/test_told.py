"""What the operator tells about the coalition: shown as told, and only when checked."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from intake import create_app
from intake.settings import EmergencyNumber, Settings, Texts
from tests.visitor import Visitor

CHECKED = EmergencyNumber("100 00", Texts("жедел", "скорая", "ambulance"), checked=True)
UNCHECKED = EmergencyNumber("200 00", Texts("желі", "линия", "hotline"), checked=False)
HOURS = Texts("күн сайын", "ежедневно", "every day, 8 to 20")
ABOUT = Texts("Біз", "Мы", "We are six organisations.")


@pytest.fixture
def visitor(settings: Settings) -> Iterator[Visitor]:
    told = replace(
        settings,
        coalition=ABOUT,
        duty_hours=HOURS,
        emergency_numbers=(CHECKED, UNCHECKED),
        demo=True,
    )
    app = create_app(told)
    yield Visitor(app.test_client())
    app.extensions["intake"].engine.dispose()


@pytest.mark.parametrize("path", ["/en/", "/en/urgent/", "/en/urgent/done"])
def test_duty_hours_are_shown_as_told(visitor: Visitor, path: str) -> None:
    text = visitor.get(path).page.text
    assert "every day, 8 to 20" in text
    assert "next working day" not in text


def test_the_coalition_speaks_in_the_language_of_the_page(visitor: Visitor) -> None:
    assert "We are six organisations." in visitor.get("/en/").page.text
    assert "Мы" in visitor.get("/ru/").page.text


@pytest.mark.parametrize("path", ["/en/", "/en/today/", "/en/urgent/"])
def test_only_a_checked_number_is_shown(visitor: Visitor, path: str) -> None:
    page = visitor.get(path).page
    assert "tel:10000" in page.links
    assert "200 00" not in page.text


@pytest.mark.parametrize("path", ["/en/", "/en/real/", "/en/urgent/", "/en/nothing-here"])
def test_a_demonstration_says_so_on_every_page(visitor: Visitor, path: str) -> None:
    assert "This is a demonstration." in visitor.get(path).page.text
