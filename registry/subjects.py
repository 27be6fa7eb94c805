"""Whose personal data the events of a stream hold (个人信息主体). Pure.

The data in one envelope is of exactly one person: whom the event itself names, else whom the first event of
its stream names, as that stands corrected; a person's own stream is of that person. Of the two people of a
liaison it is the scientist: what is said there is said of the one who is visited. A member may be an
organization: what is said of its membership is then sealed under a key of its own, and is never erased.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from registry.correction.chain import corrected
from registry.correction.events import Amended
from registry.events import Event, Recorded
from registry.nouns import noun_of
from registry.person.events import PersonErased

_OWN = ""

_FIELDS: dict[str, str] = {
    "person": _OWN,
    "appointment": "person",
    "membership": "member",
    "affiliation": "person",
    "participation": "person",
    "secondment": "person",
    "liaison": "scientist",
    "proposal": "person",
}
"""For each noun whose streams are of a person: the field of their first event that says of whom."""

_ANY = frozenset(_FIELDS.values()) - {_OWN} | {"person"}


def subject_of(records: Sequence[Recorded]) -> UUID | None:
    """Return whose the stream is; None for a stream that is of nobody."""
    field = _FIELDS.get(noun_of(records[0].event).name)
    if field is None:
        return None
    if field == _OWN:
        return records[0].originator_id
    facts = corrected(records)
    first = facts[0].event if facts else records[0].event
    named = getattr(first, field, None)
    return named if isinstance(named, UUID) else getattr(records[0].event, field)


def subject_named(event: Event, otherwise: UUID) -> UUID:
    """Return whose the data of ``event`` is: of whom it names itself, or of whose the stream is."""
    if not event.personal or isinstance(event, Amended):
        return otherwise
    for field in _ANY:
        named = getattr(event, field, None)
        if isinstance(named, UUID):
            return named
    return otherwise


def named_in(event: Event, otherwise: UUID) -> tuple[UUID, ...]:
    """Return everybody whose data ``event`` holds: an amendment may put one person in another's place."""
    if isinstance(event, Amended):
        return (otherwise, subject_named(event.replacement, otherwise))
    return (subject_named(event, otherwise),)


def erased_by(records: Iterable[Recorded]) -> list[UUID]:
    """Return the people whom ``records`` erase."""
    return [record.originator_id for record in records if isinstance(record.event, PersonErased)]
