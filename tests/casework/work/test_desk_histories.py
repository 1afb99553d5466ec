"""Random histories of a case with the real store, vault and log: the invariants hold (6.6)."""

from __future__ import annotations

from itertools import pairwise
from typing import ClassVar, Final

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from intake.case.kinds import KINDS, page_of
from intake.case.stages import BY_CODE, ways_from
from intake.casework import (
    CaseworkError,
    Proposal,
    Reader,
    add_step,
    decide,
    enter,
    move,
    new_once,
    proposals_of,
    send_message,
    timeline,
    verify,
    withdraw_consent,
    withdraw_proposal,
    write,
)
from intake.casework.work.reading import Work
from intake.consent import ACTS
from intake.form.answers import Answers, Stored
from intake.form.vocabularies import vocabulary
from intake.store.tables import CaseRow, DocumentRow
from intake.triage import Level
from tests.case.strategies import answers_to
from tests.casework.work.answering import STEPS, day, seen, told
from tests.conftest import Length
from tests.people import NOW, Sent, send_and_open, sister_report

EXAMPLES: Final = {"short": 4, "long": 200}
CONSENT: Final[dict[str, Stored]] = {
    "consent_change": "given",
    "consent_codes": ("state_complaint", "un_government"),
    "consent_by": "victim",
    "consent_how": "phone",
}
CAREFUL: Final[dict[str, dict[str, Stored]]] = {
    **STEPS,
    "consent_recorded": CONSENT,
    "un_appeal": {"un_act": "un_urgent", "un_on": day()},
}
people = st.sampled_from(["coordinator", "second"])


CAREFULLY: Final[dict[str, Stored]] = {
    "moved_why": "Agreed",
    "cannot_ask_why": "Held",
    "least_data": "The name",
    "vital_to": "The Ombudsman",
    "moved_record_offered": True,
    "moved_hold_reason": "wish",
    "moved_try_again_on": day(9),
    "moved_news": "A witness",
    "moved_last_contact_on": day(),
    "retention_on": day(90),
    "moved_asked_how": "phone",
    "under_pressure": "unknown",
}


def careful(way: str, level: str) -> Answers:
    """The answers with which a way is gone when its conditions hold."""
    outcome = (BY_CODE[way].outcomes or ("",))[-1]
    return told(**CAREFULLY, moved_level=level, moved_outcome=outcome)


