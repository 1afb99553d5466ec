"""What waits for a second coordinator: asking, deciding, taking back, being too late."""

import re

from intake.casework import Reader, overview, proposals_of
from intake.casework.restricting import restrict
from intake.roles import Role
from tests.casework.joining import add, proof
from tests.casework.work.answering import go, write
from tests.people import NOW, SECOND, send_and_open, short_report, sister_report
from tests.visitor import Visited, Visitor
from tests.web.conftest import Clock
from tests.web.test_account import sign_in
from tests.web.test_cases import press
from tests.web.work.acting import WHY, case, fill, tab, texts, told

LIST = "/desk/proposals/"
NO = "He still coughs blood."


def ask(desk: Visitor, ref: str, level: str = "u4") -> Visited:
    return fill(desk, f"{tab(ref)}/lowering", lower_to=level, lower_why=WHY)


def waiting(desk: Visitor) -> str:
    """The address of the only proposal on the list."""
    found = {link for link in desk.get(LIST).page.links if re.fullmatch(rf"{LIST}[\w-]+", link)}
    (address,) = found
    return address


def decide(desk: Visitor, page: Visited, go: str, words: str = "") -> Visited:
    return desk.send(page, {"go": go, "words": words})


def level(reader: Reader, ref: str) -> str:
    return overview(reader, ref, now=NOW).row.level


def test_a_second_coordinator_sees_it_counted_and_decides(
    desk: Visitor, second_desk: Visitor, coordinator: Reader
) -> None:
    ref = case(coordinator).ref
    before = level(coordinator, ref)
    assert "A second coordinator has to decide now." in desk.follow(ask(desk, ref)).page.text
    assert level(coordinator, ref) == before
    counted = second_desk.get("/account/").page
    assert "Second person 1" in counted.text
    page = second_desk.get(waiting(second_desk))
    assert WHY in page.page.text
    assert "coordinator asks" in page.page.text
    done = second_desk.follow(decide(second_desk, page, "agree"))
    assert "You agreed, and it is done." in done.page.text
    assert level(coordinator, ref) == "u4"
    assert "Nothing waits for your decision." in done.page.text


def test_who_asked_cannot_decide_it_herself(desk: Visitor, coordinator: Reader) -> None:
    ref = case(coordinator).ref
    ask(desk, ref)
    address = waiting(desk)
    own = desk.get(address)
    assert "It waits for a second coordinator" in own.page.text
    assert own.page.by_id("page") is None
    form = next(e for e in own.page.all("form") if "/withdraw" in (e.get("action") or ""))
    fields = {**own.page.fields(form), "go": "agree", "revision": "1", "words": ""}
    assert desk.post(address, fields).status == 404
    assert [one.is_waiting for one in proposals_of(coordinator)] == [True]


def test_a_no_needs_a_word_and_changes_nothing(
    desk: Visitor, second_desk: Visitor, coordinator: Reader
) -> None:
    ref = case(coordinator).ref
    before = level(coordinator, ref)
    ask(desk, ref)
    address = waiting(second_desk)
    asked = decide(second_desk, second_desk.get(address), "refuse")
    assert asked.status == 422
    assert "Write why, so that your colleague can go on." in told(asked)
    assert decide(second_desk, asked, "refuse", NO).status == 303
    assert level(coordinator, ref) == before
    read = desk.get(address).page.text
    assert "second did not agree" in read
    assert NO in read


def test_who_asked_can_take_it_back(desk: Visitor, coordinator: Reader) -> None:
    ref = case(coordinator).ref
    ask(desk, ref)
    address = waiting(desk)
    page = desk.get(address)
    back = press(desk, page, "/withdraw")
    assert "You took it back. Nothing was changed." in desk.follow(back).page.text
    assert proposals_of(coordinator) == ()


def test_with_nobody_else_it_says_that_it_waits(desk: Visitor, coordinator: Reader) -> None:
    ref = case(coordinator).ref
    kept_for = (coordinator.member,)
    restrict(coordinator, ref, kept_for, "Her cousin.", proof(coordinator), now=NOW)
    page = desk.get(f"{tab(ref)}/lowering")
    assert "There is no other coordinator who could decide it." in page.page.text
    shown = desk.follow(desk.send(page, {"lower_to": "u4", "lower_why": WHY}))
    assert "There is no other coordinator yet." in shown.page.text
    own = desk.get(waiting(desk)).page.text
    assert "It waits until there is one; it is never skipped." in own


