"""For every field, role and scope it is decided what becomes of it; what nobody decided is refused to all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from graphql import GraphQLField, GraphQLObjectType, GraphQLSchema, GraphQLString, parse

from graphql_api.access import PartnerScope, Role, Viewer
from graphql_api.execution import core_of
from graphql_api.planner.decisions import NARROWED, Decision, decision
from graphql_api.planner.declare import RIGHT, metadata_of
from graphql_api.planner.operation import Question, plan_operation
from graphql_api.rights import decided, object_types, page, roles
from graphql_api.schema import build_schema, complete

_CORE = core_of(build_schema())
_ADMINISTRATOR = Viewer.of(Role.ADMINISTRATOR, "administrator")


def test_the_page_is_the_one_in_force() -> None:
    text = (Path(__file__).parents[2] / "docs" / "rights.md").read_text(encoding="utf-8")
    assert text == page(_CORE), "python -m graphql_api.rights > docs/rights.md"


def test_every_field_is_decided_for_every_role_and_scope() -> None:
    table = decided(_CORE)
    assert len(table) > 1_000
    columns = {role.value for role in Role if role is not Role.PARTNER} | {
        scope.value for scope in PartnerScope
    }
    assert all(set(decisions) == columns for decisions in table.values())
    for field, decisions in table.items():
        assert decisions["ADMINISTRATOR"][0] is Decision.SHOWN, field
        for role, (everywhere, part) in decisions.items():
            # Whoever has less gets no more.
            assert everywhere is not Decision.MASKED, (field, role)
            assert everywhere is Decision.SHOWN or part is Decision.REFUSED, (field, role)


def test_the_public_sees_what_is_published_and_nothing_else() -> None:
    for field, decisions in decided(_CORE).items():
        kind, _, name = field.partition(".")
        published = metadata_of(_fields(kind)[name])[RIGHT] == "CHART"
        expected = Decision.SHOWN if published else Decision.REFUSED
        assert decisions["PUBLIC"] == (expected, expected), field


def test_what_keeps_to_the_subtree_by_itself_is_there_and_has_a_right() -> None:
    for field in NARROWED:
        kind, _, name = field.partition(".")
        assert metadata_of(_fields(kind)[name])[RIGHT] != "CHART", field


def _fields(kind: str) -> dict[str, GraphQLField]:
    found = _CORE.type_map[kind]
    assert isinstance(found, GraphQLObjectType)
    fields: dict[str, GraphQLField] = found.fields
    return fields


@pytest.fixture(scope="module")
def unlisted() -> GraphQLSchema:
    """Give a copy of the schema in which every type has a field that nobody decided about."""
    core = core_of(build_schema())
    for kind in object_types(core):
        kind.fields["unlisted"] = GraphQLField(GraphQLString, resolve=lambda *_: "told")
    complete(core)
    return core


def test_a_field_without_a_stated_right_is_refused_to_everybody(unlisted: GraphQLSchema) -> None:
    viewers = [viewer for pair in roles().values() for viewer in pair]
    assert _ADMINISTRATOR.grants[0] in {grant for viewer in viewers for grant in viewer.grants}
    for kind in object_types(unlisted):
        assert {decision(viewer, kind, "unlisted") for viewer in viewers} == {Decision.REFUSED}, kind.name


@pytest.mark.parametrize(
    "query",
    [
        "{ unlisted }",
        '{ organization(code: "DLKX") { unlisted } }',
        '{ organization(code: "DLKX") { ... on Organization { x: unlisted } } }',
        "{ organizations(first: 1) { unlisted } }",
        "{ people(first: 1) { edges { unlisted } } }",
        '{ node(id: "00000000-0000-0000-0000-000000000001") { ... on Person { unlisted } } }',
        "{ partyCoverage { forms { unlisted } } }",
        "{ staffingReport { rows { unlisted } } }",
        '{ search(text: "会", first: 1) { unlisted } }',
        "{ auditLog(first: 1) { nodes { unlisted } } }",
    ],
)
def test_the_compiler_refuses_an_unlisted_field_to_an_administrator(
    unlisted: GraphQLSchema, query: str
) -> None:
    plan = plan_operation(unlisted, Question(parse(query), None, {}, _ADMINISTRATOR, date(2026, 6, 30)))
    assert plan is not None
    (error,) = plan.problems.values()
    assert error.extensions is not None
    assert error.extensions["code"] == "FORBIDDEN"


@pytest.mark.parametrize(
    "kind", ["Mutation", "Subscription", "Previewed", "Recorded", "RetentionDue", "Query"]
)
def test_no_resolver_of_an_unlisted_field_is_called(unlisted: GraphQLSchema, kind: str) -> None:
    found = [
        each for each in object_types(unlisted) if kind in (each.name, *(i.name for i in each.interfaces))
    ]
    assert found
    for each in found:
        field = each.fields["unlisted"]
        info = type("Info", (), {"parent_type": each, "field_name": "unlisted", "field_nodes": []})
        for resolve in (field.resolve, field.subscribe):
            assert resolve is not None
            with pytest.raises(Exception, match="unlisted") as refused:
                resolve(None, info)
            assert getattr(refused.value, "extensions", {})["code"] == "FORBIDDEN"
