"""What goes over HTTP: one JSON operation by POST, told by status, headers and ids."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator

import asyncpg
import httpx2
import pytest
from structlog.testing import capture_logs

from graphql_api.body import BODY_BYTES
from tests.support.serving import Answer, Client, Served

_TRIVIAL = {"query": "{ __typename }"}
_JSON = {"content-type": "application/json"}


def _problem(response: httpx2.Response) -> str:
    (error,) = response.json()["errors"]
    assert set(error["extensions"]) == {"code", "messageZh", "advice", "adviceZh"}
    return str(error["extensions"]["code"])


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "text/plain; application/json",
        "",
    ],
)
def test_what_a_page_elsewhere_can_send_unasked_is_refused(demo: Served, content_type: str) -> None:
    headers = {"content-type": content_type, "authorization": f"Bearer {demo.administrator.token}"}
    response = demo.anybody.http.post("/graphql", content=b'{"query": "{ __typename }"}', headers=headers)
    assert response.status_code == 415
    assert _problem(response) == "UNSUPPORTED_MEDIA_TYPE"


def test_a_form_of_a_page_elsewhere_is_refused_and_json_is_no_form(demo: Served) -> None:
    headers = {"content-type": "multipart/form-data; boundary=x"}
    content = b'{"query": "{ __typename }"}'
    response = demo.administrator.http.post("/graphql", content=content, headers=headers)
    assert (response.status_code, _problem(response)) == (400, "INVALID_UPLOAD")
    headers["origin"] = "https://elsewhere.example"
    response = demo.administrator.http.post("/graphql", content=content, headers=headers)
    assert (response.status_code, _problem(response)) == (403, "CROSS_SITE")


def test_a_query_is_answered_by_get(demo: Served) -> None:
    response = demo.anybody.http.get("/graphql", params=_TRIVIAL)
    assert (response.status_code, response.json()["data"]) == (200, {"__typename": "Query"})
    assert response.headers["cache-control"] == "no-store"
    head = demo.anybody.http.head("/graphql", params=_TRIVIAL)
    assert (head.status_code, head.content) == (200, b"")


def test_a_command_is_not_carried_out_by_get(demo: Served) -> None:
    response = demo.administrator.http.get("/graphql", params={"query": "mutation { __typename }"})
    assert (response.status_code, _problem(response)) == (405, "METHOD_NOT_ALLOWED")
    assert response.headers["allow"] == "GET, HEAD, POST"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
def test_other_methods_are_refused(demo: Served, method: str) -> None:
    response = demo.anybody.http.request(method, "/graphql", json=_TRIVIAL)
    assert (response.status_code, _problem(response)) == (405, "METHOD_NOT_ALLOWED")


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://elsewhere.example"},
        {"origin": "null", "sec-fetch-site": "same-origin"},
    ],
)
def test_no_page_elsewhere_asks_by_get(demo: Served, headers: dict[str, str]) -> None:
    response = demo.anybody.http.get("/graphql", params=_TRIVIAL, headers=headers)
    assert (response.status_code, _problem(response)) == (403, "CROSS_SITE")


@pytest.mark.parametrize(
    "address",
    [
        "/graphql",
        "/graphql?query=",
        "/graphql?query={__typename}&query={__typename}",
        "/graphql?query={__typename}&variables=5",
        "/graphql?query={__typename}&variables={",
        "/graphql?query={__typename}&documentId=sha256:0",
    ],
)
def test_an_address_that_is_no_operation_is_refused(demo: Served, address: str) -> None:
    response = demo.anybody.http.get(address)
    assert (response.status_code, _problem(response)) == (400, "INVALID_REQUEST")


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("application/graphql-response+json", "application/graphql-response+json"),
        ("application/json;q=0.9, application/graphql-response+json", "application/graphql-response+json"),
        ("application/graphql-response+json;q=0.1, application/json", "application/json"),
        ("application/graphql-response+json;q=0", "application/json"),
        ("application/graphql-response+json;q=x", "application/json"),
        ("*/*", "application/json"),
        ("image/png", "application/json"),
        ("", "application/json"),
    ],
)
def test_the_type_that_the_client_likes_best_is_sent(demo: Served, accept: str, media_type: str) -> None:
    response = demo.anybody.http.post("/graphql", json=_TRIVIAL, headers={"accept": accept})
    assert response.headers["content-type"] == f"{media_type}; charset=utf-8"


def test_a_body_in_another_alphabet_is_refused(demo: Served) -> None:
    headers = {"content-type": "application/json; charset=gb18030"}
    response = demo.anybody.http.post("/graphql", content=b'{"query": "{ __typename }"}', headers=headers)
    assert (response.status_code, _problem(response)) == (415, "UNSUPPORTED_MEDIA_TYPE")
    named = {"content-type": 'application/json; charset="UTF-8"'}
    content = b'{"query": "{ __typename }"}'
    assert demo.anybody.http.post("/graphql", content=content, headers=named).status_code == 200


def test_a_subscription_is_not_answered_in_one_piece(demo: Served) -> None:
    response = demo.administrator.post("subscription { events { position } }")
    assert (response.status_code, _problem(response)) == (400, "INVALID_REQUEST")


@pytest.mark.parametrize(
    ("accept", "encoding"),
    [("gzip", "gzip"), ("gzip, zstd", "zstd"), ("gzip;q=1, zstd;q=0.5", "gzip"), ("br, *;q=0.1", "zstd"),
     ("identity", None), ("gzip;q=0", None)],
)  # fmt: skip
def test_a_long_answer_is_compressed_as_the_client_likes_best(
    demo: Served, accept: str, encoding: str | None
) -> None:
    chart = {"query": "{ orgChart { nodes { depth organization { id name kind } } } }"}
    plain = demo.anybody.http.post("/graphql", json=chart, headers={"accept-encoding": "identity"})
    response = demo.anybody.http.post("/graphql", json=chart, headers={"accept-encoding": accept})
    assert response.headers.get("content-encoding") == encoding
    assert "Accept-Encoding" in response.headers["vary"]
    assert response.json()["data"] == plain.json()["data"]
    shorter = int(response.headers["content-length"]) < int(plain.headers["content-length"]) / 2
    assert shorter == (encoding is not None)
    short = demo.anybody.http.post("/graphql", json=_TRIVIAL, headers={"accept-encoding": accept})
    assert "content-encoding" not in short.headers


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"5",
        b'"text"',
        b"null",
        b"[]",
        b'[{"query": "{ __typename }"}]',
        b'{"query": 5}',
        b'{"query": "{ __typename }", "variables": []}',
        b'{"query": "{ __typename }", "extensions": 1}',
        b'{"variables": {}}',
        b"[" * 100_000,
        b'{"query": "\\ud800"}',
    ],
)
def test_a_body_that_is_no_operation_is_refused(demo: Served, body: bytes) -> None:
    response = demo.anybody.http.post("/graphql", content=body, headers=_JSON)
    assert response.status_code == 400
    assert _problem(response) == "INVALID_REQUEST"


@pytest.mark.parametrize("operation_name", ["Unknown", "", 5, {"a": 1}])
def test_an_unknown_operation_is_refused(demo: Served, operation_name: object) -> None:
    response = demo.anybody.post("query A { __typename }", None, operationName=operation_name)
    assert response.status_code == 400
    assert _problem(response) in {"INVALID_REQUEST", "INVALID_DOCUMENT"}


def test_a_long_body_is_refused_declared_or_not(demo: Served) -> None:
    long = b'{"query": "{ __typename }", "more": "' + b"x" * BODY_BYTES + b'"}'
    declared = demo.anybody.http.post("/graphql", content=long, headers=_JSON)
    assert declared.status_code == 413
    assert _problem(declared) == "BODY_TOO_LONG"

    def chunks() -> Iterator[bytes]:
        for start in range(0, len(long), 10_000):
            yield long[start : start + 10_000]

    streamed = demo.anybody.http.post("/graphql", content=chunks(), headers=_JSON)
    assert streamed.status_code == 413
    assert _problem(streamed) == "BODY_TOO_LONG"


def test_a_body_of_the_greatest_length_is_taken(demo: Served) -> None:
    start, end = b'{"query": "{ __typename }", "more": "', b'"}'
    body = start + b"x" * (BODY_BYTES - len(start) - len(end)) + end
    assert demo.anybody.http.post("/graphql", content=body, headers=_JSON).status_code == 200


def test_an_answer_is_of_the_type_asked_for_and_is_not_kept(demo: Served) -> None:
    response = demo.anybody.post("{ __typename }")
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/graphql-response+json; charset=utf-8"
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-content-type-options"] == "nosniff"
    answer = response.json()
    assert answer["data"] == {"__typename": "Query"}
    assert list(answer) == ["data", "extensions"]
    assert set(answer["extensions"]["cost"]) == {"requested", "limit", "perMinute"}


def test_a_field_without_an_answer_is_no_wrong_request(demo: Served) -> None:
    response = demo.anybody.post('{ organization(id: "no id") { id } }')
    assert response.status_code == 200
    assert response.json()["data"] == {"organization": None}
    assert _problem(response) == "INVALID_INPUT"


def test_a_request_id_is_given_back_and_made_when_missing(demo: Served) -> None:
    given = demo.anybody.http.post("/graphql", json=_TRIVIAL, headers={"x-request-id": "clerk-17"})
    assert given.headers["x-request-id"] == "clerk-17"
    made = demo.anybody.http.post("/graphql", json=_TRIVIAL)
    assert len(made.headers["x-request-id"]) >= 32
    unfit = demo.anybody.http.post("/graphql", json=_TRIVIAL, headers={"x-request-id": "x" * 101})
    assert unfit.headers["x-request-id"] != "x" * 101


@pytest.mark.parametrize("page", ["/", "/graphiql"])
def test_pages_allow_nothing_from_elsewhere(demo: Served, page: str) -> None:
    response = demo.anybody.http.get(page)
    if response.status_code == 404:
        pytest.skip("the page is not built")
    policy = response.headers["content-security-policy"]
    assert {"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"} <= {
        part.strip() for part in policy.split(";")
    }
    assert ("'unsafe-inline'" in policy) == (page == "/graphiql")
    assert response.headers["x-content-type-options"] == "nosniff"


def test_a_fault_inside_is_told_by_an_id_that_the_log_has(register: Served) -> None:
    asyncio.run(_execute(register.database_url, "DROP TABLE projection_1.function CASCADE"))
    with capture_logs() as logs:
        response = register.anybody.post("{ functions(first: 1) { totalCount } }")
    assert response.status_code == 200
    answer = response.json()
    assert answer["data"] is None
    (error,) = answer["errors"]
    assert error["extensions"]["code"] == "INTERNAL"
    (line,) = [line for line in logs if line["event"] == "internal error"]
    assert line["error_id"] in error["message"]
    assert isinstance(line["exc_info"], asyncpg.UndefinedTableError)
    assert "relation" not in response.text
    assert "asyncpg" not in response.text


def test_a_slow_question_is_ended(register: Served) -> None:
    lock = "BEGIN; LOCK TABLE projection_1.instrument IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(8); ROLLBACK"
    error = asyncio.run(_while_locked(register, lock))
    assert error["extensions"]["code"] == "TIMEOUT"


async def _while_locked(register: Served, lock: str) -> Answer:
    connection = await asyncpg.connect(register.database_url)
    locking = asyncio.create_task(connection.execute(lock))
    await asyncio.sleep(0.5)
    try:
        return await asyncio.to_thread(register.anybody.problem, "{ instruments(first: 1) { totalCount } }")
    finally:
        locking.cancel()
        connection.terminate()


def test_alive_and_ready(register: Served) -> None:
    http = register.anybody.http
    assert http.get("/healthz").json() == {"status": "alive"}
    ready = http.get("/readyz")
    assert (ready.status_code, ready.json()) == (200, {"status": "ready", "problems": []})


def test_not_ready_when_the_projections_are_of_another_version(register: Served) -> None:
    asyncio.run(
        _execute(
            register.database_url,
            "INSERT INTO registry.projection (name, fingerprint) VALUES ('elsewhere', 'another')",
            "UPDATE registry.head SET projections = 'elsewhere'",
        )
    )
    response = register.anybody.http.get("/readyz")
    assert response.status_code == 503
    assert "another version" in response.json()["problems"][0]
    response = register.administrator.post("{ organizations(first: 1) { totalCount } }")
    assert response.json()["errors"][0]["extensions"]["code"] == "PROJECTIONS_MOVED"


def test_not_ready_when_a_migration_is_missing(register: Served) -> None:
    asyncio.run(_execute(register.database_url, "DELETE FROM registry.migration"))
    response = register.anybody.http.get("/readyz")
    assert response.status_code == 503
    assert "migration" in response.json()["problems"][0]


def test_a_token_that_is_nobodys_is_anybody(demo: Served) -> None:
    stranger = Client(demo.url, "kexie_not-a-token")
    try:
        assert stranger.problem("{ auditLog(first: 1) { totalCount } }")["extensions"]["code"] == "FORBIDDEN"
        assert stranger.data("{ functions(first: 1) { totalCount } }")["functions"]["totalCount"] > 0
    finally:
        stranger.http.close()


async def _execute(url: str, *statements: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


def test_nothing_of_a_refused_question_is_logged_as_a_fault(
    demo: Served, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        demo.anybody.post("{ auditLog(first: 1) { totalCount } nothing }")
        demo.anybody.post("{ auditLog(first: 1) { totalCount } }")
    assert caplog.records == []