def test_who_may_not_open_the_case_sees_nothing_of_it(
    desk: Visitor, second_desk: Visitor, coordinator: Reader
) -> None:
    ref = case(coordinator).ref
    kept_for = (coordinator.member,)
    restrict(coordinator, ref, kept_for, "Her cousin.", proof(coordinator), now=NOW)
    ask(desk, ref)
    address = waiting(desk)
    assert "Nothing waits for your decision." in second_desk.get(LIST).page.text
    assert second_desk.get(address).status == 404


def test_what_changed_meanwhile_is_looked_at_once_more(
    desk: Visitor, second_desk: Visitor, coordinator: Reader
) -> None:
    ref = case(coordinator).ref
    ask(desk, ref)
    page = second_desk.get(waiting(second_desk))
    write(coordinator, ref, "attempt")
    late = decide(second_desk, page, "agree", NO)
    assert late.status == 409
    assert "Somebody changed the case since this page was shown." in told(late)
    assert texts(late) == [NO]
    assert decide(second_desk, late, "agree", NO).status == 303


def test_what_is_not_possible_any_more_is_said_and_can_still_be_refused(
    desk: Visitor, second_desk: Visitor, coordinator: Reader
) -> None:
    ref = case(coordinator).ref
    move = f"/desk/cases/{ref}/move"
    closing = {"moved_outcome": "out_of_country", "moved_why": WHY}
    fill(desk, f"{move}/screening_to_closed", **closing)
    fill(desk, f"{move}/screening_to_contacting", moved_level="u1")
    page = second_desk.get(waiting(second_desk))
    late = decide(second_desk, page, "agree", NO)
    assert late.status == 409
    assert "This is not possible any more" in told(late)
    assert "The case stands on another stage by now." in told(late)
    assert texts(late) == [NO]
    assert decide(second_desk, late, "refuse", NO).status == 303


def test_who_decides_after_it_was_taken_back_keeps_her_words(
    desk: Visitor, second_desk: Visitor, coordinator: Reader
) -> None:
    ref = case(coordinator).ref
    ask(desk, ref)
    address = waiting(desk)
    page = second_desk.get(address)
    press(desk, desk.get(address), "/withdraw")
    late = decide(second_desk, page, "refuse", NO)
    assert late.status == 409
    assert "coordinator took it back" in late.page.text
    assert NO in late.page.text


def test_who_takes_back_what_was_decided_sees_the_decision(
    desk: Visitor, second_desk: Visitor, coordinator: Reader
) -> None:
    ref = case(coordinator).ref
    ask(desk, ref)
    address = waiting(desk)
    page = desk.get(address)
    decide(second_desk, second_desk.get(address), "refuse", NO)
    assert "second did not agree" in desk.follow(press(desk, page, "/withdraw")).page.text


def test_a_decision_outlives_the_session(
    desk: Visitor, second_desk: Visitor, coordinator: Reader, clock: Clock
) -> None:
    ref = case(coordinator).ref
    ask(desk, ref)
    page = second_desk.get(waiting(second_desk))
    clock.pass_(minutes=61)
    asked = decide(second_desk, page, "refuse", NO)
    offered = sign_in(second_desk, SECOND, page=asked)
    assert texts(offered) == [NO]
    assert second_desk.send(offered).status == 303


def test_a_level_that_is_not_lower_is_not_offered(desk: Visitor, coordinator: Reader) -> None:
    ref = send_and_open(coordinator, short_report(victim_status="released")).ref
    before = level(coordinator, ref)
    page = desk.get(f"{tab(ref)}/lowering").page
    offered = {e.get("value") for e in page.all("input") if e.get("name") == "lower_to"}
    assert before not in offered
    assert offered <= {"u2", "u3", "u4"}


def test_below_the_lowest_level_there_is_nothing_to_ask_for(
    desk: Visitor, coordinator: Reader
) -> None:
    report = short_report(reporter_role="victim", victim_status="free", narrative="Long ago.")
    ref = send_and_open(coordinator, report).ref
    assert level(coordinator, ref) == "u4"
    page = desk.get(f"{tab(ref)}/lowering")
    assert "The case stands on the lowest level already." in page.page.text
    assert page.page.by_id("page") is None


def test_a_proposal_that_is_not_there_has_no_page(desk: Visitor) -> None:
    assert desk.get(f"{LIST}00000000-0000-4000-8000-000000000007").status == 404


def test_words_for_trained_handlers_wait_for_one_of_them(
    desk: Visitor, second_desk: Visitor, coordinator: Reader
) -> None:
    ref = send_and_open(coordinator, sister_report(method=("rape",))).ref
    shown = desk.follow(ask(desk, ref)).page.text
    assert "It waits for a trained handler, and nothing changes before." in shown
    assert "There is no other trained handler yet." in shown
    listed = second_desk.get(LIST).page.text
    assert "Nothing waits for your decision." in listed
    assert "Waits for a trained handler" in listed
    page = second_desk.get(waiting(second_desk))
    assert WHY not in page.page.text
    assert "for trained handlers only" in page.page.text
    assert "There is no other trained handler who could decide it." in page.page.text
    assert page.page.by_id("page") is None
    assert WHY not in second_desk.get(tab(ref)).page.text
    assert WHY in desk.get(waiting(desk)).page.text


