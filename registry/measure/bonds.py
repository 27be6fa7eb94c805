"""How a part in a measure is disposed of (措施分工的处置). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from msgspec.structs import asdict, replace

from registry.events import Event, Stamp
from registry.measure.events import MeasureAssigned, MeasureCancelled, MeasureRelieved
from registry.measure.kinds import Role
from registry.references import Bond, Claim, KindRule, Reference


class Part(Bond):
    """Somebody's part in a measure; the measure goes on without."""

    def __init__(self, role: Role) -> None:
        """Be the bond of ``role``."""
        super().__init__(role, role.target)
        self._role = role

    def end(self, reference: Reference, stamp: Stamp, rules: Sequence[KindRule]) -> Event:
        """Return the relief."""
        del rules
        return MeasureRelieved(role=self._role, assignee=reference.target, **asdict(stamp))

    def move(self, reference: Reference, fact: Event, target: UUID, stamp: Stamp) -> Sequence[Event]:
        """Return the part of ``target``, which ends the other by itself where there is one at a time."""
        del fact
        assigned = MeasureAssigned(role=self._role, assignee=target, **asdict(stamp))
        return (assigned,) if self._role.single else (self.end(reference, stamp, ()), assigned)

    def close(self, stamp: Stamp) -> Event:
        """Return the cancellation of the measure."""
        return MeasureCancelled(**asdict(stamp))

    def redirect(self, fact: Event, target: UUID) -> Event | None:
        """Return the part of ``target`` from its beginning."""
        return replace(fact, assignee=target) if isinstance(fact, MeasureAssigned) else None

    def claim(self, event: Event) -> Claim | None:
        """Return what a relief or another's part takes the place of."""
        match event:
            case MeasureRelieved(role=self._role):
                return Claim(self.kind, event.assignee)
            case MeasureAssigned(role=self._role):
                return Claim(self.kind, None)
            case _:
                return None

    def carries_out(self, rule: KindRule, event: Event) -> bool:
        """Say whether the part was ended, or given to whom the rule says."""
        if isinstance(event, MeasureAssigned):
            return event.assignee == rule.move_to
        return rule.move_to is None or not self._role.single


BONDS: tuple[Bond, ...] = tuple(Part(role) for role in Role)
