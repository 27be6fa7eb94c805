"""Variables come to what graphql-core makes of them, and are left to it where they are wrong."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import OperationDefinitionNode, parse
from graphql.execution.values import get_variable_values
from hypothesis import given
from hypothesis import strategies as st

from graphql_api.execution import core_of
from graphql_api.planner.variables import coerced, signatures_of
from graphql_api.schema import build_schema

_CORE = core_of(build_schema())
_FLAT = """query ($id: ID!, $code: String, $first: Int! = 20, $all: Boolean = true, $asOf: Date,
    $knownAt: DateTime, $hierarchies: [Hierarchy!]! , $kinds: [OrganizationKind!], $after: String = null)
    { __typename }"""


def _operation(text: str) -> OperationDefinitionNode:
    (operation,) = parse(text).definitions
    assert isinstance(operation, OperationDefinitionNode)
    return operation


_VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.sampled_from(
        [
            "",
            "x",
            "2026-01-01",
            "2026-02-30",
            "2026-01-01T00:00:00Z",
            "PART_OF",
            "SOCIETY",
            "\0",
            {},
            {"a": 1},
        ]
    ),
)
_GIVEN = st.dictionaries(
    st.sampled_from(
        ["id", "code", "first", "all", "asOf", "knownAt", "hierarchies", "kinds", "after", "none"]
    ),
    st.one_of(_VALUES, st.lists(_VALUES, max_size=3)),
)
_RIGHT = st.fixed_dictionaries({"id": st.just("x"), "hierarchies": st.just(["PART_OF"])})


@given(st.one_of(_GIVEN, st.builds(lambda right, more: {**more, **right}, _RIGHT, _GIVEN)))
def test_they_are_what_graphql_core_makes_of_them(values: dict[str, Any]) -> None:
    operation = _operation(_FLAT)
    signatures = signatures_of(_CORE, operation)
    assert signatures is not None
    expected = get_variable_values(_CORE, operation.variable_definitions or (), values)
    found = coerced(signatures, values)
    assert found == (None if isinstance(expected, list) else expected.coerced)
    if found is not None:
        assert list(found) == [name for name in (each.name for each in signatures) if name in found]


@pytest.mark.parametrize(
    "declared",
    ["$filter: OrganizationFilter", "$hierarchies: [Hierarchy!] = [PART_OF]", "$input: CommandInput!"],
)
def test_what_is_nested_is_left_to_graphql_core(declared: str) -> None:
    assert signatures_of(_CORE, _operation(f"query ({declared}) {{ __typename }}")) is None
