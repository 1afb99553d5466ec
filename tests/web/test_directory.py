"""The directory in the browser, and choosing by it, without JavaScript."""

from dataclasses import dataclass
from uuid import UUID

import pytest
from flask import Flask

from intake.casework import Reader, Service, overview, resume, take, work
from intake.casework.directory.entries import About, entry_of
from intake.casework.directory.keeping import directory, keep
from intake.form.answers import Stored
from intake.roles import Role
from tests.casework.joining import WORDS, add
from tests.html import Element
from tests.people import (
    EARLIER,
    NOW,
    Sent,
    add_member,
    send_and_open,
    set_up_app,
    sign_in,
    sister_report,
)
from tests.visitor import Fields, Visited, Visitor
from tests.web.conftest import signed_in
from tests.web.work.acting import fill, tab

LIST = "/desk/directory/"
ROSA = "B. T., a clinic in Semey"
OUTSIDE: Fields = {
    "name": ROSA,
    "professions": ["doctor"],
    "reach": "Call by day and say Rosa.",
    "languages": ["ru", "kk"],
    "regions": ["KZ-10"],
    "sex": "female",
    "survivors": "y",
    "forensic": "y",
    "most": "3",
}


@dataclass
class Psychologist:
    """A specialist with her browser."""

    reader: Reader
    browser: Visitor

    @property
    def page(self) -> str:
        return f"{LIST}{entry_of(self.reader.member)}"


@pytest.fixture
def psychologist(app: Flask, service: Service, coordinator: Reader) -> Psychologist:
    add_member(coordinator, "aida", (Role.PSYCHOLOGIST,), WORDS)
    cookie = sign_in(service, "aida", WORDS, now=NOW).cookie
    reader = resume(service, cookie, now=NOW)
    set_up_app(reader, WORDS, now=EARLIER)
    return Psychologist(reader, signed_in(app, cookie))


def add_outside(desk: Visitor) -> Visited:
    return desk.send(desk.get(f"{LIST}new"), OUTSIDE)


def send(browser: Visitor, page: Visited, ending: str, fields: Fields | None = None) -> Visited:
    """Send the form of the page whose address ends so."""
    forms = (e for e in page.page.all("form") if (e.get("action") or "").endswith(ending))
    form = next(forms)
    typed = {**page.page.fields(form), **(fields or {})}
    return browser.post(form.get("action") or "", typed)


def wishing(reader: Reader, **told: Stored) -> Sent:
    wish: dict[str, Stored] = {
        "consent": ("refer_internal",),
        "consent_giver": "victim",
        "preferred_handler_gender": "female",
        "interpreter_language": ("kk",),
    }
    return send_and_open(reader, sister_report(told={**wish, **told}))


def offer(desk: Visitor, sent: Sent, to: Reader, **more: str) -> Visited:
    page = desk.get(f"/desk/cases/{sent.ref}/access")
    typed = {"member": str(to.member), "parts": "identity", **more}
    return send(desk, page, "/access/offer", typed)


def test_somebody_outside_is_added_found_changed_and_taken_out(
    desk: Visitor, second_desk: Visitor
) -> None:
    new = desk.get(f"{LIST}new")
    for _ in range(2):
        assert desk.send(new, OUTSIDE).status == 303
    page = second_desk.get(LIST)
    assert page.page.text.count("Call by day and say Rosa.") == 1
    assert "Abai Region" in page.page.text
    assert "0 of 3 cases" in page.page.text
    (address,) = [a for a in page.page.links if ROSA in _words(page, a)]
    entry = second_desk.get(address)
    changed = second_desk.send(entry, {"most": "5"}, to=address)
    assert "The entry is saved." in second_desk.follow(changed).page.text
    assert "0 of 5 cases" in desk.get(LIST).page.text
    again = desk.get(address)
    gone = send(desk, again, "/remove")
    assert "The entry is taken out." in desk.follow(gone).page.text
    assert desk.get(address).status == 404


def _words(page: Visited, address: str) -> str:
    return " ".join(e.text for e in page.page.all("a") if e.get("href") == address)


def test_two_windows_show_what_stands_and_keep_what_was_typed(
    desk: Visitor, second_desk: Visitor, psychologist: Psychologist
) -> None:
    mine, hers = desk.get(psychologist.page), second_desk.get(psychologist.page)
    assert desk.send(mine, {"languages": ["kk"]}, to=psychologist.page).status == 303
    refused = second_desk.send(hers, {"languages": ["en"], "most": "7"}, to=psychologist.page)
    assert refused.status == 409
    assert "Somebody changed this entry" in refused.page.text
    assert "Kazakh" in refused.page.text
    assert _ticked(refused, "languages") == ["en"]
    assert second_desk.send(refused, to=psychologist.page).status == 303
    assert "0 of 7 cases" in desk.get(LIST).page.text


