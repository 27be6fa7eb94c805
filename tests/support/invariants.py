"""What must hold in any register, looked at day by day without any of the domain's shortcuts."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from registry.function.state import Function
from registry.organization.kinds import MUST_BELONG, Hierarchy, fits
from registry.organization.state import Organization
from registry.timeline import Entity, Timeline, fold

Day = Mapping[UUID, object]
"""The state of every entity on one day."""


def assert_consistent(entities: Mapping[UUID, Entity]) -> None:
    """Everything fits together on every day on which anything changes, hence on every day."""
    for entity in entities.values():
        _assert_folded(entity)
    days = {step.day for entity in entities.values() for step in entity.timeline.steps}
    for day in sorted(days):
        states = {entity.id: entity.timeline.at(day) for entity in entities.values()}
        living = {key: state for key, state in states.items() if _lives(state)}
        for identity, state in living.items():
            if isinstance(state, Organization):
                _assert_placed(living, identity, state, day)
            if isinstance(state, Function) and state.holding is not None:
                assert isinstance(living.get(state.holding.holder), Organization), (day, state)
        _assert_acyclic(living, day)
        _assert_unique(living, day)


def _assert_folded(entity: Entity) -> None:
    """Expect the timeline that the records fold to, versions without gaps, and adjacent segments."""
    folded = fold(entity.noun, entity.records)
    assert isinstance(folded, Timeline)
    assert folded.steps == entity.timeline.steps
    assert folded.states == entity.timeline.states
    assert [r.originator_version for r in entity.records] == list(range(1, entity.version + 1))
    assert [r.position for r in entity.records] == sorted({r.position for r in entity.records})
    segments = entity.timeline.segments
    for earlier, later in itertools.pairwise(segments):
        assert earlier.end == later.start
        assert earlier.state != later.state
    assert all(segment.start < segment.end for segment in segments)
    assert not segments or segments[-1].end == date.max


def _lives(state: object) -> bool:
    if isinstance(state, Organization):
        return state.status.alive
    return isinstance(state, Function) and not state.retired


def _assert_placed(living: Day, identity: UUID, state: Organization, day: date) -> None:
    for relation in state.relations:
        superior = living.get(relation.superior)
        assert isinstance(superior, Organization), (day, state.name, relation)
        assert fits(relation.hierarchy, state.kind, superior.kind), (day, state.name, relation)
        assert relation.superior != identity
    places = [(r.hierarchy, None if r.hierarchy.single else r.superior) for r in state.relations]
    assert len(set(places)) == len(places), (day, state.name, places)
    if state.kind in MUST_BELONG:
        assert any(r.hierarchy is Hierarchy.PART_OF for r in state.relations), (day, state.name)


def _assert_acyclic(living: Day, day: date) -> None:
    for hierarchy in Hierarchy:
        above = {
            key: {r.superior for r in state.relations if r.hierarchy is hierarchy}
            for key, state in living.items()
            if isinstance(state, Organization)
        }
        while above:
            tops = [key for key, superiors in above.items() if not superiors & above.keys()]
            assert tops, (day, hierarchy, above)
            for key in tops:
                del above[key]


def _assert_unique(living: Day, day: date) -> None:
    pairs = Counter(
        pair
        for state in living.values()
        if isinstance(state, Organization)
        for pair in [("CODE", state.code), *((i.scheme, i.value) for i in state.identifiers)]
        if pair[1] is not None
    )
    assert set(pairs.values()) <= {1}, (day, pairs)
