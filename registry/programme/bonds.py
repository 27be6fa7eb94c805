"""How who runs a programme, and who takes part in it, are disposed of (主办、参加关系的处置). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from msgspec.structs import asdict, replace

from registry.events import Event, Stamp
from registry.programme.events import (
    ENROLLED,
    RUNS_PROGRAMME,
    ProgrammeClosed,
    ProgrammeEnrolled,
    ProgrammeHandedOver,
    ProgrammeLeft,
)
from registry.references import Bond, Claim, KindRule, Reference, VitalBond


class Enrollment(Bond):
    """An organization takes part in the programme."""

    def end(self, reference: Reference, stamp: Stamp, rules: Sequence[KindRule]) -> Event:
        """Return that it leaves."""
        del rules
        return ProgrammeLeft(organization=reference.target, **asdict(stamp))

    def move(self, reference: Reference, fact: Event, target: UUID, stamp: Stamp) -> Sequence[Event]:
        """Return that it leaves, and ``target`` takes part in its place."""
        del fact
        return (
            self.end(reference, stamp, ()),
            ProgrammeEnrolled(organization=target, **asdict(stamp)),
        )

    def close(self, stamp: Stamp) -> Event:
        """Return the end of the programme."""
        return ProgrammeClosed(**asdict(stamp))

    def redirect(self, fact: Event, target: UUID) -> Event | None:
        """Return the enrollment of ``target`` from its beginning."""
        return replace(fact, organization=target) if isinstance(fact, ProgrammeEnrolled) else None

    def claim(self, event: Event) -> Claim | None:
        """Return what a leave ends, or an enrollment takes the place of."""
        match event:
            case ProgrammeLeft():
                return Claim(self.kind, event.organization)
            case ProgrammeEnrolled():
                return Claim(self.kind, None)
            case _:
                return None

    def carries_out(self, rule: KindRule, event: Event) -> bool:
        """Say whether it left, as in a move it does, too, or ``rule`` says that this one enrolls instead."""
        return isinstance(event, ProgrammeLeft) or (
            isinstance(event, ProgrammeEnrolled) and event.organization == rule.move_to
        )


BONDS: tuple[Bond, ...] = (
    VitalBond(RUNS_PROGRAMME, ("organization",), "owner", ProgrammeClosed, ProgrammeHandedOver),
    Enrollment(ENROLLED, "organization"),
)
