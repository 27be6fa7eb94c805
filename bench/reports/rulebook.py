"""The rules of the reform plan and the definitions that they count by: those of the demonstration (规则)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from bench.reports.drawing import Stream, identity
from graphql_api.demo.intents.rule import definition_of
from graphql_api.demo.records.rule import CriterionRecord, RuleRecord
from graphql_api.demo.sequence import contents
from registry.criterion.events import CriterionDefined
from registry.criterion.reading import criteria_named
from registry.rule.events import RuleSet

ADOPTED = date(2018, 5, 1)
"""The day from which all of them are in force."""


def count() -> int:
    """Return how many rules there are."""
    return sum(isinstance(record, RuleRecord) for record in contents()["rules.toml"].records)


def rulebook() -> Iterator[Stream]:
    """Yield the criteria, and the rules that refer to them."""
    records = contents()["rules.toml"].records
    for record in records:
        if isinstance(record, CriterionRecord):
            defined = CriterionDefined(
                effective_on=ADOPTED,
                code=record.code,
                name=record.name,
                about=record.about,
                predicate=record.predicate,
            )
            yield Stream(_criterion(record.code), [defined])
    for record in records:
        if isinstance(record, RuleRecord):
            definition = definition_of(record)
            named = {code for _, text, about in definition.predicates for code in criteria_named(text, about)}
            rule = RuleSet(
                effective_on=ADOPTED,
                clause=record.clause,
                code=record.code,
                name=record.name,
                definition=definition,
                criteria=tuple(_criterion(code) for code in sorted(named)),
            )
            yield Stream(identity(f"rule {record.code}", 0), [rule])


def _criterion(code: str) -> UUID:
    return identity(f"criterion {code}", 0)
