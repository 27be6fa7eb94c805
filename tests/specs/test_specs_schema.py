"""The schema stays what clients of the last release rely on, as GraphQL Inspector sees it.

``tests/golden/schema.released.graphql`` is the schema of the last release. What a change breaks on purpose is
listed in ``tests/golden/schema.broken.txt``, a line each with its reason, and said in CHANGELOG.md; with a
release the list is emptied, and the file made anew:

    python -m tests.specs.release
"""

from __future__ import annotations

from pathlib import Path

import pytest

from graphql_api.schema import build_schema
from tests.support.node import run_node
from tests.support.processes import REPOSITORY

_GOLDEN = REPOSITORY / "tests" / "golden"
_RELEASED = _GOLDEN / "schema.released.graphql"


def _broken_on_purpose() -> set[str]:
    lines = (_GOLDEN / "schema.broken.txt").read_text(encoding="utf-8").splitlines()
    entries = [line.partition("#") for line in lines if line.strip() and not line.startswith("#")]
    assert all(reason.strip() for _, _, reason in entries), "every entry says why"
    return {path.strip() for path, _, _ in entries}


def _breaking(released: Path, present: str, folder: Path) -> dict[str, str]:
    file = folder / "schema.graphql"
    file.write_text(present, encoding="utf-8")
    found = run_node("differences.mjs", str(released), str(file))
    return {change["path"]: change["message"] for change in found}


def test_nothing_breaks_that_clients_of_the_last_release_rely_on(tmp_path: Path) -> None:
    broken = _breaking(_RELEASED, build_schema().as_str(), tmp_path)
    allowed = _broken_on_purpose()
    assert {path: message for path, message in broken.items() if path not in allowed} == {}
    assert allowed <= set(broken), "an entry of schema.broken.txt is of no use any more"


@pytest.mark.parametrize(
    ("before", "after", "path"),
    [
        ("  orgChart(", "  chartOfOrganizations(", "Query.orgChart"),
        ("  parentId: ID\n", "", "OrgChartNode.parentId"),
        ("  childCount: Int!", "  childCount: Int", "OrgChartNode.childCount"),
    ],
)
def test_a_broken_promise_is_found(before: str, after: str, path: str, tmp_path: Path) -> None:
    released = _RELEASED.read_text(encoding="utf-8")
    assert before in released
    assert path in _breaking(_RELEASED, released.replace(before, after), tmp_path)
