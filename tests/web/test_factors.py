"""A member's own pages: notices, second factors, sessions, another passphrase."""

import base64
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask

from intake.casework import (
    Reader,
    Service,
    account_notices,
    factors_of,
    notices_for,
    open_sessions,
)
from intake.casework.member_states import WAITING
from intake.casework.purge import purge
from intake.store.people import MemberRow
from intake.vault import totp_code, totp_step
from tests.authenticator import Authenticator
from tests.people import COORDINATOR, NOW, PASSPHRASES, SECOND, code_of
from tests.visitor import Visited, Visitor
from tests.web.conftest import Clock, signed_in
from tests.web.test_account import errors, sign_in, switch
from tests.web.test_first_steps import secret, words

HERS = {"passphrase": PASSPHRASES[COORDINATOR], "code": code_of(COORDINATOR, NOW)}
LOCALHOST = "http://localhost"


def offered(page: Visited, kind: str) -> str | None:
    """The challenge on the button that asks for a passkey, or makes one."""
    buttons = {b.get("data-passkey"): b for b in page.page.all("button")}
    return buttons[kind].get("data-challenge") if kind in buttons else None


@pytest.fixture
def on_localhost(app: Flask, desk: Visitor) -> Visitor:
    """The same browser at a name, where passkeys work."""
    visitor = signed_in(app, desk.client.get_cookie("d", domain="127.0.0.1").value)  # type: ignore[union-attr]
    for name in ("d", "l"):
        cookie = visitor.client.get_cookie(name, domain="127.0.0.1")
        assert cookie is not None
        visitor.client.set_cookie(name, cookie.value, domain="localhost")
    return replace(visitor, base_url=LOCALHOST)


def test_the_account_says_who_she_is(desk: Visitor, coordinator: Reader) -> None:
    page = desk.get("/account/").page
    assert "Coordinator, Trained handler" in page.text
    assert coordinator.secret.seed.public.fingerprint() in page.text


@pytest.mark.parametrize("path", ["", "factors/", "factors/app", "factors/codes", "passphrase"])
def test_her_pages_are_for_nobody_else(visitor: Visitor, path: str) -> None:
    answer = visitor.get(f"/account/{path}")
    assert (answer.status, answer.location) == (303, f"/sign-in?to=/account/{path}")


def test_a_notice_stays_until_it_is_put_away(
    desk: Visitor, second_desk: Visitor, service: Service, coordinator: Reader
) -> None:
    with service.writing() as session:
        account_notices.tell(session, service, (coordinator.member,), "sheets_made", now=NOW)
    told = "New recovery sheets were made"
    page = desk.get("/account/")
    assert told in page.page.text
    assert told not in second_desk.get("/account/").page.text
    (notice,) = [n.id for n in notices_for(coordinator) if n.kind == "sheets_made"]
    address = f"/account/notices/{notice}/dismiss"
    second_desk.send(second_desk.get("/account/"), form=1, to=address)
    assert told in desk.get("/account/").page.text
    gone = desk.send(page, form=1, to=address)
    assert told not in desk.follow(gone).page.text


def test_a_sign_in_from_an_unknown_browser_is_told(visitor: Visitor, desk: Visitor) -> None:
    sign_in(visitor)
    assert "not known here" in desk.get("/account/").page.text


def test_sessions_are_listed_and_end_one_by_one(
    visitor: Visitor, desk: Visitor, coordinator: Reader
) -> None:
    sign_in(visitor)
    page = desk.get("/account/")
    assert page.page.text.count("this browser") == 1
    (other,) = [one.id for one in open_sessions(coordinator) if not one.is_this]
    ended = desk.send(page, form=1, to=f"/account/sessions/{other}/end")
    assert "The session is ended" in desk.follow(ended).page.text
    assert visitor.get("/desk/").status == 303
    assert desk.get("/account/").status == 200


def test_a_session_of_another_member_is_not_hers_to_end(
    desk: Visitor, second_desk: Visitor, second: Reader
) -> None:
    answers = [
        desk.send(desk.get("/account/"), form=1, to=f"/account/sessions/{id_}/end")
        for id_ in (second.session_id, uuid4())
    ]
    assert answers[0].location == answers[1].location
    assert second_desk.get("/account/").status == 200


