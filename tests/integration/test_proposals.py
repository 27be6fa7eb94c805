"""Somebody proposes, somebody else decides, and both stand in what is recorded; over HTTP."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from graphql_api.access import Role
from graphql_api.keys import issue
from tests.support.lives.proposal import renaming
from tests.support.people import NUMBER, OTHER_NUMBER
from tests.support.sending import establish, input_type, new_id, record, refuse, send
from tests.support.serving import Answer, Client, Served

SHOWN = """
    query ($id: ID!) { proposal(id: $id) {
        submitter mutation subjectId command personal status reason decidedBy decisionReason
        concerns { name }
    } }
"""
PERSONAL = "query ($id: ID!) { proposal(id: $id) { personal personalCommand } }"


@pytest.fixture(autouse=True)
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the server look at grants with every request."""
    monkeypatch.setattr("graphql_api.authority.REMEMBERED_SECONDS", 0.0)


@pytest.fixture
def world(register: Served) -> Iterator[World]:
    with contextlib.closing(World(register)) as opened:
        yield opened


class World:
    """Two societies, and who proposes, decides and watches in the first."""

    def __init__(self, register: Served) -> None:
        self.register = register
        self.admin = register.administrator
        self.ours, self.theirs = (establish(self.admin, name, "SOCIETY") for name in ("甲学会", "乙学会"))
        self.submitter = self._appointed("SUBMITTER", self.ours)
        self.registrar = self._appointed("REGISTRAR", self.ours)
        self.other = self._appointed("REGISTRAR", self.theirs)
        self.auditor = self._appointed("AUDITOR", self.ours)
        self.viewer = self._appointed("VIEWER", self.ours)

    def _appointed(self, role: str, root: str) -> Client:
        label = f"{role.lower()} {uuid4()}"
        token = asyncio.run(_token(self.register.database_url, label))
        record(self.admin, "grantRole", grant=new_id(), principal=f"key:{label}", role=role, root=root)
        return Client(self.register.url, token)

    def name(self, client: Client) -> str:
        """Return the name of a client's principal, as it stands in what it proposes."""
        shown = "{ proposals(first: 100) { nodes { submitter } } }"
        (name,) = {each["submitter"] for each in client.data(shown)["proposals"]["nodes"]}
        return str(name)

    def proposed(self, client: Client | None = None, name: str = "甲协会", **given: object) -> str:
        """Return a proposal to rename our society."""
        proposal = new_id()
        command = renaming(self.ours, name, **given)
        record(client or self.submitter, "propose", proposal=proposal, command=command)
        return proposal

    def shown(self, client: Client, proposal: str, query: str = SHOWN) -> Answer | None:
        """Return what ``client`` sees of a proposal."""
        found: Answer | None = client.data(query, id=proposal)["proposal"]
        return found

    def close(self) -> None:
        """Hang up."""
        for client in (self.submitter, self.registrar, self.other, self.auditor, self.viewer):
            client.http.close()


async def _token(database_url: str, label: str) -> str:
    connection = await asyncpg.connect(database_url)
    try:
        return await issue(connection, label, Role.PUBLIC)
    finally:
        await connection.close()


def _name(client: Client, organization: str) -> str:
    query = 'query ($id: ID!) { organization(id: $id, asOf: "2024-01-01") { name } }'
    return str(client.data(query, id=organization)["organization"]["name"])


def _log(client: Client, **given: object) -> list[Answer]:
    query = """
        query ($filter: AuditFilter) { auditLog(first: 100, orderBy: OLDEST, filter: $filter) {
            nodes { topic actor submitter commandId causationId position stream }
        } }
    """
    found: list[Answer] = client.data(query, filter=given)["auditLog"]["nodes"]
    return found


