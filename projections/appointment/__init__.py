"""Who holds which post, how and for which term, period by period; afterwards, why it ended (任职)."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from registry.appointment.state import Appointment


def _extract(state: Appointment) -> Iterable[Values]:
    yield (
        state.person,
        state.post,
        state.term,
        state.mode,
        state.basis,
        state.professional,
        None if state.representing is None else state.representing.organization,
        state.ended,
        state.end_reason,
        state.made_on,
        state.illustrative,
        state.position,
        state.instrument,
    )


MODEL = ReadModel(
    name="appointment",
    nouns=frozenset({"appointment"}),
    keys=0,
    columns=(
        Column("id", "uuid"),
        Column("person", "uuid"),
        Column("post", "uuid"),
        Column("term", "uuid"),
        Column("mode", "text"),
        Column("basis", "text"),
        Column("professional", "boolean"),
        Column("representing", "uuid"),
        Column("ended", "boolean"),
        Column("end_reason", "text"),
        Column("made_on", "date"),
        Column("illustrative", "boolean"),
        Column("position", "bigint"),
        Column("instrument", "uuid"),
    ),
    extract=_extract,
    points=("person", "post", "term", "representing"),
)
