"""What a clerk asks of measures: two of them, over the days and departments of the small world."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from msgspec.structs import replace

from registry.commands import Command
from registry.ids import stable_id
from registry.measure import commands as m
from registry.measure.kinds import Recurrence, Role
from registry.measure.state import Measure
from registry.organization.commands import DissolveOrganization
from registry.person.commands import RecordDeath, RegisterPerson
from registry.references import KindRule
from registry.time import Precision
from tests.support.small_world import CITY, DAYS, OFFICE, PUBLICITY

if TYPE_CHECKING:
    from tests.support.clerk import Clerk

MEASURES = [stable_id(f"measure of a history {n}") for n in range(2)]
FINDINGS = [stable_id(f"finding of a history {n}") for n in range(2)]
ANSWERING = stable_id("who answers for the measures of a history")


def beginning(clerk: Clerk) -> Iterator[Command]:
    """Yield one who may answer for measures, and now and then one that a department leads."""
    yield RegisterPerson(person=ANSWERING, name="某人", **clerk.by(DAYS[0]))
    if clerk.one_in(2):
        yield _set(clerk, MEASURES[0], lead=PUBLICITY, supporting=(OFFICE,), **clerk.by(DAYS[1]))


def two(clerk: Clerk) -> Iterator[Command]:
    """Yield both measures, set on the first day, as far as they are not there."""
    for measure, code in zip(MEASURES, "AB", strict=True):
        if measure not in clerk.register.entities:
            yield replace(
                _set(clerk, measure, lead=PUBLICITY, responsible=ANSWERING, **clerk.by(DAYS[0])), code=code
            )


def _set(clerk: Clerk, measure: UUID, **more: Any) -> m.SetMeasure:  # noqa: ANN401 - fields of the command
    recurrence = clerk.one(list(Recurrence))
    deadline = clerk.one([None, DAYS[3], DAYS[5], DAYS[6]])
    precisions = [p for p in Precision if deadline is None or p.fits(deadline)]
    return m.SetMeasure(
        measure=measure,
        code=clerk.one("AB"),
        title="改革措施",
        plan_clause=clerk.one(["二(一)", "二(二)", "七(三)"]),
        deadline=deadline,
        deadline_precision=clerk.one(precisions),
        deadline_assumed=clerk.one_in(3),
        recurrence=recurrence,
        first_year=2021 if recurrence is Recurrence.YEARLY and clerk.one_in(3) else None,
        **more,
    )


def _measure(clerk: Clerk) -> Command:
    """Set a measure that is not there, or do something to one that is."""
    absent = [measure for measure in MEASURES if measure not in clerk.register.entities]
    if absent and (len(absent) == len(MEASURES) or clerk.one_in(4)):
        lead, responsible = clerk.one([None, clerk.who()]), clerk.one([None, ANSWERING])
        supporting = _supporting(clerk)
        more = {"lead": lead, "supporting": supporting, "responsible": responsible, **clerk.by()}
        return _set(clerk, absent[0], **more)
    measure = clerk.one([measure for measure in MEASURES if measure in clerk.register.entities])
    names, found = _there(clerk, measure)
    makers: Sequence[Callable[..., Command]] = (
        lambda **by: m.ReassignMeasure(lead=clerk.one([None, clerk.who()]), **by),
        lambda **by: m.ReassignMeasure(
            supporting=_supporting(clerk), responsible=clerk.one([None, ANSWERING]), **by
        ),
        lambda **by: m.MoveDeadline(
            deadline=clerk.one([None, *DAYS[3:]]), **{**by, "reason": clerk.one([None, "推迟", "提前"])}
        ),
        lambda **by: m.SetMilestone(name=clerk.one(["印发", "落实"]), due=clerk.day(), **by),
        lambda **by: m.ReachMilestone(name=clerk.one(names), **by),
        lambda **by: m.ReportProgress(
            percent=clerk.one([None, 30, 60]), note=clerk.one([None, "进展"]), **by
        ),
        lambda **by: m.RecordInspection(
            finding=clerk.one(FINDINGS), text="问题", due=clerk.one([None, *DAYS[2:]]), **by
        ),
        lambda **by: m.CloseFinding(finding=clerk.one(found), **by),
        lambda **by: m.CiteEvidence(position=clerk.one([1, 2, 5, clerk.register.head, 999]), **by),
        m.FulfillMeasure,
        m.FulfillMeasure if clerk.mostly() else m.CancelMeasure,
    )
    return clerk.one(makers)(measure=measure, **clerk.by())


def _there(clerk: Clerk, measure: UUID) -> tuple[list[str], list[UUID]]:
    """Return the names of milestones and the ids of findings that a measure comes to have, or any."""
    timeline = clerk.register.entities[measure].timeline
    state = timeline.segments[-1].state if timeline.segments else None
    if not isinstance(state, Measure) or clerk.one_in(8):
        return ["印发"], FINDINGS
    names = [milestone.name for milestone in state.milestones]
    return names or ["印发"], [finding.id for finding in state.findings] or FINDINGS


def _supporting(clerk: Clerk) -> tuple[UUID, ...]:
    return tuple(dict.fromkeys(clerk.who() for _ in range(clerk.one([0, 1, 2]))))


def _ending(clerk: Clerk) -> Command:
    """Let one who has a part in measures end, mostly with a rule for each part."""
    target = None if clerk.one_in(3) else clerk.one([CITY, OFFICE])
    rules = tuple(
        KindRule(reference=role, move_to=target)
        for role in (Role.LED_BY, Role.SUPPORTED_BY)
        if clerk.mostly()
    )
    if clerk.one_in(4):
        rule = KindRule(reference=Role.RESPONSIBLE)
        return RecordDeath(person=ANSWERING, rules=(rule,) if clerk.mostly() else (), **clerk.by())
    return DissolveOrganization(organization=clerk.who(PUBLICITY), rules=rules, **clerk.by())


MAKERS = (*[_measure] * 5, _ending)
