"""Members: one box for all, opened by the passphrase, and a session by its token alone."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake import vault
from intake.vault import MemberSecret, Ring, SessionToken, Trusted, UnsealError
from tests.vault.fixed import (
    CASE_KEY,
    LINK,
    MEMBER,
    MEMBER_SEED,
    ROW,
    SECRET,
    SESSION,
    TEXT,
    TOKEN,
)

DIGESTS = st.binary(min_size=32, max_size=32)
TRUST = st.dictionaries(
    st.sampled_from(Ring), st.builds(Trusted, st.integers(1, 2**32 - 1), DIGESTS)
)
SECRETS = st.builds(
    MemberSecret,
    st.just(MEMBER_SEED),
    TRUST,
    totp=st.none() | st.binary(min_size=1, max_size=64),
    counter=st.integers(0, 2**64 - 1),
)


@given(SECRETS)
def test_any_member_box_comes_back_and_has_one_length(secret: MemberSecret) -> None:
    boxed = vault.box_member(CASE_KEY, secret, member=MEMBER, revision=1)
    assert vault.open_member(CASE_KEY, boxed, member=MEMBER, revision=1) == secret
    assert len(boxed) == 322


def test_a_wrong_passphrase_opens_no_member_box() -> None:
    how = vault.Stretching(8, 1, 1, bytes(16))
    boxed = vault.box_member(vault.stretch("right", how), SECRET, member=MEMBER, revision=1)
    with pytest.raises(UnsealError):
        vault.open_member(vault.stretch("wrong", how), boxed, member=MEMBER, revision=1)


def test_a_second_factor_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="64 bytes"):
        vault.box_member(CASE_KEY, replace(SECRET, totp=bytes(65)), member=MEMBER, revision=1)


@pytest.mark.parametrize("content", [b"", bytes(248), bytes(250)], ids=len)
def test_what_is_no_member_box_is_refused(content: bytes) -> None:
    boxed = CASE_KEY.box(content, context=vault.context("member", MEMBER, 1))
    with pytest.raises(UnsealError):
        vault.open_member(CASE_KEY, boxed, member=MEMBER, revision=1)


def test_a_session_opens_with_its_token_alone() -> None:
    boxed = vault.box_session(TOKEN, SESSION, session=ROW, member=MEMBER)
    assert vault.open_session(TOKEN, boxed, session=ROW, member=MEMBER) == SESSION
    with pytest.raises(UnsealError):
        vault.open_session(SessionToken.random(), boxed, session=ROW, member=MEMBER)
    with pytest.raises(UnsealError):
        vault.open_session(SessionToken(TOKEN.lookup), boxed, session=ROW, member=MEMBER)


@pytest.mark.parametrize("content", [b"", bytes(183), bytes(185)], ids=len)
def test_what_is_no_session_is_refused(content: bytes) -> None:
    place = vault.context("session", ROW, MEMBER)
    boxed = TOKEN.derive("session").box(content, context=place)
    with pytest.raises(UnsealError):
        vault.open_session(TOKEN, boxed, session=ROW, member=MEMBER)


def test_look_ups_are_stable_and_no_part_of_the_secret() -> None:
    assert TOKEN.lookup == SessionToken(TOKEN.raw).lookup != TOKEN.raw
    assert LINK.lookup == vault.InvitationLink(LINK.raw).lookup != LINK.raw


def test_what_is_kept_opens_for_its_member_alone() -> None:
    kept = vault.seal_kept(MEMBER_SEED.public, TEXT, member=MEMBER)
    with pytest.raises(UnsealError):
        vault.open_kept(vault.Seed.random().identity, kept, member=MEMBER)
