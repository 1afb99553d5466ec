"""The audit log: no line is dropped, reordered or changed unnoticed."""

from collections.abc import Sequence

import pytest

from intake import vault
from intake.vault import AUDIT_START, Key, Ring, Sealed, audit_line, audit_mac, pseudonym
from tests.vault.fixed import AUDIT_KEY, CASE, OTHER_CASE, RINGS, fixed

AUDIT_RING = RINGS[Ring.AUDIT]
LINES = [
    audit_line(
        vault.seal_audit_line(AUDIT_RING.public, b"opened", sequence=number, generation=2),
        sequence=number,
        pseudonym=pseudonym(AUDIT_KEY, CASE),
        revision=number,
        digest=fixed(f"state {number}"),
    )
    for number in range(1, 6)
]


def head(lines: Sequence[bytes]) -> bytes:
    mac = AUDIT_START
    for line in lines:
        mac = audit_mac(AUDIT_KEY, mac, line)
    return mac


@pytest.mark.parametrize(
    "lines",
    [LINES[1:], LINES[:-1], [*LINES[:2], *LINES[3:]], [LINES[1], LINES[0], *LINES[2:]]],
    ids=["first dropped", "last dropped", "dropped", "reordered"],
)
def test_a_log_that_was_changed_has_another_head(lines: Sequence[bytes]) -> None:
    assert head(lines) != head(LINES)


@pytest.mark.parametrize(
    "changed",
    [
        {"sequence": 2},
        {"pseudonym": bytes(16)},
        {"revision": 2},
        {"digest": bytes(32)},
        {"sealed": Sealed(b"other")},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_no_column_of_a_line_can_be_changed(changed: dict[str, object]) -> None:
    row: dict[str, object] = {
        "sealed": Sealed(b"line"),
        "sequence": 1,
        "pseudonym": pseudonym(AUDIT_KEY, CASE),
        "revision": 1,
        "digest": fixed("state"),
    }
    one = audit_line(**row)  # type: ignore[arg-type]
    other = audit_line(**(row | changed))  # type: ignore[arg-type]
    assert audit_mac(AUDIT_KEY, AUDIT_START, one) != audit_mac(AUDIT_KEY, AUDIT_START, other)


def test_who_lacks_the_audit_key_cannot_continue_the_log() -> None:
    mac = audit_mac(AUDIT_KEY, AUDIT_START, LINES[0])
    assert mac != audit_mac(Key.random(), AUDIT_START, LINES[0])


def test_the_previous_mac_is_whole() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        audit_mac(AUDIT_KEY, b"", LINES[0])


def test_a_pseudonym_ties_lines_to_a_case_only_with_the_key() -> None:
    assert pseudonym(AUDIT_KEY, CASE) == pseudonym(AUDIT_KEY, CASE)
    assert pseudonym(AUDIT_KEY, CASE) != pseudonym(AUDIT_KEY, OTHER_CASE)
    assert pseudonym(AUDIT_KEY, CASE) != pseudonym(Key.random(), CASE)
    assert len(pseudonym(AUDIT_KEY, CASE)) == 16


def test_short_and_long_lines_look_alike() -> None:
    lengths = {
        len(vault.seal_audit_line(AUDIT_RING.public, text, sequence=1, generation=2))
        for text in (b"", b"a reason of one sentence. " * 15)
    }
    assert len(lengths) == 1
