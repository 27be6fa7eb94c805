"""An organization as folded from its facts, and how each fact changes it (组织状态). Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

from msgspec import UNSET, Struct
from msgspec.structs import asdict, replace

from registry.errors import Code
from registry.events import Event, Fact
from registry.ids import CODE_SCHEME
from registry.organization import events as e
from registry.organization.bonds import BONDS
from registry.organization.kinds import NO_LEGAL_PERSON, Hierarchy, Kind, Status
from registry.organization.papers import Charter, Registration, Staffing, chartered, registered, staffed
from registry.references import KindRule, Target
from registry.time import Precision
from registry.timeline import Conflict, Noun


class Relation(Struct, frozen=True, gc=False):
    """The organization stands under ``superior``, because of the fact at ``position``."""

    hierarchy: Hierarchy
    superior: UUID
    position: int


class Identifier(Struct, frozen=True, gc=False):
    """The organization bears ``value`` in ``scheme``, because of the fact at ``position``."""

    scheme: str
    value: str
    position: int


class Designation(Struct, frozen=True, gc=False):
    """The organization is designated ``name``, because of the fact at ``position``."""

    name: str
    position: int


class Organization(Struct, frozen=True, gc=False, kw_only=True):
    """What is so of one organization for a period.

    ``position``, ``instrument``, ``precision`` and ``assumed`` are of the last change, ``founded`` says how
    exactly its establishment is dated.
    """

    name: str
    short_name: str | None
    kind: Kind
    status: Status
    code: str | None
    profile: e.Profile
    illustrative: bool
    position: int
    instrument: UUID | None
    precision: Precision
    assumed: bool
    founded: Precision
    relations: tuple[Relation, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    designations: tuple[Designation, ...] = ()
    rules: tuple[KindRule, ...] = ()
    registration: Registration | None = None
    charter: Charter | None = None
    staffing: Staffing | None = None


def _established(state: Organization | None, fact: Fact) -> Organization | Conflict:
    event = fact.event
    assert isinstance(event, e.OrganizationEstablished)
    if state is not None:
        return Conflict(Code.ALREADY_EXISTS, fact, {})
    return Organization(
        name=event.name,
        short_name=event.short_name,
        kind=event.kind,
        status=event.status,
        code=event.code,
        profile=event.profile,
        illustrative=event.illustrative,
        position=fact.position,
        instrument=event.instrument,
        precision=event.precision,
        assumed=event.assumed,
        founded=event.precision,
    )


def _changed(state: Organization, fact: Fact) -> Organization:
    """Return ``state`` as decided by ``fact``, whose content the caller puts in."""
    event = fact.event
    return replace(
        state,
        position=fact.position,
        instrument=event.instrument,
        precision=event.precision,
        assumed=event.assumed,
    )


def _renamed(state: Organization, fact: Fact) -> Organization:
    event = fact.event
    assert isinstance(event, e.OrganizationRenamed)
    short = state.short_name if event.short_name is UNSET else event.short_name
    if (event.name, short) == (state.name, state.short_name):
        return state
    return replace(_changed(state, fact), name=event.name, short_name=short)


def _recoded(state: Organization, fact: Fact) -> Organization:
    event = fact.event
    assert isinstance(event, e.OrganizationRecoded)
    return state if event.code == state.code else replace(_changed(state, fact), code=event.code)


def _reclassified(state: Organization, fact: Fact) -> Organization:
    event = fact.event
    assert isinstance(event, e.OrganizationReclassified)
    given = {name: value for name, value in asdict(event.change).items() if value is not UNSET}
    profile = replace(state.profile, **given)
    return state if profile == state.profile else replace(_changed(state, fact), profile=profile)


def _activated(state: Organization, fact: Fact) -> Organization:
    if state.status is Status.ACTIVE:
        return state
    return replace(_changed(state, fact), status=Status.ACTIVE)


def _suspended(state: Organization, fact: Fact) -> Organization | Conflict:
    if state.status is Status.PLANNED:
        return _status_conflict(state, fact)
    if state.status is Status.SUSPENDED:
        return state
    return replace(_changed(state, fact), status=Status.SUSPENDED)


def _dissolved(state: Organization, fact: Fact) -> Organization:
    """End it, and with it its own relations, identifiers, designations and papers."""
    event = fact.event
    rules = event.rules if isinstance(event, e.OrganizationDissolved) else ()
    status = Status.DISSOLVED if isinstance(event, e.OrganizationDissolved) else Status.REVOKED
    ended = _changed(state, fact)
    return replace(
        ended,
        status=status,
        rules=rules,
        relations=(),
        identifiers=(),
        designations=(),
        registration=None,
        charter=None,
        staffing=None,
    )


def _relation_opened(state: Organization, fact: Fact) -> Organization:
    event = fact.event
    assert isinstance(event, e.RelationOpened)
    kept = tuple(
        relation
        for relation in state.relations
        if relation.hierarchy is not event.hierarchy
        or (not event.hierarchy.single and relation.superior != event.superior)
    )
    return replace(state, relations=(*kept, Relation(event.hierarchy, event.superior, fact.position)))


def _relation_closed(state: Organization, fact: Fact) -> Organization | Conflict:
    event = fact.event
    assert isinstance(event, e.RelationClosed)
    kept = tuple(r for r in state.relations if (r.hierarchy, r.superior) != (event.hierarchy, event.superior))
    if len(kept) == len(state.relations):
        return Conflict(
            Code.NO_SUCH_RELATION,
            fact,
            {
                "child": state.name,
                "relation": event.hierarchy,
                "superior": event.superior,
                "date": event.effective_on,
            },
        )
    return replace(state, relations=kept)


def _identifier_assigned(state: Organization, fact: Fact) -> Organization:
    event = fact.event
    assert isinstance(event, e.IdentifierAssigned)
    kept = tuple(i for i in state.identifiers if i.scheme != event.scheme)
    return replace(state, identifiers=(*kept, Identifier(event.scheme, event.value, fact.position)))


def _identifier_withdrawn(state: Organization, fact: Fact) -> Organization | Conflict:
    event = fact.event
    assert isinstance(event, e.IdentifierWithdrawn)
    kept = tuple(i for i in state.identifiers if i.scheme != event.scheme)
    if len(kept) == len(state.identifiers):
        return _nothing_there(state, fact, event.scheme)
    return replace(state, identifiers=kept)


def _designation_granted(state: Organization, fact: Fact) -> Organization:
    event = fact.event
    assert isinstance(event, e.DesignationGranted)
    kept = tuple(d for d in state.designations if d.name != event.name)
    return replace(state, designations=(*kept, Designation(event.name, fact.position)))


def _designation_ended(state: Organization, fact: Fact) -> Organization | Conflict:
    event = fact.event
    assert isinstance(event, e.DesignationEnded)
    kept = tuple(d for d in state.designations if d.name != event.name)
    if len(kept) == len(state.designations):
        return _nothing_there(state, fact, event.name)
    return replace(state, designations=kept)


def _registration_recorded(state: Organization, fact: Fact) -> Organization | Conflict:
    event = fact.event
    assert isinstance(event, e.RegistrationRecorded)
    if state.kind in NO_LEGAL_PERSON:
        return Conflict(Code.NO_LEGAL_PERSON, fact, {"kind": state.kind, "name": state.name})
    return replace(state, registration=registered(fact, event))


def _representative_changed(state: Organization, fact: Fact) -> Organization | Conflict:
    event = fact.event
    assert isinstance(event, e.RepresentativeChanged)
    if state.registration is None:
        return _nothing_there(state, fact, "registration (登记)")
    if state.registration.representative == event.representative:
        return state
    changed = replace(state.registration, representative=event.representative, representing=fact.position)
    return replace(state, registration=changed)


def _registration_canceled(state: Organization, fact: Fact) -> Organization | Conflict:
    if state.registration is None:
        return _nothing_there(state, fact, "registration (登记)")
    return replace(state, registration=None)


def _charter_adopted(state: Organization, fact: Fact) -> Organization:
    event = fact.event
    assert isinstance(event, e.CharterAdopted)
    return replace(state, charter=chartered(fact, event))


def _charter_approved(state: Organization, fact: Fact) -> Organization | Conflict:
    if state.charter is None:
        return _nothing_there(state, fact, "charter (章程)")
    if state.charter.approved_on is not None:
        return state
    return replace(state, charter=replace(state.charter, approved_on=fact.event.effective_on))


def _staffing_set(state: Organization, fact: Fact) -> Organization:
    event = fact.event
    assert isinstance(event, e.StaffingSet)
    staffing = staffed(state.staffing, fact, event)
    return state if staffing == state.staffing else replace(state, staffing=staffing)


def _nothing_there(state: Organization, fact: Fact, what: str) -> Conflict:
    details = {"child": state.name, "relation": what, "superior": "—", "date": fact.event.effective_on}
    return Conflict(Code.NO_SUCH_RELATION, fact, details)


def _status_conflict(state: Organization, fact: Fact) -> Conflict:
    details = {"status": state.status, "date": fact.event.effective_on}
    return Conflict(Code.NOT_ALLOWED_IN_STATUS, fact, details)


_EVOLVE: dict[type[Event], Callable[[Organization, Fact], Organization | Conflict]] = {
    e.OrganizationRenamed: _renamed,
    e.OrganizationRecoded: _recoded,
    e.OrganizationReclassified: _reclassified,
    e.OrganizationActivated: _activated,
    e.OrganizationSuspended: _suspended,
    e.OrganizationDissolved: _dissolved,
    e.OrganizationRevoked: _dissolved,
    e.RelationOpened: _relation_opened,
    e.RelationClosed: _relation_closed,
    e.IdentifierAssigned: _identifier_assigned,
    e.IdentifierWithdrawn: _identifier_withdrawn,
    e.DesignationGranted: _designation_granted,
    e.DesignationEnded: _designation_ended,
    e.RegistrationRecorded: _registration_recorded,
    e.RepresentativeChanged: _representative_changed,
    e.RegistrationCanceled: _registration_canceled,
    e.CharterAdopted: _charter_adopted,
    e.CharterApproved: _charter_approved,
    e.StaffingSet: _staffing_set,
}


def evolve(state: Organization | None, fact: Fact) -> Organization | Conflict:
    """Return the organization after ``fact``, or why the fact cannot follow."""
    event = fact.event
    if isinstance(event, e.OrganizationEstablished):
        return _established(state, fact)
    if state is None:
        return Conflict(Code.NOT_ALIVE, fact, {"date": event.effective_on})
    if not state.status.alive:
        return _status_conflict(state, fact)
    return _EVOLVE[type(event)](state, fact)


def lapse(state: Organization, fact: Fact) -> Organization:
    """Return the organization once ``fact`` ended by itself; nothing if something replaced it before."""
    at = fact.position
    registration = state.registration
    return replace(
        state,
        relations=tuple(r for r in state.relations if r.position != at),
        identifiers=tuple(i for i in state.identifiers if i.position != at),
        designations=tuple(d for d in state.designations if d.position != at),
        registration=None if registration is not None and registration.position == at else registration,
    )


def alive(state: Organization) -> bool:
    """Say whether the organization exists."""
    return state.status.alive


def targets(state: Organization) -> Iterable[Target]:
    """Yield the superiors the organization stands under, and the person who represents it."""
    pointed = [Target(r.hierarchy, r.superior, r.position) for r in state.relations]
    registration = state.registration
    if registration is not None and registration.representative is not None:
        pointed.append(Target(e.REPRESENTED_BY, registration.representative, registration.representing))
    return pointed


def identifiers(state: Organization) -> Iterable[tuple[str, str]]:
    """Yield what must be unique among the living: its code and its identifiers."""
    pairs = [(i.scheme, i.value) for i in state.identifiers]
    if state.code is not None and state.status.alive:
        pairs.append((CODE_SCHEME, state.code))
    return pairs


def rules(state: Organization) -> tuple[KindRule, ...]:
    """Return what its dissolution says about what points at it still."""
    return state.rules


ORGANIZATION = Noun("organization", e.EVENTS, evolve, lapse, alive, targets, identifiers, BONDS, rules)
