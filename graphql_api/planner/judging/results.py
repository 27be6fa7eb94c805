"""Compliance: every rule judged for each of its subjects, in two statements over one snapshot (合规判定).

The first statement reads the rules, the second judges all of them at once. What their counts come to is
decided by the registry, and put under the keys that the operation asks by.
"""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

import orjson

from graphql_api.planner.compiler import Compiler, Scope, Statement
from graphql_api.planner.judging.lists import KINDS, Listing, empty, listings
from graphql_api.planner.judging.rules import Book, Judged, book_of, reading
from graphql_api.planner.judging.statement import Asked, judging, nodes_of
from graphql_api.planner.selection import Selected
from graphql_api.problems import Problem, problem
from registry.rule.definition import Definition, Ratio
from registry.rule.kinds import JudgedAt, Outcome
from registry.rule.outcome import Judgement, Tally, judge

Fetch = Callable[[Statement], Awaitable[str | None]]
"""Runs a statement in a snapshot that stays the same for all of them."""

RESULT_LIMIT = 20_000
"""Results in one answer at most."""

_PLACES = 4


class Question(NamedTuple):
    """Which rules are judged for which subjects, and what is ``selected`` of each result.

    ``codes`` and ``subjects`` are None for all.
    """

    selected: Sequence[Selected]
    codes: Sequence[str] | None
    subjects: Sequence[str] | None
    at: JudgedAt
    day: date


class Result(NamedTuple):
    """What a rule came to for one subject; none where the rule has no subject at all."""

    judged: Judged
    subject: str | None
    tally: Tally
    against: Tally | None
    judgement: Judgement
    row: Sequence[Any]


async def results(
    compiler: Compiler, scope: Scope, question: Question, fetch: Fetch
) -> tuple[Book, list[Listing], list[Result], Sequence[Any]]:
    """Judge, and return what it came to, with the parts of the answer that the statement gave."""
    book = book_of(await fetch(reading(compiler, scope)), question.day, question.codes)
    lists = listings(compiler, scope, book, question.selected)
    asked = Asked(scope, book, question.day, question.at, question.subjects)
    statement = judging(compiler, asked, question.selected, lists)
    answer = orjson.loads(await fetch(statement) or "{}")
    found = [_result(book, row) for row in answer["results"]]
    if question.subjects is None:
        reached = {row[0] for row in answer["results"]}
        found += [_nowhere(judged) for n, judged in enumerate(book.rules) if n not in reached]
    if len(found) > RESULT_LIMIT:
        raise problem(
            Problem.TOO_COMPLEX,
            nodes_of(question.selected),
            limit=RESULT_LIMIT,
            english="results",
            chinese="结果",
        )
    found.sort(key=lambda result: result.judged.row.code)
    return book, lists, found, answer["rules"]


class Shown(NamedTuple):
    """A result as it is shown by response key, and what tells it from others and when it is another one."""

    code: str
    subject: str | None
    state: tuple[object, ...]
    shown: dict[str, Any]


async def compliance(compiler: Compiler, scope: Scope, question: Question, fetch: Fetch) -> list[Shown]:
    """Return the results of ``question``, with what is selected by response key."""
    book, lists, found, rules = await results(compiler, scope, question, fetch)
    numbers = {judged.row.id: number for number, judged in enumerate(book.rules)}
    form = _Form(compiler, question, lists, rules)
    return [
        Shown(
            result.judged.row.code,
            result.subject,
            (result.judgement.outcome, result.tally, result.against),
            form.of(result, numbers[result.judged.row.id]),
        )
        for result in found
    ]


def _result(book: Book, row: Sequence[Any]) -> Result:
    judged = book.rules[row[0]]
    definition = judged.row.definition
    tally = _tally(row[3])
    against = None if definition.against is None else _tally(row[4])
    judgement = judge(definition, tally, against, in_force=judged.in_force)
    return Result(judged, row[1], tally, against, judgement, row)


def _tally(counts: Sequence[int | None]) -> Tally:
    return Tally(*(count or 0 for count in counts))


def _nowhere(judged: Judged) -> Result:
    """Return the result of a rule without a subject: no such body."""
    outcome = Outcome.NOT_APPLICABLE if judged.in_force else Outcome.NOT_IN_FORCE
    return Result(judged, None, Tally(), None, Judgement(outcome, None, None), ())


class _Form:
    """Puts results under the keys that they are asked for by."""

    def __init__(
        self, compiler: Compiler, question: Question, lists: Sequence[Listing], rules: Sequence[Any]
    ) -> None:
        self._compiler = compiler
        self._question = question
        self._lists = lists
        self._rules = rules

    def of(self, result: Result, number: int) -> dict[str, Any]:
        """Return one result."""
        known = plain_values(result, self._question)
        rules, subjects, lists = iter(self._rules[number]), iter(result.row[2] if result.row else ()), 0
        shown: dict[str, Any] = {}
        for field in self._question.selected:
            if field.name == "rule":
                shown[field.key] = next(rules)
            elif field.name == "subject":
                shown[field.key] = next(subjects, None)
            elif field.name in KINDS:
                shown[field.key] = self._listed(self._lists[lists], result, number, 5 + lists)
                lists += 1
            else:
                shown[field.key] = known[field.name]
        return shown

    def _listed(self, listing: Listing, result: Result, number: int, place: int) -> Any:  # noqa: ANN401 - JSON as it came
        if number not in listing.rules:
            return None
        found = result.row[place] if result.row else None
        return empty(self._compiler, listing.field) if found is None else found


def plain_values(result: Result, question: Question) -> Mapping[str, Any]:
    """Return what a result says by itself, by the names of the schema."""
    definition, tally, judgement = result.judged.row.definition, result.tally, result.judgement
    against = result.against
    return {
        "__typename": "RuleResult",
        "asOf": question.day.isoformat(),
        "at": str(question.at),
        "outcome": str(judgement.outcome),
        "share": _written(definition, result),
        "shareDecimal": _decimal(judgement.share),
        "threshold": ratio(definition.threshold),
        "thresholdDecimal": _decimal(None if definition.threshold is None else definition.threshold.fraction),
        "comparison": None if definition.comparison is None else str(definition.comparison),
        "population": tally.population,
        "counted": tally.counted,
        "notCounted": tally.not_counted,
        "unknown": tally.unknown,
        "against": None if against is None else against.counted,
        "againstUnknown": None if against is None else against.unknown,
        "baseline": ratio(definition.baseline),
        "baselineOutcome": None if judgement.baseline is None else str(judgement.baseline),
        "warning": definition.warning,
    }


def _written(definition: Definition, result: Result) -> str | None:
    """Return the share as it was counted, not reduced: 209/300; of a COUNT the number."""
    if result.judgement.share is None:
        return None
    if definition.form == "COUNT" or definition.population.kind == "REPORTED":
        return str(result.tally.counted)
    other = result.against
    whole = result.tally.population if other is None else other.counted + other.unknown
    return f"{result.tally.counted}/{whole}"


def ratio(value: Ratio | None) -> str | None:
    """Return a fraction as it is written: 3/4, or a whole number."""
    if value is None:
        return None
    return str(value.numerator) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"


def _decimal(value: Fraction | None) -> float | None:
    """Return a fraction in decimals, cut off and never rounded up."""
    return None if value is None else math.floor(value * 10**_PLACES) / 10**_PLACES
