"""Many operations over one stream of server-sent events: whose it is, how many, and how each of them ends."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from graphql_api import keys
from registry.store.postgres import EmbeddedPostgres
from tests.support.database import ask
from tests.support.provider import TestProvider
from tests.support.sending import establish
from tests.support.serving import Client, Served, served_copy
from tests.support.signing_in import Browser, desk, own_page
from tests.support.standby import until

_TOKEN = "x-graphql-event-stream-token"  # noqa: S105 - the name of a header
_STREAM = {"accept": "text/event-stream"}
_FUNCTIONS = "{ functions(first: 1) { totalCount } }"
_EVENTS = "subscription ($after: Position! = 0) { events(after: $after) { position } }"
_NEVER = {"after": 2**40}
"""An operation that has nothing to tell, and goes on."""


@pytest.fixture(scope="module")
def frugal(postgres: EmbeddedPostgres, demo_template: str) -> Iterator[Served]:
    """Give a server that allows five streams and operations at a time, three of them over one stream."""
    with served_copy(
        postgres, demo_template, streams_per_caller=5, operations_per_socket=3, position_seconds=0.1
    ) as server:
        yield server


@pytest.fixture(scope="module")
def hasty(postgres: EmbeddedPostgres, demo_template: str) -> Iterator[Served]:
    """Give a server where a reservation is good for a moment."""
    with served_copy(
        postgres, demo_template, streams_per_caller=3, operations_per_socket=2, socket_init_seconds=0.3
    ) as server:
        yield server


def _code(response: httpx2.Response) -> tuple[int, str]:
    error, *_ = response.json()["errors"]
    assert set(error["extensions"]) == {"code", "messageZh", "advice", "adviceZh"}
    return response.status_code, error["extensions"]["code"]


def _reserve(client: Client) -> str:
    response = client.http.put("/graphql")
    assert response.status_code == 201, response.text
    assert response.headers["content-type"].startswith("text/plain")
    assert response.headers["cache-control"] == "no-store"
    return response.text


def _begin(
    client: Client,
    token: str,
    identity: object,
    query: str = _EVENTS,
    **more: Any,  # noqa: ANN401 - whatever JSON holds
) -> httpx2.Response:
    extensions = {"operationId": identity, **more.pop("extensions", {})}
    body = {"query": query, "extensions": extensions, **more}
    return client.http.post("/graphql", json=body, headers={_TOKEN: token})


def _end(client: Client, token: str, identity: str) -> httpx2.Response:
    return client.http.delete("/graphql", params={"operationId": identity}, headers={_TOKEN: token})


class _Stream:
    """A stream that is read message by message."""

    def __init__(self, response: httpx2.Response) -> None:
        self.response = response
        self._lines = response.iter_lines()

    def take(self) -> tuple[str, dict[str, Any]]:
        """Return the next message: its event, and its data."""
        for line in self._lines:
            if line.startswith("event: "):
                data = next(self._lines)
                return line.removeprefix("event: "), json.loads(data.removeprefix("data: "))
        pytest.fail("the stream has ended")

    def answer(self, identity: str) -> dict[str, Any]:
        """Return the one answer of an operation, which is complete then."""
        name, data = self.take()
        assert (name, data["id"]) == ("next", identity)
        assert self.take() == ("complete", {"id": identity})
        payload: dict[str, Any] = data["payload"]
        return payload


@contextlib.contextmanager
def _opened(client: Client, token: str) -> Iterator[_Stream]:
    """Open a stream, and see at the end that nothing of it is counted any more."""
    with client.http.stream("GET", "/graphql", headers={_TOKEN: token, **_STREAM}) as response:
        assert response.status_code == 200
        assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
        yield _Stream(response)
    _is_gone(client, token)


def _is_gone(client: Client, token: str) -> None:
    """Wait until a token is nobody's any more."""
    until(lambda: _end(client, token, "any").status_code == 404)


@contextlib.contextmanager
def _followed(client: Client) -> Iterator[tuple[str, _Stream]]:
    """Give a stream that is open, and its token."""
    token = _reserve(client)
    with _opened(client, token) as stream:
        yield token, stream


def test_what_is_begun_before_the_stream_is_open_is_told_when_it_is(demo: Served) -> None:
    token = _reserve(demo.viewer)
    response = _begin(demo.viewer, token, "early", _FUNCTIONS)
    assert (response.status_code, response.content) == (202, b"")
    with _opened(demo.viewer, token) as stream:
        assert stream.answer("early")["data"]["functions"]["totalCount"] > 0


