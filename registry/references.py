"""References between entities, and what may become of one that would be left dangling (引用与处置). Pure.

Each noun declares the kinds of reference that its entities make, as :class:`Bond`. Whatever works on
references of any kind (the check that none leaves the life of its target, dispositions, corrections) asks the
bond; nothing else needs to know the noun.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

from msgspec import Struct
from msgspec.structs import asdict, replace

from registry.events import Event, Stamp
from registry.time import Period


class Target(NamedTuple):
    """What a state points at: ``kind`` of reference, the entity, and the fact that says so."""

    kind: str
    target: UUID
    position: int


class Reference(NamedTuple):
    """``source`` points at ``target`` during ``[start, end)``, because of the fact at ``position`` (引用)."""

    source: UUID
    kind: str
    target: UUID
    start: date
    end: date
    position: int

    @property
    def period(self) -> Period:
        """The days on which it points there."""
        return Period(self.start, self.end)


class KindRule(Struct, frozen=True, kw_only=True):
    """What happens at an end to references of one kind that nobody disposed of singly (分类处置规则).

    ``reference`` is a hierarchy, ``HOLDS`` or the kind of another bond; with ``move_to`` None they end, else
    they go to that entity.
    """

    reference: str
    move_to: UUID | None = None


class Claim(NamedTuple):
    """What an event ends or replaces: a reference of ``kind``, to ``target`` where the event says to whom."""

    kind: str
    target: UUID | None


class Bond:
    """A kind of reference that the entities of one noun make (引用种类).

    ``targets`` are the names of the nouns that it may point at. ``vital`` says that its source cannot be
    without it: where it dangles, whatever points at its source dangles in turn.
    """

    vital: ClassVar[bool] = False

    def __init__(self, kind: str, *targets: str) -> None:
        """Name the kind, and what it may point at."""
        self.kind = kind
        self.targets = frozenset(targets)

    def end(self, reference: Reference, stamp: Stamp, rules: Sequence[KindRule]) -> Event:
        """Return what ends ``reference``; ``rules`` dispose of what that leaves dangling in turn (终止)."""
        raise NotImplementedError

    def end_of(self, fact: Event, reference: Reference, stamp: Stamp, rules: Sequence[KindRule]) -> Event:
        """Return what ends ``reference``, made by ``fact``, for bonds that must know which of several."""
        del fact
        return self.end(reference, stamp, rules)

    def move(self, reference: Reference, fact: Event, target: UUID, stamp: Stamp) -> Sequence[Event]:
        """Return what lets it point at ``target`` from then on; nothing when it cannot be moved (划转)."""
        raise NotImplementedError

    def close(self, stamp: Stamp) -> Event:
        """Return what ends its source (一并注销)."""
        raise NotImplementedError

    def redirect(self, fact: Event, target: UUID) -> Event | None:
        """Return ``fact`` as if it had pointed at ``target``; None when it points at nobody (改挂)."""
        raise NotImplementedError

    def claim(self, event: Event) -> Claim | None:
        """Return what of this kind ``event`` disposes of, if it is an end or a move."""
        raise NotImplementedError

    def carries_out(self, rule: KindRule, event: Event) -> bool:
        """Say whether ``event``, an end or a move, is what ``rule`` asks for."""
        raise NotImplementedError


class VitalBond(Bond):
    """A reference that its source does not outlive (存续所系): ``field`` names it, ``ended`` ends it.

    ``moved`` is the event that has another one in ``field``, for references that can be moved.
    """

    vital: ClassVar[bool] = True

    def __init__(
        self,
        kind: str,
        targets: Sequence[str],
        field: str,
        ended: type[Event],
        moved: type[Event] | None = None,
    ) -> None:
        """Know the field and the events."""
        super().__init__(kind, *targets)
        self._field = field
        self._ended = ended
        self._moved = moved

    def end(self, reference: Reference, stamp: Stamp, rules: Sequence[KindRule]) -> Event:
        """Return the end of the source."""
        del reference
        more: dict[str, Any] = {"rules": tuple(rules)} if "rules" in self._ended.__struct_fields__ else {}
        return self._ended(**more, **asdict(stamp))

    def move(self, reference: Reference, fact: Event, target: UUID, stamp: Stamp) -> Sequence[Event]:
        """Return the move, if there is one."""
        del reference, fact
        there: dict[str, Any] = {self._field: target, **asdict(stamp)}
        return () if self._moved is None else (self._moved(**there),)

    def close(self, stamp: Stamp) -> Event:
        """Return the end of the source."""
        return self._ended(**asdict(stamp))

    def redirect(self, fact: Event, target: UUID) -> Event | None:
        """Return ``fact`` with ``target`` in the field."""
        return replace(fact, **{self._field: target}) if self._field in fact.__struct_fields__ else None

    def claim(self, event: Event) -> Claim | None:
        """Return the claim of an end or a move; neither says from whom."""
        ends = (self._ended,) if self._moved is None else (self._ended, self._moved)
        return Claim(self.kind, None) if isinstance(event, ends) else None

    def carries_out(self, rule: KindRule, event: Event) -> bool:
        """Say whether ``event`` ends, or moves to where the rule says."""
        if isinstance(event, self._ended):
            return rule.move_to is None
        moved_to: UUID | None = getattr(event, self._field)
        return moved_to == rule.move_to
