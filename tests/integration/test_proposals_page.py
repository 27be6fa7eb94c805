"""The documents by which the page shows proposals and decides on them, sent word for word by who does so."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.proposing import World
from tests.support.sending import new_id, record
from tests.support.serving import Client, Served

pytestmark = pytest.mark.usefixtures("forgetful")

_OPERATIONS = Path(__file__).parents[2] / "web" / "src" / "operations"
_SENT = {
    "Proposals",
    "PersonalProposal",
    "ProposalPreview",
    "ApproveProposal",
    "RejectProposal",
    "WithdrawProposal",
}


@pytest.fixture
def world(register: Served) -> Iterator[World]:
    with contextlib.closing(World(register)) as opened:
        yield opened


def _text(name: str) -> str:
    return (_OPERATIONS / f"{name}.graphql").read_text(encoding="utf-8")


def _decide(client: Client, name: str, proposal: str, **more: object) -> object:
    """Return what came of a decision, as the page asks for it."""
    said = {"commandId": new_id(), "effectiveOn": "2026-11-25", "proposal": proposal, **more}
    return client.data(_text(name), input=said)["outcome"]


def _listed(client: Client, status: str) -> list[str]:
    given = {"first": 50, "filter": {"statuses": [status]}, "orderBy": "OLDEST"}
    answer = client.data(_text("Proposals"), **given)
    assert answer["today"]["asOf"]
    assert answer["proposals"]["totalCount"] == len(answer["proposals"]["nodes"])
    return [each["id"] for each in answer["proposals"]["nodes"]]


def test_no_document_on_proposals_is_left_out() -> None:
    assert {path.stem for path in _OPERATIONS.glob("*Proposal*.graphql")} == _SENT


def test_the_page_shows_and_decides_for_who_may(world: World) -> None:
    ours = [world.proposed(name=f"甲{number}协会") for number in "一二三"]
    assert _listed(world.submitter, "PENDING") == _listed(world.registrar, "PENDING") == ours
    assert _listed(world.viewer, "PENDING") == _listed(world.other, "PENDING") == []
    preview = world.registrar.data(_text("ProposalPreview"), id=ours[0])["previewProposal"]
    assert preview["refusal"] is None
    assert [event["topic"] for event in preview["events"]] == ["organization.renamed", "proposal.approved"]
    barred = world.submitter.problem(_text("ProposalPreview"), id=ours[0])
    assert barred["extensions"]["code"] == "FORBIDDEN"
    approved = _decide(world.registrar, "ApproveProposal", ours[0], preview=preview["digest"])
    assert isinstance(approved, dict)
    assert set(approved) == {"position"}
    assert "position" in str(_decide(world.registrar, "RejectProposal", ours[1], reason="材料不全"))
    assert "position" in str(_decide(world.submitter, "WithdrawProposal", ours[2]))
    refused = _decide(world.registrar, "ApproveProposal", ours[1])
    assert isinstance(refused, dict)
    assert set(refused) == {"code", "message", "messageZh", "advice", "adviceZh"}
    found = {status: _listed(world.submitter, status) for status in ("APPROVED", "REJECTED", "WITHDRAWN")}
    assert found == {"APPROVED": ours[:1], "REJECTED": ours[1:2], "WITHDRAWN": ours[2:]}


def test_the_page_tells_ones_own_by_the_refusal(world: World) -> None:
    own = world.proposed(world.registrar)
    preview = world.registrar.data(_text("ProposalPreview"), id=own)["previewProposal"]
    assert preview["refusal"]["code"] == "OWN_PROPOSAL"


def test_the_page_asks_for_what_is_sealed_apart(world: World) -> None:
    person, proposal = new_id(), new_id()
    command = {"commandId": new_id(), "effectiveOn": "2020-01-01", "person": person, "name": "欧阳海藻"}
    record(world.submitter, "propose", proposal=proposal, command={"registerPerson": command})
    given = {"first": 50, "filter": {"statuses": ["PENDING"]}, "orderBy": "OLDEST"}
    (listed,) = world.submitter.data(_text("Proposals"), **given)["proposals"]["nodes"]
    assert (listed["command"], listed["personal"]) == (None, True)
    shown = world.registrar.data(_text("PersonalProposal"), id=proposal)["proposal"]
    assert shown["personalCommand"]["name"] == "欧阳海藻"
    barred = world.submitter.problem(_text("PersonalProposal"), id=proposal)
    assert barred["extensions"]["code"] == "FORBIDDEN"


def test_a_preview_of_what_is_sealed_is_in_the_access_log(world: World) -> None:
    person, proposal = new_id(), new_id()
    command = {"commandId": new_id(), "effectiveOn": "2020-01-01", "person": person, "name": "欧阳海带"}
    record(world.submitter, "propose", proposal=proposal, command={"registerPerson": command})
    preview = world.registrar.data(_text("ProposalPreview"), id=proposal)["previewProposal"]
    assert preview["events"][0]["data"]["name"] == "欧阳海带"
    log = "query ($id: ID!) { accessLog(first: 9, filter: { person: $id }) { nodes { fields persons } } }"
    administrator = world.register.administrator
    (entry,) = administrator.data(log, id=person)["accessLog"]["nodes"]
    assert (entry["fields"], entry["persons"]) == (["Query.previewProposal"], [person])
    world.registrar.data(_text("ProposalPreview"), id=world.proposed())
    assert len(administrator.data(log, id=person)["accessLog"]["nodes"]) == 1
