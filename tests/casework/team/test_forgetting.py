"""What names an erased case is forgotten where only its owner can open it."""

from uuid import UUID

from sqlalchemy import func, select

from intake.casework import Reader, go_on, ledger, new_once, notices_for
from intake.casework.notes import add_note
from intake.casework.team import drafts, papers
from intake.casework.team.forgetting import forget_erased
from intake.store.people import NoticeRow
from intake.store.tables import CaseRow, ErasedRow
from intake.store.team import TeamDocumentRow
from tests.people import NOW, Sent, send_and_open


def written(reader: Reader, of: Reader) -> Sent:
    """A case with a draft of `reader`, in which `of` named her in a note."""
    sent = send_and_open(reader)
    drafts.keep_draft(reader, sent.ref, "When is it safe?", now=NOW)
    add_note(of, sent.ref, f"@{reader.handle} call them", once=new_once(), now=NOW)
    return sent


def erase(reader: Reader, sent: Sent) -> None:
    with reader.service.writing() as session:
        session.add(ErasedRow(id=sent.id, day=NOW.date()))
        ledger.destroy(session, session.get_one(CaseRow, sent.id))


def counted(reader: Reader) -> tuple[int, int]:
    """How many papers and notices there are of everybody."""
    with reader.service.reading() as session:
        of = (select(func.count()).select_from(table) for table in (TeamDocumentRow, NoticeRow))
        papers_, notices = map(session.scalar, of)
        return papers_ or 0, notices or 0


def cases_named(reader: Reader) -> set[UUID]:
    with reader.service.reading() as session:
        own = papers.own(reader, session, drafts.KIND)
        return {UUID(paper.content["case"]) for paper in own}


def test_drafts_and_notices_of_an_erased_case_are_forgotten_and_no_others(
    coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    reader = coordinator_on_each
    gone, kept = (written(reader, second_on_each) for _ in range(2))
    before = counted(reader)
    erase(reader, gone)
    assert forget_erased(reader) == 2
    assert counted(reader) == (before[0] - 1, before[1] - 1)
    assert cases_named(reader) == {kept.id}
    named = {notice.about.get("ref") for notice in notices_for(reader)}
    assert gone.ref not in named
    assert kept.ref in named
    assert forget_erased(reader) == 0


def test_nothing_of_a_colleague_is_forgotten(coordinator: Reader, second: Reader) -> None:
    sent = written(second, coordinator)
    erase(coordinator, sent)
    before = counted(coordinator)
    forget_erased(coordinator)
    assert counted(coordinator) == before


def test_it_is_done_beside_the_pages_that_are_opened(
    coordinator: Reader, second: Reader
) -> None:
    sent = written(coordinator, second)
    erase(coordinator, sent)
    go_on(coordinator, now=NOW)
    assert cases_named(coordinator) == set()