def test_all_other_sessions_end_at_once(visitor: Visitor, desk: Visitor) -> None:
    sign_in(visitor)
    desk.send(desk.get("/account/"), form=1, to="/account/sessions/end-others")
    assert visitor.get("/desk/").status == 303
    assert desk.get("/account/").status == 200


def test_a_browser_is_named_coarsely(app: Flask, desk: Visitor) -> None:
    visitor = Visitor(app.test_client())
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    visitor.client.environ_base["HTTP_USER_AGENT"] = agent
    sign_in(visitor)
    page = desk.get("/account/").page.text
    assert "Firefox on Linux" in page
    assert "140" not in page


@pytest.mark.parametrize("wrong", [{"code": "000000"}, {"code": ""}, {"passphrase": "wrong"}])
@pytest.mark.parametrize("path", ["/account/factors/codes", "/first-steps/sheets"])
def test_what_matters_takes_fresh_proof(
    desk: Visitor, path: str, wrong: dict[str, str]
) -> None:
    page = desk.get(path)
    refused = desk.send(page, HERS | wrong)
    assert refused.status == 422
    assert "not yours" in errors(refused)
    assert PASSPHRASES[COORDINATOR] not in refused.page.markup
    assert refused.page.fields(refused.page.form())["code"] == [""]
    right = desk.send(refused, HERS)
    assert right.status == 200
    assert errors(right) == ""
    assert desk.send(page, HERS).status == 422  # the code was used


def test_too_many_wrong_proofs_wait(desk: Visitor) -> None:
    page = desk.get("/account/factors/codes")
    answers = [desk.send(page, HERS | {"code": "000000"}).status for _ in range(7)]
    assert answers == [422] * 6 + [429]


def test_recovery_codes_are_shown_in_the_answer_alone(desk: Visitor, visitor: Visitor) -> None:
    shown = desk.send(desk.get("/account/factors/codes"), HERS)
    codes = words(shown)
    assert len(set(codes)) == 10
    assert not any(code in desk.get("/account/factors/").page.text for code in codes)
    fields = {"handle": COORDINATOR, "passphrase": PASSPHRASES[COORDINATOR], "code": codes[4]}
    assert visitor.send(visitor.get("/sign-in"), fields).status == 303
    assert Visitor(visitor.client).send(visitor.get("/sign-in"), fields).status == 422


def test_another_app_takes_the_place_of_the_first(desk: Visitor, clock: Clock) -> None:
    page = desk.get("/account/factors/app")
    new = secret(page)
    step = totp_step(clock.now.timestamp())
    added = desk.send(page, HERS | {"first_code": totp_code(new, step)})
    assert "is added" in desk.follow(added).page.text
    fresh = Visitor(desk.client.application.test_client())
    fields = {"handle": COORDINATOR, "passphrase": PASSPHRASES[COORDINATOR]}
    old = fields | {"code": code_of(COORDINATOR, NOW, 1)}
    assert fresh.send(fresh.get("/sign-in"), old).status == 422
    assert (
        fresh.send(fresh.get("/sign-in"), fields | {"code": totp_code(new, step + 1)}).status
        == 303
    )


def test_the_last_factor_cannot_be_taken_away(desk: Visitor, coordinator: Reader) -> None:
    (app,) = factors_of(coordinator)
    assert "/remove" not in desk.get("/account/factors/").page.markup
    refused = desk.send(desk.get(f"/account/factors/{app.id}/remove"), HERS)
    assert refused.status == 422
    assert "last second factor" in errors(refused)


def test_a_factor_of_another_member_is_as_missing(desk: Visitor, second: Reader) -> None:
    (hers,) = factors_of(second)
    for id_ in (hers.id, uuid4()):
        assert desk.get(f"/account/factors/{id_}/remove").status == 404
        assert desk.post(f"/account/factors/{id_}/remove", HERS).status == 404


