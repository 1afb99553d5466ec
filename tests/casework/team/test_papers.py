"""What the team shares and what a member keeps: templates, drafts, shift notes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from intake.casework import (
    Conflict,
    NotAllowed,
    Reader,
    Service,
    UnknownCase,
    correspondence,
    members,
    new_once,
    send_message,
    timeline,
)
from intake.casework.correspondence import show_draft
from intake.casework.member_states import LEFT
from intake.casework.restricting import restrict
from intake.casework.team import drafts, papers, shift_notes, templates
from intake.form.pages import pages
from intake.roles import Role
from intake.store.team import TeamDocumentRow
from intake.vault import Key, Sealed, UnsealError, open_message
from tests.casework.joining import add, proof
from tests.people import NOW, send_and_open

WORDS = {"ru": "Мы ищем адвоката.", "kk": "Біз адвокат іздеп жатырмыз.", "en": ""}


def boxes(service: Service) -> list[tuple[str, int, bytes]]:
    with service.reading() as session:
        rows = session.scalars(select(TeamDocumentRow))
        return [(row.kind, row.revision, bytes(row.box)) for row in rows]


def keep(reader: Reader, *, title: str = "Lawyer", seen: int = papers.NEW) -> None:
    templates.keep_template(reader, ID, title, WORDS, seen=seen, now=NOW)


ID = uuid4()


def test_a_template_is_shared_sealed_and_leaves_out_empty_languages(
    coordinator_on_each: Reader, second_on_each: Reader, service_on_each: Service
) -> None:
    for _ in range(2):
        keep(coordinator_on_each)
    (one,) = templates.templates(second_on_each)
    assert (one.title, one.by, one.revision) == ("Lawyer", coordinator_on_each.handle, 1)
    assert one.texts == {code: text for code, text in WORDS.items() if text}
    assert one.in_language("kk") == ("kk", WORDS["kk"])
    assert one.in_language("en") == ("ru", WORDS["ru"])
    ((kind, _revision, box),) = boxes(service_on_each)
    assert kind == "template"
    assert WORDS["ru"].encode() not in box


def test_of_two_who_change_a_template_the_later_is_told(
    coordinator: Reader, second: Reader
) -> None:
    keep(coordinator)
    keep(coordinator, title="A lawyer", seen=1)
    keep(coordinator, title="A lawyer", seen=1)
    with pytest.raises(Conflict):
        keep(second, title="Another", seen=1)
    with pytest.raises(Conflict):
        templates.remove_template(second, ID, seen=1, now=NOW)
    assert templates.template(second, ID).title == "A lawyer"
    for _ in range(2):
        templates.remove_template(second, ID, seen=2, now=NOW)
    with pytest.raises(UnknownCase):
        templates.template(second, ID)


def test_a_template_without_words_is_none(coordinator: Reader) -> None:
    with pytest.raises(ValueError, match="at least one text"):
        templates.keep_template(coordinator, ID, "Empty", {"ru": " "}, seen=0, now=NOW)


def test_specialists_neither_read_nor_keep_what_coordinators_share(
    coordinator: Reader,
) -> None:
    lawyer = add(coordinator, "lawyer", Role.LAWYER)
    with pytest.raises(NotAllowed):
        templates.templates(lawyer)
    with pytest.raises(NotAllowed):
        keep(lawyer)
    with pytest.raises(NotAllowed):
        shift_notes.shift_notes(lawyer, now=NOW)


def test_a_paper_of_another_kind_in_its_place_is_not_believed(
    coordinator: Reader, service: Service
) -> None:
    keep(coordinator)
    with service.writing() as session:
        session.execute(update(TeamDocumentRow).values(kind="shift_note"))
    assert shift_notes.shift_notes(coordinator, now=NOW) == ()
    assert templates.templates(coordinator) == ()


def test_a_draft_is_its_authors_alone_until_it_is_sent(
    coordinator_on_each: Reader, second_on_each: Reader, service_on_each: Service
) -> None:
    coordinator, second = coordinator_on_each, second_on_each
    sent = send_and_open(coordinator)
    for _ in range(2):
        drafts.keep_draft(
            coordinator, sent.ref, "When is", questions=("medical/doctor",), now=NOW
        )
    found = drafts.draft_of(coordinator, sent.ref)
    assert found is not None
    assert (found.text, found.questions, found.revision) == ("When is", ("medical/doctor",), 1)
    assert drafts.draft_of(second, sent.ref) is None
    ((_kind, _revision, box),) = boxes(service_on_each)
    assert b"When is" not in box
    assert [line.act for line in timeline(second, sent.ref, now=NOW)].count("draft_kept") == 1

    words = "When is it safe?"
    send_message(coordinator, sent.ref, words, once=new_once(), draft=1, now=NOW)
    assert drafts.draft_of(coordinator, sent.ref) is None
    assert boxes(service_on_each) == []


def test_sending_one_message_leaves_a_draft_that_is_another(
    coordinator_on_each: Reader,
) -> None:
    reader = coordinator_on_each
    sent = send_and_open(reader)
    drafts.keep_draft(reader, sent.ref, "Two pages of words", now=NOW)
    drafts.keep_draft(reader, sent.ref, "Three pages of words", seen=1, now=NOW)
    for seen in (papers.NEW, 1, -1):  # no draft, the one before, a page that says nothing
        once, words = new_once(), f"We have read it: {seen}"
        send_message(reader, sent.ref, words, once=once, draft=seen, now=NOW)
    kept = drafts.draft_of(reader, sent.ref)
    assert kept is not None
    assert kept.text == "Three pages of words"


def test_a_draft_whose_very_words_are_sent_goes(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    drafts.keep_draft(coordinator, sent.ref, "We have read it", now=NOW)
    send_message(coordinator, sent.ref, "We have read it", once=new_once(), now=NOW)
    assert drafts.draft_of(coordinator, sent.ref) is None


def test_showing_a_reply_again_leaves_what_was_drafted_since(coordinator: Reader) -> None:
    sent, once = send_and_open(coordinator), new_once()
    drafts.keep_draft(coordinator, sent.ref, "When is it", now=NOW)
    show_draft(coordinator, sent.ref, "When is it safe?", once=once, draft=1, now=NOW)
    assert drafts.draft_of(coordinator, sent.ref) is None
    drafts.keep_draft(coordinator, sent.ref, "And where?", now=NOW)
    show_draft(coordinator, sent.ref, "When is it safe?", once=once, draft=1, now=NOW)
    kept = drafts.draft_of(coordinator, sent.ref)
    assert kept is not None
    assert kept.text == "And where?"


def test_a_second_window_does_not_write_over_a_draft(coordinator: Reader) -> None:
    sent = send_and_open(coordinator)
    drafts.keep_draft(coordinator, sent.ref, "First", now=NOW)
    with pytest.raises(Conflict):
        drafts.keep_draft(coordinator, sent.ref, "Second", now=NOW)
    drafts.keep_draft(coordinator, sent.ref, "Both", seen=1, now=NOW)
    found = drafts.draft_of(coordinator, sent.ref)
    assert found is not None
    assert found.text == "Both"
    for _ in range(2):
        drafts.throw_away(coordinator, sent.ref, now=NOW)
    acts = [line.act for line in timeline(coordinator, sent.ref, now=NOW)]
    assert acts.count("draft_thrown_away") == 1


def test_a_draft_in_one_case_is_none_in_another(coordinator: Reader) -> None:
    one, other = send_and_open(coordinator), send_and_open(coordinator)
    drafts.keep_draft(coordinator, one.ref, "First", now=NOW)
    drafts.keep_draft(coordinator, other.ref, "Other", now=NOW)
    found = drafts.draft_of(coordinator, one.ref)
    assert found is not None
    assert found.text == "First"


def test_a_draft_that_is_shown_becomes_a_note_for_all_who_may_open_the_case(
    coordinator: Reader, second: Reader
) -> None:
    sent, once = send_and_open(coordinator), new_once()
    drafts.keep_draft(coordinator, sent.ref, "When is it safe?", now=NOW)
    for _ in range(2):
        show_draft(coordinator, sent.ref, "When is it safe?", once=once, now=NOW)
    said = correspondence(second, sent.ref, now=NOW)
    assert [(note.occasion, note.text) for note in said.notes] == [
        ("draft", "When is it safe?")
    ]
    assert [entry.text for entry in said.entries if entry.text] == []
    assert drafts.draft_of(coordinator, sent.ref) is None


def test_a_shown_draft_keeps_its_questions_for_who_may_ask_them(
    coordinator: Reader, second: Reader
) -> None:
    sent = send_and_open(coordinator)
    intimate = next(o.key for page in pages() for o in page.asked if o.is_intimate)
    keys, once = ("medical/doctor", intimate), new_once()
    for _ in range(2):
        show_draft(coordinator, sent.ref, "", questions=keys, once=once, now=NOW)

    told = [
        [note.questions for note in correspondence(reader, sent.ref, now=NOW).notes]
        for reader in (coordinator, second)
    ]
    assert told == [[keys], [("medical/doctor",)]]
    with pytest.raises(NotAllowed):
        show_draft(second, sent.ref, "", questions=keys, once=new_once(), now=NOW)


def test_who_lost_a_case_has_no_draft_in_it(coordinator: Reader, second: Reader) -> None:
    sent = send_and_open(coordinator)
    drafts.keep_draft(second, sent.ref, "When is it safe?", now=NOW)
    named = [coordinator.member]
    restrict(coordinator, sent.ref, named, "A cousin", proof(coordinator), now=NOW)
    with pytest.raises(UnknownCase):
        drafts.draft_of(second, sent.ref)


def test_the_words_of_a_draft_end_with_the_keys_of_its_case(
    coordinator: Reader, service: Service
) -> None:
    sent = send_and_open(coordinator)
    drafts.keep_draft(coordinator, sent.ref, "When is it safe?", now=NOW)
    with service.reading() as session:
        (paper,) = papers.own(coordinator, session, drafts.KIND)
    assert "When is it safe?" not in str(paper.content)
    boxed = Sealed(bytes.fromhex(paper.content["box"]))
    with pytest.raises(UnsealError):
        open_message(Key.random(), boxed, case=sent.id, id=paper.id)


def test_what_a_member_kept_for_herself_goes_when_she_leaves(
    coordinator: Reader, second: Reader, service: Service
) -> None:
    sent = send_and_open(coordinator)
    drafts.keep_draft(second, sent.ref, "When is it safe?", now=NOW)
    keep(second)
    members.take_out(coordinator, second.member, state=LEFT, proof=proof(coordinator), now=NOW)
    assert [kind for kind, _revision, _box in boxes(service)] == ["template"]


def test_a_shift_note_is_unread_for_each_colleague_until_she_says_so(
    coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    coordinator, second, id_ = coordinator_on_each, second_on_each, uuid4()
    for _ in range(2):
        shift_notes.leave(coordinator, "Two calls are open.", id_=id_, now=NOW)
    assert shift_notes.unread(coordinator, now=NOW) == ()
    (note,) = shift_notes.unread(second, now=NOW)
    assert (note.text, note.by) == ("Two calls are open.", coordinator.handle)
    for _ in range(2):
        shift_notes.mark_read(second, id_, now=NOW)
    assert shift_notes.unread(second, now=NOW) == ()
    (kept,) = shift_notes.shift_notes(second, now=NOW)
    assert kept.revision == 2


def test_a_shift_note_is_not_shown_after_days_and_goes_after_a_month(
    coordinator: Reader, second: Reader, service: Service
) -> None:
    shift_notes.leave(coordinator, "Old", id_=uuid4(), now=NOW)
    later = NOW + timedelta(days=3)
    assert shift_notes.unread(second, now=later) == ()
    assert len(shift_notes.shift_notes(second, now=later)) == 1
    much_later = NOW + timedelta(days=30)
    shift_notes.leave(second, "New", id_=uuid4(), now=much_later)
    assert len(boxes(service)) == 1


def test_only_its_author_takes_a_shift_note_back(coordinator: Reader, second: Reader) -> None:
    id_ = uuid4()
    shift_notes.leave(coordinator, "Two calls are open.", id_=id_, now=NOW)
    shift_notes.take_back(second, id_, now=NOW)
    assert len(shift_notes.shift_notes(second, now=NOW)) == 1
    shift_notes.take_back(coordinator, id_, now=NOW)
    assert shift_notes.shift_notes(second, now=NOW) == ()


def test_many_who_have_read_it_at_once_are_all_remembered(
    coordinator_on_each: Reader,
) -> None:
    id_ = uuid4()
    shift_notes.leave(coordinator_on_each, "Two calls.", id_=id_, now=NOW)
    people = [add(coordinator_on_each, f"c{n}", Role.COORDINATOR) for n in range(4)]
    with ThreadPoolExecutor(4) as threads:
        done = [threads.submit(shift_notes.mark_read, one, id_, now=NOW) for one in people]
    assert [one.result() for one in done] == [None] * 4
    assert all(shift_notes.unread(one, now=NOW) == () for one in people)
