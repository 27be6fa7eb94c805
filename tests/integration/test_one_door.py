"""There is one door: whatever leads into the register says here by what it is guarded.

Each is tried without keys. A route, a root field or a command of the command line that is not listed here
fails a test: whoever adds one decides who may pass.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx2
import orjson
import pytest
from cyclopts import App
from graphql import (
    GraphQLEnumType,
    GraphQLInputField,
    GraphQLInputObjectType,
    get_named_type,
    get_nullable_type,
    is_list_type,
    is_required_input_field,
)

from graphql_api.access import Right
from graphql_api.app import build_app
from graphql_api.cli import app
from graphql_api.execution import core_of
from graphql_api.planner.declare import RIGHT, metadata_of
from graphql_api.reports.catalog import REPORTS
from graphql_api.schema import build_schema
from tests.support.serving import Client, Served
from tests.support.socketing import connected
from tests.support.witnessing import settings_of

_CORE = core_of(build_schema())

OPEN = "nothing of the register, or what is published"
FIELDS = "the right of each field"
REPORT = "the right of the report's field and of its columns"
AUDIT = "AUDIT everywhere"
FEED = "AUDIT, and where it is held"
WRITE = "WRITE everywhere"
WITNESS = "the signature of a known witness"
SESSION = "the session's cookie and the register's own origin"

ROUTES = {
    "DELETE /graphql": FIELDS,
    "GET /": OPEN,
    "GET /assets": OPEN,
    "GET /events": FEED,
    "GET /events/schemas": OPEN,
    "GET /events/schemas/{topic}/{version:int}.json": OPEN,
    "GET /export/registers/{kind}.{format}": REPORT,
    "GET /export/reports/{name}.xlsx": REPORT,
    "GET /graphql": FIELDS,
    "GET /graphiql": OPEN,
    "GET /healthz": OPEN,
    "GET /import/template.xlsx": WRITE,
    "GET /log/checkpoint": OPEN,
    "GET /log/key": OPEN,
    "GET /log/tile/entries/{path:path}": AUDIT,
    "GET /log/tile/{level:int}/{path:path}": OPEN,
    "GET /readyz": OPEN,
    "GET /signin": OPEN,
    "GET /signin/callback": OPEN,
    "GET /signin/session": OPEN,
    "GET /snapshot": OPEN,
    "POST /graphql": FIELDS,
    "POST /import": WRITE,
    "POST /import/{import_id:uuid}/reversal": WRITE,
    "POST /log/cosignature": WITNESS,
    "POST /signout": SESSION,
    "PUT /graphql": FIELDS,
    "WEBSOCKET /graphql": FIELDS,
}

MACHINE = "whoever has the machine: the database's address, and the master key where data is opened"
FILES = "nothing of the register but a file that its holder has"

COMMANDS = {
    "audit checkpoint": MACHINE,
    "audit export": MACHINE,
    "audit verify": FILES,
    "demo": MACHINE,
    "doctor": MACHINE,
    "export": MACHINE,
    "import": MACHINE,
    "keys rotate": MACHINE,
    "keys status": MACHINE,
    "person export": MACHINE,
    "projections drop": MACHINE,
    "projections rebuild": MACHINE,
    "projections status": MACHINE,
    "schema": OPEN,
    "serve": MACHINE,
    "session end": MACHINE,
    "token issue": MACHINE,
    "token list": MACHINE,
    "token revoke": MACHINE,
}

PUBLISHED = {
    f"Query.{name}"
    for names in (
        "appointment appointments beliefChanges changes checkpoint compliance complianceReport",
        "complianceTrend consistencyProof criteria criterion districtsReport figure figures function",
        "functions governanceReport grassrootsReport inclusionProof instrument instruments mandate mandates",
        "mandatesReport measure measures measuresReport node orgChart organization organizations",
        "partyCoverage partyReport post posts programme programmes reformReport rule rules search term terms",
    )
    for name in names.split()
}
"""Root fields that anybody may ask; every other one is guarded by its right."""


def _routes() -> Iterator[str]:
    for route in build_app("postgresql://nowhere", settings_of()).routes:
        found: Any = route
        methods = getattr(found, "methods", {"GET"} if type(found).__name__ == "Mount" else {"WEBSOCKET"})
        if methods is None:
            # An application of its own, which says itself what it takes: questions come either way.
            methods = {"DELETE", "GET", "POST", "PUT"}
        yield from (f"{method} {found.path}" for method in methods - {"HEAD"})


def test_every_route_says_by_what_it_is_guarded() -> None:
    # The files of the page are served where it is built.
    assert {*_routes(), "GET /assets"} == ROUTES.keys()


def _commands(found: App, before: str = "") -> Iterator[tuple[str, App]]:
    for name in found:
        below = found[name]
        if name.startswith("-"):
            continue
        if below.default_command is None:
            yield from _commands(below, f"{before}{name} ")
        else:
            yield f"{before}{name}", below


def test_every_command_of_the_command_line_says_by_what_it_is_guarded() -> None:
    found = dict(_commands(app))
    assert found.keys() == COMMANDS.keys()
    for name, command in found.items():
        assert command.default_command is not None
        takes = inspect.signature(command.default_command).parameters
        if COMMANDS[name] is MACHINE:
            assert "database_url" in takes, name
        if COMMANDS[name] is OPEN:
            assert not takes, name


def _root_fields() -> Iterator[tuple[str, str, Right]]:
    for kind in (_CORE.query_type, _CORE.mutation_type, _CORE.subscription_type):
        assert kind is not None
        for name, field in kind.fields.items():
            yield kind.name, name, Right(metadata_of(field)[RIGHT])


def test_every_root_field_is_guarded_or_known_to_be_published() -> None:
    published = {f"{kind}.{name}" for kind, name, right in _root_fields() if right is Right.CHART}
    assert published == PUBLISHED


@pytest.mark.parametrize(
    "name", [n for kind, n, right in _root_fields() if kind == "Query" and right != "CHART"]
)
def test_no_guarded_question_is_answered_without_keys(demo: Served, name: str) -> None:
    assert _CORE.query_type is not None
    arguments = {
        argument: _value(declared.type)
        for argument, declared in _CORE.query_type.fields[name].args.items()
        if str(declared.type).endswith("!")
    }
    variables = ", ".join(
        f"${argument}: {_CORE.query_type.fields[name].args[argument].type}" for argument in arguments
    )
    passed = ", ".join(f"{argument}: ${argument}" for argument in arguments)
    called = f"{name}({passed})" if passed else name
    below = "" if name == "personalData" else " { __typename }"
    query = f"query{f'({variables})' if variables else ''} {{ {called}{below} }}"
    _is_forbidden(demo.anybody, query, arguments)


FILES_IN = {"importFile"}
"""Mutations that come with a file, whose form is not read before it is known who sends it."""


@pytest.mark.parametrize("name", sorted(FILES_IN))
def test_no_file_is_taken_without_keys(demo: Served, name: str) -> None:
    query = f"mutation($input: ImportFileInput!) {{ {name}(input: $input) {{ __typename }} }}"
    operations = orjson.dumps({"query": query, "variables": {"input": {"file": None}}})
    form = {"operations": operations, "map": b'{"0": ["variables.input.file"]}'}
    for client, status in ((demo.anybody, 401), (demo.viewer, 403)):
        response = client.http.post("/graphql", data=form, files={"0": ("people.csv", b"name")})
        assert response.status_code == status


@pytest.mark.parametrize(
    "name", [n for kind, n, _ in _root_fields() if kind == "Mutation" and n not in FILES_IN]
)
def test_no_command_is_carried_out_without_keys(demo: Served, name: str) -> None:
    assert _CORE.mutation_type is not None
    kind = _CORE.mutation_type.fields[name].args["input"].type
    query = f"mutation($input: {kind}) {{ {name}(input: $input) {{ __typename }} }}"
    for client in (demo.anybody, demo.viewer):
        _is_forbidden(client, query, {"input": _value(kind)})


def _is_forbidden(client: Client, query: str, variables: dict[str, Any]) -> None:
    answer = client.post(query, variables).json()
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["FORBIDDEN"], answer
    assert not any((answer.get("data") or {}).values())


_VALUES: dict[str, Any] = {
    "Boolean": True, "CommandInput": None, "Date": "2026-01-01", "DateTime": "2026-01-01T00:00:00Z",
    "Int": 1, "Position": 1, "String": "某", "JSON": {}, "CorrectedData": {},
}  # fmt: skip


def _value(declared: Any) -> Any:  # noqa: ANN401 - JSON for a type of the schema
    """Return the least that a type takes."""
    kind: Any = get_named_type(declared)
    if kind.name == "CommandInput":
        value: Any = {"suspendOrganization": _value(_CORE.type_map["SuspendOrganizationInput"])}
    elif isinstance(kind, GraphQLInputObjectType):
        value = {name: _value(field.type) for name, field in kind.fields.items() if _is_needed(field)}
    elif isinstance(kind, GraphQLEnumType):
        value = next(iter(kind.values))
    else:
        value = str(uuid4()) if kind.name == "ID" else _VALUES[kind.name]
    return [value] if is_list_type(get_nullable_type(declared)) else value


def _is_needed(field: GraphQLInputField) -> bool:
    return is_required_input_field(field)


def test_no_event_is_told_without_keys(demo: Served) -> None:
    for client in (demo.anybody, demo.viewer):
        with connected(client) as socket:
            socket.subscribe("subscription { events { position } }")
            told = socket.receive()
            errors = told["payload"] if told["type"] == "error" else told["payload"]["errors"]
            assert [error["extensions"]["code"] for error in errors] == ["FORBIDDEN"]
            assert "position" not in str(told)


GUARDED_REPORTS = {"secondments", "staffing"}


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_a_report_is_exported_without_keys_if_it_is_published(demo: Served, name: str) -> None:
    given = {"from": "2018-12-31", "to": "2019-12-31"} if name == "reform" else {}
    response = demo.anybody.http.get(f"/export/reports/{name}.xlsx", params=given)
    assert response.status_code == (401 if name in GUARDED_REPORTS else 200)
    assert (response.content[:2] == b"PK") is (name not in GUARDED_REPORTS)


def _tried(http: httpx2.Client, door: str) -> httpx2.Response:
    """Knock at a door without keys."""
    if door == "GET /log/tile/entries/{path:path}":
        return http.get("/log/tile/entries/000")
    if door == "POST /log/cosignature":
        return http.post(
            "/log/cosignature", content=http.get("/log/checkpoint").content + b"\xe2\x80\x94 x AAAA\n"
        )
    if door.startswith("GET /export/"):
        return http.get(f"/export/{'reports/staffing.xlsx' if 'reports' in door else 'registers/people.csv'}")
    if door.startswith("POST /import"):
        path = door.removeprefix("POST ").replace("{import_id:uuid}", str(uuid4()))
        return http.post(path, files={"file": ("organizations.csv", b"name")})
    if ROUTES[door] in {FEED, WRITE}:
        return http.get(door.removeprefix("GET "))
    assert door == "POST /signout"
    return http.post(
        "/signout", headers={"origin": "https://elsewhere.example", "sec-fetch-site": "cross-site"}
    )


@pytest.mark.parametrize("door", sorted(d for d, guard in ROUTES.items() if guard not in {OPEN, FIELDS}))
def test_no_guarded_route_opens_without_keys(demo: Served, door: str) -> None:
    response = _tried(demo.anybody.http, door)
    assert response.status_code in {401, 403, 422}, response.text
    (error,) = response.json()["errors"]
    assert error["extensions"]["code"] in {
        "CROSS_SITE", "FORBIDDEN", "INVALID_COSIGNATURE", "UNAUTHENTICATED", "UNKNOWN_WITNESS",
    }  # fmt: skip


@pytest.mark.parametrize("door", sorted(d for d, guard in ROUTES.items() if guard == OPEN and "{" not in d))
def test_an_open_route_tells_nothing_of_people(demo: Served, door: str) -> None:
    names = demo.administrator.data("{ people(first: 100) { nodes { id name } } }")["people"]["nodes"]
    answer = demo.anybody.http.get(door.removeprefix("GET ").replace("/assets", "/assets/none.js")).text
    assert not any(person["id"] in answer or person["name"] in answer for person in names)
