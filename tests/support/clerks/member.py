"""Commands to memberships, affiliations and participations of a history: few of each, so they collide."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from msgspec.structs import replace

from registry.affiliation import commands as a
from registry.affiliation.kinds import AffiliationEnd, AffiliationStage
from registry.commands import Command
from registry.ids import stable_id
from registry.membership import commands as m
from registry.membership.kinds import MemberClass, MembershipEnd
from registry.organization.commands import DissolveOrganization, EstablishOrganization, ReclassifyOrganization
from registry.organization.events import ProfileChange
from registry.participation import commands as p
from registry.participation.kinds import ParticipationRole
from registry.person.commands import MergePersons, RecordDeath, RegisterPerson
from registry.references import KindRule
from tests.support.small_world import (
    BRANCH,
    CELL,
    CITY,
    DAYS,
    KINDS,
    OFFICE,
    ORGANIZATIONS,
    PARTY,
    PLACES,
    SOCIETY,
)

if TYPE_CHECKING:
    from tests.support.clerk import Clerk

PEOPLE = [stable_id(f"member of a history {n}") for n in range(3)]
MEMBERSHIPS = [stable_id(f"membership of a history {n}") for n in range(5)]
AFFILIATIONS = [stable_id(f"affiliation of a history {n}") for n in range(3)]
PARTICIPATIONS = [stable_id(f"participation of a history {n}") for n in range(3)]

_BONDS = ("MEMBER_OF", "MEMBER", "AFFILIATED_WITH", "AFFILIATE", "PARTICIPATES_IN", "PARTICIPANT")


def beginning(clerk: Clerk) -> Iterator[Command]:
    """Yield a cell and two people, one of them a member of the society and on probation in the Party."""
    yield EstablishOrganization(
        organization=CELL, name="支部", kind=KINDS[CELL], places=PLACES[CELL], **clerk.by(DAYS[0])
    )
    for number, person in enumerate(PEOPLE[:2]):
        yield RegisterPerson(person=person, name="甲乙"[number], **clerk.by(DAYS[0]))
    yield m.AdmitMember(
        membership=MEMBERSHIPS[0],
        member=PEOPLE[0],
        organization=SOCIETY,
        member_class=MemberClass.INDIVIDUAL,
        number="1",
        **clerk.by(DAYS[0]),
    )
    yield a.OpenAffiliation(
        affiliation=AFFILIATIONS[0],
        person=PEOPLE[0],
        branch=PARTY,
        stage=AffiliationStage.PROBATIONARY,
        **clerk.by(DAYS[0]),
    )


def _person(clerk: Clerk) -> Command:
    if PEOPLE[2] not in clerk.register.entities and clerk.one_in(2):
        return RegisterPerson(person=PEOPLE[2], name="丙", **clerk.by())
    rules = tuple(KindRule(reference=kind) for kind in ("MEMBER", "AFFILIATE", "PARTICIPANT"))
    by = clerk.by()
    return RecordDeath(person=_someone(clerk), rules=rules if clerk.mostly() else (), **by)


def _merger(clerk: Clerk) -> Command:
    person, into = clerk.one([(PEOPLE[1], PEOPLE[0]), (PEOPLE[0], PEOPLE[1]), (PEOPLE[2], PEOPLE[0])])
    return MergePersons(person=person, into=into, **clerk.by())


def _someone(clerk: Clerk) -> UUID:
    """Return a person who is, mostly, registered."""
    known = [person for person in PEOPLE if person in clerk.register.entities]
    return clerk.one(known if known and clerk.mostly() else PEOPLE)


def _identity(clerk: Clerk, among: Sequence[UUID], *, new: bool) -> UUID:
    """Return an id that is, mostly, new or not, as is asked for."""
    fitting = [one for one in among if (one not in clerk.register.entities) is new]
    return clerk.one(fitting if fitting and clerk.mostly() else among)


def _joined(clerk: Clerk) -> dict[str, Any]:
    """Return what an application or an admission says, which mostly can be."""
    if clerk.one_in(3):
        member, organization = clerk.one(ORGANIZATIONS), clerk.one([CITY, CITY, SOCIETY])
        return {"member": member, "organization": organization, "member_class": MemberClass.CORPORATE}
    classes = list(MemberClass) if clerk.one_in(5) else [MemberClass.INDIVIDUAL, MemberClass.SENIOR_EXPERT]
    return {
        "member": _someone(clerk),
        "organization": clerk.who(SOCIETY, CITY) if clerk.one_in(5) else clerk.one([SOCIETY, CITY]),
        "member_class": clerk.one(classes),
    }


def _joining(clerk: Clerk) -> Command:
    said = {"membership": _identity(clerk, MEMBERSHIPS, new=True), **_joined(clerk), **clerk.by()}
    if clerk.one_in(3):
        return m.ApplyForMembership(**said)
    return m.AdmitMember(number=clerk.one([None, None, "1", "2"]), **said)


def _membership(clerk: Clerk) -> Command:
    by = {"membership": _identity(clerk, MEMBERSHIPS, new=False), **clerk.by()}
    makers: Sequence[Callable[..., Command]] = (
        m.SuspendMembership,
        m.ResumeMembership,
        lambda **by: m.ReclassifyMembership(member_class=clerk.one(list(MemberClass)), **by),
        lambda **by: m.TransferMembership(organization=clerk.one([SOCIETY, CITY]), number="1", **by),
        lambda **by: m.EndMembership(end_reason=clerk.one(list(MembershipEnd)), **by),
        lambda **by: m.AdmitMember(**_joined(clerk), **by),
    )
    return clerk.one(makers)(**by)


def _affiliation(clerk: Clerk) -> Command:
    branch = clerk.one([PARTY, CELL, OFFICE]) if clerk.one_in(4) else clerk.one([PARTY, CELL])
    if clerk.one_in(3):
        return a.OpenAffiliation(
            affiliation=_identity(clerk, AFFILIATIONS, new=True),
            person=_someone(clerk),
            branch=branch,
            stage=clerk.one(list(AffiliationStage)),
            **clerk.by(),
        )
    by = {"affiliation": _identity(clerk, AFFILIATIONS, new=False), **clerk.by()}
    makers: Sequence[Callable[..., Command]] = (
        a.ConfirmAffiliation,
        lambda **by: a.TransferAffiliation(branch=branch, letter="1", letter_valid_until=clerk.until(), **by),
        lambda **by: a.TransferAffiliation(branch=branch, **by),
        lambda **by: a.ReceiveTransfer(received_on=clerk.day(), **by),
        lambda **by: a.EndAffiliation(end_reason=clerk.one(list(AffiliationEnd)), **by),
    )
    return clerk.one(makers)(**by)


def _participation(clerk: Clerk) -> Command:
    begun = any(one in clerk.register.entities for one in PARTICIPATIONS)
    if begun and clerk.one_in(2):
        ended = _identity(clerk, PARTICIPATIONS, new=False)
        return p.EndParticipation(participation=ended, **clerk.by())
    return p.BeginParticipation(
        participation=_identity(clerk, PARTICIPATIONS, new=True),
        person=_someone(clerk),
        organization=clerk.who() if clerk.one_in(5) else clerk.one([PARTY, CELL]),
        role=clerk.one(list(ParticipationRole)),
        **clerk.by(),
    )


def _party_organization(clerk: Clerk) -> Command:
    """Let a Party organization be of a form that holds affiliations, or of one that does not."""
    change = ProfileChange(subtype=clerk.one([None, "联合党支部", "党建工作小组", "党建指导员"]))
    return ReclassifyOrganization(organization=clerk.one([PARTY, CELL]), change=change, **clerk.by())


def _ending(clerk: Clerk) -> Command:
    """End what people join, with a rule for most of what joined it."""
    gone = clerk.one([SOCIETY, SOCIETY, PARTY, CELL, BRANCH, CITY])
    heirs = {SOCIETY: CITY, PARTY: CELL, CELL: PARTY}
    rules = [
        KindRule(reference=kind, move_to=heirs.get(gone) if clerk.one_in(2) else None)
        for kind in _BONDS
        if clerk.mostly()
    ]
    fixed = [replace(r, move_to=None) if r.reference in _UNMOVED else r for r in rules if clerk.mostly()]
    return DissolveOrganization(organization=gone, rules=tuple(fixed), **clerk.by())


_UNMOVED = frozenset({"MEMBER", "AFFILIATE", "PARTICIPATES_IN", "PARTICIPANT"})

MAKERS: Sequence[Callable[[Clerk], Command]] = (
    _person,
    _merger,
    *[_joining] * 3,
    *[_membership] * 3,
    *[_affiliation] * 4,
    *[_participation] * 2,
    _party_organization,
    *[_ending] * 2,
)
"""What a clerk may draw beside the commands to organizations, functions and documents."""
