"""A whole query as one statement, and what stands below a field that has a resolver (操作计划)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    OperationType,
    get_operation_ast,
    is_non_null_type,
)
from graphql.execution.values import get_variable_values

from graphql_api.access import Viewer
from graphql_api.planner.compiler import Compiler, Scope, Statement, metadata_of
from graphql_api.planner.declare import PLAN, Resolved
from graphql_api.planner.roots import ENTITIES
from graphql_api.planner.selection import Selected, Selector, selector_of

NOWHERE = Scope("", None)
"""Root fields make their own scope from their arguments."""


class Plan(NamedTuple):
    """How a query is answered.

    ``statement`` gives the planned root fields as an object; None when a field that is never null cannot be
    answered, so that the answer is null as a whole. ``problems`` are the errors of root fields by response
    key. ``whole`` says that the statement's answer is the operation's; otherwise graphql-core completes it
    with the fields that have resolvers.
    """

    statement: Statement | None
    problems: Mapping[str, GraphQLError]
    whole: bool


class Question(NamedTuple):
    """An operation of a document with its variables, and who asks it on which day."""

    document: DocumentNode
    operation_name: str | None
    variables: Mapping[str, Any] | None
    viewer: Viewer
    today: date


def plan_operation(schema: GraphQLSchema, question: Question, *, completed: bool = False) -> Plan | None:
    """Return the plan of a query, or None when there is nothing to plan.

    That is so for mutations, subscriptions, introspection alone, and variables that do not coerce
    (graphql-core words those errors as the specification asks). ``completed`` demands an answer for
    graphql-core to complete, whatever the query: the tests hold both ways to the same answer.
    """
    operation = get_operation_ast(question.document, question.operation_name)
    query = schema.query_type
    if operation is None or operation.operation is not OperationType.QUERY or query is None:
        return None
    coerced = get_variable_values(
        schema, operation.variable_definitions or (), dict(question.variables or {})
    )
    if isinstance(coerced, list):
        return None
    selector = Selector(schema, _fragments(question.document), coerced.coerced, operation)
    asked = selector.nodes(query, [operation.selection_set])
    planned = {key: nodes for key, nodes in asked.items() if _is_planned(query, nodes[0])}
    if not planned:
        return None
    whole = not completed and all(key in planned or _is_typename(nodes[0]) for key, nodes in asked.items())
    compiler = Compiler(selector, question.viewer, question.today, tagged=not whole)
    return _compiled(compiler, query, asked if whole else planned, whole=whole)


def _compiled(
    compiler: Compiler, query: GraphQLObjectType, asked: Mapping[str, list[FieldNode]], *, whole: bool
) -> Plan:
    pairs: list[tuple[str, str]] = []
    problems: dict[str, GraphQLError] = {}
    for key, nodes in asked.items():
        noted = compiler.noted.copy()
        try:
            pairs.append((key, _root(compiler, query, key, nodes)))
        except GraphQLError as error:
            problems[key] = error
            compiler.noted = noted
            pairs.append((key, "NULL::text"))
            if whole and is_non_null_type(query.fields[nodes[0].name.value].type):
                return Plan(None, problems, whole)
    return Plan(compiler.statement(compiler.build(pairs)), problems, whole)


def _root(compiler: Compiler, query: GraphQLObjectType, key: str, nodes: list[FieldNode]) -> str:
    try:
        field = compiler.selector.selected(query, key, nodes)
        return compiler.field(query.name, field, "", NOWHERE)
    except GraphQLError as error:
        # Whatever is wrong inside, it is the root field that has no answer.
        raise GraphQLError(
            error.message, error.nodes or nodes, path=[key], extensions=error.extensions
        ) from error


def _is_planned(query: GraphQLObjectType, node: FieldNode) -> bool:
    name = node.name.value
    if name.startswith("__"):
        return False
    return not isinstance(metadata_of(query.fields[name]).get(PLAN), Resolved)


def _is_typename(node: FieldNode) -> bool:
    return node.name.value == "__typename"


def plan_entity(
    info: GraphQLResolveInfo[Any], kind: str, arguments: Mapping[str, Any], viewer: Viewer, today: date
) -> Statement:
    """Return the statement that shows an entity of type ``kind`` as ``info`` asks for it.

    ``arguments`` say which one, on which day, as those of the root field do.
    """
    compiler = Compiler(selector_of(info), viewer, today, tagged=True)
    field = Selected(str(info.path.key), kind, arguments, info.field_nodes)
    return compiler.statement(ENTITIES[kind](compiler, field, NOWHERE))


def _fragments(document: DocumentNode) -> dict[str, FragmentDefinitionNode]:
    return {
        definition.name.value: definition
        for definition in document.definitions
        if isinstance(definition, FragmentDefinitionNode)
    }
