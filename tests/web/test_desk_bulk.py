"""Several cases at once: by ticks alone, and each says what became of it."""

from flask import Flask

from intake.casework import Reader, Service, Wish, new_once, open_case, queue, take
from intake.casework.team import papers
from intake.casework.team.tags import keep_tag
from tests.people import NOW, SECOND, send, send_and_open
from tests.visitor import Visited, Visitor


def form_of(visited: Visited) -> dict[str, str | list[str]]:
    """The hidden fields of the form around the table, and its lists."""
    (form,) = (e for e in visited.page.all("form") if e.get("id") == "several")
    fields = visited.page.fields(form)
    return {name: values for name, values in fields.items() if name != "case"}


def do(desk: Visitor, refs: list[str], act: str, **more: str) -> Visited:
    page = desk.get("/desk/?view=all")
    fields = {**form_of(page), **more, "act": act, "case": refs}
    return desk.post("/desk/bulk?view=all", fields)


def test_every_row_has_a_tick_with_a_name(desk: Visitor, service: Service) -> None:
    sent = send(service)
    page = desk.get("/desk/").page
    (tick,) = (e for e in page.all("input") if e.get("name") == "case")
    assert (tick.get("value"), tick.get("aria-label")) == (sent.ref, f"Tick {sent.ref}")


def test_ticked_cases_are_taken_and_counted(
    desk: Visitor, service: Service, coordinator: Reader, second: Reader
) -> None:
    free, hers = send(service), send(service)
    take(second, hers.ref, now=NOW)

    answer = do(desk, [free.ref, hers.ref], "take")

    assert answer.status == 200
    assert "Take: 1 done, 1 not" in answer.page.text
    assert f"{SECOND} holds it." in answer.page.text
    assert "/desk/?view=all" in answer.page.links
    assert [row.ref for row in queue(coordinator, Wish("mine"), now=NOW).rows] == [free.ref]

    again = do(desk, [free.ref], "take")
    assert again.location == "/desk/?view=all&done=1&act=take"
    assert "Take: 1 done" in desk.follow(again).page.text


def test_what_is_missing_is_said_for_each(desk: Visitor, coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    answer = do(desk, [sent.ref], "move", stage="decision")
    assert "0 done, 1 not" in answer.page.text
    assert "Something is missing:" in answer.page.text


def test_results_name_cases_as_their_rows_do(desk: Visitor, service: Service) -> None:
    sent = send(service)
    (title,) = desk.get(f"/desk/cases/{sent.ref}").page.all("h1")
    level = title.children[0].text
    answer = do(desk, [sent.ref, "2222-2222"], "off", days="1")
    assert "Open the report first" in answer.page.text
    (first, unknown) = [e.text for e in answer.page.all("dt")]
    assert (first, unknown) == (f"{sent.ref} {level}", "2222-2222")
    assert f"/desk/cases/{sent.ref}" in answer.page.links
    assert "/desk/cases/2222-2222" not in answer.page.links


def test_cases_are_tagged_put_off_and_given(
    desk: Visitor, coordinator: Reader, second: Reader
) -> None:
    id_ = papers.id_of(new_once(), "tag")
    keep_tag(coordinator, id_, "Saturday", seen=papers.NEW, now=NOW)
    sent = send_and_open(coordinator)

    for act, more, words in (
        ("tag", {"tag": id_.hex}, "Tag: 1 done"),
        ("off", {"days": "1"}, "Put it off: 1 done"),
        ("give", {"to": second.member.hex}, "Give to a colleague: 1 done"),
    ):
        page = desk.follow(do(desk, [sent.ref], act, **more)).page
        assert words in page.text
        assert "Saturday" in page.text
    assert queue(second, Wish("snoozed"), now=NOW).rows[0].is_mine


def test_without_a_tick_nothing_happens_and_the_page_says_so(
    desk: Visitor, service: Service
) -> None:
    send(service)
    answer = do(desk, [], "take")
    assert answer.status == 422
    assert "Tick one case or more" in answer.page.text


def test_what_is_in_no_list_is_not_done_and_the_ticks_stay(
    desk: Visitor, service: Service, coordinator: Reader
) -> None:
    sent = send(service)
    for act, more in (
        ("give", {"to": "0" * 32}),
        ("tag", {"tag": "0" * 32}),
        ("off", {"days": "365"}),
        ("move", {"stage": "closed"}),
        ("erase", {}),
    ):
        answer = do(desk, [sent.ref], act, **more)
        assert answer.status == 422
        assert "Choose from the list beside the button" in answer.page.text
        ticked = [e for e in answer.page.all("input") if "checked" in e.attributes]
        assert [e.get("value") for e in ticked] == [sent.ref]
    (row,) = queue(coordinator, Wish(), now=NOW).rows
    assert (row.holder, row.stage) == (None, "received")


def test_a_page_of_another_session_does_nothing(
    desk: Visitor, second_desk: Visitor, service: Service, coordinator: Reader
) -> None:
    sent = send(service)
    fields = {**form_of(second_desk.get("/desk/")), "act": "take", "case": sent.ref}
    answer = desk.post("/desk/bulk", fields)
    assert answer.status == 422
    assert queue(coordinator, Wish("mine"), now=NOW).total == 0


def test_results_are_told_once(desk: Visitor) -> None:
    assert desk.get("/desk/bulk?view=late").location == "/desk/?view=late"


def test_no_case_of_others_is_touched_or_named(
    app: Flask, desk: Visitor, coordinator: Reader
) -> None:
    assert app.extensions["intake"]
    sent = send(coordinator.service)
    open_case(coordinator, sent.ref, now=NOW)
    answer = do(desk, ["2222-2222"], "take")
    assert "It is not there any more, or it is kept for others." in answer.page.text


def test_an_address_tells_nothing_that_no_button_did(desk: Visitor, service: Service) -> None:
    send(service)
    for asked in ("done=999&act=take", "done=1&act=x", "done=x&act=take", "done=1"):
        assert "done" not in desk.get(f"/desk/?{asked}").page.text
