"""Decisions about measures (改革措施决策). Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from msgspec import UNSET
from msgspec.structs import asdict

from registry.commands import Draft
from registry.errors import Code, Refusal
from registry.events import Event
from registry.measure import commands as c
from registry.measure import events as e
from registry.measure.kinds import Role, Stage
from registry.measure.state import MEASURE, Measure, deadline_of
from registry.reads import World, require, require_absent


def set_(command: c.SetMeasure, world: World) -> list[Draft]:
    """Put it on the books, then give everybody a part on the same day."""
    require_absent(world, command.measure, MEASURE)
    _check_parts(command.lead, command.supporting)
    stamp = _stamp(command)
    events: list[Event] = [
        e.MeasureSet(
            code=command.code,
            title=command.title,
            plan_clause=command.plan_clause,
            deadline=command.deadline,
            deadline_precision=command.deadline_precision,
            deadline_assumed=command.deadline_assumed,
            recurrence=command.recurrence,
            first_year=command.first_year,
            illustrative=command.illustrative,
            **stamp,
        )
    ]
    given = [(Role.LED_BY, command.lead), *((Role.SUPPORTED_BY, who) for who in command.supporting)]
    given.append((Role.RESPONSIBLE, command.responsible))
    events.extend(
        e.MeasureAssigned(role=role, assignee=who, **stamp) for role, who in given if who is not None
    )
    return _drafts(command, events)


def reassign(command: c.ReassignMeasure, world: World) -> list[Draft]:
    """Change who has which part; quiet when everybody has it already."""
    state = _open(command, world)
    lead = next(iter(_who(state, Role.LED_BY)), None) if command.lead is UNSET else command.lead
    supporting = _who(state, Role.SUPPORTED_BY) if command.supporting is UNSET else command.supporting
    if command.lead is not UNSET or command.supporting is not UNSET:
        _check_parts(lead, supporting)
    events: list[Event] = []
    for role, wanted in _wanted(command):
        events.extend(_changes(command, role, _who(state, role), wanted))
    return _drafts(command, events)


def move_deadline(command: c.MoveDeadline, world: World) -> list[Draft]:
    """Move it; quiet when it is on that day already."""
    state = _open(command, world)
    event = e.DeadlineMoved(
        deadline=command.deadline,
        deadline_precision=command.deadline_precision,
        deadline_assumed=command.deadline_assumed,
        **_stamp(command),
    )
    return [] if deadline_of(event) == state.deadline else _drafts(command, [event])


def set_milestone(command: c.SetMilestone, world: World) -> list[Draft]:
    """Set a step; quiet when it has that day already, refused when it was taken."""
    state = _open(command, world)
    there = next((m for m in state.milestones if m.name == command.name), None)
    if there is not None and there.reached_on is not None:
        status = f"past the milestone {command.name} since {there.reached_on} (节点已完成)"
        raise Refusal(
            Code.NOT_ALLOWED_IN_STATUS, id=command.measure, status=status, date=command.effective_on
        )
    if there is not None and there.due == command.due:
        return []
    return _drafts(command, [e.MilestoneSet(name=command.name, due=command.due, **_stamp(command))])


def reach_milestone(command: c.ReachMilestone, world: World) -> list[Draft]:
    """Take a step; quiet when it was taken before."""
    state = _open(command, world)
    if any(m.name == command.name and m.reached_on is not None for m in state.milestones):
        return []
    return _drafts(command, [e.MilestoneReached(name=command.name, **_stamp(command))])


def report_progress(command: c.ReportProgress, world: World) -> list[Draft]:
    """Report; quiet when the same was reported for that day."""
    state = _open(command, world)
    said = (command.percent, command.note, command.effective_on)
    if any((report.percent, report.note, report.on) == said for report in state.reports):
        return []
    event = e.ProgressReported(percent=command.percent, note=command.note, **_stamp(command))
    return _drafts(command, [event])


def record_inspection(command: c.RecordInspection, world: World) -> list[Draft]:
    """Record a finding; its id is one that the measure has not had."""
    _standing(command, world)
    event = e.InspectionRecorded(
        finding=command.finding, text=command.text, due=command.due, **_stamp(command)
    )
    return _drafts(command, [event])


def close_finding(command: c.CloseFinding, world: World) -> list[Draft]:
    """Close a finding; quiet when it is closed."""
    state = _standing(command, world)
    if any(f.id == command.finding and f.closed_on is not None for f in state.findings):
        return []
    return _drafts(command, [e.FindingClosed(finding=command.finding, **_stamp(command))])


def cite_evidence(command: c.CiteEvidence, world: World) -> list[Draft]:
    """Cite an event; quiet when it is cited with the same note."""
    state = _standing(command, world)
    if any((known.cited, known.note) == (command.position, command.note) for known in state.evidence):
        return []
    event = e.EvidenceCited(position=command.position, note=command.note, **_stamp(command))
    return _drafts(command, [event])


def fulfill(command: c.FulfillMeasure, world: World) -> list[Draft]:
    """Record that it was done; quiet when that is known, of a yearly one for that very day."""
    state = _standing(command, world)
    done = any(fulfilment.on == command.effective_on for fulfilment in state.fulfilments)
    if done or state.stage is Stage.FULFILLED:
        return []
    return _drafts(command, [e.MeasureFulfilled(**_stamp(command))])


def cancel(command: c.CancelMeasure, world: World) -> list[Draft]:
    """Cancel it; quiet when it is cancelled."""
    if _standing(command, world).stage is Stage.CANCELLED:
        return []
    return _drafts(command, [e.MeasureCancelled(**_stamp(command))])


def _check_parts(lead: UUID | None, supporting: Sequence[UUID]) -> None:
    """Refuse INVALID_INPUT for one who supports twice, or supports what it leads."""
    if len(set(supporting)) < len(supporting):
        raise Refusal(Code.INVALID_INPUT, field="supporting", problem="the same one twice (重复)")
    if lead in supporting:
        problem = "it leads the measure already (已为牵头部门)"
        raise Refusal(Code.INVALID_INPUT, field="supporting", problem=problem)


def _wanted(command: c.ReassignMeasure) -> Iterator[tuple[Role, tuple[UUID, ...]]]:
    """Yield who shall have each role that the command speaks of."""
    if command.lead is not UNSET:
        yield Role.LED_BY, () if command.lead is None else (command.lead,)
    if command.supporting is not UNSET:
        yield Role.SUPPORTED_BY, command.supporting
    if command.responsible is not UNSET:
        yield Role.RESPONSIBLE, () if command.responsible is None else (command.responsible,)


def _changes(
    command: c.ReassignMeasure, role: Role, now: Sequence[UUID], wanted: Sequence[UUID]
) -> Iterator[Event]:
    """Yield what takes a role from those who have it to those who shall; a new lead replaces the old one."""
    stamp = _stamp(command)
    if not (role.single and wanted):
        for who in now:
            if who not in wanted:
                yield e.MeasureRelieved(role=role, assignee=who, **stamp)
    for who in wanted:
        if who not in now:
            yield e.MeasureAssigned(role=role, assignee=who, **stamp)


def _who(state: Measure, role: Role) -> tuple[UUID, ...]:
    return tuple(part.assignee for part in state.parts if part.role is role)


def _standing(command: c.MeasureCommand, world: World) -> Measure:
    """Return what the measure is on the day; refuses NOT_ALIVE before it is set."""
    state = require(world, command.measure, MEASURE).timeline.at(command.effective_on)
    if not isinstance(state, Measure):
        raise Refusal(Code.NOT_ALIVE, id=command.measure, date=command.effective_on)
    return state


def _open(command: c.MeasureCommand, world: World) -> Measure:
    """Return what the measure is on the day, when it must be open."""
    state = _standing(command, world)
    if state.stage is not Stage.OPEN:
        details = {"status": state.stage, "date": command.effective_on}
        raise Refusal(Code.NOT_ALLOWED_IN_STATUS, id=command.measure, **details)
    return state


def _stamp(command: c.MeasureCommand) -> dict[str, Any]:
    return asdict(command.stamp)


def _drafts(command: c.MeasureCommand, events: Sequence[Event]) -> list[Draft]:
    return [Draft(command.measure, event) for event in events]
