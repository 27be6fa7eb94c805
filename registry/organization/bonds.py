"""How an organization's places and its representative are disposed of (隶属、法定代表人的处置). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from msgspec.structs import asdict, replace

from registry.events import Event, Stamp
from registry.organization.events import (
    REPRESENTED_BY,
    OrganizationDissolved,
    RegistrationRecorded,
    RelationClosed,
    RelationOpened,
    RepresentativeChanged,
)
from registry.organization.kinds import Hierarchy
from registry.references import Bond, Claim, KindRule, Reference


class Place(Bond):
    """A place under another organization in one hierarchy."""

    def __init__(self, hierarchy: Hierarchy) -> None:
        """Be the bond of ``hierarchy``."""
        super().__init__(hierarchy, "organization")
        self._hierarchy = hierarchy

    def end(self, reference: Reference, stamp: Stamp, rules: Sequence[KindRule]) -> Event:
        """Return the end of the place."""
        del rules
        return RelationClosed(hierarchy=self._hierarchy, superior=reference.target, **asdict(stamp))

    def move(self, reference: Reference, fact: Event, target: UUID, stamp: Stamp) -> Sequence[Event]:
        """Return the place under ``target``, which in a single-parent hierarchy ends the other by itself."""
        opened = RelationOpened(
            hierarchy=self._hierarchy, superior=target, until=fact.lapses_on, **asdict(stamp)
        )
        return (opened,) if self._hierarchy.single else (self.end(reference, stamp, ()), opened)

    def close(self, stamp: Stamp) -> Event:
        """Return the dissolution of the subordinate."""
        return OrganizationDissolved(**asdict(stamp))

    def redirect(self, fact: Event, target: UUID) -> Event | None:
        """Return the place under ``target`` from its beginning."""
        return replace(fact, superior=target) if isinstance(fact, RelationOpened) else None

    def claim(self, event: Event) -> Claim | None:
        """Return what a place ended or opened takes the place of."""
        match event:
            case RelationClosed(hierarchy=self._hierarchy):
                return Claim(self.kind, event.superior)
            case RelationOpened(hierarchy=self._hierarchy):
                return Claim(self.kind, None)
            case _:
                return None

    def carries_out(self, rule: KindRule, event: Event) -> bool:
        """Say whether the place was ended, or opened where the rule says."""
        if isinstance(event, RelationOpened):
            return event.superior == rule.move_to
        return rule.move_to is None or not self._hierarchy.single


class Representative(Bond):
    """A person represents the organization before the law (法定代表人)."""

    def end(self, reference: Reference, stamp: Stamp, rules: Sequence[KindRule]) -> Event:
        """Return the vacancy."""
        del reference, rules
        return RepresentativeChanged(representative=None, **asdict(stamp))

    def move(self, reference: Reference, fact: Event, target: UUID, stamp: Stamp) -> Sequence[Event]:
        """Return the change to another person."""
        del reference, fact
        return (RepresentativeChanged(representative=target, **asdict(stamp)),)

    def close(self, stamp: Stamp) -> Event:
        """Return the dissolution of the organization."""
        return OrganizationDissolved(**asdict(stamp))

    def redirect(self, fact: Event, target: UUID) -> Event | None:
        """Return the registration, or the change, with ``target``."""
        if isinstance(fact, RegistrationRecorded | RepresentativeChanged):
            return replace(fact, representative=target)
        return None

    def claim(self, event: Event) -> Claim | None:
        """Return the claim of a change, which does not say from whom."""
        return Claim(self.kind, None) if isinstance(event, RepresentativeChanged) else None

    def carries_out(self, rule: KindRule, event: Event) -> bool:
        """Say whether the change is to whom the rule says."""
        assert isinstance(event, RepresentativeChanged)
        return event.representative == rule.move_to


BONDS: tuple[Bond, ...] = (
    *(Place(hierarchy) for hierarchy in Hierarchy),
    Representative(REPRESENTED_BY, "person"),
)
