"""Rows to insert, written in as few statements as possible (批量写入).

Few rows go into all their tables by one statement over arrays: a round trip costs more than they do. Many
rows go by COPY, which costs less for each. What is to be called when they are in goes with the statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from registry.statements import statement
from registry.store.connection import Connection

_INSERT = statement("registry.store", "insert_rows")
_ALL = statement("registry.store", "insert_all")
_CALL = statement("registry.store", "call")

COPY_FROM = 12
"""Rows of one table from which on COPY is cheaper; below, it is the round trip that counts."""


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


async def insert(connection: Connection, tables: Sequence[Rows], then: Call | None = None) -> None:
    """Insert all rows of ``tables``; what refers to what is checked at the end of the transaction.

    ``then`` is called in the last statement; it does not see the rows that this one inserts.
    """
    few: list[Rows] = []
    for rows in tables:
        if len(rows.records) >= COPY_FROM:
            await _copy(connection, rows)
        elif rows.records:
            few.append(rows)
    if few or then:
        sql = _insert_sql(
            tuple((rows.schema, rows.table, rows.columns) for rows in few),
            None if then is None else (then.function, then.sql_types),
        )
        arrays = (list(array) for rows in few for array in zip(*rows.records, strict=True))
        await connection.execute(sql, *arrays, *(() if then is None else then.arguments))


async def _copy(connection: Connection, rows: Rows) -> None:
    await connection.copy_records_to_table(
        rows.table,
        schema_name=rows.schema,
        columns=[column.name for column in rows.columns],
        records=rows.records,
    )


@cache
def _insert_sql(
    tables: tuple[tuple[str, str, tuple[Column, ...]], ...], call: tuple[str, tuple[str, ...]] | None
) -> str:
    """Return the statement that inserts into ``tables`` from one array a column, and then calls ``call``."""
    parts: list[str] = []
    number = 0
    for index, (schema, table, columns) in enumerate(tables):
        numbered = list(enumerate(columns, start=number + 1))
        number += len(columns)
        insert_rows = _INSERT.format(
            table=f"{schema}.{table}",
            columns=", ".join(column.name for column in columns),
            arrays=", ".join(f"${n}::{column.sql_type}[]" for n, column in numbered),
        )
        parts.append(f"w{index} AS ({insert_rows})")
    last = "SELECT" if call is None else _call_sql(*call, number + 1)
    return _ALL.format(parts=", ".join(parts), last=last) if parts else last


def _call_sql(function: str, sql_types: Sequence[str], first: int) -> str:
    """Return the statement that calls ``function`` with the parameters from number ``first`` on."""
    arguments = ", ".join(f"${n}::{sql_type}" for n, sql_type in enumerate(sql_types, start=first))
    return _CALL.format(function=function, arguments=arguments)
