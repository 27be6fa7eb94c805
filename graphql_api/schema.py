"""The schema: Strawberry types are its only source (模式)."""

from __future__ import annotations

from typing import Any

import strawberry
from graphql import GraphQLField, GraphQLObjectType, GraphQLResolveInfo
from strawberry.schema.config import StrawberryConfig

from graphql_api.execution import PlannedExecution
from graphql_api.mutations.mutation import Mutation
from graphql_api.mutations.payloads import Recorded, Refused
from graphql_api.planner.declare import PLAN, Resolved
from graphql_api.types.node import Node
from graphql_api.types.query import Query
from graphql_api.types.rows import ByName
from graphql_api.types.scalars import SCALARS
from graphql_api.types.subscription import Subscription

_ROOTS = frozenset({"Query", "Mutation", "Subscription"})


def build_schema(*, suggestions: bool = True) -> strawberry.Schema:
    """Return the schema; without ``suggestions`` errors do not hint at names that exist."""
    schema = strawberry.Schema(
        query=Query,
        mutation=Mutation,
        subscription=Subscription,
        types=[Node, Recorded, Refused],
        extensions=[PlannedExecution],
        config=StrawberryConfig(scalar_map=SCALARS, disable_field_suggestions=not suggestions),
    )
    for kind in schema._schema.type_map.values():  # noqa: SLF001 - Strawberry keeps graphql-core's schema there
        if isinstance(kind, GraphQLObjectType) and kind.name not in _ROOTS:
            for field in kind.fields.values():
                if _is_planned(field):
                    field.resolve = _by_key
    return schema


def _is_planned(field: GraphQLField) -> bool:
    definition = field.extensions.get("strawberry-definition")
    if definition is None or PLAN not in definition.metadata:
        return False
    return not isinstance(definition.metadata[PLAN], Resolved)


def _by_key(row: Any, info: GraphQLResolveInfo, **_: Any) -> Any:
    """Return what the planner put into the row under the field's response key."""
    if isinstance(row, ByName):
        return row[info.field_name]
    if isinstance(row, dict):
        return row[info.path.key]
    return getattr(row, info.field_name)

