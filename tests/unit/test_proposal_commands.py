"""What is proposed, who may decide on it, and what approving it records."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from registry.commands import Command
from registry.correction.commands import AmendEvent, RetractEvent
from registry.errors import Code
from registry.events import Event
from registry.grant.commands import GrantRole
from registry.grant.kinds import Role
from registry.ids import stable_id
from registry.membership.commands import AdmitMember
from registry.membership.kinds import MemberClass
from registry.organization.commands import RecodeOrganization, RenameOrganization
from registry.organization.events import OrganizationRenamed
from registry.person.commands import RenamePerson
from registry.person.events import PersonRegistered
from registry.proposal import events as e
from registry.proposal.kinds import ProposalStatus
from registry.proposal.state import Proposal
from registry.proposing import read, written
from registry.reorganization.commands import AdoptReorganization, ProposeReorganization
from registry.router import KINDS
from registry.store.streams import folded
from tests.support.affairs import AROUND, BRANCH, MECHANICS, dissolved
from tests.support.dalian import LIAISON, PLAN, REFORM, REGISTER, SOCIETY, function
from tests.support.given import BY, Given, given
from tests.support.people import LI, NUMBER, OTHER_NUMBER, WANG, merged, registered
from tests.support.proposals import (
    ANOTHER,
    DAY,
    LATER,
    PROPOSAL,
    REGISTRAR,
    SUBMITTER,
    approved,
    proposed,
    rejected,
    withdrawn,
)

EFFECT = date(2024, 1, 1)
RENAME = RenameOrganization(organization=SOCIETY, name="化学化工学会", effective_on=EFFECT, **BY)
RENAMED = OrganizationRenamed(name="化学化工学会", effective_on=EFFECT)
MEMBERSHIP = stable_id("一份会籍")
REFORM_PROPOSED = ProposeReorganization(
    reorganization=REFORM, title="内设机构改革", plan=PLAN, effective_on=EFFECT, **BY
)
INNER: dict[str, Any] = {"command_id": UUID(int=9), "actor": "nobody"}


def pending(command: Command = RENAME, *before: Command) -> Given:
    return given(*(before or AROUND), proposed(command))


def made(**given: Any) -> e.ProposalMade:  # noqa: ANN401 - any field that the event has
    said: dict[str, Any] = {
        "submitter": "user:submitter",
        "kind": "RenameOrganization",
        "subject": SOCIETY,
        "organizations": (SOCIETY,),
        "effective_on": DAY,
    }
    return e.ProposalMade(**{**said, **given})


def test_proposing_keeps_what_the_command_says_and_changes_nothing_else() -> None:
    outcome = given(*AROUND).when(proposed(RENAME, reason="章程已修订"))
    (record,) = outcome.records
    assert isinstance(record.event, e.ProposalMade)
    assert record.event == made(reason="章程已修订", content=record.event.content)
    assert record.actor == "user:submitter"
    assert record.submitter is None
    assert json.loads(record.event.content or "") == {
        "organization": str(SOCIETY),
        "name": "化学化工学会",
        "effective_on": "2024-01-01",
        "precision": "DAY",
        "assumed": False,
        "instrument": None,
        "clause": None,
        "reason": None,
        "expected_version": None,
        "preview": None,
        "command_id": str(RENAME.command_id),
    }


def test_what_would_be_refused_cannot_be_proposed() -> None:
    given().when(proposed(RENAME)).then_refused(Code.NOT_FOUND, id=SOCIETY)
    stale = replace(RENAME, expected_version=7)
    given(*AROUND).when(proposed(stale)).then_refused(Code.VERSION_CONFLICT, expected=7)
    unheard = replace(RENAME, name=" ")
    given(*AROUND).when(proposed(unheard)).then_refused(Code.INVALID_INPUT, field="name")
    given(*AROUND).when(proposed(dissolved(MECHANICS, EFFECT))).then_refused(Code.DANGLING)


def test_what_is_so_already_cannot_be_proposed() -> None:
    given(*AROUND, RENAME).when(proposed(RENAME)).then_refused(Code.PROPOSES_NOTHING)


def test_a_proposal_has_one_id() -> None:
    pending().when(proposed(RENAME)).then_refused(Code.ALREADY_EXISTS, id=PROPOSAL)
    pending().when(proposed(RENAME, proposal=ANOTHER)).then_recorded("proposal.made")
    given(*AROUND).when(proposed(RENAME, proposal=SOCIETY)).then_refused(Code.ALREADY_EXISTS, id=SOCIETY)


@pytest.mark.parametrize(
    "nested",
    [proposed(RENAME, proposal=ANOTHER), approved(), rejected(), withdrawn()],
    ids=lambda c: type(c).__name__,
)
def test_a_proposal_holds_no_proposal(nested: Command) -> None:
    pending().when(proposed(nested, proposal=ANOTHER)).then_refused(Code.PROPOSAL_NESTED)


def test_approving_records_what_was_proposed_by_who_approves_it_with_who_proposed_it() -> None:
    outcome = pending().when(approved()).then(RENAMED, e.ProposalApproved(effective_on=LATER))
    assert {(r.actor, r.submitter, r.command_id) for r in outcome.records} == {
        ("user:registrar", "user:submitter", REGISTRAR["command_id"])
    }


def test_an_approval_is_no_consequence_of_what_it_records() -> None:
    """Whoever corrects the act later corrects that alone."""
    said = pending().given(approved())
    act = said.register.fact(SOCIETY, OrganizationRenamed)
    approval = said.register.fact(PROPOSAL, e.ProposalApproved)
    assert act.cause is None
    assert approval.cause == said.register.fact(PROPOSAL, e.ProposalMade).position
    retract = RetractEvent(entity=SOCIETY, position=act.position, effective_on=LATER, **BY)
    said.when(retract).then_recorded("correction.retracted")
    assert status(said) is ProposalStatus.APPROVED


def status(said: Given) -> ProposalStatus:
    state: Proposal = said.register.state(PROPOSAL, LATER)
    return state.status


def test_what_a_command_causes_comes_with_it() -> None:
    before = (*AROUND, proposed(dissolved(BRANCH, EFFECT)))
    given(*before).when(approved()).then_recorded("organization.dissolved", "proposal.approved")


def test_nobody_decides_on_what_they_proposed() -> None:
    pending().when(approved(**SUBMITTER)).then_refused(Code.OWN_PROPOSAL, id=PROPOSAL)
    pending().when(rejected(**SUBMITTER)).then_refused(Code.OWN_PROPOSAL, id=PROPOSAL)


def test_a_proposal_is_decided_once() -> None:
    for decision, stands in (
        (approved(), "APPROVED"),
        (rejected(), "REJECTED"),
        (withdrawn(), "WITHDRAWN"),
    ):
        said = pending().given(decision)
        said.when(approved()).then_refused(Code.NOT_ALLOWED_IN_STATUS, status=stands)
        said.when(rejected()).then_refused(Code.NOT_ALLOWED_IN_STATUS, status=stands)
    said = pending().given(approved())
    said.when(withdrawn()).then_refused(Code.NOT_ALLOWED_IN_STATUS, status="APPROVED")


def test_rejecting_says_why() -> None:
    pending().when(rejected()).then(e.ProposalRejected(effective_on=LATER, reason="材料不全"))
    pending().when(rejected(reason=None)).then_refused(Code.INVALID_INPUT, field="reason")
    given(*AROUND).when(rejected()).then_refused(Code.NOT_FOUND, id=PROPOSAL)


def test_its_submitter_withdraws_it() -> None:
    pending().when(withdrawn()).then(e.ProposalWithdrawn(effective_on=LATER))
    pending().given(withdrawn()).when(withdrawn()).then_nothing()
    pending().when(withdrawn(**REGISTRAR)).then_refused(Code.NOT_FOUND, id=PROPOSAL)


def test_no_decision_comes_before_the_proposal() -> None:
    for decision in (approved(), rejected(), withdrawn()):
        early = replace(decision, effective_on=date(2024, 2, 29))
        pending().when(early).then_refused(Code.NOT_ALIVE, date=date(2024, 2, 29))


def test_a_decision_on_what_was_seen() -> None:
    pending().when(approved(expected_version=1)).then_recorded("organization.renamed", "proposal.approved")
    pending().when(approved(expected_version=2)).then_refused(Code.VERSION_CONFLICT, id=PROPOSAL, actual=1)


def test_an_approval_is_refused_when_the_command_is_now() -> None:
    versioned = replace(RENAME, expected_version=2)
    between = RecodeOrganization(organization=SOCIETY, code="CHEM", effective_on=EFFECT, **BY)
    said = pending(versioned).given(between)
    said.when(approved()).then_refused(Code.VERSION_CONFLICT, id=SOCIETY, actual=3, expected=2)
    said = pending().given(dissolved(SOCIETY, EFFECT))
    said.when(approved()).then_refused(Code.NOT_ALIVE, id=SOCIETY)
    assert status(said) is ProposalStatus.PENDING


def test_what_became_so_meanwhile_may_still_be_approved() -> None:
    pending().given(RENAME).when(approved()).then(e.ProposalApproved(effective_on=LATER))


def test_a_reform_is_adopted_as_it_was_seen() -> None:
    said = given(*REGISTER, REFORM_PROPOSED)
    adopt = AdoptReorganization(reorganization=REFORM, effective_on=EFFECT, takes_effect_on=EFFECT, **BY)
    said.when(proposed(adopt)).then_refused(Code.INVALID_INPUT, field="preview")
    said.when(proposed(replace(adopt, preview="another"))).then_refused(Code.PREVIEW_CHANGED)
    seen = replace(adopt, preview=said.register.preview(adopt).preview)
    said.given(proposed(seen))
    outcome = said.when(approved())
    assert outcome.records[0].event.topic == "reorganization.adopted"
    assert outcome.records[-1].event.topic == "proposal.approved"
    assert {record.submitter for record in outcome.records} == {"user:submitter"}
    said = given(*REGISTER, REFORM_PROPOSED, proposed(seen))
    said.given(function(stable_id("新增职能"), "新增职能", LIAISON))
    said.when(approved()).then_refused(Code.DANGLING)


def test_grants_are_approved_by_who_may_grant() -> None:
    grant = GrantRole(
        grant=stable_id("一项授权"), principal="user:8c1f", role=Role.VIEWER, effective_on=EFFECT, **BY
    )
    pending(grant).when(approved(may_grant=False)).then_refused(Code.GRANTS_FORBIDDEN)
    pending(grant).when(approved()).then_recorded("grant.given", "proposal.approved")


def test_what_is_of_a_person_is_sealed_whole() -> None:
    rename = RenamePerson(person=LI, name="李思", effective_on=EFFECT, reason="户籍更名", **BY)
    (record,) = given(registered()).when(proposed(rename, reason="本人申请")).records
    event = record.event
    assert isinstance(event, e.ProposalMade)
    assert (event.person, event.content, event.subject) == (LI, None, LI)
    assert "李思" in (event.personal_content or "")
    assert {"personal_content", "reason"} == event.personal


def test_somebody_who_is_not_registered_yet_is_who_the_command_says() -> None:
    (record,) = given(*AROUND).when(proposed(registered(identity_number=NUMBER))).records
    assert isinstance(record.event, e.ProposalMade)
    assert record.event.person == LI
    assert NUMBER in (record.event.personal_content or "")
    pending(registered(identity_number=NUMBER)).when(approved()).then_recorded(
        "person.registered", "proposal.approved"
    )


def test_a_proposal_is_of_one_person() -> None:
    said = given(*AROUND, registered(), registered(WANG, "王五", identity_number=OTHER_NUMBER))
    admitted = AdmitMember(
        membership=MEMBERSHIP,
        member=LI,
        organization=SOCIETY,
        member_class=MemberClass.INDIVIDUAL,
        effective_on=EFFECT,
        **BY,
    )
    said.given(admitted)
    record = said.register.entities[MEMBERSHIP].records[0]
    other = AmendEvent(
        entity=MEMBERSHIP,
        position=record.position,
        replacement=replace(record.event, member=WANG),
        effective_on=EFFECT,
        **BY,
    )
    said.when(proposed(other)).then_refused(Code.SEVERAL_PERSONS, persons=f"{LI}, {WANG}")


def test_proposing_does_not_tell_whether_somebody_has_a_number() -> None:
    said = given(*AROUND, registered(WANG, "王五", identity_number=NUMBER))
    said.given(proposed(registered(identity_number=NUMBER)))
    said.when(approved()).then_refused(Code.IDENTITY_NUMBER_TAKEN)


def test_it_says_which_organizations_it_concerns() -> None:
    admit = AdmitMember(
        membership=MEMBERSHIP,
        member=LI,
        organization=SOCIETY,
        member_class=MemberClass.INDIVIDUAL,
        effective_on=EFFECT,
        **BY,
    )
    (record,) = given(*AROUND, registered()).when(proposed(admit)).records
    assert isinstance(record.event, e.ProposalMade)
    assert record.event.organizations == (SOCIETY,)
    (record,) = given(*AROUND).when(proposed(registered())).records
    assert isinstance(record.event, e.ProposalMade)
    assert record.event.organizations == ()


def erased(said: Given) -> Given:
    """Let the person of the proposal be erased, as the store leaves it."""
    first, *others = said.register.entities[PROPOSAL].records
    event = first.event
    assert isinstance(event, e.ProposalMade)
    blank: Event = replace(event, personal_content=None, reason=None)
    records = (replace(first, event=blank, erased=frozenset({LI})), *others)
    said.register.entities[PROPOSAL] = folded(records)
    return said


def test_what_was_erased_can_only_be_sent_back() -> None:
    rename = RenamePerson(person=LI, name="李思", effective_on=EFFECT, **BY)
    said = erased(given(registered(), proposed(rename)))
    said.when(approved()).then_refused(Code.PERSON_ERASED, id=LI)
    said.when(rejected()).then_refused(Code.PERSON_ERASED, id=LI)
    said.when(rejected(reason=None)).then_recorded("proposal.rejected")
    said = erased(given(registered(), proposed(rename)))
    said.when(withdrawn()).then_recorded("proposal.withdrawn")


def test_what_was_proposed_and_decided_is_never_corrected() -> None:
    said = pending().given(approved())
    for kind in (e.ProposalMade, e.ProposalApproved):
        position = said.register.fact(PROPOSAL, kind).position
        retract = RetractEvent(entity=PROPOSAL, position=position, effective_on=LATER, **BY)
        said.when(retract).then_refused(Code.CANNOT_CORRECT, position=position)
    amend = AmendEvent(
        entity=PROPOSAL,
        position=said.register.fact(PROPOSAL, e.ProposalMade).position,
        replacement=made(),
        effective_on=LATER,
        **BY,
    )
    said.when(amend).then_refused(Code.CANNOT_CORRECT)


def test_what_an_older_program_proposed_is_refused_if_it_cannot_be_read() -> None:
    said = pending()
    first = said.register.entities[PROPOSAL].records[0]
    for changed in (
        {"kind": "NoCommandAnyMore"},
        {"content": '{"organization":1}'},
        {"content": '{"color":"red"}'},
        {"content": "{}"},
        {"kind": "AmendEvent", "content": '{"topic":"gone","replacement":{}}'},
    ):
        event: Event = replace(first.event, **changed)
        said.register.entities[PROPOSAL] = folded((replace(first, event=event),))
        said.when(approved()).then_refused(Code.PROPOSAL_OUTDATED)


AMEND = AmendEvent(
    entity=LI,
    position=3,
    replacement=PersonRegistered(name="李四", effective_on=EFFECT, identity_number=NUMBER),
    effective_on=EFFECT,
    **INNER,
)


@pytest.mark.parametrize(
    "command",
    [
        RENAME,
        registered(identity_number=NUMBER),
        merged(),
        AMEND,
        REFORM_PROPOSED,
    ],
    ids=lambda command: type(command).__name__,
)
def test_what_is_kept_is_the_command_without_its_sender(command: Command) -> None:
    state = Proposal(
        submitter="",
        kind=type(command).__name__,
        subject=command.subject,
        organizations=(),
        person=None,
        content=written(command),
        reason=None,
        made=1,
        made_on=DAY,
        position=1,
        instrument=None,
    )
    assert read(state, KINDS) == replace(command, actor="")
