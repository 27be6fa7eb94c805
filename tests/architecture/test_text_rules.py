from __future__ import annotations

import pytest

from tests.architecture.project import SourceFile
from tests.architecture.rules import violations

READ, MIGRATION = "projections/organization/read.sql", "registry/store/sql/migrations/0001_log.sql"


def found(text: str, path: str = READ) -> list[tuple[str, int]]:
    return [(violation.rule, violation.line) for violation in violations(SourceFile(path, text))]


@pytest.mark.parametrize(
    "expression",
    [
        "current_date",
        "CURRENT_TIMESTAMP",
        "now()",
        "NOW ( )",
        "localtimestamp",
        "'today'::date",
        "timeofday()",
    ],
)
def test_sql_does_not_ask_the_server_for_the_day(expression: str) -> None:
    text = f"SELECT 1\nFROM life\nWHERE valid @> {expression}\n"
    assert found(text) == [("sql-clock", 3)]
    assert found(text, MIGRATION) == [("sql-clock", 3)]


def test_a_migration_may_stamp_its_rows_by_default_only() -> None:
    column = "applied_at timestamptz NOT NULL DEFAULT now()\n"
    assert found(column, MIGRATION) == []
    assert found(column) == [("sql-clock", 1)]
    assert found(column + "CHECK (applied_at <= now())\n", MIGRATION) == [("sql-clock", 2)]


def test_comments_and_longer_names_are_no_clocks() -> None:
    text = "-- now() is not used\n/* nor\ncurrent_date */\nSELECT clock_timestamp(), known()\n"
    assert found(text) == []


def test_a_block_comment_keeps_the_line_numbers() -> None:
    assert found("/* one\ntwo */\nSELECT now()\n") == [("sql-clock", 3)]


def test_an_sql_comment_can_allow_a_clock() -> None:
    assert found("SELECT now() -- allow sql-clock: the age of a backend, not a date.\n") == []


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ("american-spelling", "An organisation is normalised."),
        ("american-spelling", "the colour of the centre"),
        ("american-spelling", "class Organisation: ..."),
        ("american-spelling", "reorganisations emphasised by its neighbours"),
        ("unfinished", "TODO later"),
        ("unfinished", "FIXME"),
        ("somebodys-folder", "see /home/someone/notes"),
        ("somebodys-folder", "cd /Users/someone"),
        ("named-index", "pip install --extra-index-url x"),
    ],
)
def test_a_word_that_has_no_place_is_found(rule: str, line: str) -> None:
    assert {name for name, _ in found(f"# First line\n{line}\n", "docs/page.md")} == {rule}


@pytest.mark.parametrize(
    "line",
    ["The organization is recognized.", "an emphasis", "GET /events/home/page", "analyses of a programme"],
)
def test_american_words_are_kept(line: str) -> None:
    assert found(line + "\n", "docs/page.md") == []