def test_a_stream_is_found_by_a_parameter_as_browsers_need_it(demo: Served) -> None:
    token = _reserve(demo.viewer)
    with demo.viewer.http.stream("GET", "/graphql", params={"token": token}, headers=_STREAM) as response:
        stream = _Stream(response)
        body = {"query": _FUNCTIONS, "extensions": {"operationId": "one"}}
        assert demo.viewer.http.post("/graphql", params={"token": token}, json=body).status_code == 202
        assert stream.answer("one")["data"]
        address = f"/graphql?token={token}&operationId=one"
        assert demo.viewer.http.delete(address).status_code == 200
    _is_gone(demo.viewer, token)


def test_nobody_does_anything_with_the_token_of_another(demo: Served) -> None:
    with _followed(demo.administrator) as (token, stream):
        assert _begin(demo.administrator, token, "mine", variables=_NEVER).status_code == 202
        for stranger in (demo.viewer, demo.anybody, demo.colleague):
            tried = (
                stranger.http.get("/graphql", headers={_TOKEN: token, **_STREAM}),
                _begin(stranger, token, "theirs", _FUNCTIONS),
                _end(stranger, token, "mine"),
                # What is not theirs is not told from what nobody has.
                _begin(stranger, "x" * 43, "theirs", _FUNCTIONS),
            )
            assert {_code(response) for response in tried} == {(404, "UNKNOWN_STREAM")}
            assert len({response.text for response in tried}) == 1
        assert _begin(demo.administrator, token, "more", _FUNCTIONS).status_code == 202
        assert stream.answer("more")["data"]
        # Still under way, whoever tried to end it.
        assert _code(_begin(demo.administrator, token, "mine")) == (409, "OPERATION_UNDER_WAY")


def test_a_second_stream_on_a_token_is_refused_and_the_first_goes_on(demo: Served) -> None:
    with _followed(demo.viewer) as (token, stream):
        for _ in range(2):
            response = demo.viewer.http.get("/graphql", headers={_TOKEN: token, **_STREAM})
            assert _code(response) == (409, "STREAM_OPEN")
        assert _begin(demo.viewer, token, "one", _FUNCTIONS).status_code == 202
        assert stream.answer("one")["data"]


def test_a_token_is_good_for_one_stream(demo: Served) -> None:
    with _followed(demo.viewer) as (token, _):
        pass
    again = demo.viewer.http.get("/graphql", headers={_TOKEN: token, **_STREAM})
    assert _code(again) == (404, "UNKNOWN_STREAM")
    assert _code(_begin(demo.viewer, token, "one", _FUNCTIONS)) == (404, "UNKNOWN_STREAM")
    # Nor does it serve to reserve: what a client names is not taken.
    anew = demo.viewer.http.put("/graphql", headers={_TOKEN: token})
    assert (anew.status_code, anew.text != token) == (201, True)
    with _opened(demo.viewer, anew.text):
        pass


def test_a_reservation_that_nobody_opens_is_given_up_with_what_was_begun(hasty: Served) -> None:
    clerk = hasty.administrator
    for _ in range(3):
        token = _reserve(clerk)
        for identity in ("one", "two"):
            assert _begin(clerk, token, identity, variables=_NEVER).status_code == 202
        # Three are counted, which is all that there may be.
        assert _code(clerk.http.put("/graphql")) == (429, "TOO_MANY_STREAMS")
        _is_gone(clerk, token)
        late = clerk.http.get("/graphql", headers={_TOKEN: token, **_STREAM})
        assert _code(late) == (404, "UNKNOWN_STREAM")
        until(lambda: _is_free(clerk, 3))


def _is_free(client: Client, count: int) -> bool:
    """Say whether so many streams can be reserved; what was tried is given up by itself."""
    with contextlib.ExitStack() as stack:
        for _ in range(count):
            response = client.http.put("/graphql")
            if response.status_code != 201:
                return False
            headers = {_TOKEN: response.text, **_STREAM}
            # Left first, looked for then.
            stack.callback(_is_gone, client, response.text)
            stack.enter_context(client.http.stream("GET", "/graphql", headers=headers))
    return True


def test_a_stream_that_is_open_lasts_beyond_its_reservation(hasty: Served) -> None:
    with _followed(hasty.administrator) as (token, stream):
        # Another one, reserved later, has run out by now.
        _is_gone(hasty.administrator, _reserve(hasty.administrator))
        assert _begin(hasty.administrator, token, "late", _FUNCTIONS).status_code == 202
        assert stream.answer("late")["data"]


