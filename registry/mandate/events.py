"""What can happen to a mandate (承接政府转移职能事件)."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from registry.events import Event, LastingEvent
from registry.mandate.kinds import MandateCategory

MANDATED = "MANDATED"
"""The kind of reference from a mandate to the organization that holds it (承接单位)."""

GRANTED_BY = "GRANTED_BY"
"""The kind of reference from a mandate to the organization that grants it (授权单位)."""


class MandateGranted(LastingEvent, frozen=True, kw_only=True):
    """An organization took over a function of government, for good or until a day (承接)."""

    topic: ClassVar[str] = "mandate.granted"

    name: str
    category: MandateCategory
    holder: UUID
    grantor: UUID | None = None
    illustrative: bool = False


class MandateRenewed(LastingEvent, frozen=True, kw_only=True):
    """It ends on another day than was said before, or has no end given (续期)."""

    topic: ClassVar[str] = "mandate.renewed"


class MandateReviewed(Event, frozen=True, kw_only=True):
    """How it is carried out was looked at, and what was found (评估)."""

    topic: ClassVar[str] = "mandate.reviewed"

    finding: str
    passed: bool | None = None


class MandateHandedOver(Event, frozen=True, kw_only=True):
    """Another organization holds it from then on (移交)."""

    topic: ClassVar[str] = "mandate.handed_over"

    holder: UUID


class GrantorChanged(Event, frozen=True, kw_only=True):
    """It is granted by another organization from then on, or by none that exists (授权单位变更)."""

    topic: ClassVar[str] = "mandate.grantor_changed"

    grantor: UUID | None


class MandateRevoked(Event, frozen=True, kw_only=True):
    """It was taken back before its time, or had no end given (收回)."""

    topic: ClassVar[str] = "mandate.revoked"


EVENTS: tuple[type[Event], ...] = (
    MandateGranted,
    MandateRenewed,
    MandateReviewed,
    MandateHandedOver,
    GrantorChanged,
    MandateRevoked,
)
