"""The subjects of a rule, and their populations, as rows of one table each (判定对象与统计总体编译).

A row of a population says of an element whether it is in it (``member``) and whether it counts
(``counted``), NULL where that is not known. Whoever is surely not in it has no row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from graphql_api.planner.compiler import Compiler, Scope
from graphql_api.planner.judging.people import HOLDERS, MEMBERS, Seats, columns
from graphql_api.planner.judging.rules import Book
from graphql_api.planner.judging.things import ALIVE, LEAD, measure_columns, organization_columns
from graphql_api.planner.templates import template
from registry.criterion.kinds import Subject
from registry.criterion.reading import parsed
from registry.rule.definition import Population
from registry.rule.kinds import PopulationKind, Reach
from registry.rule.language.compilation import Columns, to_sql

_HIERARCHY = {
    PopulationKind.SUPERVISED: "SUPERVISES",
    PopulationKind.PARTS: "PART_OF",
    PopulationKind.GUIDED: "GUIDES",
}

_REACHED = {
    Reach.OWN: "",
    Reach.BODIES: " AND o.kind = 'BODY'",
    Reach.PARTS: "",
}


class Branch(NamedTuple):
    """The population of a rule for all of its subjects: its place in the statement, and whom it counts.

    ``side`` is 0 for the population itself, 1 for the one that it is compared with.
    """

    rule: int
    side: int
    population: Population
    numerator: str | None


class Judging(NamedTuple):
    """What the parts of a statement are compiled with."""

    compiler: Compiler
    scope: Scope
    book: Book
    day: date

    def subjects(self, rule: int, predicate: str, only: str | None) -> str:
        """Return the living organizations that a rule is about, as rows of ``rule`` and ``id``."""
        row = "o"
        names = self.compiler.names(self.scope, t=row)
        applies = self._predicate(predicate, Subject.ORGANIZATION, organization_columns(names))
        chosen = "" if only is None else f" AND o.id = ANY ({only})"
        return (
            f"SELECT {rule} AS rule, o.id FROM {names['organization']} AS o"  # noqa: S608 - names of ours; values are parameters
            f" WHERE o.valid @> {self.scope.as_of} AND {ALIVE.format(t=row)}{chosen} AND {applies}"
        )

    def population(self, branch: Branch) -> str:
        """Return the rows of a population: ``rule``, ``side``, ``subject``, ``element``, as above."""
        return _POPULATIONS[branch.population.kind](self, branch)

    def reported(self, branch: Branch) -> str:
        """Return the figures of the last calendar year that is over, as tallies: ``n`` is what is counted.

        That of the year itself, or else the sum of those within it; not known where there is none.
        """
        year = self.day.year - 1
        return template("judging_reported").format_map(
            self.compiler.names(
                self.scope,
                rule=str(branch.rule),
                side=str(branch.side),
                indicator=self.compiler.parameter(branch.population.indicator, "text"),
                first=self.compiler.parameter(date(max(year, 1), 1, 1), "date"),
                last=self.compiler.parameter(date(max(year, 1), 12, 31), "date"),
            )
        )

    def rows(self, branch: Branch, element: str, source: str, about: Columns) -> str:
        """Return the rows of ``source``, in which ``s`` is the subject, each element once as it stands."""
        member, counted = self.said(branch, about)
        return (
            f"SELECT {branch.rule} AS rule, {branch.side} AS side, s.id AS subject, {element} AS element,"  # noqa: S608 - names of ours; values are parameters
            f" {member} AS member, {counted} AS counted"
            f" FROM subjects AS s {source} WHERE s.rule = {branch.rule} AND {member} IS NOT FALSE"
        )

    def said(self, branch: Branch, about: Columns) -> tuple[str, str]:
        """Return whether an element is in the population, and whether it counts."""
        subject = branch.population.subject
        assert subject is not None
        where, numerator = branch.population.where, branch.numerator
        member = "true" if where is None else self._predicate(where, subject, about)
        return member, "true" if numerator is None else self._predicate(numerator, subject, about)

    def _predicate(self, text: str, about: Subject, at: Columns, within: frozenset[str] = frozenset()) -> str:
        return to_sql(parsed(text, about), at, self.compiler.parameter, self._criterion(at, within))

    def _criterion(self, at: Columns, within: frozenset[str]) -> Callable[[str], str]:
        def meaning(code: str) -> str:
            row = self.book.criteria.get(code)
            if row is None or code in within:
                return "NULL::boolean"
            return self._predicate(row.predicate, row.about, at, within | {code})

        return meaning


def _people(seats: Seats) -> Callable[[Judging, Branch], str]:
    def build(judging: Judging, branch: Branch) -> str:
        reach = branch.population.reach
        if seats is MEMBERS or reach is Reach.OWN:
            source = f"JOIN {seats.name} AS h ON h.organization = s.id"
        else:
            names = judging.compiler.names(judging.scope, kinds=_REACHED[reach])
            source = template("judging_reach").format_map(names)
            source += f" JOIN {seats.name} AS h ON h.organization = x.id"
        rows = judging.rows(branch, "h.person", source, columns(seats, "h"))
        return template("judging_persons").format(rows=rows)

    return build


def _organizations(judging: Judging, branch: Branch) -> str:
    names = judging.compiler.names(
        judging.scope, t="o", hierarchy=_HIERARCHY[branch.population.kind], alive=ALIVE.format(t="o")
    )
    source = template("judging_below").format_map(names)
    return judging.rows(branch, "o.id", source, organization_columns(names))


def _itself(judging: Judging, branch: Branch) -> str:
    names = judging.compiler.names(judging.scope, t="o")
    source = f"JOIN {names['organization']} AS o ON o.id = s.id AND o.valid @> {judging.scope.as_of}"
    return judging.rows(branch, "o.id", source, organization_columns(names))


def _measures(judging: Judging, branch: Branch) -> str:
    names = judging.compiler.names(judging.scope, t="m")
    lead = LEAD.format_map(names)
    source = (
        f"JOIN {names['measure']} AS m ON m.valid @> {judging.scope.as_of} AND m.stage <> 'CANCELLED'"  # noqa: S608 - names of ours; values are parameters
        f" AND coalesce({lead} IN (SELECT w.id FROM parts_of AS w WHERE w.root = s.id), true)"
    )
    return judging.rows(branch, "m.id", source, measure_columns(names))


_POPULATIONS: Mapping[PopulationKind, Callable[[Judging, Branch], str]] = {
    PopulationKind.HOLDERS: _people(HOLDERS),
    PopulationKind.MEMBERS: _people(MEMBERS),
    PopulationKind.SUPERVISED: _organizations,
    PopulationKind.PARTS: _organizations,
    PopulationKind.GUIDED: _organizations,
    PopulationKind.SELF: _itself,
    PopulationKind.MEASURES: _measures,
}
