"""Random mergings and partings of several cases: none waits longer because of them."""

import tempfile
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.casework import NotYet, Reader, Service, overview, resume
from intake.casework.splitting.joining import take_back
from intake.casework.splitting.shown import linked
from intake.casework.verify import verify
from intake.triage import Level
from tests.casework.splitting.test_merging import arrival, merge, quiet, reopen
from tests.people import (
    COORDINATOR,
    NOW,
    SECOND,
    Installation,
    copied,
    send_and_open,
    sister_report,
)
from tests.proof.conftest import Length

RUNS = {"short": 6, "long": 150}
STEPS = {"short": 10, "long": 16}
DAYS = (1, 4, 2, 3)


@dataclass
class History:
    """Reports of several days, some of them urgent, which two coordinators merge and part."""

    service: Service
    readers: tuple[Reader, Reader]
    urgent: int
    refs: list[str] = field(default_factory=list)
    levels: dict[str, Level] = field(default_factory=dict)
    merged: dict[str, str] = field(default_factory=dict)
    """What is merged, into what."""

    def __post_init__(self) -> None:
        for number, days in enumerate(DAYS):
            at = NOW - timedelta(days=days)
            report = sister_report(at) if number == self.urgent else quiet(at)
            self.refs.append(send_and_open(self.readers[0], report).ref)
        self.levels = {ref: self.level(ref) for ref in self.refs}

    def level(self, ref: str) -> Level:
        return Level.of(overview(self.readers[0], ref, now=NOW).row.level)

    def merge(self, one: int, other: int) -> None:
        ref, into = self.refs[one], self.refs[other]
        if ref in self.merged:
            return
        try:
            merge(self.readers, ref, into)
        except NotYet:
            assert into in self.merged or into == ref
            return
        self.merged[ref] = into

    def reopen(self, one: int, _other: int) -> None:
        ref = self.refs[one]
        if self.merged.pop(ref, None):
            reopen(self.readers[1], ref)

    def take_back(self, one: int, other: int) -> None:
        """From either of the two cases, as the number says."""
        ref = self.refs[one]
        into = self.merged.pop(ref, None)
        if into:
            here, there = (ref, into) if other % 2 else (into, ref)
            links = linked(self.readers[0], here)
            link = next(it for it in links if it.stands and it.ref == there)
            take_back(self.readers[0], here, link.id, "Two men", now=NOW)

    def check(self) -> None:
        """Whoever works on a case sees the first arrival and the highest urgency (8)."""
        own = {r: NOW - timedelta(days=d) for r, d in zip(self.refs, DAYS, strict=True)}
        for ref in self.refs:
            level = self.level(ref)
            assert level >= self.levels[ref]
            self.levels[ref] = level
            parts = [it for it, into in self.merged.items() if into == ref]
            assert arrival(self.readers[0], ref) <= min(own[it] for it in (ref, *parts))
            assert level >= max(map(self.level, parts), default=level)
            stage = overview(self.readers[0], ref, now=NOW).row.stage
            assert (stage == "closed") == (ref in self.merged)
            standing = {it.ref for it in linked(self.readers[0], ref) if it.stands}
            assert standing == {*parts, *filter(None, [self.merged.get(ref)])}
        if not self.merged:
            assert {ref: arrival(self.readers[0], ref) for ref in self.refs} == own
        assert self.works_on_somebody()
        assert verify(self.service) == ()

    def works_on_somebody(self) -> bool:
        """Whether every merged report leads to a case that is open."""
        for ref in self.refs:
            end = ref
            for _ in self.refs:
                end = self.merged.get(end, end)
            if end in self.merged:
                return False
        return True


def test_no_merging_makes_anybody_wait_longer(
    installation: Installation, length: Length
) -> None:
    acts = st.sampled_from(("merge", "merge", "reopen", "take_back"))
    number = st.integers(0, len(DAYS) - 1)
    steps = st.lists(st.tuples(acts, number, number), max_size=STEPS[length])

    @settings(
        max_examples=RUNS[length],
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(urgent=number, steps=steps)
    def goes_well(urgent: int, steps: list[tuple[str, int, int]]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder) / "instance"
            with copied(installation.folder, place) as service:
                cookies = installation.cookies
                one, other = (
                    resume(service, cookies[it], now=NOW) for it in (COORDINATOR, SECOND)
                )
                history = History(service, (one, other), urgent)
                for act, first, second in steps:
                    getattr(history, act)(first, second)
                    history.check()

    goes_well()