def ended(second_desk: Visitor, coordinator: Reader, second: Reader) -> tuple[str, str]:
    """The reference of a case, and where it stands what somebody asked who was excluded."""
    third = add(coordinator, "fern", Role.COORDINATOR)
    ref = case(coordinator).ref
    write(third, ref, "lowering", lower_why=WHY)
    named = (coordinator.member, second.member)
    restrict(coordinator, ref, named, "A cousin.", proof(coordinator), now=NOW)
    return ref, waiting(second_desk)


def test_what_ended_says_so_everywhere_and_offers_no_decision(
    second_desk: Visitor, coordinator: Reader, second: Reader
) -> None:
    ref, address = ended(second_desk, coordinator, second)
    for place in (LIST, address, tab(ref)):
        page = second_desk.get(place).page
        assert "Ended: fern may no longer decide" in page.text
        assert "Look at it and decide" not in page.text
    assert second_desk.get(address).page.by_id("page") is None
    assert WHY in second_desk.get(address).page.text


def test_what_ended_is_asked_for_anew_and_a_colleague_decides(
    desk: Visitor, second_desk: Visitor, coordinator: Reader, second: Reader
) -> None:
    ref, address = ended(second_desk, coordinator, second)
    page = second_desk.get(address)
    done = second_desk.follow(press(second_desk, page, "/anew"))
    assert "A second coordinator has to decide now." in done.page.text
    assert press(second_desk, page, "/anew").status == 303
    agreed = desk.follow(decide(desk, desk.get(waiting(desk)), "agree"))
    assert "You agreed, and it is done." in agreed.page.text
    assert level(coordinator, ref) == "u4"
    told_of = second_desk.get("/account/").page.text
    assert f"coordinator agreed to what you asked for in case {ref}" in told_of


def test_what_ended_can_be_taken_off_the_list(
    second_desk: Visitor, coordinator: Reader, second: Reader
) -> None:
    _ref, address = ended(second_desk, coordinator, second)
    press(second_desk, second_desk.get(address), "/withdraw")
    assert "Nothing waits for your decision." in second_desk.get(LIST).page.text
    assert "second took it off the list" in second_desk.get(address).page.text


def test_who_agrees_too_late_reads_that_it_ended(
    second_desk: Visitor, coordinator: Reader, second: Reader
) -> None:
    third = add(coordinator, "fern", Role.COORDINATOR)
    ref = case(coordinator).ref
    write(third, ref, "lowering", lower_why=WHY)
    page = second_desk.get(waiting(second_desk))
    named = (coordinator.member, second.member)
    restrict(coordinator, ref, named, "A cousin.", proof(coordinator), now=NOW)
    late = decide(second_desk, page, "agree", NO)
    assert late.status == 409
    assert "fern may no longer decide on this case" in told(late)
    assert NO in late.page.text


def test_what_is_asked_anew_and_not_possible_any_more_says_what_is_missing(
    second_desk: Visitor, coordinator: Reader, second: Reader
) -> None:
    third = add(coordinator, "fern", Role.COORDINATOR)
    ref = case(coordinator).ref
    closing = {"moved_outcome": "out_of_country", "moved_why": WHY}
    go(third, ref, "screening_to_closed", **closing)
    go(coordinator, ref, "screening_to_contacting", moved_level="u1")
    named = (coordinator.member, second.member)
    restrict(coordinator, ref, named, "A cousin.", proof(coordinator), now=NOW)
    page = second_desk.get(waiting(second_desk))
    late = press(second_desk, page, "/anew")
    assert late.status == 409
    assert "The case stands on another stage by now." in told(late)


def test_notices_name_case_and_act_and_nothing_that_was_said(
    desk: Visitor, second_desk: Visitor, coordinator: Reader
) -> None:
    ref = case(coordinator).ref
    ask(desk, ref)
    asked = second_desk.get("/account/").page.text
    assert f"coordinator asks for a second coordinator in case {ref}: Lower" in asked
    assert WHY not in asked
    decide(second_desk, second_desk.get(waiting(second_desk)), "refuse", NO)
    answered = desk.get("/account/").page.text
    assert f"second did not agree to what you asked for in case {ref}" in answered
    assert NO not in answered