def _ticked(page: Visited, name: str) -> list[str]:
    boxes = (e for e in page.page.all("input") if e.get("name") == name)
    return [e.get("value") or "" for e in boxes if "checked" in e.attributes]


def test_no_words_are_lost_where_a_colleague_was_faster(
    desk: Visitor, second_desk: Visitor
) -> None:
    new = desk.get(f"{LIST}new")
    assert desk.send(new, OUTSIDE).status == 303
    other = desk.send(new, {**OUTSIDE, "reach": "Ring twice."})
    assert other.status == 409
    assert "send them again" in other.page.text
    assert "Ring twice." in other.page.text
    assert desk.send(other).status == 303

    page = desk.get(LIST)
    address, _second = [a for a in page.page.links if ROSA in _words(page, a)]
    mine, hers = desk.get(address), second_desk.get(address)
    changed = second_desk.send(hers, {"most": "7"}, to=address)
    assert changed.status == 303
    late = send(desk, mine, "/remove")
    assert (late.status, "Somebody changed this entry" in late.page.text) == (409, True)
    assert send(desk, late, "/remove").status == 303
    gone = second_desk.send(hers, {"reach": "Knock."}, to=address)
    assert gone.status == 409
    assert "Somebody took this entry out" in gone.page.text
    assert "Knock." in gone.page.text


def test_what_cannot_be_kept_comes_back_with_what_was_typed(desk: Visitor) -> None:
    for fields, said in (
        ({"name": ""}, "Write a name and choose at least one profession."),
        ({"most": "many"}, "Write a number from 0 to 99"),
        ({"away_until": "soon"}, "Write a day as year, month, day"),
    ):
        refused = desk.send(desk.get(f"{LIST}new"), {**OUTSIDE, **fields})
        assert refused.status == 422
        assert said in refused.page.text
        assert "Call by day and say Rosa." in refused.page.text


def test_filters_stand_in_the_address_as_codes(
    desk: Visitor, coordinator: Reader, psychologist: Psychologist
) -> None:
    keep(coordinator, _id(psychologist), About(sex="female", most=0), seen=0, now=NOW)
    add_outside(desk)
    for query, names in (
        ("role=psychologist", {"aida"}),
        ("sex=female", {"aida", ROSA}),
        ("sex=female&region=KZ-10", {ROSA}),
        ("language=uz", set()),
        ("work=forensic", {ROSA}),
        ("account=no", {ROSA}),
        ("role=psychologist&room=yes", set()),
        ("sex=somebody&region=%3Cb%3E&name=Rosa", {"aida", ROSA, "coordinator", "second"}),
    ):
        page = desk.get(f"{LIST}?{query}")
        found = {e.text.split(" (")[0] for e in page.page.all("h2") if "thing" in _around(e)}
        assert {name for name in (*names,) if any(name in one for one in found)} == names
        assert len(found) == len(names)
    assert "another language with an interpreter" in desk.get(f"{LIST}?language=uz").page.text


def _around(element: Element) -> str:
    return " ".join(one.get("class") or "" for one in element.ancestors)


def _id(psychologist: Psychologist) -> UUID:
    return entry_of(psychologist.reader.member)


def test_a_specialist_changes_what_is_hers_and_reads_the_rest(
    desk: Visitor, coordinator: Reader, psychologist: Psychologist
) -> None:
    hers = psychologist.browser
    assert "Ask a coordinator to write one" in hers.get(f"{LIST}mine").page.text
    keep(
        coordinator, entry_of(psychologist.reader.member), About(sex="female"), seen=0, now=NOW
    )
    page = hers.get(f"{LIST}mine")
    assert "Woman / girl" in page.page.text
    typed: Fields = {"languages": ["kk", "uz"], "away_until": "2026-12-01"}
    done = send(hers, page, "/mine", typed)
    assert "The entry is saved." in hers.follow(done).page.text
    listed = desk.get(LIST).page.text
    assert "Kazakh, Uzbek" in listed
    assert "until December 1, 2026" in listed
    stale = send(hers, page, "/mine", {"languages": ["en"]})
    assert stale.status == 409
    assert _ticked(stale, "languages") == ["en"]
    for address in (LIST, psychologist.page):
        assert hers.get(address).status == 404


def test_the_offer_shows_who_fits_first_with_the_reasons_in_words(
    desk: Visitor, coordinator: Reader, psychologist: Psychologist
) -> None:
    boris = add(coordinator, "boris", Role.LAWYER)
    keep(coordinator, entry_of(boris.member), About(sex="male"), seen=0, now=NOW)
    she = About(sex="female", languages=("kk",), regions=("KZ-10",))
    keep(coordinator, entry_of(psychologist.reader.member), she, seen=0, now=NOW)
    add_outside(desk)
    sent = wishing(coordinator)
    text = desk.get(f"/desk/cases/{sent.ref}/access").page.text
    assert "The person wished: A woman; Kazakh." in text
    order = [
        text.index(words) for words in ("Who fits", "aida (", "Who does not fit", "boris (")
    ]
    assert order == sorted(order)
    assert "Speaks a language that fits: Kazakh" in text
    assert "Works elsewhere: Abai Region" in text
    assert "Not as the person wished: A woman" in text
    assert "Not known whether a language fits: Kazakh" in text
    assert f"{ROSA} (Doctor, forensic)" in text


