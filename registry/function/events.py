"""What can happen to a function (职能事件)."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from registry.events import Event

HOLDS = "HOLDS"
"""The kind of reference from a function to the organization charged with it (承担)."""


class FunctionDefined(Event, frozen=True, kw_only=True):
    """A function came to be distinguished (设定职能).

    ``unspecified`` marks a remainder that the source does not list one by one (其余职能).
    """

    topic: ClassVar[str] = "function.defined"

    name: str
    description: str | None = None
    unspecified: bool = False
    illustrative: bool = False


class FunctionAssigned(Event, frozen=True, kw_only=True):
    """An organization was charged with it that nobody was charged with before (赋予)."""

    topic: ClassVar[str] = "function.assigned"

    holder: UUID


class FunctionTransferred(Event, frozen=True, kw_only=True):
    """It was handed over from one organization to another (划转)."""

    topic: ClassVar[str] = "function.transferred"

    source: UUID
    target: UUID


class FunctionReleased(Event, frozen=True, kw_only=True):
    """Its holder is no longer charged with it, and nobody else is: it is an orphan (无承接单位)."""

    topic: ClassVar[str] = "function.released"

    source: UUID


class FunctionEmphasized(Event, frozen=True, kw_only=True):
    """It is to be stressed or strengthened where it is (突出, 强化); not a new function."""

    topic: ClassVar[str] = "function.emphasized"


class FunctionRetired(Event, frozen=True, kw_only=True):
    """It is no longer a function of anyone (取消)."""

    topic: ClassVar[str] = "function.retired"


EVENTS: tuple[type[Event], ...] = (
    FunctionDefined,
    FunctionAssigned,
    FunctionTransferred,
    FunctionReleased,
    FunctionEmphasized,
    FunctionRetired,
)
