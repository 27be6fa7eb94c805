"""What is asked of a simulation: the tables as they are beside what they would be (模拟的编译).

The tables as they are have the name of their schema; bare names mean what would be.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import orjson
from graphql import GraphQLResolveInfo

from graphql_api.access import Viewer
from graphql_api.planner.changes import difference_of
from graphql_api.planner.compiler import Compiler, Scope
from graphql_api.planner.judging.difference import Sides, rules_changed
from graphql_api.planner.judging.results import Fetch
from graphql_api.planner.selection import Selected, selector_of

_PARTS: dict[str, Callable[[Compiler, Selected, Scope, Scope], str]] = {
    "changes": difference_of,
}
"""How the fields of a simulation that compare both are compiled."""


def inquiry_of(
    info: GraphQLResolveInfo[Any], schema: str, viewer: Viewer, day: date, today: date
) -> Callable[[Fetch], Awaitable[dict[str, Any]]] | None:
    """Return what finds out how both compare on ``day``, by response key; None when nothing is compared.

    ``schema`` has the tables as they are; rights are those of ``today``.
    """
    selector = selector_of(info)
    asked = Selected(str(info.path.key), info.field_name, {}, info.field_nodes)
    compiler = Compiler(selector, viewer, today, tagged=True, register=schema)
    after = Scope(compiler.parameter(day, "date"), None)
    before = after._replace(schema=schema)
    kind = compiler.type_of("Simulation")
    fields = [f for f in compiler.below(asked, "Simulation") if f.name in _PARTS or f.name == "rules"]
    if not fields:
        return None
    pairs: list[tuple[str, str]] = []
    for field in fields:
        compiler.check(kind, field)
        if field.name in _PARTS:
            pairs.append((field.key, _PARTS[field.name](compiler, field, before, after)))

    async def inquire(fetch: Fetch) -> dict[str, Any]:
        answers: dict[str, Any] = {}
        if pairs:
            answers.update(orjson.loads(await fetch(compiler.statement(compiler.build(pairs))) or "{}"))
        for field in fields:
            if field.name == "rules":
                sides = Sides(
                    lambda: Compiler(selector, viewer, today, tagged=True, register=schema), schema, day
                )
                answers[field.key] = await rules_changed(sides, field, fetch)
        return answers

    return inquire
