"""The rights to what is shown of posts, terms and appointments: who holds which post is public."""

from __future__ import annotations

from graphql_api.access import Right

TYPES: dict[Right, frozenset[str]] = {
    Right.CHART: frozenset(
        f"{noun}{part}"
        for noun in ("Post", "Term", "Appointment")
        for part in ("", "Belief", "Connection", "Edge")
    ),
    Right.WRITE: frozenset(["PostRecorded", "TermRecorded", "AppointmentRecorded"]),
}

FIELDS: dict[str, Right] = {
    "Appointment.person": Right.PERSON,
    "Appointment.personId": Right.PERSON,
    **{f"{noun}.position": Right.RECORD for noun in ("Post", "Term", "Appointment")},
    **{f"{noun}Belief.position": Right.RECORD for noun in ("Post", "Term", "Appointment")},
    **{
        f"Query.{root}": Right.CHART
        for root in ("post", "posts", "term", "terms", "appointment", "appointments")
    },
}
