"""Contender: the registry's own path, a query planned, compiled and run as its readers run it (本系统)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import orjson
from graphql import GraphQLSchema, OperationDefinitionNode, parse

from bench.reports.peer import Times
from graphql_api.access import Role, Viewer
from graphql_api.execution import core_of
from graphql_api.planner.compiler import Compiler
from graphql_api.planner.judging.results import Question as Judged
from graphql_api.planner.judging.results import compliance
from graphql_api.planner.operation import Question, plan_operation
from graphql_api.planner.selection import Selected, Selector
from graphql_api.reader import PoolReader
from graphql_api.reports.declare import Report
from graphql_api.reports.question import asked_of
from graphql_api.schema import build_schema
from registry.rule.kinds import JudgedAt

Answer = dict[str, list[dict[str, Any]]]
"""The rows of each table of a report, by the name of its field."""

READER = Viewer.of(Role.ADMINISTRATOR, "bench")
"""Who asks: somebody who sees every column."""

_COMPLIANCE = """{ compliance {
    rule { code } subject { id name } asOf at outcome share shareDecimal threshold thresholdDecimal comparison
    population counted notCounted unknown against againstUnknown baseline baselineOutcome warning
} }"""


class Ours:
    """Asks the registry over ``reader``."""

    def __init__(self, reader: PoolReader) -> None:
        """Build the schema."""
        self._schema: GraphQLSchema = core_of(build_schema())
        self._reader = reader

    def question(self, report: Report, times: Times, before: date) -> Question:
        """Return the query of a report for all of its columns, read and parsed as a request's is."""
        asked = asked_of(self._schema, report, _address(report, times, before), READER)
        return Question(parse(asked.text), None, asked.variables, READER, times.as_of)

    async def report(self, question: Question) -> str:
        """Return the JSON of a report."""
        plan = plan_operation(self._schema, question)
        assert plan is not None
        assert plan.statement is not None, plan.problems
        text = await self._reader.fetch(plan.statement)
        assert text is not None
        return text

    async def compliance(self, times: Times) -> list[dict[str, Any]]:
        """Return what every rule comes to for each of its subjects."""
        selector = Selector(self._schema, {}, {})
        (operation,) = parse(_COMPLIANCE).definitions
        assert isinstance(operation, OperationDefinitionNode)
        query = self._schema.query_type
        assert query is not None
        (asked,) = selector.fields(query, [operation.selection_set])
        arguments = {"asOf": times.as_of, "knownAt": times.known_at}
        field = Selected(asked.key, asked.name, arguments, asked.nodes)
        compiler = Compiler(selector, READER, times.as_of)
        judged = Judged(compiler.below(field, "RuleResult"), None, None, JudgedAt.AS_OF, times.as_of)
        async with self._reader.snapshot() as fetch:
            results = await compliance(compiler, compiler.scope(field), judged, fetch)
        return [result.shown for result in results]


def tables_of(report: Report, text: str) -> Answer:
    """Return the tables in the JSON of a report."""
    answer = orjson.loads(text)["report"]
    return {table.field: answer[table.field] for table in report.tables}


def _address(report: Report, times: Times, before: date) -> Iterable[tuple[str, str]]:
    """Yield the parameters as an address has them."""
    if report.between:
        yield "from", before.isoformat()
        yield "to", times.as_of.isoformat()
    else:
        yield "asOf", times.as_of.isoformat()
    if times.known_at is not None:
        yield "knownAt", times.known_at.isoformat()
