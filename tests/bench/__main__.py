"""`make bench`: measures, prints, and writes docs/benchmarks.md, part by part."""

import platform
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from tests.bench import desk, foreign, journey, opening, rotation, uploading, urgent

RUNS = 3
SIZES = (1_000, 10_000, 100_000, 1_000_000)
FILTERED = {10_000: 0.15, 100_000: 1.5}
TARGET_SHARE, TARGET_MS, TARGET_KIB, TARGET_MIB = 65, 40, 40, 120
TARGET_RATE = 300
TARGET_MB, TARGET_GROWTH = 100, 16
DOCUMENT = Path(__file__).parents[2] / "docs" / "benchmarks.md"


def main() -> None:
    """Measure every part, or those named, and write each down as soon as it is known."""
    sections = _standing()
    for name in sys.argv[1:] or PARTS:
        title, measure = PARTS[name]
        sections[title] = "\n".join(measure()).strip()
        sys.stdout.write(f"## {title}\n\n{sections[title]}\n\n")
        DOCUMENT.write_text(_written(sections), "utf-8")


def _standing() -> dict[str, str]:
    """What was measured last of each part."""
    _head, *parts = DOCUMENT.read_text("utf-8").split("\n## ")
    return {title: text.strip() for title, _, text in (part.partition("\n") for part in parts)}


def _written(sections: Mapping[str, str]) -> str:
    known = [title for title, _measure in PARTS.values() if title in sections]
    parts = (f"## {title}\n\n{sections[title]}\n" for title in known)
    return "\n".join(("\n".join(_head()), *parts))


