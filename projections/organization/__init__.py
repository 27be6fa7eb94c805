"""What an organization is, period by period (组织)."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from projections.pinyin import sort_key
from registry.organization.state import Organization


def _extract(state: Organization) -> Iterable[Values]:
    profile = state.profile
    yield (
        state.name,
        sort_key(state.name),
        state.short_name,
        state.kind,
        state.status,
        state.code,
        profile.tier,
        profile.base,
        profile.formation,
        profile.subtype,
        profile.discipline,
        profile.welfare_class,
        state.illustrative,
        state.position,
        state.instrument,
        state.precision,
        state.assumed,
        state.founded,
    )


MODEL = ReadModel(
    name="organization",
    nouns=frozenset({"organization"}),
    keys=0,
    columns=(
        Column("id", "uuid"),
        Column("name", "text"),
        Column("pinyin", "text"),
        Column("short_name", "text"),
        Column("kind", "text"),
        Column("status", "text"),
        Column("code", "text"),
        Column("tier", "text"),
        Column("base", "text"),
        Column("formation", "text"),
        Column("subtype", "text"),
        Column("discipline", "text"),
        Column("welfare_class", "text"),
        Column("illustrative", "boolean"),
        Column("position", "bigint"),
        Column("instrument", "uuid"),
        Column("precision", "text"),
        Column("assumed", "boolean"),
        Column("founded", "text"),
    ),
    extract=_extract,
)
