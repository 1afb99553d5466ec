"""The tab says first what to do, and what was written wrongly is struck out on its page."""

from intake.casework import Reader, add_step, new_once
from tests.casework.work.answering import agree, seen, told, write
from tests.people import NOW, send_and_open, short_report
from tests.visitor import Visited, Visitor
from tests.web.test_mailbox import entered
from tests.web.work.acting import case, fill, section, tab
from tests.web.work.acting import told as alarm

WHY = "It belongs to another case."
ASSENT = {"assent": "yes", "guardian_involved": "yes", "assent_why": "Asked alone"}


def link(visited: Visited, part: str) -> str:
    return next(address for address in visited.page.links if part in address)


def crossed_out(visited: Visited) -> str:
    return " ".join(e.text for e in visited.page.all("del"))


def test_an_entry_is_struck_out_with_a_reason_and_stays_crossed_out(
    desk: Visitor, coordinator: Reader
) -> None:
    sent = case(coordinator)
    write(coordinator, sent.ref, "safety_plan")
    page = desk.get(link(desk.get(tab(sent.ref)), "/struck?about="))
    assert "She goes to her aunt" in page.page.text
    assert desk.send(page, {"struck_why": ""}).status == 422
    shown = desk.follow(desk.send(page, {"struck_why": WHY}))
    assert "It is struck out" in shown.page.text
    assert "She goes to her aunt" in crossed_out(shown)
    assert "She goes to her aunt" not in section(shown, "Safety plan")
    assert "struck out 14:30, coordinator" in shown.page.text
    assert WHY in shown.page.text
    assert WHY not in crossed_out(shown)
    timeline = desk.get(f"/desk/cases/{sent.ref}/timeline").page.text
    assert "Wrote down what was done Struck out coordinator" in timeline
    assert "Wrote down what was done Safety plan coordinator" in timeline


def test_who_comes_too_late_to_strike_it_out_is_told_so(
    desk: Visitor, second_desk: Visitor, coordinator: Reader
) -> None:
    sent = case(coordinator)
    write(coordinator, sent.ref, "review")
    address = link(desk.get(tab(sent.ref)), "/struck?about=")
    late = second_desk.get(address)
    desk.send(desk.get(address), {"struck_why": WHY})
    answer = second_desk.send(late, {"struck_why": "Mine"})
    assert answer.status == 409
    assert "was corrected or struck out while you were writing" in alarm(answer)
    assert "Mine" in answer.page.text
    assert desk.get(address).status == 404
    assert desk.get(f"{tab(sent.ref)}/struck").status == 404


def test_what_two_decided_is_struck_out_by_two_and_the_second_sees_what(
    desk: Visitor, second_desk: Visitor, coordinator: Reader, second: Reader
) -> None:
    sent = case(coordinator)
    write(coordinator, sent.ref, "assent", **ASSENT)
    agree(second, sent.ref)
    page = desk.get(link(desk.get(tab(sent.ref)), "/struck?about="))
    assert "Two coordinators decide this." in page.page.text
    assert "has to decide now" in desk.follow(desk.send(page, {"struck_why": WHY})).page.text
    waiting = second_desk.get("/desk/proposals/").page.links
    asked = second_desk.get([a for a in waiting if a.startswith("/desk/proposals/")][-1])
    assert "It would count no more: The child's own yes" in asked.page.text
    assert "Asked alone" in asked.page.text


