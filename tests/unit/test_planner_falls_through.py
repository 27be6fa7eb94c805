"""Where an operation falls through to graphql-core: this is all, and a new place belongs in here."""

from __future__ import annotations

import io
import sys
from datetime import date

import pytest
from graphql import GraphQLObjectType, parse, validate
from starlette.datastructures import UploadFile

from graphql_api.access import Role, Viewer
from graphql_api.execution import core_of
from graphql_api.planner.declare import PLAN, Resolved, metadata_of
from graphql_api.planner.operation import Plan, Question
from graphql_api.planner.plans import Plans
from graphql_api.schema import build_schema
from tests.support.asking import asked

_CORE = core_of(build_schema())
_CLERK = Viewer.of(Role.ADMINISTRATOR, "clerk")

_RESOLVED = {
    "compliance",
    "complianceReport",
    "complianceTrend",
    "consistencyProof",
    "inclusionProof",
    "personalData",
    "preview",
    "previewProposal",
    "retentionDue",
    "simulate",
}
"""Root fields that ask something else than one statement over the read models."""

_BELOW = {"Simulation.changes", "Simulation.rules"}
"""Fields elsewhere, what commands recorded aside, which are shown by a statement of their own."""


def _plan(text: str) -> Plan | None:
    document = parse(text)
    assert validate(_CORE, document) == [], text
    return Plans(_CORE).plan(text, Question(document, None, {}, _CLERK, date(2026, 6, 30)))


def test_the_root_fields_that_fall_through_are_these() -> None:
    assert _CORE.query_type is not None
    falling = set()
    for name, field in _CORE.query_type.fields.items():
        plan = _plan(f"{{ {asked(_CORE, name, field)} }}")
        if plan is None:
            falling.add(name)
        else:
            assert plan.whole
    assert falling == _RESOLVED


def test_nothing_below_a_root_field_falls_through_but_what_resolved_ones_show() -> None:
    below = {
        f"{kind.name}.{name}"
        for kind in _CORE.type_map.values()
        if isinstance(kind, GraphQLObjectType) and kind not in {_CORE.query_type, _CORE.mutation_type}
        for name, field in kind.fields.items()
        if isinstance(metadata_of(field).get(PLAN), Resolved) and kind is not _CORE.subscription_type
    }
    recorded = {each for each in below if each.partition(".")[0].endswith("Recorded")}
    assert recorded
    assert below - recorded == _BELOW


@pytest.mark.parametrize("operation", ["mutation", "subscription"])
def test_commands_and_subscriptions_always_do(operation: str) -> None:
    kind = _CORE.mutation_type if operation == "mutation" else _CORE.subscription_type
    assert kind is not None
    for name, field in kind.fields.items():
        if name != "importFile":  # no document holds a file
            assert _plan(f"{operation} {{ {asked(_CORE, name, field)} }}") is None


def test_so_does_a_file_which_is_nowhere_kept() -> None:
    text = "mutation ($input: ImportFileInput!) { importFile(input: $input) { __typename } }"
    file = UploadFile(io.BytesIO(b"name"), filename="people.csv")
    plans, variables = Plans(_CORE), {"input": {"file": file}}
    assert plans.plan(text, Question(parse(text), None, variables, _CLERK, date(2026, 6, 30))) is None
    assert len(plans) == 0
    before = sys.getrefcount(file)
    variables.clear()
    assert sys.getrefcount(file) == before - 1


@pytest.mark.parametrize(
    ("text", "variables"),
    [
        ("{ __schema { queryType { name } } }", {}),
        ('{ __type(name: "Query") { name } }', {}),
        ("{ __typename }", {}),
        ("query ($id: ID!) { organization(id: $id) { name } }", {}),
        ("query ($day: Date) { orgChart(asOf: $day) { position } }", {"day": "no day"}),
    ],
    ids=["schema", "type", "typename", "a variable is missing", "a variable is wrong"],
)
def test_so_do_introspection_alone_and_wrong_variables(text: str, variables: dict[str, object]) -> None:
    question = Question(parse(text), None, variables, _CLERK, date(2026, 6, 30))
    assert Plans(_CORE).plan(text, question) is None


def test_beside_one_that_does_the_others_are_one_statement_still() -> None:
    plan = _plan(
        "{ retentionDue { person } orgChart { position } functions(first: 1) { totalCount } __typename }"
    )
    assert plan is not None
    assert plan.statement is not None
    assert not plan.whole
    assert "retentionDue" not in plan.statement.sql
    assert plan.statement.sql.startswith("SELECT (json_build_object('orgChart',")
