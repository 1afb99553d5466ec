"""Drafts: what is typed stays, for the browser that typed it and the code's holder alone."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select

from intake.casework import (
    CodeError,
    DraftTooLong,
    ExpiredCode,
    SavedDraft,
    Service,
    SessionEnded,
    StorageFull,
    UnknownCode,
    begin_draft,
    change_draft,
    come_back,
    draft_code,
    enter,
    forget_draft,
    forget_unsaved_draft,
    new_once,
    read_draft,
    renewed_draft,
    save_draft,
    send_draft,
    written_down,
)
from intake.casework.purge import purge
from intake.casework.room import free_bytes, leave_the_reserve
from intake.form import events, people
from intake.form.answers import Answers, State
from intake.form.draft import Draft
from intake.form.questions import Text
from intake.store.tables import DraftRow
from tests.people import NOW, send

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TABS, WORDS_OF_EACH = 4, 6


def begun(service: Service, once: str | None = None) -> str:
    """A browser that has the form open."""
    return begin_draft(service, once=once or new_once(), now=NOW)


def saying(words: str, question: Text = events.NARRATIVE) -> Callable[[Draft], Draft]:
    """One more answer."""
    return lambda draft: draft.answering(draft.answers.having(question, words))


def typed(service: Service, words: str = "they came at night") -> str:
    """A browser in which somebody has written something."""
    visit = begun(service)
    change_draft(service, visit, saying(words), now=NOW)
    return visit


def saved(service: Service, words: str = "they came at night") -> SavedDraft:
    return save_draft(service, typed(service, words), now=NOW)


def told(service: Service, visit: str) -> str | None:
    return read_draft(service, visit, now=NOW).draft.answers[events.NARRATIVE]


def rows(service: Service) -> list[DraftRow]:
    with service.reading() as session:
        return list(session.scalars(select(DraftRow)))


def test_what_was_typed_is_there_again_with_the_way_that_was_gone(
    service_on_each: Service,
) -> None:
    visit = begun(service_on_each)
    draft = Draft(sent=("narrative",), typed={"detained_on": "last Friday"})
    draft = draft.answering(Answers().having(people.VICTIM_NAME, State.PREFER_NOT_TO_SAY))
    draft = draft.passing("who").passing("story", skipping=True)

    change_draft(service_on_each, visit, lambda _: draft, now=NOW)

    assert read_draft(service_on_each, visit, now=NOW).draft == draft


def test_nothing_is_stored_until_something_is_typed(service: Service) -> None:
    visit = begun(service)
    change_draft(service, visit, lambda draft: draft, now=NOW)

    opened = read_draft(service, visit, now=NOW)
    assert (opened.draft, opened.is_saved, rows(service)) == (Draft(), False, [])


def test_a_form_may_begin_with_what_was_told_before(service: Service) -> None:
    draft = Draft(sent=("narrative",))
    visit = begin_draft(service, once=new_once(), now=NOW, draft=draft)
    assert read_draft(service, visit, now=NOW).draft == draft


def test_a_form_that_begins_twice_keeps_what_was_typed_between(service: Service) -> None:
    once, draft = new_once(), Draft(sent=("narrative",))
    first = begin_draft(service, once=once, now=NOW, draft=draft)
    change_draft(service, first, saying("more"), now=NOW)

    again = begin_draft(service, once=once, now=NOW, draft=draft)

    assert told(service, again) == "more"


@pytest.mark.parametrize("once", ["", "short", "A" * 44])
def test_a_made_up_form_number_is_refused(service: Service, once: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        begin_draft(service, once=once, now=NOW)


def test_another_form_sees_nothing_of_it(service: Service) -> None:
    typed(service)
    assert read_draft(service, begun(service), now=NOW).draft == Draft()


@pytest.mark.parametrize("text", ["", "a", "é", "AAAA" * 30])
def test_what_is_no_visit_of_ours_opens_nothing(service: Service, text: str) -> None:
    for use in (read_draft, renewed_draft, save_draft, draft_code):
        with pytest.raises(SessionEnded):
            use(service, text, now=NOW)
    for end in (forget_draft, forget_unsaved_draft, written_down):
        with pytest.raises(SessionEnded):
            end(service, text)


def test_the_visit_of_a_conversation_is_none_of_a_draft(service: Service) -> None:
    conversation = enter(service, send(service).code, now=NOW)
    with pytest.raises(SessionEnded):
        read_draft(service, conversation, now=NOW)


def test_tabs_that_write_at_once_lose_nothing_of_each_other(service_on_each: Service) -> None:
    service, visit = service_on_each, begun(service_on_each)

    def write(tab: int) -> None:
        for number in range(WORDS_OF_EACH):
            question = Text(f"q{tab}-{number}", "", compartment=events.NARRATIVE.compartment)
            change_draft(service, visit, saying(f"{tab} said {number}", question), now=NOW)

    with ThreadPoolExecutor(TABS) as threads:
        for done in [threads.submit(write, tab) for tab in range(TABS)]:
            done.result()

    kept = read_draft(service, visit, now=NOW).draft.answers.values
    assert kept == {
        f"q{tab}-{number}": f"{tab} said {number}"
        for tab in range(TABS)
        for number in range(WORDS_OF_EACH)
    }
    assert [row.revision for row in rows(service)] == [TABS * WORDS_OF_EACH]


def test_a_change_that_fails_leaves_everything_as_it_was(service: Service) -> None:
    visit = typed(service, "before")

    def refuse(draft: Draft) -> Draft:
        raise KeyError(draft)

    with pytest.raises(KeyError):
        change_draft(service, visit, refuse, now=NOW)
    assert told(service, visit) == "before"


def test_a_draft_that_grows_too_long_stays_as_it_was(service: Service) -> None:
    visit = typed(service, "before")
    with pytest.raises(DraftTooLong):
        change_draft(service, visit, saying("ж" * 300_000), now=NOW)
    assert told(service, visit) == "before"


def test_three_hours_of_writing_are_not_too_long(service: Service) -> None:
    visit = typed(service, "ж" * 200_000)
    assert len(told(service, visit) or "") == 200_000


def test_saying_the_same_again_writes_nothing(service: Service) -> None:
    visit = typed(service)
    before = [(row.revision, row.box) for row in rows(service)]
    change_draft(service, visit, saying("they came at night"), now=NOW)
    assert [(row.revision, row.box) for row in rows(service)] == before


def test_a_full_disk_loses_nothing_that_was_stored_before(service: Service) -> None:
    visit, stored = typed(service), ["they came at night"]
    with service.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        connection.rollback()

    def write_on() -> None:
        for length in range(1000, 200_000, 1000):
            change_draft(service, visit, saying("ж" * length), now=NOW)
            stored.append("ж" * length)

    with pytest.raises(StorageFull):
        write_on()
    assert told(service, visit) == stored[-1]


def in_the_reserve(service: Service) -> Service:
    """The same installation, on whose disk only what is kept for reports is left."""
    everything = 2 * free_bytes(service.settings.instance)
    return replace(service, settings=replace(service.settings, disk_reserve_bytes=everything))


def test_no_new_draft_begins_in_the_last_room_of_the_disk(service_on_each: Service) -> None:
    full = in_the_reserve(service_on_each)
    visit = begun(full)
    for begin in (
        lambda: change_draft(full, visit, saying("they came at night"), now=NOW),
        lambda: save_draft(full, visit, now=NOW),
        lambda: begin_draft(full, once=new_once(), now=NOW, draft=Draft(sent=("narrative",))),
    ):
        with pytest.raises(StorageFull):
            begin()
    assert rows(full) == []
    change_draft(service_on_each, visit, saying("when there is room again"), now=NOW)
    assert told(service_on_each, visit) == "when there is room again"


def test_a_draft_that_exists_goes_on_in_the_last_room_and_is_sent(
    service_on_each: Service,
) -> None:
    visit, full = typed(service_on_each), in_the_reserve(service_on_each)

    change_draft(full, visit, saying("ж" * 20_000), now=NOW)
    kept = save_draft(full, visit, now=NOW)
    back = come_back(full, kept.code, now=NOW).draft or ""
    change_draft(full, back, saying("and then"), now=NOW)

    assert told(full, back) == "and then"
    assert send_draft(full, back, language="en", now=NOW)[1].code == kept.code
    assert rows(full) == []


def test_an_urgent_report_is_taken_in_the_last_room(service_on_each: Service) -> None:
    full = in_the_reserve(service_on_each)
    assert enter(full, send(full).code, now=NOW)


def test_the_reserve_begins_where_less_than_it_is_free(service: Service) -> None:
    reserve, asked = service.settings.disk_reserve_bytes, list[Path]()

    def free(folder: Path, *, missing: int = 0) -> int:
        asked.append(folder)
        return reserve - missing

    leave_the_reserve(service.settings, free=free)
    with pytest.raises(StorageFull):
        leave_the_reserve(service.settings, free=partial(free, missing=1))
    assert set(asked) == {service.settings.instance}


def test_few_words_and_many_look_the_same_to_a_thief(service: Service) -> None:
    for words in ("a", "ж" * 1500):
        typed(service, words)
    typed(service, "ж" * 3000)
    sizes = sorted(len(row.box) for row in rows(service))
    assert sizes[0] == sizes[1] < sizes[2]


def test_a_saved_draft_looks_like_any_other_but_for_its_code(service: Service) -> None:
    saved(service)
    typed(service)
    plain, kept = sorted(rows(service), key=lambda row: row.look_up is not None)
    assert (plain.look_up, plain.key_box) == (None, None)
    assert len(plain.box) == len(kept.box)
    assert kept.look_up is not None
    assert kept.key_box is not None


def test_without_saving_the_browser_may_rest_a_day(service: Service) -> None:
    visit = typed(service)
    assert read_draft(service, visit, now=NOW + DAY).draft != Draft()
    with pytest.raises(SessionEnded):
        read_draft(service, visit, now=NOW + DAY + timedelta(seconds=1))


def test_a_saved_draft_closes_by_itself_after_two_hours(service: Service) -> None:
    visit = saved(service).visit
    assert read_draft(service, visit, now=NOW + 2 * HOUR).draft != Draft()
    with pytest.raises(SessionEnded):
        read_draft(service, visit, now=NOW + 2 * HOUR + timedelta(seconds=1))


def test_who_goes_on_keeps_the_draft_open(service: Service) -> None:
    visit = saved(service).visit
    renewed = renewed_draft(service, visit, now=NOW + 2 * HOUR)
    assert read_draft(service, renewed, now=NOW + 4 * HOUR).is_saved
    with pytest.raises(SessionEnded):
        renewed_draft(service, visit, now=NOW + 3 * HOUR)


def test_an_ended_visit_changes_nothing(service: Service) -> None:
    visit = typed(service, "before")
    with pytest.raises(SessionEnded):
        change_draft(service, visit, saying("after"), now=NOW + 2 * DAY)
    assert told(service, visit) == "before"


def test_the_return_code_brings_a_saved_draft_back(service_on_each: Service) -> None:
    code = saved(service_on_each).code

    back = come_back(service_on_each, code.replace(" ", "-"), now=NOW)

    assert (back.conversation, told(service_on_each, back.draft or "")) == (
        None,
        "they came at night",
    )


def test_what_is_written_after_coming_back_is_the_same_draft(service: Service) -> None:
    kept = saved(service)
    back = come_back(service, kept.code, now=NOW).draft or ""
    change_draft(service, back, saying("two days later", people.VICTIM_NAME), now=NOW)

    answers = read_draft(service, kept.visit, now=NOW).draft.answers
    assert answers[people.VICTIM_NAME] == "two days later"
    assert answers[events.NARRATIVE] == "they came at night"


def test_saving_again_gives_the_same_code(service_on_each: Service) -> None:
    first = saved(service_on_each)
    again = save_draft(service_on_each, first.visit, now=NOW)
    assert (again.code, again.kept_until) == (first.code, first.kept_until)
    assert len(rows(service_on_each)) == 1


def test_a_draft_can_be_saved_before_anything_is_typed(service: Service) -> None:
    kept = save_draft(service, begun(service), now=NOW)
    back = come_back(service, kept.code, now=NOW).draft
    assert read_draft(service, back or "", now=NOW).draft == Draft()


def test_a_draft_that_was_not_saved_has_no_code_yet(service: Service) -> None:
    once = new_once()
    visit = begun(service, once)
    change_draft(service, visit, saying("x"), now=NOW)
    assert draft_code(service, visit, now=NOW) is None
    code = save_draft(service, visit, now=NOW).code
    forget_draft(service, visit)
    change_draft(service, visit, saying("x"), now=NOW)
    with pytest.raises(UnknownCode):
        come_back(service, code, now=NOW)


def test_a_mistyped_code_is_told_at_once(service: Service) -> None:
    with pytest.raises(CodeError):
        come_back(service, "1234", now=NOW)


def test_the_code_is_shown_for_an_hour(service: Service) -> None:
    kept = saved(service)
    assert draft_code(service, kept.visit, now=NOW + HOUR) == kept.code
    assert draft_code(service, kept.visit, now=NOW + HOUR + timedelta(seconds=1)) is None
    assert read_draft(service, kept.visit, now=NOW).code_shown_until == NOW + HOUR


def test_a_code_that_was_written_down_is_shown_no_more(service: Service) -> None:
    kept = saved(service)
    visit = written_down(service, kept.visit)
    assert draft_code(service, visit, now=NOW) is None
    again = save_draft(service, visit, now=NOW)
    assert draft_code(service, again.visit, now=NOW) is None
    assert told(service, again.visit) == "they came at night"


def test_who_saves_again_may_see_the_code_for_another_hour(service: Service) -> None:
    again = save_draft(service, saved(service).visit, now=NOW + HOUR)
    assert draft_code(service, again.visit, now=NOW + 2 * HOUR) == again.code


def test_the_code_is_not_shown_to_who_came_back_with_it(service: Service) -> None:
    back = come_back(service, saved(service).code, now=NOW).draft
    assert draft_code(service, back or "", now=NOW) is None


def test_a_draft_is_kept_a_day_and_a_saved_one_seven(service: Service) -> None:
    visit = typed(service)
    assert read_draft(service, visit, now=NOW).kept_until == date(2026, 11, 19)
    kept = save_draft(service, visit, now=NOW)
    assert kept.kept_until == date(2026, 11, 25)
    opened = read_draft(service, kept.visit, now=NOW)
    assert (opened.is_saved, opened.kept_until) == (True, kept.kept_until)


def test_writing_on_keeps_a_saved_draft_longer(service: Service) -> None:
    kept = saved(service)
    back = come_back(service, kept.code, now=NOW + 5 * DAY).draft or ""
    change_draft(service, back, saying("more"), now=NOW + 5 * DAY)
    purge(service, now=NOW + 12 * DAY)
    assert come_back(service, kept.code, now=NOW + 12 * DAY).draft


def test_on_its_last_day_a_saved_draft_comes_back_and_then_no_more(service: Service) -> None:
    code = saved(service).code
    assert come_back(service, code, now=NOW + 7 * DAY).draft
    with pytest.raises(ExpiredCode):
        come_back(service, code, now=NOW + 8 * DAY)
    assert purge(service, now=NOW + 8 * DAY).drafts == 1
    with pytest.raises(UnknownCode):
        come_back(service, code, now=NOW + 8 * DAY)


def test_a_draft_that_somebody_reads_is_not_purged(service: Service) -> None:
    visit = typed(service)
    for days in (1, 2, 3):
        visit = renewed_draft(service, visit, now=NOW + days * DAY)
        purge(service, now=NOW + days * DAY)
    assert read_draft(service, visit, now=NOW + 4 * DAY).draft != Draft()


def test_a_forgotten_draft_is_gone_for_everybody(service_on_each: Service) -> None:
    kept = saved(service_on_each)
    forget_draft(service_on_each, kept.visit)
    forget_draft(service_on_each, kept.visit)
    assert rows(service_on_each) == []
    with pytest.raises(UnknownCode):
        come_back(service_on_each, kept.code, now=NOW)


def test_leaving_takes_away_what_was_not_saved_and_nothing_else(
    service_on_each: Service,
) -> None:
    kept, other = saved(service_on_each), typed(service_on_each)
    for visit in (kept.visit, other, begun(service_on_each)):
        forget_unsaved_draft(service_on_each, visit)
    with service_on_each.reading() as session:
        assert session.scalar(select(func.count()).select_from(DraftRow)) == 1
    assert told(service_on_each, kept.visit) == "they came at night"


def test_what_was_deleted_in_one_browser_is_not_begun_anew_in_another(
    service: Service,
) -> None:
    saved = save_draft(service, typed(service), now=NOW)
    other = come_back(service, saved.code, now=NOW).draft or ""
    forget_draft(service, saved.visit)

    with pytest.raises(SessionEnded):
        change_draft(service, other, saying("and then"), now=NOW)
    with service.reading() as session:
        assert session.scalar(select(func.count()).select_from(DraftRow)) == 0
