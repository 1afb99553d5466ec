"""What is moved to another row, field, revision, generation or ring does not open."""

from collections.abc import Callable

import pytest

from intake import vault
from intake.vault import Ring, Sealed, UnsealError
from tests.vault.fixed import (
    CASE,
    CASE_KEY,
    KEYS,
    LINK,
    MEMBER,
    MEMBER_SEED,
    ONCE,
    OTHER_CASE,
    OTHER_MEMBER,
    OTHER_ROW,
    RECOVERY_SEED,
    RINGS,
    ROW,
    SERVER_KEY,
    TOKEN,
)
from tests.vault.samples import BY_NAME

LATER = {ring: vault.RingKey(ring, key.generation + 1, key.seed) for ring, key in RINGS.items()}
CASE_RING, FACTS_RING, AUDIT_RING = RINGS[Ring.CASE], RINGS[Ring.FACTS], RINGS[Ring.AUDIT]
STATE_KEY = KEYS[vault.Slot.STATE]
DRAFT_KEY = ONCE.derive("draft")

Opening = Callable[[Sealed], object]
MOVED: list[tuple[str, str, Opening]] = [
    (
        "document",
        "another case",
        lambda s: vault.open_document(
            CASE_KEY, s, case=OTHER_CASE, compartment="account", id=ROW, revision=3
        ),
    ),
    (
        "document",
        "another compartment",
        lambda s: vault.open_document(
            CASE_KEY, s, case=CASE, compartment="identity", id=ROW, revision=3
        ),
    ),
    (
        "document",
        "another row",
        lambda s: vault.open_document(
            CASE_KEY, s, case=CASE, compartment="account", id=OTHER_ROW, revision=3
        ),
    ),
    (
        "document",
        "another revision",
        lambda s: vault.open_document(
            CASE_KEY, s, case=CASE, compartment="account", id=ROW, revision=2
        ),
    ),
    (
        "facts on arrival",
        "another case",
        lambda s: vault.open_facts(s, FACTS_RING, case=OTHER_CASE, revision=1),
    ),
    (
        "facts after the first reading",
        "another revision",
        lambda s: vault.open_facts(s, FACTS_RING, case=CASE, revision=2),
    ),
    (
        "facts on arrival",
        "another generation",
        lambda s: vault.open_facts(s, LATER[Ring.FACTS], case=CASE, revision=1),
    ),
    (
        "facts after the first reading",
        "another generation",
        lambda s: vault.open_facts(s, LATER[Ring.FACTS], case=CASE, revision=1),
    ),
    (
        "facets",
        "another version",
        lambda s: vault.open_facets(s, FACTS_RING, case=CASE, version=2),
    ),
    (
        "facets",
        "another case",
        lambda s: vault.open_facets(s, FACTS_RING, case=OTHER_CASE, version=3),
    ),
    (
        "facets",
        "another generation",
        lambda s: vault.open_facets(s, LATER[Ring.FACTS], case=CASE, version=3),
    ),
    (
        "proposal",
        "another author",
        lambda s: vault.open_proposal(
            CASE_KEY, s, id=ROW, case=CASE, action="lowering", by=OTHER_MEMBER
        ),
    ),
    (
        "proposal",
        "another action",
        lambda s: vault.open_proposal(
            CASE_KEY, s, id=ROW, case=CASE, action="erasing", by=MEMBER
        ),
    ),
    (
        "proposal",
        "another row",
        lambda s: vault.open_proposal(
            CASE_KEY, s, id=OTHER_ROW, case=CASE, action="lowering", by=MEMBER
        ),
    ),
    (
        "link",
        "another other case",
        lambda s: vault.open_link(
            CASE_KEY, s, id=ROW, case=CASE, other=OTHER_CASE, kind="split"
        ),
    ),
    (
        "link",
        "another kind",
        lambda s: vault.open_link(
            CASE_KEY, s, id=ROW, case=CASE, other=OTHER_ROW, kind="similar"
        ),
    ),
    (
        "link",
        "another row",
        lambda s: vault.open_link(
            CASE_KEY, s, id=OTHER_ROW, case=CASE, other=OTHER_ROW, kind="split"
        ),
    ),
    (
        "team document",
        "another kind",
        lambda s: vault.open_team(s, CASE_RING, id=ROW, kind="view", revision=3),
    ),
    (
        "team document",
        "another revision",
        lambda s: vault.open_team(s, CASE_RING, id=ROW, kind="tag", revision=2),
    ),
    (
        "team document",
        "another generation",
        lambda s: vault.open_team(s, LATER[Ring.CASE], id=ROW, kind="tag", revision=3),
    ),
    (
        "a member's own document",
        "another member",
        lambda s: vault.open_own(
            MEMBER_SEED.identity, s, id=ROW, kind="view", revision=3, member=OTHER_MEMBER
        ),
    ),
    (
        "a member's own document",
        "another row",
        lambda s: vault.open_own(
            MEMBER_SEED.identity, s, id=OTHER_ROW, kind="view", revision=3, member=MEMBER
        ),
    ),
    (
        "ring secret for a member",
        "another member",
        lambda s: vault.RingKey.open_for_member(
            s, MEMBER_SEED.identity, ring=Ring.CASE, generation=2, member=OTHER_MEMBER
        ),
    ),
    (
        "ring secret for a member",
        "another ring",
        lambda s: vault.RingKey.open_for_member(
            s, MEMBER_SEED.identity, ring=Ring.INTIMATE, generation=2, member=MEMBER
        ),
    ),
    (
        "ring secret for a member",
        "another generation",
        lambda s: vault.RingKey.open_for_member(
            s, MEMBER_SEED.identity, ring=Ring.CASE, generation=3, member=MEMBER
        ),
    ),
    (
        "ring secret for recovery",
        "another ring",
        lambda s: vault.RingKey.open_for_recovery(
            s, RECOVERY_SEED.identity, ring=Ring.AUDIT, generation=2
        ),
    ),
    ("previous ring secret", "another generation", LATER[Ring.CASE].open_previous),
    ("roster", "another revision", lambda s: vault.open_roster(s, CASE_RING, revision=2)),
    (
        "case keys on arrival",
        "another case",
        lambda s: vault.CaseKeys.open_from_ring(s, CASE_RING, OTHER_CASE),
    ),
    (
        "case keys after the first reading",
        "another generation",
        lambda s: vault.CaseKeys.open_from_ring(s, LATER[Ring.CASE], CASE),
    ),
    (
        "grant of two compartments",
        "another revision",
        lambda s: vault.CaseKeys.open_for_member(
            s, MEMBER_SEED.identity, case=CASE, member=MEMBER, revision=5
        ),
    ),
    (
        "case keys for recovery",
        "another row",
        lambda s: vault.CaseKeys.open_for_recovery(
            s, RECOVERY_SEED.identity, case=CASE, id=OTHER_ROW
        ),
    ),
    (
        "offer",
        "another member",
        lambda s: vault.open_offer(
            MEMBER_SEED.identity, s, id=ROW, case=CASE, member=OTHER_MEMBER
        ),
    ),
    (
        "answer to an offer",
        "another case",
        lambda s: vault.open_answer(CASE_KEY, s, id=ROW, case=OTHER_CASE),
    ),
    (
        "addition",
        "another row",
        lambda s: vault.open_addition(s, CASE_RING, case=CASE, id=OTHER_ROW),
    ),
    ("mail key", "another case", lambda s: vault.open_mail_key(CASE_KEY, s, case=OTHER_CASE)),
    (
        "message",
        "another row",
        lambda s: vault.open_message(CASE_KEY, s, case=CASE, id=OTHER_ROW),
    ),
    (
        "file on its way",
        "another case",
        lambda s: vault.open_on_its_way(CASE_KEY, s, case=OTHER_CASE),
    ),
    ("draft", "another revision", lambda s: vault.open_draft(DRAFT_KEY, s, id=ROW, revision=2)),
    (
        "case state",
        "another revision",
        lambda s: vault.open_state(STATE_KEY, s, case=CASE, revision=2),
    ),
    (
        "member box",
        "another member",
        lambda s: vault.open_member(CASE_KEY, s, member=OTHER_MEMBER, revision=3),
    ),
    (
        "member box",
        "another revision",
        lambda s: vault.open_member(CASE_KEY, s, member=MEMBER, revision=2),
    ),
    (
        "session",
        "another member",
        lambda s: vault.open_session(TOKEN, s, session=ROW, member=OTHER_MEMBER),
    ),
    (
        "told of a session",
        "another session",
        lambda s: vault.open_told(MEMBER_SEED, s, session=OTHER_ROW, member=MEMBER),
    ),
    (
        "second factor",
        "another kind",
        lambda s: vault.open_credential(MEMBER_SEED, s, id=ROW, member=MEMBER, kind="recovery"),
    ),
    (
        "second factor",
        "another member",
        lambda s: vault.open_credential(
            MEMBER_SEED, s, id=ROW, member=OTHER_MEMBER, kind="passkey"
        ),
    ),
    (
        "notice",
        "another row",
        lambda s: vault.open_notice(MEMBER_SEED.identity, s, id=OTHER_ROW, member=MEMBER),
    ),
    (
        "invitation",
        "another role",
        lambda s: vault.open_invitation(LINK, s, id=ROW, role="administrator"),
    ),
    (
        "kept for a member",
        "another member",
        lambda s: vault.open_kept(MEMBER_SEED.identity, s, member=OTHER_MEMBER),
    ),
    (
        "audit line",
        "another sequence",
        lambda s: vault.open_audit_line(AUDIT_RING, s, sequence=8),
    ),
    ("outgoing mail", "another row", lambda s: vault.open_outbox(SERVER_KEY, s, id=OTHER_ROW)),
    (
        "setting",
        "another revision",
        lambda s: vault.open_setting(SERVER_KEY, s, name="duty", revision=2),
    ),
    (
        "reporter's cookie",
        "another purpose",
        lambda s: vault.open_cookie(SERVER_KEY, s, purpose="mailbox"),
    ),
]


@pytest.mark.parametrize(
    ("name", "opening"), [(n, o) for n, _, o in MOVED], ids=[f"{n}: {t}" for n, t, _ in MOVED]
)
def test_what_was_moved_does_not_open(name: str, opening: Opening) -> None:
    with pytest.raises(UnsealError):
        opening(BY_NAME[name].make())
