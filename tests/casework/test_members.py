"""Members: who is shown how, and what is taken from whoever goes."""

from uuid import uuid4

import pytest
from sqlalchemy import ColumnElement, select, update

from intake.casework import (
    NotAllowed,
    Reader,
    Service,
    SessionEnded,
    WrongPassphrase,
    account_notices,
    duty,
    joining,
    member_box,
    members,
    renewal,
    resume,
    roster,
    standing,
)
from intake.casework.entering import RingNotHeld
from intake.casework.invitations import WrongInvitation
from intake.casework.leaving_rules import LastCoordinator, LastHandler
from intake.casework.member_roles import NotRoles, change_roles
from intake.casework.member_states import ACTIVE, LEFT, SUSPENDED, WAITING
from intake.casework.roster import RosterDiffers
from intake.roles import Permission, Role
from intake.store.people import (
    CredentialRow,
    MemberRow,
    RingMemberRow,
    RingRow,
    SessionRow,
)
from intake.vault import Ring, Seed
from tests.casework.joining import WORDS, add, enter, joined, proof, row_of, sign_in_as
from tests.casework.test_grants import desk_of
from tests.people import COORDINATOR, NOW, PASSPHRASES, SECOND, Installation, sign_in

BOTH = (Role.COORDINATOR, Role.HANDLER)


def due(service: Service) -> set[str]:
    with service.reading() as session:
        return set(session.scalars(select(RingRow.name).where(RingRow.is_due)))


def suspend(reader: Reader, member: Reader, state: str = SUSPENDED, **more: bool) -> None:
    members.take_out(reader, member.member, state=state, proof=proof(reader), now=NOW, **more)


def shown(reader: Reader, handle: str) -> members.Member:
    return next(one for one in members.everybody(reader) if one.handle == handle)


def on_directory(reader: Reader) -> set[str]:
    with reader.service.reading() as session:
        key = reader.ring(session, Ring.CASE)
        return {entry.handle for entry in roster.read(session, reader.service, key).values()}


def test_whoever_waits_is_shown_first(coordinator: Reader) -> None:
    joined(coordinator, "zinnia")
    first, *others = members.everybody(coordinator)
    assert (first.handle, first.is_waiting, first.rings) == ("zinnia", True, ())
    assert [one.handle for one in others] == [COORDINATOR, SECOND]
    assert others[0].rings == ("case", "intimate", "facts", "audit")


def test_an_administrator_sees_members_and_no_case(coordinator: Reader) -> None:
    administrator = add(coordinator, "aster", Role.ADMINISTRATOR)
    assert {one.handle for one in members.everybody(administrator)} == {
        COORDINATOR,
        SECOND,
        "aster",
    }
    assert not administrator.may(Permission.OPEN_CASE)
    assert renewal.given_alone(administrator, coordinator.member) == ()


@pytest.mark.parametrize("role", [Role.ANALYST, Role.AUDITOR, Role.DOCTOR])
def test_others_see_no_members(coordinator: Reader, role: Role) -> None:
    with pytest.raises(NotAllowed):
        members.everybody(add(coordinator, "moss", role))


def test_whoever_is_suspended_loses_keys_and_sessions_at_once(
    coordinator_on_each: Reader,
    second_on_each: Reader,
    service_on_each: Service,
    installation: Installation,
) -> None:
    suspend(coordinator_on_each, second_on_each)

    service, hers = service_on_each, second_on_each.member
    with service.reading() as session:
        for table in (RingMemberRow, SessionRow):
            assert session.scalars(select(table).where(table.member_id == hers)).all() == []
    assert due(service) == {"case", "facts", "audit"}
    assert on_directory(coordinator_on_each) == {COORDINATOR}
    with pytest.raises(SessionEnded):
        resume(service, installation.cookies[SECOND], now=NOW)
    with pytest.raises(WrongPassphrase):
        sign_in(service, SECOND, PASSPHRASES[SECOND], known=None, now=NOW)


