"""Variables of an operation, coerced as graphql-core does (变量求值), their types looked up once.

Most variables are scalars, enums, or lists of these. For an operation that has no others it is noted which
there are, and of which type. What is nested, has a list for its default, or is wrong is for graphql-core,
which also words the error.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from graphql import (
    GraphQLInputType,
    GraphQLSchema,
    OperationDefinitionNode,
    Undefined,
    VariableDefinitionNode,
    get_named_type,
    is_leaf_type,
    is_non_null_type,
)
from graphql.execution.values import get_variable_values
from graphql.utilities import coerce_input_value, type_from_ast


class Signature(NamedTuple):
    """A variable: its name, its type, and its value where it is not given; Undefined for none (变量声明)."""

    name: str
    kind: GraphQLInputType
    default: Any


def signatures_of(schema: GraphQLSchema, operation: OperationDefinitionNode) -> tuple[Signature, ...] | None:
    """Return the variables of a valid operation; None when graphql-core has to look at them."""
    found = [_signature(schema, node) for node in operation.variable_definitions or ()]
    known = tuple(each for each in found if each is not None)
    return known if len(known) == len(found) else None


def _signature(schema: GraphQLSchema, node: VariableDefinitionNode) -> Signature | None:
    kind: Any = type_from_ast(schema, node.type)
    if not is_leaf_type(get_named_type(kind)):
        return None
    name = node.variable.name.value
    if node.default_value is None:
        return Signature(name, kind, Undefined)
    values = get_variable_values(schema, [node], {}, 1, hide_suggestions=True)
    if isinstance(values, list) or isinstance(values.coerced[name], list):
        # A list is not shared by all who leave it out.
        return None
    return Signature(name, kind, values.coerced[name])


def coerced(signatures: tuple[Signature, ...], given: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the values of the variables; None when what is given is none of theirs."""
    values: dict[str, Any] = {}
    for name, kind, default in signatures:
        value = given.get(name, Undefined)
        if value is not Undefined:
            value = coerce_input_value(value, kind)
            if value is Undefined:
                return None
        elif default is not Undefined:
            value = default
        elif is_non_null_type(kind):
            return None
        else:
            continue
        values[name] = value
    return values