def test_the_way_from_the_submitter_to_the_log(world: World) -> None:
    proposal = world.proposed(reason="章程已修订")
    assert _name(world.admin, world.ours) == "甲学会"
    shown = world.shown(world.registrar, proposal)
    assert shown is not None
    submitter = shown.pop("submitter")
    assert submitter.startswith("key:submitter ")
    said = shown.pop("command")
    assert (said["organization"], said["name"], said["reason"]) == (world.ours, "甲协会", "章程已修订")
    assert not {"actor", "may_grant", "within", "submitter"} & said.keys()
    assert shown == {
        "mutation": "renameOrganization",
        "subjectId": world.ours,
        "personal": False,
        "status": "PENDING",
        "reason": None,
        "decidedBy": None,
        "decisionReason": None,
        "concerns": [{"name": "甲学会"}],
    }
    fields = "... on ProposalRecorded { proposal { status decidedBy decisionCommandId } }"
    answer = record(world.registrar, "approveProposal", fields, proposal=proposal, expectedVersion=1)
    registrar = answer["proposal"]["decidedBy"]
    assert registrar.startswith("key:registrar ")
    assert answer["proposal"]["status"] == "APPROVED"
    assert answer["proposal"]["decisionCommandId"] == answer["commandId"]
    assert _name(world.admin, world.ours) == "甲协会"
    renamed, approval = _log(world.admin, commandId=answer["commandId"])
    (made,) = (event for event in _log(world.admin, entity=proposal) if event["topic"] == "proposal.made")
    assert (renamed["topic"], approval["topic"]) == ("organization.renamed", "proposal.approved")
    assert {(each["actor"], each["submitter"]) for each in (renamed, approval)} == {(registrar, submitter)}
    assert (renamed["causationId"], approval["causationId"]) == (None, made["position"])
    assert (made["actor"], made["submitter"]) == (submitter, None)
    assert [each["topic"] for each in _log(world.admin, submitter=submitter)] == [
        "organization.renamed",
        "proposal.approved",
    ]


def test_a_decision_sent_again_is_one_decision(world: World) -> None:
    proposal, command = world.proposed(), str(uuid4())
    first = record(world.registrar, "approveProposal", proposal=proposal, commandId=command)
    again = record(world.registrar, "approveProposal", proposal=proposal, commandId=command)
    assert first == again
    refuse(world.registrar, "approveProposal", "NOT_ALLOWED_IN_STATUS", proposal=proposal)
    refuse(world.registrar, "rejectProposal", "COMMAND_ID_REUSED", proposal=proposal, commandId=command)


def test_the_same_id_is_the_same_proposal(world: World) -> None:
    """What is inside the proposal counts as well."""
    proposal, command = new_id(), str(uuid4())
    said = renaming(world.ours, "甲协会")
    sent = {"proposal": proposal, "commandId": command}
    first = record(world.submitter, "propose", **sent, command=said)
    assert record(world.submitter, "propose", **sent, command=said) == first
    other = {"renameOrganization": {**said["renameOrganization"], "name": "别的学会"}}
    refuse(world.submitter, "propose", "COMMAND_ID_REUSED", **sent, command=other)


def test_nobody_decides_on_their_own(world: World) -> None:
    own = world.proposed(world.registrar)
    refuse(world.registrar, "approveProposal", "OWN_PROPOSAL", proposal=own)
    refuse(world.registrar, "rejectProposal", "OWN_PROPOSAL", proposal=own, reason="误报")
    own = world.proposed(world.admin, name="甲联合会")
    refuse(world.admin, "approveProposal", "OWN_PROPOSAL", proposal=own)
    record(world.registrar, "approveProposal", proposal=own)


def test_what_was_withdrawn_or_sent_back_is_not_approved(world: World) -> None:
    withdrawn, rejected = world.proposed(), world.proposed()
    record(world.submitter, "withdrawProposal", proposal=withdrawn)
    refuse(world.registrar, "approveProposal", "NOT_ALLOWED_IN_STATUS", proposal=withdrawn)
    refuse(world.registrar, "rejectProposal", "INVALID_INPUT", proposal=rejected)
    record(world.registrar, "rejectProposal", proposal=rejected, reason="名称与批复不符")
    refuse(world.registrar, "approveProposal", "NOT_ALLOWED_IN_STATUS", proposal=rejected)
    shown = world.shown(world.submitter, rejected)
    assert shown is not None
    assert (shown["status"], shown["decisionReason"]) == ("REJECTED", "名称与批复不符")
    assert _name(world.admin, world.ours) == "甲学会"


