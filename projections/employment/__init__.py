"""Where people work (任职)."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from registry.person.state import Person


def _extract(state: Person) -> Iterable[Values]:
    for employment in state.employments:
        yield (
            employment.employment,
            employment.employer,
            employment.employer_name,
            employment.sector,
            employment.title,
            employment.leading,
            employment.primary,
            employment.staffing,
            employment.terms,
        )


MODEL = ReadModel(
    name="employment",
    nouns=frozenset({"person"}),
    keys=1,
    columns=(
        Column("person", "uuid"),
        Column("employment", "uuid"),
        Column("employer", "uuid"),
        Column("employer_name", "text"),
        Column("sector", "text"),
        Column("title", "text"),
        Column("leading_", "boolean"),
        Column("primary_", "boolean"),
        Column("staffing", "text"),
        Column("position", "bigint"),
    ),
    extract=_extract,
    points=("employer",),
    personal="person",
)
