"""Access and the specialists' pages, through a browser without JavaScript."""

from dataclasses import dataclass

import pytest
from flask import Flask

from intake.casework import Incoming, Reader, Service, resume
from intake.roles import Role
from tests.people import (
    COORDINATOR,
    EARLIER,
    NARRATIVES,
    NOW,
    PASSPHRASES,
    SECOND,
    Sent,
    add_member,
    next_code,
    send_and_open,
    set_up_app,
    sign_in,
    sister_report,
)
from tests.visitor import Fields, Visited, Visitor
from tests.web.conftest import signed_in

WORDS = "seven words that no list holds here"
NOTE = "Can you see her on Thursday?"


@dataclass
class Givers:
    """Browsers of a coordinator, an untrained one and a psychologist, and a case."""

    desk: Visitor
    second: Visitor
    specialist: Visitor
    case: Sent

    @property
    def tab(self) -> str:
        return f"/desk/cases/{self.case.ref}/access"

    @property
    def given(self) -> str:
        return f"/desk/given/{self.case.ref}"

    def offer(self, *parts: str, by: Visitor | None = None) -> Visited:
        browser = by or self.desk
        page = browser.get(self.tab)
        member = next(
            button.get("value")
            for button in page.page.all("input")
            if button.get("name") == "member"
        )
        chosen = list(parts or ("identity", "account"))
        fields: Fields = {"member": member or "", "parts": chosen, "note": NOTE}
        return sent(browser, page, "/offer", fields)

    def answer(self, go: str = "accept", note: str = "Yes, on Thursday.") -> Visited:
        page = self.specialist.get("/desk/given/")
        return sent(self.specialist, page, "/offers/", {"note": note, "go": go})


def sent(browser: Visitor, page: Visited, action: str, fields: Fields) -> Visited:
    """Send the form of the page whose address holds `action`."""
    count = sum(form.get("method") == "post" for form in page.page.all("form"))
    actions = [page.page.form(number).get("action") or "" for number in range(count)]
    found = next(number for number, address in enumerate(actions) if action in address)
    return browser.send(page, fields, form=found, to=actions[found])


def proof(reader: Reader) -> dict[str, str]:
    """What the first coordinator types before a dangerous act."""
    code = next_code(reader.service.settings.instance, COORDINATOR, NOW)
    return {"passphrase": PASSPHRASES[COORDINATOR], "code": code}


def allowed_report() -> Incoming:
    return sister_report(consent=("refer_internal",), consent_giver="victim")


@pytest.fixture
def givers(
    app: Flask, service: Service, coordinator: Reader, desk: Visitor, second_desk: Visitor
) -> Givers:
    add_member(coordinator, "psychologist", (Role.PSYCHOLOGIST,), WORDS)
    cookie = sign_in(service, "psychologist", WORDS, now=NOW).cookie
    set_up_app(resume(service, cookie, now=NOW), WORDS, now=EARLIER)
    case = send_and_open(coordinator, allowed_report())
    return Givers(desk, second_desk, signed_in(app, cookie), case)


def test_a_case_is_offered_accepted_read_taken_back_and_gone(givers: Givers) -> None:
    assert givers.desk.follow(givers.offer()).status == 200
    offered = givers.specialist.get("/desk/given/")
    assert NOTE in offered.page.text
    assert givers.case.ref not in offered.page.markup
    assert givers.specialist.get(givers.given).status == 404

    givers.specialist.follow(givers.answer())
    read = givers.specialist.get(givers.given)
    assert NARRATIVES["ru"] in read.page.text
    assert "You were not given: Sexual violence; Notes among colleagues" in read.page.text
    seen = givers.desk.get(givers.tab)
    assert "Yes, on Thursday." in seen.page.text

    address = next(link for link in seen.page.links if link.startswith(f"{givers.tab}/"))
    page = givers.desk.get(next(a for a in seen.page.links if a.count("-") >= 4))
    assert address
    done = sent(givers.desk, page, "/take-back", {})
    assert "opens nothing of this case" in givers.desk.follow(done).page.text
    assert givers.specialist.get(givers.given).status == 404
    assert "No case is with you now" in givers.specialist.get("/desk/given/").page.text


def test_a_specialist_declines_with_a_word(givers: Givers) -> None:
    givers.offer()
    givers.specialist.follow(givers.answer("decline", "I know the family."))
    assert givers.specialist.get(givers.given).status == 404
    assert "I know the family." in givers.second.get(givers.tab).page.text


def test_foreign_and_missing_cases_have_one_answer(givers: Givers, coordinator: Reader) -> None:
    foreign = send_and_open(coordinator).ref
    answers = [givers.specialist.get(f"/desk/given/{ref}") for ref in (foreign, "ABCD-2345")]
    assert [answer.status for answer in answers] == [404, 404]
    assert answers[0].page.text == answers[1].page.text


