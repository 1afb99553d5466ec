"""Colleagues named in notes."""

import pytest

from intake.casework import (
    AccountNotice,
    Reader,
    add_note,
    dismiss_notice,
    new_once,
    notices_for,
)
from intake.casework.restricting import restrict
from intake.casework.team.mentions import handles_in, mentions
from tests.casework.joining import proof
from tests.people import NOW, Sent, send_and_open


def note(reader: Reader, sent: Sent, text: str, once: str | None = None) -> None:
    add_note(reader, sent.ref, text, once=once or new_once(), now=NOW)


def told(reader: Reader) -> list[AccountNotice]:
    return [one for one in notices_for(reader) if one.kind == "mentioned"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("@second: can you call?", {"second"}),
        ("Ask @Second.", {"second"}),
        ("@second @third-one, both", {"second", "third-one"}),
        ("write to second@example.org", set()),
        ("nobody @ all", set()),
    ],
)
def test_who_is_named_stands_behind_an_at(text: str, named: set[str]) -> None:
    assert handles_in(text) == named


def test_who_is_named_is_told_once_where_and_by_whom_but_not_what(
    coordinator: Reader, second: Reader
) -> None:
    sent, once = send_and_open(coordinator), new_once()
    for _ in range(2):
        note(coordinator, sent, "@second knows somebody in Thistledown. @coordinator", once)
    (mention,) = mentions(second)
    assert (mention.by, mention.ref) == (coordinator.handle, sent.ref)
    assert [set(one.about) for one in told(second)] == [{"handle", "ref"}]
    assert mentions(coordinator) == ()
    dismiss_notice(second, mention.notice)
    assert mentions(second) == ()


def test_who_may_not_open_the_case_is_not_told_of_it(
    coordinator: Reader, second: Reader
) -> None:
    sent, before = send_and_open(coordinator), send_and_open(coordinator)
    note(coordinator, before, "@second, look at this.")
    named = [coordinator.member]
    for one in (sent, before):
        restrict(coordinator, one.ref, named, "A cousin", proof(coordinator), now=NOW)
    note(coordinator, sent, "@second must not know.")
    assert [one.about["ref"] for one in told(second)] == [before.ref]
    assert mentions(second) == ()
