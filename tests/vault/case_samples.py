"""A sample of everything that belongs to a case."""

from intake import vault
from intake.vault import Ring, Slot
from tests.vault.fixed import (
    CASE,
    CASE_KEY,
    KEYS,
    MEMBER,
    MEMBER_SEED,
    ONCE,
    OTHER_ROW,
    PINS,
    RECOVERY_SEED,
    RINGS,
    ROW,
    TEXT,
    fixed,
)
from tests.vault.sample import Sample

_RING, _FACTS = RINGS[Ring.CASE], RINGS[Ring.FACTS]

SAMPLES = (
    Sample(
        "case keys on arrival",
        KEYS,
        lambda: KEYS.seal_to_ring(_RING.public, Ring.CASE, 2),
        lambda sealed: vault.CaseKeys.open_from_ring(sealed, _RING, CASE),
        _RING.seed.raw,
        ("case-keys", "case", 2, CASE),
        "case-keys",
    ),
    Sample(
        "case keys after the first reading",
        KEYS,
        lambda: KEYS.box_for_ring(_RING),
        lambda sealed: vault.CaseKeys.open_from_ring(sealed, _RING, CASE),
        _RING.symmetric.raw,
        ("case-keys", "case", 2, CASE),
        "case-keys",
    ),
    Sample(
        "grant of two compartments",
        KEYS.only({Slot.ACCOUNT, Slot.STATE}),
        lambda: KEYS.only({Slot.ACCOUNT, Slot.STATE}).seal_for_member(
            MEMBER_SEED.public, MEMBER, 4
        ),
        lambda sealed: vault.CaseKeys.open_for_member(
            sealed, MEMBER_SEED.identity, case=CASE, member=MEMBER, revision=4
        ),
        MEMBER_SEED.raw,
        ("grant", CASE, MEMBER, 4),
        "case-keys",
    ),
    Sample(
        "case keys for recovery",
        KEYS,
        lambda: KEYS.seal_for_recovery(RECOVERY_SEED.public, ROW),
        lambda sealed: vault.CaseKeys.open_for_recovery(
            sealed, RECOVERY_SEED.identity, case=CASE, id=ROW
        ),
        RECOVERY_SEED.raw,
        ("case-keys", "recovery", CASE, ROW),
        "case-keys",
    ),
    Sample(
        "offer",
        TEXT,
        lambda: vault.seal_offer(MEMBER_SEED.public, TEXT, id=ROW, case=CASE, member=MEMBER),
        lambda sealed: vault.open_offer(
            MEMBER_SEED.identity, sealed, id=ROW, case=CASE, member=MEMBER
        ),
        MEMBER_SEED.raw,
        ("offer", ROW, CASE, MEMBER),
    ),
    Sample(
        "answer to an offer",
        TEXT,
        lambda: vault.box_answer(CASE_KEY, TEXT, id=ROW, case=CASE),
        lambda sealed: vault.open_answer(CASE_KEY, sealed, id=ROW, case=CASE),
        CASE_KEY.raw,
        ("answer", ROW, CASE),
    ),
    Sample(
        "document",
        TEXT,
        lambda: vault.box_document(
            CASE_KEY, TEXT, case=CASE, compartment="account", id=ROW, revision=3
        ),
        lambda sealed: vault.open_document(
            CASE_KEY, sealed, case=CASE, compartment="account", id=ROW, revision=3
        ),
        CASE_KEY.raw,
        ("document", CASE, "account", ROW, 3),
    ),
    Sample(
        "facts on arrival",
        TEXT,
        lambda: vault.seal_facts(_FACTS.public, TEXT, case=CASE, revision=1, generation=2),
        lambda sealed: vault.open_facts(sealed, _FACTS, case=CASE, revision=1),
        _FACTS.seed.raw,
        ("facts", CASE, 1, 2),
    ),
    Sample(
        "facts after the first reading",
        TEXT,
        lambda: vault.box_facts(_FACTS, TEXT, case=CASE, revision=1),
        lambda sealed: vault.open_facts(sealed, _FACTS, case=CASE, revision=1),
        _FACTS.symmetric.raw,
        ("facts", CASE, 1, 2),
    ),
    Sample(
        "facets",
        TEXT,
        lambda: vault.box_facets(_FACTS, TEXT, case=CASE, version=3),
        lambda sealed: vault.open_facets(sealed, _FACTS, case=CASE, version=3),
        _FACTS.symmetric.raw,
        ("facets", CASE, 3, 2),
    ),
    Sample(
        "proposal",
        TEXT,
        lambda: vault.box_proposal(
            CASE_KEY, TEXT, id=ROW, case=CASE, action="lowering", by=MEMBER
        ),
        lambda sealed: vault.open_proposal(
            CASE_KEY, sealed, id=ROW, case=CASE, action="lowering", by=MEMBER
        ),
        CASE_KEY.raw,
        ("proposal", ROW, CASE, "lowering", MEMBER),
    ),
    Sample(
        "link",
        TEXT,
        lambda: vault.box_link(
            CASE_KEY, TEXT, id=ROW, case=CASE, other=OTHER_ROW, kind="split"
        ),
        lambda sealed: vault.open_link(
            CASE_KEY, sealed, id=ROW, case=CASE, other=OTHER_ROW, kind="split"
        ),
        CASE_KEY.raw,
        ("link", ROW, CASE, OTHER_ROW, "split"),
    ),
    Sample(
        "addition",
        TEXT,
        lambda: vault.seal_addition(PINS, TEXT, case=CASE, id=ROW),
        lambda sealed: vault.open_addition(sealed, _RING, case=CASE, id=ROW),
        _RING.seed.raw,
        ("addition", CASE, ROW, "case", 2),
    ),
    Sample(
        "addition for trained handlers",
        TEXT,
        lambda: vault.seal_addition(
            PINS, TEXT, case=CASE, id=OTHER_ROW, readers={Ring.INTIMATE}
        ),
        lambda sealed: vault.open_addition(
            sealed, RINGS[Ring.INTIMATE], case=CASE, id=OTHER_ROW
        ),
        RINGS[Ring.INTIMATE].seed.raw,
        ("addition", CASE, OTHER_ROW, "intimate", 2),
    ),
    Sample(
        "mail key",
        (KEYS[Slot.MAIL], fixed("digest")),
        lambda: vault.box_mail_key(CASE_KEY, KEYS[Slot.MAIL], fixed("digest"), case=CASE),
        lambda sealed: vault.open_mail_key(CASE_KEY, sealed, case=CASE),
        CASE_KEY.raw,
        ("mail-key", CASE),
        "bare",
    ),
    Sample(
        "message",
        TEXT,
        lambda: vault.box_message(CASE_KEY, TEXT, case=CASE, id=ROW),
        lambda sealed: vault.open_message(CASE_KEY, sealed, case=CASE, id=ROW),
        CASE_KEY.raw,
        ("message", CASE, ROW),
    ),
    Sample(
        "file on its way",
        TEXT,
        lambda: vault.box_on_its_way(CASE_KEY, TEXT, case=CASE),
        lambda sealed: vault.open_on_its_way(CASE_KEY, sealed, case=CASE),
        CASE_KEY.raw,
        ("on-its-way", CASE),
        "bare",
    ),
    Sample(
        "draft",
        TEXT,
        lambda: vault.box_draft(vault.draft_key(ONCE), TEXT, id=ROW, revision=3),
        lambda sealed: vault.open_draft(vault.draft_key(ONCE), sealed, id=ROW, revision=3),
        ONCE.derive("draft").raw,
        ("draft", ROW, 3),
    ),
    Sample(
        "draft key",
        ONCE,
        lambda: vault.box_once(CASE_KEY, ONCE, id=ROW),
        lambda sealed: vault.open_once(CASE_KEY, sealed, id=ROW),
        CASE_KEY.raw,
        ("draft-key", ROW),
        "bare",
    ),
    Sample(
        "piece of a file",
        TEXT.ljust(4096, b"\0"),
        lambda: vault.box_piece(CASE_KEY, TEXT, file=ROW, index=2, size=4096),
        lambda sealed: vault.open_piece(CASE_KEY, sealed, file=ROW, index=2),
        CASE_KEY.raw,
        ("file", ROW, 2),
        "bare",
    ),
    Sample(
        "case state",
        TEXT,
        lambda: vault.box_state(KEYS[Slot.STATE], TEXT, case=CASE, revision=3),
        lambda sealed: vault.open_state(KEYS[Slot.STATE], sealed, case=CASE, revision=3),
        KEYS[Slot.STATE].raw,
        ("state", CASE, 3),
    ),
)
