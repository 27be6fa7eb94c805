"""Decisions about grants (授权决策). Pure."""

from __future__ import annotations

from msgspec.structs import asdict

from registry.commands import Draft
from registry.errors import Code, Refusal
from registry.grant import commands as c
from registry.grant import events as e
from registry.grant.kinds import GrantStatus
from registry.grant.state import GRANT, Grant, alive
from registry.reads import World, require, require_absent


def give(command: c.GrantRole, world: World) -> list[Draft]:
    """Give it."""
    require_absent(world, command.grant, GRANT)
    event = e.RoleGranted(
        principal=command.principal,
        role=command.role,
        root=command.root,
        until=command.until,
        scopes=tuple(sorted(command.scopes)),
        **asdict(command.stamp),
    )
    return [Draft(command.grant, event)]


def revoke(command: c.RevokeRole, world: World) -> list[Draft]:
    """Take it back; quiet when that was done on that day, refused when it ended before."""
    state = require(world, command.grant, GRANT).timeline.at(command.effective_on)
    if not isinstance(state, Grant):
        raise Refusal(Code.NOT_ALIVE, id=command.grant, date=command.effective_on)
    if alive(state):
        return [Draft(command.grant, e.RoleRevoked(**asdict(command.stamp)))]
    if state.status is GrantStatus.REVOKED and state.ended_on == command.effective_on:
        return []
    raise Refusal(Code.NOT_ALIVE, id=command.grant, date=command.effective_on)
