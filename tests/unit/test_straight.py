"""What was asked before is answered past Strawberry, and is refused at each door as it was the first time."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

import orjson
import pytest
from strawberry.types.execution import ExecutionResult, PreExecutionError

from graphql_api.access import ANYBODY, Role, Viewer
from graphql_api.budget import Budget
from graphql_api.context import Answered, Context, Services
from graphql_api.doors import Doors
from graphql_api.planner.compiler import Statement
from graphql_api.policy import Policy, Whom
from graphql_api.problems import Problem, problem
from graphql_api.schema import Schema, build_schema
from graphql_api.trusted import Trusted
from registry.time import civil_date
from tests.support.both_ways import _Clock

_CLERK = Viewer.of(Role.ADMINISTRATOR, "clerk")
_QUERY = "query One($code: String) { organization(code: $code) { name } }"
_PEOPLE = "{ people(first: 1) { totalCount } }"


class _Reader:
    """Answers each statement with its parameters, or fails."""

    def __init__(self) -> None:
        self.asked: list[Statement] = []
        self.fails: Exception | None = None

    async def answer(self, statement: Statement) -> bytes | None:
        self.asked.append(statement)
        if self.fails is not None:
            raise self.fails
        return orjson.dumps({"organization": {"name": str(statement.parameters)}})


class _Asked:
    """A schema, who was asked what, and how often Strawberry was entered."""

    def __init__(self, doors: Doors | None = None) -> None:
        self.schema: Schema = build_schema(doors=doors)
        self.reader = _Reader()
        self.entered = 0
        schema: Any = self.schema
        extensions = schema.get_extensions

        def entered(**more: Any) -> Any:  # noqa: ANN401 - as Strawberry has it
            self.entered += 1
            return extensions(**more)

        # Strawberry asks for its extensions wherever it begins to execute an operation.
        schema.get_extensions = entered
        reader: Any = self.reader
        nobody: Any = None
        self._services = Services(
            reader, nobody, nobody, nobody, nobody, nobody, nobody, _Clock(), nobody, nobody, nobody
        )

    def ask(
        self,
        query: str = _QUERY,
        variables: dict[str, Any] | None = None,
        viewer: Viewer = _CLERK,
        name: str | None = None,
    ) -> tuple[ExecutionResult, Answered]:
        answered = Answered()
        variables = {"code": "A"} if variables is None else variables
        context = Context(self._services, "test", date(2026, 1, 1), viewer, answered=answered)
        return asyncio.run(self._execute(query, variables, context, name)), answered

    async def _execute(self, query: str, variables: Any, context: Context, name: str | None) -> Any:  # noqa: ANN401 - Strawberry's result
        return await self.schema.execute(query, variables, context, operation_name=name)

    def code(self, *asked: Any, **more: Any) -> str:  # noqa: ANN401 - as ask takes them
        result, _ = self.ask(*asked, **more)
        assert result.data is None
        (error,) = result.errors or []
        return str((error.extensions or {})["code"])


def test_a_question_asked_again_does_not_enter_strawberry_and_has_the_same_answer() -> None:
    asked = _Asked(Doors(budget=Budget(clock=lambda: 0.0)))
    first, before = asked.ask(variables={"code": "A"})
    second, after = asked.ask(variables={"code": "A"})
    third, _ = asked.ask(variables={"code": "B"}, name="One")
    assert asked.entered == 1
    assert orjson.dumps([first.data, first.extensions]) == orjson.dumps([second.data, second.extensions])
    assert second.extensions == {"cost": {"requested": 2, "limit": 100_000, "perMinute": 1_000_000_000}}
    assert orjson.dumps(third.data) != orjson.dumps(second.data)
    assert "B" in asked.reader.asked[-1].parameters
    assert (before.left or 0) - (after.left or 0) == 2
    assert after.plan is not None
    assert after.question is not None
    assert after.question.today == civil_date(_Clock().now())


def test_another_standing_is_refused_although_the_plan_of_a_higher_one_is_kept() -> None:
    asked = _Asked()
    for _ in range(2):
        asked.ask(_PEOPLE)
        assert asked.code(_PEOPLE, viewer=ANYBODY) == "FORBIDDEN"
    assert len(asked.reader.asked) == 2


def test_who_has_spent_the_budget_waits() -> None:
    asked = _Asked(Doors(budget=Budget(2, clock=lambda: 0.0)))
    result, _ = asked.ask()
    assert result.errors is None
    assert asked.code() == "BUDGET_SPENT"
    assert len(asked.reader.asked) == 1


def test_a_document_that_is_not_registered_is_refused_to_all_but_the_server() -> None:
    asked = _Asked(Doors(Policy(trusted_only=True), trusted=Trusted([_QUERY])))
    for _ in range(2):
        assert asked.ask()[0].errors is None
        assert asked.code(f"{_QUERY} ") == "UNTRUSTED_DOCUMENT"
    assert asked.entered == 3


def test_what_is_too_much_or_wrong_is_told_as_the_first_time() -> None:
    asked = _Asked()
    for _ in range(2):
        assert asked.ask(variables={"code": "A"})[0].errors is None
        assert asked.code(variables={"code": "A", "other": [0] * 5_001}) == "TOO_COMPLEX"
        wrong, _ = asked.ask(variables={"code": 1})
        assert "$code" in str(wrong.errors)
        null, _ = asked.ask(variables={"code": "\0"})
        assert null.errors
    # A text that is none is refused by its field, in an answer that a statement gives.
    assert len(asked.reader.asked) == 4


def test_one_of_several_operations_has_to_be_named() -> None:
    asked = _Asked()
    both = f"{_QUERY} query Other {{ organizations(first: 1) {{ totalCount }} }}"
    for _ in range(2):
        for name in ("One", "Other"):
            assert asked.ask(both, name=name)[0].errors is None
        assert asked.code(both) == "INVALID_DOCUMENT"
    assert len(asked.reader.asked) == 4
    assert len({statement.sql for statement in asked.reader.asked}) == 2


def test_who_may_not_introspect_may_not_the_second_time() -> None:
    asked = _Asked(Doors(Policy(Whom.KNOWN)))
    mixed = '{ __type(name: "Query") { name } organization(code: "A") { name } }'
    for _ in range(2):
        assert asked.ask(mixed)[0].errors is None
        assert asked.code(mixed, viewer=ANYBODY) == "FORBIDDEN"
    assert asked.entered == 4


@pytest.mark.parametrize("fault", [problem(Problem.TIMEOUT), ValueError("of the program")])
def test_what_goes_wrong_at_the_database_is_told_as_the_first_time(fault: Exception) -> None:
    asked = _Asked()
    asked.reader.fails = fault
    first, _ = asked.ask()
    second, _ = asked.ask()
    assert asked.entered == 1
    for result in (first, second):
        assert isinstance(result, PreExecutionError)
        assert result.data is None
        (error,) = result.errors or []
        assert fault in (error, error.original_error)
    assert first.extensions == second.extensions
