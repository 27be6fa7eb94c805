"""What becomes of a field for whoever asks for it (字段裁决): the one place where that is decided.

docs/rights.md lists it for every field, role and scope.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from graphql import GraphQLObjectType, get_nullable_type, is_list_type, is_non_null_type

from graphql_api.access import Right, Viewer, has_wherever
from graphql_api.planner.declare import BESIDES, PLAN, RIGHT, Planned, Resolved, Worked, metadata_of
from graphql_api.planner.places import PLACES, ROWS, covers
from graphql_api.planner.selection import result_type


class Decision(StrEnum):
    """What is answered (裁决)."""

    SHOWN = "SHOWN"  # 显示: as it is
    NARROWED = "NARROWED"  # 收窄: of what belongs to the subtree only; the rest is not there
    MASKED = "MASKED"  # 遮蔽: null or empty where the object does not belong to the subtree
    REFUSED = "REFUSED"  # 拒绝


NULL = "NULL"

NARROWED = frozenset(
    {
        "AuditEvent.data",
        "AuditEvent.subject",
        "Person.likelyDuplicates",
        "Query.likelyDuplicates",
        "Query.preview",
        "Query.previewProposal",
        "Query.secondmentsReport",
        "Query.simulate",
        "Query.staffingReport",
        "RuleResult.people",
        "SecondmentsReport.rows",
        "StaffingReport.rows",
        "Subscription.events",
    }
)
"""Fields with a compiler or resolver of their own that keeps to the subtree by itself."""


OF_OTHERS = frozenset({"Measure.responsibleId", "MeasureProgress.responsible"})
"""Fields that may name somebody who does not belong to the subtree that their object belongs to."""


def decision(viewer: Viewer, kind: GraphQLObjectType, name: str) -> Decision:
    """Return what becomes of the field ``name`` of ``kind``; one without a stated right is refused to all."""
    metadata = metadata_of(kind.fields[name])
    if metadata.get(RIGHT) is None:
        return Decision.REFUSED
    right = Right(metadata[RIGHT])
    if not viewer.may(right) or not _has_besides(viewer, right, metadata):
        return Decision.REFUSED
    if viewer.everywhere(right):
        return Decision.SHOWN
    if _narrows(viewer, kind, name, right):
        return Decision.NARROWED
    return Decision.MASKED if _can_be_masked(kind, name) else Decision.REFUSED


def _has_besides(viewer: Viewer, right: Right, metadata: Mapping[str, Any]) -> bool:
    """Say whether ``viewer`` has what is needed besides ``right`` wherever they have that."""
    besides = metadata.get(BESIDES)
    return besides is None or has_wherever(viewer, right, Right(besides))


def _narrows(viewer: Viewer, kind: GraphQLObjectType, name: str, right: Right) -> bool:
    """Say whether only rows are left that belong to where ``viewer`` has ``right``."""
    metadata = metadata_of(kind.fields[name])
    if kind.name == "Mutation":
        # Commands are judged by where they write; who grants does so for the whole register.
        return right is not Right.GRANT
    if f"{kind.name}.{name}" in NARROWED:
        return True
    if PLAN not in metadata or any(interface.name == "Recorded" for interface in kind.interfaces):
        # An attribute of what a resolver returned, which has kept to the subtree; or what a command wrote.
        return True
    if kind.name == "Query":
        # Entities and pages put the condition of their rows into their own statement.
        return ROWS.get(listed(result_type(kind, name).name)) == right
    return covers(viewer, listed(kind.name), right) and not _has_compiler(kind, name)


def _can_be_masked(kind: GraphQLObjectType, name: str) -> bool:
    """Say whether a value can be left out where its object does not belong to a subtree."""
    if f"{kind.name}.{name}" in OF_OTHERS or _has_compiler(kind, name):
        return False
    return kind.name in PLACES and empty(kind, name) is not None


def _has_compiler(kind: GraphQLObjectType, name: str) -> bool:
    """Say whether the field has a compiler of its own, which may look at rows of others."""
    return isinstance(metadata_of(kind.fields[name]).get(PLAN), Planned | Worked | Resolved)


def listed(kind: str) -> str:
    """Return the type whose rows a page of type ``kind`` lists; ``kind`` itself if it is no page."""
    return kind.removesuffix("Connection").removesuffix("Edge")


def empty(kind: GraphQLObjectType, name: str) -> str | None:
    """Return what stands for a value that is not shown; None where the schema promises a value."""
    promised = kind.fields[name].type
    if is_list_type(get_nullable_type(promised)):
        return "'[]'::json"
    return None if is_non_null_type(promised) else NULL
