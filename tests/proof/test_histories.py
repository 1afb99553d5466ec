"""Random histories of one case: whatever people do in whatever order, nothing is lost."""

import tempfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from intake.casework import (
    NotAllowed,
    Reader,
    Service,
    add_note,
    conversation,
    correspondence,
    enter,
    new_once,
    open_case,
    raise_urgency,
    read_report,
    renewed_pass,
    resume,
    send_message,
    submit,
    take,
    timeline,
    verify,
    waiting,
    write,
)
from intake.store.tables import CaseRow
from intake.triage import Level
from tests.people import (
    COORDINATOR,
    NOW,
    SECOND,
    Installation,
    copied,
    short_report,
    sister_report,
)
from tests.proof.conftest import Length

RUNS = {"short": 20, "long": 2_000}
STEPS = {"short": 25, "long": 60}
STAGES = ("received", "screening", "contacting")
STARTS = (
    sister_report(),
    short_report(victim_status="free", narrative="It is over."),
    short_report(victim_status="missing"),
    short_report(narrative="I do not know where he is."),
)


@dataclass
class History:
    """One case, the people around it, and what must be there because of what they did."""

    service: Service
    readers: tuple[Reader, Reader]
    start: int
    now: datetime = NOW
    said: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    lines: Counter[str] = field(default_factory=Counter)
    opened: int = 0
    has_answered: bool = False
    was_contacted: bool = False

    def __post_init__(self) -> None:
        self.once = new_once()
        report = STARTS[self.start]
        self.code = submit(self.service, report, once=self.once).code
        self.first = str(report.answers.values.get("narrative", ""))
        self.lines["received"] += 1
        row = self.row()
        self.ref, self.stage, self.level = row.ref, row.stage, Level.of(row.level)
        self.holder: str | None = None
        self.visit = enter(self.service, self.code, now=self.now)

    def row(self) -> CaseRow:
        with self.service.reading() as session:
            row = session.scalars(select(CaseRow)).one()
            session.expunge(row)
            return row

    def reporter_writes(self, number: int) -> None:
        kind = ("message", "information", "withdrawal")[number % 3]
        words = f"{kind} {len(self.said)} {len(self.added)}"
        once = new_once()
        for _ in range(1 + number % 2):  # sent twice, taken once
            write(self.service, self.visit, words, kind=kind, once=once, now=self.now)
        (self.added if kind == "information" else self.said).append(words)
        self.lines[f"reporter_{kind}"] += 1
        self.was_contacted |= self.has_answered

    def form_comes_again(self, number: int) -> None:
        report = STARTS[self.start]
        assert submit(self.service, report, once=self.once).code == self.code
        words = f"changed {number % 3}"
        if number % 2 and words not in self.added:
            report = short_report(self.now, narrative=words)
            assert submit(self.service, report, once=self.once).code == self.code
            self.added.append(words)
            self.lines["reporter_information"] += 1
            self.was_contacted |= self.has_answered

    def coordinator_opens(self, number: int) -> None:
        open_case(self.readers[number % 2], self.ref, now=self.now)
        self.opened += 1

    def coordinator_takes(self, number: int) -> None:
        reader = self.readers[number % 2]
        taken = take(reader, self.ref, now=self.now)
        assert taken.won == (self.holder in {None, reader.handle})
        if self.holder is None:
            self.holder = reader.handle
            self.lines["taken"] += 1
        assert taken.holder == self.holder

    def coordinator_answers(self, number: int) -> None:
        words, once = f"answer {len(self.said)}", new_once()
        try:
            for _ in range(1 + number % 3):
                reader = self.readers[number % 2]
                send_message(reader, self.ref, words, once=once, now=self.now)
        except NotAllowed:
            assert self.stage == "received"
            return
        self.said.append(words)
        self.lines["message_sent"] += 1
        self.has_answered = True

    def coordinator_notes(self, number: int) -> None:
        words, once = f"note {len(self.notes)}", new_once()
        try:
            for _ in range(1 + number % 3):
                add_note(self.readers[number % 2], self.ref, words, once=once, now=self.now)
        except NotAllowed:
            assert self.stage == "received"
            return
        self.notes.append(words)
        self.lines["note_added"] += 1

    def coordinator_raises(self, number: int) -> None:
        row, words = self.row(), f"reason {len(self.notes)}"
        higher = [level for level in Level if level > Level.of(row.level)]
        if not higher:
            return
        level = higher[number % len(higher)].code
        raise_urgency(
            self.readers[number % 2], self.ref, level, words, version=row.version, now=self.now
        )
        self.notes.append(words)
        self.lines["urgency_raised"] += 1
        assert self.row().level == level

    def coordinator_reads(self, number: int) -> None:
        reader = self.readers[number % 2]
        try:
            report = read_report(reader, self.ref, now=self.now)
            letters = correspondence(reader, self.ref, now=self.now)
        except NotAllowed:
            assert self.stage == "received"
            return
        self.lines.update(("read_report", "read_messages"))
        assert (report.differences, letters.differences) == ((), ())
        told = [
            str((section.answers or {}).get("narrative", "")) for section in report.sections
        ]
        assert sorted(filter(None, told)) == sorted(filter(None, [self.first, *self.added]))
        assert [entry.text for entry in letters.entries if entry.text] == self.said
        assert sorted(note.text for note in letters.notes) == sorted(self.notes)

    def hours_pass(self, number: int) -> None:
        self.now += timedelta(hours=number * 5)
        self.lines["level_rose"] += waiting.raise_levels(self.service, now=self.now)
        waiting.warn_late(self.service, now=self.now)
        self.visit = enter(self.service, self.code, now=self.now)

    def check(self) -> None:
        """What holds after every step."""
        row = self.row()
        assert STAGES.index(row.stage) >= STAGES.index(self.stage)
        assert Level.of(row.level) >= self.level or self.was_contacted
        self.stage, self.level = row.stage, Level.of(row.level)
        seen = conversation(self.service, self.visit, now=self.now)
        assert [entry.text for entry in seen.entries if entry.text] == self.said
        kinds = Counter(entry.kind for entry in seen.entries)
        assert kinds["information"] == len(self.added)
        assert verify.verify(self.service) == ()

    def check_lines(self) -> None:
        """One line for each act, and none besides; reading them is an act as well.

        Opening what is open already may leave none.
        """
        found = timeline(self.readers[0], self.ref, now=self.now)
        acts = Counter(line.act for line in found)
        self.lines["read_timeline"] += acts["read_timeline"]
        assert 1 <= acts.pop("opened") <= self.opened
        assert acts == +self.lines


ACTS = tuple(
    name for name in vars(History) if name.startswith(("reporter_", "form_", "coord", "hours"))
)


def test_no_history_loses_anything(installation: Installation, length: Length) -> None:
    steps = st.lists(
        st.tuples(st.sampled_from(ACTS), st.integers(0, 11)), max_size=STEPS[length]
    )

    @settings(
        max_examples=RUNS[length],
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(start=st.integers(0, len(STARTS) - 1), steps=steps)
    def goes_well(start: int, steps: list[tuple[str, int]]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder) / "instance"
            with copied(installation.folder, place) as service:
                live_through(service, installation, start, steps)

    goes_well()


def live_through(
    service: Service, installation: Installation, start: int, steps: list[tuple[str, int]]
) -> None:
    readers = [
        resume(service, installation.cookies[handle], now=NOW)
        for handle in (COORDINATOR, SECOND)
    ]
    history = History(service, (readers[0], readers[1]), start)
    for act, number in [*steps, ("coordinator_opens", 0), ("coordinator_reads", 1)]:
        history.now += timedelta(minutes=7)
        history.visit = renewed_pass(service, history.visit, now=history.now)
        getattr(history, act)(number)
        history.check()
    history.check_lines()
