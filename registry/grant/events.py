"""What can happen to a grant (授权事件).

A principal is an id such as ``user:8c1f`` or ``key:portal``, never a name: the log says who may do what
without saying who they are.
"""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from registry.events import Event, LastingEvent
from registry.grant.kinds import PartnerScope, Role

GRANTED_OVER = "GRANTED_OVER"
"""The kind of reference from a grant to the organization whose subtree it is for (授权范围)."""


class RoleGranted(LastingEvent, frozen=True, kw_only=True):
    """Somebody has a role from that day on, until another one if it says so (授予角色).

    It is for the ``root`` and what stands under it, or for the whole register. What was granted before there
    were ``scopes`` has none.
    """

    topic: ClassVar[str] = "grant.given"

    principal: str
    role: Role
    root: UUID | None = None
    scopes: tuple[PartnerScope, ...] = ()


class RoleRevoked(Event, frozen=True, kw_only=True):
    """They have it no more (撤销授权)."""

    topic: ClassVar[str] = "grant.revoked"


EVENTS: tuple[type[Event], ...] = (RoleGranted, RoleRevoked)
