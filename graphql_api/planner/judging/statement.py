"""All rules compiled into one statement: a branch for each, over all its subjects at once (判定语句)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from graphql import FieldNode

from graphql_api.planner.compiler import LIST_ESTIMATE, Compiler, Scope, Statement
from graphql_api.planner.judging.lists import Listing
from graphql_api.planner.judging.people import HOLDERS, MEMBERS, tables
from graphql_api.planner.judging.populations import Branch, Judging
from graphql_api.planner.judging.rules import Book, Judged
from graphql_api.planner.selection import Selected
from graphql_api.planner.templates import template
from graphql_api.problems import Problem, problem
from registry.rule.kinds import JudgedAt, PopulationKind

RULE_LIMIT = 200
"""Rules judged at once; each is a branch of the statement, or two."""

_NO_ELEMENT = (
    "SELECT 0 AS rule, 0 AS side, NULL::uuid AS subject, NULL::uuid AS element,"
    " true AS member, true AS counted WHERE false"
)


class Asked(NamedTuple):
    """By which rules, on which day, and for which subjects is judged; None for all."""

    scope: Scope
    book: Book
    day: date
    at: JudgedAt
    subjects: Sequence[str] | None


def judging(
    compiler: Compiler, asked: Asked, selected: Sequence[Selected], lists: Sequence[Listing]
) -> Statement:
    """Return the statement that judges, with the parts of the answer that ``selected`` and ``lists`` ask."""
    if len(asked.book.rules) > RULE_LIMIT:
        nodes = nodes_of(selected)
        raise problem(Problem.TOO_COMPLEX, nodes, limit=RULE_LIMIT, english="rules", chinese="规则")
    kind = compiler.type_of("RuleResult")
    for field in selected:
        if field.name != "__typename":
            compiler.check(kind, field)
            if asked.scope.known_at is not None:
                compiler.check_superseded(kind, field)
    made = [f"{name} AS MATERIALIZED ({sql})" for name, sql in _listed(lists)]
    names = compiler.names(
        asked.scope,
        tables=",\n".join([*_tables(compiler, asked), *made]),
        subject=_subject(compiler, asked.scope, selected),
        lists="".join(f", l{number}.listed" for number in range(len(lists))),
        joins="\n".join(
            f"LEFT JOIN list{n} AS l{n} ON l{n}.rule = s.rule AND l{n}.subject = s.id"
            for n in range(len(lists))
        ),
    )
    found = template("judging").format_map(names)
    return compiler.statement(
        f"json_build_object('rules', {_rules(compiler, asked, selected)}, 'results', {found})"
    )


def nodes_of(selected: Sequence[Selected]) -> list[FieldNode]:
    """Return where fields are asked for."""
    return [node for field in selected for node in field.nodes[:1]]


def _listed(lists: Sequence[Listing]) -> Iterator[tuple[str, str]]:
    for number, listing in enumerate(lists):
        yield f"list{number}", listing.sql


def _tables(compiler: Compiler, asked: Asked) -> list[str]:
    """Return the tables of the statement, each of which may use those before it."""
    scope, rules = asked.scope, asked.book.rules
    judging_with = Judging(compiler, scope, asked.book, asked.day)
    only = None if asked.subjects is None else compiler.parameter(list(asked.subjects), "uuid[]")
    branches = list(_branches(rules))
    reported = [b for b in branches if b.population.kind is PopulationKind.REPORTED]
    made = [f"subjects AS MATERIALIZED ({judging_with.subjects(only)})"]
    made += _seats(compiler, asked, branches)
    for kind, name, content in (
        (PopulationKind.HOLDERS, "reached AS MATERIALIZED", "judging_reached"),
        (PopulationKind.MEASURES, "parts_of AS", "judging_parts_of"),
    ):
        used = sorted({branch.rule for branch in branches if branch.population.kind is kind})
        if used:
            names = compiler.names(scope, rules=compiler.parameter(used, "integer[]"))
            made.append(f"{name} ({template(content).format_map(names)})")
    judged = [*judging_with.populations(branches)]
    made.append(f"judged AS MATERIALIZED ({_union(judged) or _NO_ELEMENT})")
    tallies = [template("judging_tallies"), *(judging_with.reported(b) for b in reported)]
    made.append(f"tallies AS MATERIALIZED ({_union(tallies)})")
    return made


def _union(parts: Sequence[str]) -> str:
    return "\nUNION ALL\n".join(f"({part})" for part in parts)


def _branches(rules: Sequence[Judged]) -> Iterator[Branch]:
    for number, judged in enumerate(rules):
        definition = judged.row.definition
        yield Branch(number, 0, definition.population, definition.numerator)
        if definition.against is not None:
            yield Branch(number, 1, definition.against, None)


def _seats(compiler: Compiler, asked: Asked, branches: Sequence[Branch]) -> list[str]:
    """Return the tables of holders and members, with the fields that any rule asks for."""
    made: list[str] = []
    for kind, seats in ((PopulationKind.HOLDERS, HOLDERS), (PopulationKind.MEMBERS, MEMBERS)):
        fields: set[str] = set()
        used = [branch for branch in branches if branch.population.kind is kind]
        for branch in used:
            subject = branch.population.subject
            assert subject is not None
            texts = [text for text in (branch.population.where, branch.numerator) if text is not None]
            fields |= asked.book.fields((text, subject) for text in texts)
        if used:
            election = asked.at is JudgedAt.ELECTION
            names = compiler.names(asked.scope)
            made += tables(seats, fields, names, election=election)
    return made


def _subject(compiler: Compiler, scope: Scope, selected: Sequence[Selected]) -> str:
    """Return the organizations judged, once for each key that asks for them."""
    each = scope.each(LIST_ESTIMATE)
    shown = [
        compiler.object("Organization", compiler.below(field, "Organization"), "o", each)
        for field in selected
        if field.name == "subject"
    ]
    return f"json_build_array({', '.join(shown)})"


def _rules(compiler: Compiler, asked: Asked, selected: Sequence[Selected]) -> str:
    """Return the rules judged, in order, each once for each key that asks for it."""
    fields = [field for field in selected if field.name == "rule"]
    rows: list[str] = []
    for number, judged in enumerate(asked.book.rules):
        row = compiler.alias()
        shown = [compiler.object("Rule", compiler.below(field, "Rule"), row, asked.scope) for field in fields]
        table = compiler.table("rule", asked.scope)
        rows.append(
            f"SELECT {number} AS place, json_build_array({', '.join(shown)}) AS shown FROM {table} AS {row}"  # noqa: S608 - names of ours; values are parameters
            f" WHERE {row}.id = {compiler.parameter(judged.row.id, 'uuid')}"
            f" AND {row}.valid @> {compiler.parameter(judged.row.start, 'date')}"
        )
    if not rows:
        return "json_build_array()"
    return f"(SELECT json_agg(x.shown ORDER BY x.place) FROM ({_union(rows)}) AS x)"  # noqa: S608 - names of ours; values are parameters
