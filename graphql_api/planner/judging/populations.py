"""The subjects of rules, and their populations, as rows of one table each (判定对象与统计总体编译).

A row of a population says of an element whether it is in it (``member``) and whether it counts
(``counted``), NULL where that is not known. Whoever is surely not in it has no row. All rules that look at
populations of one kind go through one join: it is planned once, and by more than a single rule's few rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from graphql_api.planner.believed import Names
from graphql_api.planner.compiler import Compiler, Scope
from graphql_api.planner.judging.people import HOLDERS, MEMBERS, columns
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
_LEVEL = {Reach.OWN: 0, Reach.BODIES: 1, Reach.PARTS: 2}
"""How far the parts whose posts count are from the subject: each reach takes in those before it."""


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

    def subjects(self, only: str | None) -> str:
        """Return the living organizations that each rule is about, as rows of ``rule`` and ``id``."""
        names = self.compiler.names(self.scope, t="o")
        by_text: dict[str, list[int]] = {}
        for number, judged in enumerate(self.book.rules):
            by_text.setdefault(judged.row.definition.subject, []).append(number)
        at = organization_columns(names)
        pairs = [
            f"(ARRAY{numbers}, {self.predicate(text, Subject.ORGANIZATION, at)})"
            for text, numbers in by_text.items()
        ]
        names.update(
            pairs=", ".join(pairs) or "(ARRAY[]::integer[], false)",
            alive=ALIVE.format(t="o"),
            only="" if only is None else f" AND o.id = ANY ({only})",
        )
        return template("judging_subjects").format_map(names)

    def populations(self, branches: Sequence[Branch]) -> Iterator[str]:
        """Yield the rows of all populations: ``rule``, ``side``, ``subject``, ``element``, as above."""
        for kinds, build in _POPULATIONS:
            alike = [branch for branch in branches if branch.population.kind in kinds]
            if alike:
                yield build(self, alike)

    def reported(self, branch: Branch) -> str:
        """Return the figures of the last calendar year that is over, as tallies.

        That of the year itself, or else the sum of those within it; not known where there is none.
        """
        year = max(self.day.year - 1, 1)
        return template("judging_reported").format_map(
            self.compiler.names(
                self.scope,
                rule=str(branch.rule),
                side=str(branch.side),
                indicator=self.compiler.parameter(branch.population.indicator, "text"),
                first=self.compiler.parameter(date(year, 1, 1), "date"),
                last=self.compiler.parameter(date(year, 12, 31), "date"),
            )
        )

    def rows(self, branches: Sequence[Branch], name: str, at: Columns, **more: str) -> str:
        """Return what the template ``name`` makes of ``branches``, with the predicates over ``at``."""
        names = self.compiler.names(self.scope, t=_ROW[name], **more)
        members = [branch.population.where for branch in branches]
        counted = [branch.numerator for branch in branches]
        about = branches[0].population.subject
        assert about is not None
        names.update(
            branches=", ".join(_branch(number, branch) for number, branch in enumerate(branches)),
            member=self._cases(members, about, at),
            counted=self._cases(counted, about, at),
        )
        return template(name).format_map(names)

    def _cases(self, texts: Iterable[str | None], about: Subject, at: Columns) -> str:
        """Return what each branch, by its number, says of an element; everything holds without a text."""
        by_text: dict[str, list[int]] = {}
        for number, text in enumerate(texts):
            if text is not None:
                by_text.setdefault(text, []).append(number)
        cases = " ".join(
            f"WHEN q.branch = ANY (ARRAY{numbers}) THEN {self.predicate(text, about, at)}"
            for text, numbers in by_text.items()
        )
        return f"(CASE {cases} ELSE true END)" if cases else "true"

    def predicate(self, text: str, about: Subject, at: Columns, within: frozenset[str] = frozenset()) -> str:
        """Return the expression of a predicate over the columns ``at``."""
        return to_sql(parsed(text, about), at, self.compiler.parameter, self._criterion(at, within))

    def _criterion(self, at: Columns, within: frozenset[str]) -> Callable[[str], str]:
        def meaning(code: str) -> str:
            row = self.book.criteria.get(code)
            if row is None or code in within:
                return "NULL::boolean"
            return self.predicate(row.predicate, row.about, at, within | {code})

        return meaning


_ROW = {
    "judging_of_holders": "h",
    "judging_of_members": "h",
    "judging_of_organizations": "o",
    "judging_of_itself": "o",
    "judging_of_measures": "m",
}
"""The row of an element in each template."""


def _branch(number: int, branch: Branch) -> str:
    hierarchy = _HIERARCHY.get(branch.population.kind, "")
    level = _LEVEL[branch.population.reach]
    return f"({number}, {branch.rule}, {branch.side}, {level}, '{hierarchy}')"


def _holders(judging: Judging, branches: Sequence[Branch]) -> str:
    return judging.rows(branches, "judging_of_holders", columns(HOLDERS, "h"))


def _members(judging: Judging, branches: Sequence[Branch]) -> str:
    return judging.rows(branches, "judging_of_members", columns(MEMBERS, "h"))


def _organizations(judging: Judging, branches: Sequence[Branch]) -> str:
    names = _names(judging, "o")
    at = organization_columns(names)
    return judging.rows(branches, "judging_of_organizations", at, alive=ALIVE.format(t="o"))


def _itself(judging: Judging, branches: Sequence[Branch]) -> str:
    return judging.rows(branches, "judging_of_itself", organization_columns(_names(judging, "o")))


def _measures(judging: Judging, branches: Sequence[Branch]) -> str:
    names = _names(judging, "m")
    return judging.rows(branches, "judging_of_measures", measure_columns(names), lead=LEAD.format_map(names))


def _names(judging: Judging, row: str) -> Names:
    return judging.compiler.names(judging.scope, t=row)


_POPULATIONS: tuple[tuple[frozenset[PopulationKind], Callable[[Judging, Sequence[Branch]], str]], ...] = (
    (frozenset({PopulationKind.HOLDERS}), _holders),
    (frozenset({PopulationKind.MEMBERS}), _members),
    (frozenset(_HIERARCHY), _organizations),
    (frozenset({PopulationKind.SELF}), _itself),
    (frozenset({PopulationKind.MEASURES}), _measures),
)
"""How populations of some kinds are compiled."""