def _head() -> Iterator[str]:
    cores = next(
        (
            line.split(":")[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    yield "# Benchmarks"
    yield ""
    yield "Written by `make bench`. Ratios count; absolute figures belong to this machine:"
    yield f"{cores}, {urgent.CORES} cores used, Python {platform.python_version()}, SQLite,"
    yield f"loopback, {datetime.now(UTC):%B %Y}, median of {RUNS} runs."
    yield ""


def _urgent() -> Iterator[str]:
    pairs = [(urgent.floor(), _reports()) for _ in range(RUNS)]
    shares = [ours / floor * 100 for floor, ours in pairs]
    yield "GET, POST and receipt of each report, every one durable before its receipt; clients"
    yield "and server share the cores. The floor is the work that cannot be left out, without"
    yield "a server: Argon2id, seals, boxes and one fsync."
    yield ""
    yield "| | a second |"
    yield "| --- | --- |"
    yield f"| floor | {statistics.median(floor for floor, _ in pairs):.1f} |"
    yield f"| urgent route | {statistics.median(ours for _, ours in pairs):.1f} |"
    share = statistics.median(shares)
    yield f"| share of the floor | {share:.0f} % (target ≥ {TARGET_SHARE} %) |"
    yield ""


def _reports() -> float:
    with tempfile.TemporaryDirectory() as folder:
        instance = Path(folder) / "instance"
        opening.founded(instance)
        return urgent.reports(instance)


def _journey() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        instance = Path(folder) / "instance"
        opening.founded(instance)
        p50, p95 = journey.pages(instance)
    yield "From pressing a button until all that was written can be read again: what was typed"
    yield "is boxed and durable before the answer. One reporter at a time."
    yield ""
    yield f"p50 {p50:.1f} ms, p95 {p95:.1f} ms."
    yield ""


def _upload() -> Iterator[str]:
    size = uploading.LENGTH / 2**30
    yield f"A file of {size:.0f} GB over loopback, from the first byte to the answer that all"
    yield "of it is there; client and server share the cores. Memory is what all workers"
    yield "together grow by (PSS) after smaller files have been sent."
    yield f"Targets: ≥ {TARGET_MB} MB/s, ≤ {TARGET_GROWTH} MB."
    yield ""
    yield "| | MB/s | MB more |"
    yield "| --- | --- | --- |"
    with tempfile.TemporaryDirectory() as folder:
        instance = Path(folder) / "instance"
        opening.founded(instance)
        for name, found in uploading.figures(instance):
            yield f"| {name} | {found.rate / 1e6:.0f} | {found.growth / 1e6:.1f} |"
    yield ""


def _desk() -> Iterator[str]:
    yield f"Target of the inbox, the triage view: p95 ≤ {TARGET_MS} ms and ≤ {TARGET_KIB} KiB"
    yield f"whatever the number of cases; a worker at most {TARGET_MIB} MiB. Bytes are before"
    yield "compression. Only triage is cut by the database; other views go through the sheets"
    yield "of all open cases, as the filters below do (of 10,000 in 0.15 s)."
    yield ""
    yield "| cases | page | p50 ms | p95 ms | bytes | workers, MiB |"
    yield "| --- | --- | --- | --- | --- | --- |"
    with tempfile.TemporaryDirectory() as folder:
        # All are filled first, so that all are measured within the same few minutes.
        places = {size: Path(folder) / str(size) for size in SIZES}
        cookies = {size: desk.installation(place, size) for size, place in places.items()}
        for size, place in places.items():
            pages, workers = desk.queue(place, cookies[size])
            weight = ", ".join(f"{worker / 2**20:.0f}" for worker in workers)
            for name, (p50, p95, length) in pages.items():
                yield f"| {size:,} | {name} | {p50:.1f} | {p95:.1f} | {length:,} | {weight} |"
    yield ""


def _filters() -> Iterator[str]:
    yield "The page of the view of all cases, narrowed, when so many are open. A process opens"
    yield "every sheet at its first look and keeps them together in a few boxes; later looks"
    yield "open these. Targets: " + ", ".join(f"{n:,} in {s} s" for n, s in FILTERED.items())
    yield ""
    yield "| open cases | filter | seconds | of the boxes alone | found |"
    yield "| --- | --- | --- | --- | --- |"
    for size in FILTERED:
        with tempfile.TemporaryDirectory() as folder:
            found = desk.filters(Path(folder) / "instance", size)
        alone, _count = next(iter(found.values()))
        for name, (seconds, count) in found.items():
            ratio = seconds / alone
            yield f"| {size:,} | {name} | {seconds:.3f} | {ratio:.1f} times | {count:,} |"
    yield ""


def _opening() -> Iterator[str]:
    count, seconds = opening.facts()
    yield f"{count:,} boxed facts opened and parsed in {seconds:.2f} s."
    yield ""


def _rotation() -> Iterator[str]:
    rates, asking = zip(*(_rotated() for _ in range(RUNS)), strict=True)
    yield f"{rotation.CASES:,} cases, each with wraps for two rings, facts, state and a line"
    yield f"in the log, {rotation.AT_ONCE} at once; and what every page of the desk pays for"
    yield "asking whether something is due, when nothing is."
    yield ""
    yield f"{statistics.median(rates):,.0f} cases a second (target ≥ {TARGET_RATE}); asking"
    yield f"takes {statistics.median(asking):.2f} ms."
    yield ""


def _foreign() -> Iterator[str]:
    yield f"{foreign.PAIRS:,} pairs of requests in random order, in one process: medians, and"
    yield "how often chance alone is as uneven (sign test; below 0.01 somebody could tell)."
    yield ""
    yield "| | another's, ms | nowhere, ms | p |"
    yield "| --- | --- | --- | --- |"
    with tempfile.TemporaryDirectory() as folder:
        for one in foreign.compared(Path(folder)):
            yield f"| {one.what} | {one.foreign:.2f} | {one.nowhere:.2f} | {one.p:.2f} |"
    yield ""


def _rotated() -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as folder:
        return rotation.rate(Path(folder) / "instance")


PARTS: Mapping[str, tuple[str, Callable[[], Iterator[str]]]] = {
    "urgent": ("Reports through the urgent route", _urgent),
    "form": ("A page of the report form", _journey),
    "upload": ("A large file through the form", _upload),
    "queue": ("The queue with 3,000 open cases", _desk),
    "filters": ("Filters over what is sealed", _filters),
    "facts": ("Opening sealed facts", _opening),
    "rotation": ("New secrets after somebody was removed", _rotation),
    "foreign": ("What is another's and what is nowhere", _foreign),
}
"""By a name for the command line: the heading, and what measures it."""

if __name__ == "__main__":
    main()
