"""Rows to insert, written in as few statements as possible (批量写入).

Few rows go into all their tables by one statement over arrays: a round trip costs more than they do. Many
rows go by COPY, which costs less for each. The rows of one command go value by value: arrays cost the driver
more than what is in them. What is to be called when they are in goes with the statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import chain
from typing import Any, NamedTuple

from registry.statements import statement
from registry.store.connection import Connection

_INSERT = statement("registry.store", "insert_rows")
_INSERT_VALUES = statement("registry.store", "insert_values")
_ALL = statement("registry.store", "insert_all")
_CALL = statement("registry.store", "call")

COPY_FROM = 12
"""Rows of one table from which on COPY is cheaper; below, it is the round trip that counts."""

VALUES_TO = 4
"""Rows of one table up to which those of one command go value by value; each number is another statement."""


class Column(NamedTuple):
    """A column and its SQL type."""

    name: str
    sql_type: str


class Rows(NamedTuple):
    """Records for the columns of a table in a schema."""

    schema: str
    table: str
    columns: tuple[Column, ...]
    records: Sequence[tuple[Any, ...]]


class Call(NamedTuple):
    """A function of the database with what it is given; the SQL types of that come first."""

    function: str
    sql_types: tuple[str, ...]
    arguments: tuple[Any, ...]


class _Part(NamedTuple):
    """What is inserted into one table: so many ``rows`` value by value, or 0 for arrays of any length."""

    table: str
    columns: tuple[Column, ...]
    rows: int


async def insert(
    connection: Connection, tables: Sequence[Rows], then: Call | None = None, *, alone: bool = False
) -> None:
    """Insert all rows of ``tables``; what refers to what is checked at the end of the transaction.

    ``then`` is called in the last statement; it does not see the rows that this one inserts. ``alone`` says
    that they are of one command: commands of one kind write the same numbers of rows, and so one statement.
    """
    few: list[Rows] = []
    for rows in tables:
        if len(rows.records) >= COPY_FROM:
            await _copy(connection, rows)
        elif rows.records:
            few.append(rows)
    if few or then:
        parts = tuple(_part(rows, alone=alone) for rows in few)
        sql = _insert_sql(parts, None if then is None else (then.function, then.sql_types))
        given: list[Any] = []
        for part, rows in zip(parts, few, strict=True):
            if part.rows:
                given += chain.from_iterable(rows.records)
            else:
                given += map(list, zip(*rows.records, strict=True))
        await connection.execute(sql, *given, *(() if then is None else then.arguments))


def _part(rows: Rows, *, alone: bool) -> _Part:
    count = len(rows.records)
    return _Part(f"{rows.schema}.{rows.table}", rows.columns, count if alone and count <= VALUES_TO else 0)


async def _copy(connection: Connection, rows: Rows) -> None:
    await connection.copy_records_to_table(
        rows.table,
        schema_name=rows.schema,
        columns=[column.name for column in rows.columns],
        records=rows.records,
    )


@cache
def _insert_sql(parts: tuple[_Part, ...], call: tuple[str, tuple[str, ...]] | None) -> str:
    """Return the statement that inserts ``parts``, whose parameters stand in a row, and then calls."""
    inserts: list[str] = []
    number = 1
    for index, part in enumerate(parts):
        width = len(part.columns)
        names = ", ".join(column.name for column in part.columns)
        if part.rows:
            listed = (f"({_parameters(part, number + row * width)})" for row in range(part.rows))
            sql = _INSERT_VALUES.format(table=part.table, columns=names, values=", ".join(listed))
        else:
            sql = _INSERT.format(table=part.table, columns=names, arrays=_parameters(part, number, "[]"))
        number += width * max(part.rows, 1)
        inserts.append(f"w{index} AS ({sql})")
    last = "SELECT" if call is None else _call_sql(*call, number)
    return _ALL.format(parts=", ".join(inserts), last=last) if inserts else last


def _parameters(part: _Part, first: int, suffix: str = "") -> str:
    """Return a parameter for each column, from the number ``first`` on."""
    return ", ".join(f"${n}::{column.sql_type}{suffix}" for n, column in enumerate(part.columns, start=first))


def _call_sql(function: str, sql_types: Sequence[str], first: int) -> str:
    """Return the statement that calls ``function`` with the parameters from number ``first`` on."""
    arguments = ", ".join(f"${n}::{sql_type}" for n, sql_type in enumerate(sql_types, start=first))
    return _CALL.format(function=function, arguments=arguments)
