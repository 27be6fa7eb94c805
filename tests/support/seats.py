"""What the API must answer about posts, terms and appointments, worked out from the log alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from registry.appointment.state import APPOINTMENT, Appointment
from registry.post.kinds import Title
from registry.post.state import POST, Post
from registry.term.state import TERM, Term
from registry.timeline import Noun, Timeline

Answer = dict[str, Any]

QUERY = """
query ($asOf: Date!, $knownAt: DateTime, $in: ID, $under: Lineage) {
  posts(first: 100, asOf: $asOf, knownAt: $knownAt) {
    totalCount
    nodes {
      id title name seats elected holderCount vacancies organization { id }
      holders { id personId holderName term { id } }
      appointments { id ended heldUntil endReason }
    }
  }
  vacant: posts(first: 100, filter: { vacant: true }, asOf: $asOf, knownAt: $knownAt) { nodes { id } }
  members: posts(
    first: 100, filter: { titles: [MEMBER], organization: $in }, asOf: $asOf, knownAt: $knownAt
  ) { nodes { id } }
  under: posts(first: 100, filter: { ancestor: $under }, asOf: $asOf, knownAt: $knownAt) { totalCount }
  terms(first: 100, asOf: $asOf, knownAt: $knownAt) {
    nodes {
      id number openedOn plannedEnd overdue ended endedOn body { id } holders { id } appointments { id }
    }
  }
  late: terms(first: 100, filter: { overdue: true }, asOf: $asOf, knownAt: $knownAt) { totalCount }
  appointments(first: 100, asOf: $asOf, knownAt: $knownAt) {
    nodes { id mode basis heldSince heldUntil ended endReason post { id } representing { id } }
  }
  overdue: appointments(first: 100, filter: { overdue: true }, asOf: $asOf, knownAt: $knownAt) {
    nodes { id }
  }
}
"""


class Seats:
    """What is so of posts, terms and appointments on a day."""

    def __init__(self, timelines: Mapping[UUID, Timeline], day: date, organization: UUID) -> None:
        """Look at ``timelines`` on ``day``; ``organization`` is asked about."""
        self._timelines = timelines
        self._day = day
        self._organization = organization
        self.posts: dict[UUID, Post] = self._there(POST)
        self.terms: dict[UUID, Term] = self._there(TERM)
        self.appointments: dict[UUID, Appointment] = self._there(APPOINTMENT)

    def _there(self, noun: Noun) -> dict[UUID, Any]:
        """Return the states of the noun on the day, of what is over, too."""
        found = {
            identity: timeline.at(self._day)
            for identity, timeline in self._timelines.items()
            if timeline.noun is noun
        }
        return {identity: state for identity, state in found.items() if state is not None}

    @property
    def answer(self) -> Answer:
        """Return the answer to :data:`QUERY`, but for who is under the organization."""
        living = {identity: post for identity, post in self.posts.items() if not post.abolished}
        ranked = sorted(living, key=lambda i: (list(Title).index(living[i].title), str(i)))
        newest = sorted(self.terms, key=lambda i: (self.terms[i].opened_on, str(i)), reverse=True)
        sitting = self._by_date(self.appointments)
        held = [identity for identity in sitting if not self.appointments[identity].ended]
        posts = [self._post(identity, living[identity]) for identity in ranked]
        return {
            "posts": {"totalCount": len(ranked), "nodes": posts},
            "vacant": _ids(post["id"] for post in posts if (post["vacancies"] or 0) > 0),
            "members": _ids(
                post["id"]
                for post in posts
                if post["title"] == "MEMBER" and post["organization"] == {"id": str(self._organization)}
            ),
            "terms": {"nodes": [self._term(identity, self.terms[identity]) for identity in newest]},
            "late": {"totalCount": sum(self._late(identity) for identity in newest)},
            "appointments": {"nodes": [self._appointment(identity) for identity in held]},
            "overdue": _ids(
                str(identity)
                for identity in held
                if (term := self.appointments[identity].term) is not None and self._late(term)
            ),
        }

    def _by_date(self, appointments: Mapping[UUID, Appointment]) -> list[UUID]:
        return sorted(appointments, key=lambda i: (appointments[i].made_on, str(i)))

    def _late(self, term: UUID) -> bool:
        state = self.terms[term]
        return not state.ended and state.planned_end is not None and state.planned_end < self._day

    def _post(self, identity: UUID, state: Post) -> Answer:
        ever = self._by_date({i: a for i, a in self.appointments.items() if a.post == identity})
        held = [i for i in ever if not self.appointments[i].ended]
        # Holders stand in the order in which what is shown of them began.
        held.sort(key=lambda i: (self._since(i), str(i)))
        return {
            "id": str(identity),
            "title": state.title,
            "name": state.name,
            "seats": state.seats,
            "elected": state.elected,
            "holderCount": len(held),
            "vacancies": None if state.seats is None else state.seats - len(held),
            "organization": {"id": str(state.place.organization)},
            "holders": [
                {
                    "id": str(i),
                    "personId": str(self.appointments[i].person),
                    "holderName": "某人",
                    "term": _id(self.appointments[i].term),
                }
                for i in held
            ],
            "appointments": [
                {
                    "id": str(i),
                    "ended": self.appointments[i].ended,
                    "heldUntil": _date(self._end(i)),
                    "endReason": self._reason(i),
                }
                for i in ever
            ],
        }

    def _since(self, identity: UUID) -> date:
        segments = self._timelines[identity].segments
        return next(s.start for s in segments if s.start <= self._day < s.end)

    def _end(self, identity: UUID) -> date | None:
        return next((s.start for s in self._timelines[identity].segments if s.state.ended), None)

    def _reason(self, identity: UUID) -> str | None:
        last = self._timelines[identity].segments[-1].state
        return last.end_reason if last.ended else None

    def _term(self, identity: UUID, state: Term) -> Answer:
        ever = self._by_date({i: a for i, a in self.appointments.items() if a.term == identity})
        return {
            "id": str(identity),
            "number": state.number,
            "openedOn": _date(state.opened_on),
            "plannedEnd": _date(state.planned_end),
            "overdue": self._late(identity),
            "ended": state.ended,
            "endedOn": _date(self._end(identity)),
            "body": _id(state.body),
            "holders": [{"id": str(i)} for i in ever if not self.appointments[i].ended],
            "appointments": [{"id": str(i)} for i in ever],
        }

    def _appointment(self, identity: UUID) -> Answer:
        state = self.appointments[identity]
        return {
            "id": str(identity),
            "mode": state.mode,
            "basis": state.basis,
            "heldSince": _date(state.made_on),
            "heldUntil": _date(self._end(identity)),
            "ended": False,
            "endReason": self._reason(identity),
            "post": _id(state.post),
            "representing": None if state.representing is None else _id(state.representing.organization),
        }


def _ids(identities: Any) -> Answer:  # noqa: ANN401 - ids of any kind of iterable
    return {"nodes": [{"id": identity} for identity in identities]}


def _id(identity: UUID | None) -> Answer | None:
    return None if identity is None else {"id": str(identity)}


def _date(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
