"""When a measure was done; a yearly one, again and again (完成)."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from registry.measure.state import Measure


def _extract(state: Measure) -> Iterable[Values]:
    return ((done.position, done.on) for done in state.fulfilments)


MODEL = ReadModel(
    name="fulfilment",
    nouns=frozenset({"measure"}),
    keys=1,
    columns=(
        Column("measure", "uuid"),
        Column("position", "bigint"),
        Column("fulfilled_on", "date"),
    ),
    extract=_extract,
)