def test_her_box_stays_while_she_is_suspended_and_goes_when_she_leaves(
    coordinator: Reader, second: Reader, service: Service
) -> None:
    box = row_of(service, SECOND).box
    suspend(coordinator, second)
    assert row_of(service, SECOND).box == box
    suspend(coordinator, second, LEFT)
    gone = row_of(service, SECOND)
    assert (gone.state, gone.box == box, len(gone.box) == len(box)) == (LEFT, False, True)
    assert len(gone.kdf) == len(row_of(service, COORDINATOR).kdf)


def test_an_administrator_suspends_and_nothing_is_sealed_to_whoever_went(
    coordinator: Reader, second: Reader, service: Service
) -> None:
    suspend(add(coordinator, "aster", Role.ADMINISTRATOR), second)
    assert SECOND in on_directory(coordinator)  # an administrator cannot write a roster
    with service.reading() as session:
        key = coordinator.ring(session, Ring.CASE)
        sealed_to = roster.readers(session, service, key)
        assert [entry.handle for entry in sealed_to] == [COORDINATOR]
    enter(coordinator, joined(coordinator))
    assert on_directory(coordinator) == {COORDINATOR, "aster", "fern"}


def test_a_suspension_undone_by_hand_gives_nothing_back(
    coordinator: Reader, second: Reader, service: Service
) -> None:
    suspend(add(coordinator, "aster", Role.ADMINISTRATOR), second)
    with service.writing() as session:
        session.execute(
            update(MemberRow).where(MemberRow.handle == SECOND).values(state=ACTIVE)
        )
    with service.reading() as session:
        key = coordinator.ring(session, Ring.CASE)
        sealed_to = roster.readers(session, service, key)
        assert [entry.handle for entry in sealed_to] == [COORDINATOR]
        assert standing.strangers(session, service) == (SECOND,)
    assert shown(coordinator, SECOND).is_otherwise


def test_whoever_was_suspended_waits_and_is_entered_anew(
    coordinator: Reader, second: Reader, service: Service
) -> None:
    suspend(coordinator, second)
    renewal.let_in_again(coordinator, second.member, proof=proof(coordinator), now=NOW)
    assert row_of(service, SECOND).state == WAITING
    waiting = sign_in_as(service, SECOND, PASSPHRASES[SECOND])
    assert waiting.is_waiting
    enter(coordinator, waiting)
    again = sign_in_as(service, SECOND, PASSPHRASES[SECOND])
    with service.reading() as session:
        assert again.holds(session, Ring.CASE)


def test_second_factors_stay_as_long_as_the_box_that_asks_for_them(
    coordinator: Reader, second: Reader, service: Service
) -> None:
    suspend(coordinator, second)
    renewal.let_in_again(coordinator, second.member, proof=proof(coordinator), now=NOW)
    waiting = sign_in_as(service, SECOND, PASSPHRASES[SECOND])
    assert not waiting.must_add_factor
    suspend(coordinator, second, LEFT)
    with service.reading() as session:
        hers = select(CredentialRow).where(CredentialRow.member_id == second.member)
        assert session.scalars(hers).all() == []


@pytest.mark.parametrize("state", [SUSPENDED, LEFT])
def test_a_link_for_new_keys_brings_nobody_back_who_was_taken_out(
    coordinator: Reader, second: Reader, service: Service, state: str
) -> None:
    secret = renewal.renew(coordinator, second.member, proof=proof(coordinator), now=NOW)
    suspend(coordinator, second, state)
    with pytest.raises(WrongInvitation):
        joining.join(service, secret, WORDS, now=NOW)
    assert row_of(service, SECOND).state == state


