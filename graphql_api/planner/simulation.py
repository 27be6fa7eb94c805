"""What is asked of a simulation: the tables as they are beside what they would be (模拟的编译).

The tables as they are have the name of their schema; bare names mean what would be.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from typing import Any

import orjson
from graphql import GraphQLResolveInfo

from graphql_api.access import Viewer
from graphql_api.planner.changes import difference_of
from graphql_api.planner.compiler import Compiler, Scope, Statement
from graphql_api.planner.judging.difference import Sides, rules_changed
from graphql_api.planner.judging.results import Fetch
from graphql_api.planner.selection import Selected, selector_of

_PARTS: dict[str, Callable[[Compiler, Selected, Scope, Scope], str]] = {
    "changes": difference_of,
}
"""How the fields of a simulation that compare both are compiled."""


class _Inquiry:
    """What is asked of one simulation; rights are those of ``today``."""

    def __init__(self, info: GraphQLResolveInfo[Any], viewer: Viewer, day: date, today: date) -> None:
        self._selector = selector_of(info)
        self._asked = Selected(str(info.path.key), info.field_name, {}, info.field_nodes)
        self._viewer = viewer
        self._day = day
        self._today = today

    def compiler(self, schema: str) -> Compiler:
        """Return a compiler of one statement; ``schema`` has the tables as they are."""
        return Compiler(self._selector, self._viewer, self._today, tagged=True, register=schema)

    def fields(self) -> list[Selected]:
        """Return what compares both; raises GraphQLError for what the viewer may not see."""
        compiler = self.compiler("")
        below = compiler.below(self._asked, "Simulation")
        fields = [field for field in below if field.name in _PARTS or field.name == "rules"]
        for field in fields:
            compiler.check(compiler.type_of("Simulation"), field)
        self.compared("", fields)
        return fields

    def compared(self, schema: str, fields: Sequence[Selected]) -> Statement | None:
        """Return the statement that gives those of ``fields`` that one statement can give."""
        compiler = self.compiler(schema)
        after = Scope(compiler.parameter(self._day, "date"), None)
        before = after._replace(schema=schema)
        pairs = [
            (field.key, _PARTS[field.name](compiler, field, before, after))
            for field in fields
            if field.name in _PARTS
        ]
        return compiler.statement(compiler.build(pairs)) if pairs else None


def inquiry_of(
    info: GraphQLResolveInfo[Any], viewer: Viewer, day: date, today: date
) -> Callable[[Fetch, str], Awaitable[dict[str, Any]]] | None:
    """Return what finds out how both compare on ``day``, by response key; None when nothing is compared."""
    inquiry = _Inquiry(info, viewer, day, today)
    fields = inquiry.fields()
    if not fields:
        return None

    async def inquire(fetch: Fetch, schema: str) -> dict[str, Any]:
        answers: dict[str, Any] = {}
        statement = inquiry.compared(schema, fields)
        if statement is not None:
            answers.update(orjson.loads(await fetch(statement) or "{}"))
        sides = Sides(lambda: inquiry.compiler(schema), schema, day)
        for field in fields:
            if field.name == "rules":
                answers[field.key] = await rules_changed(sides, field, fetch)
        return answers

    return inquire
