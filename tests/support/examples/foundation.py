"""Events of the first nouns: of each the least that it says, and, last, one that gives every field."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from registry.correction.events import Amended, Retracted
from registry.dispositions import Action, Disposition
from registry.events import Event
from registry.function import events as f
from registry.instrument import events as i
from registry.organization import events as o
from registry.organization.kinds import Base, Formation, Hierarchy, Kind, Status, Tier
from registry.references import KindRule
from registry.reorganization import events as r
from registry.time import Precision

ONE, TWO, THREE, DOCUMENT = (UUID(int=n) for n in (1, 2, 3, 0xD0C))
LEAST: dict[str, Any] = {"effective_on": date(2019, 1, 1)}
MOST: dict[str, Any] = {
    "effective_on": date(2019, 3, 1),
    "precision": Precision.MONTH,
    "assumed": True,
    "instrument": DOCUMENT,
    "clause": "第三条",
    "reason": "依据《机构改革方案》",
}
LASTING: dict[str, Any] = {**MOST, "until": date(2024, 3, 1)}

_PROFILE = o.Profile(
    tier=Tier.MUNICIPAL,
    base=Base.UNIVERSITY,
    formation=Formation.STANDALONE,
    subtype="党组",
    discipline="150",
    welfare_class="公益一类",
)
_CHANGE = o.ProfileChange(
    tier=Tier.DISTRICT,
    base=None,
    formation=Formation.OTHER,
    subtype=None,
    discipline="110",
    welfare_class=None,
)
_RULES = (KindRule(reference="PART_OF", move_to=TWO), KindRule(reference="HOLDS"))
_PLAN = r.Plan(
    dissolved=(ONE,),
    established=(
        r.NewOrganization(id=TWO, name="组织人才部", kind=Kind.DEPARTMENT),
        r.NewOrganization(
            id=THREE,
            name="调研宣传部",
            kind=Kind.DEPARTMENT,
            superiors=(r.Superior(Hierarchy.PART_OF, ONE),),
            short_name="调宣部",
            code="D3",
            profile=_PROFILE,
            illustrative=True,
        ),
    ),
    kept=(THREE,),
    renamed=(
        r.NewName(organization=ONE, name="科学技术协会"),
        r.NewName(organization=TWO, name="学会部", short_name=None),
    ),
    moved=(r.NewPlace(organization=ONE, to=r.Superior(Hierarchy.GUIDES, TWO)),),
    functions=(
        r.FunctionChange(function=ONE),
        r.FunctionChange(function=TWO, holder=None, retire=True),
        r.FunctionChange(
            function=THREE,
            define="科学决策服务",
            holder=TWO,
            emphasize=True,
            unspecified=True,
            illustrative=True,
        ),
    ),
    successions=(r.Succession(predecessor=ONE, successor=TWO),),
    dispositions=(
        Disposition(source=ONE, position=7, action=Action.END),
        Disposition(source=TWO, position=8, action=Action.MOVE, target=THREE),
    ),
    rules=_RULES,
)

EXAMPLES: dict[type[Event], list[Event]] = {
    o.OrganizationEstablished: [
        o.OrganizationEstablished(name="市科协", kind=Kind.ASSOCIATION, **LEAST),
        o.OrganizationEstablished(
            name="大连市科学技术协会",
            kind=Kind.ASSOCIATION,
            short_name="市科协",
            code="A1",
            status=Status.PLANNED,
            profile=_PROFILE,
            illustrative=True,
            **MOST,
        ),
    ],
    o.OrganizationRenamed: [
        o.OrganizationRenamed(name="市科协", **LEAST),
        o.OrganizationRenamed(name="市科协", short_name=None, **LEAST),
        o.OrganizationRenamed(name="大连市科学技术协会", short_name="科协", **MOST),
    ],
    o.OrganizationRecoded: [
        o.OrganizationRecoded(code=None, **LEAST),
        o.OrganizationRecoded(code="A2", **MOST),
    ],
    o.OrganizationReclassified: [
        o.OrganizationReclassified(change=o.ProfileChange(), **LEAST),
        o.OrganizationReclassified(change=_CHANGE, **MOST),
    ],
    o.OrganizationActivated: [o.OrganizationActivated(**LEAST), o.OrganizationActivated(**MOST)],
    o.OrganizationSuspended: [o.OrganizationSuspended(**LEAST), o.OrganizationSuspended(**MOST)],
    o.OrganizationDissolved: [
        o.OrganizationDissolved(**LEAST),
        o.OrganizationDissolved(rules=_RULES, **MOST),
    ],
    o.OrganizationRevoked: [o.OrganizationRevoked(**LEAST), o.OrganizationRevoked(**MOST)],
    o.RelationOpened: [
        *(o.RelationOpened(hierarchy=hierarchy, superior=TWO, **LEAST) for hierarchy in Hierarchy),
        o.RelationOpened(hierarchy=Hierarchy.PART_OF, superior=TWO, **LASTING),
    ],
    o.RelationClosed: [
        o.RelationClosed(hierarchy=Hierarchy.LEADS, superior=TWO, **LEAST),
        o.RelationClosed(hierarchy=Hierarchy.COVERS, superior=TWO, **MOST),
    ],
    o.IdentifierAssigned: [
        o.IdentifierAssigned(scheme="USCC", value="51210200MJ0000000A", **LEAST),
        o.IdentifierAssigned(scheme="LOCAL", value="社证字第 1 号", **LASTING),
    ],
    o.IdentifierWithdrawn: [
        o.IdentifierWithdrawn(scheme="USCC", **LEAST),
        o.IdentifierWithdrawn(scheme="USCC", **MOST),
    ],
    o.DesignationGranted: [
        o.DesignationGranted(name="示范性学会", **LEAST),
        o.DesignationGranted(name="示范性学会", **LASTING),
    ],
    o.DesignationEnded: [
        o.DesignationEnded(name="示范性学会", **LEAST),
        o.DesignationEnded(name="示范性学会", **MOST),
    ],
    f.FunctionDefined: [
        f.FunctionDefined(name="宣传", **LEAST),
        f.FunctionDefined(
            name="其余职能", description="未列明的", unspecified=True, illustrative=True, **MOST
        ),
    ],
    f.FunctionAssigned: [
        f.FunctionAssigned(holder=ONE, **LEAST),
        f.FunctionAssigned(holder=ONE, **MOST),
    ],
    f.FunctionTransferred: [
        f.FunctionTransferred(source=ONE, target=TWO, **LEAST),
        f.FunctionTransferred(source=ONE, target=TWO, **MOST),
    ],
    f.FunctionReleased: [
        f.FunctionReleased(source=ONE, **LEAST),
        f.FunctionReleased(source=ONE, **MOST),
    ],
    f.FunctionEmphasized: [f.FunctionEmphasized(**LEAST), f.FunctionEmphasized(**MOST)],
    f.FunctionRetired: [f.FunctionRetired(**LEAST), f.FunctionRetired(**MOST)],
    i.InstrumentIssued: [
        i.InstrumentIssued(title="通知", **LEAST),
        i.InstrumentIssued(
            title="科协系统深化改革实施方案",
            number="厅字〔2016〕11号",
            issuer="中共中央办公厅",
            sha256="ab" * 32,
            **MOST,
        ),
    ],
    i.InstrumentRepealed: [i.InstrumentRepealed(**LEAST), i.InstrumentRepealed(**MOST)],
    r.ReorganizationProposed: [
        r.ReorganizationProposed(title="机构改革", plan=r.Plan(), **LEAST),
        r.ReorganizationProposed(title="机构改革", plan=_PLAN, **MOST),
    ],
    r.ReorganizationRevised: [
        r.ReorganizationRevised(plan=r.Plan(), **LEAST),
        r.ReorganizationRevised(plan=_PLAN, **MOST),
    ],
    r.ReorganizationAdopted: [
        r.ReorganizationAdopted(takes_effect_on=date(2019, 1, 1), **LEAST),
        r.ReorganizationAdopted(
            takes_effect_on=date(2019, 1, 1), effect_precision=Precision.YEAR, effect_assumed=True, **MOST
        ),
    ],
    r.ReorganizationWithdrawn: [r.ReorganizationWithdrawn(**LEAST), r.ReorganizationWithdrawn(**MOST)],
    Amended: [
        Amended(corrects=7, replacement=o.OrganizationSuspended(**LEAST), **LEAST),
        Amended(
            corrects=2**53,
            replacement=o.OrganizationRenamed(name="市科协", short_name="科协", **MOST),
            **MOST,
        ),
    ],
    Retracted: [Retracted(corrects=7, **LEAST), Retracted(corrects=2**53, **MOST)],
}
