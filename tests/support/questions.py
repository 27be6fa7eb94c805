"""Questions drawn by chance over the real schema: what anybody could ask of it, sense or none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from graphql import (
    GraphQLArgument,
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
)
from hypothesis import strategies as st

DAYS = ("2009-01-01", "2010-01-01", "2018-05-01", "2018-12-31", "2026-06-30", "9999-12-31", "0001-01-01")
INSTANTS = ("1999-01-01T00:00:00Z", "2026-01-01T00:00:00+08:00", "9999-12-31T23:59:59Z")
_DEPTH = 3


class Facts(NamedTuple):
    """What is in the register: ids of all nouns, and texts to search for."""

    ids: Sequence[str]
    texts: Sequence[str]


class Questions:
    """Draws operations whose root fields are answered by the planner."""

    def __init__(self, schema: GraphQLSchema, facts: Facts, roots: Sequence[str]) -> None:
        assert schema.query_type is not None
        self._query = schema.query_type
        self._schema = schema
        self._facts = facts
        self._roots = roots

    @st.composite
    @staticmethod
    def operations(draw: st.DrawFn, questions: Questions) -> str:
        """Return an operation with one or two root fields, in fragments or not."""
        names = draw(st.lists(st.sampled_from(questions._roots), min_size=1, max_size=2))
        parts = [
            f"root{number}: {questions._field(draw, questions._query.fields[name], name, 0)}"
            for number, name in enumerate(names)
        ]
        if draw(st.booleans()):
            parts.append("__typename")
        if draw(st.booleans()):
            return "query Asked { ...Roots } fragment Roots on Query { " + " ".join(parts) + " }"
        return "{ " + " ".join(parts) + " }"

    def _field(self, draw: st.DrawFn, field: GraphQLField, name: str, depth: int) -> str:
        asked = name + self._arguments(draw, field.args)
        kind = get_named_type(field.type)
        if not is_composite_type(kind):
            return asked
        assert isinstance(kind, GraphQLObjectType | GraphQLInterfaceType)
        return f"{asked} {{ {self._selection(draw, kind, depth + 1)} }}"

    def _selection(self, draw: st.DrawFn, kind: GraphQLObjectType | GraphQLInterfaceType, depth: int) -> str:
        if isinstance(kind, GraphQLInterfaceType):
            possible = draw(st.lists(st.sampled_from(self._schema.get_possible_types(kind)), max_size=2))
            parts = [f"... on {one.name} {{ {self._selection(draw, one, depth)} }}" for one in possible]
            return " ".join(["id", *draw(st.sampled_from([["__typename"], []])), *parts])
        leaves = [n for n, f in kind.fields.items() if not is_composite_type(get_named_type(f.type))]
        branches = [n for n in kind.fields if n not in leaves]
        names = draw(st.lists(st.sampled_from(["__typename", *leaves]), min_size=1, max_size=4))
        if depth <= _DEPTH and branches:
            names += draw(st.lists(st.sampled_from(branches), max_size=2))
        return " ".join(self._asked(draw, kind, name, depth, place) for place, name in enumerate(names))

    def _asked(self, draw: st.DrawFn, kind: GraphQLObjectType, name: str, depth: int, place: int) -> str:
        """Return one field of a selection: under another key, a condition, or in a fragment of its own."""
        asked = name if name == "__typename" else self._field(draw, kind.fields[name], name, depth)
        # Fields with selections or arguments get a key of their own, so that no two of them conflict.
        if "{" in asked or "(" in asked:
            asked = f"k{depth}{place}: {asked}"
        match draw(st.integers(0, 9)):
            case 0:
                return f"... on {kind.name} {{ {asked} }}"
            case 1:
                value = draw(st.sampled_from(["true", "false"]))
                return f"... @skip(if: {value}) {{ {asked} }} __typename"
            case 2:
                value = draw(st.sampled_from(["true", "false"]))
                return f"... @include(if: {value}) {{ {asked} }} __typename"
            case _:
                return asked

    def _arguments(self, draw: st.DrawFn, arguments: dict[str, GraphQLArgument]) -> str:
        given = {
            name: self._value(draw, name, argument.type)
            for name, argument in arguments.items()
            if is_required_argument(argument) or draw(st.integers(0, 3)) == 0
        }
        listed = ", ".join(f"{name}: {value}" for name, value in given.items())
        return f"({listed})" if listed else ""

    def _value(self, draw: st.DrawFn, name: str, kind: GraphQLInputType) -> str:
        inner: Any = get_nullable_type(kind)
        if is_list_type(inner):
            return f"[{self._value(draw, name, inner.of_type)}]"
        if is_enum_type(inner):
            return str(draw(st.sampled_from(sorted(inner.values))))
        if hasattr(inner, "fields"):
            field = draw(st.sampled_from(sorted(inner.fields)))
            return f"{{ {field}: {self._value(draw, field, inner.fields[field].type)} }}"
        return str(draw(self._scalar(name, inner.name)))

    def _scalar(self, name: str, kind: str) -> st.SearchStrategy[str]:
        quoted = {
            "ID": [*self._facts.ids, "00000000-0000-0000-0000-000000000000", "no id"],
            "Date": DAYS,
            "DateTime": INSTANTS,
            "String": [*self._facts.texts, "", "%", "没有"],
        }
        if kind in quoted:
            return st.sampled_from([f'"{value}"' for value in quoted[kind]])
        if kind == "Boolean":
            return st.sampled_from(["true", "false"])
        return st.sampled_from(["1", "2", "3", "5", "0", "101"] if name == "first" else ["0", "1", "2", "60"])
