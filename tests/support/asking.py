"""The least and the most that can be asked of a root field: made from the schema, without chance."""

from __future__ import annotations

from typing import Any

from graphql import (
    GraphQLField,
    GraphQLInputType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_enum_type,
    is_list_type,
    is_required_argument,
    is_required_input_field,
)

_SCALARS = {
    "ID": '"00000000-0000-4000-8000-000000000001"',
    "Date": '"2026-01-01"',
    "DateTime": '"2026-01-01T00:00:00Z"',
    "String": '"科协"',
    "Boolean": "true",
}

_ONE_OF_WHICH = {"id", "name"}
"""Arguments that may be left out where another is given instead."""


def asked(schema: GraphQLSchema, name: str, field: GraphQLField, *, wide: int = 0, deep: int = 0) -> str:
    """Return the field with what it must be given, ``wide`` fields on each of ``deep`` levels below."""
    given = ", ".join(
        f"{argument}: {_value(each.type, argument)}"
        for argument, each in field.args.items()
        if is_required_argument(each) or argument in _ONE_OF_WHICH
    )
    called = f"{name}({given})" if given else name
    kind: Any = get_named_type(field.type)
    if not is_composite_type(kind):
        return called
    return f"{called} {{ {_selection(schema, kind, wide, deep)} }}"


def _selection(schema: GraphQLSchema, kind: Any, wide: int, deep: int) -> str:  # noqa: ANN401 - a composite type
    parts = ["__typename"]
    if not isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
        return parts[0]
    leaves = [n for n, f in kind.fields.items() if not is_composite_type(get_named_type(f.type))]
    branches = [n for n in kind.fields if n not in leaves]
    parts += [asked(schema, name, kind.fields[name]) for name in leaves[:wide]]
    if deep > 0:
        parts += [
            f"k{deep}{place}: {asked(schema, name, kind.fields[name], wide=wide, deep=deep - 1)}"
            for place, name in enumerate(branches[: max(1, wide)])
        ]
    return " ".join(parts)


def _value(kind: GraphQLInputType, name: str) -> str:
    inner: Any = get_nullable_type(kind)
    if is_list_type(inner):
        return f"[{_value(inner.of_type, name)}]"
    if is_enum_type(inner):
        return str(next(iter(inner.values)))
    if hasattr(inner, "fields"):
        fields = {n: f for n, f in inner.fields.items() if is_required_input_field(f)} or dict(
            list(inner.fields.items())[:1]
        )
        return "{ " + ", ".join(f"{n}: {_value(f.type, n)}" for n, f in fields.items()) + " }"
    return _SCALARS.get(inner.name, "1")
