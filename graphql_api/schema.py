"""The schema: Strawberry types are its only source (模式)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import strawberry
from graphql import (
    GraphQLError,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
)
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext
from strawberry.types.execution import ExecutionResult as StrawberryResult
from strawberry.types.graphql import OperationType

from graphql_api.access import refuse_field
from graphql_api.budget import Budget
from graphql_api.context import Context
from graphql_api.documents import Documents
from graphql_api.doors import Doors
from graphql_api.execution import PlannedExecution, core_of
from graphql_api.mutations.mutation import Mutation
from graphql_api.mutations.payloads import Recorded
from graphql_api.planner.compiler import TYPE_KEY
from graphql_api.planner.declare import PLAN, RIGHT, Resolved, metadata_of
from graphql_api.planner.plans import Plans
from graphql_api.straight import Straight
from graphql_api.types.query import Query
from graphql_api.types.scalars import SCALARS
from graphql_api.types.subscription import Subscription


class Schema(strawberry.Schema):
    """Strawberry's schema, whose planned fields are looked up in what the planner gave."""

    documents: Documents
    plans: Plans
    budget: Budget
    straight: Straight | None = None

    async def execute(  # noqa: PLR0913, PLR0917 - as Strawberry has it
        self,
        query: str | None,
        variable_values: dict[str, Any] | None = None,
        context_value: Any | None = None,  # noqa: ANN401 - as Strawberry has it
        root_value: Any | None = None,  # noqa: ANN401 - as Strawberry has it
        operation_name: str | None = None,
        allowed_operation_types: Iterable[OperationType] | None = None,
        operation_extensions: dict[str, Any] | None = None,
    ) -> StrawberryResult:
        """Answer from a kept plan where there is one, else execute the operation: everybody lets queries."""
        if self.straight is not None and query and isinstance(context_value, Context):
            told = await self.straight.answer(query, variable_values, context_value, operation_name)
            if told is not None:
                return told
        return await super().execute(
            query,
            variable_values,
            context_value,
            root_value,
            operation_name,
            allowed_operation_types,
            operation_extensions,
        )

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        """Log nothing: the program's faults are logged where they are masked, the rest are the client's."""


def build_schema(
    *,
    suggestions: bool = True,
    execution: type[PlannedExecution] = PlannedExecution,
    doors: Doors | None = None,
) -> Schema:
    """Return the schema; without ``suggestions`` errors do not hint at names that exist.

    ``doors`` says what may be asked of it, and how much.
    """
    doors = Doors() if doors is None else doors
    schema = Schema(
        query=Query,
        mutation=Mutation,
        subscription=Subscription,
        types=[Recorded],
        extensions=[lambda: execution(schema.documents, schema.plans, doors.budget)],
        config=StrawberryConfig(scalar_map=SCALARS, disable_field_suggestions=not suggestions),
    )
    core = core_of(schema)
    schema.budget = doors.budget
    schema.documents = Documents(
        core,
        suggestions=suggestions,
        policy=doors.policy,
        bounds=doors.bounds,
        trusted=doors.trusted,
    )
    schema.plans = Plans(core)
    if not execution.completed:
        schema.straight = Straight(schema.documents, schema.plans, doors.budget)
    complete(core)
    node, command = core.type_map["Node"], core.type_map["CommandInput"]
    assert isinstance(node, GraphQLInterfaceType)
    assert isinstance(command, GraphQLInputObjectType)
    node.resolve_type = lambda row, *_: str(row[TYPE_KEY])
    # Strawberry checks this by a rule of its own; graphql-core does it by itself, variables included.
    command.is_one_of = True
    return schema


def complete(core: GraphQLSchema) -> None:
    """Let planned fields be looked up, and refuse to everybody what has no stated right."""
    for kind in core.type_map.values():
        if isinstance(kind, GraphQLObjectType) and not kind.name.startswith("__"):
            _look_up(kind)
            _close(kind)


def _close(kind: GraphQLObjectType) -> None:
    """Refuse what has no stated right: nobody decided who may see it."""
    for field in kind.fields.values():
        if metadata_of(field).get(RIGHT) is None:
            field.resolve = field.subscribe = _refused


def _refused(_: object, info: GraphQLResolveInfo[Any], **__: object) -> object:
    raise refuse_field(f"{info.parent_type.name}.{info.field_name}", info.field_nodes)


def _look_up(kind: GraphQLObjectType) -> None:
    """Let the planned fields of a type be looked up in its row, which is of no Python class."""
    for field in kind.fields.values():
        if _is_planned(field):
            field.resolve = _by_key
            kind.is_type_of = None


def _is_planned(field: GraphQLField) -> bool:
    metadata = metadata_of(field)
    return PLAN in metadata and not isinstance(metadata[PLAN], Resolved)


def _by_key(row: dict[str, Any], info: GraphQLResolveInfo[Any], **_: object) -> object:
    """Return what the planner put under the field's key; graphql-core raises it if it is a problem."""
    return row[str(info.path.key)]
