"""What docs/rights.md says is what the server does: every field is asked for, by readers of all sorts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

import pytest
from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLObjectType,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_list_type,
    is_required_argument,
)

from graphql_api.access import ANYBODY, Grant, PartnerScope, Role, Viewer
from graphql_api.execution import core_of
from graphql_api.planner.decisions import Decision, decision
from graphql_api.schema import build_schema
from tests.support.parted import Parted
from tests.support.sending import new_id
from tests.support.serving import Client

_CORE = core_of(build_schema())
_AT_ONCE = 10

_COMMAND = f'commandId: "{new_id()}", effectiveOn: "2026-01-01", organization: "{new_id()}"'
_GIVEN = {
    "Boolean": "true",
    "CommandInput": f"{{suspendOrganization: {{{_COMMAND}}}}}",
    "Date": '"2026-01-01"',
    "DateTime": '"2026-01-01T00:00:00Z"',
    "ID": f'"{new_id()}"',
    "Int": "1",
    "Position": "1",
    "String": '"会"',
}
"""A value for an argument of each type that some field must be given."""


class Reader(NamedTuple):
    """Who asks, as the table knows them and as a client."""

    viewer: Viewer
    client: Client


class Way(NamedTuple):
    """How a type is reached: what stands before and after the fields that are asked of it."""

    before: str
    after: str


_SCOPED = (Role.VIEWER, Role.REGISTRAR, Role.AUDITOR)
_NAMES = [
    "PUBLIC",
    *(f"{role} on a subtree" for role in _SCOPED),
    *(f"PARTNER {scope}" for scope in PartnerScope),
    "PARTNER LOG on a subtree",
]


@pytest.fixture(scope="module")
def readers(world: Parted) -> dict[str, Reader]:
    ours = world.ours.society
    root = UUID(ours)
    found = {"PUBLIC": Reader(ANYBODY, world.register.anybody)}
    for role in _SCOPED:
        found[f"{role} on a subtree"] = Reader(Viewer.of(role, "r", root=root), world.reader(role, ours))
    for scope in PartnerScope:
        viewer = Viewer("p", (Grant(Role.PARTNER, scopes=frozenset({scope})),))
        found[f"PARTNER {scope}"] = Reader(viewer, world.reader(Role.PARTNER, None, scopes=(scope,)))
    part = Viewer("p", (Grant(Role.PARTNER, root, frozenset({PartnerScope.LOG})),))
    found["PARTNER LOG on a subtree"] = Reader(part, world.reader(Role.PARTNER, ours, scopes=("LOG",)))
    return found


@pytest.mark.parametrize("name", _NAMES)
def test_every_field_comes_to_what_the_table_says(readers: dict[str, Reader], name: str) -> None:
    reader = readers[name]
    asked = 0
    for kind, way in _reached(reader.viewer):
        decided = {field: decision(reader.viewer, kind, field) for field in kind.fields}
        allowed = [field for field, what in decided.items() if what is not Decision.REFUSED]
        for start in range(0, len(allowed), _AT_ONCE):
            some = allowed[start : start + _AT_ONCE]
            assert not _are_refused(reader.client, kind, way, some), f"{kind.name}: one of {some}"
        # Where a value is promised a refusal takes the whole answer with it, so these are asked one by one.
        for field in decided.keys() - allowed:
            assert _are_refused(reader.client, kind, way, [field]), f"{kind.name}.{field}"
        asked += len(decided)
    assert asked > 500


def _are_refused(client: Client, kind: GraphQLObjectType, way: Way, fields: list[str]) -> bool:
    """Say whether the server refuses any of the fields; each is asked for under a root field of its own."""
    asked = (_asked(name, kind.fields[name]) for name in fields)
    parts = (f"a{number}: {way.before}{each}{way.after}" for number, each in enumerate(asked))
    answer = client.ask(f"{{ {' '.join(parts)} }}")
    errors = answer.get("errors", [])
    assert all("path" in error for error in errors), errors
    codes = {error["extensions"]["code"] for error in errors}
    assert codes <= {"FORBIDDEN", "INVALID_INPUT"}, errors
    return "FORBIDDEN" in codes


def _asked(name: str, field: GraphQLField) -> str:
    below = " { __typename }" if is_composite_type(get_named_type(field.type)) else ""
    return f"{_called(name, field)}{below}"


def _called(name: str, field: GraphQLField) -> str:
    given = {key: _given(argument) for key, argument in field.args.items() if is_required_argument(argument)}
    if name in {"organization", "instrument", "measure", "criterion", "rule"} and "id" in field.args:
        given["id"] = _GIVEN["ID"]
    if name == "likelyDuplicates" and "name" in field.args:
        given["name"] = _GIVEN["String"]
    arguments = ", ".join(f"{key}: {value}" for key, value in given.items())
    return f"{name}({arguments})" if arguments else name


def _given(argument: GraphQLArgument) -> str:
    value = _GIVEN[get_named_type(argument.type).name]
    return f"[{value}]" if is_list_type(get_nullable_type(argument.type)) else value


def _reached(viewer: Viewer) -> Iterator[tuple[GraphQLObjectType, Way]]:
    """Yield each type that ``viewer`` gets to, by the shortest way of fields that are not refused."""
    query = _CORE.query_type
    assert query is not None
    found = {query.name: Way("", "")}
    todo = [query]
    for kind in todo:
        yield kind, found[kind.name]
        for name, field in kind.fields.items():
            below = get_named_type(field.type)
            if not isinstance(below, GraphQLObjectType) or below.name in found:
                continue
            if decision(viewer, kind, name) is Decision.REFUSED:
                continue
            way = found[kind.name]
            found[below.name] = Way(f"{way.before}{_called(name, field)} {{ ", f" }}{way.after}")
            todo.append(below)