def test_one_stream_and_one_caller_carry_only_so_many_operations(frugal: Served) -> None:
    clerk = frugal.administrator
    with _followed(clerk) as (token, stream), _followed(clerk) as (second, _):
        for identity in ("one", "two", "three"):
            assert _begin(clerk, token, identity, variables=_NEVER).status_code == 202
        assert _code(_begin(clerk, token, "four", _FUNCTIONS)) == (429, "TOO_MANY_STREAMS")
        # Two streams and three operations are all that the caller may have, by any way.
        assert _code(_begin(clerk, second, "one", _FUNCTIONS)) == (429, "TOO_MANY_STREAMS")
        assert _code(clerk.http.put("/graphql")) == (429, "TOO_MANY_STREAMS")
        body = {"query": _FUNCTIONS}
        assert _code(clerk.http.post("/graphql", json=body, headers=_STREAM)) == (429, "TOO_MANY_STREAMS")
        # Others are not concerned, and what has ended makes room.
        assert _begin(frugal.viewer, _reserve(frugal.viewer), "one", _FUNCTIONS).status_code == 202
        assert _end(clerk, token, "two").status_code == 200
        until(lambda: _begin(clerk, token, "four", _FUNCTIONS).status_code == 202)
        assert stream.answer("four")["data"]
    until(lambda: _is_free(clerk, 5))


def test_who_hangs_up_frees_the_stream_and_its_operations(frugal: Served) -> None:
    clerk = frugal.administrator
    for _ in range(4):
        with _followed(clerk) as (token, _):
            for identity in ("one", "two", "three"):
                assert _begin(clerk, token, identity, variables=_NEVER).status_code == 202
    until(lambda: _is_free(clerk, 5))


def test_an_operation_that_is_ended_tells_no_more_and_the_others_go_on(register: Served) -> None:
    clerk = register.administrator
    position = clerk.data("{ orgChart { position } }")["orgChart"]["position"]
    with _followed(clerk) as (token, stream):
        for identity in ("one", "two"):
            assert _begin(clerk, token, identity, variables={"after": position}).status_code == 202
        establish(clerk, "某学会", "SOCIETY")
        assert sorted(stream.take()[1]["id"] for _ in range(2)) == ["one", "two"]
        assert _end(clerk, token, "one").status_code == 200
        # One that has ended, or never was, is ended all the same: the client cannot know.
        assert [_end(clerk, token, name).status_code for name in ("one", "none", "x" * 100)] == [200] * 3
        establish(clerk, "另一学会", "SOCIETY")
        name, data = stream.take()
        assert (name, data["id"]) == ("next", "two")
        assert data["payload"]["data"]["events"]["position"] == position + 2
        # Its id may be used again.
        assert _begin(clerk, token, "one", _FUNCTIONS).status_code == 202
        assert stream.answer("one")["data"]


@pytest.mark.parametrize("identity", [None, "", "x" * 101, 5, [], {}])
def test_an_operation_without_a_name_is_refused(demo: Served, identity: object) -> None:
    with _followed(demo.viewer) as (token, _):
        assert _code(_begin(demo.viewer, token, identity, _FUNCTIONS)) == (400, "INVALID_REQUEST")
        assert _code(demo.viewer.http.delete("/graphql", headers={_TOKEN: token})) == (400, "INVALID_REQUEST")


def test_a_name_that_is_taken_is_refused(demo: Served) -> None:
    with _followed(demo.administrator) as (token, _):
        assert _begin(demo.administrator, token, "one", variables=_NEVER).status_code == 202
        assert _code(_begin(demo.administrator, token, "one")) == (409, "OPERATION_UNDER_WAY")
        assert _end(demo.administrator, token, "one").status_code == 200
        assert _begin(demo.administrator, token, "one", variables=_NEVER).status_code == 202


def test_what_is_wrong_with_a_request_is_told_by_status_and_what_is_not_allowed_by_the_stream(
    frugal: Served,
) -> None:
    with _followed(frugal.viewer) as (token, stream):
        late = _begin(frugal.viewer, token, "one", _FUNCTIONS, extensions={"minPosition": 2**62})
        assert _code(late) == (503, "POSITION_NOT_REACHED")
        for wrong in ("{", "{ nothing }", "{ a: __typename @defer }"):
            status, code = _code(_begin(frugal.viewer, token, "one", wrong))
            assert (status, code) in {(400, "INVALID_DOCUMENT"), (400, "NOT_INCREMENTAL")}
        assert _code(_begin(frugal.viewer, token, "one", 5)) == (400, "INVALID_REQUEST")  # type: ignore[arg-type]  # what a client may send
        unnamed = "query A { __typename } query B { __typename }"
        for query, code in ((_EVENTS, "FORBIDDEN"), (unnamed, "INVALID_DOCUMENT")):
            # The name is free each time, whatever was wrong before.
            assert _begin(frugal.viewer, token, "one", query).status_code == 202
            assert stream.answer("one")["errors"][0]["extensions"]["code"] == code


