"""Reorganizations, their stage and their plan (机构改革)."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from projections.model import Column, ReadModel, Values
from projections.pinyin import sort_key
from registry.reorganization.state import Reorganization


def _extract(state: Reorganization) -> Iterable[Values]:
    plan = msgspec.json.encode(state.plan).decode()
    title = (state.title, sort_key(state.title))
    yield (*title, state.stage, state.takes_effect_on, plan, state.position, state.instrument)


MODEL = ReadModel(
    name="reorganization",
    nouns=frozenset({"reorganization"}),
    keys=0,
    columns=(
        Column("id", "uuid"),
        Column("title", "text"),
        Column("pinyin", "text"),
        Column("stage", "text"),
        Column("takes_effect_on", "date"),
        Column("plan", "jsonb"),
        Column("position", "bigint"),
        Column("instrument", "uuid"),
    ),
    extract=_extract,
)
