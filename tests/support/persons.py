"""What the API must answer about people, worked out from the log alone: every record looked at on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from projections.pinyin import person_key
from registry.organization.state import Organization
from registry.person.state import PERSON, Employment, Person
from registry.time import FOREVER
from registry.timeline import Timeline, spans

Answer = dict[str, Any]
Timelines = Mapping[UUID, Timeline]

QUERY = """
query ($asOf: Date!, $knownAt: DateTime) {
  people(first: 100, asOf: $asOf, knownAt: $knownAt) {
    totalCount
    nodes {
      id name gender birthDate identityNumber phone deceased validFrom validTo
      employments {
        employment record employer { id name } employerName sector leading primary validFrom validTo position
      }
      primaryEmployment { employment }
      titles { name level validFrom position }
      disciplines
      awards { name grantor grantedOn position }
      aliases { id mergedInto { id } }
    }
  }
}
"""


def answer(timelines: Timelines, day: date) -> Answer:
    """Return the answer to :data:`QUERY`."""
    people = [
        (identity, state)
        for identity, state in _states(timelines, day)
        if state.particulars is not None and state.into is None
    ]
    people.sort(key=lambda person: (_key(person[1]), str(person[0])))
    nodes = [_person(timelines, identity, state, day) for identity, state in people]
    return {"people": {"totalCount": len(nodes), "nodes": nodes}}


def _states(timelines: Timelines, day: date) -> Iterator[tuple[UUID, Person]]:
    for identity, timeline in timelines.items():
        state = timeline.at(day) if timeline.noun is PERSON else None
        if state is not None:
            yield identity, state


def _key(state: Person) -> str:
    assert state.particulars is not None
    return person_key(state.particulars.name)


def _records(timelines: Timelines, main: UUID) -> list[UUID]:
    """Return every record of the person, whichever day it is merged or registered on."""
    found = [main]
    for identity, timeline in timelines.items():
        if timeline.noun is PERSON and timeline.segments and timeline.segments[-1].state.into == main:
            found.append(identity)
    return found


def _person(timelines: Timelines, identity: UUID, state: Person, day: date) -> Answer:
    told = state.particulars
    assert told is not None
    records = _records(timelines, identity)
    employments = [
        _employment(timelines, record, span, day) for record, span in _there(timelines, records, day, _jobs)
    ]
    employments.sort(key=lambda job: (not job["primary"], job["validFrom"], job["employment"], job["record"]))
    primary = [job for job in employments if job["primary"]]
    primary.sort(key=lambda job: (job["employment"], job["record"]))
    primary.sort(key=lambda job: job["validFrom"], reverse=True)
    ((start, end, _),) = (span for _, span in _there(timelines, [identity], day, _whole))
    return {
        "id": str(identity),
        "name": told.name,
        "gender": told.gender,
        "birthDate": None if told.birth_date is None else told.birth_date.isoformat(),
        "identityNumber": told.identity_number,
        "phone": told.phone,
        "deceased": state.deceased,
        **_valid(start, end),
        "employments": employments,
        "primaryEmployment": {"employment": primary[0]["employment"]} if primary else None,
        "titles": _titles(timelines, records, day),
        "disciplines": _disciplines(timelines, records, day),
        "awards": _awards(timelines, records, day),
        "aliases": [
            {"id": str(alias), "mergedInto": {"id": str(identity)}}
            for alias in sorted(records[1:], key=str)
            if any(segment.state.particulars is not None for segment in timelines[alias].segments)
        ],
    }


def _there(
    timelines: Timelines, records: Iterable[UUID], day: date, keys: Callable[[Person], Iterable[Any]]
) -> Iterator[tuple[UUID, tuple[date, date, Any]]]:
    """Yield what is so on ``day`` of each record, with the period around it in which that is so."""
    for record in records:
        for span in spans(timelines[record], keys):
            if span[0] <= day < span[1]:
                yield record, span


def _whole(state: Person) -> Iterable[Any]:
    told = (state.illustrative, state.deceased, state.position, state.instrument)
    return () if state.particulars is None else (told,)


def _jobs(state: Person) -> Iterable[Any]:
    """Return the employments, whichever event says for whom they are."""
    return [replace(job, position=0) for job in state.employments]


def _employment(timelines: Timelines, record: UUID, span: tuple[date, date, Employment], day: date) -> Answer:
    start, end, job = span
    employer = None if job.employer is None else timelines[job.employer].at(day)
    assert employer is None or isinstance(employer, Organization)
    return {
        "employment": str(job.employment),
        "record": str(record),
        "employer": None if employer is None else {"id": str(job.employer), "name": employer.name},
        "employerName": job.employer_name or (None if employer is None else employer.name),
        "sector": job.sector,
        "leading": job.leading,
        "primary": job.primary,
        **_valid(start, end),
        "position": job.terms,
    }


def _titles(timelines: Timelines, records: list[UUID], day: date) -> list[Answer]:
    found = [span for _, span in _there(timelines, records, day, lambda state: state.titles)]
    return [
        {"name": t.name, "level": t.level, "validFrom": start.isoformat(), "position": t.position}
        for start, _, t in sorted(found, key=lambda span: (span[0], span[2].name, span[2].position))
    ]


def _disciplines(timelines: Timelines, records: list[UUID], day: date) -> list[str]:
    ranks: dict[str, int] = {}
    for record in records:
        state = timelines[record].at(day)
        for rank, code in enumerate(() if state is None else state.disciplines):
            ranks[code] = min(rank, ranks.get(code, rank))
    return sorted(ranks, key=lambda code: (ranks[code], code))


def _awards(timelines: Timelines, records: list[UUID], day: date) -> list[Answer]:
    found = [span for _, span in _there(timelines, records, day, lambda state: state.awards)]
    return [
        {"name": a.name, "grantor": a.grantor, "grantedOn": start.isoformat(), "position": a.position}
        for start, _, a in sorted(found, key=lambda span: (span[0], span[2].position))
    ]


def _valid(start: date, end: date) -> Answer:
    return {"validFrom": start.isoformat(), "validTo": None if end == FOREVER else end.isoformat()}
