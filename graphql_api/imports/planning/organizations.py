"""Rows of organizations, their relations and their identifiers (组织、关系、标识). Pure."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from msgspec import UNSET
from msgspec.structs import asdict, replace

from graphql_api.imports.columns import COLUMNS, Kind
from graphql_api.imports.identities import Look, is_id
from graphql_api.imports.rows import Row
from graphql_api.imports.saying import Changes, Intent, Kinds, check_period, event_at, event_of, stamp
from graphql_api.imports.wrong import Wrong, WrongError
from registry.organization import commands as c
from registry.organization import events as e
from registry.organization.kinds import Hierarchy, Status
from registry.organization.state import Organization
from registry.time import FOREVER
from registry.timeline import Entity

_PROFILE = ("tier", "base", "formation", "subtype", "discipline", "welfare_class")
_USCC = "USCC"


def organization(row: Row, look: Look) -> list[Intent]:
    """Return what a version of an organization comes to; its end is another matter, see :func:`ending`."""
    check_period(row)
    entity = look.standing(_identity(row, look))
    if entity is None:
        return [_establishing(row, look)]
    changes = Changes(entity, row, look)
    state = _state_on(entity, row, changes)
    _check_kind(row, state)
    _rename(row, state, changes)
    _recode(row, state, changes)
    _reclassify(row, state, changes)
    _place(row, state, changes, look)
    _restate(row, state, changes)
    if row.get("uscc") is not None and row.get("uscc") not in _values(state):
        _assign(_USCC, "uscc", row.get("uscc"), changes)
    return changes.intents()


def _identity(row: Row, look: Look) -> UUID:
    if row.get("id") is not None:
        return look.required("organization", row.get("id"), "id", row.day.on)
    if row.get("former_code") is not None:
        return look.required("organization", row.get("former_code"), "former_code", row.day.on)
    meant = look.meant("organization", row.get("code"), "code", row.day.on)
    assert meant is not None
    return meant


def _establishing(row: Row, look: Look) -> Intent:
    places: tuple[c.Place, ...] = ()
    if row.get("parent") is not None:
        superior = look.required("organization", row.get("parent"), "parent", row.day.on)
        places = (c.Place(Hierarchy.PART_OF, superior),)
    code = row.get("code")
    # An organization without a code is written out under its id, by which other rows name it, too.
    named = is_id(code)
    command = c.EstablishOrganization(
        **stamp(row, look),
        organization=UUID(code) if named else look.made("organization", code),
        name=row.get("name"),
        kind=row.get("kind"),
        short_name=row.get("short_name"),
        code=None if named else code,
        status=row.get("status") or Status.ACTIVE,
        profile=e.Profile(**{name: row.get(name) for name in _PROFILE}),
        places=places,
        identifiers=() if row.get("uscc") is None else ((_USCC, row.get("uscc")),),
    )
    return Intent("code", command)


def _state_on(entity: Entity, row: Row, changes: Changes) -> Organization:
    """Return what the organization is on the row's day; a row before its beginning lets it begin earlier."""
    day = row.day.on
    first = entity.timeline.segments[0]
    if day < first.start:
        said = event_of(entity, (e.OrganizationEstablished,))
        assert said is not None
        changes.move("from", said, row.day)
        beginning: Organization = first.state
        return beginning
    state = entity.timeline.at(day)
    if not isinstance(state, Organization) or not state.status.alive:
        details = {"noun": "organization 组织", "value": row.get("code"), "date": day}
        raise WrongError(Wrong.NOT_THERE, "from", **details)
    return state


def _check_kind(row: Row, state: Organization) -> None:
    if row.get("kind") is not state.kind:
        raise WrongError(Wrong.FIXED, "kind", name="类别 kind", known=state.kind)


