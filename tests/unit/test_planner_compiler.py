"""What is compiled: parameters instead of text, one statement, and a bound on what it costs."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from graphql import GraphQLError, parse

from graphql_api.access import ANYBODY, Role, Viewer
from graphql_api.execution import core_of
from graphql_api.planner.compiler import PAIRS_PER_CALL, Compiler, Statement
from graphql_api.planner.operation import Plan, Question, plan_operation
from graphql_api.planner.selection import Selector
from graphql_api.schema import build_schema

_CORE = core_of(build_schema())
_TODAY = date(2026, 6, 30)
_CLERK = Viewer.of(Role.ADMINISTRATOR, "clerk")
_EVIL = "'; DROP TABLE organization; --"
_SOMEBODY = UUID("01890000-0000-7000-8000-000000000001")


def _plan(query: str, viewer: Viewer = _CLERK, **variables: Any) -> Plan | None:  # noqa: ANN401 - of any type
    return plan_operation(_CORE, Question(parse(query), None, variables, viewer, _TODAY))


def _statement(query: str, **variables: Any) -> Statement:  # noqa: ANN401 - as GraphQL has them
    plan = _plan(query, **variables)
    assert plan is not None
    assert plan.problems == {}
    assert plan.statement is not None
    return plan.statement


@pytest.mark.parametrize(
    ("query", "values"),
    [
        ("query ($v: String) { organization(code: $v) { id } }", [_EVIL]),
        (
            "query ($v: String) { functions(first: 3, filter: { nameContains: $v }) { totalCount } }",
            [_EVIL],
        ),
        ("query ($v: String) { instrument(number: $v) { id } }", [_EVIL]),
        ("query ($v: [String!]) { auditLog(first: 3, filter: { topics: $v }) { totalCount } }", [[_EVIL]]),
    ],
)
def test_what_came_with_the_request_never_becomes_text(query: str, values: list[object]) -> None:
    statement = _statement(query, v=values[0])
    assert _EVIL not in statement.sql
    assert values[0] in statement.parameters


def test_every_parameter_is_used_and_every_placeholder_has_one() -> None:
    statement = _statement(
        '{ orgChart(asOf: "2018-06-01", knownAt: "2019-01-01T00:00:00Z")'
        " { asOf nodes { organization { name } } }"
        ' a: organization(code: "A") { history(beliefs: true) { name } }'
        " b: organizations(first: 7) { pageInfo { endCursor } } }"
    )
    numbers = {int(number) for number in re.findall(r"\$(\d+)", statement.sql)}
    assert numbers == set(range(1, len(statement.parameters) + 1))


def test_an_operation_is_one_statement_and_today_is_given() -> None:
    statement = _statement("{ a: functions(first: 1) { totalCount } b: orgChart { position } }")
    assert statement.sql.startswith("SELECT (json_build_object('a',")
    assert ";" not in statement.sql
    assert "current_date" not in statement.sql.lower()
    assert statement.parameters.count(date(2026, 6, 30)) == 2


@pytest.mark.parametrize(
    "query",
    [
        "mutation { a: __typename }",
        "{ __schema { queryType { name } } }",
        "{ __typename }",
        "query ($d: Date!) { changes(from: $d, to: $d) { __typename } }",
    ],
)
def test_what_has_no_plan_is_left_to_graphql_core(query: str) -> None:
    assert _plan(query) is None


def test_a_field_that_is_never_null_takes_the_whole_answer_with_it() -> None:
    plan = _plan("{ auditLog(first: 1) { totalCount } functions(first: 1) { totalCount } }", ANYBODY)
    assert plan is not None
    assert plan.statement is None
    assert list(plan.problems) == ["auditLog"]


def test_a_field_that_may_be_null_leaves_the_others() -> None:
    plan = _plan('{ a: organization(id: "x") { id } b: functions(first: 1) { totalCount } }')
    assert plan is not None
    assert plan.statement is not None
    assert "json_build_object('a', NULL::text, 'b'," in plan.statement.sql
    assert plan.problems["a"].path == ["a"]


@pytest.mark.parametrize("count", [0, 1, PAIRS_PER_CALL, PAIRS_PER_CALL + 1, 3 * PAIRS_PER_CALL])
def test_no_call_has_more_arguments_than_a_function_takes(count: int) -> None:
    compiler = Compiler(Selector(_CORE, {}, {}), _CLERK, _TODAY)
    sql = compiler.build((f"k{number}", "1") for number in range(count))
    calls = re.findall(r"json_build_object\(([^()]*)\)", sql)
    assert sum(call.count("'k") for call in calls) == count
    assert all(call.count(",") < 100 for call in calls)


@pytest.mark.parametrize(
    ("first", "allowed"),
    [(1, True), (10, True), (100, False)],
)
def test_pages_multiply_what_an_answer_costs(first: int, allowed: bool) -> None:  # noqa: FBT001 - a table's column
    fields = (
        "children { subordinate { children { subordinate { children { subordinate { name kind } } } } } }"
    )
    plan = _plan(f"{{ organizations(first: {first}) {{ nodes {{ {fields} }} }} }}")
    assert plan is not None
    assert (plan.problems == {}) is allowed
    if not allowed:
        extensions = plan.problems["organizations"].extensions or {}
        assert extensions["code"] == "TOO_COMPLEX"


def test_a_placeholder_for_no_id_is_refused() -> None:
    compiler = Compiler(Selector(_CORE, {}, {}), _CLERK, _TODAY)
    with pytest.raises(GraphQLError, match="ids are UUIDs"):
        compiler.parameter("x", "uuid")


def test_a_text_with_a_null_character_is_refused_in_a_list_too() -> None:
    query = "query ($v: [String!]) { auditLog(first: 3, filter: { topics: $v }) { totalCount } }"
    plan = _plan(query, v=["organization.renamed", "a\0b"])
    assert plan is not None
    (error,) = plan.problems.values()
    assert (error.extensions or {})["code"] == "INVALID_INPUT"


@pytest.mark.parametrize(
    "shown",
    [
        "organization(code: $v) { superiors(hierarchies: [COVERS]) { superior { name } } }",
        "organization(code: $v) { posts { title holders { holderName } } }",
        "organization(code: $v) { history(beliefs: true) { name } }",
        "measure(code: $v) { lead { name } parts { role } }",
        "auditLog(first: 9, filter: { actor: $v }) { nodes { topic } }",
        "one: organization(code: $v) { name } other: instrument(number: $v) { title }",
    ],
)
def test_what_is_looked_up_by_indexes_alone_is_planned_once(shown: str) -> None:
    assert _statement(f"query ($v: String) {{ {shown} }}", v="A01").steady


@pytest.mark.parametrize(
    "shown",
    [
        "memberships(first: 9, filter: { organization: $v }) { nodes { id } }",
        "orgChart(root: $v) { nodes { depth } }",
        "organization(id: $v) { id } orgChart(root: $v) { nodes { depth } }",
        'organization(id: $v, knownAt: "2020-01-01T00:00:00Z") { id }',
        "organization(id: $v) { successors { name } }",
        "auditLog(first: 9, filter: { entity: $v }) { nodes { topic } }",
        'auditLog(first: 9, filter: { actor: "a", entity: $v }) { nodes { topic } }',
    ],
)
def test_what_hangs_on_its_dates_or_values_is_planned_for_them(shown: str) -> None:
    assert not _statement(f"query ($v: ID!) {{ {shown} }}", v=str(_SOMEBODY)).steady


def test_what_a_subtree_bounds_is_planned_for_its_roots() -> None:
    viewer = Viewer.of(Role.AUDITOR, "of a part", root=_SOMEBODY)
    plan = _plan("query ($v: ID!) { person(id: $v) { name } }", viewer, v=str(_SOMEBODY))
    assert plan is not None
    assert plan.statement is not None
    assert not plan.statement.steady


def test_a_chart_asks_about_those_alone_that_stand_in_it() -> None:
    """Of many nodes all organizations are read: what their rows say is worked out there, and no more."""
    query = "query ($r: ID) { orgChart(root: $r) { nodes { organization { %s } } } }"
    told = _statement(query % "name", r=str(_SOMEBODY)).sql
    asked = _statement(query % "name posts { title }", r=str(_SOMEBODY)).sql
    (read, shown), (read_first, asked_then) = (sql.split("walked AS (") for sql in (told, asked))
    assert (".name" in read, ".name" in shown) == (True, False)
    assert ("FROM post" in read_first, "FROM post" in asked_then) == (False, True)
