"""Every report is documented: its name, tables, parameters, and how it counts (报表文档核对)."""

from __future__ import annotations

import re

import pytest

from graphql_api.access import Right
from graphql_api.execution import core_of
from graphql_api.planner.declare import RIGHT, metadata_of
from graphql_api.reports.catalog import REPORTS
from graphql_api.reports.declare import HEADER
from graphql_api.schema import build_schema
from tests.architecture.project import ROOT

_PAGE = (ROOT / "docs" / "reports.md").read_text(encoding="utf-8")
_CORE = core_of(build_schema())
_SEEN_BY = {Right.CHART: "everybody", Right.RECORD: "staff", Right.PERSON: "staff"}


def _row(name: str) -> list[str]:
    found = re.search(rf"^\| `{name}` \|(.+)\|$", _PAGE, re.MULTILINE)
    assert found is not None, f"{name} is not in the table"
    return [cell.strip() for cell in found[1].split("|")]


def test_the_table_has_every_report_and_no_other() -> None:
    assert set(re.findall(r"^\| `(\w+)` \|", _PAGE, re.MULTILINE)) == set(REPORTS)


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_a_report_is_documented_as_it_is(name: str) -> None:
    report = REPORTS[name]
    assert _CORE.query_type is not None
    field = _CORE.query_type.fields[report.root_field]
    title, tables, parameters, readers = _row(name)
    assert title == report.title
    assert re.findall(r"`(\w+)`", tables) == [table.field for table in report.tables]
    assert set(re.findall(r"`(\w+)`", parameters)) == set(field.args)
    assert readers == _SEEN_BY[Right(metadata_of(field)[RIGHT])]


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_a_report_has_a_paragraph_on_how_it_counts(name: str) -> None:
    found = re.search(rf"^### {name}\n\n(.+?)(?=\n\n###|\Z)", _PAGE, re.MULTILINE | re.DOTALL)
    assert found is not None
    assert len(found[1]) > 150
    assert len(REPORTS[name].counting) > 60


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_heads_of_columns_are_chinese_and_not_used_twice(name: str) -> None:
    for table in REPORTS[name].tables:
        kind = _CORE.type_map[table.kind]
        heads = [
            metadata_of(field)[HEADER]
            for field in getattr(kind, "fields").values()  # noqa: B009 - a row type is an object type
            if HEADER in metadata_of(field)
        ]
        assert len(set(heads)) == len(heads) > 3, table.kind
        assert all(re.search("[\u4e00-\u9fff]", head) for head in heads)


def test_every_indicator_looked_at_is_named() -> None:
    statements = (ROOT / "graphql_api" / "reports" / "sql").glob("*.sql")
    text = "".join(path.read_text(encoding="utf-8") for path in statements)
    used = re.findall(r"indicator = '([A-Z_]+)'", text) + re.findall(r"'([A-Z_]+_ASSOCIATIONS)'", text)
    (named,) = re.findall(r"these indicators are\nlooked at: (.+?)\.\n", _PAGE, re.DOTALL)
    assert set(used) == set(re.findall(r"`([A-Z_]+)`", named))
