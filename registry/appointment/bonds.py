"""How what an appointment hangs on is disposed of (任职所系的处置). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from msgspec.structs import asdict, replace

from registry.appointment.events import (
    APPOINTED_TO,
    APPOINTEE,
    IN_TERM,
    REPRESENTS,
    AppointmentEnded,
    AppointmentMade,
    RepresentationChanged,
)
from registry.appointment.kinds import EndReason
from registry.events import Event, Stamp
from registry.references import Bond, Claim, KindRule, Reference, VitalBond


class Hold(VitalBond):
    """What the appointment does not outlive: the post, the person, the term."""

    def __init__(self, kind: str, target: str, why: EndReason) -> None:
        """Know the field, which is called as the noun, and why the appointment ends with it."""
        super().__init__(kind, (target,), target, AppointmentEnded)
        self._why = why

    def end(self, reference: Reference, stamp: Stamp, rules: Sequence[KindRule]) -> Event:
        """Return the end of the appointment, for the reason that this is no more."""
        del reference, rules
        return AppointmentEnded(end_reason=self._why, **asdict(stamp))


class Representation(Bond):
    """The holder represents an organization; without it, the appointment goes on."""

    def end(self, reference: Reference, stamp: Stamp, rules: Sequence[KindRule]) -> Event:
        """Return that nobody is represented any more."""
        del reference, rules
        return RepresentationChanged(representing=None, **asdict(stamp))

    def move(self, reference: Reference, fact: Event, target: UUID, stamp: Stamp) -> Sequence[Event]:
        """Return that another organization is represented."""
        del reference, fact
        return (RepresentationChanged(representing=target, **asdict(stamp)),)

    def close(self, stamp: Stamp) -> Event:
        """Return the end of the appointment."""
        return AppointmentEnded(**asdict(stamp))

    def redirect(self, fact: Event, target: UUID) -> Event | None:
        """Return ``fact`` as if ``target`` had been represented from its beginning."""
        if isinstance(fact, AppointmentMade | RepresentationChanged):
            return replace(fact, representing=target)
        return None

    def claim(self, event: Event) -> Claim | None:
        """Return the claim of a change; it does not say whom it takes the place of."""
        return Claim(self.kind, None) if isinstance(event, RepresentationChanged) else None

    def carries_out(self, rule: KindRule, event: Event) -> bool:
        """Say whether the change is to whom the rule says, or to nobody."""
        return isinstance(event, RepresentationChanged) and event.representing == rule.move_to


BONDS: tuple[Bond, ...] = (
    Hold(APPOINTED_TO, "post", EndReason.POST_ABOLISHED),
    Hold(APPOINTEE, "person", EndReason.DECEASED),
    Hold(IN_TERM, "term", EndReason.TERM_ENDED),
    Representation(REPRESENTS, "organization"),
)
