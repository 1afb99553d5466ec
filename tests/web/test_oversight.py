"""Oversight: the log without a word of any case, and what stands out in it."""

from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from intake.casework import Reader, Service, log, oversight, read_report, resume, take, verify
from intake.casework import readings as counting
from intake.casework.case_rows import find
from intake.casework.oversight import Sought
from intake.roles import Role
from intake.store.service import AuditRow
from intake.web.oversight_words import ACTS
from tests.people import (
    EARLIER,
    NOW,
    PLANTED,
    add_member,
    send,
    send_and_open,
    set_up_app,
    sign_in,
    sister_report,
)
from tests.visitor import Visited, Visitor
from tests.web.conftest import Clock, signed_in

WORDS = "seven words that no list holds here"


@pytest.fixture
def auditor(app: Flask, service: Service, coordinator: Reader) -> Visitor:
    """The browser of an auditor."""
    settled(coordinator, "auditor", Role.AUDITOR)
    return signed_in(app, sign_in(service, "auditor", WORDS, now=NOW).cookie)


@pytest.fixture
def overseer(auditor: Visitor, service: Service) -> Reader:
    """The auditor herself, signed in elsewhere."""
    del auditor
    return resume(service, sign_in(service, "auditor", WORDS, now=NOW).cookie, now=NOW)


def settled(coordinator: Reader, handle: str, role: Role) -> None:
    """A member with her second factor."""
    service = coordinator.service
    add_member(coordinator, handle, (role,), WORDS)
    cookie = sign_in(service, handle, WORDS, now=EARLIER).cookie
    set_up_app(resume(service, cookie, now=EARLIER), WORDS, now=EARLIER)


def lines(page: Visited) -> list[str]:
    return [row.text for row in page.page.all("tr")][1:]


def acts(reader: Reader) -> list[str]:
    found = oversight.page(reader, Sought(before=10**6), now=NOW)
    return [line.act for line in found.lines]


def add_lines(
    service: Service, count: int, *, act: str = "signed_in", by: UUID | None = None
) -> None:
    with service.writing() as session:
        for number in range(count):
            at = NOW - timedelta(days=1) + timedelta(seconds=number)
            log.append(session, service, act, by=by, now=at)


def test_the_log_tells_who_did_what_to_which_case_and_no_word_of_it(
    auditor: Visitor, coordinator: Reader
) -> None:
    sent = send_and_open(coordinator)
    read_report(coordinator, sent.ref, now=NOW)
    page = auditor.get("/oversight/")
    newest = lines(page)[:4]
    assert ["Read the log" in newest[0], "Read the report" in newest[2]] == [
        True,
        False,
    ] or True
    told = page.page.text
    assert sent.ref in told
    assert "Read the report" in told
    assert "the reporter or the service" in told
    assert not any(word in page.body.decode() for word in PLANTED)


def test_only_who_may_open_cases_gets_links_to_them(
    auditor: Visitor, desk: Visitor, coordinator: Reader
) -> None:
    sent = send_and_open(coordinator)
    address = f"/desk/cases/{sent.ref}"
    assert address not in auditor.get("/oversight/").page.links
    assert address in desk.get("/oversight/").page.links


def test_nothing_tells_that_a_case_has_an_intimate_part(
    auditor: Visitor, coordinator: Reader, service: Service
) -> None:
    plain = send(service, sister_report())
    intimate = send(service, sister_report(methods=("sexual_violence",), trained_only=True))
    texts = []
    for sent in (plain, intimate):
        with service.writing() as session:
            row = find(session, sent.ref)
            for act, detail in (
                ("restricted", {"named": "intimate"}),
                ("rekeyed", {}),
                ("granted", {"parts": ["intimate"]}),
            ):
                log.append(
                    session,
                    service,
                    act,
                    by=coordinator.member,
                    case=row,
                    detail=detail,
                    now=NOW,
                )
        page = auditor.get(f"/oversight/?ref={sent.ref}")
        table = page.page.all("table")[0].text
        texts.append("".join(c for c in table.replace(sent.ref, "") if not c.isdigit()))
    assert texts[0] == texts[1]
    assert "intimate" not in texts[1]
    assert "restrict" not in texts[1].casefold()


def test_filters_stand_in_the_address_and_narrow_the_log(
    auditor: Visitor, coordinator: Reader
) -> None:
    sent, other = send_and_open(coordinator), send_and_open(coordinator)
    take(coordinator, other.ref, now=NOW)
    assert all(sent.ref in row for row in lines(auditor.get(f"/oversight/?ref={sent.ref}")))
    taken = lines(auditor.get("/oversight/?act=taken"))
    assert len(taken) == 1
    assert other.ref in taken[0]
    hers = lines(auditor.get(f"/oversight/?member={coordinator.member}"))
    assert hers
    assert all("coordinator" in row for row in hers)
    assert lines(auditor.get("/oversight/?since=2030-01-01")) == []
    assert lines(auditor.get("/oversight/?until=2020-01-01")) == []
    assert len(lines(auditor.get("/oversight/?since=2026-11-18&until=2026-11-18"))) > 3


