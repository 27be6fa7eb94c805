"""What must hold between entities at every date, whatever command brought it about (跨对象约束). Pure.

Commands are not each taught these rules: they hold for the timelines that result, so they hold for a
retroactive correction just as for a plain change. The database has the same rules as constraints, as a net
for our mistakes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import NamedTuple
from uuid import UUID

from registry.errors import Code, Refusal
from registry.ids import UNTOLD_SCHEMES
from registry.invariants.catalog import INVARIANTS, OF_ALL, TAKEN
from registry.invariants.change import fresh_identifiers, other_references
from registry.organization.kinds import MUST_BELONG, Hierarchy, Kind, fits
from registry.organization.state import ORGANIZATION, Organization
from registry.reads import Bearer, Needs, NotAtHand, World, at_hand
from registry.references import Reference
from registry.time import Period, subtract, within
from registry.timeline import Entity, spans

_HIERARCHIES = frozenset(Hierarchy)


class Change(NamedTuple):
    """An entity before and after a command; None when it did not exist."""

    before: Entity | None
    after: Entity


class Loose(NamedTuple):
    """A reference that is not within the life of what it points at (脱节的引用).

    ``fresh`` when this command made the reference; else it was there, and its days or its target's changed.
    """

    reference: Reference
    fresh: bool


def check(world: World, changes: Sequence[Change]) -> list[Loose]:
    """Return the loose references of ``changes``, which ``world`` includes; refuse what else must not be."""
    found = _checked(world, changes)
    loose = {_key(item.reference): item for item in found}
    for rule in OF_ALL:
        rule(world, changes)
    shorter = [c.after for c in changes if c.before is not None and subtract(c.before.life, c.after.life)]
    at_hand(partial(world.references_to, entity.id) for entity in shorter)
    for entity in shorter:
        for reference in world.references_to(entity.id):
            if not within(reference.period, entity.life):
                loose.setdefault(_key(reference), Loose(reference, fresh=False))
    # In one order, however the world answers: rules follow it, and previews are compared.
    return sorted(loose.values(), key=_recorded)


def _checked(world: World, changes: Sequence[Change]) -> list[Loose]:
    """Return the loose references that ``changes`` make, having checked each of them.

    What any of them asks that is not at hand is fetched with what the others ask: there may be thousands.
    Then all is decided again, so that the refusal that counts is always that of the first change.
    """
    loose: list[Loose] = []
    missing: list[Needs] = []
    for change in changes:
        try:
            loose.extend(_check_one(world, change, alone=len(changes) == 1))
        except NotAtHand as asked:
            missing.append(asked.needs)
        except Refusal:
            if not missing:
                raise
    if missing:
        raise NotAtHand(Needs.all(missing))
    return loose


def _check_one(world: World, change: Change, *, alone: bool) -> list[Loose]:
    fresh = fresh_references(change.before, change.after)
    outside = [r for r in fresh if not within(r.period, _life_of(world, r))]
    known = {_aim(reference) for reference in change.before.references} if outside and change.before else ()
    loose = [Loose(reference, fresh=_aim(reference) not in known) for reference in outside]
    _check_hierarchies(world, fresh, may_close=not alone or change.before is not None)
    _check_changed_kind(world, change)
    _check_belonging(change)
    _check_identifiers(world, change)
    for invariant in INVARIANTS:
        invariant(world, change)
    return loose


def _key(reference: Reference) -> tuple[UUID, int, str]:
    """Return what tells a reference from others: one fact may make several, each of a kind of its own."""
    return reference.source, reference.position, reference.kind


def _recorded(loose: Loose) -> tuple[int, UUID, str]:
    return loose.reference.position, loose.reference.source, loose.reference.kind


def fresh_references(before: Entity | None, after: Entity) -> list[Reference]:
    """Return what points somewhere on days on which it did not; what became shorter is sound still."""
    if before is None:
        return list(after.references)
    known: dict[tuple[str, UUID, int], list[Period]] = {}
    if fresh := other_references(before, after):
        for reference in before.references:
            known.setdefault(_aim(reference), []).append(reference.period)
    return [r for r in fresh if not within(r.period, tuple(known.get(_aim(r), ())))]


def _aim(reference: Reference) -> tuple[str, UUID, int]:
    """Return what a reference says apart from its days."""
    return reference.kind, reference.target, reference.position


def _life_of(world: World, reference: Reference) -> tuple[Period, ...]:
    """Return the life of what a reference points at; it must be of a noun that its kind allows."""
    if reference.target == reference.source:
        details = {"child": reference.source, "hierarchy": reference.kind, "path": reference.source}
        raise Refusal(Code.CYCLE, **details)
    source, target = world.entity(reference.source), world.entity(reference.target)
    assert source is not None
    expected = source.noun.bond(reference.kind).targets
    if target is None:
        raise Refusal(Code.NOT_FOUND, noun=" / ".join(sorted(expected)), id=reference.target)
    if target.noun.name not in expected:
        named = " / ".join(sorted(expected))
        raise Refusal(Code.WRONG_NOUN, id=reference.target, actual=target.noun.name, expected=named)
    return target.life


def _check_hierarchies(world: World, fresh: Sequence[Reference], *, may_close: bool) -> None:
    """Check kinds and cycles; nothing stands under an entity made just now alone, so it closes no cycle."""
    for reference in fresh:
        if reference.kind not in _HIERARCHIES:
            continue
        _check_kinds(world, reference)
        path = _way_back(world, reference) if may_close else ()
        if path:
            raise Refusal(
                Code.CYCLE,
                child=reference.source,
                hierarchy=reference.kind,
                path=" → ".join(str(step) for step in (reference.source, *path)),
            )


def _check_kinds(world: World, reference: Reference) -> None:
    hierarchy = Hierarchy(reference.kind)
    below = world.entity(reference.source)
    above = world.entity(reference.target)
    assert below is not None
    assert above is not None
    for lower in below.timeline.overlapping(reference.period):
        for upper in above.timeline.overlapping(reference.period):
            if not fits(hierarchy, lower.state.kind, upper.state.kind):
                raise Refusal(
                    Code.HIERARCHY_KINDS,
                    child_kind=lower.state.kind,
                    superior_kind=upper.state.kind,
                    hierarchy=hierarchy,
                )


def _way_back(world: World, reference: Reference) -> tuple[UUID, ...]:
    """Return the way from the superior up to the subordinate on some day of the reference, or nothing."""
    trail: list[tuple[UUID, Period, tuple[UUID, ...]]] = [
        (reference.target, reference.period, (reference.target,))
    ]
    seen: set[tuple[UUID, Period]] = set()
    while trail:
        node, days, path = trail.pop()
        for edge in sorted(world.superiors(node, reference.kind), key=_position):
            common = days.overlap(edge.period)
            if common is None:
                continue
            if edge.target == reference.source:
                return (*path, edge.target)
            if (edge.target, common) not in seen:
                seen.add((edge.target, common))
                trail.append((edge.target, common, (*path, edge.target)))
    return ()


def _position(reference: Reference) -> int:
    return reference.position


def _check_changed_kind(world: World, change: Change) -> None:
    """Check every place that an organization has or gives when a correction makes it another kind."""
    if change.before is None or change.after.noun is not ORGANIZATION:
        return
    if _kinds(change.before) == _kinds(change.after):
        return
    for reference in (*change.after.references, *world.references_to(change.after.id)):
        if reference.kind in _HIERARCHIES:
            _check_kinds(world, reference)


def _kinds(organization: Entity) -> set[Kind]:
    return {kind for _, _, kind in spans(organization.timeline, _kind)}


def _kind(state: Organization) -> tuple[Kind]:
    return (state.kind,)


def _check_belonging(change: Change) -> None:
    """Refuse a gap in PART_OF for kinds that always belong to an organization."""
    if change.after.noun is not ORGANIZATION:
        return
    for start, end, kind in spans(change.after.timeline, _belonging_nowhere):
        raise Refusal(Code.MUST_BELONG, kind=kind, id=change.after.id, start=start, end=end)


def _belonging_nowhere(state: Organization) -> Sequence[Kind]:
    """Return the kind, if what is of it must belong to an organization and does not."""
    if state.kind not in MUST_BELONG or not state.status.alive:
        return ()
    placed = any(relation.hierarchy is Hierarchy.PART_OF for relation in state.relations)
    return () if placed else (state.kind,)


def _check_identifiers(world: World, change: Change) -> None:
    for start, end, (scheme, value) in fresh_identifiers(change):
        for bearer in sorted(world.bearers(scheme, value), key=_start):
            common = Period(start, end).overlap(Period(bearer.start, bearer.end))
            if bearer.entity != change.after.id and common is not None:
                raise Refusal(
                    TAKEN.get(scheme, Code.IDENTIFIER_TAKEN),
                    scheme=scheme,
                    value="…" if scheme in UNTOLD_SCHEMES else value,
                    holder=bearer.entity,
                    start=common.start,
                    end=common.end,
                )


def _start(bearer: Bearer) -> tuple[date, UUID]:
    return bearer.start, bearer.entity
