"""What an event of a reorganization may say, recorded plainly or by a correction (改革内容检查). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from registry.commands import TEXT_LIMIT, check_date, check_name
from registry.errors import Code, Refusal
from registry.events import Event
from registry.reorganization import events as e


def check_content(event: Event) -> None:
    """Refuse INVALID_INPUT or INVALID_DATE for a title, plan or day of effect that cannot be."""
    match event:
        case e.ReorganizationProposed():
            check_name("title", event.title, TEXT_LIMIT)
            _check_plan(event.plan)
        case e.ReorganizationRevised():
            _check_plan(event.plan)
        case e.ReorganizationAdopted():
            check_date("takesEffectOn", event.takes_effect_on, event.effect_precision)
        case _:
            pass


def _check_plan(plan: e.Plan) -> None:
    """Refuse a plan that contradicts itself, or says nothing."""
    if not (plan.dissolved or plan.established or plan.renamed or plan.moved or plan.functions):
        raise Refusal(Code.INVALID_INPUT, field="plan", problem="it does nothing (方案无内容)")
    _check_identities(plan)
    for new in plan.established:
        check_name("plan.established.name", new.name)
        _require_distinct("plan.established.superiors", map(_slot, new.superiors))
    for name in plan.renamed:
        check_name("plan.renamed.name", name.name)
    for change in plan.functions:
        check_name("plan.functions.define", change.define)
    for succession in plan.successions:
        if succession.predecessor == succession.successor:
            problem = "nobody succeeds itself (不能承继自身)"
            raise Refusal(Code.INVALID_INPUT, field="plan.successions", problem=problem)


def _check_identities(plan: e.Plan) -> None:
    established = [new.id for new in plan.established]
    both = {*plan.dissolved} & {*plan.kept, *established, *(name.organization for name in plan.renamed)}
    if both:
        problem = f"{min(both)} is dissolved and kept, renamed or established (既撤销又保留、更名或新设)"
        raise Refusal(Code.INVALID_INPUT, field="plan", problem=problem)
    _require_distinct("plan.dissolved", plan.dissolved)
    _require_distinct("plan.renamed", (name.organization for name in plan.renamed))
    _require_distinct("plan.moved", ((place.organization, *_slot(place.to)) for place in plan.moved))
    functions = (change.function for change in plan.functions)
    _require_distinct("plan.established, plan.functions", (*established, *functions))


def _slot(place: e.Superior) -> tuple[str, UUID | None]:
    """Return what there is only one of: a place in a single-parent hierarchy, or else under a superior."""
    return place.hierarchy, None if place.hierarchy.single else place.superior


def _require_distinct(field: str, keys: Iterable[object]) -> None:
    seen = list(keys)
    if len(set(seen)) < len(seen):
        raise Refusal(Code.INVALID_INPUT, field=field, problem="the same one twice (重复)")
