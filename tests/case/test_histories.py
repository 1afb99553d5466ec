"""Random histories of a case: whatever members and reporters do, the invariants hold (6.6)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any, ClassVar, Final
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from typing_extensions import override

from intake.case.clocks import clocks, running
from intake.case.guards import missing, open_ways
from intake.case.kinds import KINDS, contact, legal, moving, outgoing, page_of, wishes
from intake.case.kinds import help as helping
from intake.case.merging import surviving
from intake.case.situation import Situation
from intake.case.stages import BY_CODE, TRANSITIONS, Transition, ways, ways_from
from intake.form.answers import Answers
from intake.form.dates import CivilDate
from intake.form.vocabularies import vocabulary
from intake.triage import Facts, Level, triage
from tests.case.desk import Desk, stands
from tests.case.strategies import MEMBERS, answers_to, situations
from tests.case.writing import NOW, answered
from tests.conftest import Length
from tests.triage.strategies import any_facts

HISTORIES: Final = {"short": 300, "long": 10_000}
TOGETHER: Final = (
    "store",
    "contact",
    "refer_internal",
    "state_complaint",
    "npm_ombudsman",
    "un_government",
    "public_named",
)
GIVERS: Final = (
    "victim",
    "guardian_assent",
    "family_deceased_missing",
    "representative",
    "none",
)
LEAST: Final = (
    (wishes.CANNOT_ASK_WHY, "Held."),
    (wishes.LEAST_DATA, "The name."),
    (wishes.VITAL_TO, "NPM"),
)
# What a careful coordinator writes down, so that histories reach every stage.
CAREFUL: Final[dict[str, tuple[tuple[Any, Any], ...]]] = {
    "attempt": (
        (contact.ATTEMPT_WAY, "phone"),
        (contact.ATTEMPT_RESULT, "reached"),
        (contact.ATTEMPT_RULES, "yes"),
        (contact.CODE_WORD, "right"),
    ),
    "safety_plan": (
        (contact.SAFETY_WHO, "a"),
        (contact.SAFETY_WHEN, "b"),
        (contact.SAFETY_THEN, "c"),
    ),
    "interview": (
        (helping.INTERVIEWER_TRAINED, "yes"),
        (helping.INTERVIEWER_SEX, "as_chosen"),
        (helping.INTERVIEW_LANGUAGE, "as_chosen"),
        (helping.PRIVATE_PLACE, "yes"),
        (helping.TRAINED_FOR_CHILDREN, "yes"),
        (helping.SUPPORTIVE_ADULT, "present"),
        (helping.NEEDS, ("legal",)),
        (helping.RISKS, "They know the house."),
    ),
    "track": (
        (helping.TRACK, "legal"),
        (helping.TRACK_STATUS, "pending"),
        (helping.TRACK_LEAD, "Gulnar"),
    ),
    "assent": (
        (wishes.ASSENT, "yes"),
        (wishes.GUARDIAN_INVOLVED, "yes"),
        (wishes.ASSENT_WHY, "Asked alone."),
    ),
    "vital_interest": LEAST,
    "lowering": ((helping.LOWER_TO, "u4"), (helping.LOWER_WHY, "Free and safe.")),
    "complaint": (
        (legal.COMPLAINT_BODY, "prosecutor"),
        (legal.COMPLAINT_BY, "coalition"),
        (legal.COMPLAINT_ON, CivilDate(NOW.date())),
    ),
    "un_appeal": ((outgoing.UN_ACT, "un_urgent"), (outgoing.UN_ON, CivilDate(NOW.date()))),
    "publication": (
        (outgoing.PUBLISHED_AS, "publish_named"),
        (outgoing.PUBLISHED_WHERE, "Site"),
        (outgoing.PUBLISHED_ON, CivilDate(NOW.date())),
    ),
    "npm_request": ((outgoing.NPM_ON, CivilDate(NOW.date())),),
    "objection": ((wishes.OBJECTS, "yes"), (wishes.OBJECTS_TO, ("state",))),
}


GOING_OUT: Final = ("complaint", "un_appeal", "publication", "npm_request")


def careful(desk: Desk, way: str) -> Answers:
    """The answers with which a way is gone when its conditions hold."""
    ahead = CivilDate((desk.now + timedelta(days=9)).date())
    outcomes = BY_CODE[way].outcomes
    outcome = ((moving.OUTCOME, outcomes[-1]),) if outcomes else ()
    return answered(
        *outcome,
        *LEAST,
        (moving.LEVEL, desk.level.code),
        (moving.WHY, "Agreed."),
        (moving.RECORD_OFFERED, True),
        (moving.HOLD_REASON, "wish"),
        (moving.TRY_AGAIN_ON, ahead),
        (moving.NEWS, "A witness."),
        (moving.LAST_CONTACT_ON, CivilDate(desk.now.date())),
        (moving.RETENTION_ON, ahead),
        (moving.ASKED_HOW, "phone"),
        (legal.UNDER_PRESSURE, "unknown"),
    )


members = st.sampled_from(MEMBERS)
picks = st.integers(0, 11)


class History(RuleBasedStateMachine):
    """One case, three members, and everything that can happen to it in any order."""

    gone: ClassVar[Counter[str]] = Counter()
    desk: Desk

    @initialize(
        facts=any_facts,
        method=st.sampled_from([(), ("phone",), ("none",)]),
        knowledge=st.sampled_from(["", "agreed", "does_not_know", "cannot_ask"]),
        proxy=st.booleans(),
        risk=st.booleans(),
    )
    def arrives(
        self, facts: Facts, method: tuple[str, ...], knowledge: str, *, proxy: bool, risk: bool
    ) -> None:
        told = replace(
            facts,
            contact_method=method,
            victim_knowledge=knowledge,
            first_contact_at=None,
            last_from_coalition_at=None,
            last_from_reporter_at=None,
        )
        self.desk = Desk(told, NOW, {"reporter_is_proxy": proxy, "life_at_risk": risk})
        self.desk.level = triage(told, NOW).level

    @rule(member=members, second=members, pick=picks)
    def goes_on(self, member: UUID, second: UUID, pick: int) -> None:
        """The case goes a way that is open, and a second member agrees where it takes two."""
        going = [way for way in ways_from(self.desk.stage) if self._is_open(way)]
        if going:
            way = going[pick % len(going)].code
            self.desk.go(member, way, careful(self.desk, way))
            self._agree(second)

    def _is_open(self, way: Transition) -> bool:
        answers = careful(self.desk, way.code)
        return way.source != "any" and not missing(way, self.desk.situation, answers)

    def _agree(self, second: UUID) -> None:
        if self.desk.proposals:
            self.desk.decide(second, self.desk.proposals[-1], agrees=True)

    @rule(member=members, second=members, pick=picks)
    def goes_on_prepared(self, member: UUID, second: UUID, pick: int) -> None:
        """Somebody does what the ways that begin here still ask for, and the case goes on."""
        for what in ("attempt", "safety_plan", "interview", "track"):
            self.desk.write(member, what, answered(*CAREFUL[what]))
        until = CivilDate((self.desk.now + timedelta(days=9)).date())
        plan = answered((helping.PLAN_WHAT, "File"), (helping.PLAN_WHO, "A"))
        self.desk.write(member, "plan", plan.having(helping.PLAN_UNTIL, until))
        self.goes_on(member, second, pick)

    @rule(member=members, second=members, data=st.data(), is_rare=picks)
    def goes_any_way(
        self, member: UUID, second: UUID, data: st.DataObject, is_rare: int
    ) -> None:
        """Somebody tries any way, with any answers or careful ones; few cases end so."""
        going = [
            way for way in ways_from(self.desk.stage) if way.source != "any" or is_rare == 7
        ]
        if going:
            way = data.draw(st.sampled_from(going))
            asked = answers_to(page_of(way).questions)
            answers = data.draw(st.just(careful(self.desk, way.code)) | asked)
            self.desk.go(member, way.code, answers)
            self._agree(second)

    @rule(member=members, second=members, what=st.sampled_from(sorted(CAREFUL)))
    def writes_with_care(self, member: UUID, second: UUID, what: str) -> None:
        self.desk.write(member, what, answered(*CAREFUL[what]))
        self._agree(second)

    @rule(member=members, second=members, what=st.sampled_from(GOING_OUT), pick=picks)
    def sends(self, member: UUID, second: UUID, what: str, pick: int) -> None:
        """Something is sent out, just after it was taken back or somebody else allowed it."""
        is_taken_back = pick < len(TOGETHER)
        counts = min(self.desk.person.givers)
        for code in TOGETHER:
            self.desk.allow(code, counts if is_taken_back else GIVERS[pick - len(TOGETHER)])
        self.writes_with_care(member, second, "safety_plan")
        self.writes_with_care(member, second, "assent")
        if is_taken_back:
            self.desk.wait(1)
            self.desk.take_back(TOGETHER[pick])
        self.writes_with_care(member, second, what)

    @rule(member=members, data=st.data())
    def writes_anything(self, member: UUID, data: st.DataObject) -> None:
        kind = data.draw(st.sampled_from(sorted(KINDS)))
        self.desk.write(member, kind, data.draw(answers_to(KINDS[kind].page.questions)))

    @rule(member=members)
    def tries_in_vain(self, member: UUID) -> None:
        vain = answered(*CAREFUL["attempt"], (contact.ATTEMPT_RESULT, "not_reached"))
        for _ in range(3):
            self.desk.write(member, "attempt", vain)

    @precondition(lambda self: self.desk.proposals)
    @rule(member=members, data=st.data(), agrees=st.booleans())
    def decides(self, member: UUID, data: st.DataObject, *, agrees: bool) -> None:
        proposal = data.draw(st.sampled_from(self.desk.proposals))
        self.desk.decide(member, proposal, agrees=agrees)

    @rule(giver=st.sampled_from(GIVERS) | st.just("whose word counts"), pick=picks)
    def allows(self, giver: str, pick: int) -> None:
        """Somebody allows one thing or everything; her word may count or not."""
        counts = giver if giver in GIVERS else min(self.desk.person.givers)
        for code in (TOGETHER[pick % len(TOGETHER)],) if pick % 2 else TOGETHER:
            self.desk.allow(code, counts)

    @rule(code=st.sampled_from(TOGETHER))
    def takes_back(self, code: str) -> None:
        self.desk.take_back(code)

    @rule(is_ours=st.booleans())
    def somebody_writes(self, *, is_ours: bool) -> None:
        self.desk.we_write() if is_ours else self.desk.reporter_writes()

    @rule(hours=st.sampled_from([1, 5, 25, 24 * 8]))
    def time_passes(self, hours: int) -> None:
        self.desk.wait(hours)

    @precondition(lambda self: self.desk.stage == "on_hold")
    @rule(member=members, tries=st.booleans())
    def the_day_of_the_try_comes(self, member: UUID, *, tries: bool) -> None:
        self.desk.wait_for_the_try()
        if tries:
            self.tries_in_vain(member)

    @invariant()
    def nothing_goes_out_without_its_consent(self) -> None:
        assert all(stands(sent) for sent in self.desk.sent)

    @invariant()
    def what_is_closed_has_an_outcome(self) -> None:
        if self.desk.stage == "closed":
            assert self.desk.record.moves.outcome in vocabulary("outcome")

    @invariant()
    def what_is_erased_stays_so(self) -> None:
        if self.desk.stage == "erased":
            situation = self.desk.situation
            assert (open_ways(situation), clocks(situation), running(situation)) == ((), (), ())

    @invariant()
    def nothing_goes_back_to_received(self) -> None:
        assert "received" not in self.desk.stages[1:]

    @invariant()
    def each_transition_leaves_one_row(self) -> None:
        rows = [
            (step.answers[moving.MOVED_FROM], step.answers[moving.MOVED_TO])
            for step in self.desk.steps
            if step.what == "moved"
        ]
        stages = self.desk.stages
        assert rows == list(pairwise(stages))
        assert all(ways(source or "", target or "") for source, target in rows)

    @invariant()
    def what_takes_two_was_decided_by_two(self) -> None:
        for step in self.desk.steps:
            way = BY_CODE.get(step.answers[moving.MOVED_WAY] or "")
            if (way and way.people == 2) or step.what in {"lowering", "vital_interest"}:
                assert step.second is not None
                assert step.second != step.by

    @invariant()
    def the_machine_lowers_after_contact_alone(self) -> None:
        for before, after, by in self.desk.fallen:
            assert after < before
            assert by == "two" or self.desk.facts.first_contact_at is not None

    @override
    def teardown(self) -> None:
        if hasattr(self, "desk"):
            History.gone.update(
                step.answers[moving.MOVED_WAY] or ""
                for step in self.desk.steps
                if step.what == "moved"
            )


def test_the_invariants_hold_over_random_histories(length: Length) -> None:
    History.gone.clear()
    run_state_machine_as_test(
        History,
        settings=settings(
            max_examples=HISTORIES[length],
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    wanted = (
        {way.code for way in TRANSITIONS} if length == "long" else {"received_to_screening"}
    )
    assert wanted <= set(History.gone)


@given(situations, situations)
def test_merging_keeps_the_earliest_receipt_and_the_highest_urgency(
    one: Situation, other: Situation
) -> None:
    both = (surviving((one, other)), surviving((other, one)))
    assert {case.received_at for case in both} == {min(one.received_at, other.received_at)}
    highest = max(Level.of(one.level), Level.of(other.level))
    assert {Level.of(case.level) for case in both} == {highest}
