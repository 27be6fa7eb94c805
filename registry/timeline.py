"""Events of one entity folded into what was so, when (时间线). Pure.

The facts of a stream, corrections applied, are sorted by the day they take effect and then by original
position, and folded. A fact with an end contributes two steps. The fold gives adjacent segments ``[day, next
day)``, the last of them open; or the conflict that stands in its way, naming the fact.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from registry.correction.chain import corrected
from registry.errors import Code
from registry.events import Event, Fact, Recorded
from registry.once import once
from registry.references import Bond, KindRule, Reference, Target
from registry.time import FOREVER, Period

Key = TypeVar("Key", bound=Hashable)
State = Any
"""The folded state of some noun: a frozen struct, or None before the entity begins."""


class Conflict(NamedTuple):
    """Why a fact cannot follow the state before it (冲突).

    ``details``, and the ``id`` of the stream that is folded, fill the message of ``code``.
    """

    code: Code
    fact: Fact
    details: dict[str, object]


def _no_rules(_state: State) -> tuple[KindRule, ...]:
    return ()


class Noun(NamedTuple):
    """How streams of one kind of entity fold, and what of their state concerns other entities.

    ``bonds`` are the kinds of reference that ``targets`` yields. ``rules`` gives what a state in which the
    entity is no more says about references that point at it still.
    """

    name: str
    events: tuple[type[Event], ...]
    evolve: Callable[[State, Fact], State | Conflict]
    lapse: Callable[[State, Fact], State]
    alive: Callable[[State], bool]
    targets: Callable[[State], Iterable[Target]]
    identifiers: Callable[[State], Iterable[tuple[str, str]]]
    bonds: tuple[Bond, ...] = ()
    rules: Callable[[State], tuple[KindRule, ...]] = _no_rules

    def bond(self, kind: str) -> Bond:
        """Return the bond of a kind of reference that entities of this noun make."""
        return next(bond for bond in self.bonds if bond.kind == kind)


class Step(NamedTuple):
    """A day on which a fact begins (``begins`` 1) or ends by itself (0: ends come first on the same day)."""

    day: date
    begins: int
    position: int
    fact: Fact


class Segment(NamedTuple):
    """What was so during ``[start, end)``."""

    start: date
    end: date
    state: State


class Timeline:
    """The fold of a stream: its steps in order and the state after each."""

    def __init__(self, noun: Noun, steps: tuple[Step, ...], states: tuple[State, ...]) -> None:
        """Keep steps and states, of one length; :func:`fold` makes them."""
        self.noun = noun
        self.steps = steps
        self.states = states

    @once
    def segments(self) -> tuple[Segment, ...]:
        """Return the adjacent periods and what was so in each; equal neighbors are one."""
        segments: list[Segment] = []
        last = len(self.steps) - 1
        for index, step in enumerate(self.steps):
            if index < last and self.steps[index + 1].day == step.day:
                continue
            end = self.steps[index + 1].day if index < last else FOREVER
            state = self.states[index]
            if segments and segments[-1].state == state:
                segments[-1] = Segment(segments[-1].start, end, state)
            elif state is not None:
                segments.append(Segment(step.day, end, state))
        return tuple(segments)

    def at(self, day: date) -> State:
        """Return the state on ``day``, or None before the beginning."""
        segments = self.segments
        index = bisect_right(segments, day, key=_start) - 1
        return segments[index].state if index >= 0 else None

    def overlapping(self, period: Period) -> Iterable[Segment]:
        """Yield the segments that share a day with ``period``."""
        return (s for s in self.segments if s.start < period.end and period.start < s.end)

    @once
    def life(self) -> tuple[Period, ...]:
        """Return the periods in which the entity exists, planned time included, dissolved not (存续期)."""
        return tuple(
            Period(start, end)
            for start, end, _ in spans(self, lambda state: ((),) if self.noun.alive(state) else ())
        )


def _start(segment: Segment) -> date:
    return segment.start


def spans(timeline: Timeline, extract: Callable[[State], Iterable[Key]]) -> list[tuple[date, date, Key]]:
    """Return the periods in which each key that ``extract`` finds in the states is there, coalesced."""
    if len(timeline.segments) == 1:
        start, end, state = timeline.segments[0]
        return [(start, end, key) for key in extract(state)]
    open_since: dict[Key, date] = {}
    closed: list[tuple[date, date, Key]] = []
    for start, _, state in timeline.segments:
        keys = tuple(extract(state))
        ended = [key for key in open_since if key not in keys]
        closed.extend((open_since.pop(key), start, key) for key in ended)
        for key in keys:
            open_since.setdefault(key, start)
    closed.extend((start, FOREVER, key) for key, start in open_since.items())
    return closed


class Entity:
    """One stream: its records, their timeline, what it says about others, worked out when asked (实体)."""

    def __init__(self, identity: UUID, records: tuple[Recorded, ...], timeline: Timeline) -> None:
        """Keep the stream and its fold."""
        self.id = identity
        self.records = records
        self.timeline = timeline
        self.derived: dict[str, Any] = {}
        """What outer layers work out from this entity, by a name of theirs, so that they do it once."""

    @property
    def noun(self) -> Noun:
        """The kind of entity."""
        return self.timeline.noun

    @property
    def version(self) -> int:
        """The number of events in the stream."""
        return len(self.records)

    @once
    def erased(self) -> frozenset[UUID]:
        """Return the people of whom the stream held what it holds no more."""
        return frozenset().union(*(record.erased for record in self.records))

    @property
    def life(self) -> tuple[Period, ...]:
        """The periods in which the entity exists."""
        return self.timeline.life

    @once
    def references(self) -> tuple[Reference, ...]:
        """Return what the entity points at, and when."""
        return tuple(
            Reference(self.id, key.kind, key.target, start, end, key.position)
            for start, end, key in spans(self.timeline, self.noun.targets)
        )

    @once
    def identifiers(self) -> tuple[tuple[date, date, tuple[str, str]], ...]:
        """Return the (scheme, value) pairs the entity bears, and when."""
        return tuple(spans(self.timeline, self.noun.identifiers))


def steps_of(facts: Iterable[Fact]) -> list[Step]:
    """Return the steps of ``facts``, in the order of the fold."""
    steps: list[Step] = []
    for fact in facts:
        event = fact.event
        steps.append(Step(event.effective_on, 1, fact.position, fact))
        if (end := event.lapses_on) is not None:
            steps.append(Step(end, 0, fact.position, fact))
    steps.sort(key=_order)
    return steps


def _order(step: Step) -> tuple[date, int, int]:
    return step[:3]


def fold(noun: Noun, records: Sequence[Recorded]) -> Timeline | Conflict:
    """Fold a whole stream."""
    return _run(noun, tuple(steps_of(corrected(records))), ())


def extend(timeline: Timeline, records: Sequence[Recorded], added: Sequence[Recorded]) -> Timeline | Conflict:
    """Fold ``records`` (all) knowing that ``timeline`` is the fold without ``added``.

    An insertion refolds from its date only; a correction may reach anywhere and refolds the whole stream.
    """
    if any(record.corrects is not None for record in added):
        return fold(timeline.noun, records)
    new = steps_of(Fact(record.position, record.event) for record in added)
    kept = bisect_left(timeline.steps, _order(new[0]), key=_order)
    rest = sorted((*timeline.steps[kept:], *new), key=_order)
    return _run(timeline.noun, (*timeline.steps[:kept], *rest), timeline.states[:kept])


def _run(noun: Noun, steps: tuple[Step, ...], states: tuple[State, ...]) -> Timeline | Conflict:
    """Fold on from the steps whose states are known."""
    folded = list(states)
    state = folded[-1] if folded else None
    for step in steps[len(folded) :]:
        if step.begins:
            state = noun.evolve(state, step.fact)
            if isinstance(state, Conflict):
                return state
        elif state is not None:
            state = noun.lapse(state, step.fact)
        folded.append(state)
    return Timeline(noun, steps, tuple(folded))
