"""Who has which role in the register (授权)."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from registry.grant.state import Grant


def _extract(state: Grant) -> Iterable[Values]:
    yield (
        state.principal,
        state.role,
        state.root,
        " ".join(state.scopes),
        state.status,
        state.given_on,
        state.until,
        state.ended_on,
        state.position,
        state.instrument,
    )


MODEL = ReadModel(
    name="role_grant",
    nouns=frozenset({"grant"}),
    keys=0,
    columns=(
        Column("id", "uuid"),
        Column("principal", "text"),
        Column("role", "text"),
        Column("root", "uuid"),
        Column("scopes", "text"),
        Column("status", "text"),
        Column("given_on", "date"),
        Column("until", "date"),
        Column("ended_on", "date"),
        Column("position", "bigint"),
        Column("instrument", "uuid"),
    ),
    extract=_extract,
    points=("root",),
)
