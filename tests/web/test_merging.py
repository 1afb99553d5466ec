"""Merging a report into the case that it repeats, as coordinators see it."""

import pytest

from intake.casework import Reader, new_once, overview
from intake.casework.splitting.joining import link_similar
from intake.casework.splitting.shown import linked
from tests.casework.splitting.test_merging import WHY, merge, stage
from tests.casework.work import answering
from tests.people import NOW, Sent, send_and_open
from tests.visitor import Visited, Visitor

WAY = "screening_to_closed"


@pytest.fixture
def case(coordinator: Reader) -> Sent:
    """The case that goes on."""
    return send_and_open(coordinator)


@pytest.fixture
def repeat(coordinator: Reader) -> Sent:
    """The report that repeats it."""
    return send_and_open(coordinator)


def _link(reader: Reader, case: Sent, other: Sent) -> None:
    version = overview(reader, case.ref, now=NOW).version
    link_similar(reader, case.ref, other.ref, WHY, once=new_once(), version=version, now=NOW)


def _links(page: Visited) -> dict[str, str]:
    return {" ".join(a.text.split()): str(a.get("href")) for a in page.page.all("a")}


def _named(page: Visited) -> list[str | None]:
    """What stands in the field that names the case that is repeated."""
    fields = page.page.all("input")
    return [it.get("value") for it in fields if it.get("name") == "moved_same_as"]


def test_cases_of_the_same_event_lead_to_their_merging_either_way(
    desk: Visitor, coordinator: Reader, case: Sent, repeat: Sent
) -> None:
    _link(coordinator, case, repeat)
    found = _links(desk.get(f"/desk/cases/{case.ref}/links"))
    for report, other in ((case, repeat), (repeat, case)):
        address = found[f"Merge {report.ref} into {other.ref}"]
        assert address == f"/desk/cases/{report.ref}/move/{WAY}?same_as={other.ref}"


def test_what_goes_its_own_way_already_is_only_merged_into(
    desk: Visitor, coordinator: Reader, case: Sent, repeat: Sent
) -> None:
    _link(coordinator, case, repeat)
    answering.go(coordinator, case.ref, "screening_to_contacting", moved_level="u1")
    found = _links(desk.get(f"/desk/cases/{case.ref}/links"))
    assert f"Merge {repeat.ref} into {case.ref}" in found
    assert f"Merge {case.ref} into {repeat.ref}" not in found


def test_the_page_of_merging_names_the_case_already_and_asks_for_the_reason(
    desk: Visitor, second: Reader, case: Sent, repeat: Sent
) -> None:
    asked = desk.get(f"/desk/cases/{repeat.ref}/move/{WAY}?same_as={case.ref}")
    done = desk.send(asked, {"moved_why": WHY})
    assert "said=proposed" in (done.location or "")
    answering.agree(second, repeat.ref)
    assert stage(second, repeat.ref) == "closed"
    assert overview(second, case.ref, now=NOW).row.stage == "screening"


def test_a_case_that_goes_on_no_longer_is_refused_beside_what_was_typed(
    desk: Visitor, coordinator: Reader, repeat: Sent
) -> None:
    closed = answering.closed(coordinator, erase_on=None)
    asked = desk.get(f"/desk/cases/{repeat.ref}/move/{WAY}?same_as={closed.ref}")
    again = desk.send(asked, {"moved_why": WHY})
    assert again.status == 422
    assert "If it is closed, open it again first." in again.page.text
    assert WHY in again.page.text
    assert _named(again) == [closed.ref]


def test_words_in_the_address_fill_nothing_on_other_ways(
    desk: Visitor, case: Sent, repeat: Sent
) -> None:
    other = desk.get(f"/desk/cases/{repeat.ref}/move/any_to_closed?same_as={case.ref}")
    assert case.ref not in other.page.text
    assert _named(other) == []


def test_both_cases_say_what_was_merged_and_where_the_work_goes_on(
    desk: Visitor, coordinator: Reader, second: Reader, case: Sent, repeat: Sent
) -> None:
    merge((coordinator, second), repeat.ref, case.ref)
    there = desk.get(f"/desk/cases/{repeat.ref}")
    assert "The work goes on there" in there.page.text
    assert f"/desk/cases/{case.ref}" in _links(there).values()
    here = desk.get(f"/desk/cases/{case.ref}")
    assert "was merged into this one" in here.page.text
    assert "The work goes on there" not in here.page.text
    timeline = desk.get(f"/desk/cases/{case.ref}/timeline").page.text
    assert "Another report repeats this case and was merged into it" in timeline


@pytest.mark.parametrize("side", ["case", "repeat"])
def test_from_either_case_the_report_is_opened_again(
    desk: Visitor, coordinator: Reader, second: Reader, case: Sent, repeat: Sent, side: str
) -> None:
    merge((coordinator, second), repeat.ref, case.ref)
    ref = case.ref if side == "case" else repeat.ref
    page = desk.get(f"/desk/cases/{ref}/links")
    words = "Open it again" if side == "case" else "Open this report again"
    address = next(to for said, to in _links(page).items() if said.startswith(words))
    asked = desk.get(address)
    assert "is opened again and screened" in asked.page.text
    done = desk.follow(desk.send(asked, {"end_why": "Two men after all"}))
    assert "The report is opened again and screened." in done.page.text
    assert stage(coordinator, repeat.ref) == "screening"
    again = desk.follow(desk.send(asked, {"end_why": "Two men after all"}))
    assert again.status == 200


def test_what_is_merged_is_named_once(
    desk: Visitor, coordinator: Reader, second: Reader, case: Sent, repeat: Sent
) -> None:
    _link(coordinator, case, repeat)
    merge((coordinator, second), repeat.ref, case.ref)
    (one,) = linked(coordinator, case.ref)
    assert one.kind == "merged"
    both = desk.get(f"/desk/cases/{case.ref}/links").page.text
    assert "The same event" in both


def test_who_erases_a_case_sees_what_stays(
    desk: Visitor, coordinator: Reader, second: Reader, case: Sent, repeat: Sent
) -> None:
    page = desk.get(f"/desk/cases/{case.ref}/move/any_to_erased")
    assert repeat.ref not in page.page.text
    merge((coordinator, second), repeat.ref, case.ref)
    page = desk.get(f"/desk/cases/{case.ref}/move/any_to_erased")
    assert f"{repeat.ref} belongs to it and is not erased with it." in page.page.text
