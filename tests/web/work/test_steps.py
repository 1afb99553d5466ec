"""The tab «Steps and deadlines», and writing steps down through its forms."""

import pytest
from flask import Flask

from intake.casework import Reader, Service, work
from intake.form.vocabularies import vocabulary
from tests.casework.work.answering import write
from tests.people import COORDINATOR, NOW, send, send_and_open, short_report
from tests.visitor import Visited, Visitor
from tests.web.conftest import Clock
from tests.web.test_account import sign_in, switch
from tests.web.work.acting import (
    COMPLAINT,
    allowed_case,
    case,
    fields_of,
    fill,
    full_disk,
    section,
    tab,
    texts,
    told,
)

WORDS = "Her neighbour answered. Nothing was said of us."
MORE = "It was her sister, not the neighbour."


def steps_of(reader: Reader, ref: str, kind: str) -> list[dict[str, object]]:
    found = work(reader, ref, now=NOW).record.of(kind)
    return [dict(step.answers.values) for step in found]


def attempt(visitor: Visitor, ref: str, **more: str) -> Visited:
    return fill(visitor, f"{tab(ref)}/attempt", **{**fields_of("attempt"), **more})


def test_the_tab_says_what_must_happen_until_when_and_by_which_source(
    desk: Visitor, coordinator: Reader
) -> None:
    sent = case(coordinator)
    limits = section(desk.get(tab(sent.ref)), "What must happen, and until when")
    assert "4 h First attempt at safe contact until 18:30" in limits
    assert "Source: P; IP-208" in limits
    lawyer = limits.partition("Lawyer named and on the way")[2]
    assert lawyer.startswith(" not checked by a lawyer counted from the first contact")
    assert "by law, never paused Source: CPC 48 h (R-72H)" in lawyer


def test_a_limit_whose_consent_is_missing_says_so_and_where_to_write_it_down(
    desk: Visitor, coordinator: Reader
) -> None:
    sent = case(coordinator)
    page = desk.get(tab(sent.ref))
    limits = section(page, "What must happen, and until when")
    assert "needs consent: File a complaint with the prosecutor in my name" in limits
    assert f"{tab(sent.ref)}/consent_recorded" in page.page.links


def test_nothing_is_shown_before_the_report_is_opened(desk: Visitor, service: Service) -> None:
    sent = send(service)
    for address in (tab(sent.ref), f"{tab(sent.ref)}/attempt"):
        assert "Nobody has opened this report yet" in desk.get(address).page.text


@pytest.mark.parametrize("kind", ["moved", "acceptance", "no-such-kind"])
def test_what_nobody_writes_by_hand_has_no_page(
    desk: Visitor, coordinator: Reader, kind: str
) -> None:
    sent = case(coordinator)
    assert desk.get(f"{tab(sent.ref)}/{kind}").status == 404


def test_a_step_is_written_once_however_often_it_is_sent(
    desk: Visitor, coordinator: Reader
) -> None:
    sent = case(coordinator)
    page = desk.get(f"{tab(sent.ref)}/attempt")
    fields = {**fields_of("attempt"), "attempt_words": WORDS}
    answers = [desk.send(page, fields) for _ in range(3)]
    assert {answer.status for answer in answers} == {303}
    shown = desk.follow(answers[-1])
    assert "It is written down." in shown.page.text
    assert WORDS in section(shown, "Contact")
    assert len(steps_of(coordinator, sent.ref, "attempt")) == 1


def test_a_step_that_stops_a_limit_puts_it_among_those_that_are_met(
    desk: Visitor, coordinator: Reader
) -> None:
    sent = case(coordinator)
    limits = section(desk.follow(attempt(desk, sent.ref)), "What must happen, and until when")
    open_, met = limits.split("limits are met")
    assert "First attempt at safe contact" not in open_
    assert "done First attempt at safe contact" in met


def test_what_is_needed_and_empty_is_asked_for_and_the_rest_stays(
    desk: Visitor, coordinator: Reader
) -> None:
    sent = case(coordinator)
    answer = fill(desk, f"{tab(sent.ref)}/attempt", attempt_words=WORDS)
    assert answer.status == 422
    assert answer.page.title.startswith("Error:")
    assert answer.page.leads_to("attempt_result")
    assert texts(answer) == [WORDS]
    assert steps_of(coordinator, sent.ref, "attempt") == []


def test_a_day_that_cannot_be_read_stays_as_it_was_typed(
    desk: Visitor, coordinator: Reader
) -> None:
    sent = case(coordinator)
    answer = attempt(desk, sent.ref, attempt_on="yesterday")
    assert answer.status == 422
    shown = {e.get("value") for e in answer.page.all("input")}
    assert "yesterday" in shown


