"""What the database wrote is what graphql-core would have completed, errors and nulls included."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from graphql import GraphQLObjectType, get_named_type, is_leaf_type, is_required_argument
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphql_api.planner.compiler import PAIRS_PER_CALL
from tests.support.both_ways import CORE, VIEWERS, Bench, assert_equal, benched
from tests.support.questions import Questions
from tests.support.serving import Served


@pytest.fixture(scope="module")
def bench(demo: Served) -> Iterator[Bench]:
    with benched(demo.database_url) as opened:
        yield opened


@settings(
    max_examples=250,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data(), who=st.sampled_from(sorted(VIEWERS)))
def test_both_ways_give_the_same_answer(bench: Bench, data: st.DataObject, who: str) -> None:
    query = data.draw(Questions.operations(bench.questions))
    assert_equal(bench, query, VIEWERS[who])


_CHART = "orgChart { asOf knownAt position nodes { depth parentId organization { id name kind status } } }"


@pytest.mark.parametrize(
    "query",
    [
        f"{{ {_CHART} }}",
        f"{{ a: {_CHART} b: {_CHART} __typename c: __typename }}",
        "{ orgChart { a: nodes { depth } nodes { organization { name } } } }",
        "{ orgChart { position } }",
        '{ partyCoverage { organizationallyCovered { existsOn(day: "2010-01-01") } } }',
        "{ orgChart { nodes { } } }",
        "{ organizations(first: 2) { a: nodes { id } b: nodes { name } edges { cursor n: node { name } } } }",
        "{ organizations(first: 2) { totalCount t: totalCount } }",
        "{ organizations(first: 2) { p: pageInfo { hasNextPage } pageInfo { endCursor hasPreviousPage } } }",
        "{ functions(first: 2) { nodes { name } } functions(first: 2) { nodes { orphaned } totalCount } }",
        "{ organizations(first: 0) { totalCount } functions(first: 1) { totalCount } }",
        "{ functions(first: 1) { totalCount } organizations(first: 0) { totalCount } }",
        '{ organization(id: "no id") { id } functions(first: 1) { totalCount } }',
        '{ organization { id } changes(from: "2018-05-01", to: "2018-12-31") { established { name } } }',
        '{ changes(from: "2018-05-01", to: "2018-12-31") { moved { from { id } to { id } } __typename } }',
        "{ auditLog(first: 1) { nodes { position data instrument { title } } } }",
        "{ reorganizations(first: 1) { nodes { title plan consequences { topic } } } }",
        '{ organizations(first: 1, after: "bm9uZQ==") { totalCount } }',
        '{ organizations(first: 1, filter: { nameContains: "\\u0000" }) { totalCount } }',
        '{ search(text: "科", first: 9) { score node { __typename id ... on Function { name } } } }',
        '{ search(text: "kexie", first: 9) { name t: __typename n: node { id } node { __typename } } }',
        '{ search(text: " ", first: 9) { name } }',
    ],
)
@pytest.mark.parametrize("who", sorted(VIEWERS))
def test_both_ways_agree_on_known_questions(bench: Bench, query: str, who: str) -> None:
    assert_equal(bench, query, VIEWERS[who])


def test_objects_wider_than_a_call_keep_their_order(bench: Bench) -> None:
    organization = CORE.type_map["Organization"]
    assert isinstance(organization, GraphQLObjectType)
    fields = [
        name if is_leaf_type(get_named_type(field.type)) else f"{name} {{ __typename }}"
        for name, field in organization.fields.items()
        if not any(map(is_required_argument, field.args.values()))
    ]
    aliased = [f"b{number}: name" for number in range(15)]
    assert len(fields) + len(aliased) > PAIRS_PER_CALL
    query = f"{{ organizations(first: 3) {{ nodes {{ {' '.join(fields + aliased)} }} }} }}"
    answer = assert_equal(bench, query, VIEWERS["administrator"])
    assert answer["errors"] == []
    assert list(answer["data"]["organizations"]["nodes"][0])[-15:] == [f"b{number}" for number in range(15)]
