"""What reviews of a mandate found (评估)."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from registry.mandate.state import Mandate


def _extract(state: Mandate) -> Iterable[Values]:
    for review in state.reviews:
        yield (review.position, review.reviewed_on, review.finding, review.passed, review.instrument)


MODEL = ReadModel(
    name="mandate_review",
    nouns=frozenset({"mandate"}),
    keys=1,
    columns=(
        Column("mandate", "uuid"),
        Column("position", "bigint"),
        Column("reviewed_on", "date"),
        Column("finding", "text"),
        Column("passed", "boolean"),
        Column("instrument", "uuid"),
    ),
    extract=_extract,
)
