"""What a term is, period by period: also after it ended, for the list of all terms of a body (届)."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from registry.term.state import Term


def _extract(state: Term) -> Iterable[Values]:
    yield (
        state.body,
        state.number,
        state.opened_on,
        state.planned_end,
        state.renews,
        state.ended,
        state.illustrative,
        state.position,
        state.instrument,
    )


MODEL = ReadModel(
    name="term",
    nouns=frozenset({"term"}),
    keys=0,
    columns=(
        Column("id", "uuid"),
        Column("body", "uuid"),
        Column("number", "integer"),
        Column("opened_on", "date"),
        Column("planned_end", "date"),
        Column("renews", "uuid"),
        Column("ended", "boolean"),
        Column("illustrative", "boolean"),
        Column("position", "bigint"),
        Column("instrument", "uuid"),
    ),
    extract=_extract,
    points=("body",),
)
