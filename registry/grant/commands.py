"""What one may ask of a grant (授权命令)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from registry.commands import Command
from registry.grant.kinds import Role
from registry.reads import Needs


class GrantCommand(Command, frozen=True, kw_only=True):
    """A command to one grant."""

    grant: UUID

    @property
    def subject(self) -> UUID:
        """The grant."""
        return self.grant


class GrantRole(GrantCommand, frozen=True, kw_only=True):
    """Give a principal a role from the day on, until another one if it says so (授予角色).

    Without a ``root`` it is for the whole register, else for that organization and what stands under it.
    """

    opens: ClassVar[bool] = True

    principal: str
    role: Role
    root: UUID | None = None
    until: date | None = None

    @property
    def needs(self) -> Needs:
        """The root, if there is one."""
        roots = frozenset() if self.root is None else frozenset({self.root})
        return Needs(entities=frozenset({self.grant, *self.cited}) | roots)


class RevokeRole(GrantCommand, frozen=True, kw_only=True):
    """Take it back (撤销授权)."""
