"""Kept views in pages: named, shared, counted, changed and forgotten; and the shortcuts."""

import re

from intake.casework import Reader, Service
from intake.casework.finding.saved import saved_views
from tests.html import Page
from tests.people import send, short_report
from tests.visitor import Visited, Visitor
from tests.web.test_desk import references

ASKED = "view=all&level=u1&region=KZ-33"


def side(page: Page) -> str:
    return next(e for e in page.all("nav") if e.get("class") == "views").text


def form_to(visited: Visited, address: str) -> int:
    """Which of the forms is sent to an address that begins so."""
    forms = [e for e in visited.page.all("form") if e.get("method") == "post"]
    forms.sort(key=lambda e: e.get("id") != "page")
    return next(i for i, e in enumerate(forms) if (e.get("action") or "").startswith(address))


def keep(desk: Visitor, name: str, *, shared: bool = False, asked: str = ASKED) -> Visited:
    page = desk.get(f"/desk/views/new?{asked}")
    fields = {"name": name, **({"shared": "y"} if shared else {})}
    return desk.send(page, fields)


def test_a_filtered_queue_is_kept_under_a_name(desk: Visitor, service: Service) -> None:
    sent = send(service)
    send(service, short_report(narrative="last year"))
    assert f"/desk/views/new?{ASKED}" in desk.get(f"/desk/?{ASKED}").page.links

    answer = keep(desk, "Jetisu, at once")

    assert answer.location == f"/desk/?{ASKED}"
    page = desk.get("/desk/").page
    assert "Jetisu, at once" in side(page)
    assert f"/desk/?{ASKED}" in page.links
    shown = desk.get(f"/desk/?{ASKED}").page
    assert references(shown) == [sent.ref]
    (current,) = (e for e in shown.all("a") if e.get("aria-current") == "page")
    assert current.text == "Jetisu, at once"
    listed = desk.get("/desk/views/").page.text
    assert "Jetisu, at once 1 All · Urgency: Immediate · Region: Jetisu" in listed


def test_the_same_form_sent_twice_keeps_one(desk: Visitor, coordinator: Reader) -> None:
    page = desk.get(f"/desk/views/new?{ASKED}")
    for _ in range(2):
        sent = desk.send(page, {"name": "Jetisu"})
        assert sent.status == 303
    assert len(saved_views(coordinator)) == 1


def test_a_view_without_a_name_is_not_kept(desk: Visitor, coordinator: Reader) -> None:
    answer = keep(desk, "")
    assert answer.status == 422
    assert answer.page.all("title")[0].text.startswith("Error:")
    assert saved_views(coordinator) == ()


def test_only_a_shared_view_is_seen_by_colleagues(
    desk: Visitor, second_desk: Visitor, service: Service
) -> None:
    send(service)
    keep(desk, "Only mine")
    keep(desk, "For everybody", shared=True)
    hers = side(second_desk.get("/desk/").page)
    assert "For everybody" in hers
    assert "Only mine" not in hers


def test_a_view_is_renamed_shared_and_forgotten(
    desk: Visitor, second_desk: Visitor, coordinator: Reader
) -> None:
    keep(desk, "Jetisu")
    (kept,) = saved_views(coordinator)
    page = desk.get(f"/desk/views/{kept.id}")
    renamed = desk.send(page, {"name": "Zhetysu", "shared": "y"})
    assert renamed.location == "/desk/views/?said=kept"
    assert "Zhetysu" in side(second_desk.get("/desk/").page)

    (shared,) = saved_views(coordinator)
    hers = second_desk.get(f"/desk/views/{shared.id}")
    desk.send(desk.get(f"/desk/views/{shared.id}"), {"name": "North"})
    lost = second_desk.send(hers, {"name": "South", "shared": "y"})
    assert lost.status in {404, 409}

    left = saved_views(coordinator)[0]
    page = desk.get(f"/desk/views/{left.id}")
    forgotten = desk.send(page, form=form_to(page, f"/desk/views/{left.id}/remove"))
    assert forgotten.location == "/desk/views/?said=forgotten"
    assert saved_views(coordinator) == ()


def test_both_texts_are_shown_when_two_rename_a_shared_view(
    desk: Visitor, second_desk: Visitor, coordinator: Reader
) -> None:
    keep(desk, "Jetisu", shared=True)
    (kept,) = saved_views(coordinator)
    pages = [one.get(f"/desk/views/{kept.id}") for one in (desk, second_desk)]
    shared = {"shared": "y"}
    assert desk.send(pages[0], {"name": "First", **shared}).status == 303
    lost = second_desk.send(pages[1], {"name": "Later", **shared})
    assert lost.status == 409
    assert "What stands now First" in lost.page.text
    assert "What you wrote Later" in lost.page.text
    again = second_desk.send(lost, {"name": "Later", **shared})
    assert again.status == 303


def test_a_view_that_asks_for_sexual_violence_is_not_shown_to_the_untrained(
    desk: Visitor, second_desk: Visitor
) -> None:
    keep(desk, "For handlers", shared=True, asked="method=sexual")
    assert "For handlers" in side(desk.get("/desk/").page)
    assert "For handlers" not in second_desk.get("/desk/").page.text
    assert "For handlers" not in second_desk.get("/desk/views/").page.text


def test_all_views_are_counted_on_their_page(desk: Visitor, service: Service) -> None:
    send(service)
    text = desk.get("/desk/views/").page.text
    for words in ("Needs triage 1", "Late 0", "Closed 0", "All 1"):
        assert words in text


def test_shortcuts_are_listed_and_switched_off(desk: Visitor) -> None:
    script = re.compile(r"/static/\w+/shortcuts\.js")
    assert script.search(desk.get("/desk/").body.decode())
    page = desk.get("/desk/shortcuts")
    for key in ("j", "k", "o", "x", "a", "n", "/", "?"):
        assert f"{key} " in page.page.text
    off = form_to(page, "/desk/shortcuts")
    switched = desk.follow(desk.send(page, {"to": "off"}, form=off))
    assert "The shortcuts are off." in switched.page.text
    assert not script.search(desk.get("/desk/").body.decode())
    on = desk.follow(desk.send(switched, {"to": "on"}, form=off))
    assert "The shortcuts are on." in on.page.text
    assert script.search(desk.get("/desk/").body.decode())
