"""Every list can be paged through in every order: a page begins where the one before it ended."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from graphql import GraphQLEnumType, get_named_type

from graphql_api.execution import core_of
from graphql_api.schema import build_schema
from tests.support.serving import Served

_CORE = core_of(build_schema())


def _lists() -> Iterator[tuple[str, str | None]]:
    assert _CORE.query_type is not None
    for name, field in _CORE.query_type.fields.items():
        if not get_named_type(field.type).name.endswith("Connection"):
            continue
        order = field.args.get("orderBy")
        kind = None if order is None else get_named_type(order.type)
        yield from ((name, each) for each in (kind.values if isinstance(kind, GraphQLEnumType) else (None,)))


@pytest.mark.parametrize(("name", "order"), list(_lists()))
def test_the_second_page_follows_the_first(demo: Served, name: str, order: str | None) -> None:
    ordered = "" if order is None else f", orderBy: {order}"
    row = "position" if name == "auditLog" else "id"
    query = f"query($size: Int!, $after: String) {{ page: {name}(first: $size, after: $after{ordered})"
    query += f" {{ totalCount nodes {{ {row} }} pageInfo {{ endCursor hasPreviousPage }} }} }}"
    both = demo.administrator.data(query, size=2)["page"]
    first = demo.administrator.data(query, size=1)["page"]
    second = demo.administrator.data(query, size=1, after=first["pageInfo"]["endCursor"])["page"]
    assert first["totalCount"] == second["totalCount"] == both["totalCount"]
    assert [*first["nodes"], *second["nodes"]] == both["nodes"] or not both["nodes"]
    assert second["pageInfo"]["hasPreviousPage"] is bool(both["nodes"])
