"""What can happen to a Party affiliation (组织关系事件).

The relation itself is restricted personal data: all but the person's id and the dates is sealed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import ClassVar
from uuid import UUID

from registry.affiliation.kinds import AffiliationEnd, AffiliationStage
from registry.events import Event
from registry.time import EARLIEST

AFFILIATED_WITH = "AFFILIATED_WITH"
"""The kind of reference from an affiliation to the Party organization where it is (所在党组织)."""

AFFILIATE = "AFFILIATE"
"""The kind of reference from an affiliation to the person whose it is (党员)."""

NOWHERE = UUID(int=0)
"""The branch in what was erased (已清除)."""

UNKNOWN_DAY = EARLIEST
"""The day of a receipt in what was erased (已清除)."""


class AffiliationOpened(Event, frozen=True, kw_only=True):
    """A person's affiliation came to be in a branch, by admission or as it was found (组织关系建立)."""

    topic: ClassVar[str] = "affiliation.opened"
    personal: ClassVar[frozenset[str]] = frozenset({"branch", "stage", "reason"})
    blank: ClassVar[Mapping[str, object]] = MappingProxyType(
        {"branch": NOWHERE, "stage": AffiliationStage.PROBATIONARY}
    )

    person: UUID
    branch: UUID
    stage: AffiliationStage


class AffiliationConfirmed(Event, frozen=True, kw_only=True):
    """Probation is over: the person is a formal member (转正)."""

    topic: ClassVar[str] = "affiliation.confirmed"
    personal: ClassVar[frozenset[str]] = frozenset({"reason"})


class AffiliationTransferred(Event, frozen=True, kw_only=True):
    """The affiliation is in another branch, also outside of the system, by a letter or without one (转接).

    The letter is presented until ``letter_valid_until``, that day included.
    """

    topic: ClassVar[str] = "affiliation.transferred"
    personal: ClassVar[frozenset[str]] = frozenset({"branch", "letter", "letter_valid_until", "reason"})
    blank: ClassVar[Mapping[str, object]] = MappingProxyType({"branch": NOWHERE})

    branch: UUID
    letter: str | None = None
    letter_valid_until: date | None = None


class TransferReceived(Event, frozen=True, kw_only=True):
    """The receipt of the last transfer came back: it was presented on ``received_on`` (回执)."""

    topic: ClassVar[str] = "affiliation.transfer_received"
    personal: ClassVar[frozenset[str]] = frozenset({"received_on", "reason"})
    blank: ClassVar[Mapping[str, object]] = MappingProxyType({"received_on": UNKNOWN_DAY})

    received_on: date


class AffiliationEnded(Event, frozen=True, kw_only=True):
    """The person has no affiliation with the Party any more (组织关系终止)."""

    topic: ClassVar[str] = "affiliation.ended"
    personal: ClassVar[frozenset[str]] = frozenset({"end_reason", "reason"})

    end_reason: AffiliationEnd = AffiliationEnd.OTHER


EVENTS: tuple[type[Event], ...] = (
    AffiliationOpened,
    AffiliationConfirmed,
    AffiliationTransferred,
    TransferReceived,
    AffiliationEnded,
)
