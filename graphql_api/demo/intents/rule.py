"""From records of criteria and rules to commands (规则资料到命令). Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphql_api.demo.keys import Keys, stamp
from graphql_api.demo.records import rule as r
from graphql_api.demo.strict import Record
from registry.commands import Command
from registry.criterion.commands import DefineCriterion
from registry.rule.commands import SetRule
from registry.rule.definition import Definition, Population


def _criterion(record: r.CriterionRecord, keys: Keys) -> list[Command]:
    return [
        DefineCriterion(
            criterion=keys.identity("criterion", record.code),
            code=record.code,
            name=record.name,
            about=record.about,
            predicate=record.predicate,
            illustrative=record.illustrative,
            **stamp(record, keys, "define criterion"),
        )
    ]


def _rule(record: r.RuleRecord, keys: Keys) -> list[Command]:
    return [
        SetRule(
            rule=keys.identity("rule", record.code),
            code=record.code,
            name=record.name,
            definition=definition_of(record),
            illustrative=record.illustrative,
            **stamp(record, keys, "set rule"),
        )
    ]


def definition_of(record: r.RuleRecord) -> Definition:
    """Return what a record says as the registry has it; raises ValueError."""
    return Definition(
        form=record.form,
        subject=record.subject,
        population=_population(record.population),
        numerator=record.numerator,
        against=None if record.against is None else _population(record.against),
        comparison=record.comparison,
        threshold=r.ratio(record.threshold),
        baseline=r.ratio(record.baseline),
        warning=record.warning,
    )


def _population(table: r.PopulationTable) -> Population:
    return Population(kind=table.kind, reach=table.reach, where=table.where, indicator=table.indicator)


INTENTS: dict[type[Record], Callable[[Any, Keys], list[Command]]] = {
    r.CriterionRecord: _criterion,
    r.RuleRecord: _rule,
}