def test_another_passphrase_takes_the_old_one_and_a_code(
    desk: Visitor, visitor: Visitor
) -> None:
    page = desk.get("/account/passphrase")
    drawn = " ".join(words(page))
    unproved = desk.send(page, {"again": drawn, "step": "keep"} | HERS | {"code": "1"})
    assert (unproved.status, words(unproved)) == (422, words(page))
    changed = desk.send(unproved, {"again": drawn, "step": "keep"} | HERS)
    assert changed.location == "/account/?said=passphrase"
    assert desk.follow(changed).status == 200
    assert sign_in(visitor, words=PASSPHRASES[COORDINATOR]).status == 422
    assert sign_in(visitor, words=drawn).status == 422  # her code was used for the change
    code = code_of(COORDINATOR, NOW, 1)
    fields = {"handle": COORDINATOR, "passphrase": drawn, "code": code}
    assert visitor.send(visitor.get("/sign-in"), fields).status == 303


def test_the_switch_of_languages_uses_no_code_up(desk: Visitor) -> None:
    page = desk.get("/account/factors/codes")
    switched = switch(desk, page, "kk", HERS)
    assert errors(switched) == ""
    assert desk.send(switched, HERS).status == 200


def test_at_a_bare_address_no_passkey_is_offered(desk: Visitor, visitor: Visitor) -> None:
    assert desk.get("/account/factors/passkey").status == 404
    assert offered(visitor.get("/sign-in"), "get") is None
    assert "desk.js" not in visitor.get("/sign-in").page.markup


def test_a_passkey_is_added_and_signs_in(
    on_localhost: Visitor, app: Flask, clock: Clock
) -> None:
    page = on_localhost.get("/account/factors/passkey")
    key = Authenticator(LOCALHOST)
    made = key.register(offered(page, "create") or "")
    added = on_localhost.send(page, HERS | {"made": made, "name": "blue key"})
    assert added.location == "/account/factors/?said=added"
    assert "blue key" in on_localhost.get("/account/factors/").page.text
    clock.pass_(seconds=1)
    fresh = replace(on_localhost, client=app.test_client())
    at_sign_in = fresh.get("/sign-in")
    answer = key.sign(offered(at_sign_in, "get") or "")
    fields = {
        "handle": COORDINATOR,
        "passphrase": PASSPHRASES[COORDINATOR],
        "passkey": answer,
    }
    wrong = fresh.send(at_sign_in, fields | {"handle": SECOND})
    assert wrong.status == 422
    assert fresh.send(at_sign_in, fields).status == 303
    again = fresh.send(at_sign_in, fields)
    assert again.status == 422
    assert errors(again) == errors(wrong)


def test_a_passkey_proves_too(on_localhost: Visitor, clock: Clock) -> None:
    page = on_localhost.get("/account/factors/passkey")
    key = Authenticator(LOCALHOST)
    made = key.register(offered(page, "create") or "")
    on_localhost.send(page, HERS | {"made": made, "name": "blue key"})
    clock.pass_(seconds=1)
    codes = on_localhost.get("/account/factors/codes")
    answer = key.sign(offered(codes, "get") or "")
    proved = on_localhost.send(codes, HERS | {"code": "", "passkey": answer})
    assert (proved.status, len(words(proved))) == (200, 10)


def test_a_wrong_answer_makes_no_passkey(on_localhost: Visitor) -> None:
    page = on_localhost.get("/account/factors/passkey")
    refused = on_localhost.send(page, HERS | {"made": "{}", "name": "blue key"})
    assert refused.status == 422
    assert "No passkey was made" in errors(refused)


def test_the_secret_of_the_app_is_in_no_address_and_no_cookie(desk: Visitor) -> None:
    page = desk.get("/account/factors/app")
    text = base64.b32encode(secret(page)).decode()
    assert text not in str(page.answer.headers)
    assert not any(text in link for link in page.page.links)


def test_whoever_waits_reads_her_digits_and_nothing_else(
    desk: Visitor, service: Service, coordinator: Reader
) -> None:
    with service.writing() as session:
        session.get_one(MemberRow, coordinator.member).state = WAITING
    for path in ("/desk/", "/desk/duty", "/oversight/", "/first-steps/sheets"):
        answer = desk.get(path)
        assert (answer.status, answer.location) == (303, "/account/")
    page = desk.get("/account/").page
    assert "A coordinator must let you in" in page.text
    assert coordinator.secret.seed.public.fingerprint() in page.text


def test_notices_are_forgotten_after_ninety_days(
    desk: Visitor, service: Service, coordinator: Reader
) -> None:
    del desk
    assert notices_for(coordinator)
    purge(service, now=NOW + timedelta(days=92))
    assert notices_for(coordinator) == ()
