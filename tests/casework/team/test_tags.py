"""Tags on cases, and cases that are put off."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from intake.casework import (
    Conflict,
    Reader,
    Service,
    correspondence,
    enter,
    new_once,
    overview,
    timeline,
    write,
)
from intake.casework.case_file import opened
from intake.casework.facts_box import KeptFacts
from intake.casework.team import papers, snoozing, tags
from intake.casework.team.snoozing import TooLong
from intake.casework.team.tags import NameTaken, TooManyTags
from tests.people import NOW, Sent, send_and_open, short_report


def tag(reader: Reader, name: str) -> str:
    id_ = uuid4()
    for _ in range(2):
        tags.keep_tag(reader, id_, name, seen=papers.NEW, now=NOW)
    return id_.hex


def kept(reader: Reader, sent: Sent) -> KeptFacts:
    with opened(reader, sent.ref, "", now=NOW) as file:
        file.act = None
        return file.kept


def version(reader: Reader, sent: Sent) -> int:
    return overview(reader, sent.ref, now=NOW).version


def acts(reader: Reader, sent: Sent, act: str) -> int:
    return [line.act for line in timeline(reader, sent.ref, now=NOW)].count(act)


def test_a_tag_is_the_teams_and_a_case_carries_its_key(
    coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    key = tag(coordinator_on_each, "  Prison   strike ")
    assert tags.names(second_on_each) == {key: "Prison strike"}
    sent = send_and_open(coordinator_on_each)
    for _ in range(2):
        tags.add_tag(second_on_each, sent.ref, key, now=NOW)
    assert kept(coordinator_on_each, sent).tags == (key,)
    assert acts(coordinator_on_each, sent, "tags_changed") == 1


def test_no_two_tags_are_called_the_same(coordinator: Reader) -> None:
    key = tag(coordinator, "Strike")
    with pytest.raises(NameTaken):
        tags.keep_tag(coordinator, uuid4(), "strike", seen=papers.NEW, now=NOW)
    tags.keep_tag(coordinator, UUID(hex=key), "STRIKE", seen=1, now=NOW)
    assert tags.names(coordinator) == {key: "STRIKE"}
    with pytest.raises(Conflict):
        tags.keep_tag(coordinator, UUID(hex=key), "Other", seen=1, now=NOW)


def test_a_case_carries_the_tags_that_were_chosen_unless_somebody_saved_meanwhile(
    coordinator: Reader, second: Reader
) -> None:
    one, other = tag(coordinator, "One"), tag(coordinator, "Other")
    sent = send_and_open(coordinator)
    seen = version(coordinator, sent)
    for _ in range(2):
        tags.put_tags(coordinator, sent.ref, [one, "0" * 32], version=seen, now=NOW)
    assert kept(coordinator, sent).tags == (one,)
    with pytest.raises(Conflict):
        tags.put_tags(second, sent.ref, [other], version=seen, now=NOW)
    tags.put_tags(second, sent.ref, [], version=version(second, sent), now=NOW)
    assert kept(coordinator, sent).tags == ()


def test_a_case_carries_at_most_eight_tags(coordinator: Reader) -> None:
    keys = [tag(coordinator, f"Tag {n}") for n in range(tags.MOST + 1)]
    sent = send_and_open(coordinator)
    with pytest.raises(TooManyTags):
        tags.put_tags(coordinator, sent.ref, keys, version=2, now=NOW)
    for key in keys[: tags.MOST]:
        tags.add_tag(coordinator, sent.ref, key, now=NOW)
    with pytest.raises(TooManyTags):
        tags.add_tag(coordinator, sent.ref, keys[-1], now=NOW)


def test_a_tag_taken_away_stands_on_no_case_any_more(coordinator: Reader) -> None:
    key = tag(coordinator, "One")
    sent = send_and_open(coordinator)
    tags.add_tag(coordinator, sent.ref, key, now=NOW)
    tags.remove_tag(coordinator, UUID(hex=key), seen=1, now=NOW)
    assert tags.names(coordinator) == {}
    tags.put_tags(coordinator, sent.ref, [key], version=version(coordinator, sent), now=NOW)
    assert kept(coordinator, sent).tags == ()


def test_a_case_is_put_off_until_a_day_and_shown_again_by_hand(coordinator: Reader) -> None:
    sent = send_and_open(coordinator, short_report(narrative="They took him."))
    until = NOW + timedelta(days=2)
    for _ in range(2):
        snoozing.snooze(coordinator, sent.ref, until, now=NOW)
    assert kept(coordinator, sent).snoozed_until == until
    for _ in range(2):
        snoozing.wake(coordinator, sent.ref, now=NOW)
    assert kept(coordinator, sent).snoozed_until is None
    assert (acts(coordinator, sent, "snoozed"), acts(coordinator, sent, "woken")) == (1, 1)


def test_a_new_message_ends_the_putting_off(coordinator: Reader, service: Service) -> None:
    sent = send_and_open(coordinator, short_report(narrative="They took him."))
    snoozing.snooze(coordinator, sent.ref, NOW + timedelta(days=2), now=NOW)
    visit = enter(service, sent.code, now=NOW)
    write(service, visit, "He is at home.", kind="message", once=new_once(), now=NOW)
    assert overview(coordinator, sent.ref, now=NOW).row.has_news
    correspondence(coordinator, sent.ref, now=NOW)
    assert kept(coordinator, sent).snoozed_until is None


def test_nothing_urgent_is_put_off_for_long(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    with pytest.raises(TooLong) as refused:
        snoozing.snooze(coordinator, sent.ref, NOW + timedelta(days=2), now=NOW)
    assert refused.value.longest == timedelta(days=1)
    with pytest.raises(ValueError, match="to come"):
        snoozing.snooze(coordinator, sent.ref, NOW, now=NOW)
    snoozing.snooze(coordinator, sent.ref, NOW + timedelta(days=1), now=NOW)


def test_what_somebody_saved_meanwhile_stops_the_putting_off(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    seen = version(coordinator, sent)
    snoozing.snooze(coordinator, sent.ref, NOW + timedelta(hours=2), version=seen, now=NOW)
    with pytest.raises(Conflict):
        snoozing.snooze(coordinator, sent.ref, NOW + timedelta(hours=3), version=seen, now=NOW)
