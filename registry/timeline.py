"""Events of one entity folded into what was so, when (时间线). Pure.

The facts of a stream, corrections applied, are sorted by the day they take effect and then by original
position, and folded. A fact with an end contributes two steps. The fold gives adjacent segments ``[day, next
day)``, the last of them open; or the conflict that stands in its way, naming the fact.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar
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


Span: TypeAlias = tuple[date, date, Key]
"""When something begins, when it ends, and what it is (区间)."""


class Changed(NamedTuple, Generic[Key]):
    """Spans that are no more, and spans that are new (变动)."""

    gone: Collection[Span[Key]]
    come: Collection[Span[Key]]


_NOTHING = frozenset[Any]()


class Segment(NamedTuple):
    """What was so during ``[start, end)``."""

    start: date
    end: date
    state: State


class Timeline:
    """The fold of a stream: its steps in order and the state after each.

    A timeline that grew from another one is the same before some day. What is worked out of it is carried
    over up to there, so that one more fact costs as much on a stream of thousands as on one of ten.
    """

    def __init__(
        self, noun: Noun, steps: tuple[Step, ...], states: tuple[State, ...], growth: Growth | None = None
    ) -> None:
        """Keep steps and states, of one length; :func:`fold` and :func:`extend` make them."""
        self.noun = noun
        self.steps = steps
        self.states = states
        self.growth = growth
        self._spans: dict[Callable[[State], Iterable[Any]], Sequence[Span[Any]]] = {}

    def grew_from(self, other: Timeline) -> bool:
        """Say whether this is ``other`` with more facts, and not settled yet."""
        return self.growth is not None and self.growth.base is other

    def settle(self) -> None:
        """Forget what this grew from; what was carried over stays."""
        self.growth = None

    @once
    def segments(self) -> tuple[Segment, ...]:
        """Return the adjacent periods and what was so in each; equal neighbors are one."""
        segments, first = self._kept_segments()
        last = len(self.steps) - 1
        for index in range(first, last + 1):
            day = self.steps[index].day
            if index < last and self.steps[index + 1].day == day:
                continue
            end = self.steps[index + 1].day if index < last else FOREVER
            state = self.states[index]
            if segments and segments[-1].state == state:
                segments[-1] = Segment(segments[-1].start, end, state)
            elif state is not None:
                segments.append(Segment(day, end, state))
        return tuple(segments)

    def _kept_segments(self) -> tuple[list[Segment], int]:
        """Return the segments before the day since when this differs, and the first step from then on."""
        if self.growth is None:
            return [], 0
        base, since = self.growth
        segments = list(base.segments[: bisect_left(base.segments, since, key=_start)])
        first = bisect_left(self.steps, since, key=_day)
        if segments:
            end = self.steps[first].day if first < len(self.steps) else FOREVER
            segments[-1] = segments[-1]._replace(end=end)
        return segments, first

    def at(self, day: date) -> State:
        """Return the state on ``day``, or None before the beginning."""
        segments = self.segments
        index = bisect_right(segments, day, key=_start) - 1
        return segments[index].state if index >= 0 else None

    def overlapping(self, period: Period) -> Iterable[Segment]:
        """Return the segments that share a day with ``period``."""
        first = bisect_right(self.segments, period.start, key=_end)
        return self.segments[first : bisect_left(self.segments, period.end, key=_start)]

    @once
    def life(self) -> tuple[Period, ...]:
        """Return the periods in which the entity exists, planned time included, dissolved not (存续期)."""
        return tuple(Period(start, end) for start, end, _ in self.spans(living(self.noun)))

    def spans(self, extract: Callable[[State], Iterable[Key]]) -> Sequence[Span[Key]]:
        """Return what :func:`spans` does, worked out once for each function."""
        known = self._spans.get(extract)
        if known is None:
            known = self._spans[extract] = self._worked_out(extract)
        return known

    def _worked_out(self, extract: Callable[[State], Iterable[Key]]) -> Sequence[Span[Key]]:
        segments = self.segments
        if len(segments) == 1:
            start, end, state = segments[0]
            return [(start, end, key) for key in dict.fromkeys(extract(state))]
        known = self._known_before(extract)
        if known is not None and self._goes_on(known, extract):
            return known
        closed, open_since, first = self._kept_spans(known, extract)
        for start, _, state in segments[first:]:
            keys = tuple(extract(state))
            ended = [key for key in open_since if key not in keys]
            closed.extend((open_since.pop(key), start, key) for key in ended)
            for key in keys:
                open_since.setdefault(key, start)
        closed.extend((start, FOREVER, key) for key, start in open_since.items())
        return closed

    def _goes_on(self, known: Sequence[Span[Key]], extract: Callable[[State], Iterable[Key]]) -> bool:
        """Say whether the spans of the base are those of this: since both differ, none begins or ends."""
        assert self.growth is not None
        since = self.growth.since
        first = bisect_left(self.segments, since, key=_start)
        over = bisect_left(known, since, key=_until)
        if not first or any(end != FOREVER or start >= since for start, end, _ in known[over:]):
            return False
        keys = tuple(extract(self.segments[first - 1].state))
        return all(tuple(extract(state)) == keys for _, _, state in self.segments[first:])

    def shared(self, extract: Callable[[State], Iterable[Key]]) -> int:
        """Return how many spans, the first ones, are those of what this grew from."""
        known, now = self._known_before(extract), self.spans(extract)
        if known is None or self.growth is None:
            return 0
        return len(now) if now is known else bisect_left(known, self.growth.since, key=_until)

    def _kept_spans(
        self, known: Sequence[Span[Key]] | None, extract: Callable[[State], Iterable[Key]]
    ) -> tuple[list[Span[Key]], dict[Key, date], int]:
        """Return what was over when this began to differ, what was not, and the first segment from then."""
        if known is None or self.growth is None:
            return [], {}, 0
        since = self.growth.since
        over, first = bisect_left(known, since, key=_until), bisect_left(self.segments, since, key=_start)
        # In the order in which a fold from the beginning would come upon them.
        order = {key: n for n, key in enumerate(extract(self.segments[first - 1].state))} if first else {}
        left = [(start, order[key], key) for start, _, key in known[over:] if start < since]
        return list(known[:over]), {key: start for start, _, key in sorted(left, key=_place)}, first

    def _known_before(self, extract: Callable[[State], Iterable[Key]]) -> Sequence[Span[Key]] | None:
        """Return the spans that were worked out of what this grew from."""
        return None if self.growth is None else self.growth.base._spans.get(extract)  # noqa: SLF001 - of this class


class Growth(NamedTuple):
    """From what a timeline grew, and the day before which both are the same (由何而来)."""

    base: Timeline
    since: date


def _start(segment: Segment) -> date:
    return segment.start


def _end(segment: Segment) -> date:
    return segment.end


def _day(step: Step) -> date:
    return step.day


def _place(left: tuple[date, int, Any]) -> tuple[date, int]:
    return left[:2]


def _until(span: Span[Any]) -> date:
    return span[1]


def living(noun: Noun) -> Callable[[State], Iterable[tuple[()]]]:
    """Return what gives one key to the states in which an entity of ``noun`` exists, and none to others."""
    return _living(noun.alive)


@cache
def _living(alive: Callable[[State], bool]) -> Callable[[State], Iterable[tuple[()]]]:
    return lambda state: ((),) if alive(state) else ()


def spans(timeline: Timeline, extract: Callable[[State], Iterable[Key]]) -> Sequence[Span[Key]]:
    """Return the periods in which each key that ``extract`` finds in the states is there, coalesced.

    They are in the order in which they end. ``extract`` should be the same function from call to call: what
    it found is kept under it, and carried over to the timelines that grow from this one.
    """
    return timeline.spans(extract)


def changed(before: Timeline, after: Timeline, extract: Callable[[State], Iterable[Key]]) -> Changed[Key]:
    """Return which spans of ``before`` are not in ``after``, and the other way round."""
    old, new = spans(before, extract), spans(after, extract)
    if old is new:
        return Changed(_NOTHING, _NOTHING)
    # What was over when both began to differ is the same in both, and stands first in both.
    first = after.shared(extract) if after.grew_from(before) else 0
    gone, come = set(old[first:]), set(new[first:])
    return Changed(gone - come, come - gone)


class Entity:
    """One stream: its records, their timeline, what it says about others, worked out when asked (实体)."""

    def __init__(
        self,
        identity: UUID,
        records: tuple[Recorded, ...],
        timeline: Timeline,
        before: Entity | None = None,
    ) -> None:
        """Keep the stream and its fold; ``before`` is the same entity with fewer records, if it is known."""
        self.id = identity
        self.records = records
        self.timeline = timeline
        added = records if before is None else records[before.version :]
        erased = frozenset().union(*[record.erased for record in added])
        self.erased: frozenset[UUID] = erased if before is None else before.erased | erased
        """The people of whom the stream held what it holds no more."""
        caused = tuple([record for record in added if record.cause is not None])
        self.caused: tuple[Recorded, ...] = caused if before is None else (*before.caused, *caused)
        """The records that are consequences of an act, this stream's own or another's."""
        grown = before is not None and timeline.grew_from(before.timeline)
        self._earlier: tuple[Reference, ...] = before.__dict__.get("references", ()) if grown else ()

    @property
    def noun(self) -> Noun:
        """The kind of entity."""
        return self.timeline.noun

    @property
    def version(self) -> int:
        """The number of events in the stream."""
        return len(self.records)

    @property
    def life(self) -> tuple[Period, ...]:
        """The periods in which the entity exists."""
        return self.timeline.life

    @once
    def references(self) -> tuple[Reference, ...]:
        """Return what the entity points at, and when."""
        targets = spans(self.timeline, self.noun.targets)
        earlier, self._earlier = self._earlier, ()
        kept = earlier[: self.timeline.shared(self.noun.targets)] if earlier else ()
        if earlier and len(kept) == len(targets):
            return kept
        made = (
            Reference(self.id, key.kind, key.target, start, end, key.position)
            for start, end, key in targets[len(kept) :]
        )
        return (*kept, *made)

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

    An insertion refolds from its date only, a correction from the first day on which it makes a difference.
    """
    old = timeline.steps
    if any(record.corrects is not None for record in added):
        steps = steps_of(corrected(records))
        kept = next((n for n, (one, other) in enumerate(zip(steps, old, strict=False)) if one != other), None)
        kept = min(len(steps), len(old)) if kept is None else kept
    else:
        new = steps_of(Fact(record.position, record.event) for record in added)
        kept = bisect_left(old, _order(new[0]), key=_order)
        steps = [*old[:kept], *sorted((*old[kept:], *new), key=_order)]
    differing = [each[kept].day for each in (steps, old) if kept < len(each)]
    growth = Growth(timeline, min(differing)) if differing else Growth(timeline, FOREVER)
    return _run(timeline.noun, tuple(steps), timeline.states[:kept], growth)


def _run(
    noun: Noun, steps: tuple[Step, ...], states: tuple[State, ...], growth: Growth | None = None
) -> Timeline | Conflict:
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
    return Timeline(noun, steps, tuple(folded), growth)
