"""How the charge of an organization with a function is disposed of (职能承担的处置). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from msgspec.structs import asdict, replace

from registry.events import Event, Stamp
from registry.function.events import (
    HOLDS,
    FunctionAssigned,
    FunctionReleased,
    FunctionRetired,
    FunctionTransferred,
)
from registry.references import Bond, Claim, KindRule, Reference


class Charge(Bond):
    """An organization is charged with the function."""

    def end(self, reference: Reference, stamp: Stamp, rules: Sequence[KindRule]) -> Event:
        """Return the release."""
        del rules
        return FunctionReleased(source=reference.target, **asdict(stamp))

    def move(self, reference: Reference, fact: Event, target: UUID, stamp: Stamp) -> Sequence[Event]:
        """Return the transfer."""
        del fact
        return (FunctionTransferred(source=reference.target, target=target, **asdict(stamp)),)

    def close(self, stamp: Stamp) -> Event:
        """Return the retirement of the function."""
        return FunctionRetired(**asdict(stamp))

    def redirect(self, fact: Event, target: UUID) -> Event | None:
        """Return the charge of ``target`` from its beginning."""
        match fact:
            case FunctionAssigned():
                return replace(fact, holder=target)
            case FunctionTransferred():
                return replace(fact, target=target)
            case _:
                return None

    def claim(self, event: Event) -> Claim | None:
        """Return whose charge was ended."""
        if isinstance(event, FunctionReleased | FunctionTransferred):
            return Claim(self.kind, event.source)
        return None

    def carries_out(self, rule: KindRule, event: Event) -> bool:
        """Say whether the function was released, or went to where the rule says."""
        if isinstance(event, FunctionTransferred):
            return event.target == rule.move_to
        return rule.move_to is None


BONDS: tuple[Bond, ...] = (Charge(HOLDS, "organization"),)
