"""Commands to proposals, over HTTP: it takes two to have one approved."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from tests.support.sending import establish, new_id, record
from tests.support.serving import Client


def renaming(organization: str, name: str, **given: object) -> dict[str, dict[str, object]]:
    """Return a proposed command that renames an organization."""
    said = {"commandId": str(uuid4()), "effectiveOn": "2020-03-01", "organization": organization}
    return {"renameOrganization": {**said, "name": name, **given}}


def _life_of_a_proposal(client: Client) -> set[str]:
    society, colleague = establish(client, "报送学会", "SOCIETY"), client.colleague
    own, approved, rejected = new_id(), new_id(), new_id()
    record(client, "propose", proposal=own, command=renaming(society, "报送协会"))
    for proposal, name in ((approved, "审批学会"), (rejected, "退回学会")):
        record(colleague, "propose", proposal=proposal, command=renaming(society, name))
    shown = "... on ProposalRecorded { proposal { status decisionReason } }"
    sent = {
        "withdrawProposal": (own, None, "WITHDRAWN"),
        "rejectProposal": (rejected, "名称不实", "REJECTED"),
        "approveProposal": (approved, None, "APPROVED"),
    }
    for mutation, (proposal, reason, status) in sent.items():
        answer = record(client, mutation, shown, proposal=proposal, reason=reason)
        assert answer["proposal"] == {"status": status, "decisionReason": reason}
    named = client.data("query ($id: ID!) { organization(id: $id) { name } }", id=society)
    assert named["organization"] == {"name": "审批学会"}
    return {"propose", *sent}


LIVES: tuple[Callable[[Client], set[str]], ...] = (_life_of_a_proposal,)
"""Each sends every command to one kind of entity, and returns their names."""
