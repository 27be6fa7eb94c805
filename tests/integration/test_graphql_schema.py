"""The schema that clients read: exported, described in both languages, with the names that do not change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLScalarType,
    validate_schema,
)

from graphql_api.execution import core_of
from graphql_api.mutations.catalog import MUTATIONS
from graphql_api.mutations.descriptions import DESCRIPTIONS
from graphql_api.planner.declare import PLAN, metadata_of
from graphql_api.schema import build_schema
from graphql_api.words import camel_case, snake_case

_SCHEMA = build_schema()
_CORE = core_of(_SCHEMA)
_EXPORTED = Path(__file__).parents[2] / "graphql_api" / "schema.graphql"
_CHINESE = re.compile("[\u4e00-\u9fff]")
_BUILT_IN = {"Boolean", "Float", "ID", "Int", "String", "JSON"}


def test_the_exported_schema_is_this_one() -> None:
    exported = _EXPORTED.read_text(encoding="utf-8")
    assert exported.rstrip("\n") == _SCHEMA.as_str().rstrip("\n"), "run make schema"


def test_the_schema_is_sound() -> None:
    assert validate_schema(_CORE) == []


def _described() -> Iterator[tuple[str, str | None]]:
    for name, kind in _CORE.type_map.items():
        if name.startswith("__") or name in _BUILT_IN:
            continue
        yield name, kind.description
        if isinstance(kind, GraphQLEnumType):
            yield from ((f"{name}.{value}", shown.description) for value, shown in kind.values.items())
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            yield from ((f"{name}.{field}", shown.description) for field, shown in kind.fields.items())


_ENGLISH_ALONE = {
    "Refused.message",
    "Refused.advice",
    "RefusalCode.INVALID_INPUT",
    "RefusalCode.INVALID_DATE",
}
"""Two sentences of refusals are all details, which come in whatever language they are in."""

_OWN_WORDS = re.compile(r"\w+Order\.")


def test_everything_is_described_in_both_languages() -> None:
    # The names of orders are those of fields.
    described = {place: text for place, text in _described() if not _OWN_WORDS.match(place)}
    assert [place for place, text in described.items() if not text or "``" in text or "None" in text] == []
    silent = [place for place, text in described.items() if not _CHINESE.search(text or "")]
    assert set(silent) == _ENGLISH_ALONE


def test_values_spelled_alike_keep_the_terms_of_their_own_enumerations() -> None:
    shown = {
        (kind.name, name): value.description
        for kind in _CORE.type_map.values()
        if isinstance(kind, GraphQLEnumType)
        for name, value in kind.values.items()
    }
    assert shown["MembershipEnd", "RESIGNED"] == "退会"
    assert shown["AffiliationEnd", "RESIGNED"] == "退党"
    assert shown["OrganizationStatus", "ACTIVE"] == "正常"
    assert shown["MandateStatus", "ACTIVE"] == "承接中"
    assert shown["LegalForm", "PUBLIC_INSTITUTION"] == "事业单位法人"
    assert shown["EstablishmentKind", "PUBLIC_INSTITUTION"] == "事业编制"


def test_what_may_be_left_out_has_no_noise_and_defaults_show() -> None:
    text = _SCHEMA.as_str()
    assert "= null" not in text
    for line in (
        "precision: DatePrecision! = DAY",
        "places: [PlaceInput!]! = []",
        "profile: ProfileInput! = {  }",
        "status: OrganizationStatus! = ACTIVE",
        "hierarchies: [Hierarchy!]! = [PART_OF]",
        "events(",
        "input CommandInput @oneOf {",
    ):
        assert line in text, line


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("OrgChart", "asOf knownAt position nodes"),
        ("OrgChartNode", "depth parentId childCount organization"),
        ("ChangeSet", "established dissolved renamed moved functionsTransferred functionsOrphaned"),
        ("Renaming", "organization before after"),
        ("Move", "organization from to"),
        ("FunctionTransfer", "function from to"),
        ("AuditEvent", "position recordedAt effectiveOn topic actor commandId causationId stream data"),
        ("Query", "organization organizations orgChart functions instruments changes auditLog node"),
        ("Organization", "id name kind status code history"),
        ("Subscription", "events"),
    ],
)
def test_names_that_do_not_change(kind: str, fields: str) -> None:
    found = _CORE.type_map[kind]
    assert isinstance(found, GraphQLObjectType)
    assert set(fields.split()) <= set(found.fields)


@pytest.mark.parametrize(
    ("field", "arguments"),
    [
        ("organization", "id code asOf knownAt"),
        ("organizations", "filter orderBy first after asOf knownAt"),
        ("orgChart", "root hierarchies depth asOf knownAt"),
        ("changes", "root from to knownAt"),
        ("auditLog", "filter first after"),
    ],
)
def test_arguments_that_do_not_change(field: str, arguments: str) -> None:
    assert _CORE.query_type is not None
    assert set(arguments.split()) <= set(_CORE.query_type.fields[field].args)


@pytest.mark.parametrize("name", MUTATIONS)
def test_every_command_carries_what_commands_carry(name: str) -> None:
    mutation = _CORE.mutation_type
    assert mutation is not None
    argument = mutation.fields[camel_case(name)].args["input"]
    kind = _CORE.type_map[str(argument.type).rstrip("!")]
    assert isinstance(kind, GraphQLInputObjectType)
    common = {"commandId", "effectiveOn", "instrument", "reason", "expectedVersion"}
    assert common <= set(kind.fields)
    assert "actor" not in kind.fields


def test_no_description_of_a_field_is_left_over() -> None:
    used = {
        snake_case(name)
        for kind in _CORE.type_map.values()
        if isinstance(kind, GraphQLInputObjectType)
        for name in kind.fields
    }
    assert {name.rpartition(".")[2] for name in DESCRIPTIONS} <= used


def test_every_field_of_a_planned_type_is_planned() -> None:
    for kind in _CORE.type_map.values():
        if isinstance(kind, GraphQLObjectType) and kind is not _CORE.query_type:
            planned = {PLAN in metadata_of(field) for field in kind.fields.values()}
            assert len(planned) == 1 or kind.name.endswith("Recorded") or kind.name == "Simulation", kind.name


def test_scalars_say_what_they_are() -> None:
    for name in ("Date", "DateTime", "Position"):
        assert isinstance(_CORE.type_map[name], GraphQLScalarType)
