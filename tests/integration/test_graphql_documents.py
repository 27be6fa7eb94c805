"""Documents that ask for too much, or for nothing that there is, are refused at once and in words."""

from __future__ import annotations

import contextlib
import sys
from types import FrameType

import pytest
from graphql import GraphQLError, get_introspection_query, validate

from graphql_api.execution import core_of
from graphql_api.limits import (
    ALIASES,
    DEPTH,
    DIRECTIVES,
    ERRORS,
    FIELDS,
    ROOT_FIELDS,
    SAME_NAME,
    parse_within_limits,
)
from graphql_api.schema import build_schema
from tests.support.serving import Served

_CORE = core_of(build_schema())
_CALLS = 100_000

_LAUGH = '{ node(id: "x") { ...f0 } }' + "".join(
    f" fragment f{n} on Node {{ ...f{n + 1} ...f{n + 1} }}" for n in range(30)
)
_LAUGHS = _LAUGH + " fragment f30 on Node { id }"
_TREE_OF_FRAGMENTS = (
    '{ organization(id: "x") { ...f0 } }'
    + "".join(
        f" fragment f{n} on Organization {{ predecessors {{ ...f{n + 1} }} successors {{ ...f{n + 1} }} }}"
        for n in range(8)
    )
    + " fragment f8 on Organization { id }"
)


def _children(times: int) -> str:
    return "children { subordinate { " * times + "id" + " } }" * times


def _refusal(document: str) -> str:
    with pytest.raises(GraphQLError) as raised:
        parse_within_limits(document)
    extensions = raised.value.extensions or {}
    assert extensions["code"] == "TOO_COMPLEX"
    return raised.value.message


@pytest.mark.parametrize(
    ("document", "what"),
    [
        (_LAUGHS, f"{FIELDS} fields"),
        (_TREE_OF_FRAGMENTS, f"{FIELDS} fields"),
        (f'{{ organization(id: "x") {{ {_children(5)} }} }}', f"{DEPTH} levels"),
        ("{ " + " ".join(f"a{n}: __typename" for n in range(ROOT_FIELDS + 1)) + " }", f"{ROOT_FIELDS} root"),
        (
            '{ organization(id: "x") { ' + " ".join(f"a{n}: name" for n in range(ALIASES + 1)) + " } }",
            f"{ALIASES} aliases",
        ),
        (
            '{ organization(id: "x") { ' + "... @include(if: true) { id } " * (DIRECTIVES + 1) + " } }",
            f"{DIRECTIVES} directives",
        ),
        ('{ organization(id: "x") { ' + "id " * (SAME_NAME + 1) + "} }", f"{SAME_NAME} fields of one name"),
        (
            '{ node(id: "x") { id } } fragment f on Node { ' + "id " * (SAME_NAME + 1) + "}",
            f"{SAME_NAME} fields of one name",
        ),
    ],
)
def test_too_much_is_refused_unread(document: str, what: str) -> None:
    assert what in _refusal(document)


@pytest.mark.parametrize(
    "document",
    [
        _LAUGHS,
        _TREE_OF_FRAGMENTS,
        '{ node(id: "x") { ...a } } fragment a on Node { ...b } fragment b on Node { ...a }',
        '{ node(id: "x") { ' + "id " * 980 + "} }",
        "{a" * 499,
        "{ node(id: " + "[" * 900,
        "#" * 200_000,
        '{ organization(id: "x") { '
        + " ".join(f"... on Organization {{ {'name ' * 8} {'code ' * 8} }}" for _ in range(6))
        + " } }",
        '{ organization(id: "x") { '
        + " ".join(f"{name} " * 49 for name in ("id", "name", "code", "kind", "status", "tier", "base"))
        + "} }",
    ],
    ids=["laughs", "tree", "circle", "same", "deep", "lists", "comment", "inline", "wide"],
)
def test_no_document_holds_the_server_up(document: str) -> None:
    assert _calls(document) < _CALLS


def test_work_grows_with_a_document_and_not_by_its_square() -> None:
    half, whole = (_calls('{ organization(id: "x") { ' + _fields(count) + "} }") for count in (4, 8))
    assert whole < 2.5 * half


