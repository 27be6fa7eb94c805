"""What a reorganization does on its day, as events on the streams it touches (改革的结果). Pure."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from msgspec import UNSET
from msgspec.structs import asdict

from registry.commands import Draft
from registry.disposal import carry_out
from registry.errors import Code, Refusal
from registry.events import Stamp
from registry.function.events import (
    FunctionAssigned,
    FunctionDefined,
    FunctionEmphasized,
    FunctionReleased,
    FunctionRetired,
    FunctionTransferred,
)
from registry.function.state import FUNCTION, Function
from registry.organization.events import (
    OrganizationDissolved,
    OrganizationEstablished,
    OrganizationRenamed,
    RelationOpened,
)
from registry.organization.state import ORGANIZATION, Organization
from registry.reads import World, require, require_absent
from registry.reorganization.events import FunctionChange, NewOrganization, Plan
from registry.supposition import Supposition


def consequences(plan: Plan, stamp: Stamp, world: World) -> list[Draft]:
    """Return every event of ``plan`` on the day of ``stamp``, in the order in which they must follow."""
    _check_named(plan, stamp, world)
    common: dict[str, Any] = asdict(stamp)
    drafts: list[Draft] = []
    for new in plan.established:
        drafts.extend(_established(new, world, common))
    drafts.extend(
        Draft(
            name.organization,
            OrganizationRenamed(name=name.name, short_name=name.short_name, **common),
        )
        for name in plan.renamed
    )
    drafts.extend(
        Draft(
            place.organization,
            RelationOpened(hierarchy=place.to.hierarchy, superior=place.to.superior, **common),
        )
        for place in plan.moved
    )
    for change in plan.functions:
        drafts.extend(_function(change, world, stamp))
    dissolutions = [
        Draft(organization, OrganizationDissolved(rules=plan.rules, **common))
        for organization in plan.dissolved
    ]
    view = Supposition(world, [*drafts, *dissolutions])
    return [*drafts, *carry_out(view, plan.dispositions, stamp), *dissolutions]


def _check_named(plan: Plan, stamp: Stamp, world: World) -> None:
    """Refuse a plan that names what is not there: NOT_ALIVE, NOT_FOUND or WRONG_NOUN."""
    renamed = (name.organization for name in plan.renamed)
    moved = (place.organization for place in plan.moved)
    for organization in (*plan.dissolved, *plan.kept, *renamed, *moved):
        _require_living(world, organization, stamp)
    established = {new.id for new in plan.established}
    followers = (rule.move_to for rule in plan.rules if rule.move_to is not None)
    heirs = (end for succession in plan.successions for end in (succession.predecessor, succession.successor))
    for organization in (*followers, *heirs):
        if organization not in established:
            require(world, organization, ORGANIZATION)


def _require_living(world: World, organization: UUID, stamp: Stamp) -> None:
    state = require(world, organization, ORGANIZATION).timeline.at(stamp.effective_on)
    if not isinstance(state, Organization) or not state.status.alive:
        raise Refusal(Code.NOT_ALIVE, id=organization, date=stamp.effective_on)


def _established(new: NewOrganization, world: World, common: dict[str, Any]) -> list[Draft]:
    require_absent(world, new.id, ORGANIZATION)
    events = [
        OrganizationEstablished(
            name=new.name,
            kind=new.kind,
            short_name=new.short_name,
            code=new.code,
            profile=new.profile,
            illustrative=new.illustrative,
            **common,
        ),
        *(
            RelationOpened(hierarchy=place.hierarchy, superior=place.superior, **common)
            for place in new.superiors
        ),
    ]
    return [Draft(new.id, event) for event in events]


def _function(change: FunctionChange, world: World, stamp: Stamp) -> list[Draft]:
    """Define, then hand over or release, then emphasize or retire."""
    common: dict[str, Any] = asdict(stamp)
    drafts: list[Draft] = []
    holder: UUID | None = None
    if change.define is not None:
        require_absent(world, change.function, FUNCTION)
        defined = FunctionDefined(
            name=change.define,
            unspecified=change.unspecified,
            illustrative=change.illustrative,
            **common,
        )
        drafts.append(Draft(change.function, defined))
    else:
        state = require(world, change.function, FUNCTION).timeline.at(stamp.effective_on)
        if not isinstance(state, Function) or state.retired:
            raise Refusal(Code.NOT_ALIVE, id=change.function, date=stamp.effective_on)
        holder = None if state.holding is None else state.holding.holder
    if change.holder is not UNSET and change.holder != holder:
        drafts.append(Draft(change.function, _handed_over(holder, change.holder, common)))
    if change.emphasize:
        drafts.append(Draft(change.function, FunctionEmphasized(**common)))
    if change.retire:
        drafts.append(Draft(change.function, FunctionRetired(**common)))
    return drafts


def _handed_over(
    source: UUID | None, target: UUID | None, common: dict[str, Any]
) -> FunctionAssigned | FunctionTransferred | FunctionReleased:
    if target is None:
        assert source is not None
        return FunctionReleased(source=source, **common)
    if source is None:
        return FunctionAssigned(holder=target, **common)
    return FunctionTransferred(source=source, target=target, **common)