def test_a_colleague_who_is_not_trained_is_offered_no_change_of_what_she_cannot_see(
    second_desk: Visitor, coordinator: Reader
) -> None:
    report = short_report(victim_status="released", method=("rape",))
    sent = send_and_open(coordinator, report)
    answers = told(
        consent_change="given",
        consent_codes=("state_complaint",),
        consent_by="victim",
        consent_how="phone",
        consent_sexual=True,
    )
    add_step(coordinator, sent.ref, "consent_recorded", answers, once=new_once(), now=NOW)
    step = seen(coordinator, sent.ref).steps[-1].id
    links = second_desk.get(tab(sent.ref)).page.links
    assert not any("replaces=" in one or "struck?" in one for one in links)
    page = second_desk.get(f"{tab(sent.ref)}/consent_recorded")
    forced = second_desk.send(
        page,
        {
            "replaces": str(step),
            "consent_change": "given",
            "consent_codes": ["state_complaint"],
            "consent_by": "victim",
            "consent_how": "phone",
        },
    )
    assert forced.status == 422
    assert "Only a trained handler can do this step" in alarm(forced)


def test_one_button_of_the_tab_stands_out_and_it_is_that_of_the_first_limit(
    desk: Visitor, coordinator: Reader
) -> None:
    sent = case(coordinator)
    page = desk.get(tab(sent.ref)).page
    panels = [e for e in page.all("section") if e.get("aria-labelledby") in {"limits", "write"}]
    assert [e.get("aria-labelledby") for e in panels] == ["limits", "write"]
    main = [e for e in page.all("a") if "go" in (e.get("class") or "").split()]
    assert [e.get("href") for e in main] == [f"{tab(sent.ref)}/attempt"]
    assert any(e.get("aria-labelledby") == "limits" for e in main[0].ancestors)


def test_ways_that_are_shut_are_folded_and_closing_comes_last(
    desk: Visitor, coordinator: Reader
) -> None:
    sent = case(coordinator)
    page = desk.get(tab(sent.ref)).page
    shut = [e for e in page.all("li") if e.get("class") == "shut"]
    assert shut
    assert all(any(a.tag == "details" for a in e.ancestors) for e in shut)
    ways = [e for e in page.all("li") if e.get("class") in {"open", "shut"}]
    assert [e.text.startswith("Closed") for e in ways] == [False, True, False, False]


def test_a_needed_field_says_so_itself(desk: Visitor, coordinator: Reader) -> None:
    sent = case(coordinator)
    text = desk.get(f"{tab(sent.ref)}/attempt").page.text
    assert "What came of it? (needed)" in text
    assert "To be answered" not in text


def test_where_the_legal_record_is_read_it_says_that_they_look_into_their_own(
    desk: Visitor, coordinator: Reader
) -> None:
    sent = case(coordinator, agency=("police",))
    words = "The agency complained of investigates"
    assert words not in section(desk.get(tab(sent.ref)), "Legal record")
    write(coordinator, sent.ref, "investigation", investigating="police")
    assert words in section(desk.get(tab(sent.ref)), "Legal record")


def test_what_was_said_in_an_interview_is_shown_to_who_asks_for_it(
    desk: Visitor, coordinator: Reader
) -> None:
    sent = case(coordinator)
    write(coordinator, sent.ref, "interview", interview_words="They beat him for hours")
    page = desk.get(tab(sent.ref)).page
    words = next(e for e in page.all("dd") if "They beat him" in e.text)
    folded = [a for a in words.ancestors if a.tag == "details"]
    assert any("may tell of violence" in fold.text for fold in folded)


def test_what_was_told_by_phone_is_said_behind_the_code(
    desk: Visitor, coordinator: Reader, visitor: Visitor
) -> None:
    sent = case(coordinator, reporter_role="victim")
    entered(visitor, sent.code)
    before = visitor.get("/en/return/consents").page.text.count("You allow this.")
    fill(
        desk,
        f"{tab(sent.ref)}/consent_recorded",
        consent_change="given",
        consent_codes=["statistics"],
        consent_by="victim",
        consent_how="phone",
    )
    assert "sees it behind the code" in desk.get(f"/desk/cases/{sent.ref}/messages").page.text
    text = entered(visitor, sent.code).page.text
    assert "We wrote down what you told us that you allow" in text
    allowed = visitor.get("/en/return/consents").page.text
    assert allowed.count("You allow this.") == before + 1
