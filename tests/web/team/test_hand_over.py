"""The page on which a case changes hands, as two coordinators see it."""

import pytest

from intake.casework import Reader, add_note, new_once, overview, take
from tests.people import NOW, Sent, send_and_open, short_report
from tests.visitor import Visited, Visitor
from tests.web.conftest import Clock
from tests.web.test_account import sign_in as sign_in_again
from tests.web.test_account import switch
from tests.web.test_cases import TOLD_INTIMATELY, press, texts

NOTE = "Her sister writes at night only."


@pytest.fixture
def held(coordinator: Reader) -> Sent:
    """A case that the coordinator holds."""
    sent = send_and_open(coordinator)
    take(coordinator, sent.ref, now=NOW)
    return sent


def page(visitor: Visitor, sent: Sent) -> Visited:
    return visitor.get(f"/desk/cases/{sent.ref}/hand-over")


def send(visitor: Visitor, seen: Visited, act: str, /, **typed: str) -> Visited:
    address = seen.path.rpartition("/hand-over")[0] + f"/hand-over/{act}"
    return visitor.send(seen, typed, to=address)


def offer(visitor: Visitor, sent: Sent, to: Reader, note: str = NOTE) -> Visited:
    return send(visitor, page(visitor, sent), "offer", to=str(to.member), note=note)


def holder(reader: Reader, sent: Sent) -> str | None:
    return overview(reader, sent.ref, now=NOW).row.holder


def test_an_offer_is_seen_everywhere_and_accepted_with_a_word(
    desk: Visitor, second_desk: Visitor, second: Reader, held: Sent
) -> None:
    offered = desk.follow(offer(desk, held, second)).page.text
    assert "You hold it until your colleague accepts" in offered
    assert "Offered to second" in offered
    home = second_desk.get("/desk/team/").page
    assert "from coordinator" in home.text
    assert NOTE not in home.text
    assert (
        "coordinator offers you this case"
        in second_desk.get(f"/desk/cases/{held.ref}").page.text
    )
    shown = page(second_desk, held)
    assert NOTE in shown.page.text
    done = send(second_desk, shown, "accept", words="I call her tonight.")
    assert "You hold this case now" in second_desk.follow(done).page.text
    assert holder(second, held) == "second"
    said = desk.get(f"/desk/cases/{held.ref}/messages").page.text
    assert "with the offer to second" in said
    assert "I call her tonight." in said


def test_an_offer_is_counted_beside_the_account_where_word_of_it_waits(
    desk: Visitor, second_desk: Visitor, second: Reader, held: Sent
) -> None:
    def told() -> dict[str, str]:
        links = second_desk.get("/desk/").page.all("a")
        return {e.get("href") or "": e.text for e in links}

    before = int(told()["/account/"].removeprefix("Your account "))
    offer(desk, held, second)
    after = told()
    assert after["/account/"] == f"Your account {before + 1}"
    assert after["/desk/team/"] == "Colleagues"


def test_an_offer_is_declined_or_taken_back(
    desk: Visitor, second_desk: Visitor, second: Reader, held: Sent
) -> None:
    offer(desk, held, second)
    declined = send(second_desk, page(second_desk, held), "decline", words="I am away.")
    assert declined.status == 303
    assert "has declined the case" in desk.get("/account/").page.text
    offer(desk, held, second, "Once more?")
    taken_back = press(desk, page(desk, held), "/withdraw")
    assert "The offer is taken back" in desk.follow(taken_back).page.text
    assert "Nobody offers you a case." in second_desk.get("/desk/team/").page.text


def test_who_accepts_too_late_keeps_her_words(
    desk: Visitor, second_desk: Visitor, second: Reader, held: Sent
) -> None:
    offer(desk, held, second)
    shown = page(second_desk, held)
    press(desk, page(desk, held), "/withdraw")
    late = send(second_desk, shown, "accept", words="I call her tonight.")
    assert late.status == 409
    assert "This offer does not stand any more" in late.page.text
    assert "I call her tonight." in late.page.text


def test_what_somebody_saved_meanwhile_stands_beside_what_was_written(
    desk: Visitor, second: Reader, held: Sent
) -> None:
    seen = page(desk, held)
    add_note(second, held.ref, "Meanwhile", once=new_once(), now=NOW)
    conflict = send(desk, seen, "offer", to=str(second.member), note=NOTE)
    assert conflict.status == 409
    assert "What stands now" in conflict.page.text
    assert texts(conflict) == [NOTE]
    assert send(desk, conflict, "offer").status == 303


