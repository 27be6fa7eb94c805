"""Rights held on a subtree: what belongs to it is shown, what does not is not there, and cannot be told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from graphql import GraphQLObjectType, is_list_type, is_non_null_type, parse

from graphql_api.access import Grant, Right, Role, Viewer
from graphql_api.planner.compiler import Statement
from graphql_api.planner.declare import PLAN, RIGHT, Join, metadata_of
from graphql_api.planner.operation import Question, plan_operation
from graphql_api.planner.places import PLACES, ROWS
from graphql_api.planner.selection import result_type
from tests.support.both_ways import CORE, VIEWERS, Bench, benched
from tests.support.registering import register_person
from tests.support.sending import establish, new_id, record
from tests.support.serving import Served


class Field(NamedTuple):
    """Two societies with a member each, and ways to ask about them."""

    bench: Bench
    inside: str
    outside: str
    ours: str
    theirs: str

    def viewer(self, role: Role = Role.VIEWER, *more: Grant) -> Viewer:
        """Return who has ``role`` on the first society, and ``more``."""
        return Viewer("scoped", (Grant(role, UUID(self.inside)), *more))

    def data(self, query: str, viewer: Viewer) -> Any:  # noqa: ANN401 - an answer has the shape of its query
        """Return what both ways answer, without errors."""
        answer = self.bench.planned(query, viewer)
        assert answer == self.bench.completed(query, viewer)
        assert answer["errors"] == []
        return answer["data"]

    def refused(self, query: str, viewer: Viewer) -> None:
        """Hold that the question is refused as a whole."""
        answer = self.bench.planned(query, viewer)
        assert [error["extensions"]["code"] for error in answer["errors"]] == ["FORBIDDEN"]
        assert not any((answer["data"] or {}).values())


@pytest.fixture
def field(register: Served) -> Iterator[Field]:
    client = register.administrator
    found: list[str] = []
    for name, person in (("甲学会", "孙里人"), ("乙学会", "孙外人")):
        society, member = establish(client, name, "SOCIETY"), register_person(register, person)
        found += [society, member]
        record(
            client,
            "applyForMembership",
            membership=new_id(),
            member=member,
            organization=society,
            memberClass="STUDENT",
            effectiveOn="2020-01-02",
        )
    with benched(register.database_url) as bench:
        inside, ours, outside, theirs = found
        yield Field(bench, inside, outside, ours, theirs)


def test_lists_and_their_counts_hold_only_what_belongs_to_the_subtree(field: Field) -> None:
    shown = field.data(
        "{ people(first: 100) { totalCount nodes { id name } edges { node { id } } pageInfo { hasNextPage } }"
        " memberships(first: 100) { totalCount nodes { memberId organization { id } } } }",
        field.viewer(),
    )
    assert shown["people"]["totalCount"] == 1
    assert shown["people"]["nodes"] == [{"id": field.ours, "name": "孙里人"}]
    assert shown["people"]["edges"] == [{"node": {"id": field.ours}}]
    assert shown["people"]["pageInfo"] == {"hasNextPage": False}
    assert shown["memberships"]["totalCount"] == 1
    assert shown["memberships"]["nodes"][0]["organization"]["id"] == field.inside


@pytest.mark.parametrize(
    "query",
    [
        'a: person(id: "{id}") {{ id name }}',
        'a: node(id: "{id}") {{ id ... on Person {{ name }} }}',
        'a: node(id: "{id}") {{ ...F }}',
    ],
)
def test_what_is_hidden_and_what_does_not_exist_are_one_answer_of_one_statement(
    field: Field, query: str
) -> None:
    fragment = " fragment F on Person { x: id y: name history { name } }" if "...F" in query else ""
    asked = {
        id_: "{ " + query.format(id=id_) + " }" + fragment for id_ in (field.theirs, new_id(), field.ours)
    }
    hidden, unknown, seen = (field.data(text, field.viewer()) for text in asked.values())
    assert hidden == unknown == {"a": None}
    assert seen["a"]
    assert len({_statement(text, field.viewer()).sql for text in asked.values()}) == 1


def _statement(query: str, viewer: Viewer) -> Statement:
    plan = plan_operation(CORE, Question(parse(query), None, {}, viewer, date(2026, 6, 30)))
    assert plan is not None
    assert plan.statement is not None
    return plan.statement


def test_search_finds_nobody_elsewhere(field: Field) -> None:
    query = '{ search(text: "孙", first: 50) { name node { id } } }'
    assert [hit["name"] for hit in field.data(query, field.viewer())["search"]] == ["孙里人"]
    everywhere = field.data(query, VIEWERS["administrator"])["search"]
    assert {hit["name"] for hit in everywhere} >= {"孙里人", "孙外人"}
    assert field.data(query, VIEWERS["anybody"])["search"] == []


def test_a_right_on_the_subtree_beside_another_one_everywhere_masks_the_rows_outside(field: Field) -> None:
    viewer = field.viewer(Role.REGISTRAR, Grant(Role.VIEWER))
    query = '{ people(first: 100, filter: { text: "孙" }) { nodes { id name participations { id } } } }'
    nodes = {node["id"]: node for node in field.data(query, viewer)["people"]["nodes"]}
    assert nodes[field.theirs] == {"id": field.theirs, "name": "孙外人", "participations": []}
    assert nodes[field.ours]["name"] == "孙里人"
    assert _statement(query, viewer).sql.count("placed_people_restricted") > 1


def test_organizations_are_everybody_s_and_their_members_are_not(field: Field) -> None:
    query = '{ organizations(first: 100, filter: { text: "学会" }) { nodes { id staffing { position } } } }'
    ids = {node["id"] for node in field.data(query, field.viewer())["organizations"]["nodes"]}
    assert {field.inside, field.outside} <= ids


def test_the_log_of_a_subtree_is_of_its_streams(field: Field) -> None:
    query = "{ auditLog(first: 100) { totalCount nodes { stream } } }"
    shown = field.data(query, field.viewer(Role.AUDITOR))["auditLog"]
    streams = {node["stream"] for node in shown["nodes"]}
    assert {field.inside, field.ours} <= streams
    assert not streams & {field.outside, field.theirs}
    assert shown["totalCount"] == len(shown["nodes"]) < 100


def test_what_cannot_be_masked_or_looks_at_others_is_refused(field: Field) -> None:
    scoped = field.viewer(Role.AUDITOR)
    for query in (
        "{ organizations(first: 1) { nodes { position } } }",
        "{ organizations(first: 1) { nodes { memberCount } } }",
        "{ reorganizations(first: 1) { totalCount } }",
        f'{{ knowledge(id: "{field.ours}", first: 1) {{ position }} }}',
    ):
        field.refused(query, scoped)
    field.refused("{ people(first: 1) { nodes { birthDate } } }", field.viewer())


def test_who_sees_people_of_a_subtree_cannot_ask_posts_by_person(field: Field) -> None:
    query = f'{{ appointments(first: 1, filter: {{ person: "{field.theirs}" }}) {{ totalCount }} }}'
    field.refused(query, field.viewer(Role.ADMINISTRATOR))


def test_the_subtree_is_that_of_today_whatever_is_asked_about(field: Field) -> None:
    query = '{ people(first: 100, asOf: "2020-01-02") { totalCount } }'
    assert field.data(query, field.viewer())["people"]["totalCount"] == 1
    believed = '{ people(first: 100, knownAt: "2030-01-01T00:00:00Z") { nodes { name } } }'
    field.refused(believed, field.viewer())
    assert field.data(believed, field.viewer(Role.AUDITOR))["people"]["nodes"] == [{"name": "孙里人"}]


def test_rights_everywhere_leave_the_statement_as_it_is() -> None:
    query = (
        '{ people(first: 5) { totalCount nodes { name birthDate } } search(text: "大连", first: 5) { name } }'
    )
    sql = _statement(query, VIEWERS["administrator"]).sql
    assert "placed_" not in sql
    assert (
        sql
        == _statement(query, Viewer("a", (Grant(Role.VIEWER, UUID(int=1)), Grant(Role.ADMINISTRATOR)))).sql
    )


def test_every_way_to_rows_that_are_bound_may_come_to_nothing() -> None:
    for kind in CORE.type_map.values():
        if not isinstance(kind, GraphQLObjectType):
            continue
        for name, declared in kind.fields.items():
            plan = metadata_of(declared).get(PLAN)
            if isinstance(plan, Join) and result_type(kind, name).name in ROWS:
                assert plan.many or not is_non_null_type(declared.type), f"{kind.name}.{name}"


def test_every_restricted_type_says_where_its_rows_belong() -> None:
    assert set(ROWS) <= set(PLACES)
    for kind, right in ROWS.items():
        fields = CORE.type_map[kind]
        assert isinstance(fields, GraphQLObjectType)
        rights = {metadata_of(declared)[RIGHT] for declared in fields.fields.values()} - {Right.CHART}
        assert right in rights, kind
    for kind in PLACES:
        fields = CORE.type_map[kind]
        assert isinstance(fields, GraphQLObjectType)
        for name, declared in fields.fields.items():
            plain = metadata_of(declared).get(PLAN) is None
            # A list that is masked is [] as JSON: a column of an array type could not be told from it.
            assert not (plain and is_list_type(declared.type)), f"{kind}.{name}"