def _fields(count: int) -> str:
    names = ("id", "name", "code", "kind", "status", "tier", "base", "shortName")
    return " ".join(f"{name} " * 45 for name in names[:count])


def _calls(document: str) -> int:
    """Return how many functions are called to refuse or admit a document: the same on every machine."""
    called = 0

    def count(_: FrameType, event: str, __: object) -> None:
        nonlocal called
        called += event == "call"

    sys.setprofile(count)
    try:
        with contextlib.suppress(GraphQLError):
            validate(_CORE, parse_within_limits(document), max_errors=ERRORS)
    finally:
        sys.setprofile(None)
    return called


def test_the_introspection_of_tools_is_allowed(demo: Served) -> None:
    answer = demo.anybody.data(get_introspection_query(input_value_deprecation=True))
    assert {kind["name"] for kind in answer["__schema"]["types"]} >= {"Organization", "CommandInput"}


def test_the_schema_is_told_the_same_again_and_in_an_operation_of_its_own(demo: Served) -> None:
    document = get_introspection_query()
    assert demo.anybody.data(document) == demo.anybody.data(document)
    by_variable = "query ($name: String!) { __type(name: $name) { name } }"
    assert demo.anybody.data(by_variable, name="Person") == {"__type": {"name": "Person"}}
    assert demo.anybody.data(by_variable, name="Post") == {"__type": {"name": "Post"}}
    beside = '{ __type(name: "Post") { name } functions(first: 1) { totalCount } }'
    assert demo.anybody.data(beside)["__type"] == {"name": "Post"}
    mixed = "{ __schema { types { name } } functions(first: 1) { totalCount } }"
    assert demo.anybody.problem(mixed)["extensions"]["code"] == "INVALID_DOCUMENT"


@pytest.mark.parametrize(
    ("document", "code", "status"),
    [
        ("{", "INVALID_DOCUMENT", 400),
        ("{ nothing }", "INVALID_DOCUMENT", 400),
        ("query A { __typename } query B { __typename }", "INVALID_DOCUMENT", 400),
        ("{ a" * 600, "INVALID_DOCUMENT", 400),
        (_LAUGHS, "TOO_COMPLEX", 400),
        ('{ organization(id: "x", asOf: "today") { id } }', "INVALID_INPUT", 400),
        (
            'query ($d: Date!) { changes(from: $d, to: "2020-01-01") { dissolved { id } } }',
            "INVALID_DOCUMENT",
            400,
        ),
    ],
)
def test_a_wrong_request_says_so_by_its_status(demo: Served, document: str, code: str, status: int) -> None:
    response = demo.anybody.post(document)
    assert response.status_code == status
    assert response.headers["content-type"].startswith("application/graphql-response+json")
    answer = response.json()
    assert "data" not in answer
    assert answer["errors"][0]["extensions"]["code"] == code
    assert {"messageZh", "advice", "adviceZh"} <= set(answer["errors"][0]["extensions"])


def test_an_old_client_gets_json_and_status_200(demo: Served) -> None:
    response = demo.anybody.http.post("/graphql", json={"query": "{ nothing }"})
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("application/json")
    assert "data" not in response.json()


@pytest.mark.parametrize(
    "fields",
    [
        f"organizations(first: 100) {{ nodes {{ {_children(3)} }} }}",
        "orgChart { nodes { organization { functions { holdings { holder { functions { name } } } } } } }",
    ],
)
def test_an_answer_that_would_be_too_large_is_not_begun(demo: Served, fields: str) -> None:
    error = demo.anybody.problem(f"{{ {fields} }}")
    assert error["extensions"]["code"] == "TOO_COMPLEX"
    assert "values" in error["message"]


def test_a_document_is_checked_again_by_another_operation_of_it(demo: Served) -> None:
    document = "query A { __typename } query B { functions(first: 1) { totalCount } }"
    first = demo.anybody.post(document, None, operationName="A").json()
    second = demo.anybody.post(document, None, operationName="B").json()
    assert first["data"] == {"__typename": "Query"}
    assert second["data"]["functions"]["totalCount"] > 0
