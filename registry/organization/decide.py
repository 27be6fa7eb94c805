"""Decisions about organizations: what a command records, or why it is refused (组织决策). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from msgspec import UNSET
from msgspec.structs import asdict

from registry.commands import Command, Draft
from registry.disposal import carry_out
from registry.dispositions import Disposition
from registry.errors import Code, Refusal
from registry.events import Event
from registry.organization import commands as c
from registry.organization import events as e
from registry.organization.kinds import Status
from registry.organization.papers import Staffing, said_of
from registry.organization.state import ORGANIZATION, Organization
from registry.reads import World, require, require_absent
from registry.supposition import Supposition
from registry.time import FOREVER, Period
from registry.timeline import Entity, spans


def establish(command: c.EstablishOrganization, world: World) -> list[Draft]:
    """Establish, then open each place and assign each identifier on the same day."""
    require_absent(world, command.organization, ORGANIZATION)
    _require_distinct("places", (_slot(place) for place in command.places))
    _require_distinct("identifiers", (scheme for scheme, _ in command.identifiers))
    stamp = _stamp(command)
    events: list[Event] = [
        e.OrganizationEstablished(
            name=command.name,
            kind=command.kind,
            short_name=command.short_name,
            code=command.code,
            status=command.status,
            profile=command.profile,
            illustrative=command.illustrative,
            **stamp,
        )
    ]
    events.extend(
        e.RelationOpened(hierarchy=place.hierarchy, superior=place.superior, **stamp)
        for place in command.places
    )
    events.extend(
        e.IdentifierAssigned(scheme=scheme, value=value, **stamp) for scheme, value in command.identifiers
    )
    return [Draft(command.organization, event) for event in events]


def _slot(place: c.Place) -> str | tuple[str, UUID]:
    """Return what of its places an organization has only once."""
    return place.hierarchy if place.hierarchy.single else (place.hierarchy, place.superior)


def _require_distinct(field: str, keys: Iterable[object]) -> None:
    seen = list(keys)
    if len(set(seen)) < len(seen):
        raise Refusal(Code.INVALID_INPUT, field=field, problem="the same one twice (重复)")


def rename(command: c.RenameOrganization, world: World) -> list[Draft]:
    """Rename; quiet when it bears that name already."""
    _, state = _living(command, world)
    short = state.short_name if command.short_name is UNSET else command.short_name
    if (state.name, state.short_name) == (command.name, short):
        return []
    event = e.OrganizationRenamed(name=command.name, short_name=command.short_name, **_stamp(command))
    return _one(command, event)


def recode(command: c.RecodeOrganization, world: World) -> list[Draft]:
    """Change the registry's code; quiet when it is that already."""
    _, state = _living(command, world)
    if state.code == command.code:
        return []
    return _one(command, e.OrganizationRecoded(code=command.code, **_stamp(command)))


def reclassify(command: c.ReclassifyOrganization, world: World) -> list[Draft]:
    """Change attributes; quiet when they are so already."""
    _, state = _living(command, world)
    changes = {name: value for name, value in asdict(command.change).items() if value is not UNSET}
    if all(getattr(state.profile, name) == value for name, value in changes.items()):
        return []
    return _one(command, e.OrganizationReclassified(change=command.change, **_stamp(command)))


def activate(command: c.ActivateOrganization, world: World) -> list[Draft]:
    """End preparation or suspension; quiet when it is active."""
    _, state = _living(command, world)
    if state.status is Status.ACTIVE:
        return []
    return _one(command, e.OrganizationActivated(**_stamp(command)))


def suspend(command: c.SuspendOrganization, world: World) -> list[Draft]:
    """Suspend; quiet when it is suspended."""
    _, state = _living(command, world)
    if state.status is Status.SUSPENDED:
        return []
    return _one(command, e.OrganizationSuspended(**_stamp(command)))


def dissolve(command: c.DissolveOrganization, world: World) -> list[Draft]:
    """Dissolve, disposing of what is attached to it; quiet when it was dissolved on that very day."""
    for rule in command.rules:
        if rule.move_to is not None:
            require(world, rule.move_to, ORGANIZATION)
    event = e.OrganizationDissolved(rules=command.rules, **_stamp(command))
    return _ending(command, world, event, command.dispositions)


def revoke(command: c.RevokeOrganization, world: World) -> list[Draft]:
    """Record a revocation, with dispositions like those of a dissolution."""
    return _ending(command, world, e.OrganizationRevoked(**_stamp(command)), command.dispositions)


def open_relation(command: c.OpenRelation, world: World) -> list[Draft]:
    """Open a relation; quiet when it is there on that day with the same end."""
    entity, _ = _living(command, world)
    there = any(
        (r.kind, r.target) == (command.hierarchy, command.superior)
        and _same_end(r.period, command, command.until)
        for r in entity.references
    )
    if there:
        return []
    event = e.RelationOpened(
        hierarchy=command.hierarchy, superior=command.superior, until=command.until, **_stamp(command)
    )
    return _one(command, event)


def close_relation(command: c.CloseRelation, world: World) -> list[Draft]:
    """Close a relation; refused when it is not there on that day."""
    _living(command, world)
    event = e.RelationClosed(hierarchy=command.hierarchy, superior=command.superior, **_stamp(command))
    return _one(command, event)


def assign_identifier(command: c.AssignIdentifier, world: World) -> list[Draft]:
    """Assign an identifier; quiet when it bears it on that day with the same end."""
    entity, _ = _living(command, world)
    for start, end, pair in entity.identifiers:
        same = pair == (command.scheme, command.value)
        if same and _same_end(Period(start, end), command, command.until):
            return []
    event = e.IdentifierAssigned(
        scheme=command.scheme, value=command.value, until=command.until, **_stamp(command)
    )
    return _one(command, event)