def test_a_box_opens_no_session_for_whoever_is_suspended_meanwhile(
    coordinator: Reader, second: Reader, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = member_box.opened

    def slowly(service: Service, whose: ColumnElement[bool], words: str) -> member_box.Opened:
        box = opened(service, whose, words)
        monkeypatch.setattr(member_box, "opened", opened)
        suspend(coordinator, second)
        return box

    for use in (
        lambda: sign_in_as(service, SECOND, PASSPHRASES[SECOND]),
        lambda: proof(second),
    ):
        monkeypatch.setattr(member_box, "opened", slowly)
        with pytest.raises(WrongPassphrase):
            use()
        with service.reading() as session:
            hers = select(SessionRow).where(SessionRow.member_id == second.member)
            assert session.scalars(hers).all() == []
        let_in(coordinator, second)


def let_in(reader: Reader, member: Reader) -> None:
    renewal.let_in_again(reader, member.member, proof=proof(reader), now=NOW)
    enter(reader, member)


def test_whoever_goes_is_off_the_rota(coordinator: Reader, second: Reader) -> None:
    entries = [
        duty.Entry(one.member, f"{one.handle}@post.example") for one in (coordinator, second)
    ]
    duty.keep(coordinator, entries, revision=0, now=NOW)
    suspend(coordinator, second)
    rota = duty.rota(coordinator)
    assert [entry.member for entry in rota.entries] == [coordinator.member]
    assert rota.revision == 2


def test_the_last_coordinator_stays(coordinator: Reader, second: Reader) -> None:
    administrator = add(coordinator, "aster", Role.ADMINISTRATOR)
    suspend(administrator, second)
    for knowing in (False, True):
        with pytest.raises(LastCoordinator):
            suspend(administrator, coordinator, knowing=knowing)
    with pytest.raises(LastCoordinator):
        change_roles(
            administrator, coordinator.member, (Role.AUDITOR,), proof(administrator), now=NOW
        )
    assert shown(administrator, COORDINATOR).state == ACTIVE


def test_the_last_trained_handler_goes_only_when_it_is_known(
    coordinator: Reader, second: Reader
) -> None:
    with pytest.raises(LastHandler):
        suspend(second, coordinator)
    suspend(second, coordinator, knowing=True)
    assert shown(second, COORDINATOR).state == SUSPENDED
    assert due(second.service) == {"case", "intimate", "facts", "audit"}


@pytest.mark.parametrize("state", [ACTIVE, WAITING, "first", "locked", "x"])
def test_nobody_is_put_into_another_state(
    coordinator: Reader, second: Reader, state: str
) -> None:
    with pytest.raises(NotAllowed):
        suspend(coordinator, second, state)


def test_nobody_takes_herself_out(coordinator: Reader) -> None:
    with pytest.raises(NotAllowed):
        suspend(coordinator, coordinator)


def test_nobody_gives_herself_a_role(second: Reader) -> None:
    with pytest.raises(NotAllowed):
        change_roles(second, second.member, BOTH, proof(second), now=NOW)
    assert row_of(second.service, SECOND).roles == "coordinator"


def test_a_role_with_a_ring_is_given_by_who_holds_it(
    coordinator_on_each: Reader, second_on_each: Reader, service_on_each: Service
) -> None:
    reader, service = coordinator_on_each, service_on_each
    change_roles(reader, second_on_each.member, BOTH, proof(reader), now=NOW)
    assert sign_in_as(service, SECOND, PASSPHRASES[SECOND]).is_trained
    assert due(service) == set()
    assert not any(one.is_otherwise for one in members.everybody(reader))


def test_a_role_whose_ring_she_does_not_hold_is_refused(
    coordinator: Reader, second: Reader, service: Service
) -> None:
    add(coordinator, "moss", Role.COORDINATOR)
    with pytest.raises(RingNotHeld) as refused:
        change_roles(second, shown(second, "moss").id, BOTH, proof(second), now=NOW)
    assert refused.value.holders == (COORDINATOR,)
    assert row_of(service, "moss").roles == "coordinator"


def test_a_role_that_is_taken_takes_its_ring_and_makes_another_due(
    coordinator: Reader, second: Reader, service: Service
) -> None:
    roles = (Role.AUDITOR, Role.ANALYST)
    change_roles(coordinator, second.member, roles, proof(coordinator), now=NOW)
    assert due(service) == {"case"}
    again = sign_in_as(service, SECOND, PASSPHRASES[SECOND])
    with service.reading() as session:
        assert {ring for ring in Ring if again.holds(session, ring)} == {
            Ring.FACTS,
            Ring.AUDIT,
        }
        for ring in (Ring.FACTS, Ring.AUDIT):
            key = coordinator.ring(session, ring)
            entries = roster.read(session, service, key)
            assert set(entries[second.member].roles) == set(roles)
    assert not any(one.is_otherwise for one in members.everybody(coordinator))


def test_training_can_be_taken_by_who_does_not_hold_its_ring(
    coordinator: Reader, second: Reader, service: Service
) -> None:
    other = add(coordinator, "moss", *BOTH)
    change_roles(second, other.member, (Role.COORDINATOR,), proof(second), now=NOW)
    assert due(service) == {"intimate"}
    assert not sign_in_as(service, "moss").is_trained
    with service.reading() as session:
        key = coordinator.ring(session, Ring.INTIMATE)
        assert [one.handle for one in roster.readers(session, service, key)] == [COORDINATOR]


def test_an_administrator_changes_roles_of_those_only_who_wait(
    coordinator: Reader, second: Reader, service: Service
) -> None:
    administrator = add(coordinator, "aster", Role.ADMINISTRATOR)
    newcomer = joined(administrator)
    change_roles(administrator, newcomer.member, (Role.LAWYER,), proof(administrator), now=NOW)
    assert row_of(service, "fern").roles == "lawyer"
    with pytest.raises(NotAllowed):
        change_roles(
            administrator, second.member, (Role.LAWYER,), proof(administrator), now=NOW
        )


def test_what_was_given_goes_with_the_role_it_was_given_for(
    coordinator_on_each: Reader, second_on_each: Reader
) -> None:
    desk = desk_of(coordinator_on_each, second_on_each)
    desk.give()
    reader, member = desk.coordinator, desk.specialist.member
    change_roles(reader, member, (Role.LAWYER,), proof(reader), now=NOW)
    wrap = desk.wrap()
    assert wrap is not None
    assert wrap.box
    change_roles(reader, member, (Role.ANALYST,), proof(reader), now=NOW)
    wrap = desk.wrap()
    assert wrap is None or (wrap.box, wrap.is_taken_back) == (b"", True)


@pytest.mark.parametrize("roles", [(), (Role.HANDLER,)])
def test_roles_that_do_not_go_together_are_refused(
    coordinator: Reader, second: Reader, roles: tuple[Role, ...]
) -> None:
    with pytest.raises(NotRoles):
        change_roles(coordinator, second.member, roles, proof(coordinator), now=NOW)


def test_while_somebody_was_changed_by_hand_no_roles_are_changed(
    coordinator: Reader, second: Reader, service: Service
) -> None:
    other = add(coordinator, "moss", Role.LAWYER)
    with service.writing() as session:
        row = session.get_one(MemberRow, second.member)
        row.public_key = Seed.random().public.raw
    with pytest.raises(RosterDiffers):
        change_roles(coordinator, other.member, (Role.DOCTOR,), proof(coordinator), now=NOW)


@pytest.mark.parametrize("handle", ["moss", SECOND])
def test_a_member_written_into_the_database_is_named_with_and_without_keys(
    coordinator: Reader, service: Service, handle: str
) -> None:
    add(coordinator, "fern", Role.DOCTOR)
    with service.writing() as session:
        if handle == SECOND:
            row = session.scalars(select(MemberRow).where(MemberRow.handle == SECOND)).one()
            row.roles = "coordinator handler"
        else:
            session.add(
                MemberRow(
                    id=uuid4(),
                    handle=handle,
                    roles="coordinator",
                    state=ACTIVE,
                    public_key=Seed.random().public.raw,
                    kdf=b"",
                    box=row_of(service, SECOND).box,
                )
            )
    assert shown(coordinator, handle).is_otherwise
    with service.reading() as session:
        assert standing.strangers(session, service) == (handle,)
        key = coordinator.ring(session, Ring.CASE)
        assert handle in roster.strangers(session, service, key)
        assert handle not in {one.handle for one in roster.readers(session, service, key)}


def test_every_coordinator_is_told_who_was_taken_out(
    coordinator: Reader, second: Reader
) -> None:
    other = add(coordinator, "moss", Role.ANALYST)
    suspend(coordinator, other)
    for reader in (coordinator, second):
        kinds = {one.kind for one in account_notices.notices(reader)}
        assert "suspended" in kinds
