"""What a composition rule says, period by period (结构比例规则)."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from projections.model import Column, ReadModel, Values
from registry.rule.state import Rule


def _extract(state: Rule) -> Iterable[Values]:
    definition = state.definition
    yield (
        state.code,
        state.name,
        definition.form,
        definition.population.kind,
        definition.warning,
        msgspec.json.encode(definition).decode(),
        state.clause,
        state.repealed,
        state.illustrative,
        state.position,
        state.instrument,
    )


MODEL = ReadModel(
    name="rule",
    nouns=frozenset({"rule"}),
    keys=0,
    columns=(
        Column("id", "uuid"),
        Column("code", "text"),
        Column("name", "text"),
        Column("form", "text"),
        Column("population", "text"),
        Column("warning", "boolean"),
        Column("definition", "jsonb"),
        Column("clause", "text"),
        Column("repealed", "boolean"),
        Column("illustrative", "boolean"),
        Column("position", "bigint"),
        Column("instrument", "uuid"),
    ),
    extract=_extract,
)
