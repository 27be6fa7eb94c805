"""What one may ask of a function (职能命令)."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from registry.commands import Command
from registry.reads import Needs


class FunctionCommand(Command, frozen=True, kw_only=True):
    """A command to one function."""

    function: UUID

    @property
    def subject(self) -> UUID:
        """The function."""
        return self.function


class DefineFunction(FunctionCommand, frozen=True, kw_only=True):
    """Distinguish a function, and charge an organization with it if one is given (设定职能)."""

    opens: ClassVar[bool] = True

    name: str
    description: str | None = None
    holder: UUID | None = None
    unspecified: bool = False
    illustrative: bool = False

    @property
    def needs(self) -> Needs:
        """The function and its holder."""
        holder = frozenset() if self.holder is None else frozenset({self.holder})
        return Needs(entities=frozenset({self.function, *self.cited}) | holder)


class AssignFunction(FunctionCommand, frozen=True, kw_only=True):
    """Charge an organization with a function that nobody holds (赋予)."""

    holder: UUID

    @property
    def needs(self) -> Needs:
        """The function and its holder."""
        return Needs(entities=frozenset({self.function, self.holder, *self.cited}))


class TransferFunction(FunctionCommand, frozen=True, kw_only=True):
    """Hand it over from whoever holds it on that day (划转)."""

    target: UUID

    @property
    def needs(self) -> Needs:
        """The function and its new holder."""
        return Needs(entities=frozenset({self.function, self.target, *self.cited}))


class ReleaseFunction(FunctionCommand, frozen=True, kw_only=True):
    """Take it from its holder without a new one: an orphan (收回)."""


class EmphasizeFunction(FunctionCommand, frozen=True, kw_only=True):
    """Stress it where it is (突出, 强化)."""


class RetireFunction(FunctionCommand, frozen=True, kw_only=True):
    """Let it be no function any more (取消)."""
