"""The kinds of step: what each asks, what it means, and what leaves the coalition by it."""

from collections import Counter

import pytest

from intake.case.kinds import (
    KINDS,
    TRACKS,
    decisions,
    legal,
    moved,
    moving,
    outgoing,
    page_of,
    requests,
    wishes,
)
from intake.case.kinds import help as helping
from intake.case.kinds.kind import Kind
from intake.case.stages import TRANSITIONS, Transition
from intake.consent import ACTS
from intake.form.answers import Answers
from intake.form.compartments import Compartment
from intake.form.questions import Choice, Listed
from intake.form.vocabularies import vocabulary
from tests.case.writing import answered, way

SHARED = {
    "under_pressure",
    "cannot_ask_why",
    "least_data",
    "vital_to",
    "retention_on",
    "moved_words",
}


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_a_kind_asks_for_the_desk_alone_and_for_codes_that_exist(kind: Kind) -> None:
    for question in kind.page.questions:
        assert question.compartment is Compartment.WORK
        if isinstance(question, Listed):
            assert set(question.codes) <= set(vocabulary(question.vocabulary).codes)
    assert set(kind.needed) <= set(kind.page.questions)
    assert kind.page.title
    assert kind.button
    assert set(kind.about) <= set(KINDS)
    assert kind.track is None or kind.track in TRACKS


def test_no_two_kinds_ask_under_one_name() -> None:
    names = Counter(q.name for kind in KINDS.values() for q in kind.page.questions)
    assert {name for name, count in names.items() if count > 1} <= SHARED


def test_no_two_pages_have_one_address() -> None:
    slugs = [kind.page.slug for kind in KINDS.values()]
    assert len(slugs) == len(set(slugs))


def test_the_tracks_are_those_of_the_table() -> None:
    assert vocabulary("track").codes == TRACKS
    assert len(TRACKS) == 5


def test_what_is_needed_must_be_answered() -> None:
    complaint = KINDS["complaint"]
    assert complaint.lacking(Answers()) == complaint.needed
    told = answered((legal.COMPLAINT_BODY, "prosecutor"), (legal.COMPLAINT_BY, "coalition"))
    assert complaint.lacking(told) == (legal.COMPLAINT_ON,)
    assert KINDS["plan"].lacking(answered((helping.PLAN_WHAT, ""))) == KINDS["plan"].needed


@pytest.mark.parametrize(
    ("code", "answers", "act"),
    [
        ("complaint", answered((legal.COMPLAINT_BY, "coalition")), "state_complaint"),
        ("complaint", answered((legal.COMPLAINT_BY, "person")), None),
        ("complaint", Answers(), None),
        (
            "protection",
            answered(
                (requests.PROTECTION_STATUS, "asked"), (requests.PROTECTION_BY, "coalition")
            ),
            "protection",
        ),
        (
            "protection",
            answered(
                (requests.PROTECTION_STATUS, "ordered"), (requests.PROTECTION_BY, "coalition")
            ),
            None,
        ),
        (
            "suspension",
            answered(
                (requests.SUSPENSION_STATUS, "asked"), (requests.SUSPENSION_BY, "coalition")
            ),
            "protection",
        ),
        (
            "forensic",
            answered((requests.FORENSIC_STATUS, "asked"), (requests.FORENSIC_BY, "coalition")),
            "state_complaint",
        ),
        (
            "appeal",
            answered((decisions.APPEAL_RESULT, "filed"), (decisions.APPEAL_BY, "coalition")),
            "state_complaint",
        ),
        ("appeal", answered((decisions.APPEAL_RESULT, "missed")), None),
        ("npm_request", Answers(), "npm"),
        ("un_appeal", answered((outgoing.UN_ACT, "un_urgent")), "un_urgent"),
        ("un_appeal", Answers(), None),
        ("wgeid_form", Answers(), "wgeid"),
        ("partner_share", Answers(), "partner"),
        ("publication", answered((outgoing.PUBLISHED_AS, "publish_named")), "publish_named"),
        ("attempt", Answers(), None),
        ("plan", Answers(), None),
        ("track", answered((helping.TRACK, "legal")), None),
        (
            "track",
            answered((helping.TRACK, "international"), (helping.TRACK_STATUS, "pending")),
            "international",
        ),
        (
            "track",
            answered((helping.TRACK, "international"), (helping.TRACK_STATUS, "closed")),
            None,
        ),
    ],
)
def test_a_step_passes_the_gate_of_what_goes_out_by_it(
    code: str, answers: Answers, act: str | None
) -> None:
    assert KINDS[code].outgoing(answers) == act


def test_every_act_of_a_kind_has_a_gate() -> None:
    for kind in KINDS.values():
        if isinstance(kind.act, Choice):
            assert {term.code for term in kind.act.terms} <= set(ACTS)
        elif kind.act:
            assert kind.act in ACTS
    assert set(ACTS) == set(vocabulary("outgoing_act").codes)


def test_two_decide_on_lowering_on_saving_life_and_on_going_on_without_a_guardian() -> None:
    by_two = {code for code, kind in KINDS.items() if kind.people(Answers()) == 2}
    assert by_two == {"lowering", "vital_interest"}
    assert KINDS["assent"].people(answered((wishes.GUARDIAN_INVOLVED, "yes"))) == 2
    assert KINDS["assent"].people(answered((wishes.GUARDIAN_INVOLVED, "no"))) == 1


def test_moves_and_numbers_are_written_by_the_program() -> None:
    assert {code for code, kind in KINDS.items() if kind.automatic} == {"moved", "acceptance"}


@pytest.mark.parametrize("going", TRANSITIONS, ids=[way.code for way in TRANSITIONS])
def test_every_way_has_a_page_whose_answers_are_kept(going: Transition) -> None:
    names = {question.name for question in KINDS["moved"].page.questions}
    page = page_of(going)
    assert {question.name for question in page.questions} <= names
    kept = moved(going, "screening", Answers())
    assert (kept[moving.MOVED_FROM], kept[moving.MOVED_TO]) == ("screening", going.target)
    assert kept[moving.MOVED_WAY] == going.code


def test_the_page_of_a_way_offers_its_outcomes_alone() -> None:
    (outcome,) = (
        q for q in page_of(way("on_hold_to_closed")).questions if isinstance(q, Choice)
    )
    assert [term.code for term in outcome.terms] == ["unreachable"]


def test_withdrawing_asks_without_pressing_whether_there_was_pressure() -> None:
    asked = page_of(way("any_to_closed")).questions
    assert legal.UNDER_PRESSURE in asked
    assert "pressing" in legal.UNDER_PRESSURE.hint
    assert {"unknown", "not_asked"} <= set(vocabulary("pressure").codes)
