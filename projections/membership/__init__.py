"""Who is, was or wants to be a member of what, period by period (会员资格)."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from registry.membership.state import Membership


def _extract(state: Membership) -> Iterable[Values]:
    yield (
        state.member,
        state.organization,
        state.member_class,
        state.status,
        state.number,
        state.illustrative,
        state.admitted_on,
        state.end_reason,
        state.position,
        state.instrument,
    )


MODEL = ReadModel(
    name="membership",
    nouns=frozenset({"membership"}),
    keys=0,
    columns=(
        Column("id", "uuid"),
        Column("member", "uuid"),
        Column("organization", "uuid"),
        Column("member_class", "text"),
        Column("status", "text"),
        Column("number", "text"),
        Column("illustrative", "boolean"),
        Column("admitted_on", "date"),
        Column("end_reason", "text"),
        Column("position", "bigint"),
        Column("instrument", "uuid"),
    ),
    extract=_extract,
    points=("member", "organization"),
)
