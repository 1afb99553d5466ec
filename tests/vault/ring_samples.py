"""A sample of each operation and of everything that belongs to rings."""

from intake import vault
from intake.vault import Ring
from tests.vault.fixed import (
    CASE_KEY,
    FIRST,
    MEMBER,
    MEMBER_SEED,
    RECOVERY_SEED,
    RINGS,
    ROW,
    TEXT,
)
from tests.vault.sample import Sample

_RING = RINGS[Ring.CASE]

SAMPLES = (
    Sample(
        "nothing in a box",
        b"",
        lambda: CASE_KEY.box(b"", context=vault.context("any")),
        lambda sealed: CASE_KEY.unbox(sealed, context=vault.context("any")),
        CASE_KEY.raw,
        ("any",),
        "bare",
    ),
    Sample(
        "a box that fills its chunk",
        TEXT.ljust(16_384),
        lambda: CASE_KEY.box(TEXT.ljust(16_384), context=vault.context("any")),
        lambda sealed: CASE_KEY.unbox(sealed, context=vault.context("any")),
        CASE_KEY.raw,
        ("any",),
        "bare",
    ),
    Sample(
        "a short text in a seal",
        TEXT,
        lambda: MEMBER_SEED.public.seal(TEXT, context=vault.context("any", ROW, 1)),
        lambda sealed: MEMBER_SEED.identity.unseal(
            sealed, context=vault.context("any", ROW, 1)
        ),
        MEMBER_SEED.raw,
        ("any", ROW, 1),
        "bare",
    ),
    Sample(
        "ring secret for a member",
        _RING,
        lambda: _RING.wrap_for_member(MEMBER_SEED.public, MEMBER),
        lambda sealed: vault.RingKey.open_for_member(
            sealed, MEMBER_SEED.identity, ring=Ring.CASE, generation=2, member=MEMBER
        ),
        MEMBER_SEED.raw,
        ("ring", "case", 2, "member", MEMBER),
        "bare",
    ),
    Sample(
        "ring secret for recovery",
        _RING,
        lambda: _RING.wrap_for_recovery(RECOVERY_SEED.public),
        lambda sealed: vault.RingKey.open_for_recovery(
            sealed, RECOVERY_SEED.identity, ring=Ring.CASE, generation=2
        ),
        RECOVERY_SEED.raw,
        ("ring", "case", 2, "recovery"),
        "bare",
    ),
    Sample(
        "previous ring secret",
        FIRST,
        lambda: _RING.box_previous(FIRST),
        _RING.open_previous,
        _RING.symmetric.raw,
        ("ring", "case", 2, "previous"),
        "bare",
    ),
    Sample(
        "roster",
        TEXT,
        lambda: vault.box_roster(_RING, TEXT, revision=3),
        lambda sealed: vault.open_roster(sealed, _RING, revision=3),
        _RING.symmetric.raw,
        ("roster", "case", 3, 2),
    ),
)
