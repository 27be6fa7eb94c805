"""What can happen to a grant (授权事件).

A principal is an id such as ``user:8c1f`` or ``key:portal``, never a name: the log says who may do what
without saying who they are.
"""

from __future__ import annotations

from typing import ClassVar

from registry.events import Event, LastingEvent
from registry.grant.kinds import Role


class RoleGranted(LastingEvent, frozen=True, kw_only=True):
    """Somebody has a role in the register from that day on, until another one if it says so (授予角色)."""

    topic: ClassVar[str] = "grant.given"

    principal: str
    role: Role


class RoleRevoked(Event, frozen=True, kw_only=True):
    """They have it no more (撤销授权)."""

    topic: ClassVar[str] = "grant.revoked"


EVENTS: tuple[type[Event], ...] = (RoleGranted, RoleRevoked)
