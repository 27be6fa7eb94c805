"""How an organization is registered as a legal person (登记)."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from registry.organization.state import Organization


def _extract(state: Organization) -> Iterable[Values]:
    registration = state.registration
    if registration is not None:
        yield (
            registration.legal_form,
            registration.authority,
            registration.certificate,
            registration.domicile,
            registration.until,
            registration.representative,
            registration.position,
            registration.instrument,
        )


MODEL = ReadModel(
    name="registration",
    nouns=frozenset({"organization"}),
    keys=0,
    columns=(
        Column("organization", "uuid"),
        Column("legal_form", "text"),
        Column("authority", "text"),
        Column("certificate", "text"),
        Column("domicile", "text"),
        Column("until", "date"),
        Column("representative", "uuid"),
        Column("position", "bigint"),
        Column("instrument", "uuid"),
    ),
    extract=_extract,
    points=("representative",),
)
