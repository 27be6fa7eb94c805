"""Which organization is charged with a function (职能承担)."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from registry.function.state import Function


def _extract(state: Function) -> Iterable[Values]:
    if state.holding is not None:
        held = state.holding
        yield (held.holder, held.position, held.instrument, held.clause)


MODEL = ReadModel(
    name="holding",
    nouns=frozenset({"function"}),
    keys=0,
    columns=(
        Column("function", "uuid"),
        Column("holder", "uuid"),
        Column("position", "bigint"),
        Column("instrument", "uuid"),
        Column("clause", "text"),
    ),
    extract=_extract,
    points=("holder",),
)
