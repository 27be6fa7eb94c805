"""Which cadre keeps in touch with which scientist (直接联系科技工作者)."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from registry.liaison.state import Liaison


def _extract(state: Liaison) -> Iterable[Values]:
    yield (
        state.cadre,
        state.scientist,
        state.begun_on,
        state.ended_on,
        state.illustrative,
        state.position,
        state.instrument,
    )


MODEL = ReadModel(
    name="liaison",
    nouns=frozenset({"liaison"}),
    keys=0,
    columns=(
        Column("id", "uuid"),
        Column("cadre", "uuid"),
        Column("scientist", "uuid"),
        Column("begun_on", "date"),
        Column("ended_on", "date"),
        Column("illustrative", "boolean"),
        Column("position", "bigint"),
        Column("instrument", "uuid"),
    ),
    extract=_extract,
    points=("cadre", "scientist"),
)
