"""What the API must answer about measures, worked out from the log alone, without projections or planner."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from projections.pinyin import sort_key
from registry.measure.kinds import Recurrence, Role, Stage
from registry.measure.state import MEASURE, Deadline, Measure
from registry.time import Precision
from registry.timeline import Timeline

Answer = dict[str, Any]

QUERY = """
query ($asOf: Date!, $knownAt: DateTime, $lead: ID) {
  measures(first: 100, asOf: $asOf, knownAt: $knownAt) {
    totalCount
    nodes {
      id code clause recurrence firstYear state lead { id } supporting { id } hasResponsible responsibleId
      originalDeadline deadline deadlinePrecision deadlineAssumed
      deadlineMoves { movedOn before after reason position }
      overdue overdueReasons missedYears percent fulfilledOn
      milestones { name due reachedOn overdue }
      progress { reportedOn percent note }
      findings { id foundOn due closedOn overdue }
      evidence { cited event { position } }
      fulfilments { fulfilledOn }
    }
  }
  overdue: measures(first: 100, filter: { overdue: true }, asOf: $asOf, knownAt: $knownAt) { nodes { id } }
  led: measures(first: 100, filter: { lead: $lead }, asOf: $asOf, knownAt: $knownAt) { nodes { id } }
  part: measures(first: 100, filter: { clause: "二" }, asOf: $asOf, knownAt: $knownAt) { nodes { id } }
}
"""


def answer(timelines: Mapping[UUID, Timeline], day: date, lead: UUID) -> Answer:
    """Return the answer to :data:`QUERY` for measures led by ``lead``."""
    found = [
        (identity, state)
        for identity, timeline in timelines.items()
        if timeline.noun is MEASURE and isinstance(state := timeline.at(day), Measure)
    ]
    found.sort(key=lambda item: (item[1].code, str(item[0])))
    nodes = [_node(timelines, identity, state, day) for identity, state in found]
    return {
        "measures": {"totalCount": len(nodes), "nodes": nodes},
        "overdue": _ids(node["id"] for node in nodes if node["overdueReasons"]),
        "led": _ids(str(i) for i, state in found if lead in _who(state, Role.LED_BY)),
        "part": _ids(str(i) for i, state in found if state.plan_clause.startswith("二")),
    }


def _ids(identities: Iterable[str]) -> Answer:
    return {"nodes": [{"id": identity} for identity in identities]}


def _node(timelines: Mapping[UUID, Timeline], identity: UUID, state: Measure, day: date) -> Answer:
    reasons = overdue_reasons(state, day)
    percents = [report.percent for report in state.reports if report.percent is not None]
    responsible = [str(who) for who in _who(state, Role.RESPONSIBLE)]
    leads = _shown(timelines, _who(state, Role.LED_BY), day)
    done = [fulfilment.on for fulfilment in state.fulfilments]
    return {
        "id": str(identity),
        "code": state.code,
        "clause": state.plan_clause,
        "recurrence": state.recurrence,
        "firstYear": state.first_year,
        "state": state.stage,
        "lead": leads[0] if leads else None,
        "supporting": _shown(timelines, _who(state, Role.SUPPORTED_BY), day),
        "hasResponsible": bool(responsible),
        "responsibleId": responsible[0] if responsible else None,
        "originalDeadline": _day(state.original),
        "deadline": _day(state.deadline),
        "deadlinePrecision": None if state.deadline is None else state.deadline.precision,
        "deadlineAssumed": None if state.deadline is None else state.deadline.assumed,
        "deadlineMoves": [
            {
                "movedOn": move.on.isoformat(),
                "before": _day(move.before),
                "after": _day(move.after),
                "reason": move.reason,
                "position": move.position,
            }
            for move in sorted(state.moves, key=lambda move: (move.on, move.position))
        ],
        "overdue": bool(reasons),
        "overdueReasons": reasons,
        "missedYears": missed_years(state, day),
        "percent": percents[-1] if percents else None,
        "fulfilledOn": done[-1].isoformat() if state.stage is Stage.FULFILLED else None,
        **_lists(state, day),
    }


def _lists(state: Measure, day: date) -> Answer:
    return {
        "milestones": [
            {
                "name": step.name,
                "due": step.due.isoformat(),
                "reachedOn": _text(step.reached_on),
                "overdue": step.reached_on is None and step.due < day,
            }
            for step in sorted(state.milestones, key=lambda step: (step.due, step.name))
        ],
        "progress": [
            {"reportedOn": report.on.isoformat(), "percent": report.percent, "note": report.note}
            for report in sorted(state.reports, key=lambda report: (report.on, report.position))
        ],
        "findings": [
            {
                "id": str(finding.id),
                "foundOn": finding.found_on.isoformat(),
                "due": _text(finding.due),
                "closedOn": _text(finding.closed_on),
                "overdue": finding.closed_on is None and finding.due is not None and finding.due < day,
            }
            for finding in sorted(state.findings, key=lambda finding: (finding.found_on, finding.position))
        ],
        "evidence": [
            {"cited": cited, "event": {"position": cited}}
            for cited in sorted(evidence.cited for evidence in state.evidence)
        ],
        "fulfilments": [
            {"fulfilledOn": done.on.isoformat()}
            for done in sorted(state.fulfilments, key=lambda done: (done.on, done.position))
        ],
    }


def overdue_reasons(state: Measure, day: date) -> list[str]:
    """Return in what a measure is overdue on ``day``, looked at without any of the planner's SQL."""
    if state.stage is Stage.CANCELLED:
        return []
    reasons: list[str] = []
    late = state.deadline is not None and day >= _end(state.deadline)
    if late and state.stage is Stage.OPEN and state.recurrence is not Recurrence.YEARLY:
        reasons.append("DEADLINE")
    if missed_years(state, day):
        reasons.append("YEAR")
    if any(f.closed_on is None and f.due is not None and f.due < day for f in state.findings):
        reasons.append("FINDING")
    return reasons


def missed_years(state: Measure, day: date) -> list[int]:
    """Return the years before that of ``day`` in which a yearly measure had to be done, and was not."""
    if state.first_year is None or state.stage is not Stage.OPEN:
        return []
    done = {fulfilment.on.year for fulfilment in state.fulfilments}
    last = day.year - 1 if state.deadline is None else min(day.year - 1, state.deadline.day.year)
    return [year for year in range(state.first_year, last + 1) if year not in done]


def _end(deadline: Deadline) -> date:
    """Return the first day on which it is too late."""
    match deadline.precision:
        case Precision.DAY:
            return deadline.day + timedelta(days=1)
        case Precision.MONTH:
            return (deadline.day.replace(day=28) + timedelta(days=4)).replace(day=1)
        case Precision.YEAR:
            return date(deadline.day.year + 1, 1, 1)


def _who(state: Measure, role: Role) -> list[UUID]:
    return [part.assignee for part in state.parts if part.role is role]


def _shown(timelines: Mapping[UUID, Timeline], who: Iterable[UUID], day: date) -> list[Answer]:
    """Return organizations in the order of their names; what a correction let begin later is not there."""
    known = [(timelines[each].at(day), each) for each in who]
    there = sorted((sort_key(state.name), str(each)) for state, each in known if state is not None)
    return [{"id": identity} for _, identity in there]


def _day(deadline: Deadline | None) -> str | None:
    return None if deadline is None else deadline.day.isoformat()


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