def test_who_does_not_fit_is_offered_it_only_with_the_word_of_the_person(
    desk: Visitor, coordinator: Reader
) -> None:
    boris = add(coordinator, "boris", Role.LAWYER)
    sent = wishing(coordinator)
    refused = offer(desk, sent, boris, note="Tomorrow?")
    assert refused.status == 422
    assert "say below that the person was asked and agrees" in refused.page.text
    assert "Tomorrow?" in refused.page.text
    done = offer(desk, sent, boris, agreed="y")
    assert done.status == 303
    assert "wrote that the person was asked and agreed" in desk.follow(done).page.text


def test_where_nobody_fits_the_page_says_so_and_what_can_be_done(
    desk: Visitor, coordinator: Reader
) -> None:
    near = add(coordinator, "nura", Role.LAWYER)
    keep(
        coordinator,
        entry_of(near.member),
        About(sex="female", languages=("ru",)),
        seen=0,
        now=NOW,
    )
    sent = wishing(coordinator)
    page = desk.get(f"/desk/cases/{sent.ref}/access")
    assert "Nobody on this list fits what the person wished." in page.page.text
    assert "Except for the language, these fit: nura." in page.page.text
    assert f"/desk/cases/{sent.ref}/messages" in page.page.links
    assert f"{LIST}?language=kk&sex=female" in page.page.links
    without = wishing(coordinator, preferred_handler_gender="any", interpreter_language=("ru",))
    fits = desk.get(f"/desk/cases/{without.ref}/access").page.text
    assert "Nobody on this list fits" not in fits


def test_a_hand_over_asks_for_the_word_of_the_person_too(
    desk: Visitor, coordinator: Reader, second: Reader
) -> None:
    sent = wishing(coordinator)
    take(coordinator, sent.ref, now=NOW)
    address = f"/desk/cases/{sent.ref}/hand-over"
    page = desk.get(address)
    assert "The directory says nothing about this person yet." in page.page.text
    typed = {"to": str(second.member), "note": "She writes at night."}
    refused = desk.send(page, typed, to=f"{address}/assign")
    assert refused.status == 422
    assert "She writes at night." in refused.page.text
    assert _ticked(refused, "to") == [str(second.member)]
    done = desk.send(refused, {"agreed": "y"}, to=f"{address}/assign")
    assert done.status == 303
    assert overview(coordinator, sent.ref, now=NOW).row.holder == "second"


def test_a_kind_of_help_is_led_by_who_fits_or_by_the_word_of_the_person(
    desk: Visitor, coordinator: Reader, psychologist: Psychologist
) -> None:
    add_outside(desk)
    sent = wishing(coordinator)
    address = f"{tab(sent.ref)}/track?track=medical_forensic"
    page = desk.get(address)
    assert "The person wished: A woman; Kazakh." in page.page.text
    options = [e.text for e in page.page.all("option")]
    assert f"{ROSA} (Doctor, forensic)" in options
    rosa = next(one.id for one in directory(coordinator) if one.is_outside)
    typed = {"track": "medical_forensic", "track_status": "pending"}
    assert fill(desk, address, **typed, track_member=rosa.hex).status == 303
    assert ROSA in desk.get(tab(sent.ref)).page.text
    hers = f"{tab(sent.ref)}/track?track=psychological"
    typed = {"track": "psychological", "track_status": "pending"}
    typed["track_member"] = psychologist.reader.member.hex
    refused = fill(desk, hers, **typed)
    assert refused.status == 422
    assert "say below that the person was asked and agrees" in refused.page.text
    assert fill(desk, hers, **typed, track_agreed="yes").status == 303
    assert len(work(coordinator, sent.ref, now=NOW).record.tracks) == 2


def test_where_nothing_was_wished_nobody_is_asked_for_a_word(
    desk: Visitor, coordinator: Reader
) -> None:
    add(coordinator, "boris", Role.LAWYER)
    allowed: dict[str, Stored] = {"consent": ("refer_internal",), "consent_giver": "victim"}
    sent = send_and_open(coordinator, sister_report(told=allowed))
    for path in (f"/desk/cases/{sent.ref}/access", f"{tab(sent.ref)}/track?track=legal"):
        page = desk.get(path)
        assert "The person wished" not in page.page.text
        assert "was asked and agrees" not in page.page.text
