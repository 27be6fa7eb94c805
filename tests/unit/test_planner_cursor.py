"""Cursors: what the database writes is read back, and nothing else is."""

from __future__ import annotations

import base64
import json
from datetime import date
from uuid import UUID

import pytest
from graphql import GraphQLError

from graphql_api.planner.cursor import decoded

_ID = "3d6e5b7d-1979-5fba-8026-065788069cbe"


def _cursor(*values: object) -> str:
    return base64.b64encode(json.dumps(values).encode()).decode()


@pytest.mark.parametrize(
    ("values", "sql_types", "expected"),
    [
        (("NAME", "科协", _ID), ("text", "uuid"), ("科协", UUID(_ID))),
        (("VALID_FROM", "2018-06-01", _ID), ("date", "uuid"), (date(2018, 6, 1), UUID(_ID))),
        (("NEWEST", "17", "17"), ("bigint", "bigint"), (17, 17)),
        (("TITLE", "3", _ID), ("integer", "uuid"), (3, UUID(_ID))),
    ],
)
def test_a_cursor_is_read_back(
    values: tuple[str, ...], sql_types: tuple[str, str], expected: tuple[object, object]
) -> None:
    assert decoded(_cursor(*values), values[0], sql_types, []) == expected


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "不",
        "eA==",
        _cursor(),
        _cursor("NAME"),
        _cursor("NAME", "a"),
        _cursor("NAME", "a", "b"),
        _cursor("NAME", "a", _ID, "more"),
        _cursor("NAME", 1, _ID),
        _cursor("CODE", "a", _ID),
        _cursor({"NAME": "a"}),
        base64.b64encode(b"\xff").decode(),
        _cursor("NAME", "a", _ID)[:-3],
    ],
)
def test_anything_else_is_no_cursor(cursor: str) -> None:
    with pytest.raises(GraphQLError, match="no cursor of this list"):
        decoded(cursor, "NAME", ("text", "uuid"), [])


@pytest.mark.parametrize("position", ["-1", str(2**63), "x", "1e3"])
def test_a_position_is_one_that_the_database_knows(position: str) -> None:
    with pytest.raises(GraphQLError):
        decoded(_cursor("NEWEST", position, position), "NEWEST", ("bigint", "bigint"), [])
