"""What becomes of whoever uses a criterion that ends (口径引用的处置). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from registry.criterion.events import BUILDS_ON, CriterionRepealed
from registry.events import Event, Stamp
from registry.references import Bond, Reference, VitalBond


class Use(VitalBond):
    """A predicate refers to a definition by its name, and is nothing without it (引用).

    It ends with it, or is written anew; it cannot be let refer to another one unread.
    """

    def __init__(self, kind: str, ended: type[Event]) -> None:
        """Know what ends the user."""
        super().__init__(kind, ("criterion",), "criteria", ended)

    def move(self, reference: Reference, fact: Event, target: UUID, stamp: Stamp) -> Sequence[Event]:
        """Return nothing: the text has to be changed."""
        del reference, fact, target, stamp
        return ()

    def redirect(self, fact: Event, target: UUID) -> Event | None:
        """Return None: the text has to be changed."""
        del fact, target
        return None


BONDS: tuple[Bond, ...] = (Use(BUILDS_ON, CriterionRepealed),)
