"""Who a person is: names, birth, numbers, contacts (个人基本信息). All of it is personal data."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from projections.pinyin import person_key
from registry.person.state import Person


def _extract(state: Person) -> Iterable[Values]:
    told = state.particulars
    if told is None or state.erased:
        return
    yield (
        told.name,
        person_key(told.name),
        told.gender,
        told.birth_date,
        told.birth_precision,
        told.identity_number,
        told.phone,
        told.email,
        told.position,
    )


MODEL = ReadModel(
    name="person_private",
    nouns=frozenset({"person"}),
    keys=0,
    columns=(
        Column("person", "uuid"),
        Column("name", "text"),
        Column("pinyin", "text"),
        Column("gender", "text"),
        Column("birth_date", "date"),
        Column("birth_precision", "text"),
        Column("identity_number", "text"),
        Column("phone", "text"),
        Column("email", "text"),
        Column("position", "bigint"),
    ),
    extract=_extract,
    personal="person",
)