def test_what_may_not_leave_is_held_back_with_every_word(
    desk: Visitor, coordinator: Reader
) -> None:
    sent = case(coordinator)
    answer = fill(desk, f"{tab(sent.ref)}/complaint", **COMPLAINT)
    assert answer.status == 422
    assert "This cannot go out yet" in told(answer)
    assert "There is no permission for it" in told(answer)
    assert "There is no safety plan" in told(answer)
    assert texts(answer) == [COMPLAINT["complaint_words"]]
    assert {f"{tab(sent.ref)}/consent_recorded", f"{tab(sent.ref)}/safety_plan"} <= {
        *answer.page.links
    }
    assert steps_of(coordinator, sent.ref, "complaint") == []


def test_the_form_says_before_anything_is_typed_what_keeps_it_back(
    desk: Visitor, coordinator: Reader
) -> None:
    sent = case(coordinator)
    text = desk.get(f"{tab(sent.ref)}/complaint").page.text
    assert "Complaint to the state: not yet, if it is the Coalition that does it." in text


def test_once_it_is_allowed_the_same_words_are_kept(desk: Visitor, coordinator: Reader) -> None:
    sent = allowed_case(coordinator)
    done = fill(desk, f"{tab(sent.ref)}/complaint", **COMPLAINT)
    shown = desk.follow(done)
    assert COMPLAINT["complaint_words"] in section(shown, "Legal record")
    assert "Number of the register (ERDR) received" in shown.page.text


def test_a_complaint_of_the_person_needs_no_leave_of_ours(
    desk: Visitor, coordinator: Reader
) -> None:
    sent = case(coordinator)
    answers = {**COMPLAINT, "complaint_by": "person"}
    assert fill(desk, f"{tab(sent.ref)}/complaint", **answers).status == 303


def test_a_correction_takes_the_place_of_what_stands_and_both_can_be_read(
    desk: Visitor, coordinator: Reader
) -> None:
    sent = case(coordinator)
    shown = desk.follow(attempt(desk, sent.ref, attempt_words=WORDS))
    address = next(link for link in shown.page.links if "replaces=" in link)
    page = desk.get(address)
    assert texts(page) == [WORDS]
    corrected = desk.follow(desk.send(page, {"attempt_words": MORE}))
    assert "It is corrected." in corrected.page.text
    contact = section(corrected, "Contact")
    assert (MORE in contact, WORDS in contact) == (True, False)
    assert WORDS in corrected.page.text
    assert "corrected later" in corrected.page.text


def test_of_two_corrections_the_later_sees_both_sides_and_loses_no_word(
    desk: Visitor, second_desk: Visitor, coordinator: Reader
) -> None:
    sent = case(coordinator)
    shown = desk.follow(attempt(desk, sent.ref, attempt_words=WORDS))
    address = next(link for link in shown.page.links if "replaces=" in link)
    first, late = second_desk.get(address), desk.get(address)
    second_desk.send(first, {"attempt_words": MORE})
    answer = desk.send(late, {"attempt_words": "A man answered."})
    assert answer.status == 409
    assert "Somebody corrected this while you were writing" in told(answer)
    sides = [e.text for e in answer.page.all("h3") if e.text.startswith("What ")]
    assert sides == ["What stands now", "What you wrote"]
    assert MORE in answer.page.text
    assert texts(answer) == ["A man answered."]
    assert desk.send(answer).status == 303
    assert [s["attempt_words"] for s in steps_of(coordinator, sent.ref, "attempt")] == [
        "A man answered."
    ]


def test_an_old_link_corrects_what_stands_by_now(desk: Visitor, coordinator: Reader) -> None:
    sent = case(coordinator)
    shown = desk.follow(attempt(desk, sent.ref, attempt_words=WORDS))
    address = next(link for link in shown.page.links if "replaces=" in link)
    desk.send(desk.get(address), {"attempt_words": MORE})
    assert texts(desk.get(address)) == [MORE]


def test_a_step_outlives_the_session(desk: Visitor, coordinator: Reader, clock: Clock) -> None:
    sent = case(coordinator)
    page = desk.get(f"{tab(sent.ref)}/attempt")
    clock.pass_(minutes=61)
    asked = desk.send(page, {**fields_of("attempt"), "attempt_words": WORDS})
    offered = sign_in(desk, COORDINATOR, page=asked)
    assert "You were writing this when your session ended." in offered.page.text
    assert texts(offered) == [WORDS]
    assert "What came of it?" in offered.page.text
    assert desk.send(offered).status == 303
    assert len(steps_of(coordinator, sent.ref, "attempt")) == 1


def test_when_the_disk_is_full_the_words_come_back(
    desk: Visitor, service: Service, coordinator: Reader
) -> None:
    sent = case(coordinator)
    page = desk.get(f"{tab(sent.ref)}/attempt")
    with full_disk(service):
        answer = desk.send(page, {**fields_of("attempt"), "attempt_words": WORDS})
    assert answer.status == 503
    assert texts(answer) == [WORDS]
    assert desk.send(answer).status == 303


