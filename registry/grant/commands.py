"""What one may ask of a grant (授权命令)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from registry.commands import Command
from registry.grant.kinds import Role


class GrantCommand(Command, frozen=True, kw_only=True):
    """A command to one grant."""

    grant: UUID

    @property
    def subject(self) -> UUID:
        """The grant."""
        return self.grant


class GrantRole(GrantCommand, frozen=True, kw_only=True):
    """Give a principal a role from the day on, until another one if it says so (授予角色)."""

    principal: str
    role: Role
    until: date | None = None


class RevokeRole(GrantCommand, frozen=True, kw_only=True):
    """Take it back (撤销授权)."""