def test_commands_come_by_post_only(demo: Served) -> None:
    with _followed(demo.administrator) as (token, stream):
        given = {"query": "mutation { __typename }", "extensions": json.dumps({"operationId": "one"})}
        response = demo.administrator.http.get("/graphql", params=given, headers={_TOKEN: token})
        assert response.status_code == 202
        (error,) = stream.answer("one")["errors"]
        assert error["extensions"]["code"] == "INVALID_DOCUMENT"
        for method in ("HEAD", "PATCH"):
            response = demo.administrator.http.request(method, "/graphql", headers={_TOKEN: token, **_STREAM})
            assert response.status_code == 405


@pytest.mark.parametrize(
    "headers", [{"origin": "https://elsewhere.example"}, {"sec-fetch-site": "cross-site"}]
)
def test_a_page_from_elsewhere_reserves_and_follows_nothing(demo: Served, headers: dict[str, str]) -> None:
    token = _reserve(demo.viewer)
    http, told = demo.viewer.http, {_TOKEN: token, **headers}
    tried = (
        http.put("/graphql", headers=headers),
        http.get("/graphql", headers={**told, **_STREAM}),
        http.post("/graphql", json={"query": _FUNCTIONS}, headers=told),
        http.delete("/graphql?operationId=one", headers=told),
    )
    assert {_code(response) for response in tried} == {(403, "CROSS_SITE")}


def test_a_revoked_key_ends_what_it_began(register: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "REMEMBERED_SECONDS", 0.0)
    clerk = register.administrator
    position = clerk.data("{ orgChart { position } }")["orgChart"]["position"]
    with clerk.http.stream(
        "GET", "/graphql", headers={_TOKEN: (token := _reserve(clerk)), **_STREAM}
    ) as response:
        stream = _Stream(response)
        assert _begin(clerk, token, "one", variables={"after": position}).status_code == 202
        establish(clerk, "某学会", "SOCIETY")
        assert stream.take()[1]["payload"]["data"]["events"]["position"] == position + 1
        ask(register.database_url, "UPDATE registry.api_key SET revoked_at = clock_timestamp()")
        name, data = stream.take()
        assert (name, data["payload"]["errors"][0]["extensions"]["code"]) == ("next", "FORBIDDEN")
        assert stream.take() == ("complete", {"id": "one"})
        # The stream is no longer theirs: nothing can be begun on it.
        assert _begin(clerk, token, "two", _FUNCTIONS).status_code in {401, 404}


def test_who_has_spent_all_begins_nothing(postgres: EmbeddedPostgres, demo_template: str) -> None:
    with served_copy(postgres, demo_template, cost_per_minute=1_000) as poor:
        token = _reserve(poor.viewer)
        # A chart counts as 500 units, so this takes the caller far below nothing.
        chart = "{ orgChart { nodes { depth organization { id name kind status code } } } }"
        assert "data" in poor.viewer.ask(chart)
        response = _begin(poor.viewer, token, "one", _FUNCTIONS)
        assert _code(response) == (429, "BUDGET_SPENT")
        assert int(response.headers["retry-after"]) > 0


def test_of_several_processes_none_reserves(postgres: EmbeddedPostgres, demo_template: str) -> None:
    with served_copy(postgres, demo_template, workers=2) as one:
        assert _code(one.viewer.http.put("/graphql")) == (501, "SEVERAL_PROCESSES")


def test_only_registered_documents_are_begun_where_no_others_are_answered(
    postgres: EmbeddedPostgres, demo_template: str
) -> None:
    with served_copy(postgres, demo_template, documents="trusted") as strict:
        response = _begin(strict.viewer, _reserve(strict.viewer), "one", _FUNCTIONS)
        assert _code(response) == (400, "UNTRUSTED_DOCUMENT")


def test_a_browser_follows_with_its_session(database_url: str, provider: TestProvider) -> None:
    with desk(database_url, provider) as register, contextlib.closing(Browser(register)) as browser:
        browser.sign_in()
        browser.http.headers.update(own_page(register))
        token = browser.http.put("/graphql").raise_for_status().text
        with browser.http.stream("GET", f"/graphql?token={token}", headers=_STREAM) as response:
            stream = _Stream(response)
            body = {"query": _FUNCTIONS, "extensions": {"operationId": "one"}}
            assert browser.http.post("/graphql", json=body, headers={_TOKEN: token}).status_code == 202
            assert stream.answer("one")["data"] == {"functions": {"totalCount": 0}}
            # Another browser has no part in it, whatever it knows.
            with contextlib.closing(Browser(register)) as other:
                stolen = other.http.post("/graphql", json=body, headers={_TOKEN: token})
                assert _code(stolen) == (404, "UNKNOWN_STREAM")
