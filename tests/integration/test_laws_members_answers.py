"""Law: what is told of members on a day, as known at an instant, is the log up to then, replayed."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings

from registry.affiliation.state import AFFILIATION, Affiliation
from registry.membership.state import MEMBERSHIP, Membership
from registry.participation.state import PARTICIPATION, Participation
from registry.timeline import Noun, Segment
from tests.support.clerks.member import PEOPLE
from tests.support.desk import emptied_desk
from tests.support.histories import EXAMPLES, SIZES, History, histories
from tests.support.replay import Replay
from tests.support.small_world import DAYS, SOCIETY

QUERY = """
query ($day: Date, $known: DateTime, $person: ID, $society: ID) {
  memberships(first: 100, asOf: $day, knownAt: $known) {
    totalCount
    nodes {
      id memberId memberClass status number admittedOn endReason validFrom validTo position
      organization { id } history { status validFrom }
    }
  }
  affiliations(first: 100, asOf: $day, knownAt: $known) {
    nodes {
      id personId stage letter letterValidUntil transferredOn receivedOn receiptOverdue endReason
      validFrom validTo branch { id }
    }
  }
  participations(first: 100, asOf: $day, knownAt: $known) {
    nodes { id personId role ended validFrom validTo organization { id } }
  }
  here: memberships(first: 100, asOf: $day, knownAt: $known, filter: { organization: $society }) {
    nodes { id }
  }
  of: memberships(first: 100, asOf: $day, knownAt: $known, filter: { member: $person }) { nodes { id } }
  organization(id: $society, asOf: $day, knownAt: $known) { memberCount memberships { id } }
}
"""


@pytest.mark.slow
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories(), sizes=SIZES)
async def test_what_is_told_of_members_is_the_log_replayed(
    database_url: str, history: History, sizes: list[int]
) -> None:
    async with emptied_desk(database_url) as desk:
        for batch in history.cut(sizes):
            await desk.record_together(batch)
        log = await desk.log()
        instants = sorted({record.recorded_at for record in log})
        for day, known_at in zip(DAYS[1:], [None, *instants[:: max(1, len(instants) // 6)]], strict=False):
            known = [record for record in log if known_at is None or record.recorded_at <= known_at]
            answer = await desk.ask(
                QUERY,
                DAYS[-1],
                day=day.isoformat(),
                known=None if known_at is None else known_at.isoformat(),
                person=str(PEOPLE[0]),
                society=str(SOCIETY),
            )
            assert answer == _Told(Replay(known), day).answer()


class _Told:
    """What ``replay`` tells of members on ``day``."""

    def __init__(self, replay: Replay, day: date) -> None:
        self._replay = replay
        self._day = day

    def answer(self) -> dict[str, Any]:
        """Return the answer to :data:`QUERY`."""
        memberships = self._listed(MEMBERSHIP)
        persons = self._records_of(PEOPLE[0])
        return {
            "memberships": {
                "totalCount": len(memberships),
                "nodes": [self._membership(*each) for each in memberships],
            },
            "affiliations": {"nodes": [self._affiliation(*each) for each in self._listed(AFFILIATION)]},
            "participations": {"nodes": [self._participation(*each) for each in self._listed(PARTICIPATION)]},
            "here": {"nodes": [_id(i) for i, s in memberships if s.state.organization == SOCIETY]},
            "of": {"nodes": [_id(i) for i, s in memberships if s.state.member in persons]},
            "organization": self._organization(memberships),
        }

    def _listed(self, noun: Noun) -> list[tuple[UUID, Segment]]:
        """Return each entity of ``noun`` with the days on which the same of it is shown, in order."""
        found: list[tuple[UUID, Segment]] = []
        for identity, timeline in self._replay.timelines.items():
            if timeline.noun is noun:
                found.extend(
                    (identity, segment)
                    for segment in timeline.segments
                    if segment.start <= self._day < segment.end
                )
        return sorted(found, key=lambda each: (each[1].start, str(each[0])))

    def _records_of(self, person: UUID) -> set[UUID]:
        into: dict[UUID, UUID] = {}
        for identity, timeline in self._replay.timelines.items():
            if timeline.noun.name == "person" and timeline.segments and timeline.segments[-1].state.into:
                into[identity] = timeline.segments[-1].state.into
        main = into.get(person, person)
        return {main, *(alias for alias, canonical in into.items() if canonical == main)}

    def _membership(self, identity: UUID, here: Segment) -> dict[str, Any]:
        state = here.state
        assert isinstance(state, Membership)
        return {
            "id": str(identity),
            "memberId": str(state.member),
            "memberClass": state.member_class,
            "status": state.status,
            "number": state.number,
            "admittedOn": _day(state.admitted_on),
            "endReason": state.end_reason,
            **_days(here),
            "position": state.position,
            "organization": self._there(state.organization),
            "history": [
                {"status": segment.state.status, "validFrom": segment.start.isoformat()}
                for segment in self._replay.timelines[identity].segments
            ],
        }

    def _affiliation(self, identity: UUID, here: Segment) -> dict[str, Any]:
        state = here.state
        assert isinstance(state, Affiliation)
        made = state.transfer
        overdue = (
            made is not None
            and made.received_on is None
            and made.valid_until is not None
            and made.valid_until < self._day
        )
        return {
            "id": str(identity),
            "personId": str(state.person),
            "stage": state.stage,
            "letter": None if made is None else made.letter,
            "letterValidUntil": None if made is None else _day(made.valid_until),
            "transferredOn": None if made is None else _day(made.transferred_on),
            "receivedOn": None if made is None else _day(made.received_on),
            "receiptOverdue": overdue,
            "endReason": state.end_reason,
            **_days(here),
            "branch": self._there(state.branch),
        }

    def _participation(self, identity: UUID, here: Segment) -> dict[str, Any]:
        state = here.state
        assert isinstance(state, Participation)
        return {
            "id": str(identity),
            "personId": str(state.person),
            "role": state.role,
            "ended": state.ended,
            **_days(here),
            "organization": self._there(state.organization),
        }

    def _organization(self, memberships: list[tuple[UUID, Segment]]) -> dict[str, Any] | None:
        if self._there(SOCIETY) is None:
            return None
        joined = [(i, s) for i, s in memberships if s.state.member == SOCIETY and s.state.status != "ENDED"]
        return {
            "memberCount": sum(
                s.state.organization == SOCIETY and s.state.status in ("ADMITTED", "SUSPENDED")
                for _, s in memberships
            ),
            "memberships": [_id(i) for i, _ in joined],
        }

    def _there(self, organization: UUID) -> dict[str, str] | None:
        timeline = self._replay.timelines.get(organization)
        return None if timeline is None or timeline.at(self._day) is None else _id(organization)


def _id(identity: UUID) -> dict[str, str]:
    return {"id": str(identity)}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _days(segment: Segment) -> dict[str, str | None]:
    end = None if segment.end == date.max else segment.end.isoformat()
    return {"validFrom": segment.start.isoformat(), "validTo": end}
