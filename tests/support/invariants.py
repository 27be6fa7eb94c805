"""What must hold in any register, looked at day by day without any of the domain's shortcuts."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping
from datetime import date
from uuid import UUID

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
        living = {
            key: state
            for key, state in states.items()
            if state is not None and entities[key].noun.alive(state)
        }
        for identity, state in living.items():
            _assert_pointing(entities, living, identity, state)
            if isinstance(state, Organization):
                _assert_placed(living, identity, state, day)
        _assert_acyclic(living, day)
        _assert_unique(entities, living, day)


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


def _assert_pointing(entities: Mapping[UUID, Entity], living: Day, identity: UUID, state: object) -> None:
    """Expect that whatever an entity points at exists, and is of a noun that may be pointed at so."""
    noun = entities[identity].noun
    for target in noun.targets(state):
        assert target.target in living, (noun.name, identity, target)
        assert entities[target.target].noun.name in noun.bond(target.kind).targets, target


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


def _assert_unique(entities: Mapping[UUID, Entity], living: Day, day: date) -> None:
    borne = (pair for key, state in living.items() for pair in entities[key].noun.identifiers(state))
    pairs = Counter(borne)
    assert set(pairs.values()) <= {1}, (day, pairs)
