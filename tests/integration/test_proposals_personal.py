"""What is proposed of people: who sees it, and what nobody finds out by proposing; over HTTP."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests.support.lives.proposal import renaming
from tests.support.people import NUMBER, OTHER_NUMBER
from tests.support.proposing import PERSONAL, SHOWN, World
from tests.support.sending import new_id, record, refuse, send
from tests.support.serving import Client, Served

pytestmark = pytest.mark.usefixtures("forgetful")


@pytest.fixture
def world(register: Served) -> Iterator[World]:
    with contextlib.closing(World(register)) as opened:
        yield opened


def _registering(person: str, name: str, **given: object) -> dict[str, dict[str, object]]:
    said = {"commandId": str(uuid4()), "effectiveOn": "2020-01-01", "person": person, "name": name}
    return {"registerPerson": {**said, **given}}


def test_what_is_of_a_person_is_shown_to_who_may_see_it(world: World) -> None:
    person, proposal = new_id(), new_id()
    command = _registering(person, "欧阳海藻", identityNumber=NUMBER)
    record(world.submitter, "propose", proposal=proposal, command=command, reason="新会员")
    for client in (world.registrar, world.auditor, world.admin):
        shown = world.shown(client, proposal, PERSONAL)
        assert shown is not None
        assert (shown["personal"], shown["personalCommand"]["name"]) == (True, "欧阳海藻")
        assert shown["personalCommand"]["identity_number"] == NUMBER
    shown = world.shown(world.submitter, proposal)
    assert shown is not None
    assert (shown["command"], shown["personal"], shown["reason"]) == (None, True, "新会员")
    assert world.submitter.problem(PERSONAL, id=proposal)["extensions"]["code"] == "FORBIDDEN"
    record(world.registrar, "approveProposal", proposal=proposal)
    assert world.admin.data("query ($id: ID!) { person(id: $id) { name identityNumber } }", id=person)[
        "person"
    ] == {"name": "欧阳海藻", "identityNumber": NUMBER}


def test_the_copy_of_what_is_held_on_somebody_has_what_was_proposed_of_them(world: World) -> None:
    """Registered or not; and erasing is for both."""
    person, proposal = new_id(), new_id()
    record(world.submitter, "propose", proposal=proposal, command=_registering(person, "欧阳海带"))
    held = "query ($id: ID!) { personalData(person: $id) }"
    copy = world.admin.data(held, id=person)["personalData"]
    assert [event["topic"] for event in copy["events"]] == ["proposal.made"]
    assert "欧阳海带" in copy["events"][0]["data"]["personal_content"]
    assert [row["proposal"] for row in copy["current"]["proposal_private"]] == [proposal]
    refuse(world.admin, "erasePerson", "NOT_FOUND", person=person)
    record(world.admin, "erasePerson", person=person, proposal=proposal)
    shown = world.shown(world.admin, proposal, PERSONAL)
    assert shown == {"personal": True, "personalCommand": None}
    assert "欧阳海带" not in str(world.admin.data(held, id=person))
    refuse(world.admin, "approveProposal", "PERSON_ERASED", proposal=proposal)


def test_proposing_tells_nothing_of_numbers(world: World) -> None:
    record(world.admin, "registerPerson", person=new_id(), name="孙海带", identityNumber=OTHER_NUMBER)
    proposal = new_id()
    command = _registering(new_id(), "孙海带", identityNumber=OTHER_NUMBER)
    record(world.submitter, "propose", proposal=proposal, command=command)
    answer = send(world.admin, "approveProposal", proposal=proposal)
    assert answer["code"] == "IDENTITY_NUMBER_TAKEN"


def test_what_only_some_may_know_of_is_proposed_by_those_alone(world: World) -> None:
    said = {"commandId": new_id(), "effectiveOn": "2020-01-01", "affiliation": new_id(), "person": new_id()}
    particulars = {"commandId": new_id(), "effectiveOn": "2020-01-01"}
    replacement = {"topic": "person.renamed", "data": {"effective_on": "2020-01-01", "name": "孙某"}}
    query = "mutation ($input: ProposeInput!) { propose(input: $input) { __typename } }"
    for command in (
        {"openAffiliation": {**said, "branch": world.ours, "stage": "FORMAL"}},
        {"erasePerson": {"commandId": new_id(), "effectiveOn": "2020-01-01", "person": new_id()}},
        {"changeParticulars": {**particulars, "person": new_id(), "change": {"birthDate": "1990-03-07"}}},
        {"mergePersons": {**particulars, "person": new_id(), "into": new_id()}},
        {"amendEvent": {**particulars, "entity": new_id(), "position": 1, "replacement": replacement}},
    ):
        preview = "query ($command: CommandInput!) { preview(command: $command) { digest } }"
        for client in (world.submitter, world.register.viewer):
            problem = client.problem(preview, command=command)
            assert problem["extensions"]["code"] == "FORBIDDEN"
        sent = {"commandId": new_id(), "effectiveOn": "2020-01-01", "proposal": new_id(), "command": command}
        assert world.submitter.problem(query, input=sent)["extensions"]["code"] == "FORBIDDEN"


def test_whom_one_proposed_one_may_propose_more_of(world: World) -> None:
    person, proposal = new_id(), new_id()
    record(world.submitter, "propose", proposal=proposal, command=_registering(person, "孙新人"))
    assert world.shown(world.registrar, proposal) is not None
    assert world.shown(world.other, proposal) is None
    refuse(world.other, "approveProposal", "OUTSIDE_AUTHORITY", proposal=proposal)
    said = {"commandId": str(uuid4()), "effectiveOn": "2020-01-01", "membership": new_id(), "member": person}
    joining = {"applyForMembership": {**said, "organization": world.ours, "memberClass": "INDIVIDUAL"}}
    # Not before the registrar has approved: there is nobody of that id yet.
    refuse(world.submitter, "propose", "OUTSIDE_AUTHORITY", proposal=new_id(), command=joining)
    record(world.registrar, "approveProposal", proposal=proposal)
    second = new_id()
    record(world.submitter, "propose", proposal=second, command=joining)
    record(world.registrar, "approveProposal", proposal=second)
    members = "query ($id: ID!) { person(id: $id) { memberships { organization { id } } } }"
    shown = world.admin.data(members, id=person)["person"]
    assert shown == {"memberships": [{"organization": {"id": world.ours}}]}


def test_who_decides_elsewhere_does_not_see_more_of_their_own(world: World) -> None:
    """A registrar of another society, who proposes in this one, sees personal data there only."""
    name = _principal(world.other, world.theirs)
    for role in ("SUBMITTER", "VIEWER"):
        root = {"root": world.ours} if role == "SUBMITTER" else {}
        record(world.admin, "grantRole", grant=new_id(), principal=name, role=role, **root)
    ours, theirs = new_id(), new_id()
    for society, proposal in ((world.ours, ours), (world.theirs, theirs)):
        member, membership = new_id(), new_id()
        record(world.admin, "registerPerson", person=member, name="孙会员")
        said = {"commandId": str(uuid4()), "effectiveOn": "2020-01-01", "membership": membership}
        joining = {"member": member, "organization": society, "memberClass": "INDIVIDUAL"}
        record(world.admin, "applyForMembership", membership=membership, **joining)
        command = {"admitMember": {**said, **joining}}
        record(world.other, "propose", proposal=proposal, command=command)
    assert world.shown(world.other, ours, PERSONAL) == {"personal": True, "personalCommand": None}
    shown = world.shown(world.other, theirs, PERSONAL)
    assert shown is not None
    assert shown["personalCommand"]["organization"] == world.theirs


def _principal(client: Client, society: str) -> str:
    """Return the name under which a client proposes."""
    proposal = new_id()
    record(client, "propose", proposal=proposal, command=renaming(society, "乙协会"))
    shown = client.data(SHOWN, id=proposal)["proposal"]
    record(client, "withdrawProposal", proposal=proposal)
    return str(shown["submitter"])
