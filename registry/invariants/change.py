"""What an invariant is given: an entity before and after a command (变更). Pure."""

from __future__ import annotations

from typing import Protocol

from registry.timeline import Entity


class Change(Protocol):
    """An entity before and after a command; None when it did not exist."""

    @property
    def before(self) -> Entity | None:
        """The entity as it was."""
        ...

    @property
    def after(self) -> Entity:
        """The entity as it would be."""
        ...