def test_what_changed_meanwhile_is_refused_and_still_waits(world: World) -> None:
    proposal = world.proposed(expectedVersion=1)
    record(world.admin, "recodeOrganization", organization=world.ours, code=f"C{uuid4().hex[:8]}")
    refuse(world.registrar, "approveProposal", "VERSION_CONFLICT", proposal=proposal)
    shown = world.shown(world.registrar, proposal)
    assert shown is not None
    assert shown["status"] == "PENDING"
    gone = world.proposed(name="甲协会")
    record(world.admin, "dissolveOrganization", organization=world.ours, effectiveOn="2020-02-01", rules=_ALL)
    # Who kept the society keeps nothing any more.
    refuse(world.admin, "approveProposal", "NOT_ALIVE", proposal=gone)
    refuse(world.admin, "approveProposal", "VERSION_CONFLICT", proposal=gone, expectedVersion=2)
    record(world.admin, "rejectProposal", proposal=gone, reason="已注销")


_ALL = [{"reference": "GRANTED_OVER"}]


def test_what_an_approval_would_do_is_seen_before(world: World) -> None:
    proposal = world.proposed()
    query = """
        query ($id: ID!) { previewProposal(id: $id) {
            digest refusal { code } events { stream topic data }
        } }
    """
    shown = world.registrar.data(query, id=proposal)["previewProposal"]
    assert [(event["stream"], event["topic"]) for event in shown["events"]] == [
        (world.ours, "organization.renamed"),
        (proposal, "proposal.approved"),
    ]
    assert shown["events"][0]["data"]["name"] == "甲协会"
    for client, code in ((world.other, "OUTSIDE_AUTHORITY"), (world.admin, None)):
        found = client.data(query, id=proposal)["previewProposal"]
        assert (found["refusal"] or {}).get("code") == code
    own = world.proposed(world.registrar)
    found = world.registrar.data(query, id=own)["previewProposal"]
    assert found == {"digest": None, "refusal": {"code": "OWN_PROPOSAL"}, "events": []}
    assert world.submitter.problem(query, id=proposal)["extensions"]["code"] == "FORBIDDEN"
    problem = world.registrar.problem(query, id="none")
    assert problem["extensions"]["code"] == "INVALID_INPUT"
    assert _name(world.admin, world.ours) == "甲学会"
    refuse(world.registrar, "approveProposal", "PREVIEW_CHANGED", proposal=proposal, preview="another")
    record(
        world.registrar,
        "approveProposal",
        proposal=proposal,
        reason="同意",
        preview=shown["digest"],
    )


def test_who_may_not_propose(world: World) -> None:
    said = renaming(world.ours, "甲协会")
    for client in (world.register.anybody, world.viewer, world.auditor):
        query = "mutation ($input: ProposeInput!) { propose(input: $input) { __typename } }"
        sent = {"commandId": new_id(), "effectiveOn": "2020-01-01", "proposal": new_id(), "command": said}
        assert client.problem(query, input=sent)["extensions"]["code"] == "FORBIDDEN"
    proposal = world.proposed()
    for mutation in ("approveProposal", "rejectProposal"):
        kind = input_type(mutation)
        query = f"mutation ($input: {kind}!) {{ {mutation}(input: $input) {{ __typename }} }}"
        sent = {"commandId": new_id(), "effectiveOn": "2020-01-01", "proposal": proposal}
        assert world.submitter.problem(query, input=sent)["extensions"]["code"] == "FORBIDDEN"
    problem = world.submitter.problem(
        "mutation ($input: RenameOrganizationInput!) { renameOrganization(input: $input) { __typename } }",
        input=said["renameOrganization"],
    )
    assert problem["extensions"]["code"] == "FORBIDDEN"


def test_one_proposes_where_one_may_and_decides_where_one_may(world: World) -> None:
    refuse(
        world.submitter,
        "propose",
        "OUTSIDE_AUTHORITY",
        proposal=new_id(),
        command=renaming(world.theirs, "乙协会"),
    )
    proposal = world.proposed()
    refuse(world.other, "approveProposal", "OUTSIDE_AUTHORITY", proposal=proposal)
    refuse(world.other, "rejectProposal", "OUTSIDE_AUTHORITY", proposal=proposal, reason="无")
    refuse(world.other, "withdrawProposal", "OUTSIDE_AUTHORITY", proposal=proposal)
    refuse(world.other, "approveProposal", "OUTSIDE_AUTHORITY", proposal=new_id())
    refuse(world.registrar, "withdrawProposal", "NOT_FOUND", proposal=proposal)
    assert _name(world.admin, world.ours) == "甲学会"