def _rename(row: Row, state: Organization, changes: Changes) -> None:
    name = row.get("name")
    short = row.get("short_name") if row.says("short_name") else state.short_name
    if (name, short) == (state.name, state.short_name):
        return
    given: Any = {"name": name} | ({"short_name": short} if row.says("short_name") else {})
    command = c.RenameOrganization(**changes.stamp, organization=changes.entity.id, **given)
    kinds: Kinds = {e.OrganizationEstablished: given, e.OrganizationRenamed: given}
    changes.say("name" if name != state.name else "short_name", kinds, command)


def _recode(row: Row, state: Organization, changes: Changes) -> None:
    code = row.get("code")
    if code == state.code or (is_id(code) and UUID(code) == changes.entity.id):
        # Named by its id: that says nothing of its code.
        return
    command = c.RecodeOrganization(**changes.stamp, organization=changes.entity.id, code=code)
    given = {"code": code}
    changes.say("code", {e.OrganizationEstablished: given, e.OrganizationRecoded: given}, command)


def _reclassify(row: Row, state: Organization, changes: Changes) -> None:
    given = {name: row.get(name) for name in _PROFILE if row.says(name)}
    given = {name: value for name, value in given.items() if value != getattr(state.profile, name)}
    if not given:
        return
    change = e.ProfileChange(**given)
    command = c.ReclassifyOrganization(**changes.stamp, organization=changes.entity.id, change=change)
    day = row.day.on
    established = event_of(changes.entity, (e.OrganizationEstablished,), day)
    reclassified = event_of(changes.entity, (e.OrganizationReclassified,), day)
    column = next(iter(given))
    if reclassified is not None:
        before = asdict(reclassified.event.change)
        said = {name: value for name, value in before.items() if value is not UNSET}
        changes.amend(column, reclassified, change=e.ProfileChange(**(said | given)))
    elif established is not None:
        changes.amend(column, established, profile=replace(established.event.profile, **given))
    else:
        changes.send(column, command)


def _place(row: Row, state: Organization, changes: Changes, look: Look) -> None:
    if not row.says("parent"):
        return
    known = next((r for r in state.relations if r.hierarchy is Hierarchy.PART_OF), None)
    child = changes.entity.id
    if row.get("parent") is None:
        if known is not None:
            closing = c.CloseRelation(
                **changes.stamp, organization=child, hierarchy=known.hierarchy, superior=known.superior
            )
            changes.send("parent", closing)
        return
    superior = look.required("organization", row.get("parent"), "parent", row.day.on)
    if known is not None and known.superior == superior:
        return
    said = None if known is None else event_at(changes.entity, known.position)
    if said is not None and said.event.effective_on == row.day.on:
        changes.amend("parent", said, superior=superior)
    else:
        opening = c.OpenRelation(
            **changes.stamp, organization=child, hierarchy=Hierarchy.PART_OF, superior=superior
        )
        changes.send("parent", opening)


def _restate(row: Row, state: Organization, changes: Changes) -> None:
    status = row.get("status")
    if status is None or status is state.status:
        return
    commands = {Status.ACTIVE: c.ActivateOrganization, Status.SUSPENDED: c.SuspendOrganization}
    command = commands.get(status)
    if command is None:
        raise WrongError(Wrong.FIXED, "status", name="状态 status", known=state.status)
    changes.send("status", command(**changes.stamp, organization=changes.entity.id))


def _values(state: Organization) -> list[str]:
    return [identifier.value for identifier in state.identifiers]


def ending(row: Row, look: Look) -> list[Intent]:
    """Return the dissolution on the row's last day, once everything else is there."""
    if row.end is None:
        return []
    identity = look.meant("organization", row.get("id") or row.get("code"), "code", row.day.on)
    entity = None if identity is None else look.standing(identity)
    if entity is None:
        return []
    changes = Changes(entity, row, look)
    there = event_of(entity, (e.OrganizationDissolved, e.OrganizationRevoked))
    if there is None:
        given = {**stamp(row, look, row.end), "organization": entity.id}
        changes.send("to", c.DissolveOrganization(**given))
    elif there.event.effective_on != row.end.on:
        changes.move("to", there, row.end)
    return changes.intents()


