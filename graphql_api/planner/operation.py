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
    OperationDefinitionNode,
    OperationType,
    get_operation_ast,
    is_non_null_type,
)
from graphql.execution.values import get_variable_values

from graphql_api.access import Viewer
from graphql_api.planner.compiler import COST_LIMIT, Compiler, Scope, Statement
from graphql_api.planner.declare import PLAN, Resolved, metadata_of
from graphql_api.planner.given import Asker
from graphql_api.planner.roots import ENTITIES
from graphql_api.planner.selection import Selected, Selector, selector_of

NOWHERE = Scope("", None)
"""Root fields make their own scope from their arguments."""


class Plan(NamedTuple):
    """How a query is answered.

    ``statement`` gives the planned root fields as an object; None when a field that is never null cannot be
    answered, so that the answer is null as a whole. ``problems`` are the errors of root fields by response
    key. ``whole`` says that the statement's answer is the operation's; otherwise graphql-core completes it
    with the fields that have resolvers. ``cost`` is how many values the answer holds, by estimate.
    """

    statement: Statement | None
    problems: Mapping[str, GraphQLError]
    whole: bool
    cost: int = 0


class Question(NamedTuple):
    """An operation of a document with its variables, who asks it on which day, and what it may cost."""

    document: DocumentNode
    operation_name: str | None
    variables: Mapping[str, Any] | None
    viewer: Viewer
    today: date
    limit: int = COST_LIMIT


def plan_operation(schema: GraphQLSchema, question: Question, *, completed: bool = False) -> Plan | None:
    """Return the plan of a query, or None when there is nothing to plan.

    That is so for mutations, subscriptions, introspection alone, and variables that do not coerce
    (graphql-core words those errors as the specification asks). ``completed`` demands an answer for
    graphql-core to complete, whatever the query: the tests hold both ways to the same answer.
    """
    asked = asked_of(schema, question)
    return None if asked is None else compiled(schema, asked, question, completed=completed)


class Asked(NamedTuple):
    """A query and its variables, coerced."""

    operation: OperationDefinitionNode
    query: GraphQLObjectType
    variables: Mapping[str, Any]


def asked_of(schema: GraphQLSchema, question: Question) -> Asked | None:
    """Return the query that is asked; None for other operations, or wrong variables."""
    operation = get_operation_ast(question.document, question.operation_name)
    query = schema.query_type
    if operation is None or operation.operation is not OperationType.QUERY or query is None:
        return None
    coerced = get_variable_values(
        schema, operation.variable_definitions or (), dict(question.variables or {}), 1, hide_suggestions=True
    )
    return None if isinstance(coerced, list) else Asked(operation, query, coerced.coerced)


def compiled(
    schema: GraphQLSchema,
    asked: Asked,
    question: Question,
    asker: Asker | None = None,
    *,
    completed: bool = False,
) -> Plan | None:
    """Return the plan; for an ``asker`` that is not known, as variables may be, one with gaps."""
    selector, query = _selector(schema, asked, question), asked.query
    nodes_of = selector.nodes(query, [asked.operation.selection_set])
    planned = {key: nodes for key, nodes in nodes_of.items() if _is_planned(query, nodes[0])}
    if not planned:
        return None
    whole = not completed and all(key in planned or _is_typename(nodes[0]) for key, nodes in nodes_of.items())
    compiler = Compiler(selector, question.viewer, question.today, tagged=not whole, asker=asker)
    compiler.limit = question.limit
    return _compiled(compiler, query, nodes_of if whole else planned, whole=whole)


def root_fields(schema: GraphQLSchema, question: Question) -> list[Selected]:
    """Return the root fields of a query with their arguments; raises GraphQLError for wrong ones."""
    asked = asked_of(schema, question)
    if asked is None:
        return []
    selector = _selector(schema, asked, question)
    return [
        selector.selected(asked.query, key, nodes)
        for key, nodes in selector.nodes(asked.query, [asked.operation.selection_set]).items()
        if not _is_typename(nodes[0])
    ]


def root_names(schema: GraphQLSchema, question: Question) -> set[str]:
    """Return the names of the root fields that a query asks for; none for other operations."""
    asked = asked_of(schema, question)
    if asked is None:
        return set()
    selector = _selector(schema, asked, question)
    found = selector.nodes(asked.query, [asked.operation.selection_set])
    return {nodes[0].name.value for nodes in found.values()}


def _selector(schema: GraphQLSchema, asked: Asked, question: Question) -> Selector:
    return Selector(schema, _fragments(question.document), asked.variables, asked.operation)


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
                return Plan(None, problems, whole, compiler.cost)
    return Plan(compiler.statement(compiler.build(pairs), len(pairs)), problems, whole, compiler.cost)


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
