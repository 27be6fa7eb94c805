"""A grant as folded from its facts (授权状态). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from registry.errors import Code
from registry.events import Fact
from registry.grant import events as e
from registry.grant.kinds import GrantStatus, PartnerScope, Role
from registry.references import Target, VitalBond
from registry.timeline import Conflict, Noun


class Grant(Struct, frozen=True, kw_only=True):
    """What is so of one grant during a period; ``given`` is the fact that gave it."""

    principal: str
    role: Role
    root: UUID | None
    scopes: tuple[PartnerScope, ...]
    given: int
    given_on: date
    until: date | None
    position: int
    instrument: UUID | None
    status: GrantStatus = GrantStatus.ACTIVE
    ended_on: date | None = None


def evolve(state: Grant | None, fact: Fact) -> Grant | Conflict:
    """Return the grant after ``fact``, or why the fact cannot follow."""
    event = fact.event
    if isinstance(event, e.RoleGranted):
        if state is not None:
            return Conflict(Code.ALREADY_EXISTS, fact, {})
        return Grant(
            principal=event.principal,
            role=event.role,
            root=event.root,
            scopes=event.scopes,
            given=fact.position,
            given_on=event.effective_on,
            until=event.until,
            position=fact.position,
            instrument=event.instrument,
        )
    if state is None or not alive(state):
        return Conflict(Code.NOT_ALIVE, fact, {"date": event.effective_on})
    return replace(
        state,
        status=GrantStatus.REVOKED,
        ended_on=event.effective_on,
        position=fact.position,
        instrument=event.instrument,
    )


def lapse(state: Grant, fact: Fact) -> Grant:
    """Return the grant at the end that it was given with, unless it was revoked before."""
    if not alive(state) or fact.position != state.given:
        return state
    return replace(state, status=GrantStatus.EXPIRED, ended_on=state.until)


def alive(state: Grant) -> bool:
    """Say whether it holds."""
    return state.status is GrantStatus.ACTIVE


def targets(state: Grant) -> Iterable[Target]:
    """Yield the organization whose subtree it is for."""
    if state.root is not None and alive(state):
        yield Target(e.GRANTED_OVER, state.root, state.given)


def identifiers(_state: Grant) -> Iterable[tuple[str, str]]:
    """Yield nothing: one may be given twice, for periods that overlap."""
    return ()


_BONDS = (VitalBond(e.GRANTED_OVER, ("organization",), "root", e.RoleRevoked),)

GRANT = Noun("grant", e.EVENTS, evolve, lapse, alive, targets, identifiers, _BONDS)
