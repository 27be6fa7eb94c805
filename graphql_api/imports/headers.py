"""Which column stands where: headers in Chinese or English (表头). Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from graphql_api.imports.cells import Cell, is_blank
from graphql_api.imports.columns import CHINESE, COLUMNS, FROM, Column, Kind
from graphql_api.imports.words import folded
from graphql_api.imports.wrong import Wrong, WrongError

PASSED_OVER = ("#", "＃")
"""How the name of a sheet or a column begins that is not imported; so do those that reports add."""

NOTES = "说明"
"""The sheet of the template that explains the others."""


class Header(NamedTuple):
    """The columns in the order of the sheet; None for one that is passed over. What is wrong, by place."""

    columns: tuple[Column | None, ...]
    wrong: tuple[tuple[int, WrongError], ...]


@cache
def _kinds() -> Mapping[str, Kind]:
    named = {folded(str(kind)): kind for kind in Kind}
    return {
        **named,
        **{folded(term): kind for kind, term in CHINESE.items()},
        **{folded(f"{CHINESE[kind]} {kind}"): kind for kind in Kind},
        "届": Kind.TERMS,
    }


@cache
def _names(kind: Kind) -> Mapping[str, Column]:
    names: dict[str, Column] = {}
    for column in COLUMNS[kind]:
        for name in (column.name, column.chinese, f"{column.chinese} {column.name}", *column.also):
            names.setdefault(folded(name), column)
    return names


def kind_of(name: str) -> Kind:
    """Return the kind that a sheet or an option names; raises WrongError."""
    kind = _kinds().get(folded(name))
    if kind is None:
        known = ", ".join(f"{CHINESE[kind]} {kind}" for kind in Kind)
        raise WrongError(Wrong.UNKNOWN_KIND, name=name[:40], kinds=known)
    return kind


def is_passed_over(name: str) -> bool:
    """Say whether a sheet of this name is not imported."""
    return name.strip().startswith(PASSED_OVER) or name.strip() == NOTES


def header_of(kind: Kind, cells: Sequence[Cell], *, dated: bool = False) -> Header:
    """Return which columns ``cells`` name; rows that are ``dated`` otherwise need no column for it."""
    columns: list[Column | None] = []
    wrong: list[tuple[int, WrongError]] = []
    for place, cell in enumerate(cells):
        text = "" if is_blank(cell) else str(cell)
        if not text or text.strip().startswith(PASSED_OVER):
            columns.append(None)
            continue
        column = _names(kind).get(folded(text))
        if column is None:
            wrong.append((place, WrongError(Wrong.UNKNOWN_COLUMN, name=text[:40])))
        elif column in columns:
            wrong.append((place, WrongError(Wrong.DUPLICATE_COLUMN, name=text[:40])))
        columns.append(column)
    wrong.extend(
        (0, WrongError(Wrong.MISSING_COLUMN, name=f"{column.chinese} {column.name}"))
        for column in COLUMNS[kind]
        if column.required and column not in columns and not (dated and column is FROM)
    )
    return Header(tuple(columns), tuple(wrong))
