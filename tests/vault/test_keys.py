"""Keys: what they box and seal comes back, and they never show themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake import vault
from intake.vault import Key, PublicKey, Seed, UnsealError
from tests.vault import fixed, reader

PLACE = vault.context("any", 1)
SECRETS = [
    Key(fixed.fixed("shown")),
    Seed(fixed.fixed("shown")),
    vault.Once(fixed.fixed("shown")),
    vault.SessionToken(fixed.fixed("shown")),
    vault.InvitationLink(fixed.fixed("shown")),
    Seed(fixed.fixed("shown")).identity,
    vault.RingKey(vault.Ring.CASE, 1, Seed(fixed.fixed("shown"))),
    vault.CaseKeys(fixed.CASE, {vault.Slot.MAIL: Key(fixed.fixed("shown"))}),
    vault.MemberSecret(Seed(fixed.fixed("shown")), {}, totp=fixed.fixed("shown"), counter=4711),
    vault.SessionSecret(Seed(fixed.fixed("shown")), {}, started=1),
    vault.CodeKeys(fixed.fixed("shown"), Key(fixed.fixed("shown"))),
]


@given(st.binary(max_size=50_000) | st.integers(0, 3).map(lambda n: bytes(n * 16_384)))
def test_the_second_reader_opens_any_box(text: bytes) -> None:
    boxed = fixed.CASE_KEY.box(text, context=PLACE)
    assert fixed.CASE_KEY.unbox(boxed, context=PLACE) == text
    assert reader.unbox(fixed.CASE_KEY.raw, boxed, PLACE) == text


@given(st.binary(max_size=5_000))
def test_the_second_reader_opens_any_seal(text: bytes) -> None:
    sealed = fixed.MEMBER_SEED.public.seal(text, context=PLACE)
    assert fixed.MEMBER_SEED.identity.unseal(sealed, context=PLACE) == text
    assert reader.unseal(fixed.MEMBER_SEED.raw, sealed, PLACE) == text


@given(st.binary(min_size=32, max_size=32))
def test_any_seed_gives_the_second_readers_public_key(raw: bytes) -> None:
    assert Seed(raw).public.raw == reader.public_key(raw)


def test_another_key_opens_nothing() -> None:
    boxed = Key.random().box(b"text", context=PLACE)
    sealed = Seed.random().public.seal(b"text", context=PLACE)
    with pytest.raises(UnsealError):
        Key.random().unbox(boxed, context=PLACE)
    with pytest.raises(UnsealError):
        Seed.random().identity.unseal(sealed, context=PLACE)


def test_an_error_on_opening_carries_nothing() -> None:
    boxed = fixed.CASE_KEY.box(b"text", context=PLACE)
    with pytest.raises(UnsealError) as caught:
        fixed.CASE_KEY.unbox(boxed, context=b"")
    assert caught.value.args == ()
    assert caught.value.__cause__ is None


def test_the_same_text_never_looks_the_same() -> None:
    assert fixed.CASE_KEY.box(b"text", context=PLACE) != fixed.CASE_KEY.box(
        b"text", context=PLACE
    )
    public = fixed.MEMBER_SEED.public
    assert public.seal(b"text", context=PLACE) != public.seal(b"text", context=PLACE)


@pytest.mark.parametrize("secret", SECRETS, ids=lambda secret: type(secret).__name__)
def test_a_secret_never_shows_itself(secret: object) -> None:
    shown = fixed.fixed("shown")
    for text in (repr(secret), str(secret), f"{secret}"):
        assert shown.hex() not in text
        assert repr(shown)[2:-1] not in text
        assert "4711" not in text


@pytest.mark.parametrize("length", [0, 16, 31, 33, 64])
def test_a_secret_has_32_bytes(length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Key(bytes(length))


def test_secrets_are_equal_by_their_bytes_and_kind() -> None:
    raw = fixed.fixed("shown")
    assert Key(raw) == Key(raw)
    assert Key(raw) != Key(bytes(32))
    assert Key(raw) != Seed(raw)
    assert Key(raw) != raw


def test_a_secret_is_no_dictionarys_key() -> None:
    with pytest.raises(TypeError, match="unhashable"):
        hash(Seed.random())


def test_keys_derived_for_two_labels_or_parts_differ() -> None:
    derived = [
        fixed.CASE_KEY.derive("one"),
        fixed.CASE_KEY.derive("two"),
        fixed.CASE_KEY.derive("one", 1),
        fixed.CASE_KEY.derive("one", 2),
    ]
    assert len({key.raw for key in derived}) == len(derived)


@pytest.mark.parametrize("raw", [b"", bytes(1215), bytes(1217), b"\xff" * 1216])
def test_bytes_that_are_no_public_key_are_refused(raw: bytes) -> None:
    with pytest.raises(ValueError, match="public key"):
        PublicKey(raw)


def test_a_fingerprint_is_eight_groups_of_four_digits() -> None:
    groups = fixed.MEMBER_SEED.public.fingerprint().split(" ")
    assert [len(group) for group in groups] == [4] * 8
    assert "".join(groups).isdecimal()
