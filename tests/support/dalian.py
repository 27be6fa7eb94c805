"""A small association with its departments, as commands: what most tests of the domain begin with."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from registry.commands import Command
from registry.function.commands import DefineFunction
from registry.ids import stable_id
from registry.organization.commands import EstablishOrganization, Place
from registry.organization.kinds import Hierarchy, Kind
from registry.reorganization.events import FunctionChange, NewOrganization, Plan, Succession, Superior
from tests.support.given import BY

FOUNDED = date(2010, 1, 1)
EFFECT = date(2019, 1, 1)

CITY = stable_id("市科协")
OFFICE = stable_id("办公室")
PROPAGANDA = stable_id("组织宣传部")
LIAISON = stable_id("国际联络部")
ACADEMIC = stable_id("学会学术部")
POPULAR = stable_id("科学技术普及部")
PERSONNEL = stable_id("组织人才部")
RESEARCH = stable_id("调研宣传部")
SOCIETY = stable_id("化学会")
PARTY = stable_id("科技社团党委")
CELL = stable_id("化学会党支部")
REFORM = stable_id("内设机构改革")
BUILDING = stable_id("系统组织建设")
PUBLICITY = stable_id("宣传")
ENTERPRISES = stable_id("企业科协工作")
OVERSEAS = stable_id("服务海外科技人才")
DECISIONS = stable_id("科学决策服务")


def established(
    identity: UUID,
    name: str,
    kind: Kind,
    *superiors: tuple[Hierarchy, UUID],
    on: date = FOUNDED,
) -> EstablishOrganization:
    """Return the command that establishes an organization under ``superiors``."""
    return EstablishOrganization(
        organization=identity,
        name=name,
        kind=kind,
        places=tuple(Place(hierarchy, superior) for hierarchy, superior in superiors),
        effective_on=on,
        **BY,
    )


def department(identity: UUID, name: str, superior: UUID = CITY, on: date = FOUNDED) -> EstablishOrganization:
    """Return the command that establishes a department."""
    return established(identity, name, Kind.DEPARTMENT, (Hierarchy.PART_OF, superior), on=on)


def function(identity: UUID, name: str, holder: UUID | None = None, on: date = FOUNDED) -> DefineFunction:
    """Return the command that defines a function, held by ``holder``."""
    return DefineFunction(function=identity, name=name, holder=holder, effective_on=on, **BY)


ASSOCIATION = established(CITY, "市科协", Kind.ASSOCIATION)

DEPARTMENTS: tuple[Command, ...] = (
    ASSOCIATION,
    department(OFFICE, "办公室"),
    department(PROPAGANDA, "组织宣传部"),
    department(LIAISON, "国际联络部"),
    department(ACADEMIC, "学会学术部"),
    department(POPULAR, "科学技术普及部"),
)

FUNCTIONS: tuple[Command, ...] = (
    function(BUILDING, "系统组织建设", PROPAGANDA),
    function(PUBLICITY, "宣传", PROPAGANDA),
    function(ENTERPRISES, "企业科协工作", PROPAGANDA),
    function(OVERSEAS, "服务海外科技人才", LIAISON),
)

REGISTER = (*DEPARTMENTS, *FUNCTIONS)

SOCIETIES: tuple[Command, ...] = (
    ASSOCIATION,
    established(SOCIETY, "化学会", Kind.SOCIETY, (Hierarchy.SUPERVISES, CITY)),
    established(PARTY, "科技社团党委", Kind.PARTY_ORGANIZATION),
    established(CELL, "化学会党支部", Kind.PARTY_ORGANIZATION, (Hierarchy.PARTY_SUPERIOR, PARTY)),
)

_IN_THE_CITY = (Superior(Hierarchy.PART_OF, CITY),)

PLAN = Plan(
    dissolved=(PROPAGANDA, LIAISON),
    established=(
        NewOrganization(id=PERSONNEL, name="组织人才部", kind=Kind.DEPARTMENT, superiors=_IN_THE_CITY),
        NewOrganization(id=RESEARCH, name="调研宣传部", kind=Kind.DEPARTMENT, superiors=_IN_THE_CITY),
    ),
    kept=(OFFICE, ACADEMIC, POPULAR),
    functions=(
        FunctionChange(function=BUILDING, holder=PERSONNEL),
        FunctionChange(function=PUBLICITY, holder=RESEARCH, emphasize=True),
        FunctionChange(function=ENTERPRISES, holder=ACADEMIC),
        FunctionChange(function=OVERSEAS, holder=PERSONNEL),
        FunctionChange(function=DECISIONS, define="科学决策服务", holder=RESEARCH),
    ),
    successions=(
        Succession(predecessor=PROPAGANDA, successor=PERSONNEL),
        Succession(predecessor=PROPAGANDA, successor=RESEARCH),
        Succession(predecessor=LIAISON, successor=PERSONNEL),
    ),
)
