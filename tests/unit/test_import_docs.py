"""The page on imports names every column, every name it goes by, and everything that can be wrong."""

from __future__ import annotations

import re

from graphql_api.imports.columns import CHINESE, COLUMNS, Column, Kind
from graphql_api.imports.wrong import WORDS
from tests.architecture.project import ROOT

PAGE = (ROOT / "docs" / "import.md").read_text(encoding="utf-8")


def rows(title: str) -> dict[str, list[str]]:
    """Return the rows of the table under a heading, by the code that they begin with."""
    found = re.search(rf"^##+ {re.escape(title)}$\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found is not None, title
    lines = (line.split("|")[1:-1] for line in found[1].splitlines() if line.startswith("| `"))
    return {cells[0].strip(" `"): [cell.strip() for cell in cells[1:]] for cells in lines}


def told(column: Column) -> list[str]:
    sorts = {"NAME": "text", "CODE": "code", "DAY": "day", "NUMBER": "number", "FLAG": "yes or no"}
    holds = sorts.get(column.sort.name) or (column.choices.__name__ if column.choices else "")
    return ["、".join((column.chinese, *column.also)), holds, "yes" if column.required else ""]


def test_every_column_is_documented_with_its_names() -> None:
    for kind in Kind:
        expected = {column.name: told(column) for column in COLUMNS[kind]}
        assert rows(f"{CHINESE[kind]} {kind}") == expected


def test_everything_that_can_be_wrong_is_documented_with_its_words() -> None:
    assert rows("Errors") == {str(w): [t.english, t.advice_english] for w, t in WORDS.items()}