class History(RuleBasedStateMachine):
    """One case, two coordinators, its reporter; what is refused is refused as a rule says."""

    desks: ClassVar[dict[str, Reader]]
    sent: Sent
    stages: list[str]
    levels: list[str]

    @initialize(status=st.sampled_from(["police_custody", "free", "missing"]))
    def arrives(self, status: str) -> None:
        report = sister_report(victim_status=status)
        self.sent = send_and_open(self.desks["coordinator"], report)
        self.stages, self.levels = ["screening"], [self.row.level]

    @property
    def row(self) -> CaseRow:
        with self.desks["second"].service.reading() as session:
            row = session.get_one(CaseRow, self.sent.id)
            session.expunge(row)
            return row

    @property
    def is_erased(self) -> bool:
        return self.row.stage == "erased"

    def seen(self) -> Work:
        return seen(self.desks["second"], self.sent.ref)

    def tried(self, deed: object) -> None:
        """What becomes of it; nothing else than the errors of casework may come."""
        assert callable(deed)
        try:
            deed()
        except CaseworkError:
            return
        finally:
            row = self.row
            self.stages.append(row.stage)
            self.levels.append(row.level)

    @precondition(lambda self: not self.is_erased)
    @rule(who=people, what=st.sampled_from(sorted(CAREFUL)))
    def writes_with_care(self, who: str, what: str) -> None:
        self._write(who, what, told(**CAREFUL[what]))

    @precondition(lambda self: not self.is_erased)
    @rule(who=people, what=st.sampled_from(sorted(KINDS)), data=st.data())
    def writes_anything(self, who: str, what: str, data: st.DataObject) -> None:
        self._write(who, what, data.draw(answers_to(KINDS[what].page.questions)))

    def _write(self, who: str, what: str, answers: Answers) -> None:
        gates = seen(self.desks[who], self.sent.ref).gates
        act = KINDS[what].outgoing(answers)
        before = len(self.seen().steps)
        reader, once = self.desks[who], new_once()
        self.tried(lambda: add_step(reader, self.sent.ref, what, answers, once=once, now=NOW))
        if act and act in ACTS and gates[act]:
            assert len(self.seen().steps) == before

    @precondition(lambda self: not self.is_erased)
    @rule(who=people, data=st.data(), with_care=st.booleans())
    def goes(self, who: str, data: st.DataObject, *, with_care: bool) -> None:
        row = self.row
        rarely = data.draw(st.integers(0, 5)) == 0
        going = [way for way in ways_from(row.stage) if way.source != "any" or rarely]
        if not going:
            return
        way = data.draw(st.sampled_from(going))
        answers = (
            careful(way.code, row.level)
            if with_care
            else data.draw(answers_to(page_of(way).questions))
        )
        once, ref, reader = new_once(), self.sent.ref, self.desks[who]
        version = seen(reader, ref).version
        self.tried(
            lambda: move(reader, ref, way.code, answers, version=version, once=once, now=NOW)
        )

    @precondition(lambda self: not self.is_erased)
    @rule(who=people, says=st.sampled_from(["yes", "yes", "no", "back"]))
    def decides(self, who: str, says: str) -> None:
        reader = self.desks[who]
        waiting = [one for one in proposals_of(reader) if one.ref == self.sent.ref]
        if waiting:
            self.tried(lambda: self._decide(reader, waiting[0], says))

    def _decide(self, reader: Reader, one: Proposal, says: str) -> None:
        if says == "back":
            withdraw_proposal(reader, one.id, now=NOW)
            return
        agrees, version = says == "yes", one.version
        decide(reader, one.id, agrees=agrees, words="", version=version, now=NOW)

    @precondition(lambda self: not self.is_erased)
    @rule(what=st.sampled_from(["message", "consent", "answer"]))
    def somebody_writes(self, what: str) -> None:
        reader = self.desks["second"]
        if what == "answer":
            once = new_once()
            self.tried(lambda: send_message(reader, self.sent.ref, "Words", once=once, now=NOW))
            return
        visit = enter(reader.service, self.sent.code, now=NOW)
        if what == "message":
            write(reader.service, visit, "Words", kind=what, once=new_once(), now=NOW)
        else:
            withdraw_consent(reader.service, visit, "contact", once=new_once(), now=NOW)

    @precondition(lambda self: self.is_erased)
    @rule(who=people, what=st.sampled_from(sorted(CAREFUL)))
    def finds_nothing_of_what_is_erased(self, who: str, what: str) -> None:
        answers, once = told(**CAREFUL[what]), new_once()
        with pytest.raises(CaseworkError):
            add_step(self.desks[who], self.sent.ref, what, answers, once=once, now=NOW)

    @invariant()
    def nothing_was_changed_behind_its_back(self) -> None:
        if hasattr(self, "sent") and not self.is_erased:
            assert self.seen().differences == ()

    @invariant()
    def what_is_closed_has_an_outcome(self) -> None:
        if hasattr(self, "sent") and self.row.stage == "closed":
            assert self.seen().record.moves.outcome in vocabulary("outcome")

    @invariant()
    def what_is_erased_leaves_nothing_to_open(self) -> None:
        if hasattr(self, "sent") and self.is_erased:
            with self.desks["second"].service.reading() as session:
                where = DocumentRow.case_id == self.sent.id
                assert session.scalars(select(DocumentRow).where(where)).first() is None

    @invariant()
    def nothing_goes_back_to_received(self) -> None:
        assert not hasattr(self, "stages") or "received" not in self.stages

    @invariant()
    def each_transition_leaves_one_line(self) -> None:
        if not hasattr(self, "sent") or self.is_erased:
            return
        lines = timeline(self.desks["second"], self.sent.ref, now=NOW)
        found = self.seen()
        moves = [s.answers.values["moved_way"] for s in found.steps if s.what == "moved"]
        assert [line.detail["way"] for line in lines if "way" in line.detail][::-1] == moves

    @invariant()
    def what_takes_two_was_decided_by_two(self) -> None:
        if not hasattr(self, "sent") or self.is_erased:
            return
        for step in self.seen().steps:
            way = BY_CODE.get(str(step.answers.values.get("moved_way")))
            if (way and way.people == 2) or KINDS[step.what].people(step.answers) == 2:
                assert step.is_by_two

    @invariant()
    def only_two_lower_the_urgency(self) -> None:
        if not hasattr(self, "sent") or self.is_erased:
            return
        levels = [Level.of(code) for code in self.levels]
        falls = sum(after < before for before, after in pairwise(levels))
        lowered = [step for step in self.seen().steps if step.what == "lowering"]
        assert falls <= len(lowered)


def test_the_invariants_hold_with_real_parts(
    coordinator: Reader, second: Reader, length: Length
) -> None:
    History.desks = {"coordinator": coordinator, "second": second}
    run_state_machine_as_test(
        History,
        settings=settings(
            max_examples=EXAMPLES[length],
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert verify.verify(coordinator.service) == ()
