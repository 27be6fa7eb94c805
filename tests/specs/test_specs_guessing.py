"""A schema that is not shown cannot be guessed: neither by clairvoyance nor by what errors give away."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from graphql import get_introspection_query

from graphql_api.execution import core_of
from graphql_api.schema import build_schema
from registry.store.postgres import EmbeddedPostgres
from tests.support.node import SPECS
from tests.support.serving import Client, Served, served_copy

_GUESSER = SPECS / ".clairvoyance" / "bin" / "clairvoyance"


@pytest.fixture(scope="module")
def closed(postgres: EmbeddedPostgres, demo_template: str) -> Iterator[Served]:
    """Give a server that shows its schema to those who are signed in."""
    with served_copy(postgres, demo_template, introspection="known") as server:
        yield server


def _guessed(client: Client, words: list[str], folder: Path) -> set[str]:
    """Return the fields of the root that clairvoyance finds with ``words`` that are all of them right."""
    if not _GUESSER.exists():
        pytest.skip("clairvoyance is not installed: run make specs")
    listed, found = folder / "words", folder / "schema.json"
    listed.write_text("\n".join(words), encoding="utf-8")
    token = [] if client.token is None else ["-H", f"Authorization: Bearer {client.token}"]
    done = subprocess.run(
        [_GUESSER, "-w", listed, "-o", found, "-c", "4", "-m", "1", *token, f"{client.url}/graphql"],
        capture_output=True,
        timeout=120,
        check=False,
    )
    if not found.exists():
        assert done.returncode != 0
        return set()
    kinds = json.loads(found.read_text(encoding="utf-8"))["data"]["__schema"]["types"]
    return {field["name"] for kind in kinds for field in kind.get("fields") or ()}


def _root_fields() -> list[str]:
    query = core_of(build_schema()).query_type
    assert query is not None
    return sorted(query.fields)


def test_a_schema_that_is_shown_is_guessed(closed: Served, tmp_path: Path) -> None:
    words = ["organization", "functions", "postss", "nonsense"]
    assert _guessed(closed.viewer, words, tmp_path) >= {"organization", "functions"}


def test_a_schema_that_is_not_shown_is_not_guessed(closed: Served, tmp_path: Path) -> None:
    assert _guessed(closed.anybody, [*_root_fields(), "nonsense"], tmp_path) == set()


def test_who_may_not_see_the_schema_cannot_ask_for_it(closed: Served) -> None:
    question = get_introspection_query()
    assert closed.anybody.problem(question)["extensions"]["code"] == "FORBIDDEN"
    assert closed.anybody.problem('{ __type(name: "Person") { name } }')["extensions"]["code"] == "FORBIDDEN"
    nested = "{ ...F } fragment F on Query { ... on Query { __schema { types { name } } } }"
    assert closed.anybody.problem(nested)["extensions"]["code"] == "FORBIDDEN"
    assert closed.viewer.data(question)["__schema"]["queryType"]["name"] == "Query"


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("{ organization }", "{ organizasion }"),
        ("{ functions(first: 1) { totalCount nothing } }", "{ nothing(first: 1) { totalCount } }"),
        ("{ functions { totalCount } }", "{ functions(nothing: 1) { totalCount } }"),
        ("{ node(id: 5.5) { id } }", "{ node(idd: 5.5) { id } }"),
        ("query ($a: Date) { nothing }", "query ($a: Datee) { nothing }"),
        ("mutation { establishOrganization }", "mutation { establishOrganizasion }"),
    ],
)
def test_what_is_nearly_right_is_told_from_nothing_by_nobody(closed: Served, right: str, wrong: str) -> None:
    nearly, not_at_all = closed.anybody.ask(right), closed.anybody.ask(wrong)
    assert nearly == not_at_all
    assert [error["message"] for error in nearly["errors"]] == ["The document does not fit the schema."]


@pytest.mark.parametrize(
    "variables", [{"f": {"texx": "x"}}, {"f": 5}, {"f": {"text": {}}}, {"f": {"kinds": ["DEPARTMNT"]}}]
)
def test_variables_give_nothing_away_either(closed: Served, variables: dict[str, object]) -> None:
    query = "query ($f: OrganizationFilter) { organizations(first: 1, filter: $f) { totalCount } }"
    error = closed.anybody.problem(query, **variables)
    assert error["message"] == "The document does not fit the schema."
    assert closed.viewer.problem(query, **variables)["message"] != error["message"]


def test_nobody_is_given_hints_who_is_not_signed_in(demo: Served) -> None:
    wrong = "{ organizatio { id } }"
    assert "Did you mean" not in demo.anybody.problem(wrong)["message"]
    assert "Did you mean" in demo.viewer.problem(wrong)["message"]


def test_one_error_is_helped_with_and_the_next_is_told(demo: Served) -> None:
    errors = demo.viewer.ask("{ organizatons { nods } functons(first: 1) { totalCount } }")["errors"]
    assert [("Did you mean" in error["message"]) for error in errors][:2] == [True, False]
    assert "organizations" in errors[0]["message"]
