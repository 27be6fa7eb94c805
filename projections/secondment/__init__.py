"""Who works elsewhere for a time (挂职、交流)."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from registry.secondment.state import Secondment


def _extract(state: Secondment) -> Iterable[Values]:
    yield (
        state.person,
        state.home,
        state.host,
        state.direction,
        state.basis,
        state.begun_on,
        state.until,
        state.ended_on,
        state.illustrative,
        state.position,
        state.instrument,
    )


MODEL = ReadModel(
    name="secondment",
    nouns=frozenset({"secondment"}),
    keys=0,
    columns=(
        Column("id", "uuid"),
        Column("person", "uuid"),
        Column("home", "uuid"),
        Column("host", "uuid"),
        Column("direction", "text"),
        Column("basis", "text"),
        Column("begun_on", "date"),
        Column("until", "date"),
        Column("ended_on", "date"),
        Column("illustrative", "boolean"),
        Column("position", "bigint"),
        Column("instrument", "uuid"),
    ),
    extract=_extract,
    points=("person", "home", "host"),
)
