"""Selections are collected as graphql-core collects them."""

from __future__ import annotations

import pytest
from graphql import FragmentDefinitionNode, OperationDefinitionNode, build_schema, parse

from graphql_api.planner.selection import Selector, sub_selections

_SCHEMA = build_schema(
    """
    interface Thing { id: ID }
    type One implements Thing { id: ID name(long: Boolean = false, n: Int): String other: One }
    type Query { one: One thing: Thing }
    """
)


def _selected(document: str, **variables: object) -> list[tuple[str, str, dict[str, object], int]]:
    """Return key, name, arguments and number of nodes of what is asked below ``one``."""
    parsed = parse(document)
    fragments = {d.name.value: d for d in parsed.definitions if isinstance(d, FragmentDefinitionNode)}
    (operation,) = (d for d in parsed.definitions if isinstance(d, OperationDefinitionNode))
    selector = Selector(_SCHEMA, fragments, variables)
    query, one = _SCHEMA.query_type, _SCHEMA.get_type("One")
    assert query is not None
    (root,) = selector.fields(query, [operation.selection_set])
    below = selector.fields(one, sub_selections(root))  # type: ignore[arg-type]  # it is an object type
    return [(field.key, field.name, dict(field.arguments), len(field.nodes)) for field in below]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("{ one { id } }", [("id", "id", {}, 1)]),
        ("{ one { a: id b: id id } }", [("a", "id", {}, 1), ("b", "id", {}, 1), ("id", "id", {}, 1)]),
        (
            "{ one { id id } one { id __typename } }",
            [("id", "id", {}, 3), ("__typename", "__typename", {}, 1)],
        ),
        ("{ one { name } }", [("name", "name", {"long": False}, 1)]),
        ("{ one { name(long: true, n: 3) } }", [("name", "name", {"long": True, "n": 3}, 1)]),
        (
            "{ one { ... { id } ... on Thing { a: id } ... on One { b: id } } }",
            [(k, "id", {}, 1) for k in ("id", "a", "b")],
        ),
        ("{ one { ... on Query { one { id } } id } }", [("id", "id", {}, 1)]),
        (
            "{ one { ...F id ...F } } fragment F on One { a: id id }",
            [("a", "id", {}, 1), ("id", "id", {}, 2)],
        ),
        (
            "{ one { id @skip(if: true) a: id @include(if: false) b: id @include(if: true) } }",
            [("b", "id", {}, 1)],
        ),
        ("{ one { ...F @skip(if: true) ... @include(if: false) { id } } } fragment F on One { id }", []),
        ("{ one { ...F @skip(if: true) ...F } } fragment F on One { id }", [("id", "id", {}, 1)]),
        ("{ one { } }", []),
    ],
)
def test_fields_in_the_order_of_the_answer(
    document: str, expected: list[tuple[str, str, dict[str, object], int]]
) -> None:
    assert _selected(document) == expected


def test_variables_are_values_and_absent_ones_are_absent() -> None:
    document = (
        "query ($n: Int, $long: Boolean, $on: Boolean!)"
        " { one { name(n: $n, long: $long) @include(if: $on) } }"
    )
    assert _selected(document, on=True, n=7) == [("name", "name", {"long": False, "n": 7}, 1)]
    assert _selected(document, on=True, n=None) == [("name", "name", {"long": False, "n": None}, 1)]
    assert _selected(document, on=False) == []
