"""A measure as folded from its facts (措施状态). Pure.

A measure that is fulfilled or cancelled stays on the books, with whoever had a part in it; but it points at
nobody any more, so that a department that led it may be dissolved freely.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from registry.errors import Code
from registry.events import Event, Fact
from registry.ids import MEASURE_SCHEME
from registry.measure import events as e
from registry.measure.bonds import BONDS
from registry.measure.kinds import Recurrence, Role, Stage
from registry.references import Target
from registry.time import Precision
from registry.timeline import Conflict, Noun


class Deadline(NamedTuple):
    """The day by which a measure is to be fulfilled, as exactly as it is known (时限)."""

    day: date
    precision: Precision = Precision.DAY
    assumed: bool = False


class Move(NamedTuple):
    """The deadline became another one, because of the fact at ``position`` (时限调整)."""

    before: Deadline | None
    after: Deadline | None
    on: date
    reason: str | None
    instrument: UUID | None
    position: int


class Part(NamedTuple):
    """``assignee`` has a role, because of the fact at ``position`` (分工)."""

    role: Role
    assignee: UUID
    position: int


class Milestone(NamedTuple):
    """A step on the way (节点)."""

    name: str
    due: date
    reached_on: date | None
    position: int


class Finding(NamedTuple):
    """What an inspection found (督导问题)."""

    id: UUID
    text: str
    due: date | None
    found_on: date
    closed_on: date | None
    position: int


class Report(NamedTuple):
    """How far it was on a day (进展)."""

    percent: int | None
    note: str | None
    on: date
    position: int


class Evidence(NamedTuple):
    """The event of the log that shows something; ``position`` is of the fact that cites it (佐证)."""

    cited: int
    note: str | None
    position: int


class Fulfilment(NamedTuple):
    """It was done on a day (完成)."""

    on: date
    position: int


class Measure(Struct, frozen=True, kw_only=True):
    """What is so of one measure for a period; ``position`` and ``instrument`` are of its setting or end."""

    code: str
    title: str
    plan_clause: str
    recurrence: Recurrence
    first_year: int | None
    illustrative: bool
    original: Deadline | None
    deadline: Deadline | None
    position: int
    instrument: UUID | None
    stage: Stage = Stage.OPEN
    parts: tuple[Part, ...] = ()
    moves: tuple[Move, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    findings: tuple[Finding, ...] = ()
    reports: tuple[Report, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    fulfilments: tuple[Fulfilment, ...] = ()

    @property
    def name(self) -> str:
        """What it is called where things are listed by name."""
        return f"{self.code} {self.title}"


def deadline_of(event: e.MeasureSet | e.DeadlineMoved) -> Deadline | None:
    """Return the deadline that ``event`` gives."""
    if event.deadline is None:
        return None
    return Deadline(event.deadline, event.deadline_precision, event.deadline_assumed)


def _set(fact: Fact) -> Measure:
    event = fact.event
    assert isinstance(event, e.MeasureSet)
    yearly = event.recurrence is Recurrence.YEARLY
    return Measure(
        code=event.code,
        title=event.title,
        plan_clause=event.plan_clause,
        recurrence=event.recurrence,
        first_year=(event.first_year or event.effective_on.year) if yearly else None,
        illustrative=event.illustrative,
        original=deadline_of(event),
        deadline=deadline_of(event),
        position=fact.position,
        instrument=event.instrument,
    )


def _assigned(state: Measure, fact: Fact) -> Measure:
    event = fact.event
    assert isinstance(event, e.MeasureAssigned)
    kept = tuple(
        part
        for part in state.parts
        if part.role is not event.role or (not event.role.single and part.assignee != event.assignee)
    )
    return replace(state, parts=(*kept, Part(event.role, event.assignee, fact.position)))


def _relieved(state: Measure, fact: Fact) -> Measure | Conflict:
    event = fact.event
    assert isinstance(event, e.MeasureRelieved)
    kept = tuple(p for p in state.parts if (p.role, p.assignee) != (event.role, event.assignee))
    if len(kept) == len(state.parts):
        return _nothing_there(state, fact, f"{event.role} {event.assignee}")
    return replace(state, parts=kept)


def _deadline_moved(state: Measure, fact: Fact) -> Measure:
    event = fact.event
    assert isinstance(event, e.DeadlineMoved)
    after = deadline_of(event)
    if after == state.deadline:
        return state
    move = Move(state.deadline, after, event.effective_on, event.reason, event.instrument, fact.position)
    return replace(state, deadline=after, moves=(*state.moves, move))


def _milestone_set(state: Measure, fact: Fact) -> Measure:
    event = fact.event
    assert isinstance(event, e.MilestoneSet)
    kept = tuple(m for m in state.milestones if m.name != event.name)
    milestone = Milestone(event.name, event.due, None, fact.position)
    return replace(state, milestones=(*kept, milestone))


def _milestone_reached(state: Measure, fact: Fact) -> Measure | Conflict:
    event = fact.event
    assert isinstance(event, e.MilestoneReached)
    there = next((m for m in state.milestones if m.name == event.name), None)
    if there is None:
        return _nothing_there(state, fact, event.name)
    if there.reached_on is not None:
        return state
    kept = tuple(m for m in state.milestones if m is not there)
    return replace(state, milestones=(*kept, there._replace(reached_on=event.effective_on)))


def _progress_reported(state: Measure, fact: Fact) -> Measure:
    event = fact.event
    assert isinstance(event, e.ProgressReported)
    report = Report(event.percent, event.note, event.effective_on, fact.position)
    return replace(state, reports=(*state.reports, report))


def _inspection_recorded(state: Measure, fact: Fact) -> Measure | Conflict:
    event = fact.event
    assert isinstance(event, e.InspectionRecorded)
    if any(finding.id == event.finding for finding in state.findings):
        return Conflict(Code.ALREADY_EXISTS, fact, {"id": event.finding})
    finding = Finding(event.finding, event.text, event.due, event.effective_on, None, fact.position)
    return replace(state, findings=(*state.findings, finding))


def _finding_closed(state: Measure, fact: Fact) -> Measure | Conflict:
    event = fact.event
    assert isinstance(event, e.FindingClosed)
    there = next((f for f in state.findings if f.id == event.finding), None)
    if there is None:
        return _nothing_there(state, fact, str(event.finding))
    if there.closed_on is not None:
        return state
    kept = tuple(f for f in state.findings if f is not there)
    return replace(state, findings=(*kept, there._replace(closed_on=event.effective_on)))


def _evidence_cited(state: Measure, fact: Fact) -> Measure:
    event = fact.event
    assert isinstance(event, e.EvidenceCited)
    kept = tuple(evidence for evidence in state.evidence if evidence.cited != event.position)
    return replace(state, evidence=(*kept, Evidence(event.position, event.note, fact.position)))


def _fulfilled(state: Measure, fact: Fact) -> Measure:
    """Note it; unless it is to be done again next year, that is the end."""
    done = Fulfilment(fact.event.effective_on, fact.position)
    noted = replace(state, fulfilments=(*state.fulfilments, done))
    return noted if state.recurrence is Recurrence.YEARLY else _ended(noted, fact, Stage.FULFILLED)


def _cancelled(state: Measure, fact: Fact) -> Measure:
    return _ended(state, fact, Stage.CANCELLED)


def _ended(state: Measure, fact: Fact, stage: Stage) -> Measure:
    return replace(state, stage=stage, position=fact.position, instrument=fact.event.instrument)


def _nothing_there(state: Measure, fact: Fact, what: str) -> Conflict:
    details = {"measure": state.code, "what": what, "date": fact.event.effective_on}
    return Conflict(Code.NOT_OF_MEASURE, fact, details)


_EVOLVE: dict[type[Event], Callable[[Measure, Fact], Measure | Conflict]] = {
    e.MeasureAssigned: _assigned,
    e.MeasureRelieved: _relieved,
    e.DeadlineMoved: _deadline_moved,
    e.MilestoneSet: _milestone_set,
    e.MilestoneReached: _milestone_reached,
    e.ProgressReported: _progress_reported,
    e.InspectionRecorded: _inspection_recorded,
    e.FindingClosed: _finding_closed,
    e.EvidenceCited: _evidence_cited,
    e.MeasureFulfilled: _fulfilled,
    e.MeasureCancelled: _cancelled,
}

_AFTERWARDS = frozenset({e.InspectionRecorded, e.FindingClosed, e.EvidenceCited})
"""What may come when a measure is fulfilled: inspections look at what is said to be done (完成后仍可督导)."""


def evolve(state: Measure | None, fact: Fact) -> Measure | Conflict:
    """Return the measure after ``fact``, or why the fact cannot follow."""
    event = fact.event
    if isinstance(event, e.MeasureSet):
        return _set(fact) if state is None else Conflict(Code.ALREADY_EXISTS, fact, {})
    if state is None:
        return Conflict(Code.NOT_ALIVE, fact, {"date": event.effective_on})
    afterwards = state.stage is Stage.FULFILLED and type(event) in _AFTERWARDS
    if state.stage is not Stage.OPEN and not afterwards:
        details: dict[str, object] = {"status": state.stage, "date": event.effective_on}
        return Conflict(Code.NOT_ALLOWED_IN_STATUS, fact, details)
    return _EVOLVE[type(event)](state, fact)


def lapse(state: Measure, _fact: Fact) -> Measure:
    """Return the state unchanged: no fact of a measure ends by itself."""
    return state


def alive(_state: Measure) -> bool:
    """Say that it is on the books, whatever became of it."""
    return True


def targets(state: Measure) -> Iterable[Target]:
    """Yield whoever has a part in it while it is open."""
    if state.stage is not Stage.OPEN:
        return ()
    return [Target(part.role, part.assignee, part.position) for part in state.parts]


def identifiers(state: Measure) -> Iterable[tuple[str, str]]:
    """Yield its code, which another may have once it is cancelled."""
    return () if state.stage is Stage.CANCELLED else ((MEASURE_SCHEME, state.code),)


MEASURE = Noun("measure", e.EVENTS, evolve, lapse, alive, targets, identifiers, BONDS)