def withdraw_identifier(command: c.WithdrawIdentifier, world: World) -> list[Draft]:
    """Withdraw an identifier; refused when there is none on that day."""
    _living(command, world)
    return _one(command, e.IdentifierWithdrawn(scheme=command.scheme, **_stamp(command)))


def grant_designation(command: c.GrantDesignation, world: World) -> list[Draft]:
    """Grant a designation; quiet when it has it on that day with the same end."""
    entity, _ = _living(command, world)
    for start, end, name in spans(entity.timeline, _designations):
        if name == command.name and _same_end(Period(start, end), command, command.until):
            return []
    event = e.DesignationGranted(name=command.name, until=command.until, **_stamp(command))
    return _one(command, event)


def end_designation(command: c.EndDesignation, world: World) -> list[Draft]:
    """End a designation; refused when it has none of that name on that day."""
    _living(command, world)
    return _one(command, e.DesignationEnded(name=command.name, **_stamp(command)))


def record_registration(command: c.RecordRegistration, world: World) -> list[Draft]:
    """Record a registration; quiet when it is registered so on that day with the same end."""
    entity, state = _living(command, world)
    registration = state.registration
    names = ("legal_form", "authority", "certificate", "domicile", "representative")
    said = {name: getattr(command, name) for name in names}
    if registration is not None and all(getattr(registration, name) == said[name] for name in names):
        periods = spans(entity.timeline, _registrations)
        if any(
            position == registration.position and _same_end(Period(start, end), command, command.until)
            for start, end, position in periods
        ):
            return []
    return _one(command, e.RegistrationRecorded(**said, until=command.until, **_stamp(command)))


def change_representative(command: c.ChangeRepresentative, world: World) -> list[Draft]:
    """Change the legal representative; quiet when it is that person on that day."""
    _, state = _living(command, world)
    if state.registration is not None and state.registration.representative == command.representative:
        return []
    return _one(command, e.RepresentativeChanged(representative=command.representative, **_stamp(command)))


def cancel_registration(command: c.CancelRegistration, world: World) -> list[Draft]:
    """Cancel the registration; quiet when there is none on that day."""
    _, state = _living(command, world)
    return [] if state.registration is None else _one(command, e.RegistrationCanceled(**_stamp(command)))


def adopt_charter(command: c.AdoptCharter, world: World) -> list[Draft]:
    """Adopt a charter; quiet when just that one applies on that day."""
    _, state = _living(command, world)
    names = ("title", "adopted_on", "approved_on", "sha256")
    said = {name: getattr(command, name) for name in names}
    if state.charter is not None and all(getattr(state.charter, name) == said[name] for name in names):
        return []
    return _one(command, e.CharterAdopted(**said, **_stamp(command)))


def approve_charter(command: c.ApproveCharter, world: World) -> list[Draft]:
    """Approve the charter; quiet when that is done, refused when there is none on that day."""
    _, state = _living(command, world)
    if state.charter is not None and state.charter.approved_on is not None:
        return []
    return _one(command, e.CharterApproved(**_stamp(command)))


def set_staffing(command: c.SetStaffing, world: World) -> list[Draft]:
    """Set the staffing; quiet when it is so already."""
    _, state = _living(command, world)
    said = said_of(command)
    known = state.staffing or Staffing()
    if said and all(getattr(known, name) == value for name, value in said.items()):
        return []
    event = e.StaffingSet(
        establishment=command.establishment,
        leadership_posts=command.leadership_posts,
        leaders=command.leaders,
        headcount=command.headcount,
        **_stamp(command),
    )
    return _one(command, event)


def _registrations(state: Organization) -> list[int]:
    return [] if state.registration is None else [state.registration.position]


def _designations(state: Organization) -> list[str]:
    return [designation.name for designation in state.designations]


def _same_end(period: Period, command: Command, until: date | None) -> bool:
    """Say whether ``period`` holds on the command's day and ends when the command says."""
    return period.covers(command.effective_on) and period.end == (until or FOREVER)


def _living(command: c.OrganizationCommand, world: World) -> tuple[Entity, Organization]:
    """Return the organization and its state on the day, where it must be alive."""
    entity = require(world, command.organization, ORGANIZATION)
    state = entity.timeline.at(command.effective_on)
    if not isinstance(state, Organization) or not state.status.alive:
        raise Refusal(Code.NOT_ALIVE, id=command.organization, date=command.effective_on)
    return entity, state


def _ending(
    command: c.OrganizationCommand, world: World, ending: Event, dispositions: Sequence[Disposition]
) -> list[Draft]:
    """Return the end of an organization as the act, and the dispositions as its consequences."""
    entity = require(world, command.organization, ORGANIZATION)
    status = Status.DISSOLVED if isinstance(ending, e.OrganizationDissolved) else Status.REVOKED
    day = Period(command.effective_on, FOREVER)
    if any(s.start == day.start and s.state.status is status for s in entity.timeline.overlapping(day)):
        return []
    _living(command, world)
    act = Draft(command.organization, ending)
    return [act, *carry_out(Supposition(world, [act]), dispositions, command.stamp)]


def _stamp(command: Command) -> dict[str, Any]:
    return asdict(command.stamp)


def _one(command: c.OrganizationCommand, event: Event) -> list[Draft]:
    return [Draft(command.organization, event)]
