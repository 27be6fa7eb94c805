"""Where a person's Party affiliation is, period by period (组织关系). Restricted."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from registry.affiliation.state import Affiliation


def _extract(state: Affiliation) -> Iterable[Values]:
    transfer = state.transfer
    yield (
        state.person,
        state.branch,
        state.stage,
        None if transfer is None else transfer.letter,
        None if transfer is None else transfer.valid_until,
        None if transfer is None else transfer.transferred_on,
        None if transfer is None else transfer.received_on,
        state.end_reason,
        state.position,
        state.instrument,
    )


MODEL = ReadModel(
    name="affiliation",
    nouns=frozenset({"affiliation"}),
    keys=0,
    columns=(
        Column("id", "uuid"),
        Column("person", "uuid"),
        Column("branch", "uuid"),
        Column("stage", "text"),
        Column("letter", "text"),
        Column("letter_valid_until", "date"),
        Column("transferred_on", "date"),
        Column("received_on", "date"),
        Column("end_reason", "text"),
        Column("position", "bigint"),
        Column("instrument", "uuid"),
    ),
    extract=_extract,
    points=("person", "branch"),
    personal="person",
)
