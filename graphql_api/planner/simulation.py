"""What is asked of a simulation: the tables as they are beside what they would be (模拟的编译).

The tables as they are have the name of their schema; bare names mean what would be.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from graphql import GraphQLResolveInfo

from graphql_api.access import Viewer
from graphql_api.planner.changes import difference_of
from graphql_api.planner.compiler import Compiler, Scope, Statement
from graphql_api.planner.selection import Selected, selector_of

_PARTS: dict[str, Callable[[Compiler, Selected, Scope, Scope], str]] = {
    "changes": difference_of,
}
"""How the fields of a simulation that compare both are compiled."""


def plan_simulation(
    info: GraphQLResolveInfo[Any], schema: str, viewer: Viewer, day: date
) -> Statement | None:
    """Return the statement that compares both on ``day``, by response key; None when nothing is compared.

    ``schema`` has the tables as they are.
    """
    compiler = Compiler(selector_of(info), viewer, day, tagged=True)
    after = Scope(compiler.parameter(day, "date"), None)
    before = after._replace(schema=schema)
    asked = Selected(str(info.path.key), info.field_name, {}, info.field_nodes)
    kind = compiler.type_of("Simulation")
    pairs: list[tuple[str, str]] = []
    for field in compiler.below(asked, "Simulation"):
        build = _PARTS.get(field.name)
        if build is not None:
            compiler.check(kind, field)
            pairs.append((field.key, build(compiler, field, before, after)))
    return compiler.statement(compiler.build(pairs)) if pairs else None