def test_who_sees_a_proposal(world: World) -> None:
    proposal = world.proposed()
    listed = (
        "query ($id: ID!) { proposals(first: 100, filter: { subject: $id }) { totalCount nodes { id } } }"
    )
    for client in (world.submitter, world.registrar, world.auditor, world.admin):
        assert world.shown(client, proposal) is not None
        assert client.data(listed, id=world.ours)["proposals"] == {
            "totalCount": 1,
            "nodes": [{"id": proposal}],
        }
        assert (
            client.data("query ($id: ID!) { node(id: $id) { __typename } }", id=proposal)["node"] is not None
        )
    for client in (world.other, world.viewer, world.register.viewer):
        assert world.shown(client, proposal) is None
        assert client.data(listed, id=world.ours)["proposals"] == {"totalCount": 0, "nodes": []}
        assert client.data("query ($id: ID!) { node(id: $id) { __typename } }", id=proposal)["node"] is None
    assert world.register.anybody.problem(SHOWN, id=proposal)["extensions"]["code"] == "FORBIDDEN"


def test_proposals_are_found_by_what_they_are(world: World) -> None:
    first, second = world.proposed(), world.proposed(name="甲联合会")
    record(world.submitter, "withdrawProposal", proposal=first)
    found = "query ($filter: ProposalFilter) { proposals(first: 100, filter: $filter) { nodes { id } } }"

    def listed(**given: object) -> list[str]:
        nodes = world.registrar.data(found, filter=given)["proposals"]["nodes"]
        return [node["id"] for node in nodes]

    assert listed() == [second, first]
    assert listed(statuses=["PENDING"]) == [second]
    assert listed(statuses=["WITHDRAWN"], submitter=world.name(world.submitter)) == [first]
    assert listed(submitter="user:nobody") == []
    assert listed(mutation="renameOrganization") == [second, first]
    assert listed(mutation="appoint") == []
    assert listed(under={"hierarchy": "PART_OF", "id": world.ours}) == [second, first]
    assert listed(under={"hierarchy": "PART_OF", "id": world.theirs}) == []


def test_a_client_has_no_say_in_who_proposes(world: World) -> None:
    for extra in ("actor", "submitter", "mayGrant", "within"):
        query = "mutation ($input: ProposeInput!) { propose(input: $input) { __typename } }"
        sent: dict[str, Any] = {
            "commandId": new_id(),
            "effectiveOn": "2020-01-01",
            "proposal": new_id(),
            "command": renaming(world.ours, "甲协会"),
        }
        problem = world.submitter.problem(query, input={**sent, extra: "user:mayor"})
        assert problem["extensions"]["code"] == "INVALID_DOCUMENT"
        inner = {**sent["command"]["renameOrganization"], extra: "user:mayor"}
        problem = world.submitter.problem(query, input={**sent, "command": {"renameOrganization": inner}})
        assert problem["extensions"]["code"] == "INVALID_DOCUMENT"


def test_a_proposal_holds_one_command_and_no_proposal(world: World) -> None:
    kind = '{ __type(name: "CommandInput") { isOneOf inputFields { name } } }'
    shown = world.admin.data(kind)["__type"]
    names = {field["name"] for field in shown["inputFields"]}
    assert shown["isOneOf"]
    assert "renameOrganization" in names
    assert not {"propose", "approveProposal", "rejectProposal", "withdrawProposal"} & names


def test_a_grant_is_approved_by_who_may_grant(world: World) -> None:
    said = {"commandId": new_id(), "effectiveOn": "2020-01-01", "grant": new_id(), "root": world.ours}
    command = {"grantRole": {**said, "principal": "user:new", "role": "REGISTRAR"}}
    proposal = new_id()
    record(world.submitter, "propose", proposal=proposal, command=command)
    refuse(world.registrar, "approveProposal", "GRANTS_FORBIDDEN", proposal=proposal)
    record(world.admin, "approveProposal", proposal=proposal)
    grants = '{ grants(first: 100, filter: { principal: "user:new" }) { nodes { role recordedBy } } }'
    assert [grant["role"] for grant in world.admin.data(grants)["grants"]["nodes"]] == ["REGISTRAR"]


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


def test_an_auditor_of_the_subtree_finds_proposals_in_the_log(world: World) -> None:
    proposal = world.proposed()
    found = "query ($id: ID!) { auditLog(first: 9, filter: { entity: $id }) { nodes { topic actor } } }"
    (made,) = world.auditor.data(found, id=proposal)["auditLog"]["nodes"]
    assert (made["topic"], made["actor"]) == ("proposal.made", world.name(world.submitter))
