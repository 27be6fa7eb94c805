"""The rules and criteria as believed, and which definition of each is judged by on a day (所用规则)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple, Protocol, TypeVar
from uuid import UUID

import msgspec
from msgspec import Struct

from graphql_api.planner.compiler import Compiler, Scope, Statement
from graphql_api.planner.templates import template
from registry.criterion.kinds import Subject
from registry.criterion.reading import criteria_named, parsed
from registry.rule.definition import Definition
from registry.rule.language.syntax import fields_of
from registry.rule.vocabularies import RESTRICTED


class _Dated(Protocol):
    """A row that holds from a day on, until another one; repealed if it says that there is none."""

    code: str
    repealed: bool
    start: date
    end: date | None


Row = TypeVar("Row", bound=_Dated)


class RuleRow(Struct):
    """A rule as the read model has it during a period."""

    id: UUID
    code: str
    definition: Definition
    repealed: bool
    start: date
    end: date | None


class CriterionRow(Struct):
    """A criterion as the read model has it during a period."""

    id: UUID
    code: str
    about: Subject
    predicate: str
    repealed: bool
    start: date
    end: date | None


class Believed(Struct):
    """All rules and criteria, as believed."""

    rules: list[RuleRow]
    criteria: list[CriterionRow]


class Judged(NamedTuple):
    """A rule as it is judged by: in force, or by what it said last or will say first."""

    row: RuleRow
    in_force: bool


class Book(NamedTuple):
    """What is judged by on a day: rules in the order of their codes, and what words mean."""

    rules: Sequence[Judged]
    criteria: Mapping[str, CriterionRow]

    def fields(self, texts: Iterable[tuple[str, Subject]]) -> frozenset[str]:
        """Return the fields that predicates speak of, themselves or through definitions."""
        found: set[str] = set()
        for text, about in texts:
            found |= fields_of(parsed(text, about))
            found |= self._meant(criteria_named(text, about), frozenset())
        return frozenset(found)

    def restricted(self, definition: Definition) -> bool:
        """Say whether whom a rule counts hangs on restricted personal data."""
        texts = [(text, about) for _, text, about in definition.predicates]
        return not self.fields(texts).isdisjoint(RESTRICTED)

    def _meant(self, codes: Iterable[str], seen: frozenset[str]) -> set[str]:
        found: set[str] = set()
        for code in codes:
            row = self.criteria.get(code)
            if row is not None and code not in seen:
                found |= fields_of(parsed(row.predicate, row.about))
                found |= self._meant(criteria_named(row.predicate, row.about), seen | {code})
        return found


def reading(compiler: Compiler, scope: Scope) -> Statement:
    """Return the statement that gives all rules and criteria as believed in ``scope``."""
    return compiler.statement(template("judging_rules").format_map(compiler.names(scope)))


def book_of(text: str | None, day: date, codes: Sequence[str] | None) -> Book:
    """Return what is judged by on ``day``; only the rules of ``codes`` if they are given."""
    believed = msgspec.json.decode(text or "{}", type=Believed)
    rules = [
        Judged(row, in_force)
        for code, (row, in_force) in _chosen(believed.rules, day).items()
        if codes is None or code in codes
    ]
    criteria = {code: row for code, (row, _) in _chosen(believed.criteria, day).items()}
    return Book(rules, criteria)


def _chosen(rows: Iterable[Row], day: date) -> dict[str, tuple[Row, bool]]:
    """Return by code the row in force on ``day``; where there is none, the next one, or the last."""
    by_code: dict[str, list[Row]] = {}
    for row in rows:
        if not row.repealed:
            by_code.setdefault(row.code, []).append(row)
    return {code: _choose(by_code[code], day) for code in sorted(by_code)}


def _choose(rows: Sequence[Row], day: date) -> tuple[Row, bool]:
    for row in rows:
        if row.start <= day and (row.end is None or day < row.end):
            return row, True
    later = [row for row in rows if row.start > day]
    return (min(later, key=_start) if later else max(rows, key=_start)), False


def _start(row: _Dated) -> date:
    return row.start
