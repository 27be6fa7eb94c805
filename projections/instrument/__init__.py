"""Documents (文件)."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from projections.pinyin import sort_key
from registry.instrument.state import Instrument


def _extract(state: Instrument) -> Iterable[Values]:
    yield (
        state.number,
        state.title,
        sort_key(state.title),
        state.issuer,
        state.sha256,
        state.repealed,
        state.position,
    )


MODEL = ReadModel(
    name="instrument",
    nouns=frozenset({"instrument"}),
    keys=0,
    columns=(
        Column("id", "uuid"),
        Column("number", "text"),
        Column("title", "text"),
        Column("pinyin", "text"),
        Column("issuer", "text"),
        Column("sha256", "text"),
        Column("repealed", "boolean"),
        Column("position", "bigint"),
    ),
    extract=_extract,
)