def test_without_consent_the_tab_names_what_is_missing(
    givers: Givers, coordinator: Reader
) -> None:
    plain = send_and_open(coordinator)
    page = givers.desk.get(f"/desk/cases/{plain.ref}/access")
    assert "There is no permission for it, or it has ended." in page.page.text
    assert f"/desk/cases/{plain.ref}/messages" in page.page.links
    assert any("consent_recorded" in link for link in page.page.links)
    assert not [f for f in page.page.all("form") if "/offer" in (f.get("action") or "")]


def test_an_offer_without_parts_keeps_what_was_typed(givers: Givers) -> None:
    page = givers.desk.get(givers.tab)
    again = sent(givers.desk, page, "/offer", {"note": NOTE, "member": "nobody"})
    assert again.status == 422
    assert NOTE in again.page.text
    assert "Choose one of the specialists" in again.page.text


def test_a_narrowed_case_shows_less(givers: Givers) -> None:
    givers.offer()
    givers.answer()
    seen = givers.desk.get(givers.tab)
    page = givers.desk.get(next(a for a in seen.page.links if a.count("-") >= 4))
    assert sent(givers.desk, page, "/narrow", {"parts": []}).status == 422
    assert sent(givers.desk, page, "/narrow", {"parts": ["identity"]}).status == 303
    read = givers.specialist.get(givers.given)
    assert NARRATIVES["ru"] not in read.page.text
    assert "You were not given: What happened" in read.page.text


def test_a_specialist_writes_notes_that_coordinators_read(givers: Givers) -> None:
    givers.offer("identity", "work")
    givers.answer()
    page = givers.specialist.get(givers.given)
    done = sent(givers.specialist, page, "/notes", {"text": "Sleeps better now."})
    assert done.status == 303, done.page.text
    assert "Sleeps better now." in givers.specialist.follow(done).page.text
    messages = givers.desk.get(f"/desk/cases/{givers.case.ref}/messages")
    assert "Sleeps better now." in messages.page.text


def test_the_untrained_see_nothing_of_an_intimate_part(givers: Givers) -> None:
    givers.offer("account", "intimate")
    givers.answer()
    for address in (givers.tab, f"/desk/cases/{givers.case.ref}/timeline"):
        assert "Sexual violence" not in givers.second.get(address).page.text
    assert "Sexual violence" in givers.desk.get(givers.tab).page.text


def test_a_part_on_sexual_violence_lies_folded_before_the_specialist(
    givers: Givers, coordinator: Reader
) -> None:
    told = sister_report(
        consent=("refer_internal",), consent_giver="victim", intimate_narrative="In the cellar."
    )
    givers.case = send_and_open(coordinator, told)
    givers.offer("account", "intimate")
    givers.answer()
    page = givers.specialist.get(givers.given).page
    folded = [e for e in page.all("details") if "In the cellar." in e.text]
    assert ["about sexual violence" in e.text for e in folded] == [True]


def test_a_kept_case_is_gone_for_all_others(givers: Givers, coordinator: Reader) -> None:
    page = givers.desk.get(f"{givers.tab}/keep")
    members = {
        box.get("value"): box
        for box in page.page.all("input")
        if box.get("name") == "named" and box.get("value")
    }
    me = coordinator.member.hex
    other = next(value for value in members if value and value != me)
    fields: Fields = {
        "conflicted": other,
        "named": [me],
        "reason": "Her cousin is accused.",
        **proof(coordinator),
    }
    assert sent(givers.desk, page, "/keep", {**fields, "passphrase": "wrong"}).status == 422
    assert sent(givers.desk, page, "/keep", {**fields, "conflicted": me}).status == 422
    assert sent(givers.desk, page, "/keep", fields).status == 303

    assert "Her cousin is accused." in givers.desk.get(givers.tab).page.text
    for tail in ("", "/report", "/messages", "/timeline", "/access", "/access/keep"):
        answer = givers.second.get(f"/desk/cases/{givers.case.ref}{tail}")
        assert answer.status == 404, tail
    queue = givers.second.get("/desk/")
    assert "Kept for named colleagues" in queue.page.text
    assert givers.case.ref not in queue.page.markup
    assert givers.case.ref in givers.desk.get("/desk/").page.markup


def test_a_kept_case_is_given_back(givers: Givers, coordinator: Reader) -> None:
    page = givers.desk.get(f"{givers.tab}/keep")
    named: Fields = {"named": [coordinator.member.hex], "conflicted": "", "reason": "Family."}
    assert sent(givers.desk, page, "/keep", {**named, **proof(coordinator)}).status == 303
    lifting = givers.desk.get(f"{givers.tab}/lift")
    assert sent(givers.desk, lifting, "/lift", proof(coordinator)).status == 303
    assert givers.second.get(f"/desk/cases/{givers.case.ref}/report").status == 200


def test_an_untrained_coordinator_is_sent_to_a_trained_handler(givers: Givers) -> None:
    assert "Ask a trained handler" in givers.second.get(givers.tab).page.text
    assert givers.second.get(f"{givers.tab}/keep").status == 404
    assert SECOND in givers.second.get(givers.tab).page.text
