"""What holds follows of everything that was told and stands, in whatever order it came."""

from dataclasses import replace
from datetime import timedelta
from functools import reduce
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from intake.casework.codec import encode
from intake.casework.consents import Change, applied, told, without
from intake.casework.facts_box import KeptFacts
from intake.consent import Consent, TakenBack
from intake.triage import Facts
from tests.people import NOW

CODE = "state_complaint"
EMPTY = KeptFacts(Facts(received_at=NOW))
END = NOW + timedelta(days=2)

moments = st.integers(0, 12).map(lambda hour: NOW + timedelta(hours=hour))
numbered = st.integers(1, 3).map(lambda number: UUID(int=number))
steps = st.none() | numbered
gifts = st.builds(lambda at, step: Consent(CODE, "victim", at, "1", step=step), moments, steps)
takings = st.builds(lambda at, step: TakenBack((CODE,), at, at, step=step), moments, steps)
histories = st.lists(gifts | takings, max_size=8)


def after(history: list[Consent | TakenBack]) -> KeptFacts:
    return reduce(_with, history, EMPTY)


def _with(kept: KeptFacts, one: Consent | TakenBack) -> KeptFacts:
    if isinstance(one, Consent):
        return told(kept, (one,))
    return told(kept, taken_back=(one,))


def is_allowed(history: list[Consent | TakenBack]) -> bool:
    """Whether something was given after all that was taken back."""
    given_at = [one.given_at for one in history if isinstance(one, Consent)]
    ends = [one.told_at for one in history if isinstance(one, TakenBack)]
    return bool(given_at) and (not ends or max(given_at) > max(ends))


@given(histories)
def test_what_holds_was_given_after_all_that_was_taken_back(
    history: list[Consent | TakenBack],
) -> None:
    for order in (history, history[::-1]):
        assert (CODE in after(order).in_force(END)) == is_allowed(history)


@given(histories, numbered)
def test_without_a_step_what_holds_is_as_if_it_had_told_nothing(
    history: list[Consent | TakenBack], step: UUID
) -> None:
    rest = [one for one in history if one.step != step]
    assert (CODE in without(after(history), step).in_force(END)) == is_allowed(rest)


@given(histories)
def test_what_the_reporter_took_back_last_no_undoing_allows(
    history: list[Consent | TakenBack],
) -> None:
    mine = [replace(one, step=one.step or UUID(int=1)) for one in history]
    last = max((one.given_at for one in mine if isinstance(one, Consent)), default=NOW)
    kept = applied(after(mine), Change(last, withdrawn=(CODE,)))
    for number in range(1, 4):
        kept = without(kept, UUID(int=number))
        assert CODE not in kept.in_force(END)


def test_facts_of_before_still_know_what_was_taken_back() -> None:
    gone = Consent(CODE, "victim", NOW, "1", withdrawn_at=NOW + timedelta(hours=1))
    record = {**gone.to_json(), "code": [CODE]}
    kept = replace(EMPTY, records=(record,))
    wrong = TakenBack((CODE,), NOW, NOW, UUID(int=1))
    assert CODE not in without(told(kept, taken_back=(wrong,)), UUID(int=1)).in_force(END)


def test_a_hundred_withdrawals_stay_small() -> None:
    kept = EMPTY
    for number in range(100):
        at = NOW + timedelta(hours=2 * number)
        kept = told(kept, (Consent(CODE, "victim", at, "2026-11"),))
        kept = applied(kept, Change(at + timedelta(hours=1), withdrawn=(CODE,)))
    size = sum(len(encode(dict(one))) for one in kept.taken_back)
    assert size < 100 * 100
    assert kept.in_force(END + timedelta(days=30)) == ()
