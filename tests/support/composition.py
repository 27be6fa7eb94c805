"""What rules come to, worked out from the log alone: looked for in every entity, judged by Python.

It knows the populations and the fields that the law draws rules over, and nothing of the planner.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from registry.appointment.state import APPOINTMENT, Appointment
from registry.criterion.kinds import Subject
from registry.criterion.reading import parsed
from registry.criterion.state import CRITERION
from registry.organization.kinds import Hierarchy, Kind
from registry.organization.state import ORGANIZATION
from registry.person.state import Employment, Person
from registry.post.state import Post
from registry.rule.definition import Definition, Population
from registry.rule.kinds import JudgedAt, PopulationKind, Reach
from registry.rule.language.ages import ages_on, days_of
from registry.rule.language.evaluation import Value, evaluate
from registry.rule.language.syntax import criteria_of
from registry.rule.outcome import Judgement, Tally, judge
from registry.rule.state import RULE
from registry.term.state import TERM, Term
from registry.timeline import Noun, Timeline

Timelines = Mapping[UUID, Timeline]
Judged = tuple[Tally, Tally | None, Judgement]
Values = dict[str, Value]


class _Judged(NamedTuple):
    """What is so of an element by each of its rows: in the population or not, counted or not."""

    member: bool | None
    counted: bool | None


class Composition:
    """The register on one day, as its entities say."""

    def __init__(self, timelines: Timelines, day: date, at: JudgedAt = JudgedAt.AS_OF) -> None:
        self._timelines = timelines
        self._day = day
        self._at = at
        self._criteria = {code: state for code, (state, _) in chosen(timelines, CRITERION, day).items()}

    def results(self) -> dict[tuple[str, UUID], Judged]:
        """Return what each rule comes to for each subject."""
        found: dict[tuple[str, UUID], Judged] = {}
        for code, (rule, in_force) in chosen(self._timelines, RULE, self._day).items():
            definition: Definition = rule.definition
            for subject in self._organizations(definition.subject):
                tally = self._tally(subject, definition.population, definition.numerator)
                against = definition.against
                other = None if against is None else self._tally(subject, against, None)
                found[code, subject] = (
                    tally,
                    other,
                    judge(definition, tally, other, in_force=in_force),
                )
        return found

    def _organizations(self, predicate: str) -> Iterator[UUID]:
        for identity, state in self._there(ORGANIZATION):
            values: Values = {"kind": state.kind, "name": state.name}
            if state.status.alive and self._says(predicate, Subject.ORGANIZATION, values):
                yield identity

    def _tally(self, subject: UUID, population: Population, numerator: str | None) -> Tally:
        assert population.kind is PopulationKind.HOLDERS
        rows: dict[UUID, list[_Judged]] = {}
        for person, values in self._looked_at(self._reached(subject, population.reach)):
            member = self._says(population.where, Subject.HOLDER, values)
            counted = self._says(numerator, Subject.HOLDER, values)
            if member is not False:
                rows.setdefault(person, []).append(_Judged(member, counted))
        return _counted(rows.values())

    def _reached(self, subject: UUID, reach: Reach) -> set[UUID]:
        found = {subject}
        for identity, state in self._there(ORGANIZATION):
            part = any(r.superior == subject and r.hierarchy is Hierarchy.PART_OF for r in state.relations)
            near = reach is Reach.PARTS or (reach is Reach.BODIES and state.kind is Kind.BODY)
            if part and near and state.status.alive:
                found.add(identity)
        return found

    def _looked_at(self, organizations: set[UUID]) -> Iterator[tuple[UUID, Values]]:
        """Yield the holders on the day, or each on that on which the term that sits was opened."""
        for organization in organizations:
            sitting = [
                term.opened_on
                for _, term in self._there(TERM)
                if term.body == organization and not term.ended
            ]
            day = sitting[0] if sitting and self._at is JudgedAt.ELECTION else self._day
            yield from Composition(self._timelines, day).holders({organization})

    def holders(self, organizations: set[UUID]) -> Iterator[tuple[UUID, Values]]:
        for _, appointment in self._there(APPOINTMENT):
            post = self._timelines[appointment.post].at(self._day)
            if appointment.ended or post is None or post.place.organization not in organizations:
                continue
            person = self._canonical(appointment.person)
            employments: list[Employment | None] = [*self._employments(person)]
            for employment in employments or [None]:
                yield person, self._values(appointment, post, person, employment)

    def _values(
        self, appointment: Appointment, post: Post, person: UUID, employment: Employment | None
    ) -> Values:
        body = self._timelines[post.place.organization].at(self._day)
        term: Term | None = (
            None if appointment.term is None else self._timelines[appointment.term].at(self._day)
        )
        values: Values = {
            "title": post.title,
            "post_name": post.name or "",
            "mode": appointment.mode,
            "elected": post.elected,
            "body": body.profile.subtype or "",
            "body_kind": body.kind,
            "term_number": None if term is None else term.number,
            "awards": self._all(person, "awards"),
            "titles": self._all(person, "titles") or None,
            **self._born(appointment, term, person),
        }
        if employment is not None:
            values["sector"] = employment.sector
            values["leading"] = employment.leading
            values["position"] = employment.title
        return values

    def _born(self, appointment: Appointment, term: Term | None, person: UUID) -> Values:
        state = self._timelines[person].at(self._day)
        particulars = None if state is None else state.particulars
        if particulars is None or particulars.birth_date is None:
            return {}
        birth, precision = particulars.birth_date, particulars.birth_precision
        elected = appointment.made_on if term is None else term.opened_on
        return {
            "age": ages_on(birth, precision, self._day),
            "age_at_election": ages_on(birth, precision, elected),
            "birth_date": days_of(birth, precision),
            "gender": particulars.gender,
        }

    def _canonical(self, person: UUID) -> UUID:
        segments = self._timelines[person].segments
        into: UUID | None = segments[-1].state.into if segments else None
        return person if into is None else into

    def _records(self, person: UUID) -> Iterator[Person]:
        for identity, timeline in self._timelines.items():
            state = timeline.at(self._day)
            if isinstance(state, Person) and self._canonical(identity) == person:
                yield state

    def _employments(self, person: UUID) -> list[Employment]:
        return [e for record in self._records(person) for e in record.employments if e.primary]

    def _all(self, person: UUID, field: str) -> set[str | None]:
        return {each.name for record in self._records(person) for each in getattr(record, field)}

    def _there(self, noun: Noun) -> Iterator[tuple[UUID, Any]]:
        for identity, timeline in self._timelines.items():
            if timeline.noun is noun and (state := timeline.at(self._day)) is not None:
                yield identity, state

    def _says(self, text: str | None, about: Subject, values: Values) -> bool | None:
        if text is None:
            return True
        predicate = parsed(text, about)
        criteria = {
            code: self._says(self._criteria[code].predicate, self._criteria[code].about, values)
            for code in criteria_of(predicate)
        }
        return evaluate(predicate, values, criteria)


def chosen(timelines: Timelines, noun: Noun, day: date) -> dict[str, tuple[Any, bool]]:
    """Return by code what is in force on ``day``, or comes next, or was last, and whether it is in force."""
    found: dict[str, list[tuple[date, date, Any]]] = {}
    for timeline in timelines.values():
        if timeline.noun is noun:
            for start, end, state in timeline.segments:
                if not state.repealed:
                    found.setdefault(state.code, []).append((start, end, state))
    best: dict[str, tuple[Any, bool]] = {}
    for code, periods in found.items():
        now = [state for start, end, state in periods if start <= day < end]
        later = sorted((start, index) for index, (start, _, _) in enumerate(periods) if start > day)
        past = sorted((start, index) for index, (start, _, _) in enumerate(periods))
        other = periods[later[0][1] if later else past[-1][1]][2]
        best[code] = (now[0], True) if now else (other, False)
    return best


def _counted(people: Iterable[Sequence[_Judged]]) -> Tally:
    counts = dict.fromkeys(((m, c) for m in (True, None) for c in (True, False, None)), 0)
    for rows in people:
        if any(row.member for row in rows):
            both = {_and(row.member, row.counted) for row in rows}
            counts[True, True if True in both else None if None in both else False] += 1
        else:
            each = {row.counted for row in rows}
            counts[None, each.pop() if len(each) == 1 else None] += 1
    return Tally(
        *(counts[key] for key in ((True, True), (True, False), (True, None))),
        *(counts[key] for key in ((None, True), (None, False), (None, None))),
    )


def _and(one: bool | None, other: bool | None) -> bool | None:  # noqa: FBT001 - the answers are what it is about
    if one is False or other is False:
        return False
    return None if one is None or other is None else True
