from __future__ import annotations

import pytest

from tests.architecture import python_rules
from tests.architecture.project import SourceFile, Violation
from tests.architecture.rules import violations


def found(text: str, path: str = "registry/noun/decide.py") -> list[tuple[str, int]]:
    """Return (rule, line) of every breach in a file at ``path`` with this text."""
    return [(violation.rule, violation.line) for violation in violations(SourceFile(path, text))]


@pytest.mark.parametrize(
    "path",
    ["registry/utils.py", "graphql_api/common/types.py", "projections/manager.py", "web/src/helpers.ts"],
)
def test_a_vague_name_is_refused(path: str) -> None:
    assert found("", path) == [("vague-name", 1)]


def test_a_word_that_only_contains_a_vague_one_is_kept() -> None:
    assert found("", "registry/commonwealth.py") == []


def test_a_function_of_71_lines_is_refused_and_one_of_70_kept() -> None:
    body = "    step()\n"
    assert found("def long() -> None:\n" + body * 70) == [("long-function", 1)]
    assert found("def long() -> None:\n" + body * 69) == []


def test_an_async_method_is_measured_as_well() -> None:
    text = "class Noun:\n    async def act(self) -> None:\n" + "        step()\n" * 70
    assert found(text) == [("long-function", 2)]


def test_a_file_of_401_lines_is_refused_and_one_of_400_kept() -> None:
    assert found("x = 1\n" * 401) == [("long-file", 1)]
    assert found("-- x\n" * 401, "projections/noun/read.sql") == [("long-file", 1)]
    assert found("x = 1\n" * 400) == []


def test_an_import_inside_a_function_is_refused() -> None:
    text = "import asyncpg\n\ndef connect():\n    if True:\n        from registry import errors\n"
    assert found(text) == [("hidden-import", 5)]


def test_an_import_inside_a_nested_function_is_reported_once() -> None:
    assert found("def outer():\n    def inner():\n        import os\n") == [("hidden-import", 3)]


@pytest.mark.parametrize(
    "line",
    [
        "now = datetime.now(CIVIL_ZONE)",
        "now = datetime.datetime.now()",
        "day = date.today()",
        "day = datetime.utcnow()",
        "from uuid import UUID, uuid4",
        "id = uuid.uuid7()",
        "key = os.urandom(16)",
        "started = time.monotonic()",
        "choice = random.choice(posts)",
        "token = secrets.token_hex()",
    ],
)
def test_the_domain_reads_no_clock_and_draws_no_identity(line: str) -> None:
    assert found(line) == [("impure-domain", 1)]
    assert found(line, "registry/store/committer.py") == []
    assert found(line, "graphql_api/context.py") == []


def test_the_domain_may_use_dates_and_names() -> None:
    assert found("from datetime import date\nfrom uuid import UUID, uuid5\nday = date(2018, 5, 1)\n") == []


@pytest.mark.parametrize(
    "literal",
    [
        '"SELECT 1"',
        '"select * from registry.event"',
        '"select pg_advisory_lock(1)"',
        '"INSERT INTO event VALUES ($1)"',
        '"insert into event (position) values ($1)"',
        '"UPDATE head SET position = $1"',
        '"update head set position = $1"',
        '"DELETE FROM event"',
        '"delete from event where position > $1"',
        '"CREATE UNIQUE INDEX event_stream ON event (stream, version)"',
        '"WITH tree AS (SELECT 1) SELECT 2"',
        '"with recursive tree as (select 1) table tree"',
        '"LISTEN events"',
        '"SET LOCAL lock_timeout = 100"',
        'f"DROP DATABASE {name}"',
        'f"CREATE DATABASE {name}"',
        '"""\n    SELECT id\n    FROM life\n"""',
    ],
)
def test_sql_in_a_string_is_refused_outside_the_planner(literal: str) -> None:
    text = f"query = {literal}\n"
    assert found(text) == [("sql-in-python", 1)]
    assert found(text, "graphql_api/planner/chart.py") == []
    assert found(text, "tests/integration/test_log.py") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Select a date from the calendar.",
        "Create a table of contents",
        "update the name, set by the instrument",
        "With this act the department ends.",
        "Delete from the list what has ended",
        "select",
        "lock the head",
    ],
)
def test_a_sentence_is_not_taken_for_sql(sentence: str) -> None:
    assert found(f"message = {sentence!r}\n") == []


def test_a_docstring_may_show_sql() -> None:
    assert found('"""SELECT 1 is what this module sends."""\n') == []


@pytest.mark.parametrize("comment", ["# noqa: S603", "# type: ignore[attr-defined]", "# noqa: S603 - why"])
def test_a_switched_off_check_says_why(comment: str) -> None:
    assert found(f"run()  {comment}\n") == [("unexplained", 1)]


@pytest.mark.parametrize(
    "text",
    [
        "run()  # noqa: S603  # the command is our own constant\n",
        "run()  # noqa: S603 - the command is our own constant\n",
        "# The library ships no types for this.\nrun()  # type: ignore[attr-defined]\n",
    ],
)
def test_an_explained_check_is_kept(text: str) -> None:
    assert found(text) == []


def test_an_allowance_with_a_reason_lets_one_line_pass() -> None:
    allowed = "# allow sql-in-python: an identifier cannot be a parameter.\nquery = 'DROP DATABASE x'\n"
    assert found(allowed) == []
    assert found(allowed + "other = 'DROP DATABASE y'\n") == [("sql-in-python", 3)]


def test_an_allowance_without_a_reason_lets_nothing_pass() -> None:
    text = "query = 'DROP DATABASE x'  # allow sql-in-python\n"
    assert sorted(found(text)) == [("sql-in-python", 1), ("unexplained", 1)]


def test_an_allowance_that_allows_nothing_is_refused() -> None:
    assert found("# allow sql-clock: it was needed once upon a time.\n") == [("unused-allowance", 1)]


def test_a_violation_prints_as_editors_read_it() -> None:
    (violation,) = python_rules.vague_names(SourceFile("registry/utils.py", ""))
    assert isinstance(violation, Violation)
    assert str(violation).startswith("registry/utils.py:1: vague-name: 'utils'")
