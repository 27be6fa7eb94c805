"""Registered documents: named by their hash, and alone allowed where the operator says so."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx2
import pytest
from graphql import OperationDefinitionNode, parse, validate

from graphql_api.access import Role, Viewer
from graphql_api.execution import core_of
from graphql_api.planner.lasting import lasts
from graphql_api.planner.operation import Question, plan_operation
from graphql_api.schema import build_schema
from graphql_api.trusted import UnreadableDocumentError, identifier, trusted_documents
from registry.store.postgres import EmbeddedPostgres
from tests.support.processes import REPOSITORY
from tests.support.sending import establish
from tests.support.serving import Client, Served, served_copy
from tests.support.socketing import connected

_FILES = sorted((REPOSITORY / "web" / "src" / "operations").rglob("*.graphql"))
_PARTNER = "query Partner($asOf: Date, $knownAt: DateTime) {\n  orgChart(asOf: $asOf, knownAt: $knownAt) {\n"
_PARTNER += "    knownAt\n    nodes {\n      organization {\n        name\n      }\n    }\n  }\n}\n"


def _text(name: str) -> str:
    (file,) = (file for file in _FILES if file.stem == name)
    return file.read_bytes().decode()


@pytest.fixture(scope="module")
def trusting(
    postgres: EmbeddedPostgres, demo_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """Give a server that answers registered documents only: the page's, and one of a partner's."""
    folder = tmp_path_factory.mktemp("documents")
    (folder / "partner.graphql").write_text(_PARTNER, encoding="utf-8")
    with served_copy(postgres, demo_template, documents="trusted", documents_dir=folder) as server:
        yield server


def _get(client: Client, document: str, variables: str = "", **headers: str) -> httpx2.Response:
    asked = {"documentId": identifier(document), **({"variables": variables} if variables else {})}
    return client.http.get("/graphql", params=asked, headers=headers)


def _code(response: httpx2.Response) -> str:
    (error,) = response.json()["errors"]
    assert set(error["extensions"]) == {"code", "messageZh", "advice", "adviceZh"}
    return str(error["extensions"]["code"])


def test_every_document_of_the_page_is_registered_under_its_hash() -> None:
    known = trusted_documents()
    assert len(_FILES) >= 18
    assert set(known) == {f"sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}" for file in _FILES}


@pytest.mark.parametrize("file", _FILES, ids=lambda file: file.stem)
def test_every_document_of_the_page_is_one_valid_operation(file: Path) -> None:
    document = parse(file.read_bytes().decode())
    assert validate(core_of(build_schema()), document) == []
    (operation,) = (d for d in document.definitions if isinstance(d, OperationDefinitionNode))
    assert operation.name is not None
    assert operation.name.value == file.stem


def _answers(client: Client, name: str, **variables: object) -> Any:  # noqa: ANN401 - as the document asks
    answer = client.post(_text(name), variables, operationName=name).json()
    assert "errors" not in answer, answer["errors"]
    return answer["data"]


def test_the_page_works_where_only_registered_documents_are_answered(trusting: Served) -> None:
    visitor, clerk, auditor = trusting.anybody, trusting.viewer, trusting.administrator
    chart = _answers(visitor, "Chart", asOf=None, knownAt=None, hierarchies=["PART_OF"])["orgChart"]
    unit = chart["nodes"][0]["organization"]["id"]
    assert (
        _answers(visitor, "Unit", id=unit, asOf=None, knownAt=None, staff=False)["organization"]["id"] == unit
    )
    assert _answers(clerk, "Unit", id=unit, asOf=None, knownAt=None, staff=True)["organization"]["id"] == unit
    days = {"from": "2018-01-01", "to": "2019-01-01"}
    assert _answers(visitor, "Changes", **days, knownAt=None)["changes"]
    assert _answers(visitor, "Search", text="科", first=5, asOf=None, knownAt=None)["search"]
    assert _answers(visitor, "Compliance", asOf=None, knownAt=None)["compliance"]
    assert _answers(auditor, "Audit", first=3, after=None, filter={})["auditLog"]["edges"]
    known = {"id": unit, "first": 1, "after": "2000-01-01T00:00:00Z", "asOf": None}
    assert _answers(auditor, "Beliefs", **known)["knowledge"] is not None
    for file in (file for file in _FILES if file.parent.name == "reports"):
        given = days if "$from" in file.read_text(encoding="utf-8") else {"asOf": None}
        staff = {"staff": True} if "$staff" in file.read_text(encoding="utf-8") else {}
        assert _answers(clerk, file.stem, **given, knownAt=None, **staff)["report"]


def test_the_page_s_spreadsheets_can_be_had_there_too(trusting: Served) -> None:
    response = trusting.administrator.http.get("/export/reports/party.xlsx")
    assert response.status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "{ __typename }",
        "{ organizations(first: 1) { totalCount } }",
        "{ __schema { types { name } } }",
        "{",
        "mutation { __typename }",
        _text("Chart") + " ",
    ],
)
def test_what_is_not_registered_is_not_answered_there(trusting: Served, query: str) -> None:
    response = trusting.administrator.post(query)
    assert (response.status_code, _code(response)) == (400, "UNTRUSTED_DOCUMENT")
    assert _code(trusting.administrator.http.get("/graphql", params={"query": query})) == "UNTRUSTED_DOCUMENT"


def test_what_is_not_registered_is_not_followed_there(trusting: Served) -> None:
    with connected(trusting.administrator) as socket:
        socket.subscribe("subscription { events { position } }")
        message = socket.receive()
        assert message["type"] == "error"
        assert message["payload"][0]["extensions"]["code"] == "UNTRUSTED_DOCUMENT"
    headers = {"accept": "text/event-stream", "content-type": "application/json"}
    content = b'{"query": "subscription { events { position } }"}'
    told = trusting.administrator.http.post("/graphql", content=content, headers=headers)
    assert "UNTRUSTED_DOCUMENT" in told.text


def test_a_partner_s_document_is_answered_by_its_name(trusting: Served) -> None:
    by_post = trusting.anybody.http.post("/graphql", json={"documentId": identifier(_PARTNER)})
    by_get = _get(trusting.anybody, _PARTNER)
    assert by_post.json()["data"] == by_get.json()["data"]
    assert len(by_get.json()["data"]["orgChart"]["nodes"]) > 10
    with connected(trusting.anybody) as socket:
        message = {"id": "1", "type": "subscribe", "payload": {"documentId": identifier(_PARTNER)}}
        socket.send(message)
        assert socket.take(1)[0] == by_post.json()["data"]


@pytest.mark.parametrize("name", ["sha256:" + "0" * 64, "Chart", "", "sha256:", "md5:0"])
def test_an_unknown_name_is_refused(demo: Served, name: str) -> None:
    response = demo.anybody.http.post("/graphql", json={"documentId": name})
    assert (response.status_code, _code(response)) == (404, "UNKNOWN_DOCUMENT")


def test_names_are_of_use_where_any_document_is_answered(demo: Served) -> None:
    variables = '{"asOf":null,"knownAt":null,"hierarchies":["PART_OF"]}'
    answer = _get(demo.anybody, _text("Chart"), variables).json()
    assert len(answer["data"]["orgChart"]["nodes"]) > 10


def test_an_answer_is_known_again_by_its_tag(register: Served) -> None:
    variables = '{"asOf":"2020-01-01"}'
    document = _text("ComplianceReport")
    first = _get(register.anybody, document, variables)
    assert first.headers["cache-control"] == "public, no-cache"
    assert set(first.headers["vary"].split(", ")) >= {"Authorization", "Cookie", "Accept", "Accept-Encoding"}
    assert first.json()["extensions"]["cost"]["requested"] > 0
    tag = first.headers["etag"]
    for given in (tag, f'W/"other", {tag}', "*"):
        again = _get(register.anybody, document, variables, **{"if-none-match": given})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert again.headers["cache-control"] == "public, no-cache"
    assert _get(register.anybody, document, variables, **{"if-none-match": '"other"'}).status_code == 200
    establish(register.administrator, "某学会", "SOCIETY")
    changed = _get(register.anybody, document, variables, **{"if-none-match": tag})
    assert (changed.status_code, changed.headers["etag"] == tag) == (200, False)


def test_encodings_share_a_tag(demo: Served) -> None:
    variables = '{"hierarchies":["PART_OF"],"asOf":"2018-01-01"}'
    plain = _get(demo.anybody, _text("Chart"), variables, **{"accept-encoding": "identity"})
    small = _get(demo.anybody, _text("Chart"), variables, **{"accept-encoding": "gzip"})
    assert plain.headers["etag"] == small.headers["etag"]
    assert plain.headers["etag"].startswith('W/"')


def test_what_somebody_with_rights_sees_is_kept_by_nobody_else(demo: Served) -> None:
    variables = '{"hierarchies":["PART_OF"],"asOf":"2018-01-01","knownAt":"2999-01-01T00:00:00Z"}'
    response = _get(demo.viewer, _text("Chart"), variables)
    assert response.headers["cache-control"] == "private, no-cache"


def test_an_answer_with_errors_is_not_kept(demo: Served) -> None:
    response = _get(demo.anybody, _text("Audit"), '{"first":1}')
    assert _code(response) == "FORBIDDEN"
    assert response.headers["cache-control"] == "no-store"
    assert "etag" not in response.headers


def test_only_what_was_known_of_given_days_lasts(register: Served) -> None:
    known = register.anybody.data("{ orgChart { knownAt } }")["orgChart"]["knownAt"]
    document, days = _text("Changes"), '"from":"2019-01-01","to":"2020-01-01"'
    lasting = f'{{{days},"knownAt":"{known}"}}'
    first = _get(register.anybody, document, lasting)
    assert first.headers["cache-control"] == "public, max-age=86400, immutable"
    for variables in (f"{{{days}}}", f'{{{days},"knownAt":"2999-01-01T00:00:00Z"}}'):
        assert _get(register.anybody, document, variables).headers["cache-control"] == "public, no-cache"
    # Nothing that is recorded later changes it, though it changes what is believed of those days.
    before = _get(register.anybody, document, f"{{{days}}}")
    establish(register.administrator, "某学会", "SOCIETY", effectiveOn="2019-06-01")
    assert _get(register.anybody, document, f"{{{days}}}").content != before.content
    again = _get(register.anybody, document, lasting)
    assert (again.content, again.headers["etag"]) == (first.content, first.headers["etag"])


@pytest.mark.parametrize(
    ("selection", "last"),
    [
        ("orgChart(asOf: $d, knownAt: $k) { asOf knownAt nodes { organization { name code } } }", True),
        ("organizations(first: 5, asOf: $d, knownAt: $k) { nodes { children { hierarchy } } }", True),
        ('changes(from: "2018-01-01", to: $d, knownAt: $k) { established { name } }', True),
        ("a: functions(first: 5, asOf: $d, knownAt: $k) { totalCount } __typename", True),
        ("orgChart(asOf: $d, knownAt: $k) { position }", False),
        ("orgChart(asOf: $d) { knownAt }", False),
        ("orgChart(knownAt: $k) { asOf }", False),
        ("organizations(first: 5, asOf: $d, knownAt: $k) { nodes { history { name } } }", False),
        ("organizations(first: 5, asOf: $d, knownAt: $k) { nodes { history { validFrom } } }", False),
        ('organization(code: "x", asOf: $d, knownAt: $k) { history(beliefs: true) { name } }', False),
        ("auditLog(first: 5) { totalCount }", False),
        ("functions(first: 5, asOf: $d, knownAt: $k) { totalCount } b: orgChart { asOf }", False),
    ],
)  # fmt: skip
def test_what_lasts_is_told_by_what_is_read(selection: str, last: bool) -> None:  # noqa: FBT001 - a parameter of the test
    core = core_of(build_schema())
    document = parse(f"query ($d: Date!, $k: DateTime!) {{ {selection} }}")
    variables = {"d": "2018-06-01", "k": "2020-01-01T00:00:00Z"}
    viewer = Viewer.of(Role.AUDITOR, "auditor")
    question = Question(document, None, variables, viewer, date(2026, 6, 30))
    plan = plan_operation(core, question)
    assert plan is not None
    assert plan.problems == {}
    assert (lasts(core, question, plan) is not None) == last


def test_a_file_that_is_no_document_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "wrong.graphql").write_bytes(b"\xff")
    with pytest.raises(UnreadableDocumentError, match=r"wrong\.graphql"):
        trusted_documents(tmp_path)
    (tmp_path / "wrong.graphql").write_text("#" * 20_001, encoding="utf-8")
    with pytest.raises(UnreadableDocumentError, match="20000 characters"):
        trusted_documents(tmp_path)
