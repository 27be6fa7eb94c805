"""What the API must answer about papers and affairs, from the log alone, without projections or planner."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from registry.figure.state import FIGURE, Figure
from registry.liaison.state import LIAISON, Liaison
from registry.mandate.kinds import MandateStatus
from registry.mandate.state import MANDATE, Mandate
from registry.organization.state import ORGANIZATION, Organization
from registry.programme.state import PROGRAMME, Programme
from registry.secondment.state import SECONDMENT, Secondment
from registry.timeline import Noun, Timeline

Answer = dict[str, Any]
Timelines = Mapping[UUID, Timeline]

QUERY = """
query ($asOf: Date!, $knownAt: DateTime) {
  mandates(first: 100, asOf: $asOf, knownAt: $knownAt) {
    nodes {
      id name category status holder { id } grantor { id } grantedOn until endedOn position
      reviews { reviewedOn finding passed position }
    }
  }
  programmes(first: 100, asOf: $asOf, knownAt: $knownAt) {
    nodes { id running owner { id } launchedOn until endedOn enrollments { organization { id } position } }
  }
  figures(first: 100, asOf: $asOf, knownAt: $knownAt) {
    nodes { id organization { id } indicator periodStart periodEnd value withdrawn position }
  }
  secondments(first: 100, asOf: $asOf, knownAt: $knownAt) {
    nodes { id home { id } host { id } direction basis begunOn until endedOn underWay position }
  }
  liaisons(first: 100, asOf: $asOf, knownAt: $knownAt) {
    nodes { id begunOn endedOn underWay visitCount lastVisit visits { visitedOn position } }
  }
  organizations(first: 100, asOf: $asOf, knownAt: $knownAt) {
    nodes {
      id
      registration { legalForm until position }
      charter { title approvedOn position }
      staffing { establishment { kind count } established headcount overStrength position }
      mandates { id } programmes { id } figures { id }
    }
  }
}
"""


def answer(timelines: Timelines, day: date) -> Answer:
    """Return the answer to :data:`QUERY`, each list sorted by id."""
    return {
        "mandates": _listed(timelines, MANDATE, day, _mandate),
        "programmes": _listed(timelines, PROGRAMME, day, _programme),
        "figures": _listed(timelines, FIGURE, day, _figure),
        "secondments": _listed(timelines, SECONDMENT, day, _secondment),
        "liaisons": _listed(timelines, LIAISON, day, _liaison),
        "organizations": _listed(
            timelines, ORGANIZATION, day, lambda state: _papers(state) | {"mandates": [], "programmes": []}
        ),
    }


def by_id(told: Answer) -> Answer:
    """Return an answer with its lists sorted by id, however they were sorted."""
    return {root: {"nodes": sorted(page["nodes"], key=_id)} for root, page in told.items()}


def _id(node: Answer) -> str:
    return str(node["id"])


def _listed(timelines: Timelines, noun: Noun, day: date, told: Callable[[Any], Answer]) -> Answer:
    nodes: list[Answer] = []
    for identity, timeline in timelines.items():
        state = timeline.at(day)
        if timeline.noun is not noun or state is None:
            continue
        held = _held(timelines, identity, day) if noun is ORGANIZATION else {}
        nodes.append({"id": str(identity), **told(state), **held})
    return {"nodes": sorted(nodes, key=_id)}


def _mandate(state: Mandate) -> Answer:
    return {
        "name": state.name,
        "category": state.category,
        "status": state.status,
        "holder": {"id": str(state.holder)},
        "grantor": None if state.grantor is None else {"id": str(state.grantor)},
        "grantedOn": state.granted_on.isoformat(),
        "until": _text(state.until),
        "endedOn": _text(state.ended_on),
        "position": state.position,
        "reviews": [
            {
                "reviewedOn": review.reviewed_on.isoformat(),
                "finding": review.finding,
                "passed": review.passed,
                "position": review.position,
            }
            for review in state.reviews
        ],
    }


def _programme(state: Programme) -> Answer:
    there = state.participants if state.ended_on is None else ()
    return {
        "running": state.ended_on is None,
        "owner": {"id": str(state.owner)},
        "launchedOn": state.launched_on.isoformat(),
        "until": _text(state.until),
        "endedOn": _text(state.ended_on),
        "enrollments": [
            {"organization": {"id": str(each.organization)}, "position": each.position} for each in there
        ],
    }


def _figure(state: Figure) -> Answer:
    return {
        "organization": {"id": str(state.organization)},
        "indicator": state.indicator,
        "periodStart": state.period_start.isoformat(),
        "periodEnd": state.period_end.isoformat(),
        "value": state.value,
        "withdrawn": state.withdrawn,
        "position": state.position,
    }


def _secondment(state: Secondment) -> Answer:
    return {
        "home": {"id": str(state.home)},
        "host": {"id": str(state.host)},
        "direction": state.direction,
        "basis": state.basis,
        "begunOn": state.begun_on.isoformat(),
        "until": _text(state.until),
        "endedOn": _text(state.ended_on),
        "underWay": state.ended_on is None,
        "position": state.position,
    }


def _liaison(state: Liaison) -> Answer:
    days = [visit.visited_on.isoformat() for visit in state.visits]
    return {
        "begunOn": state.begun_on.isoformat(),
        "endedOn": _text(state.ended_on),
        "underWay": state.ended_on is None,
        "visitCount": len(days),
        "lastVisit": max(days, default=None),
        "visits": [
            {"visitedOn": visit.visited_on.isoformat(), "position": visit.position} for visit in state.visits
        ],
    }


def _papers(state: Organization) -> Answer:
    registration, charter, staffing = state.registration, state.charter, state.staffing
    told: Answer = {"registration": None, "charter": None, "staffing": None}
    if registration is not None:
        told["registration"] = {
            "legalForm": registration.legal_form,
            "until": _text(registration.until),
            "position": registration.position,
        }
    if charter is not None:
        told["charter"] = {
            "title": charter.title,
            "approvedOn": _text(charter.approved_on),
            "position": charter.position,
        }
    if staffing is not None:
        quotas = staffing.establishment
        established = None if quotas is None else sum(quota.count for quota in quotas)
        known = established is not None and staffing.headcount is not None
        told["staffing"] = {
            "establishment": [{"kind": quota.kind, "count": quota.count} for quota in quotas or ()],
            "established": established,
            "headcount": staffing.headcount,
            "overStrength": max(0, (staffing.headcount or 0) - (established or 0)) if known else None,
            "position": staffing.position,
        }
    return told


def _held(timelines: Timelines, organization: UUID, day: date) -> Answer:
    """Return what an organization holds, takes part in and reported, looked for in everything there is."""
    held: dict[str, list[str]] = {"mandates": [], "programmes": [], "figures": []}
    for identity, timeline in timelines.items():
        match timeline.at(day):
            case Mandate(holder=holder, status=MandateStatus.ACTIVE) if holder == organization:
                held["mandates"].append(str(identity))
            case Programme(ended_on=None, participants=there):
                if any(each.organization == organization for each in there):
                    held["programmes"].append(str(identity))
            case Figure(organization=whose, withdrawn=False) if whose == organization:
                held["figures"].append(str(identity))
            case _:
                pass
    return {kind: [{"id": identity} for identity in sorted(found)] for kind, found in held.items()}


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
