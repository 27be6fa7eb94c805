"""Peer: one statement for each report, written by hand over the same tables (手写语句)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from projections.catalog import READ_MODELS

_FOLDER = Path(__file__).parent / "sql"
_BELIEVED = re.compile(r"^-- believed: (.*)$", re.MULTILINE)
_HEAD = "WITH RECURSIVE"
_COLUMNS = {
    model.name: ", ".join((*(column.name for column in model.columns), "valid")) for model in READ_MODELS
}


class Times(NamedTuple):
    """What is asked for: the day, and the instant of the belief, None for that of now."""

    as_of: date
    known_at: datetime | None = None


class Handwritten(NamedTuple):
    """A statement and its parameters."""

    sql: str
    parameters: Sequence[object]


def handwritten(report: str, projections: str, times: Times, before: date) -> Handwritten:
    """Return the statement for ``report``: $1 the day, $2 the instant of the belief, $3 the day before.

    One for a past belief has each table that its head names stand for what was believed of it then; the
    planner of the database folds that into whatever reads it, as it would if it stood there.
    """
    text = (_FOLDER / f"{report}.sql").read_text(encoding="utf-8")
    named = _BELIEVED.search(text)
    assert named is not None, report
    if times.known_at is not None:
        clauses = ",\n".join(believed(table, projections) for table in named[1].split(", "))
        text = text.replace(_HEAD, f"{_HEAD} {clauses},", 1)
    values: list[object] = [times.as_of, times.known_at, before]
    used = sorted({int(number) for number in re.findall(r"\$(\d)", text)})
    for place, number in enumerate(used, start=1):
        text = text.replace(f"${number}", f"${place}")
    # A reader sends an answer on as the text that it is.
    return Handwritten(f"SELECT (\n{text}\n)::text", [values[number - 1] for number in used])


def believed(table: str, projections: str) -> str:
    """Return the clause that has the name of a table stand for what was believed of it at the instant $2."""
    columns, name = _COLUMNS[table], f"{projections}.{table}"
    return (
        f"{table} AS NOT MATERIALIZED (SELECT {columns} FROM {name} WHERE recorded_from <= $2"  # noqa: S608 - names of ours
        f" UNION ALL SELECT {columns} FROM {name}_past WHERE recorded @> $2)"
    )
