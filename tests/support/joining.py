"""People, societies and Party organizations of a small association, and commands by which they join."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from registry.affiliation.commands import OpenAffiliation
from registry.affiliation.kinds import AffiliationStage
from registry.commands import Command
from registry.ids import stable_id
from registry.membership.commands import AdmitMember
from registry.membership.kinds import MemberClass
from registry.organization.commands import EstablishOrganization, Place
from registry.organization.events import Profile
from registry.organization.kinds import Hierarchy, Kind
from registry.participation.commands import BeginParticipation
from registry.participation.kinds import ParticipationRole
from registry.person.commands import RegisterPerson
from tests.support.dalian import ASSOCIATION, CITY, FOUNDED, SOCIETY, established
from tests.support.given import BY

DAY, LATER, LAST = date(2015, 5, 1), date(2016, 5, 1), date(2017, 5, 1)

ZHANG, LI = stable_id("张三"), stable_id("李四")
PHYSICS = stable_id("物理学会")
ALLIANCE = stable_id("学会联合体")
PLANT = stable_id("造船厂")
ELSEWHERE = stable_id("市外党支部")
BRANCH, SECOND = stable_id("化学会党支部"), stable_id("物理学会党支部")
GROUP = stable_id("物理学会党建工作小组")
PARTY_GROUP = stable_id("市科协党组")
MEMBERSHIP, OTHER = stable_id("会籍甲"), stable_id("会籍乙")
AFFILIATION, ANOTHER = stable_id("组织关系甲"), stable_id("组织关系乙")
PARTICIPATION, AGAIN = stable_id("参加甲"), stable_id("参加乙")


def registered(identity: UUID, name: str, on: date = FOUNDED) -> RegisterPerson:
    """Return the command that registers a person."""
    return RegisterPerson(person=identity, name=name, effective_on=on, **BY)


def party(identity: UUID, name: str, subtype: str, on: date = FOUNDED) -> EstablishOrganization:
    """Return the command that establishes a Party organization."""
    return EstablishOrganization(
        organization=identity,
        name=name,
        kind=Kind.PARTY_ORGANIZATION,
        profile=Profile(subtype=subtype),
        effective_on=on,
        **BY,
    )


def admitted(  # noqa: PLR0913 - what a membership says
    member: UUID,
    organization: UUID = SOCIETY,
    member_class: MemberClass = MemberClass.INDIVIDUAL,
    *,
    membership: UUID = MEMBERSHIP,
    number: str | None = None,
    on: date = DAY,
) -> AdmitMember:
    """Return the command that admits a member."""
    return AdmitMember(
        membership=membership,
        member=member,
        organization=organization,
        member_class=member_class,
        number=number,
        effective_on=on,
        **BY,
    )


def affiliated(
    branch: UUID = BRANCH,
    person: UUID = ZHANG,
    *,
    stage: AffiliationStage = AffiliationStage.FORMAL,
    affiliation: UUID = AFFILIATION,
    on: date = DAY,
) -> OpenAffiliation:
    """Return the command that opens an affiliation."""
    return OpenAffiliation(
        affiliation=affiliation, person=person, branch=branch, stage=stage, effective_on=on, **BY
    )


def taking_part(
    organization: UUID = GROUP,
    person: UUID = ZHANG,
    *,
    participation: UUID = PARTICIPATION,
    on: date = DAY,
) -> BeginParticipation:
    """Return the command by which a person takes part."""
    return BeginParticipation(
        participation=participation,
        person=person,
        organization=organization,
        role=ParticipationRole.MEMBER,
        effective_on=on,
        **BY,
    )


def society(identity: UUID, name: str) -> EstablishOrganization:
    """Return the command that establishes a society under the association."""
    return EstablishOrganization(
        organization=identity,
        name=name,
        kind=Kind.SOCIETY,
        places=(Place(Hierarchy.SUPERVISES, CITY),),
        effective_on=FOUNDED,
        **BY,
    )


JOINING: tuple[Command, ...] = (
    ASSOCIATION,
    society(SOCIETY, "化学会"),
    society(PHYSICS, "物理学会"),
    established(ALLIANCE, "学会联合体", Kind.ALLIANCE),
    established(PLANT, "造船厂", Kind.EXTERNAL),
    registered(ZHANG, "张三"),
    registered(LI, "李四"),
)
"""An association, two societies and their alliance, an employer, and two people."""

PARTY: tuple[Command, ...] = (
    *JOINING,
    party(BRANCH, "化学会党支部", "党支部"),
    party(SECOND, "物理学会党支部", "党支部"),
    party(GROUP, "物理学会党建工作小组", "党建工作小组"),
    party(PARTY_GROUP, "市科协党组", "党组"),
    established(ELSEWHERE, "市外党支部", Kind.EXTERNAL),
)
"""The same with Party organizations of each kind."""
