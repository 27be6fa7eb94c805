"""How holder and grantor of a mandate are disposed of (承接、授权关系的处置). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from msgspec.structs import asdict, replace

from registry.events import Event, Stamp
from registry.mandate.events import (
    GRANTED_BY,
    MANDATED,
    GrantorChanged,
    MandateGranted,
    MandateHandedOver,
    MandateRevoked,
)
from registry.references import Bond, Claim, KindRule, Reference, VitalBond


class Grant(Bond):
    """An organization grants the mandate, which outlives it."""

    def end(self, reference: Reference, stamp: Stamp, rules: Sequence[KindRule]) -> Event:
        """Return that nobody who exists grants it."""
        del reference, rules
        return GrantorChanged(grantor=None, **asdict(stamp))

    def move(self, reference: Reference, fact: Event, target: UUID, stamp: Stamp) -> Sequence[Event]:
        """Return that ``target`` grants it."""
        del reference, fact
        return (GrantorChanged(grantor=target, **asdict(stamp)),)

    def close(self, stamp: Stamp) -> Event:
        """Return the end of the mandate."""
        return MandateRevoked(**asdict(stamp))

    def redirect(self, fact: Event, target: UUID) -> Event | None:
        """Return the grant by ``target`` from its beginning."""
        if isinstance(fact, MandateGranted | GrantorChanged):
            return replace(fact, grantor=target)
        return None

    def claim(self, event: Event) -> Claim | None:
        """Return the claim of a change, which does not say from whom."""
        return Claim(self.kind, None) if isinstance(event, GrantorChanged) else None

    def carries_out(self, rule: KindRule, event: Event) -> bool:
        """Say whether the change is to whom the rule says."""
        assert isinstance(event, GrantorChanged)
        return event.grantor == rule.move_to


BONDS: tuple[Bond, ...] = (
    VitalBond(MANDATED, ("organization",), "holder", MandateRevoked, MandateHandedOver),
    Grant(GRANTED_BY, "organization"),
)
