"""A whole operation as one statement, and one planned field on its own (操作计划)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    get_operation_ast,
)
from graphql.execution.values import VariableValues, get_variable_values

from graphql_api.access import Viewer
from graphql_api.planner.compiler import Compiler, Scope, Statement
from graphql_api.planner.declare import PLAN, Resolved
from graphql_api.planner.roots import ENTITIES
from graphql_api.planner.selection import Selected, Selector

_NOWHERE = Scope("", None)
"""Root fields make their own scope from their arguments."""


def plan_operation(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation_name: str | None,
    variables: Mapping[str, Any] | None,
    viewer: Viewer,
    today: date,
) -> Statement | None:
    """Return the statement of a query, or None when graphql-core has to complete it.

    That is the case for mutations, subscriptions, introspection, and variables that do not coerce (graphql-core words
    those errors as the specification asks). Raises GraphQLError for what the viewer may not ask.
    """
    operation = get_operation_ast(document, operation_name)
    if operation is None or operation.operation is not OperationType.QUERY:
        return None
    coerced = get_variable_values(schema, operation.variable_definitions or (), dict(variables or {}))
    if isinstance(coerced, list):
        return None
    selector = Selector(schema, _fragments(document), coerced)
    query = schema.query_type
    assert query is not None
    fields = selector.fields(query, [operation.selection_set])
    if not all(_is_planned(query, field) for field in fields):
        return None
    compiler = Compiler(selector, viewer, today)
    pairs = [(field.key, _root(compiler, field)) for field in fields]
    return compiler.statement(compiler.build(pairs))


def _is_planned(query: GraphQLObjectType, field: Selected) -> bool:
    if field.name.startswith("__"):
        return field.name == "__typename"
    definition = query.fields[field.name].extensions["strawberry-definition"]
    return not isinstance(definition.metadata.get(PLAN), Resolved)


def _root(compiler: Compiler, field: Selected) -> str:
    try:
        return compiler.field("Query", field, "", _NOWHERE)
    except GraphQLError as error:
        if error.path is None:
            raise GraphQLError(
                error.message, error.nodes or field.nodes, path=[field.key], extensions=error.extensions
            ) from error
        raise


def plan_field(info: GraphQLResolveInfo, viewer: Viewer, today: date) -> Statement:
    """Return the statement of the root field that ``info`` is about, for completion by graphql-core."""
    selector = _selector(info)
    query = info.schema.query_type
    assert query is not None
    (field,) = (f for f in selector.fields(query, [_operation(info).selection_set]) if f.key == info.path.key)
    compiler = Compiler(selector, viewer, today, tagged=True)
    return compiler.statement(_root(compiler, field))


def plan_entity(
    info: GraphQLResolveInfo, kind: str, identity: str, as_of: date, viewer: Viewer, today: date
) -> Statement:
    """Return the statement that shows the entity ``identity`` of type ``kind`` as ``info`` asks for it."""
    compiler = Compiler(_selector(info), viewer, today, tagged=True)
    field = Selected(str(info.path.key), kind, {"id": identity, "asOf": as_of}, info.field_nodes)
    return compiler.statement(ENTITIES[kind](compiler, field, _NOWHERE))


def _selector(info: GraphQLResolveInfo) -> Selector:
    variables = info.variable_values
    assert isinstance(variables, VariableValues)
    return Selector(info.schema, info.fragments, variables)


def _operation(info: GraphQLResolveInfo) -> OperationDefinitionNode:
    return info.operation


def _fragments(document: DocumentNode) -> dict[str, FragmentDefinitionNode]:
    return {
        definition.name.value: definition
        for definition in document.definitions
        if isinstance(definition, FragmentDefinitionNode)
    }

