"""What a function is, period by period (职能)."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from projections.pinyin import sort_key
from registry.function.state import Function


def _extract(state: Function) -> Iterable[Values]:
    yield (
        state.name,
        sort_key(state.name),
        state.description,
        state.unspecified,
        state.illustrative,
        state.emphasized,
        state.retired,
        state.position,
        state.instrument,
    )


MODEL = ReadModel(
    name="function",
    nouns=frozenset({"function"}),
    keys=0,
    columns=(
        Column("id", "uuid"),
        Column("name", "text"),
        Column("pinyin", "text"),
        Column("description", "text"),
        Column("unspecified", "boolean"),
        Column("illustrative", "boolean"),
        Column("emphasized", "boolean"),
        Column("retired", "boolean"),
        Column("position", "bigint"),
        Column("instrument", "uuid"),
    ),
    extract=_extract,
)
