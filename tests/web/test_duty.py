"""The duty rota: who is told, where and when, kept through pages."""

import pytest

from intake.casework import Reader, Service, duty
from intake.casework.duty import ALWAYS, Entry, Window
from tests.people import NOW
from tests.visitor import Visited, Visitor
from tests.web.test_account import switch

MAIL = "tulip@post.example"


def form_of(visitor: Visitor, handle: str = "second") -> Visited:
    """The page with the hours of one member."""
    page = visitor.get("/desk/duty").page
    links = [e for e in page.all("a") if e.text == f"Change the hours of {handle}"]
    return visitor.get(links[0].get("href") or "")


def test_nobody_is_on_the_rota_at_first(desk: Visitor) -> None:
    rows = [row.text for row in desk.get("/desk/duty").page.all("tr")][1:]
    assert [("not on the rota" in row) for row in rows] == [True, True]


def test_an_address_puts_a_member_on_the_rota_day_and_night(
    desk: Visitor, coordinator: Reader, second: Reader
) -> None:
    kept = desk.send(form_of(desk), {"mail": f" {MAIL} "})
    assert (kept.status, kept.location) == (303, "/desk/duty?said=kept")
    shown = desk.follow(kept).page.text
    assert "The rota is kept." in shown
    assert f"always, day and night {MAIL}" in shown
    assert duty.rota(coordinator).entries == (Entry(second.member, MAIL, (ALWAYS,)),)


def test_hours_on_some_days_are_kept_and_shown_again(
    desk: Visitor, coordinator: Reader
) -> None:
    page = form_of(desk)
    fields = page.page.fields(page.page.form(0))
    del fields["always"]
    nights = {"days0": ["0", "4"], "since0": "20", "until0": "8"}
    desk.post(page.path, {**fields, "mail": MAIL, **nights})
    assert duty.rota(coordinator).entries[0].windows == (Window(frozenset({0, 4}), 20, 8),)
    assert "Mon, Fri, 20:00 to 08:00" in desk.get("/desk/duty").page.text
    again = form_of(desk).page
    ticked = [e.get("value") for e in again.all("input") if "checked" in e.attributes]
    assert ticked == ["0", "4"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"mail": "no address"}, "Write one address"),
        ({"mail": "Tulip <tulip@post.example>"}, "Write one address"),
        ({"mail": "тюльпан@post.example"}, "Write one address"),
        ({"mail": MAIL, "always": ""}, "Choose days and hours, or always."),
        (
            {"mail": MAIL, "always": "", "days0": "1", "since0": "9", "until0": "9"},
            "Choose an end that is not the beginning.",
        ),
        ({"mail": MAIL, "always": "", "days0": "9", "since0": "9"}, "Choose days and hours"),
        ({"mail": MAIL, "always": "", "days0": "", "since0": "x"}, "Choose days and hours"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_the_field(
    desk: Visitor, coordinator: Reader, typed: dict[str, str], words: str
) -> None:
    answer = desk.send(form_of(desk), typed)
    assert answer.status == 422
    assert words in answer.page.text
    assert (
        f'value="{typed["mail"].replace("<", "&lt;").replace(">", "&gt;")}"'
        in answer.page.markup
    )
    assert duty.rota(coordinator).entries == ()


def test_without_an_address_a_member_leaves_the_rota(
    desk: Visitor, coordinator: Reader
) -> None:
    desk.send(form_of(desk), {"mail": MAIL})
    desk.send(form_of(desk), {"mail": ""})
    assert duty.rota(coordinator).entries == ()


def test_changing_one_member_leaves_the_others(desk: Visitor, coordinator: Reader) -> None:
    desk.send(form_of(desk), {"mail": MAIL})
    desk.send(form_of(desk, "coordinator"), {"mail": "aster@post.example"})
    mails = {entry.mail for entry in duty.rota(coordinator).entries}
    assert mails == {MAIL, "aster@post.example"}


def test_of_two_at_once_the_later_is_asked_again_with_her_words(
    desk: Visitor, second_desk: Visitor, coordinator: Reader
) -> None:
    page = form_of(desk)
    second_desk.send(form_of(second_desk), {"mail": "aster@post.example"})
    late = desk.send(page, {"mail": MAIL})
    assert late.status == 409
    assert "Somebody else kept another rota" in late.page.text
    assert "aster@post.example" in late.page.text
    assert f'value="{MAIL}"' in late.page.markup
    assert desk.send(late).status == 303
    assert duty.rota(coordinator).entries[0].mail == MAIL


def test_nobody_unknown_comes_on_the_rota(desk: Visitor) -> None:
    nobody = "/desk/duty/00000000-0000-4000-8000-000000000000"
    assert desk.get(nobody).status == 404
    assert desk.send(form_of(desk), {"mail": MAIL}, to=nobody).status == 404


def test_the_address_is_not_readable_in_the_database(
    desk: Visitor, service: Service, coordinator: Reader
) -> None:
    desk.send(form_of(desk), {"mail": MAIL})
    assert duty.rota(coordinator).revision == 1
    folder = service.settings.instance
    stored = b"".join(path.read_bytes() for path in sorted(folder.glob("intake.db*")))
    assert b"tulip" not in stored
    assert NOW.isoformat().encode() not in stored


def test_the_switch_of_languages_keeps_the_hours_and_keeps_nothing_else(
    desk: Visitor, coordinator: Reader
) -> None:
    page = form_of(desk)
    fields = page.page.fields(page.page.form(0))
    typed = {"mail": MAIL, "always": [], "days0": ["0", "4"], "since0": "20"}
    switched = switch(desk, page, "kk", {**fields, **typed})
    assert switched.status == 200
    kept = switched.page.fields(switched.page.form(0))
    assert (kept["mail"], kept["days0"], kept["since0"]) == ([MAIL], ["0", "4"], ["20"])
    assert "always" not in kept
    assert duty.rota(coordinator).entries == ()
