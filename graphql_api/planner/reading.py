"""What of an answer is restricted, and of whom, so that reading it can be recorded (查阅标记).

Where an object shows restricted data of a person, the compiler adds that person's id under a key that no
field has, and where an event shows data that is sealed, the event as it stands. Whoever runs the statement
takes both out of the text again: see :mod:`graphql_api.watching`. An object is marked where it stands, so
whom an answer is about is exactly whom it shows, whatever the filters, the joins and the masks were.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from msgspec import Struct, field

from graphql_api.types.terms.access import AccessKind

PERSON_KEY = "$of"
"""Where an object says whose restricted data it shows; null where it is masked. No alias is that."""

EVENT_KEY = "$sealed"
"""Where an event stands that is to be opened: its stream, version, topic and body."""

SUBJECTS: dict[str, str] = {
    "Person": "{t}.id",
    "PersonBelief": "{t}.person",
    "Affiliation": "{t}.person",
    "AffiliationBelief": "{t}.person",
    "Participation": "{t}.person",
    "Proposal": "(SELECT w.person FROM {proposal_private} AS w WHERE w.proposal = {t}.id LIMIT 1)",
    "KnownRow": "CASE WHEN NOT {t}.sealed THEN {t}.person END",
    "KnownField": "CASE WHEN NOT {t}.sealed THEN {t}.person END",
    "FieldChange": "CASE WHEN NOT {t}.sealed THEN {t}.person END",
    "LiaisonVisit": (
        "(SELECT l.scientist FROM {latest_liaison} AS l WHERE l.id = {t}.liaison"
        " ORDER BY lower(l.valid) DESC LIMIT 1)"
    ),
}
"""Whose data an object of a type is. A test holds this to the types that have restricted fields."""

TELLING = frozenset(
    {
        "AuditEvent.data",
        "KnownRow.key",
        "KnownRow.values",
        "KnownField.key",
        "KnownField.value",
        "FieldChange.key",
        "FieldChange.before",
        "FieldChange.after",
    }
)
"""Fields that show restricted data of some rows and nothing of the kind of others."""

OPENED = "AuditEvent.data"
"""That of them which is opened where it is sealed."""

NOBODY = frozenset(
    {
        "AffiliationConnection",
        "AffiliationEdge",
        "ParticipationConnection",
        "ParticipationEdge",
        "Query",
        "RetentionDue",
    }
)
"""Types with restricted fields whose objects are of nobody themselves: those below them are."""


class Reading(NamedTuple):
    """What a statement reads that is restricted (查阅).

    Of ``fields`` those in :data:`TELLING` may turn out to have shown nothing.
    ``persons`` are those whom the arguments name; whom the answer shows, it says itself. With ``roots`` the
    right is held on these subtrees only.
    """

    actor: str
    kind: AccessKind
    operation: str | None
    fields: tuple[str, ...]
    persons: tuple[UUID, ...]
    roots: Sequence[UUID] | None


class Noted(Struct):
    """What a compiler has met so far: coordinates of restricted fields, and people named by arguments."""

    fields: set[str] = field(default_factory=set)
    persons: list[Any] = field(default_factory=list)

    def copy(self) -> Noted:
        """Return the same, to go back to."""
        return Noted(set(self.fields), list(self.persons))
