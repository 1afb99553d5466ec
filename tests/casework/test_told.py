"""What people are told: the pages before the file, seen by every process, never in the way."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from time import monotonic, sleep
from typing import Any

import pytest
from sqlalchemy import select, update

from intake.casework import (
    Conflict,
    NotAllowed,
    Reader,
    Service,
    telling,
    told,
)
from intake.casework.account_notices import notices
from intake.casework.checks import told as checks
from intake.casework.checks.finding import Health
from intake.casework.codec import decode
from intake.casework.statements import COMPLAINT, fixed, of_consent
from intake.casework.told import Mark, consent_part
from intake.casework.told_rows import Kept
from intake.form.consent_texts import consent_text
from intake.form.vocabularies import LANGUAGES
from intake.roles import Role
from intake.settings import SettingsError, Texts
from intake.store.service import AuditRow, SettingRow
from intake.vault import Ring, open_audit_line
from tests.casework.joining import proof
from tests.people import COORDINATOR, NOW, service_in

COALITION = {"coalition": {"kk": "Біз", "ru": "Мы", "en": "We of the page"}}
ELSEWHERE = "https://www.weather.example/"
NEW = {"kk": "Жаңа сөздер", "ru": "Новые слова", "en": "New words"}


@pytest.fixture
def administrator(coordinator_on_each: Reader) -> Reader:
    """The first coordinator, who keeps the settings too."""
    return replace(coordinator_on_each, roles=frozenset({Role.ADMINISTRATOR, Role.COORDINATOR}))


@pytest.fixture
def installed(service_on_each: Service) -> Service:
    """The installation, on each kind of database."""
    return service_on_each


@pytest.fixture
def other_process(installed: Service) -> Iterator[Service]:
    """Another process of the same installation, which remembers for itself."""
    other = service_in(
        installed.settings.instance, installed.engine.url.render_as_string(hide_password=False)
    )
    yield other
    other.engine.dispose()


def keep(reader: Reader, part: str, content: dict[str, Any], revision: int = 0) -> None:
    proved = proof(reader) if part in telling.NEEDS_PROOF else None
    telling.keep_part(reader, part, content, proof=proved, revision=revision, now=NOW)


def publish(reader: Reader, code: str, texts: dict[str, str], revision: int = 0) -> str:
    proved = proof(reader)
    return telling.publish(reader, code, texts, proof=proved, revision=revision, now=NOW)


@pytest.mark.parametrize("part", sorted(telling.NEEDS_PROOF))
def test_where_people_are_led_is_changed_with_fresh_proof_of_ones_own(
    administrator: Reader, second_on_each: Reader, part: str
) -> None:
    for proved in (None, proof(second_on_each)):
        with pytest.raises(NotAllowed):
            telling.keep_part(administrator, part, {}, proof=proved, revision=0, now=NOW)
    with pytest.raises(NotAllowed):
        telling.publish(
            administrator, "contact", NEW, proof=proof(second_on_each), revision=0, now=NOW
        )


def damage(installed: Service, part: str, box: bytes = b"\x01nothing that opens") -> None:
    """What a thief or a failing disk does to a row; its revision goes on."""
    with installed.writing() as session:
        name = f"told.{part}"
        session.execute(
            update(SettingRow).where(SettingRow.name == name).values(box=box, revision=9)
        )
    told.forget(installed)


def test_the_file_is_told_while_no_page_says_otherwise(installed: Service) -> None:
    changed = replace(
        installed, settings=replace(installed.settings, coalition=Texts("a", "b", "c"))
    )
    assert told.in_force(changed).coalition == Texts("a", "b", "c")
    assert told.in_force(installed).coalition == installed.settings.coalition
    assert told.in_force(installed).exit_url == "https://www.wikipedia.org/"


def test_what_a_page_keeps_counts_before_the_file(
    installed: Service, administrator: Reader
) -> None:
    keep(administrator, "coalition", COALITION)
    assert told.in_force(installed).coalition.en == "We of the page"
    assert told.in_force(installed).kept["coalition"].by == administrator.member
    assert told.in_force(installed).kept["coalition"].at == NOW
    telling.use_file(administrator, "coalition", revision=1, now=NOW)
    assert told.in_force(installed).coalition == installed.settings.coalition


def test_nothing_told_on_a_page_counts_before_the_file_too(
    installed: Service, administrator: Reader
) -> None:
    keep(administrator, "exit", {"exit_url": ELSEWHERE})
    keep(administrator, "numbers", {"emergency_numbers": None})
    with_file = replace(
        installed, settings=replace(installed.settings, exit_url="https://a.example")
    )
    assert told.in_force(with_file).exit_url == ELSEWHERE
    assert told.in_force(with_file).emergency_numbers == ()


def test_another_process_learns_of_a_change_within_two_seconds(
    administrator: Reader, other_process: Service
) -> None:
    assert not told.in_force(other_process).coalition
    keep(administrator, "coalition", COALITION)
    until = monotonic() + 60
    while not told.in_force(other_process).coalition and monotonic() < until:
        sleep(0.1)
    assert told.in_force(other_process).coalition.en == "We of the page"


def test_what_breaks_a_rule_of_the_settings_is_not_kept(
    installed: Service, administrator: Reader
) -> None:
    for content in (
        {"exit_url": "http://plain.example"},
        {"exit_url": ELSEWHERE, "desk_url": ELSEWHERE},
        {"exit_url": 7},
        {},
    ):
        with pytest.raises(SettingsError):
            keep(administrator, "exit", content)
    assert told.in_force(installed).exit_url == "https://www.wikipedia.org/"


def test_of_two_who_save_a_part_the_later_is_refused(administrator: Reader) -> None:
    keep(administrator, "exit", {"exit_url": ELSEWHERE})
    with pytest.raises(Conflict):
        keep(administrator, "exit", {"exit_url": "https://other.example"})
    keep(administrator, "exit", {"exit_url": "https://other.example"}, revision=1)


def test_who_may_not_keep_settings_changes_and_reads_nothing(
    installed: Service, second_on_each: Reader
) -> None:
    statement = fixed()["clock.erdr"]
    mark = Mark(statement.digest, "lawyer", NOW.date(), "")
    for act in (
        lambda: keep(second_on_each, "exit", {"exit_url": ELSEWHERE}),
        lambda: telling.use_file(second_on_each, "exit", revision=0, now=NOW),
        lambda: publish(second_on_each, "contact", NEW),
        lambda: telling.mark(second_on_each, statement.key, mark, revision=0, now=NOW),
        lambda: telling.unmark(second_on_each, statement.key, revision=0, now=NOW),
        lambda: telling.standing(second_on_each),
        lambda: telling.revisions(second_on_each),
        lambda: telling.handles(second_on_each),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert told.in_force(installed).kept == {}


def test_a_damaged_row_falls_back_to_the_file_and_the_doctor_says_so(
    installed: Service, administrator: Reader
) -> None:
    keep(administrator, "coalition", COALITION)
    keep(administrator, "exit", {"exit_url": ELSEWHERE})
    assert checks.settings(installed, NOW).health is Health.OK
    damage(installed, "coalition")
    assert told.in_force(installed).coalition == installed.settings.coalition
    assert told.in_force(installed).exit_url == ELSEWHERE
    assert told.in_force(installed).damaged == ("coalition",)
    finding = checks.settings(installed, NOW)
    assert finding.health is Health.FAIL
    assert "coalition" in finding.words
    keep(administrator, "coalition", COALITION, revision=9)
    assert told.in_force(installed).damaged == ()


def test_a_row_that_an_older_revision_is_put_into_does_not_open(
    installed: Service, administrator: Reader
) -> None:
    keep(administrator, "exit", {"exit_url": "https://old.example"})
    with installed.reading() as session:
        old = session.get_one(SettingRow, "told.exit").box
    keep(administrator, "exit", {"exit_url": ELSEWHERE}, revision=1)
    damage(installed, "exit", old)
    assert told.in_force(installed).damaged == ("exit",)
    assert told.in_force(installed).exit_url == "https://www.wikipedia.org/"


def test_what_a_changed_file_makes_wrong_is_told_no_more(
    installed: Service, administrator: Reader
) -> None:
    keep(administrator, "exit", {"exit_url": ELSEWHERE})
    hosts = (*installed.settings.public_hosts, "weather.example")
    moved = replace(installed, settings=replace(installed.settings, public_hosts=hosts))
    assert told.in_force(moved).exit_url == "https://www.wikipedia.org/"
    assert told.in_force(moved).damaged == ("exit",)


def test_a_permission_without_words_of_its_own_has_those_of_the_program(
    installed: Service, administrator: Reader
) -> None:
    row = Kept(1, NOW, administrator.member, None)
    found = told.made(installed.settings, {consent_part(COMPLAINT): row})
    assert found.consent_text(COMPLAINT) == consent_text(COMPLAINT)


def test_a_database_that_does_not_answer_takes_no_page_down(
    installed: Service, administrator: Reader
) -> None:
    keep(administrator, "exit", {"exit_url": ELSEWHERE})
    assert told.in_force(installed).exit_url == ELSEWHERE
    with installed.writing() as session:
        SettingRow.__table__.drop(session.connection())  # type: ignore[attr-defined]
    told.forget(installed)
    assert told.in_force(installed).exit_url == ELSEWHERE  # as this process knew it
    fresh = service_in(
        installed.settings.instance, installed.engine.url.render_as_string(hide_password=False)
    )
    assert told.in_force(fresh).exit_url == "https://www.wikipedia.org/"
    fresh.engine.dispose()


def test_new_words_get_a_name_of_their_own_and_the_old_ones_stay(
    installed: Service, administrator: Reader
) -> None:
    first = publish(administrator, "contact", NEW)
    second = publish(administrator, "contact", {**NEW, "en": "Newer"}, 1)
    now_told = told.in_force(installed)
    shipped = consent_text("contact")
    assert [one.words.version for one in now_told.versions("contact")] == [
        shipped.version,
        first,
        second,
    ]
    assert (first, second) == ("2026-11-18.1", "2026-11-18.2")
    assert now_told.consent_text("contact").text("en") == "Newer"
    for version, words in ((first, "New words"), (shipped.version, shipped.text("en"))):
        found = now_told.consent_text_in("contact", version)
        assert found is not None
        assert found.text("en") == words
    assert now_told.consent_text_in("contact", "2026-11-18.3") is None
    assert now_told.consent_text("store") == consent_text("store")


@pytest.mark.parametrize("texts", [{}, {"kk": "a", "ru": "b"}, {**NEW, "kk": " "}])
def test_words_are_published_in_every_language_or_not_at_all(
    administrator: Reader, texts: dict[str, str]
) -> None:
    with pytest.raises(ValueError, match="every language"):
        publish(administrator, "contact", texts)


def test_a_history_that_does_not_open_is_not_written_over(
    installed: Service, administrator: Reader
) -> None:
    publish(administrator, "contact", NEW)
    damage(installed, consent_part("contact"))
    assert told.in_force(installed).consent_text("contact") == consent_text("contact")
    with pytest.raises(Conflict):
        publish(administrator, "contact", NEW, 9)


def test_a_mark_belongs_to_the_words_it_was_given_for(
    installed: Service, administrator: Reader
) -> None:
    words = of_consent(told.in_force(installed).consent_text(COMPLAINT))
    mark = Mark(words.digest, "lawyer", date(2026, 11, 17), "as of 2026")
    telling.mark(administrator, words.key, mark, revision=0, now=NOW)
    assert told.in_force(installed).mark_of(words) == mark
    publish(administrator, COMPLAINT, NEW)
    changed = telling.statements(told.in_force(installed))[words.key]
    assert not told.in_force(installed).is_checked(changed)
    assert told.in_force(installed).is_checked(words)  # for who still reads the words of before
    telling.unmark(administrator, words.key, revision=1, now=NOW)
    assert not told.in_force(installed).is_checked(words)


def test_one_mark_leaves_the_others(installed: Service, administrator: Reader) -> None:
    for revision, key in enumerate(("clock.erdr", "advice.protocol", "notice.complaint")):
        mark = Mark(fixed()[key].digest, "lawyer", NOW.date(), "")
        telling.mark(administrator, key, mark, revision=revision, now=NOW)
    telling.unmark(administrator, "advice.protocol", revision=3, now=NOW)
    assert set(told.in_force(installed).checked) == {"clock.erdr", "notice.complaint"}


def test_every_statement_has_words_in_every_language_and_a_digest_of_its_own(
    installed: Service,
) -> None:
    found = telling.statements(told.in_force(installed))
    assert {one.kind for one in found.values()} == {"clock", "advice", "notice", "consent"}
    for one in found.values():
        assert set(one.texts) == set(LANGUAGES)
        assert len(set(one.texts.values())) == len(LANGUAGES)
    assert len({one.digest for one in found.values()}) == len(found)


def test_each_change_leaves_a_line_that_names_the_part_and_a_notice(
    installed: Service, administrator: Reader, second_on_each: Reader
) -> None:
    keep(administrator, "exit", {"exit_url": ELSEWHERE})
    publish(administrator, "contact", NEW)
    with installed.reading() as session:
        key = administrator.ring(session, Ring.AUDIT)
        rows = session.scalars(select(AuditRow).order_by(AuditRow.seq.desc()).limit(2)).all()
        lines = [decode(open_audit_line(key, row.box, sequence=row.seq)) for row in rows]
    assert [(line["act"], line["by"], line["detail"]) for line in lines] == [
        (
            "settings_changed",
            administrator.member.hex,
            {"part": "consent.contact", "revision": 1, "version": "2026-11-18.1"},
        ),
        ("settings_changed", administrator.member.hex, {"part": "exit", "revision": 1}),
    ]
    for reader in (administrator, second_on_each):
        told_of = [one.about for one in notices(reader) if one.kind == "settings_changed"]
        assert sorted(str(about["part"]) for about in told_of) == ["consent.contact", "exit"]
        assert {about["by"] for about in told_of} == {COORDINATOR}


def test_nothing_of_it_is_readable_in_the_database(
    installed: Service, administrator: Reader
) -> None:
    publish(administrator, "contact", NEW)
    with installed.reading() as session:
        row = session.get_one(SettingRow, f"told.{consent_part('contact')}")
        box = bytes(row.box)
    assert "Новые слова".encode() not in box