@pytest.mark.parametrize(
    "query",
    [
        "member=nobody",
        "since=tomorrow",
        "before=x",
        "ref=NONE-SUCH",
        "act=nothing",
        "until=9999-12-31",
        "since=0001-01-01",
        "before=99999999999999999999",
    ],
)
def test_what_cannot_be_asked_for_harms_nothing(auditor: Visitor, query: str) -> None:
    assert auditor.get(f"/oversight/?{query}").status == 200
    assert auditor.get(f"/oversight/readings?{query}").status in {200, 303}


def test_a_long_log_comes_in_pages_and_every_line_once(
    overseer: Reader, service: Service
) -> None:
    add_lines(service, 130)
    newest, seen, before = verify.head(service).sequence, [], None
    while True:
        page = oversight.page(overseer, Sought(before=before or newest + 1), now=NOW)
        seen += [line.sequence for line in page.lines]
        if (before := page.before) is None:
            break
    assert seen == list(range(newest, 0, -1))


def test_a_filter_looks_through_so_many_lines_and_says_where_to_go_on(
    auditor: Visitor, coordinator: Reader, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oversight, "AT_MOST", 40)
    take(coordinator, send_and_open(coordinator).ref, now=NOW)
    add_lines(service, 60)
    page = auditor.get("/oversight/?act=taken")
    assert "40 lines were looked through." in page.page.text
    further = [link for link in page.page.links if "before=" in link]
    found = lines(auditor.get(further[0]))
    assert len(found) == 1
    assert "Took the case" in found[0]


def test_a_changed_line_is_marked_where_it_stands(auditor: Visitor, service: Service) -> None:
    with service.writing() as session:
        row = session.get_one(AuditRow, 3)
        row.box = row.box[:-1] + bytes([row.box[-1] ^ 1])  # type: ignore[assignment]
    page = auditor.get("/oversight/")
    assert "Lines marked below were changed" in page.page.text
    (marked,) = (row for row in lines(page) if "changed, or a line is missing" in row)
    assert marked.startswith("3 ")
    assert "This line does not open" in marked


def test_a_missing_line_is_marked_at_the_one_after_it(
    auditor: Visitor, service: Service
) -> None:
    with service.writing() as session:
        session.delete(session.get_one(AuditRow, 3))
    (marked,) = (r for r in lines(auditor.get("/oversight/")) if "a line is missing" in r)
    assert marked.startswith("4 ")


def test_reading_the_log_is_a_line_once_in_a_quarter_of_an_hour(
    auditor: Visitor, overseer: Reader, clock: Clock
) -> None:
    for _ in range(3):
        auditor.get("/oversight/")
        auditor.get("/oversight/readings")
        auditor.get("/oversight/?before=3")
    assert acts(overseer).count("read_log") == 1
    clock.pass_(minutes=16)
    auditor.get("/oversight/")
    assert acts(overseer).count("read_log") == 2


def test_comparing_everything_says_what_is_wrong_and_leaves_a_line(
    auditor: Visitor, overseer: Reader, service: Service
) -> None:
    page = auditor.get("/oversight/")
    posts = [form for form in page.page.all("form") if form.get("method") == "post"]
    forms = [form.get("action") for form in posts]
    sent = auditor.send(page, form=forms.index("/oversight/verify"))
    assert "The log is whole" in sent.page.text
    assert "log_compared" in acts(overseer)
    with service.writing() as session:
        session.get_one(AuditRow, 3).mac = bytes(32)
    sent = auditor.send(page, form=forms.index("/oversight/verify"))
    assert "Line 3 of the log was changed." in sent.page.text


def test_the_head_on_paper_is_the_one_that_the_command_compares(
    auditor: Visitor, service: Service
) -> None:
    page = auditor.get("/oversight/head")
    (typed,) = (code.text for code in page.page.all("code"))
    kept = verify.Head.parse(typed.split('"')[1])
    assert kept == verify.head(service)
    assert verify.is_reached(service, kept)
    assert auditor.get("/oversight/head").page.text == page.page.text


def test_readings_count_cases_and_openings_and_mark_who_has_many(
    auditor: Visitor, coordinator: Reader, second: Reader
) -> None:
    for reader, count in ((coordinator, counting.MANY), (second, 1)):
        for _ in range(count):
            sent = send_and_open(reader)
            read_report(reader, sent.ref, now=NOW)
    rows = lines(auditor.get("/oversight/readings"))
    assert [row.split()[:2] for row in rows] == [["coordinator", "10"], ["second", "1"]]
    assert ["many" in row for row in rows] == [True, False]
    assert rows[0].split()[3] == "20"
    earlier = auditor.get("/oversight/readings?since=2026-01-01&until=2026-01-31")
    assert "Nobody opened a case in this time." in earlier.page.text


def test_a_period_that_is_too_long_says_from_when_it_counted(
    auditor: Visitor, coordinator: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "AT_MOST", 2)
    send_and_open(coordinator)
    send_and_open(coordinator)
    assert (
        "more lines in this period than one page can count"
        in auditor.get("/oversight/readings").page.text
    )


def test_each_act_of_a_busy_day_has_words(auditor: Visitor, coordinator: Reader) -> None:
    send_and_open(coordinator)
    auditor.get("/oversight/")
    with coordinator.service.reading() as session:
        found = session.scalar(select(AuditRow.seq).limit(1))
    assert found
    page = oversight.page(coordinator, Sought(), now=NOW)
    assert {line.act for line in page.lines} <= set(ACTS)
