"""Programmes that organizations are enrolled in (计划)."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from projections.pinyin import sort_key
from registry.programme.state import Programme


def _extract(state: Programme) -> Iterable[Values]:
    yield (
        state.name,
        sort_key(state.name),
        state.owner,
        state.launched_on,
        state.until,
        state.ended_on,
        state.illustrative,
        state.position,
        state.instrument,
    )


MODEL = ReadModel(
    name="programme",
    nouns=frozenset({"programme"}),
    keys=0,
    columns=(
        Column("id", "uuid"),
        Column("name", "text"),
        Column("pinyin", "text"),
        Column("owner", "uuid"),
        Column("launched_on", "date"),
        Column("until", "date"),
        Column("ended_on", "date"),
        Column("illustrative", "boolean"),
        Column("position", "bigint"),
        Column("instrument", "uuid"),
    ),
    extract=_extract,
    points=("owner",),
)
