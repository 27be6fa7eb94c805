"""Events of papers, mandates, programmes, figures, secondments and liaisons: the least, and every field."""

from __future__ import annotations

from datetime import date
from typing import Any

from registry.events import Event
from registry.figure import events as f
from registry.liaison import events as t
from registry.mandate import events as m
from registry.mandate.kinds import MandateCategory
from registry.organization import events as o
from registry.organization.kinds import Establishment, LegalForm
from registry.programme import events as p
from registry.secondment import events as s
from registry.secondment.kinds import Direction, SecondmentBasis
from tests.support.examples.foundation import LASTING, LEAST, MOST, ONE, THREE, TWO

_PERIOD: dict[str, Any] = {"period_start": date(2017, 1, 1), "period_end": date(2017, 12, 31)}

EXAMPLES: dict[type[Event], list[Event]] = {
    o.RegistrationRecorded: [
        o.RegistrationRecorded(legal_form=LegalForm.PEOPLES_ORGANIZATION, **LEAST),
        o.RegistrationRecorded(
            legal_form=LegalForm.SOCIAL_ORGANIZATION,
            authority="大连市民政局",
            certificate="社证字第001号",
            domicile="大连市西岗区",
            representative=ONE,
            **LASTING,
        ),
    ],
    o.RepresentativeChanged: [
        o.RepresentativeChanged(representative=None, **LEAST),
        o.RepresentativeChanged(representative=TWO, **MOST),
    ],
    o.RegistrationCanceled: [o.RegistrationCanceled(**LEAST), o.RegistrationCanceled(**MOST)],
    o.CharterAdopted: [
        o.CharterAdopted(title="章程", adopted_on=date(2018, 12, 1), **LEAST),
        o.CharterAdopted(
            title="章程（2018年修订）",
            adopted_on=date(2018, 12, 1),
            approved_on=date(2019, 2, 1),
            sha256="ab" * 32,
            **MOST,
        ),
    ],
    o.CharterApproved: [o.CharterApproved(**LEAST), o.CharterApproved(**MOST)],
    o.StaffingSet: [
        o.StaffingSet(headcount=31, **LEAST),
        o.StaffingSet(establishment=None, leadership_posts=None, leaders=None, headcount=None, **LEAST),
        o.StaffingSet(
            establishment=(
                o.Quota(kind=Establishment.ADMINISTRATIVE, count=30),
                o.Quota(kind=Establishment.SUPPORT, count=4),
            ),
            leadership_posts=5,
            leaders=6,
            headcount=36,
            **MOST,
        ),
    ],
    m.MandateGranted: [
        m.MandateGranted(name="科技成果评价", category=MandateCategory.ASSESSMENT, holder=ONE, **LEAST),
        m.MandateGranted(
            name="职称评审",
            category=MandateCategory.QUALIFICATION,
            holder=ONE,
            grantor=TWO,
            illustrative=True,
            **LASTING,
        ),
    ],
    m.MandateRenewed: [m.MandateRenewed(**LEAST), m.MandateRenewed(**LASTING)],
    m.MandateReviewed: [
        m.MandateReviewed(finding="材料不全", **LEAST),
        m.MandateReviewed(finding="合格", passed=True, **MOST),
    ],
    m.MandateHandedOver: [
        m.MandateHandedOver(holder=TWO, **LEAST),
        m.MandateHandedOver(holder=TWO, **MOST),
    ],
    m.GrantorChanged: [
        m.GrantorChanged(grantor=None, **LEAST),
        m.GrantorChanged(grantor=THREE, **MOST),
    ],
    m.MandateRevoked: [m.MandateRevoked(**LEAST), m.MandateRevoked(**MOST)],
    p.ProgrammeLaunched: [
        p.ProgrammeLaunched(name="党建强会计划", owner=ONE, **LEAST),
        p.ProgrammeLaunched(name="学会能力提升计划", owner=ONE, illustrative=True, **LASTING),
    ],
    p.ProgrammeExtended: [p.ProgrammeExtended(**LEAST), p.ProgrammeExtended(**LASTING)],
    p.ProgrammeHandedOver: [
        p.ProgrammeHandedOver(owner=TWO, **LEAST),
        p.ProgrammeHandedOver(owner=TWO, **MOST),
    ],
    p.ProgrammeEnrolled: [
        p.ProgrammeEnrolled(organization=TWO, **LEAST),
        p.ProgrammeEnrolled(organization=TWO, **MOST),
    ],
    p.ProgrammeLeft: [
        p.ProgrammeLeft(organization=TWO, **LEAST),
        p.ProgrammeLeft(organization=TWO, **MOST),
    ],
    p.ProgrammeClosed: [p.ProgrammeClosed(**LEAST), p.ProgrammeClosed(**MOST)],
    f.FigureReported: [
        f.FigureReported(
            organization=ONE,
            indicator="INDIVIDUAL_MEMBERS",
            value=0,
            unit="人",
            source="年报",
            **_PERIOD,
            **LEAST,
        ),
        f.FigureReported(
            organization=ONE,
            indicator="SOCIETIES",
            value=86,
            unit="个",
            source="统计年鉴",
            illustrative=True,
            **_PERIOD,
            **MOST,
        ),
    ],
    f.FigureWithdrawn: [f.FigureWithdrawn(**LEAST), f.FigureWithdrawn(**MOST)],
    s.SecondmentBegun: [
        s.SecondmentBegun(
            person=ONE,
            home=TWO,
            host=THREE,
            direction=Direction.DOWN,
            basis=SecondmentBasis.SECONDMENT,
            **LEAST,
        ),
        s.SecondmentBegun(
            person=ONE,
            home=TWO,
            host=THREE,
            direction=Direction.LATERAL,
            basis=SecondmentBasis.EXCHANGE,
            duty="副主席",
            illustrative=True,
            **LASTING,
        ),
    ],
    s.SecondmentExtended: [s.SecondmentExtended(**LEAST), s.SecondmentExtended(**LASTING)],
    s.HomeChanged: [s.HomeChanged(home=TWO, **LEAST), s.HomeChanged(home=TWO, **MOST)],
    s.HostChanged: [s.HostChanged(host=TWO, **LEAST), s.HostChanged(host=TWO, **MOST)],
    s.SecondmentEnded: [s.SecondmentEnded(**LEAST), s.SecondmentEnded(**MOST)],
    t.LiaisonBegun: [
        t.LiaisonBegun(cadre=ONE, scientist=TWO, **LEAST),
        t.LiaisonBegun(cadre=ONE, scientist=TWO, illustrative=True, **MOST),
    ],
    t.LiaisonVisited: [
        t.LiaisonVisited(person=TWO, **LEAST),
        t.LiaisonVisited(person=TWO, note="实验室缺设备", **MOST),
    ],
    t.LiaisonEnded: [t.LiaisonEnded(**LEAST), t.LiaisonEnded(**MOST)],
}
