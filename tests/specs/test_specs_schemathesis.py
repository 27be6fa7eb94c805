"""Schemathesis against /graphql: whatever it makes of the schema, the server answers, and in words.

Its examples are few and always the same; tests/integration/test_graphql_equality.py draws many more
questions, and holds the answers to graphql-core's.
"""

from __future__ import annotations

import io
from typing import Any

import hypothesis
import schemathesis
from graphql import GraphQLObjectType, parse
from hypothesis import strategies as st

from graphql_api.execution import core_of
from graphql_api.problems import Problem
from graphql_api.schema import build_schema
from tests.support.serving import Served

schemathesis.graphql.scalar("Position", st.integers(-1, 10_000).map(schemathesis.graphql.nodes.Int))
schemathesis.graphql.scalar("Upload", st.just(schemathesis.graphql.nodes.String("people.csv")))
schemathesis.graphql.scalar("JSON", st.just(schemathesis.graphql.nodes.String("{}")))

_SCHEMA = build_schema()
_MADE = schemathesis.graphql.from_file(io.StringIO(_SCHEMA.as_str()))
_OURS = {Problem.INTERNAL, Problem.UNAVAILABLE, Problem.TIMEOUT}
_SETTINGS = hypothesis.settings(
    max_examples=3,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(hypothesis.HealthCheck),
    phases=[hypothesis.Phase.generate],
)


def _check(case: schemathesis.Case[Any], served: Served, root: GraphQLObjectType | None) -> None:
    headers = {"authorization": f"Bearer {served.administrator.token}"}
    response = case.call(base_url=f"{served.url}/graphql", headers=headers)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == ["application/json; charset=utf-8"]
    answer = response.json()
    assert set(answer) <= {"data", "errors", "extensions"}
    for error in answer.get("errors", ()):
        assert {"code", "messageZh", "advice", "adviceZh"} == set(error["extensions"])
        assert error["extensions"]["code"] in set(Problem) - _OURS, error
    if answer.get("data") is None:
        assert answer["errors"], "nothing is answered without a reason"
        return
    assert root is not None
    (operation,) = parse(str(case.body)).definitions
    asked = {(node.alias or node.name).value for node in operation.selection_set.selections}  # type: ignore[attr-defined]  # an operation, whose root has fields alone
    assert set(answer["data"]) == asked


@_MADE.include(name_regex="^Query[.]").parametrize()
@_SETTINGS
def test_a_query_is_answered(case: schemathesis.Case[Any], demo: Served) -> None:
    _check(case, demo, core_of(_SCHEMA).query_type)


@_MADE.include(name_regex="^Mutation[.]").parametrize()
@_SETTINGS
def test_a_command_is_carried_out_or_refused(
    case: schemathesis.Case[Any], register_of_its_own: Served
) -> None:
    _check(case, register_of_its_own, core_of(_SCHEMA).mutation_type)
