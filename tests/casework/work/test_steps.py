"""What is written down about a case, who may read it, and what follows of it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from intake.casework import (
    Conflict,
    GateClosed,
    Lacking,
    NotAllowed,
    NotYet,
    Reader,
    Written,
    add_step,
    new_once,
    overview,
    queue,
    send_message,
    timeline,
    verify,
    work_page,
)
from intake.casework.finding import Wish
from intake.casework.work.step_documents import FOR_TRAINED
from intake.form.answers import Stored
from intake.form.dates import CivilDate
from intake.form.questions import Choices
from intake.store.tables import DocumentRow
from tests.casework.work.answering import day, go, later, seen, told, write
from tests.people import NOW, Sent, send, send_and_open, sister_report


def sexual(reader: Reader) -> Sent:
    return send_and_open(reader, sister_report(method=("rape",)))


def step_rows(reader: Reader, sent: Sent) -> int:
    with reader.service.reading() as session:
        where = DocumentRow.case_id == sent.id, DocumentRow.kind == "step"
        return len(session.scalars(select(DocumentRow).where(*where)).all())


def test_what_one_wrote_another_reads_with_her_name(
    coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    sent = send_and_open(coordinator_on_each)
    assert write(coordinator_on_each, sent.ref, "safety_plan") is Written.DONE
    found = seen(second_on_each, sent.ref)
    step = found.steps[-1]
    assert (step.what, found.handles[step.by]) == ("safety_plan", "coordinator")
    assert step.answers.values["safety_then"] == "She goes to her aunt"
    acts = [line.act for line in timeline(coordinator_on_each, sent.ref, now=NOW)]
    assert acts[:2] == ["read_steps", "step_added"]


def test_the_same_form_sent_again_adds_nothing(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    once, answers = new_once(), told(review_next="Call on Monday")
    for _ in range(2):
        add_step(coordinator, sent.ref, "review", answers, once=once, now=NOW)
    assert [step.what for step in seen(coordinator, sent.ref).steps] == ["moved", "review"]
    acts = [line.act for line in timeline(coordinator, sent.ref, now=NOW)]
    assert acts.count("step_added") == 1


@pytest.mark.parametrize("what", ["moved", "acceptance", "no such kind"])
def test_nobody_writes_by_hand_what_the_program_writes(coordinator: Reader, what: str) -> None:
    sent = send_and_open(coordinator)
    with pytest.raises(NotAllowed):
        write(coordinator, sent.ref, what, moved_to="closed")


def test_nothing_is_written_about_a_report_that_nobody_opened(coordinator: Reader) -> None:
    sent = send(coordinator.service)
    with pytest.raises(NotAllowed):
        write(coordinator, sent.ref, "review")


def test_a_step_without_what_it_needs_is_refused_and_says_what(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    with pytest.raises(Lacking) as refused:
        write(coordinator, sent.ref, "plan", plan_who="")
    assert refused.value.names == ("plan_who",)


def test_answers_to_other_questions_are_not_kept(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    write(coordinator, sent.ref, "review", moved_to="erased")
    assert set(seen(coordinator, sent.ref).steps[-1].answers.values) == {"review_next"}


def test_a_correction_takes_the_place_of_what_it_replaces_once(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    write(coordinator, sent.ref, "track")
    wrong = seen(coordinator, sent.ref).steps[-1]

    def correct(lead: str) -> None:
        answers = told(track="legal", track_status="active", track_lead=lead)
        once = new_once()
        add_step(coordinator, sent.ref, "track", answers, replaces=wrong.id, once=once, now=NOW)

    correct("second")
    with pytest.raises(Conflict):
        correct("third")
    found = seen(coordinator, sent.ref)
    assert found.record.tracks["legal"].lead == "second"
    assert wrong.id not in found.standing
    assert wrong in found.steps


def test_an_appeal_follows_a_decision_and_nothing_else(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    write(coordinator, sent.ref, "plan")
    plan = seen(coordinator, sent.ref).steps[-1]
    appeal = told(appeal_result="filed", appeal_by="own_lawyer", appeal_on=day())
    with pytest.raises(Conflict):
        add_step(
            coordinator, sent.ref, "appeal", appeal, about=plan.id, once=new_once(), now=NOW
        )


def test_who_was_reached_counts_as_contacted(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    write(coordinator, sent.ref, "attempt", attempt_result="not_reached")
    assert overview(coordinator, sent.ref, now=NOW).facts.first_contact_at is None
    write(coordinator, sent.ref, "attempt")
    assert overview(coordinator, sent.ref, now=NOW).facts.first_contact_at == NOW


def test_a_complaint_and_its_number_change_what_triage_knows(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    write(coordinator, sent.ref, "complaint", complaint_by="family", complaint_on=day(-2))
    assert "erdr_overdue" in overview(coordinator, sent.ref, now=NOW).row.factors
    complaint = seen(coordinator, sent.ref).steps[-1]
    number = told(erdr_number="26-1")
    once = new_once()
    add_step(coordinator, sent.ref, "erdr", number, about=complaint.id, once=once, now=NOW)
    known = overview(coordinator, sent.ref, now=NOW)
    assert "erdr_overdue" not in known.row.factors
    assert known.facts.complaint_filed_on == CivilDate(later(-2))


def test_the_days_for_an_appeal_are_a_deadline_until_it_is_filed(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    write(coordinator, sent.ref, "decision", decision="discontinued", learned_on=day(-13))
    assert overview(coordinator, sent.ref, now=NOW).facts.deadlines == (CivilDate(later(2)),)
    assert "deadline_3d" in overview(coordinator, sent.ref, now=NOW).row.factors
    decision = seen(coordinator, sent.ref).steps[-1]
    appeal = told(appeal_result="filed", appeal_by="own_lawyer", appeal_on=day())
    once = new_once()
    add_step(coordinator, sent.ref, "appeal", appeal, about=decision.id, once=once, now=NOW)
    assert overview(coordinator, sent.ref, now=NOW).facts.deadlines == ()


def test_nothing_leaves_before_consent_and_safety_plan(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    with pytest.raises(GateClosed) as closed:
        write(coordinator, sent.ref, "complaint")
    assert set(closed.value.missing) == {"consent", "safety_plan"}
    write(coordinator, sent.ref, "safety_plan")
    consent(coordinator, sent)
    assert write(coordinator, sent.ref, "complaint") is Written.DONE


def consent(reader: Reader, sent: Sent, change: str = "given", **other: Stored) -> None:
    answers: dict[str, Stored] = {
        "consent_change": change,
        "consent_codes": ("state_complaint",),
        "consent_by": "victim",
        "consent_how": "phone",
        "consent_on": day(),
    }
    write(reader, sent.ref, "consent_recorded", **{**answers, **other})


def test_what_was_allowed_by_phone_is_taken_back_by_phone(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    write(coordinator, sent.ref, "safety_plan")
    consent(coordinator, sent)
    assert seen(coordinator, sent.ref).gates["state_complaint"] == ()
    assert "state_complaint" in overview(coordinator, sent.ref, now=NOW).consents
    consent(coordinator, sent, "withdrawn")
    assert seen(coordinator, sent.ref).gates["state_complaint"] == ("consent",)


def test_a_proxy_opens_no_gate_but_the_person_herself_does(coordinator: Reader) -> None:
    report = sister_report(reporter_role="relative", victim_knowledge="does_not_know")
    sent = send_and_open(coordinator, report)
    write(coordinator, sent.ref, "safety_plan")
    consent(coordinator, sent, consent_how="mailbox")
    assert "knowledge" in seen(coordinator, sent.ref).gates["state_complaint"]
    consent(coordinator, sent)
    assert seen(coordinator, sent.ref).gates["state_complaint"] == ()


def test_vital_interest_is_only_for_danger_and_who_cannot_be_asked(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    words = {"cannot_ask_why": "Held", "least_data": "Name", "vital_to": "Ombudsman"}
    with pytest.raises(NotYet) as refused:
        write(coordinator, sent.ref, "vital_interest", **words)
    assert set(refused.value.missing) == {"danger", "cannot_ask"}


def test_what_a_trained_handler_writes_of_sexual_violence_is_for_the_trained(
    coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    sent = sexual(coordinator_on_each)
    write(coordinator_on_each, sent.ref, "interview", interview_words="What they did to her")
    mine, hers = (seen(reader, sent.ref) for reader in (coordinator_on_each, second_on_each))
    assert mine.steps[-1].answers.values["interview_words"] == "What they did to her"
    assert hers.steps[-1].answers.values["interview_words"] == FOR_TRAINED
    assert hers.hidden == {hers.steps[-1].id}
    assert hers.steps[-1].answers.values["interview_needs"] == ("legal",)
    assert {way.code: way.missing for way in hers.ways} == {
        way.code: way.missing for way in mine.ways
    }


def test_no_row_shows_which_step_tells_of_sexual_violence(coordinator: Reader) -> None:
    counts = []
    for sent in (send_and_open(coordinator), sexual(coordinator)):
        before = step_rows(coordinator, sent)
        write(coordinator, sent.ref, "interview", interview_words="Words")
        counts.append(step_rows(coordinator, sent) - before)
    assert counts == [2, 2]


def test_who_is_not_trained_meets_no_word_of_sexual_violence_on_the_page(
    coordinator: Reader, second: Reader
) -> None:
    sent = sexual(coordinator)
    mine, hers = (seen(reader, sent.ref) for reader in (coordinator, second))
    assert ("sexual" in mine.flags, mine.situation.is_sexual) == (True, True)
    assert ("sexual" in hers.flags, hers.situation.is_sexual) == (False, False)
    assert "sexual" in mine.gates["partner"]
    assert "sexual" not in hers.gates["partner"]
    assert "trained_handler" in hers.gates["partner"]


def test_who_is_not_trained_is_not_asked_about_it_and_cannot_write_it(
    coordinator: Reader, second: Reader
) -> None:
    names = [q.name for q in work_page(second, "consent_recorded").questions]
    assert "consent_sexual" not in names
    (codes,) = (
        question
        for question in work_page(second, "consent_recorded").questions
        if isinstance(question, Choices)
    )
    assert "intimate_images" not in {term.code for term in codes.terms}
    sent = send_and_open(coordinator)
    for told_too in ({"consent_sexual": True}, {"consent_codes": ("intimate_images",)}):
        with pytest.raises(NotAllowed):
            consent(second, sent, **told_too)


def test_a_consent_to_intimate_pictures_is_no_step_for_who_is_not_trained(
    coordinator: Reader, second: Reader
) -> None:
    sent = send_and_open(coordinator)
    consent(coordinator, sent, consent_codes=("intimate_images",))
    assert seen(coordinator, sent.ref).steps[-1].what == "consent_recorded"
    assert [step.what for step in seen(second, sent.ref).steps] == ["moved"]
    assert "intimate_images" not in seen(second, sent.ref).allowed


def test_what_runs_stands_beside_the_facts_for_the_queue(
    coordinator: Reader, second: Reader
) -> None:
    sent = send_and_open(coordinator)
    go(coordinator, sent.ref, "screening_to_contacting", moved_level="u1")
    write(coordinator, sent.ref, "attempt")
    running = {c.code for c in seen(second, sent.ref).clocks if c.state.value == "running"}
    assert running == {"review"}
    (row,) = queue(second, Wish("all"), now=NOW).rows
    assert row.ref == sent.ref


def correct(reader: Reader, sent: Sent, what: str, **values: Stored) -> None:
    """Write the last step anew, with other answers."""
    wrong = seen(reader, sent.ref).steps[-1]
    answers = told(**{**wrong.answers.values, **values})
    once = new_once()
    add_step(reader, sent.ref, what, answers, replaces=wrong.id, once=once, now=NOW)


def test_a_consent_written_down_by_mistake_opens_no_gate_once_it_is_corrected(
    coordinator: Reader,
) -> None:
    sent = send_and_open(coordinator)
    write(coordinator, sent.ref, "safety_plan")
    consent(coordinator, sent)
    correct(coordinator, sent, "consent_recorded", consent_codes=("un_government",))
    gates = seen(coordinator, sent.ref).gates
    assert (gates["state_complaint"], gates["un_urgent"]) == (("consent",), ())


def test_what_was_not_taken_back_after_all_holds_again(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    write(coordinator, sent.ref, "safety_plan")
    consent(coordinator, sent)
    consent(coordinator, sent, "withdrawn")
    correct(coordinator, sent, "consent_recorded", consent_codes=("partners",))
    assert seen(coordinator, sent.ref).gates["state_complaint"] == ()


def test_who_was_not_reached_after_all_was_not_contacted(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    write(coordinator, sent.ref, "attempt")
    correct(coordinator, sent, "attempt", attempt_result="not_reached")
    assert overview(coordinator, sent.ref, now=NOW).facts.first_contact_at is None


def test_an_attempt_that_was_not_made_is_no_answer(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    write(coordinator, sent.ref, "attempt", attempt_on=day(-3))
    facts = overview(coordinator, sent.ref, now=NOW).facts
    assert facts.first_from_coalition_at == facts.last_from_reporter_at
    assert (facts.first_from_coalition_at or NOW) < NOW
    correct(coordinator, sent, "attempt", attempt_on=day(), attempt_result="not_reached")
    facts = overview(coordinator, sent.ref, now=NOW).facts
    assert (facts.first_from_coalition_at, facts.last_from_reporter_at) == (NOW, None)


def test_without_a_wrong_attempt_the_first_message_is_the_first_answer(
    coordinator: Reader,
) -> None:
    sent = send_and_open(coordinator)
    send_message(coordinator, sent.ref, "We read it.", once=new_once(), now=NOW)
    write(coordinator, sent.ref, "attempt", attempt_on=day(-3))
    later = NOW + timedelta(hours=1)
    wrong = seen(coordinator, sent.ref).steps[-1]
    answers = told(**{**wrong.answers.values, "attempt_on": day()})
    once = new_once()
    add_step(coordinator, sent.ref, "attempt", answers, replaces=wrong.id, once=once, now=later)
    assert overview(coordinator, sent.ref, now=NOW).facts.first_from_coalition_at == NOW


def test_a_wrong_consent_takes_back_that_the_person_knows(coordinator: Reader) -> None:
    report = sister_report(reporter_role="relative", victim_knowledge="does_not_know")
    sent = send_and_open(coordinator, report)
    write(coordinator, sent.ref, "safety_plan")
    consent(coordinator, sent)
    assert overview(coordinator, sent.ref, now=NOW).facts.victim_knowledge == "agreed"
    correct(coordinator, sent, "consent_recorded", consent_by="representative")
    facts = overview(coordinator, sent.ref, now=NOW).facts
    assert facts.victim_knowledge == "does_not_know"
    assert "knowledge" in seen(coordinator, sent.ref).gates["state_complaint"]


def test_of_two_permissions_one_alone_says_that_the_person_knows(coordinator: Reader) -> None:
    report = sister_report(reporter_role="relative", victim_knowledge="does_not_know")
    sent = send_and_open(coordinator, report)
    consent(coordinator, sent)
    consent(coordinator, sent, consent_codes=("partners",))
    for expected in ("agreed", "does_not_know"):
        (wrong, *_others) = (
            step
            for step in seen(coordinator, sent.ref).record.of("consent_recorded")
            if step.answers.values["consent_by"] == "victim"
        )
        answers = told(**{**wrong.answers.values, "consent_by": "representative"})
        add_step(
            coordinator,
            sent.ref,
            "consent_recorded",
            answers,
            replaces=wrong.id,
            once=new_once(),
            now=NOW,
        )
        facts = overview(coordinator, sent.ref, now=NOW).facts
        assert facts.victim_knowledge == expected


def test_an_objection_says_whether_and_to_what(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    for values, lacking in (({}, "objects"), ({"objects": "yes"}, "objects_to")):
        with pytest.raises(Lacking) as refused:
            write(coordinator, sent.ref, "objection", **values)
        assert refused.value.names == (lacking,)
    write(coordinator, sent.ref, "objection", objects="yes", objects_to=("state",))
    assert seen(coordinator, sent.ref).record.objects_to == ("state",)
    write(coordinator, sent.ref, "objection", objects="no")
    assert seen(coordinator, sent.ref).record.objects_to == ()


def test_a_complaint_that_was_not_filed_is_no_date(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    write(coordinator, sent.ref, "complaint", complaint_by="family", complaint_on=day(-2))
    correct(coordinator, sent, "complaint", complaint_on=day(-1))
    facts = overview(coordinator, sent.ref, now=NOW).facts
    assert facts.complaint_filed_on == CivilDate(later(-1))


def test_what_many_write_at_once_is_all_there(
    coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    sent = send_and_open(coordinator_on_each)
    readers = [coordinator_on_each, second_on_each] * 4

    def review(number: int) -> None:
        write(readers[number], sent.ref, "review", review_next=f"Call number {number}")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(review, range(8)))
    steps = seen(second_on_each, sent.ref).steps
    words = {step.answers.values.get("review_next") for step in steps}
    assert words == {None, *(f"Call number {number}" for number in range(8))}
    assert [step.number for step in steps] == list(range(1, 10))
    assert verify.verify(coordinator_on_each.service) == ()