def test_a_form_from_nowhere_keeps_its_words(desk: Visitor, coordinator: Reader) -> None:
    sent = case(coordinator)
    answer = attempt(desk, sent.ref, attempt_words=WORDS, once="not of ours")
    assert answer.status == 422
    assert texts(answer) == [WORDS]
    assert desk.send(answer).status == 303


def test_the_switch_of_languages_keeps_the_words(desk: Visitor, coordinator: Reader) -> None:
    sent = case(coordinator)
    page = desk.get(f"{tab(sent.ref)}/attempt")
    answer = switch(desk, page, "ru", {"attempt_words": WORDS, "attempt_way": "phone"})
    assert answer.status == 200
    assert answer.page.all("html")[0].get("lang") == "ru"
    assert texts(answer) == [WORDS]
    assert told(answer) == ""


def test_an_empty_form_lifts_no_objection_and_shows_what_stands(
    desk: Visitor, coordinator: Reader
) -> None:
    sent = case(coordinator)
    address = f"{tab(sent.ref)}/objection"
    kept = fill(desk, address, objects="yes", objects_to=["publication", "un"])
    assert kept.status == 303
    page = desk.get(address)
    assert ticked(page, "objects_to") == {"publication", "un"}
    assert ticked(page, "objects") == set()
    assert fill(desk, address, objects_to=[]).status == 422
    assert work(coordinator, sent.ref, now=NOW).record.objects_to == ("publication", "un")
    assert fill(desk, address, objects="no").status == 303
    assert work(coordinator, sent.ref, now=NOW).record.objects_to == ()
    assert ticked(desk.get(address), "objects_to") == set()


def ticked(visited: Visited, name: str) -> set[str | None]:
    """What is chosen in a field."""
    fields = (e for e in visited.page.all("input") if e.get("name") == name)
    return {e.get("value") for e in fields if "checked" in e.attributes}


def test_a_decision_leads_to_the_appeal_against_it(desk: Visitor, coordinator: Reader) -> None:
    sent = allowed_case(coordinator)
    decided = fill(
        desk,
        f"{tab(sent.ref)}/decision",
        decision="refused_to_act",
        decision_by="police",
        decided_on="17.11.2026",
        learned_on="18.11.2026",
    )
    shown = desk.follow(decided)
    assert "Complaint to court under article 106" in shown.page.text
    address = next(link for link in shown.page.links if "/appeal?about=" in link)
    page = desk.get(address)
    assert "Which entry is this about?" in page.page.text
    after = desk.follow(desk.send(page, {"appeal_result": "filed", "appeal_by": "own_lawyer"}))
    open_ = section(after, "What must happen, and until when").split("limits are met")[0]
    assert "Complaint to court under article 106" not in open_


def test_an_untrained_coordinator_learns_nothing_of_sexual_violence(
    second_desk: Visitor, second: Reader, coordinator: Reader
) -> None:
    report = short_report(
        victim_status="released", method=("rape",), intimate_narrative="In Ravenhall."
    )
    sent = send_and_open(second, report)
    write(coordinator, sent.ref, "attempt", attempt_words="She spoke of Ravenhall.")
    pages = [
        tab(sent.ref),
        *(f"{tab(sent.ref)}/{k}" for k in ("consent_recorded", "un_appeal")),
    ]
    text = " ".join(second_desk.get(address).page.text for address in pages)
    assert "Ravenhall" not in text
    assert "for trained handlers only" in text
    for word in ("exual violence", vocabulary("method").label("rape", "en")):
        assert word not in text


def test_words_that_she_may_not_read_are_not_written_anew_without_their_meaning(
    second_desk: Visitor, second: Reader, coordinator: Reader
) -> None:
    report = short_report(victim_status="released", method=("rape",))
    sent = send_and_open(second, report)
    note = {"track_note": "She asked for a woman."}
    write(coordinator, sent.ref, "track", track_status="pending", **note)
    page = second_desk.get(f"{tab(sent.ref)}/track?track=legal")
    assert texts(page) == [""]
    assert "replaces=" not in second_desk.get(tab(sent.ref)).page.markup


def test_the_timeline_names_what_was_written_down(desk: Visitor, coordinator: Reader) -> None:
    sent = case(coordinator)
    attempt(desk, sent.ref)
    text = desk.get(f"/desk/cases/{sent.ref}/timeline").page.text
    assert "Wrote down what was done Attempt at contact coordinator" in text


def test_a_case_that_is_not_there_has_no_steps(desk: Visitor, app: Flask) -> None:
    del app
    for address in (tab("AAAA-AAAA"), f"{tab('AAAA-AAAA')}/attempt"):
        assert desk.get(address).status == 404
