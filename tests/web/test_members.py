"""Members on pages: invite, come in, be entered; what a coordinator does with each of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from intake.casework import Reader, Service, resume, take
from intake.roles import Role
from intake.store.people import MemberRow, RingMemberRow
from intake.vault import PublicKey, Seed
from tests.casework.joining import WORDS, add
from tests.people import (
    COORDINATOR,
    EARLIER,
    NOW,
    PASSPHRASES,
    SECOND,
    code_of,
    send,
    send_and_open,
    set_up_app,
    sign_in,
)
from tests.visitor import Visited, Visitor
from tests.web.conftest import Clock, signed_in

SECRET = re.compile(r"\b[0-9A-Z]{4}(?: [0-9A-Z]{4}){12}\b")


@dataclass
class Prover:
    """Fills in fresh proof; each time some minutes later, since no code is taken twice."""

    clock: Clock
    handle: str = COORDINATOR
    words: dict[str, str] = field(default_factory=lambda: dict(PASSPHRASES))

    def __call__(self, **more: str | Sequence[str]) -> dict[str, str | Sequence[str]]:
        self.clock.pass_(minutes=2)
        words = self.words.get(self.handle, WORDS)
        code = code_of(self.handle, self.clock.now)
        return {"passphrase": words, "code": code, **more}


@pytest.fixture
def prove(clock: Clock) -> Prover:
    return Prover(clock)


@pytest.fixture
def administrator(app: Flask, coordinator: Reader, service: Service) -> Visitor:
    set_up_app(add(coordinator, "aster", Role.ADMINISTRATOR), WORDS, now=EARLIER)
    return signed_in(app, sign_in(service, "aster", WORDS, known=None, now=NOW).cookie)


def fresh(app: Flask) -> Visitor:
    """A browser nobody used yet, in English."""
    client = app.test_client()
    client.set_cookie("l", "en", domain="127.0.0.1")
    return Visitor(client)


def invited(visitor: Visitor, handle: str = "fern", *roles: str) -> str:
    """The secret that the page shows once."""
    page = visitor.get("/members/invite")
    made = visitor.send(page, {"handle": handle, "roles": list(roles) or ["coordinator"]})
    assert made.status == 200
    (secret,) = set(SECRET.findall(made.page.text))
    assert f"/invitation#{secret.replace(' ', '')}" in made.page.text
    return str(secret)


def come(visitor: Visitor, secret: str) -> Visited:
    """Take the drawn passphrase behind an invitation."""
    words = visitor.send(visitor.get("/invitation"), {"secret": secret})
    assert words.status == 200
    typed = " ".join(item.text for item in words.page.all("li") if item.get("translate"))
    return visitor.send(words, {"again": typed})


def _drawn(visitor: Visitor) -> str:
    """The words that this browser typed last as its passphrase."""
    drawn = [typed for typed in visitor.typed if re.fullmatch(r"[a-z-]+( [a-z-]+)+", typed)]
    return max(drawn, key=len)


def member(service: Service, handle: str) -> MemberRow:
    with service.reading() as session:
        row = session.scalars(select(MemberRow).where(MemberRow.handle == handle)).one()
        session.expunge(row)
    return row


def digits(service: Service, handle: str) -> str:
    return PublicKey(member(service, handle).public_key).fingerprint()


def enter(visitor: Visitor, service: Service, prove: Prover, typed: str = "") -> Visited:
    page = visitor.get(f"/members/{member(service, 'fern').id}")
    typed = typed or digits(service, "fern")
    return visitor.send(page, prove(fingerprint=typed), to=f"{page.path}/enter")


def act(
    visitor: Visitor, handle: str, what: str, service: Service, **fields: str | Sequence[str]
) -> Visited:
    page = visitor.get(f"/members/{member(service, handle).id}/{what}")
    assert page.status == 200
    return visitor.send(page, fields)


def test_an_administrator_invites_and_a_coordinator_lets_in(
    app: Flask, administrator: Visitor, desk: Visitor, service: Service, prove: Prover
) -> None:
    newcomer = fresh(app)
    came = come(newcomer, invited(administrator))
    assert came.status == 303
    assert came.location == "/account/factors/"
    cookie = newcomer.client.get_cookie("d", domain="127.0.0.1")
    assert cookie is not None
    set_up_app(resume(service, cookie.value, now=NOW), _drawn(newcomer), now=EARLIER)
    fingerprint = digits(service, "fern")
    assert fingerprint in newcomer.get("/account/").page.text

    shown = desk.get("/members/")
    assert "waits to be let in" in shown.page.text
    page = desk.get(f"/members/{member(service, 'fern').id}")
    assert fingerprint not in page.page.text
    assert fingerprint.replace(" ", "") not in page.page.text

    entered = enter(desk, service, prove)
    assert (entered.status, entered.location.partition("?")[2]) == (303, "said=entered")
    assert "The member is let in." in desk.follow(entered).page.text
    assert newcomer.get("/account/").status == 303  # the session of her first hour ended


def test_wrong_digits_raise_an_alarm_and_let_nobody_in(
    app: Flask, desk: Visitor, service: Service, prove: Prover
) -> None:
    come(fresh(app), invited(desk))
    answer = enter(desk, service, prove, Seed.random().public.fingerprint())
    assert answer.status == 422
    (alarm,) = [one for one in answer.page.all("p") if one.get("role") == "alert"]
    assert "Nothing was done" in alarm.text
    assert member(service, "fern").state == "waiting"


def test_whose_roles_changed_under_the_page_is_not_let_in(
    app: Flask, administrator: Visitor, desk: Visitor, service: Service, prove: Prover
) -> None:
    come(fresh(app), invited(administrator, "fern", "doctor"))
    page = desk.get(f"/members/{member(service, 'fern').id}")
    hers = Prover(prove.clock, "aster")(roles=["coordinator"])
    act(administrator, "fern", "roles", service, **hers)
    fields = prove(fingerprint=digits(service, "fern"))
    answer = desk.send(page, fields, to=f"{page.path}/enter")
    assert answer.status == 409
    assert "changed this member meanwhile" in answer.page.text
    assert member(service, "fern").state == "waiting"


@pytest.mark.parametrize(
    "missing", [{"passphrase": "wrong words"}, {"code": "000000"}, {"code": ""}]
)
def test_without_fresh_proof_nobody_is_let_in(
    app: Flask, desk: Visitor, service: Service, prove: Prover, missing: dict[str, str]
) -> None:
    come(fresh(app), invited(desk))
    page = desk.get(f"/members/{member(service, 'fern').id}")
    fields = prove(fingerprint=digits(service, "fern"), **missing)
    assert desk.send(page, fields, to=f"{page.path}/enter").status == 422
    assert member(service, "fern").state == "waiting"


def test_a_link_works_once(app: Flask, desk: Visitor) -> None:
    secret = invited(desk)
    assert come(fresh(app), secret).status == 303
    again = fresh(app)
    answer = again.send(again.get("/invitation"), {"secret": secret})
    assert answer.status == 422
    assert "This does not open an invitation." in answer.page.text


def test_wrong_used_and_expired_get_one_answer(app: Flask, desk: Visitor, clock: Clock) -> None:
    used, expired = invited(desk), invited(desk, "moss")
    come(fresh(app), used)
    clock.now += timedelta(hours=25)
    answers = set()
    for secret in (used, expired, "0" * 52, "no secret at all"):
        visitor = fresh(app)
        answer = visitor.send(visitor.get("/invitation"), {"secret": secret})
        shown = answer.page.markup.replace(secret, "")
        answers.add((answer.status, re.sub(r'value="[^"]*"', "", shown)))
    assert len(answers) == 1


def test_a_passphrase_that_was_not_drawn_here_is_not_taken(app: Flask, desk: Visitor) -> None:
    secret, visitor = invited(desk), fresh(app)
    words = visitor.send(visitor.get("/invitation"), {"secret": secret})
    chosen = visitor.send(words, {"again": "words of my own choice", "drawn": "words.x.y"})
    assert chosen.status == 200  # others are drawn
    mistyped = visitor.send(chosen, {"again": "words of my own choice"})
    assert mistyped.status == 422
    other = visitor.send(mistyped, {"step": "another"})
    assert other.status == 200


def test_the_secret_is_shown_once(desk: Visitor) -> None:
    secret = invited(desk)
    everybody = desk.get("/members/").page
    assert "fern" in everybody.text
    assert secret not in everybody.text


def test_an_invitation_is_withdrawn(app: Flask, desk: Visitor) -> None:
    secret = invited(desk)
    page = desk.get("/members/")
    forms = [form.get("action") or "" for form in page.page.all("form")]
    (address,) = [one for one in forms if one.endswith("/withdraw")]
    desk.send(page, form=forms.index(address), to=address)
    visitor = fresh(app)
    assert visitor.send(visitor.get("/invitation"), {"secret": secret}).status == 422


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"handle": "", "roles": ["lawyer"]}, "Write a name of 2 to 40"),
        ({"handle": "<b>", "roles": ["lawyer"]}, "Write a name of 2 to 40"),
        ({"handle": SECOND, "roles": ["lawyer"]}, "Somebody has this name already"),
        ({"handle": "fern", "roles": []}, "Choose at least one role."),
        ({"handle": "fern", "roles": ["handler"]}, "Choose at least one role."),
        ({"handle": "fern", "roles": ["owner"]}, "Choose at least one role."),
    ],
)
def test_what_cannot_be_invited_is_said(
    desk: Visitor, typed: dict[str, str | Sequence[str]], words: str
) -> None:
    answer = desk.send(desk.get("/members/invite"), typed)
    assert answer.status == 422
    assert words in answer.page.text


def test_a_role_whose_ring_she_does_not_hold_is_refused_with_who_can(
    app: Flask, second_desk: Visitor, service: Service, clock: Clock
) -> None:
    come(fresh(app), invited(second_desk, "fern", "coordinator", "handler"))
    answer = enter(second_desk, service, Prover(clock, SECOND))
    assert answer.status == 409
    assert f"These people can: {COORDINATOR}." in answer.page.text


def test_a_member_gives_herself_no_role_through_the_form(
    desk: Visitor, second_desk: Visitor, service: Service, clock: Clock
) -> None:
    page = desk.get(f"/members/{member(service, SECOND).id}/roles")
    hers = second_desk.get("/members/invite")
    token = hers.page.fields(hers.page.form())["token"]
    fields = Prover(clock, SECOND)(roles=["coordinator", "handler"], token=token)
    assert second_desk.post(page.path, fields).status == 404
    assert second_desk.get(page.path).status == 404
    assert member(service, SECOND).roles == "coordinator"


def test_roles_are_changed(desk: Visitor, service: Service, prove: Prover) -> None:
    fields = prove(roles=["coordinator", "handler"])
    changed = act(desk, SECOND, "roles", service, **fields)
    assert "The roles are changed." in desk.follow(changed).page.text
    with service.reading() as session:
        hers = select(RingMemberRow.ring).where(
            RingMemberRow.member_id == member(service, SECOND).id
        )
        assert set(session.scalars(hers)) == {"case", "facts", "audit", "intimate"}


def test_the_open_session_of_a_suspended_member_ends(
    desk: Visitor, second_desk: Visitor, service: Service, prove: Prover
) -> None:
    sent = send(service)
    assert second_desk.get("/desk/").status == 200
    act(desk, SECOND, "suspend", service, **prove())
    assert second_desk.get("/desk/").status == 303
    assert second_desk.get(f"/desk/cases/{sent.ref}").status == 303
    assert second_desk.get("/members/").status == 303

    again = act(desk, SECOND, "again", service, **prove())
    assert "waits to be let in" in desk.follow(again).page.text


def test_the_last_coordinator_is_not_suspended(
    desk: Visitor, administrator: Visitor, service: Service, clock: Clock, prove: Prover
) -> None:
    act(desk, SECOND, "suspend", service, **prove())
    fields = Prover(clock, "aster")(knowing="y")
    answer = act(administrator, COORDINATOR, "suspend", service, **fields)
    assert answer.status == 409
    assert "This is the last coordinator." in answer.page.text
    assert desk.get("/desk/").status == 200


def test_the_last_trained_handler_takes_a_tick(
    second_desk: Visitor, service: Service, clock: Clock
) -> None:
    prove = Prover(clock, SECOND)
    answer = act(second_desk, COORDINATOR, "suspend", service, **prove())
    assert answer.status == 409
    assert "This is the last trained handler." in answer.page.text
    assert act(second_desk, COORDINATOR, "suspend", service, **prove(knowing="y")).status == 303


def test_whoever_leaves_hands_her_cases_on(
    desk: Visitor, second: Reader, service: Service, prove: Prover
) -> None:
    refs = [send_and_open(second).ref for _ in range(2)]
    for ref in refs:
        take(second, ref, now=NOW)
    to = str(member(service, COORDINATOR).id)
    left = act(desk, SECOND, "leave", service, **prove(to=to))
    shown = desk.follow(left).page.text
    assert "The member has left." in shown
    assert "still with her" not in shown
    mine = desk.get("/desk/?view=mine").page.text
    assert all(ref in mine for ref in refs)


def test_cases_an_administrator_left_behind_are_handed_on_by_a_coordinator(
    administrator: Visitor, desk: Visitor, second: Reader, service: Service, prove: Prover
) -> None:
    ref = send_and_open(second).ref
    take(second, ref, now=NOW)
    hers = Prover(prove.clock, "aster")
    left = act(administrator, SECOND, "leave", service, **hers())
    assert "Cases still with this member: 1." in administrator.follow(left).page.text
    assert ref not in administrator.get("/members/").page.text

    given = act(desk, SECOND, "cases", service, **prove(to="queue"))
    assert "The cases are handed on." in desk.follow(given).page.text


def test_a_lost_passphrase_gives_new_keys_through_a_link(
    app: Flask, desk: Visitor, second_desk: Visitor, service: Service, prove: Prover
) -> None:
    before = digits(service, SECOND)
    made = act(desk, SECOND, "renew", service, **prove())
    assert made.status == 200
    (secret,) = set(SECRET.findall(made.page.text))
    assert second_desk.get("/desk/").status == 200  # nothing happens before it is used
    assert come(fresh(app), secret).status == 303
    assert second_desk.get("/desk/").status == 303
    assert digits(service, SECOND) != before
    assert member(service, SECOND).state == "waiting"


def test_the_last_coordinator_gets_no_link_for_new_keys(
    desk: Visitor, administrator: Visitor, service: Service, clock: Clock, prove: Prover
) -> None:
    act(desk, SECOND, "suspend", service, **prove())
    fields = Prover(clock, "aster")(knowing="y")
    answer = act(administrator, COORDINATOR, "renew", service, **fields)
    assert answer.status == 409
    assert "This is the last coordinator." in answer.page.text
    assert SECRET.search(answer.page.text) is None


def test_cases_for_nobody_we_know_close_no_account(
    desk: Visitor, second: Reader, service: Service, prove: Prover
) -> None:
    take(second, send_and_open(second).ref, now=NOW)
    answer = act(desk, SECOND, "leave", service, **prove(to="nobody"))
    assert answer.status == 409
    assert member(service, SECOND).state == "active"


def test_a_member_who_was_changed_by_hand_is_marked(desk: Visitor, service: Service) -> None:
    with service.writing() as session:
        row = session.get_one(MemberRow, member(service, SECOND).id)
        row.public_key = Seed.random().public.raw
    assert "changed since a coordinator let them in" in desk.get("/members/").page.text
    assert "somebody wrote it into the database" in desk.get(f"/members/{row.id}").page.text


@pytest.mark.parametrize(
    "what", ["", "/roles", "/suspend", "/again", "/leave", "/renew", "/cases", "/grants"]
)
def test_unknown_members_are_not_found(desk: Visitor, what: str) -> None:
    assert desk.get(f"/members/00000000-0000-4000-8000-000000000000{what}").status == 404


@pytest.mark.parametrize("role", [Role.ANALYST, Role.AUDITOR, Role.DOCTOR])
def test_others_find_no_members(
    app: Flask, coordinator: Reader, service: Service, role: Role
) -> None:
    add(coordinator, "moss", role)
    visitor = signed_in(app, sign_in(service, "moss", WORDS, known=None, now=NOW).cookie)
    for path in ("/members/", "/members/invite", f"/members/{member(service, SECOND).id}"):
        assert visitor.get(path).status in {303, 404}
        assert "second" not in visitor.get(path).page.text
