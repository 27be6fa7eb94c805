"""Where people have their Party affiliation and where they take part, at every date (党组织关系约束)."""

from __future__ import annotations

from collections.abc import Iterable

from registry.affiliation.events import AFFILIATED_WITH
from registry.affiliation.kinds import HOLD_NO_AFFILIATION
from registry.errors import Code, Refusal
from registry.invariants.change import Change, other_references
from registry.organization.kinds import Kind
from registry.organization.state import ORGANIZATION, Organization
from registry.participation.events import PARTICIPATES_IN
from registry.reads import World
from registry.references import Reference
from registry.timeline import Entity, spans

_KINDS = frozenset({AFFILIATED_WITH, PARTICIPATES_IN})
_PARTY = frozenset({Kind.PARTY_ORGANIZATION, Kind.EXTERNAL})
"""The Party organizations of the system, and those outside of it, which are not told apart by kind."""


def check_party(world: World, change: Change) -> None:
    """Refuse NO_PARTY_ORGANIZATION and HOLDS_NO_AFFILIATION for what the change makes, or makes wrong."""
    for reference in _touched(world, change):
        branch = world.entity(reference.target)
        assert branch is not None
        for segment in branch.timeline.overlapping(reference.period):
            state = segment.state
            assert isinstance(state, Organization)
            if state.kind not in _PARTY:
                raise Refusal(Code.NO_PARTY_ORGANIZATION, organization=branch.id, kind=state.kind)
            if reference.kind == AFFILIATED_WITH and state.profile.subtype in HOLD_NO_AFFILIATION:
                raise Refusal(
                    Code.HOLDS_NO_AFFILIATION,
                    organization=branch.id,
                    subtype=state.profile.subtype,
                    start=max(segment.start, reference.start),
                    end=min(segment.end, reference.end),
                )


def _touched(world: World, change: Change) -> Iterable[Reference]:
    """Return the references that are new, or all to a Party organization that became another thing."""
    before, after = change.before, change.after
    fresh = [r for r in other_references(before, after) if r.kind in _KINDS]
    if before is None or after.noun is not ORGANIZATION or _forms(before) == _forms(after):
        return fresh
    return [r for r in world.references_to(after.id) if r.kind in _KINDS]


def _forms(organization: Entity) -> list[tuple[object, ...]]:
    """Return what it was, kind and subtype, by periods."""
    return [tuple(span) for span in spans(organization.timeline, _form)]


def _form(state: Organization) -> tuple[tuple[Kind, str | None]]:
    return ((state.kind, state.profile.subtype),)
