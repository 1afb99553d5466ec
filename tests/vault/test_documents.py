"""Documents, facts and messages: sizes say little, and each form opens by its own key."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake import vault
from intake.vault import Key, Once, Ring, UnsealError
from tests.vault.fixed import CASE, CASE_KEY, FIRST, OTHER_ROW, RINGS, ROW, TEXT, fixed

FACTS_RING = RINGS[Ring.FACTS]


@settings(max_examples=30)
@given(st.binary(max_size=40_000), st.integers(1, 10**9))
def test_any_document_comes_back(content: bytes, revision: int) -> None:
    boxed = vault.box_document(
        CASE_KEY, content, case=CASE, compartment="account", id=ROW, revision=revision
    )
    opened = vault.open_document(
        CASE_KEY, boxed, case=CASE, compartment="account", id=ROW, revision=revision
    )
    assert opened == content


@settings(max_examples=30)
@given(st.binary(max_size=4000))
def test_any_facts_come_back_in_both_forms(content: bytes) -> None:
    sealed = vault.seal_facts(FACTS_RING.public, content, case=CASE, revision=1, generation=2)
    boxed = vault.box_facts(FACTS_RING, content, case=CASE, revision=1)
    assert (vault.is_box(sealed), vault.is_box(boxed)) == (False, True)
    assert vault.open_facts(sealed, FACTS_RING, case=CASE, revision=1) == content
    assert vault.open_facts(boxed, FACTS_RING, case=CASE, revision=1) == content


def test_an_empty_section_is_as_long_as_a_told_one() -> None:
    def size(content: bytes, compartment: str) -> int:
        place = {"case": CASE, "compartment": compartment, "id": ROW, "revision": 1}
        return len(vault.box_document(CASE_KEY, content, **place))  # type: ignore[arg-type]

    assert size(b"", "intimate") == size(TEXT * 40, "account") > 4096


def test_facts_without_answers_are_as_long_as_many() -> None:
    sizes = {
        len(vault.box_facts(FACTS_RING, content, case=CASE, revision=1))
        for content in (b"", bytes(1000), bytes(2044))
    }
    assert len(sizes) == 1


def test_facts_do_not_open_for_another_ring() -> None:
    boxed = vault.box_facts(FACTS_RING, TEXT, case=CASE, revision=1)
    with pytest.raises(UnsealError):
        vault.open_facts(boxed, RINGS[Ring.CASE], case=CASE, revision=1)


def test_a_document_does_not_open_under_the_key_of_another_compartment() -> None:
    boxed = vault.box_message(CASE_KEY, TEXT, case=CASE, id=ROW)
    with pytest.raises(UnsealError):
        vault.open_message(Key.random(), boxed, case=CASE, id=ROW)


def test_the_mail_key_comes_back_with_what_was_first_sent() -> None:
    boxed = vault.box_mail_key(FIRST.symmetric, CASE_KEY, fixed("digest"), case=CASE)
    assert vault.open_mail_key(FIRST.symmetric, boxed, case=CASE) == (CASE_KEY, fixed("digest"))


def test_a_mail_key_goes_with_a_sha_256_only() -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        vault.box_mail_key(FIRST.symmetric, CASE_KEY, b"short", case=CASE)


def test_what_is_no_mail_key_is_refused() -> None:
    boxed = CASE_KEY.box(bytes(63), context=vault.context("mail-key", CASE))
    with pytest.raises(UnsealError):
        vault.open_mail_key(CASE_KEY, boxed, case=CASE)


def test_a_draft_is_found_and_opened_by_its_once_alone() -> None:
    once, other = Once(fixed("once")), Once(fixed("other once"))
    assert vault.draft_id(once) != vault.draft_id(other)
    boxed = vault.box_draft(vault.draft_key(once), TEXT, id=ROW, revision=1)
    with pytest.raises(UnsealError):
        vault.open_draft(vault.draft_key(other), boxed, id=ROW, revision=1)


def test_an_earlier_state_of_a_draft_does_not_open_as_the_present_one() -> None:
    key = vault.draft_key(Once(fixed("once")))
    boxed = vault.box_draft(key, TEXT, id=ROW, revision=1)
    with pytest.raises(UnsealError):
        vault.open_draft(key, boxed, id=ROW, revision=2)


def test_the_key_of_a_draft_opens_under_its_code_and_for_its_row_alone() -> None:
    once = Once(fixed("once"))
    boxed = vault.box_once(CASE_KEY, once, id=ROW)
    assert vault.open_once(CASE_KEY, boxed, id=ROW) == once
    for key, id_ in ((Key.random(), ROW), (CASE_KEY, OTHER_ROW)):
        with pytest.raises(UnsealError):
            vault.open_once(key, boxed, id=id_)


def test_what_is_no_key_of_a_draft_is_refused() -> None:
    boxed = CASE_KEY.box(bytes(31), context=vault.context("draft-key", ROW))
    with pytest.raises(UnsealError):
        vault.open_once(CASE_KEY, boxed, id=ROW)
