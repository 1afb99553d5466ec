"""Who leads help, on the pages: chosen from a list, told, counted, named when one leaves."""

from intake.casework import Reader, open_case, work
from intake.form.answers import Stored
from intake.roles import Role
from tests.casework.joining import add
from tests.casework.work.test_leading import allow_un
from tests.html import Element
from tests.people import NOW, Sent, add_member, send, send_and_open, short_report
from tests.visitor import Visited, Visitor
from tests.web.work.acting import fill, section, tab, told

HELP = "Kinds of help"
PLACE: dict[str, Stored] = {
    "town": "semey",
    "place_type": ("police_office",),
    "agency": ("police_station",),
}


def offered(visited: Visited) -> dict[str, str]:
    """The members that the page offers, with their words."""
    (select,) = (e for e in visited.page.all("select") if e.get("name") == "track_member")
    options = (e for e in visited.page.all("option") if select in e.ancestors)
    return {_value(e): e.text for e in options if _value(e)}


def _value(option: Element) -> str:
    return option.get("value") or ""


def lead(visitor: Visitor, sent: Sent, track: str, member: str, **more: str) -> Visited:
    typed = {"track": track, "track_status": "pending", "track_member": member, **more}
    return fill(visitor, f"{tab(sent.ref)}/track?track={track}", **typed)


def test_the_list_offers_those_whose_work_it_is_and_the_tab_names_who_leads(
    desk: Visitor, coordinator: Reader
) -> None:
    lawyer = add(coordinator, "advokat", Role.LAWYER)
    add_member(coordinator, "doctor", (Role.DOCTOR,), "ribbon candle harvest window thistle")
    sent = send_and_open(coordinator)
    legal = offered(desk.get(f"{tab(sent.ref)}/track?track=legal"))
    assert "advokat (Lawyer)" in legal.values()
    assert "doctor (Doctor)" not in legal.values()
    anything = offered(desk.get(f"{tab(sent.ref)}/track"))
    assert {"advokat (Lawyer)", "doctor (Doctor)"} <= set(anything.values())
    assert lead(desk, sent, "legal", lawyer.member.hex).status == 303
    assert "advokat" in section(desk.get(tab(sent.ref)), HELP)
    shown = desk.get(f"{tab(sent.ref)}/track?track=legal")
    (chosen,) = (e for e in shown.page.all("option") if e.get("selected") is not None)
    assert _value(chosen) == lawyer.member.hex


def test_somebody_who_does_not_stand_in_the_list_is_not_taken_and_words_stay(
    desk: Visitor, coordinator: Reader
) -> None:
    doctor = add(coordinator, "doctor", Role.DOCTOR)
    sent = send_and_open(coordinator)
    for member in (doctor.member.hex, "nobody at all"):
        refused = lead(desk, sent, "legal", member, track_note="She asks for a man.")
        assert refused.status == 422
        assert "Choose one of the answers that stand here." in told(refused)
        assert "She asks for a man." in refused.page.text
    assert not work(coordinator, sent.ref, now=NOW).record.tracks


def test_help_with_the_un_is_offered_with_its_consent_and_says_how_to_get_it(
    desk: Visitor, coordinator: Reader
) -> None:
    sent = send_and_open(coordinator)
    shown = section(desk.get(tab(sent.ref)), HELP)
    assert "Begin: Legal" in shown
    assert "Begin: International" not in shown
    assert "International: it cannot begin yet." in shown
    page = desk.get(f"{tab(sent.ref)}/track?track=international")
    assert f"{tab(sent.ref)}/consent_recorded" in page.page.links
    refused = lead(desk, sent, "international", "", track_lead="Gulnar, in Geneva")
    assert refused.status == 422
    assert "This is not possible yet" in told(refused)
    allow_un(coordinator, sent)
    assert "Begin: International" in section(desk.get(tab(sent.ref)), HELP)
    assert lead(desk, sent, "international", "", track_lead="Gulnar, in Geneva").status == 303


def test_what_a_member_leads_stands_in_my_tracks_and_among_the_colleagues(
    desk: Visitor, coordinator: Reader
) -> None:
    sent, other = (send_and_open(coordinator) for _ in range(2))
    lead(desk, sent, "legal", coordinator.member.hex)
    mine = desk.get("/desk/?view=leading")
    assert sent.ref in mine.page.text
    assert other.ref not in mine.page.text
    assert f"lead={coordinator.member.hex}" in " ".join(desk.get("/desk/team/").page.links)
    assert "Who leads help: you" in desk.get("/desk/?view=all&lead=me").page.text


def test_the_page_of_who_leaves_names_the_help_that_has_no_lead_then(
    desk: Visitor, coordinator: Reader
) -> None:
    larch = add(coordinator, "larch", Role.LAWYER)
    sent = send_and_open(coordinator)
    lead(desk, sent, "legal", larch.member.hex)
    page = desk.get(f"/members/{larch.member}/leave")
    assert "larch leads help in 1 open case." in page.page.text
    (address,) = (link for link in page.page.links if "lead=" in link)
    assert sent.ref in desk.get(address).page.text


def test_a_report_with_others_on_its_place_says_so_and_leads_to_them(
    desk: Visitor, coordinator: Reader
) -> None:
    reports = [send(coordinator.service, short_report(**PLACE)) for _ in range(3)]
    open_case(coordinator, reports[0].ref, now=NOW)
    page = desk.get(f"/desk/cases/{reports[0].ref}")
    assert "3 or more reports on this place within 30 days." in page.page.text
    (address,) = (link for link in page.page.links if "place=police_office" in link)
    found = desk.get(address)
    assert all(sent.ref in found.page.text for sent in reports)
