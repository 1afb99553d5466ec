"""The sheet of a case says what its facts say, at every moment, in few bytes."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.case.limits import CLOCKS, LOOKS
from intake.case.running import Started
from intake.case.running import dues as dues_of
from intake.casework.facts_box import KeptFacts
from intake.casework.finding.clocks import dues
from intake.casework.finding.facets import FACETS
from intake.casework.finding.sheet import LONGEST, OVER, Sheet, mark_of, whole, written
from intake.triage import Facts, Level, settled
from tests.triage.strategies import NOW, any_facts, rising

HOUR = timedelta(hours=1)
later = st.integers(0, 60 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
moments = st.integers(-40_000_000, 40_000_000).map(lambda s: NOW + timedelta(seconds=s))
limits = st.builds(
    Started,
    st.sampled_from(sorted(CLOCKS)),
    moments,
    st.sampled_from(["", "look", "reporter", "day", "consent", "hold"]),
    st.just(timedelta()) | st.integers(0, 10**7).map(lambda s: timedelta(seconds=s)),
    st.none() | moments.filter(lambda moment: moment <= NOW),
    st.none() | moments,
    st.none() | moments,
    st.sampled_from(["", "", *LOOKS]),
    st.none() | moments,
)


@given(any_facts | rising, later, st.sampled_from(Level))
def test_a_sheet_says_how_urgent_a_case_is_at_any_time(
    facts: Facts, passed: timedelta, previous: Level
) -> None:
    now = facts.received_at + passed
    sheet = Sheet(whole(KeptFacts(facts)))
    found, expected = sheet.standing(now.timestamp(), previous), settled(previous, facts, now)
    assert (found.level, found.points) == (expected.level, expected.points)
    assert sheet.factors(found) == expected.factors


@given(st.lists(limits, max_size=4), st.sampled_from(Level), st.booleans())
def test_what_a_case_needs_is_what_the_clocks_say(
    started: list[Started],
    level: Level,
    has_news: bool,  # noqa: FBT001
) -> None:
    plain, now = [limit.to_json() for limit in started], NOW.timestamp()
    found = [
        (due.clock, datetime.fromtimestamp(due.at, UTC), due.waiting, due.turn)
        for due in dues(plain, level, now, has_news=has_news)
    ]
    expected = dues_of(started, level.code, NOW, has_news=has_news)
    told = [(due.clock, due.at, due.waiting, due.turn) for due in expected]
    assert sorted(found) == sorted(told)
    order = [(at, waiting) for _code, at, waiting, _turn in told]
    assert [(at, waiting) for _code, at, waiting, _turn in found] == order


def test_news_end_the_waiting_for_the_reporter() -> None:
    waits = [Started("review", NOW, "reporter").to_json()]
    for has_news in (False, True):
        (due,) = dues(waits, Level.U2, NOW.timestamp(), has_news=has_news)
        assert due.waiting is not has_news


@given(
    any_facts | rising,
    st.lists(limits, min_size=1, max_size=4),
    st.sampled_from(Level),
    st.lists(st.tuples(moments, st.booleans()), min_size=3, max_size=6),
)
def test_what_was_reckoned_once_is_what_would_be_reckoned_at_any_later_look(
    facts: Facts, started: list[Started], previous: Level, looks: list[tuple[datetime, bool]]
) -> None:
    content = whole(KeptFacts(facts, clocks=tuple(started)))
    sheet = Sheet(content)
    for moment, has_news in sorted(looks):
        now = moment.timestamp()
        anew = Sheet(content).standing(now, previous, has_news=has_news)
        found = sheet.standing(now, previous, has_news=has_news)
        assert [*found.dues] == [*anew.dues]
        assert found[:3] == anew[:3]
        sheet = Sheet(content, sheet.reckoned)


def test_what_was_reckoned_before_somebody_raised_the_level_is_reckoned_again() -> None:
    sheet, now = Sheet(whole(KeptFacts(Facts(NOW)))), NOW.timestamp()
    assert sheet.standing(now, Level.U4).level == Level.U4
    raised = Sheet(sheet.content, sheet.reckoned)
    assert raised.standing(now, Level.U1).level == Level.U1


def test_what_was_reckoned_is_not_reckoned_again_before_one_of_its_times() -> None:
    limit = Started("contact_u1", NOW).to_json()
    content = whole(KeptFacts(Facts(NOW), clocks=(Started.from_json(limit),)))
    sheet, now = Sheet(content), NOW.timestamp()
    due = sheet.standing(now, Level.U1).due
    assert due is not None
    kept = Sheet(content, sheet.reckoned)
    assert sheet.is_reckoned_anew
    for moment, is_anew in ((due.at - 1, False), (due.at + 1, True)):
        kept.standing(moment, Level.U1)
        assert kept.is_reckoned_anew is is_anew


def test_what_was_reckoned_ends_with_the_consent_that_allowed_it() -> None:
    limit = Started("prosecutor", NOW, allowed_until=NOW + HOUR)
    content = whole(KeptFacts(Facts(NOW), clocks=(limit,)))
    sheet, now = Sheet(content), NOW.timestamp()
    assert [due.clock for due in sheet.standing(now, Level.U1).dues] == ["prosecutor"]
    kept = Sheet(content, sheet.reckoned)
    assert [*kept.standing((NOW + HOUR).timestamp(), Level.U1).dues] == []


def test_every_facet_stands_in_the_sheet_and_is_found_by_its_mark() -> None:
    kept = KeptFacts(
        Facts(NOW, region="KZ-33", victim_sex="male", need=("legal", "visit")),
        flags=("custody",),
        tracks={"legal": "pending"},
        tags=("0f" * 16,),
    )
    content = whole(kept)
    said = {facet.name: Sheet(content).codes(facet.name) for facet in FACETS}
    assert {name: codes for name, codes in said.items() if codes} == {
        "region": ("KZ-33",),
        "sex": ("male",),
        "need": ("legal", "visit"),
        "flag": ("custody",),
        "track": ("legal.pending",),
        "tag": ("0f" * 16,),
    }
    for name, codes in said.items():
        assert all(mark_of(name, code) in content for code in codes)
    assert mark_of("region", "KZ-3") not in content
    assert mark_of("need", "legal.pending") not in content


def test_marks_have_names_of_their_own() -> None:
    marks = [facet.mark for facet in FACETS]
    assert len(set(marks)) == len(marks)


@given(any_facts | rising, st.lists(limits, max_size=6))
def test_a_sheet_is_never_longer_than_its_box(facts: Facts, started: list[Started]) -> None:
    assert len(written(KeptFacts(facts, clocks=tuple(started)))) <= LONGEST


def test_what_is_too_long_for_a_sheet_is_read_from_the_facts() -> None:
    many = tuple(Started("appeal_106", NOW + n * HOUR) for n in range(60))
    assert written(KeptFacts(Facts(NOW), clocks=many)) == OVER


@pytest.mark.parametrize(("until", "aside"), [(None, 0.0), (NOW, NOW.timestamp())])
def test_a_sheet_says_until_when_a_case_is_put_aside(
    until: datetime | None, aside: float
) -> None:
    assert Sheet(whole(KeptFacts(Facts(NOW), snoozed_until=until))).snoozed_until == aside