def test_nobody_chosen_and_too_many_words_come_back(desk: Visitor, held: Sent) -> None:
    refused = send(desk, page(desk, held), "offer", note=NOTE)
    assert refused.status == 422
    assert "Choose a colleague." in refused.page.text
    assert texts(refused) == [NOTE]
    long = send(desk, page(desk, held), "release", note="x" * 2_001)
    assert long.status == 422
    assert texts(long) == ["x" * 2_001]


def test_a_form_without_its_once_comes_back_with_the_words(
    desk: Visitor, second: Reader, held: Sent
) -> None:
    seen = page(desk, held)
    answer = send(desk, seen, "offer", to=str(second.member), note=NOTE, once="?")
    assert answer.status == 422
    assert texts(answer) == [NOTE]
    assert send(desk, answer, "offer", to=str(second.member)).status == 303


def test_a_note_outlives_the_session_and_the_switch_of_languages(
    desk: Visitor, second: Reader, held: Sent, clock: Clock
) -> None:
    seen = page(desk, held)
    typed = {"to": str(second.member), "note": NOTE}
    assert texts(switch(desk, seen, "kk", typed)) == [NOTE]
    clock.pass_(minutes=61)
    ended = send(desk, seen, "offer", **typed)
    offered = sign_in_again(desk, page=ended)
    assert texts(offered) == [NOTE]
    assert desk.send(offered).status == 303
    assert holder(second, held) == "coordinator"


def test_a_case_goes_back_to_the_queue_or_to_a_colleague_at_once(
    desk: Visitor, second_desk: Visitor, second: Reader, held: Sent
) -> None:
    released = send(desk, page(desk, held), "release", note="No time today.")
    assert "Nobody holds it" in desk.follow(released).page.text
    assert holder(second, held) is None
    given = send(desk, page(desk, held), "assign", to=str(second.member), note=NOTE)
    assert "Your colleague holds the case now" in desk.follow(given).page.text
    assert holder(second, held) == "second"
    assert "coordinator gave you a case" in second_desk.get("/account/").page.text


def test_who_does_not_hold_it_reads_who_does(second_desk: Visitor, held: Sent) -> None:
    shown = page(second_desk, held)
    assert "coordinator holds this case." in shown.page.text
    assert [e for e in shown.page.all("form") if "/hand-over/" in (e.get("action") or "")] == []


def test_others_on_the_case_are_named_on_every_tab(
    desk: Visitor, second_desk: Visitor, held: Sent
) -> None:
    second_desk.get(f"/desk/cases/{held.ref}/report")
    for tab in ("", "/report", "/messages", "/timeline", "/access", "/hand-over"):
        text = desk.get(f"/desk/cases/{held.ref}{tab}").page.text
        assert "Also here in the last ten minutes: second" in text


@pytest.mark.usefixtures("held")
def test_what_colleagues_hold_stands_in_numbers(desk: Visitor) -> None:
    rows = [e.text.split() for e in desk.get("/desk/team/").page.all("tr")]
    assert rows[1:] == [["you", "1", "1", *"00000"], ["second", *"0000000"]]


def test_a_mention_leads_to_the_notes_and_is_put_away(
    desk: Visitor, second_desk: Visitor, held: Sent
) -> None:
    messages = desk.get(f"/desk/cases/{held.ref}/messages")
    desk.send(messages, {"note": "@second can you call?"}, to=messages.path[:-8] + "notes")
    home = second_desk.get("/desk/team/")
    assert f"/desk/cases/{held.ref}/messages" in home.page.links
    assert "can you call" not in home.page.text
    done = second_desk.follow(press(second_desk, home, "/away"))
    assert "Nobody has named you" in done.page.text


def test_who_is_not_trained_learns_of_no_sexual_violence_by_being_offered_a_case(
    desk: Visitor, second_desk: Visitor, coordinator: Reader, second: Reader
) -> None:
    sent = send_and_open(coordinator, short_report(**TOLD_INTIMATELY))
    take(coordinator, sent.ref, now=NOW)
    offer(desk, sent, second, "@second, could you?")
    case = f"/desk/cases/{sent.ref}"
    for path in (case, f"{case}/hand-over", "/desk/team/", "/account/"):
        shown = second_desk.get(path).page.text.lower()
        assert [word for word in ("sexual", "rape", "ravenhall") if word in shown] == [], path
