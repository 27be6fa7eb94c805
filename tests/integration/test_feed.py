"""The change feed: everything from any position, once, in order; what one may not see is gone past."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Generator
from typing import Any

import httpx2
import jsonschema_rs
import pytest

from graphql_api.event_schemas import SCHEMAS, schema_of
from registry.events import Event
from registry.nouns import EVENTS
from tests.support.example_events import EXAMPLES
from tests.support.registering import register_person
from tests.support.sealing import MAPPER
from tests.support.sending import establish, new_id, record
from tests.support.serving import Client, Served

_LOG = (
    "query ($after: String) { auditLog(first: 100, orderBy: OLDEST, after: $after) { pageInfo { hasNextPage"
    " endCursor } nodes { position recordedAt effectiveOn topic stream version actor commandId causationId"
    " corrects data } } }"
)


def _lines(response: httpx2.Response) -> list[dict[str, Any]]:
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].startswith("application/jsonl")
    return [json.loads(line) for line in response.text.splitlines()]


def _code(response: httpx2.Response) -> str:
    (error,) = response.json()["errors"]
    assert set(error["extensions"]) == {"code", "messageZh", "advice", "adviceZh"}
    return str(error["extensions"]["code"])


def _read(client: Client, after: int = 0, limit: int = 1_000) -> tuple[list[dict[str, Any]], int]:
    """Return every event after a position, and where to go on."""
    found: list[dict[str, Any]] = []
    while True:
        response = client.http.get("/events", params={"after": after, "limit": limit})
        page = _lines(response)
        found += page
        after = int(response.headers["kexie-position"])
        if len(page) < limit:
            return found, after


def _log(client: Client) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    after = None
    while True:
        page = client.data(_LOG, after=after)["auditLog"]
        found += page["nodes"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            return found


def test_the_feed_tells_what_the_log_holds(demo: Served) -> None:
    found, position = _read(demo.administrator, limit=137)
    assert position == found[-1]["position"] == len(found)
    assert all(event.pop("schema").startswith("/events/schemas/") for event in found)
    assert found == _log(demo.administrator)


def test_who_comes_back_with_the_position_misses_nothing(register: Served) -> None:
    _, position = _read(register.administrator)
    assert _read(register.administrator, position) == ([], position)
    unit = establish(register.administrator, "某学会", "SOCIETY")
    events, later = _read(register.administrator, position)
    assert [(event["topic"], event["stream"]) for event in events] == [("organization.established", unit)]
    assert later == position + 1


def test_a_long_poll_is_answered_when_something_is_recorded(register: Served) -> None:
    _, position = _read(register.administrator)
    writer = threading.Timer(1.5, establish, (register.administrator, "某学会", "SOCIETY"))
    reader = Client(register.url, register.administrator.token)
    writer.start()
    try:
        response = reader.http.get("/events", params={"after": position, "wait": 20})
    finally:
        writer.join()
        reader.http.close()
    assert [event["position"] for event in _lines(response)] == [position + 1]


def test_a_long_poll_ends_without_events_too(demo: Served) -> None:
    _, position = _read(demo.administrator)
    response = demo.administrator.http.get("/events", params={"after": position, "wait": 1})
    assert (_lines(response), response.headers["kexie-position"]) == ([], str(position))


@pytest.mark.parametrize(
    "query",
    ["after=-1", "after=x", f"after={2**63}", "limit=0", "limit=1001", "limit=", "wait=31", "wait=1.5"],
)
def test_a_wrong_number_is_refused_in_words(demo: Served, query: str) -> None:
    response = demo.administrator.http.get(f"/events?{query}")
    assert (response.status_code, _code(response)) == (400, "INVALID_INPUT")


def test_who_may_not_read_the_log_may_not_copy_it(demo: Served) -> None:
    for accept in ("*/*", "text/event-stream"):
        anybody = demo.anybody.http.get("/events", headers={"accept": accept})
        assert (anybody.status_code, _code(anybody)) == (401, "UNAUTHENTICATED")
        viewer = demo.viewer.http.get("/events", headers={"accept": accept})
        assert (viewer.status_code, _code(viewer)) == (403, "FORBIDDEN")


def test_no_page_elsewhere_reads_the_feed(demo: Served) -> None:
    response = demo.administrator.http.get("/events", headers={"sec-fetch-site": "cross-site"})
    assert (response.status_code, _code(response)) == (403, "CROSS_SITE")


@pytest.mark.usefixtures("forgetful")
def test_an_auditor_of_a_part_reads_of_that_part_and_goes_past_the_rest(register: Served) -> None:
    clerk = register.administrator
    _, before = _read(clerk)
    ours, theirs = (establish(clerk, name, "SOCIETY") for name in ("甲学会", "乙学会"))
    for society, person in ((ours, "孙里人"), (theirs, "孙外人")):
        given = {"organization": society, "memberClass": "STUDENT", "effectiveOn": "2020-01-02"}
        member = register_person(register, person)
        record(clerk, "applyForMembership", membership=new_id(), member=member, **given)
    grant = {"grant": new_id(), "principal": "key:test viewer", "role": "AUDITOR", "root": ours}
    record(clerk, "grantRole", **grant)
    everything, head = _read(clerk, before)
    shown, position = _read(register.viewer, before)
    assert position == head
    assert 0 < len(shown) < len(everything)
    places = [event["position"] for event in shown]
    log = register.viewer.data("{ auditLog(first: 100, orderBy: OLDEST) { nodes { position data } } }")
    told = {node["position"]: node["data"] for node in log["auditLog"]["nodes"] if node["position"] > before}
    assert places == list(told)
    streams = {event["stream"] for event in shown}
    assert ours in streams
    assert theirs not in streams
    assert [event["data"] for event in shown] == list(told.values())
    # The last event is the grant itself, which is of no part: one who comes back does not read it again.
    assert _read(register.viewer, position) == ([], position)


@pytest.mark.usefixtures("forgetful")
def test_sealed_data_is_shown_as_the_log_shows_it(register: Served) -> None:
    register_person(register, "孙密封")
    mine, _ = _read(register.administrator)
    assert [event["data"] for event in mine] == [node["data"] for node in _log(register.administrator)]


def _stream(client: Client, **headers: str) -> Generator[tuple[str | None, Any], None, None]:
    """Return the events of a stream: their ids, and what they say; None for an id alone."""
    given = {"accept": "text/event-stream", **headers}
    with client.http.stream("GET", "/events", headers=given) as response:
        assert response.status_code == 200
        identity, data = None, None
        for line in response.iter_lines():
            if line.startswith("id: "):
                identity = line[4:]
            elif line.startswith("data: "):
                data = json.loads(line[6:])
            elif not line and identity is not None:
                yield identity, data
                identity, data = None, None


def test_events_are_streamed_and_a_reader_comes_back_with_the_last_id(register: Served) -> None:
    _, head = _read(register.administrator)
    first = _stream(register.administrator)
    seen = [next(first) for _ in range(130)]
    first.close()
    assert [identity for identity, _ in seen] == [str(place) for place in range(1, 131)]
    assert all(data["position"] == int(identity) for identity, data in seen if identity is not None)
    rest = _stream(register.administrator, **{"last-event-id": "130"})
    assert [next(rest)[0] for _ in range(head - 130)] == [str(place) for place in range(131, head + 1)]
    unit = establish(register.administrator, "某学会", "SOCIETY")
    identity, data = next(rest)
    assert (identity, data["stream"]) == (str(head + 1), unit)
    rest.close()


@pytest.mark.usefixtures("forgetful")
def test_what_is_gone_past_is_told_by_an_id_alone(register: Served) -> None:
    clerk = register.administrator
    society = establish(clerk, "甲学会", "SOCIETY")
    grant = {"grant": new_id(), "principal": "key:test viewer", "role": "AUDITOR", "root": society}
    record(clerk, "grantRole", **grant)
    _, head = _read(clerk)
    stream = _stream(register.viewer, **{"last-event-id": str(head - 2)})
    assert next(stream)[1]["stream"] == society
    assert next(stream) == (str(head), None)
    stream.close()


def test_a_stream_ends_when_the_right_does(register: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graphql_api.authority.REMEMBERED_SECONDS", 0.0)
    clerk, grant = register.administrator, new_id()
    record(clerk, "grantRole", grant=grant, principal="key:test viewer", role="AUDITOR")
    _, head = _read(clerk)
    with register.viewer.http.stream(
        "GET", f"/events?after={head}", headers={"accept": "text/event-stream"}
    ) as response:
        record(clerk, "revokeRole", grant=grant)
        time.sleep(0.1)
        establish(clerk, "某学会", "SOCIETY")
        text = "".join(response.iter_text())
    assert "event: error" in text
    assert "FORBIDDEN" in text
    assert "某学会" not in text


def test_every_event_has_a_schema_that_is_published(demo: Served) -> None:
    listed = demo.anybody.http.get("/events/schemas").json()
    assert {entry["topic"] for entry in listed} == {event.topic for event in EVENTS}
    for entry in listed:
        published = demo.anybody.http.get(entry["schema"])
        assert published.headers["content-type"] == "application/schema+json"
        assert published.json()["$id"] == entry["schema"]
        jsonschema_rs.meta.validate(published.json())
    missing = demo.anybody.http.get("/events/schemas/organization.established/2.json")
    assert (missing.status_code, _code(missing)) == (404, "NOT_FOUND")


def test_all_that_the_feed_tells_is_as_its_schema_says(demo: Served) -> None:
    validators = {
        event.topic: jsonschema_rs.validator_for(schema_of(event), validate_formats=True) for event in EVENTS
    }
    found, _ = _read(demo.administrator)
    for event in found:
        validators[event["topic"]].validate(event["data"])
        assert (event["topic"], int(event["schema"].rsplit("/", 1)[1].removesuffix(".json"))) in SCHEMAS


@pytest.mark.parametrize("kind", EVENTS, ids=lambda kind: kind.topic)
def test_every_example_of_an_event_is_as_its_schema_says(kind: type[Event]) -> None:
    validator = jsonschema_rs.validator_for(schema_of(kind), validate_formats=True)
    assert EXAMPLES[kind]
    for example in EXAMPLES[kind]:
        body = json.loads(MAPPER.encode(example))
        validator.validate(body)
        assert not validator.is_valid({**body, "nothing_of_the_sort": 1})
        assert not validator.is_valid({name: value for name, value in body.items() if name != "effective_on"})
