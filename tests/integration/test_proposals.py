"""Somebody proposes, somebody else decides, and both stand in what is recorded; over HTTP."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from tests.support.lives.proposal import renaming
from tests.support.proposing import SHOWN, World
from tests.support.sending import input_type, new_id, record, refuse
from tests.support.serving import Answer, Client, Served

pytestmark = pytest.mark.usefixtures("forgetful")


@pytest.fixture
def world(register: Served) -> Iterator[World]:
    with contextlib.closing(World(register)) as opened:
        yield opened


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


def test_an_auditor_of_the_subtree_finds_proposals_in_the_log(world: World) -> None:
    proposal = world.proposed()
    found = "query ($id: ID!) { auditLog(first: 9, filter: { entity: $id }) { nodes { topic actor } } }"
    (made,) = world.auditor.data(found, id=proposal)["auditLog"]["nodes"]
    assert (made["topic"], made["actor"]) == ("proposal.made", world.name(world.submitter))
