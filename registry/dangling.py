"""What would be left dangling, and what hangs on that in turn (悬空事项). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from uuid import UUID

from registry.reads import World, at_hand
from registry.references import Reference
from registry.time import Period, subtract


def with_what_hangs_on(world: World, loose: Iterable[Reference]) -> list[Reference]:
    """Return ``loose`` references, each followed by those that dangle if its source ends with it.

    ``world`` is what would be: in it the appointments to a post dangle, once the organization of the post is
    dissolved and unless the post is moved. What ends before that does not dangle.
    """
    loose = list(loose)
    _fetch(world, loose)
    found: list[Reference] = []
    seen: set[tuple[UUID, int, str]] = set()
    waiting = [(reference, _beyond(world, reference)) for reference in loose][::-1]
    while waiting:
        reference, days = waiting.pop()
        key = (reference.source, reference.position, reference.kind)
        if key in seen:
            continue
        seen.add(key)
        found.append(reference)
        if not _is_vital(world, reference):
            continue
        for each in sorted(world.references_to(reference.source), key=_position, reverse=True):
            common = tuple(shared for day in days if (shared := day.overlap(each.period)) is not None)
            if common:
                waiting.append((each, common))
    # A disposition names the fact that makes a reference: one that makes several is listed once.
    named: dict[tuple[UUID, int], Reference] = {}
    for reference in found:
        named.setdefault((reference.source, reference.position), reference)
    return list(named.values())


def _fetch(world: World, loose: Sequence[Reference]) -> None:
    """Ask level by level what hangs on what, so that each level is fetched at once."""
    level, seen = list(loose), set[UUID]()
    while level:
        at_hand(partial(world.entity, end) for each in level for end in (each.source, each.target))
        vital = dict.fromkeys(each.source for each in level if _is_vital(world, each))
        sources = [source for source in vital if source not in seen]
        at_hand(partial(world.references_to, source) for source in sources)
        seen.update(sources)
        level = [each for source in sources for each in world.references_to(source)]


def _is_vital(world: World, reference: Reference) -> bool:
    source = world.entity(reference.source)
    return source is not None and source.noun.bond(reference.kind).vital


def _beyond(world: World, reference: Reference) -> tuple[Period, ...]:
    """Return the days on which a reference points at what is not there."""
    target = world.entity(reference.target)
    return subtract((reference.period,), () if target is None else target.life)


def _position(reference: Reference) -> int:
    return reference.position
