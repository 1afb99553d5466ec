"""A sample of everything that belongs to members, the log and the server."""

from intake import vault
from intake.vault import Ring
from tests.vault.fixed import (
    CASE_KEY,
    LINK,
    MEMBER,
    MEMBER_SEED,
    RINGS,
    ROW,
    SECRET,
    SERVER_KEY,
    SESSION,
    TEXT,
    TOKEN,
)
from tests.vault.sample import Sample

_AUDIT, _CASE = RINGS[Ring.AUDIT], RINGS[Ring.CASE]
_SERVER = SERVER_KEY.raw

SAMPLES = (
    Sample(
        "member box",
        SECRET,
        lambda: vault.box_member(CASE_KEY, SECRET, member=MEMBER, revision=3),
        lambda sealed: vault.open_member(CASE_KEY, sealed, member=MEMBER, revision=3),
        CASE_KEY.raw,
        ("member", MEMBER, 3),
        "member",
    ),
    Sample(
        "session",
        SESSION,
        lambda: vault.box_session(TOKEN, SESSION, session=ROW, member=MEMBER),
        lambda sealed: vault.open_session(TOKEN, sealed, session=ROW, member=MEMBER),
        TOKEN.derive("session").raw,
        ("session", ROW, MEMBER),
        "session",
    ),
    Sample(
        "told of a session",
        TEXT,
        lambda: vault.box_told(MEMBER_SEED, TEXT, session=ROW, member=MEMBER),
        lambda sealed: vault.open_told(MEMBER_SEED, sealed, session=ROW, member=MEMBER),
        MEMBER_SEED.derive("told").raw,
        ("told", ROW, MEMBER),
    ),
    Sample(
        "second factor",
        TEXT,
        lambda: vault.box_credential(MEMBER_SEED, TEXT, id=ROW, member=MEMBER, kind="passkey"),
        lambda sealed: vault.open_credential(
            MEMBER_SEED, sealed, id=ROW, member=MEMBER, kind="passkey"
        ),
        MEMBER_SEED.derive("credential").raw,
        ("credential", ROW, MEMBER, "passkey"),
    ),
    Sample(
        "notice",
        TEXT,
        lambda: vault.seal_notice(MEMBER_SEED.public, TEXT, id=ROW, member=MEMBER),
        lambda sealed: vault.open_notice(MEMBER_SEED.identity, sealed, id=ROW, member=MEMBER),
        MEMBER_SEED.raw,
        ("notice", ROW, MEMBER),
    ),
    Sample(
        "invitation",
        TEXT,
        lambda: vault.box_invitation(LINK, TEXT, id=ROW, role="coordinator"),
        lambda sealed: vault.open_invitation(LINK, sealed, id=ROW, role="coordinator"),
        LINK.derive("invitation").raw,
        ("invitation", ROW, "coordinator"),
    ),
    Sample(
        "kept for a member",
        TEXT,
        lambda: vault.seal_kept(MEMBER_SEED.public, TEXT, member=MEMBER),
        lambda sealed: vault.open_kept(MEMBER_SEED.identity, sealed, member=MEMBER),
        MEMBER_SEED.raw,
        ("kept", MEMBER),
    ),
    Sample(
        "team document",
        TEXT,
        lambda: vault.box_team(_CASE, TEXT, id=ROW, kind="tag", revision=3),
        lambda sealed: vault.open_team(sealed, _CASE, id=ROW, kind="tag", revision=3),
        _CASE.symmetric.raw,
        ("team", ROW, "tag", 3, 2),
    ),
    Sample(
        "a member's own document",
        TEXT,
        lambda: vault.seal_own(
            MEMBER_SEED.public, TEXT, id=ROW, kind="view", revision=3, member=MEMBER
        ),
        lambda sealed: vault.open_own(
            MEMBER_SEED.identity, sealed, id=ROW, kind="view", revision=3, member=MEMBER
        ),
        MEMBER_SEED.raw,
        ("own", ROW, "view", 3, MEMBER),
    ),
    Sample(
        "listing",
        TEXT,
        lambda: vault.box_listing(CASE_KEY, TEXT, id=ROW, member=MEMBER, revision=3),
        lambda sealed: vault.open_listing(CASE_KEY, sealed, id=ROW, member=MEMBER, revision=3),
        CASE_KEY.raw,
        ("listing", ROW, MEMBER, 3),
    ),
    Sample(
        "audit line",
        TEXT,
        lambda: vault.seal_audit_line(_AUDIT.public, TEXT, sequence=7, generation=2),
        lambda sealed: vault.open_audit_line(_AUDIT, sealed, sequence=7),
        _AUDIT.seed.raw,
        ("audit", 7, 2),
    ),
    Sample(
        "outgoing mail",
        TEXT,
        lambda: vault.box_outbox(SERVER_KEY, TEXT, id=ROW),
        lambda sealed: vault.open_outbox(SERVER_KEY, sealed, id=ROW),
        _SERVER,
        ("server", "outbox", ROW),
    ),
    Sample(
        "setting",
        TEXT,
        lambda: vault.box_setting(SERVER_KEY, TEXT, name="duty", revision=3),
        lambda sealed: vault.open_setting(SERVER_KEY, sealed, name="duty", revision=3),
        _SERVER,
        ("server", "setting", "duty", 3),
    ),
    Sample(
        "staff mail address",
        TEXT,
        lambda: vault.box_mail_address(SERVER_KEY, TEXT, member=MEMBER),
        lambda sealed: vault.open_mail_address(SERVER_KEY, sealed, member=MEMBER),
        _SERVER,
        ("server", "mail-address", MEMBER),
    ),
    Sample(
        "reporter's cookie",
        TEXT,
        lambda: vault.box_cookie(SERVER_KEY, TEXT, purpose="receipts"),
        lambda sealed: vault.open_cookie(SERVER_KEY, sealed, purpose="receipts"),
        _SERVER,
        ("cookie", "receipts"),
        "bare",
    ),
)
