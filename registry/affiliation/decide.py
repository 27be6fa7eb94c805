"""Decisions about Party affiliations (组织关系决策). Pure."""

from __future__ import annotations

from msgspec.structs import asdict

from registry.affiliation import commands as c
from registry.affiliation import events as e
from registry.affiliation.kinds import AffiliationStage
from registry.affiliation.state import AFFILIATION, Affiliation, alive
from registry.commands import Draft
from registry.errors import Code, Refusal
from registry.events import Event
from registry.reads import World, require, require_absent


def open_(command: c.OpenAffiliation, world: World) -> list[Draft]:
    """Open it."""
    require_absent(world, command.affiliation, AFFILIATION)
    event = e.AffiliationOpened(
        person=command.person, branch=command.branch, stage=command.stage, **asdict(command.stamp)
    )
    return _one(command, event)


def confirm(command: c.ConfirmAffiliation, world: World) -> list[Draft]:
    """Confirm; quiet when the member is a formal one."""
    if _living(command, world).stage is AffiliationStage.FORMAL:
        return []
    return _one(command, e.AffiliationConfirmed(**asdict(command.stamp)))


def transfer(command: c.TransferAffiliation, world: World) -> list[Draft]:
    """Transfer; quiet when it is there by that letter already."""
    state = _living(command, world)
    made = state.transfer
    known = (None, None) if made is None else (made.letter, made.valid_until)
    if state.branch == command.branch and known == (command.letter, command.letter_valid_until):
        return []
    event = e.AffiliationTransferred(
        branch=command.branch,
        letter=command.letter,
        letter_valid_until=command.letter_valid_until,
        **asdict(command.stamp),
    )
    return _one(command, event)


def receive(command: c.ReceiveTransfer, world: World) -> list[Draft]:
    """Record the receipt; quiet when it was received on that day, refused when nothing was transferred."""
    made = _living(command, world).transfer
    if made is not None and made.received_on == command.received_on:
        return []
    return _one(command, e.TransferReceived(received_on=command.received_on, **asdict(command.stamp)))


def end(command: c.EndAffiliation, world: World) -> list[Draft]:
    """End; quiet when it ended before that day for the same reason."""
    state = require(world, command.affiliation, AFFILIATION).timeline.at(command.effective_on)
    if isinstance(state, Affiliation) and state.end_reason is command.end_reason:
        return []
    _living(command, world)
    return _one(command, e.AffiliationEnded(end_reason=command.end_reason, **asdict(command.stamp)))


def _living(command: c.AffiliationCommand, world: World) -> Affiliation:
    state = require(world, command.affiliation, AFFILIATION).timeline.at(command.effective_on)
    if not isinstance(state, Affiliation) or not alive(state):
        raise Refusal(Code.NOT_ALIVE, id=command.affiliation, date=command.effective_on)
    return state


def _one(command: c.AffiliationCommand, event: Event) -> list[Draft]:
    return [Draft(command.affiliation, event)]