def relation(row: Row, look: Look) -> list[Intent]:
    """Return what a relation between two organizations comes to."""
    check_period(row)
    day = row.day.on
    child = look.required("organization", row.get("organization"), "organization", day)
    superior = look.required("organization", row.get("superior"), "superior", day)
    entity = look.standing(child)
    assert entity is not None
    changes = Changes(entity, row, look)
    hierarchy = row.get("hierarchy")
    known = [r for r in entity.references if (r.kind, r.target) == (hierarchy, superior)]
    there = next((r for r in known if _meets(r.start, r.end, row)), None)
    if there is None:
        until = None if row.end is None else row.end.on
        command = c.OpenRelation(
            **changes.stamp, organization=child, hierarchy=hierarchy, superior=superior, until=until
        )
        changes.send("superior", command)
        return changes.intents()
    said = event_at(entity, there.position)
    assert said is not None
    if day < there.start:
        changes.move("from", said, row.day)
    if row.end is not None and row.end.on != there.end:
        _end_relation(row, changes, there.end, hierarchy, superior)
    return changes.intents()


def _end_relation(row: Row, changes: Changes, end: date, hierarchy: Hierarchy, superior: UUID) -> None:
    assert row.end is not None
    closing = event_of(changes.entity, (e.RelationClosed,), end)
    if closing is not None and closing.event.superior == superior:
        changes.move("to", closing, row.end)
        return
    given = changes.stamp | {"effective_on": row.end.on, "precision": row.end.precision}
    said = event_of(changes.entity, (e.RelationOpened,))
    if end == FOREVER or said is None:
        changes.send(
            "to",
            c.CloseRelation(**given, organization=changes.entity.id, hierarchy=hierarchy, superior=superior),
        )
    else:
        opened = next(r for r in changes.entity.references if (r.kind, r.end) == (hierarchy, end))
        there = event_at(changes.entity, opened.position)
        assert there is not None
        changes.amend("to", there, until=row.end.on)


def _meets(start: date, end: date, row: Row) -> bool:
    """Say whether the row is about what was so in ``[start, end)``: they share a day."""
    last = FOREVER if row.end is None else row.end.on
    return start < last and row.day.on < end


def identifier(row: Row, look: Look) -> list[Intent]:
    """Return what an identifier comes to."""
    check_period(row)
    identity = look.required("organization", row.get("organization"), "organization", row.day.on)
    entity = look.standing(identity)
    assert entity is not None
    changes = Changes(entity, row, look)
    pair = (row.get("scheme"), row.get("value"))
    spans = [(start, end) for start, end, known in entity.identifiers if known == pair]
    there = next((span for span in spans if _meets(*span, row)), None)
    if there is None:
        _assign(*pair[:1], "value", pair[1], changes, until=None if row.end is None else row.end.on)
    elif row.end is not None and row.end.on != there[1]:
        said = event_of(entity, (e.IdentifierAssigned,), there[0])
        if there[1] == FOREVER:
            given = changes.stamp | {"effective_on": row.end.on, "precision": row.end.precision}
            changes.send("to", c.WithdrawIdentifier(**given, organization=identity, scheme=pair[0]))
        elif said is not None:
            changes.amend("to", said, until=row.end.on)
    return changes.intents()


def _assign(scheme: str, column: str, value: str, changes: Changes, until: date | None = None) -> None:
    """Let the identifier be another: the one of that day was written wrongly, else it is a new one."""
    day = changes.stamp["effective_on"]
    said = event_of(changes.entity, (e.IdentifierAssigned,), day)
    if said is not None and said.event.scheme == scheme:
        changes.amend(column, said, value=value)
        return
    command = c.AssignIdentifier(
        **changes.stamp, organization=changes.entity.id, scheme=scheme, value=value, until=until
    )
    changes.send(column, command)


assert {column.name for column in COLUMNS[Kind.ORGANIZATIONS]} >= set(_PROFILE)
