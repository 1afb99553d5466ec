"""Invitations: a link is good once and for a day, and tells a guesser nothing."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from intake.casework import (
    NotAllowed,
    Reader,
    Service,
    WrongPassphrase,
    account_notices,
    entering,
    invitation_links,
    invitations,
    joining,
    renewal,
    resume,
)
from intake.casework.invitations import HandleTaken, NotAHandle, WrongInvitation
from intake.casework.leaving_rules import LastCoordinator, LastHandler
from intake.casework.member_roles import NotRoles
from intake.casework.member_states import WAITING
from intake.roles import Role
from intake.store.people import CredentialRow, InvitationRow, MemberRow, RingMemberRow
from intake.vault import InvitationLink, PublicKey, Ring
from tests.casework.joining import (
    WORDS,
    add,
    enter,
    fingerprint,
    is_in,
    joined,
    proof,
    row_of,
    sign_in_as,
)
from tests.people import NOW, SECOND, sign_in

OTHER_WORDS = "pebble lantern orchard saddle violet timber"


def invite(reader: Reader, handle: str = "fern", *roles: Role) -> str:
    return invitations.invite(reader, handle, roles or (Role.COORDINATOR,), now=NOW)


def test_a_secret_is_read_however_it_is_written() -> None:
    link = InvitationLink.random()
    text = invitation_links.text_of(link)
    assert len(text.split()) == 13
    for typed in (
        text,
        text.lower(),
        text.replace(" ", ""),
        text.replace(" ", "-"),
        f"https://desk.example.org/invitation#{text.replace(' ', '')}",
        text.replace("0", "O").replace("1", "l"),
        text.replace("A", "\u0410").replace("C", "\u0441"),
    ):
        assert invitation_links.read(typed) == link, typed


@pytest.mark.parametrize("typed", ["", "abc", "U" * 52, "0" * 51, "0" * 53, "\0", "ж" * 52])
def test_what_is_no_secret_is_none(typed: str) -> None:
    assert invitation_links.read(typed) is None


def test_an_invitation_makes_a_member_who_waits(
    coordinator_on_each: Reader, service_on_each: Service
) -> None:
    secret = invite(coordinator_on_each, " Fern ")
    signed_in = joining.join(service_on_each, secret, WORDS, now=NOW)
    reader = resume(service_on_each, signed_in.cookie, now=NOW)
    row = row_of(service_on_each, "fern")
    assert (row.state, row.roles, reader.handle) == (WAITING, "coordinator", "fern")
    assert PublicKey(row.public_key) == reader.secret.seed.public
    assert invitations.pending(coordinator_on_each, now=NOW) == ()
    assert sign_in_as(service_on_each, "fern").is_waiting


def test_a_link_that_was_used_opens_no_more(coordinator: Reader, service: Service) -> None:
    secret = invite(coordinator)
    joining.join(service, secret, WORDS, now=NOW)
    with pytest.raises(WrongInvitation):
        joining.join(service, secret, OTHER_WORDS, now=NOW)
    with pytest.raises(WrongInvitation):
        joining.look_at(service, secret, now=NOW)


def test_of_two_at_once_one_comes_in(
    coordinator_on_each: Reader, service_on_each: Service
) -> None:
    secret, came, refused = invite(coordinator_on_each), [], []

    def come(words: str) -> None:
        try:
            came.append(joining.join(service_on_each, secret, words, now=NOW))
        except WrongInvitation as error:
            refused.append(error)

    both = [threading.Thread(target=come, args=(words,)) for words in (WORDS, OTHER_WORDS)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert (len(came), len(refused)) == (1, 1)
    with service_on_each.reading() as session:
        mine = select(func.count()).select_from(MemberRow).where(MemberRow.handle == "fern")
        assert session.scalar(mine) == 1


def test_a_link_is_good_for_a_day_and_no_longer(coordinator: Reader, service: Service) -> None:
    secret = invite(coordinator)
    last = NOW + timedelta(hours=24)
    offer = joining.look_at(service, secret, now=last - timedelta(seconds=1))
    assert offer.handle == "fern"
    with pytest.raises(WrongInvitation):
        joining.look_at(service, secret, now=last)
    with pytest.raises(WrongInvitation):
        joining.join(service, secret, WORDS, now=last)


def test_a_link_that_was_withdrawn_opens_no_more(coordinator: Reader, service: Service) -> None:
    secret = invite(coordinator)
    (waiting,) = invitations.pending(coordinator, now=NOW)
    invitations.withdraw(coordinator, waiting.id, now=NOW)
    invitations.withdraw(coordinator, waiting.id, now=NOW)
    with pytest.raises(WrongInvitation):
        joining.look_at(service, secret, now=NOW)


def test_no_number_of_wrong_secrets_keeps_a_newcomer_out(
    coordinator: Reader, service: Service
) -> None:
    secret = invite(coordinator, "fern", Role.LAWYER)
    for _ in range(20):
        with pytest.raises(WrongInvitation):
            joining.look_at(service, invitation_links.text_of(InvitationLink.random()), now=NOW)
    assert joining.look_at(service, secret, now=NOW).handle == "fern"


def test_roles_written_into_an_invitation_by_hand_spoil_it(
    coordinator: Reader, service: Service
) -> None:
    secret = invite(coordinator, "fern", Role.LAWYER)
    with service.writing() as session:
        session.scalars(select(InvitationRow)).one().role = "coordinator handler"
    with pytest.raises(WrongInvitation):
        joining.join(service, secret, WORDS, now=NOW)


def test_a_link_cannot_be_turned_into_new_keys_for_somebody_else(
    coordinator: Reader, second: Reader, service: Service
) -> None:
    secret = invite(coordinator)
    with service.writing() as session:
        session.scalars(select(InvitationRow)).one().member_id = second.member
    with pytest.raises(WrongInvitation):
        joining.join(service, secret, WORDS, now=NOW)


def test_nothing_in_the_database_opens_an_invitation(
    coordinator: Reader, service: Service
) -> None:
    secret = invite(coordinator).replace(" ", "")
    link = invitation_links.read(secret)
    assert link is not None
    stored = b"".join(
        path.read_bytes() for path in sorted(service.settings.instance.glob("intake.db*"))
    )
    assert link.raw not in stored
    assert secret.encode() not in stored


@pytest.mark.parametrize("handle", ["", "a", "-fern", "a b", "x" * 41, "fe\0rn", "<b>"])
def test_odd_names_are_refused(coordinator: Reader, handle: str) -> None:
    with pytest.raises(NotAHandle):
        invite(coordinator, handle)


@pytest.mark.parametrize("handle", [SECOND, "SECOND ", "fern"])
def test_a_name_is_given_once(coordinator: Reader, handle: str) -> None:
    invite(coordinator)
    with pytest.raises(HandleTaken):
        invite(coordinator, handle)


@pytest.mark.parametrize("roles", [(), (Role.HANDLER,), (Role.HANDLER, Role.LAWYER)])
def test_roles_that_do_not_go_together_are_refused(
    coordinator: Reader, roles: tuple[Role, ...]
) -> None:
    with pytest.raises(NotRoles):
        invitations.invite(coordinator, "fern", roles, now=NOW)


@pytest.mark.parametrize("role", [Role.ANALYST, Role.AUDITOR, Role.LAWYER, Role.PSYCHOLOGIST])
def test_others_invite_nobody(coordinator: Reader, role: Role) -> None:
    other = add(coordinator, "moss", role)
    with pytest.raises(NotAllowed):
        invite(other)
    with pytest.raises(NotAllowed):
        invitations.pending(other, now=NOW)


def test_an_administrator_invites(coordinator: Reader) -> None:
    administrator = add(coordinator, "aster", Role.ADMINISTRATOR)
    newcomer = joined(administrator)
    enter(coordinator, newcomer)
    assert is_in(coordinator.service, "fern")


def test_new_keys_take_the_place_of_old_ones_and_wait(
    coordinator_on_each: Reader, second_on_each: Reader, service_on_each: Service
) -> None:
    reader, service = coordinator_on_each, service_on_each
    old = row_of(service, SECOND).public_key
    secret = renewal.renew(reader, second_on_each.member, proof=proof(reader), now=NOW)
    assert row_of(service, SECOND).state == "active"

    cookie = joining.join(service, secret, OTHER_WORDS, now=NOW).cookie
    renewed = resume(service, cookie, now=NOW)
    assert renewed.member == second_on_each.member
    assert renewed.is_waiting
    row = row_of(service, SECOND)
    assert row.public_key != old
    assert row.roles == "coordinator"
    with service.reading() as session:
        for table in (RingMemberRow, CredentialRow):
            hers = select(table).where(table.member_id == row.id)
            assert session.scalars(hers).all() == []
    with pytest.raises(WrongPassphrase):
        sign_in(
            service, SECOND, "harbor pencil walnut thunder meadow copper", known=None, now=NOW
        )

    entering.enter(reader, renewed.member, fingerprint(renewed), proof(reader), now=NOW)
    again = sign_in_as(service, SECOND, OTHER_WORDS)
    with service.reading() as session:
        assert again.holds(session, Ring.CASE)


def test_every_coordinator_sees_that_new_keys_were_made(
    coordinator: Reader, second: Reader, service: Service
) -> None:
    third = add(coordinator, "moss", Role.ANALYST)
    secret = renewal.renew(coordinator, third.member, proof=proof(coordinator), now=NOW)
    joining.join(service, secret, OTHER_WORDS, now=NOW)
    for reader in (coordinator, second):
        kinds = {one.kind for one in account_notices.notices(reader)}
        assert {"renewal_made", "renewed"} <= kinds


def test_she_herself_is_told_of_a_link_for_new_keys(coordinator: Reader) -> None:
    analyst = add(coordinator, "moss", Role.ANALYST)
    renewal.renew(coordinator, analyst.member, proof=proof(coordinator), now=NOW)
    assert [one.kind for one in account_notices.notices(analyst)].count("renewal_made") == 1


def test_a_second_link_for_new_keys_spoils_the_first(
    coordinator: Reader, second: Reader, service: Service
) -> None:
    first = renewal.renew(coordinator, second.member, proof=proof(coordinator), now=NOW)
    renewal.renew(coordinator, second.member, proof=proof(coordinator), now=NOW)
    with pytest.raises(WrongInvitation):
        joining.look_at(service, first, now=NOW)


def test_the_last_coordinator_keeps_her_keys(
    coordinator: Reader, second: Reader, service: Service
) -> None:
    with pytest.raises(LastHandler):
        renewal.renew(second, coordinator.member, proof=proof(second), now=NOW)
    first, other = (
        renewal.renew(by, whose.member, proof=proof(by), knowing=True, now=NOW)
        for by, whose in ((second, coordinator), (coordinator, second))
    )
    joining.join(service, other, OTHER_WORDS, now=NOW)
    with pytest.raises(WrongInvitation):
        joining.join(service, first, OTHER_WORDS, now=NOW)
    administrator = add(coordinator, "aster", Role.ADMINISTRATOR)
    with pytest.raises(LastCoordinator):
        renewal.renew(administrator, coordinator.member, proof=proof(administrator), now=NOW)


def test_nobody_makes_new_keys_for_herself(coordinator: Reader) -> None:
    with pytest.raises(NotAllowed):
        renewal.renew(coordinator, coordinator.member, proof=proof(coordinator), now=NOW)
