"""A command as somebody proposes it, and as somebody else has it recorded (报送与审批). Pure.

Proposing settles the command to the end, so that nothing can be proposed that could not be recorded; what is
kept is what it says. Approving decides it anew: the register may have changed since.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import partial
from typing import Any
from uuid import UUID

import msgspec
from msgspec.structs import asdict, replace

from registry.commands import Command, Draft
from registry.consistency import Change
from registry.correction.commands import AmendEvent
from registry.errors import Code, Refusal
from registry.ids import PRIVATE_SCHEMES
from registry.nouns import EVENTS
from registry.places import places_changed, places_of
from registry.proposal.commands import ApproveProposal, ProposalCommand, Propose
from registry.proposal.decide import is_erased, to_decide
from registry.proposal.events import ProposalApproved, ProposalMade
from registry.proposal.state import PROPOSAL, Proposal
from registry.reads import Bearer, World, at_hand, require_absent
from registry.settlement import Place, Settlement, settle
from registry.subjects import named_in, subject_of

Decide = Callable[[Command, World], list[Draft]]
"""Decides any command."""

_SOMEDAY = Place(2**62, datetime(9999, 12, 31, tzinfo=UTC))
"""Where what is proposed would be recorded: behind everything that is."""

_SENDER = frozenset({"actor", "may_grant", "within", "submitter"})
"""What a command says of whoever sends it: whoever approves it is somebody else."""

_EVENT_OF = {event.topic: event for event in EVENTS}


def propose(command: Propose, world: World, decide: Decide) -> list[Draft]:
    """Propose a command that could be recorded now, and would change something."""
    require_absent(world, command.proposal, PROPOSAL)
    if isinstance(command.command, ProposalCommand):
        raise Refusal(Code.PROPOSAL_NESTED)
    proposed = replace(command.command, actor=command.actor, within=command.within, may_grant=True)
    view = _Discreet(world)
    settlement = settle(view, proposed, decide(proposed, view), _SOMEDAY)
    if not settlement.drafts:
        raise Refusal(Code.PROPOSES_NOTHING)
    person = _person(settlement)
    content = written(proposed)
    event = ProposalMade(
        submitter=command.actor,
        kind=type(proposed).__name__,
        subject=proposed.subject,
        organizations=_concerned(view, command, settlement),
        person=person,
        content=content if person is None else None,
        personal_content=None if person is None else content,
        **asdict(command.stamp),
    )
    return [Draft(command.proposal, event)]


def approve(
    command: ApproveProposal, world: World, decide: Decide, kinds: Mapping[str, type[Command]]
) -> list[Draft]:
    """Return what the proposed command records now, by who approves it, and that it was approved.

    The approval is no consequence of the act, so that correcting the act leaves it alone.
    """
    state = to_decide(command, world)
    said = replace(
        read(state, kinds),
        actor=command.actor,
        submitter=state.submitter,
        command_id=command.command_id,
        may_grant=command.may_grant,
        within=command.within,
    )
    drafts = decide(said, world)
    if said.preview is not None:
        settle(world, said, drafts, _SOMEDAY)
    approval = Draft(command.proposal, ProposalApproved(**asdict(command.stamp)), cause=state.made)
    return [draft._replace(by=said) for draft in (*drafts, approval)]


def written(command: Command) -> str:
    """Return what a command says as JSON, without its sender; a replacement under its topic."""
    said: dict[str, Any] = msgspec.to_builtins(command)
    if isinstance(command, AmendEvent):
        said["topic"] = command.replacement.topic
    kept = {name: value for name, value in said.items() if name not in _SENDER}
    return msgspec.json.encode(kept).decode()


def read(state: Proposal, kinds: Mapping[str, type[Command]]) -> Command:
    """Return the proposed command, sent by nobody; refuses PERSON_ERASED or PROPOSAL_OUTDATED."""
    if is_erased(state):
        raise Refusal(Code.PERSON_ERASED, id=state.person)
    assert state.content is not None
    kind = kinds.get(state.kind)
    said: dict[str, Any] = msgspec.json.decode(state.content)
    try:
        if kind is AmendEvent:
            return _amendment(said)
        # A field that there is no more would be passed over in silence.
        if kind is None or not said.keys() <= set(kind.__struct_fields__):
            raise Refusal(Code.PROPOSAL_OUTDATED, kind=state.kind)
        return msgspec.convert({**said, "actor": ""}, kind)
    except (msgspec.ValidationError, LookupError):
        raise Refusal(Code.PROPOSAL_OUTDATED, kind=state.kind) from None


def _amendment(said: dict[str, Any]) -> Command:
    """Return an amendment, whose replacement is of whichever class its topic says."""
    replacement = msgspec.convert(said["replacement"], _EVENT_OF[said.pop("topic")])
    # The decoder takes a replacement of the base class only, so it gets one to hold the place.
    holding = {"effective_on": replacement.effective_on}
    made = msgspec.convert({**said, "actor": "", "replacement": holding}, AmendEvent)
    return replace(made, replacement=replacement)


def _person(settlement: Settlement) -> UUID | None:
    """Return whose personal data the command holds; refuses SEVERAL_PERSONS.

    Its act says so: what follows from that says of others only what the register knows. A correction that
    puts one person in another's place is of both.
    """
    act = settlement.drafts[0]
    change = next(change for change in settlement.changes if change.after.id == act.stream)
    subject = subject_of(change.after.records)
    if subject is None:
        return None
    named = list(named_in(act.event, subject))
    if change.before is not None and (before := subject_of(change.before.records)) is not None:
        named.insert(0, before)
    person, *others = dict.fromkeys(named)
    if others:
        raise Refusal(Code.SEVERAL_PERSONS, persons=", ".join(map(str, (person, *others))))
    return person


def _concerned(world: World, command: Propose, settlement: Settlement) -> tuple[UUID, ...]:
    """Return the organizations that whoever decides on it must answer for: all where something would change.

    What belongs nowhere, as somebody new, is decided on where its submitter may propose.
    """
    within = command.within
    today = command.effective_on if within is None else within.today
    found = [partial(_places, world, change, today) for change in settlement.changes]
    at_hand(found)
    places = frozenset[UUID]().union(*(each() for each in found))
    if not places and within is not None:
        places = within.roots
    return tuple(sorted(places))


def _places(world: World, change: Change, today: date) -> frozenset[UUID]:
    before, after = change
    stood = frozenset[UUID]() if before is None else places_of(world, before, today)
    return stood | places_changed(world, before, after, today)


class _Discreet:
    """The register as it looks to somebody who is told nothing of identity numbers (不透露身份证号的视图).

    Whether somebody else has the number that is proposed, whoever approves it learns.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self.entity = world.entity
        self.references_to = world.references_to
        self.superiors = world.superiors
        self.consequences_of = world.consequences_of

    def bearers(self, scheme: str, value: str) -> Sequence[Bearer]:
        """Return who bears the identifier; nobody where the scheme is private."""
        return () if scheme in PRIVATE_SCHEMES else self._world.bearers(scheme, value)
