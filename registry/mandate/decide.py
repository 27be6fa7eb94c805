"""Decisions about mandates (承接政府转移职能决策). Pure."""

from __future__ import annotations

from msgspec.structs import asdict

from registry.commands import Draft
from registry.errors import Code, Refusal
from registry.events import Event
from registry.mandate import commands as c
from registry.mandate import events as e
from registry.mandate.kinds import MandateStatus
from registry.mandate.state import MANDATE, Mandate, alive, continues
from registry.reads import World, require, require_absent


def grant(command: c.GrantMandate, world: World) -> list[Draft]:
    """Grant it."""
    require_absent(world, command.mandate, MANDATE)
    event = e.MandateGranted(
        name=command.name,
        category=command.category,
        holder=command.holder,
        grantor=command.grantor,
        until=command.until,
        illustrative=command.illustrative,
        **asdict(command.stamp),
    )
    return _one(command, event)


def renew(command: c.RenewMandate, world: World) -> list[Draft]:
    """Let it end on another day; quiet when it ends on that day, refused when it ended before."""
    state = _at(command, world)
    event = e.MandateRenewed(until=command.until, **asdict(command.stamp))
    if not alive(state) and not continues(state, event):
        raise _ended(command, state)
    if alive(state) and state.until == command.until:
        return []
    return _one(command, event)


def review(command: c.ReviewMandate, world: World) -> list[Draft]:
    """Record a review; quiet when just that was found on that day."""
    state = _living(command, world)
    said = (command.effective_on, command.finding, command.passed)
    if any((found.reviewed_on, found.finding, found.passed) == said for found in state.reviews):
        return []
    event = e.MandateReviewed(finding=command.finding, passed=command.passed, **asdict(command.stamp))
    return _one(command, event)


def hand_over(command: c.HandOverMandate, world: World) -> list[Draft]:
    """Hand it over; quiet when that organization holds it already."""
    if _living(command, world).holder == command.holder:
        return []
    return _one(command, e.MandateHandedOver(holder=command.holder, **asdict(command.stamp)))


def change_grantor(command: c.ChangeGrantor, world: World) -> list[Draft]:
    """Change who grants it; quiet when that is so already."""
    if _living(command, world).grantor == command.grantor:
        return []
    return _one(command, e.GrantorChanged(grantor=command.grantor, **asdict(command.stamp)))


def revoke(command: c.RevokeMandate, world: World) -> list[Draft]:
    """Revoke it; quiet when it is revoked on that day."""
    if _at(command, world).status is MandateStatus.REVOKED:
        return []
    _living(command, world)
    return _one(command, e.MandateRevoked(**asdict(command.stamp)))


def _at(command: c.MandateCommand, world: World) -> Mandate:
    """Return what is so of the mandate on the day, ended or not."""
    state = require(world, command.mandate, MANDATE).timeline.at(command.effective_on)
    if not isinstance(state, Mandate):
        raise Refusal(Code.NOT_ALIVE, id=command.mandate, date=command.effective_on)
    return state


def _living(command: c.MandateCommand, world: World) -> Mandate:
    state = _at(command, world)
    if not alive(state):
        raise _ended(command, state)
    return state


def _ended(command: c.MandateCommand, state: Mandate) -> Refusal:
    return Refusal(Code.ALREADY_ENDED, id=command.mandate, ended=state.ended_on, date=command.effective_on)


def _one(command: c.MandateCommand, event: Event) -> list[Draft]:
    return [Draft(command.mandate, event)]
