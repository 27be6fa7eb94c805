"""What is sent to hurt: each is refused in words, and whoever asks beside it is answered.

How long that takes is measured elsewhere; ``test_no_document_holds_the_server_up`` bounds what it may cost.
"""

from __future__ import annotations

import concurrent.futures
from typing import Any

import pytest

from tests.support.serving import Served
from tests.support.socketing import connected

_JSON = {"content-type": "application/json", "accept": "application/graphql-response+json"}


def _nested(times: int) -> str:
    inner = "children { subordinate { " * times + "id" + " } }" * times
    return f'{{ organization(id: "00000000-0000-0000-0000-000000000000") {{ {inner} }} }}'


def _laughs(times: int) -> str:
    parts = [f"fragment f{n} on Organization {{ ...f{n + 1} ...f{n + 1} }}" for n in range(times)]
    return (
        '{ organization(id: "x") { ...f0 } } '
        + " ".join(parts)
        + f" fragment f{times} on Organization {{ id }}"
    )


_CIRCLE = (
    '{ node(id: "x") { ...a } } fragment a on Organization { children { subordinate { ...b } } }'
    " fragment b on Organization { children { subordinate { ...a } } }"
)


def _introspection(times: int) -> str:
    return "{ __schema { types { " + "fields { type { " * times + "name" + " } }" * times + " } } }"


def _pages() -> str:
    inner = "children { subordinate { " * 3 + "id" + " } }" * 3
    return f"{{ organizations(first: 100) {{ nodes {{ {inner} }} }} }}"


_HOSTILE = {
    "deep": (_nested(40), "TOO_COMPLEX"),
    "a little too deep": (_nested(5), "TOO_COMPLEX"),
    "braces": ("{" * 900, "INVALID_DOCUMENT"),
    "lists": ("{ node(id: " + "[" * 900, "INVALID_DOCUMENT"),
    "objects": ("{ organizations(first: 1, filter: " + "{a:" * 400 + "1" + "}" * 400 + ") { totalCount } }",
                "INVALID_DOCUMENT"),
    "wide": ("{ functions(first: 1) { nodes { " + "id " * 900 + "} } }", "TOO_COMPLEX"),
    "wider": ("{ functions(first: 1) { nodes { " + "id " * 2_000 + "} } }", "INVALID_DOCUMENT"),
    "many roots": ("{ " + " ".join(f"f{n}: functions(first: 1) {{ totalCount }}" for n in range(60)) + " }",
                   "TOO_COMPLEX"),
    "aliases": ("{ functions(first: 1) { nodes { " + " ".join(f"a{n}: name" for n in range(200)) + " } } }",
                "TOO_COMPLEX"),
    "directives": ("{ functions(first: 1) { totalCount " + "@include(if: true) " * 100 + "} }",
                   "TOO_COMPLEX"),
    "circular fragments": (_CIRCLE, "INVALID_DOCUMENT"),
    "fragments of fragments": (_laughs(30), "TOO_COMPLEX"),
    "20 KB of fields": ("{ functions(first: 1) { nodes { " + "name " * 4_000 + "} } }", "INVALID_DOCUMENT"),
    "20 KB of a comment": ("#" * 20_000 + "\n{ __typename }", "INVALID_DOCUMENT"),
    "many comments": ("#\n" * 5_000 + "{ __typename }", "INVALID_DOCUMENT"),
    "a long text": ('{ organization(code: "' + "长" * 25_000 + '") { id } }', "INVALID_DOCUMENT"),
    "huge first": ("{ functions(first: 2147483647) { totalCount } }", "INVALID_INPUT"),
    "greater first": ("{ functions(first: 99999999999999999999) { totalCount } }", "INVALID_DOCUMENT"),
    "negative first": ("{ functions(first: -1) { totalCount } }", "INVALID_INPUT"),
    "pages of pages": (_pages(), "TOO_COMPLEX"),
    "introspection loop": (_introspection(12), "TOO_COMPLEX"),
    "short introspection loop": (_introspection(3), "INVALID_DOCUMENT"),
    "introspection again and again": (
        "{ " + " ".join(f"s{n}: __schema {{ types {{ name }} }}" for n in range(3)) + " }",
        "TOO_COMPLEX",
    ),
    "wide introspection": ("{ __schema { types { " + " ".join(f"a{n}: name" for n in range(16)) + " } } }",
                           "TOO_COMPLEX"),
    "many variables": ("query (" + " ".join(f"$v{n}: Int" for n in range(300)) + ") { __typename }",
                       "INVALID_DOCUMENT"),
    "many operations": (" ".join(f"query q{n} {{ __typename }}" for n in range(150)), "TOO_COMPLEX"),
}  # fmt: skip


def _codes(answer: dict[str, Any]) -> set[str]:
    for error in answer["errors"]:
        assert {"code", "messageZh", "advice", "adviceZh"} == set(error["extensions"])
    return {error["extensions"]["code"] for error in answer["errors"]}


@pytest.mark.parametrize("name", _HOSTILE)
def test_a_hostile_document_is_refused_in_words(demo: Served, name: str) -> None:
    document, code = _HOSTILE[name]
    response = demo.anybody.post(document)
    assert response.status_code in {200, 400}
    assert code in _codes(response.json())
    assert not response.json().get("data") or set(response.json()["data"].values()) == {None}
    assert demo.anybody.data("{ __typename }") == {"__typename": "Query"}


@pytest.mark.parametrize("name", _HOSTILE)
def test_a_hostile_document_is_refused_over_a_socket_too(demo: Served, name: str) -> None:
    document, code = _HOSTILE[name]
    with connected(demo.anybody) as socket:
        socket.subscribe(document)
        message = socket.receive()
        told = {"errors": message["payload"]} if message["type"] == "error" else message["payload"]
        assert code in _codes(told)


@pytest.mark.parametrize(
    "body",
    [
        b"[" + b'{"query": "{ __typename }"},' * 500 + b'{"query": "{ __typename }"}]',
        b"[" * 150_000,
        b'{"query": "{ __typename }", "variables": ' + b'{"a":' * 20_000 + b"1" + b"}" * 20_000 + b"}",
        b'{"query": "{ __typename }", "operationName": "' + b"x" * 150_000 + b'"}',
    ],
    ids=["batch", "brackets", "nested variables", "long name"],
)
def test_a_hostile_body_is_refused_in_words(demo: Served, body: bytes) -> None:
    response = demo.anybody.http.post("/graphql", content=body, headers=_JSON)
    assert response.status_code == 400
    assert _codes(response.json()) <= {"INVALID_REQUEST", "INVALID_DOCUMENT"}
    assert len(response.content) < 2_000, "what was sent is not sent back"


def test_whoever_asks_beside_a_crowd_of_hostile_ones_is_answered(demo: Served) -> None:
    with concurrent.futures.ThreadPoolExecutor(8) as crowd:
        hostile = [crowd.submit(demo.anybody.ask, document) for document, _ in _HOSTILE.values()] * 2
        for _ in range(20):
            assert demo.viewer.data("{ functions(first: 1) { totalCount } }")["functions"]["totalCount"] > 0
        assert all(_codes(future.result()) for future in hostile)
