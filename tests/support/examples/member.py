"""Events of memberships, affiliations, participations: of each the least it says and, last, all fields."""

from __future__ import annotations

from datetime import date

from registry.affiliation import events as a
from registry.affiliation.kinds import AffiliationEnd, AffiliationStage
from registry.events import Event
from registry.membership import events as m
from registry.membership.kinds import MemberClass, MembershipEnd
from registry.participation import events as p
from registry.participation.kinds import ParticipationRole
from tests.support.examples.foundation import LEAST, MOST, ONE, TWO

EXAMPLES: dict[type[Event], list[Event]] = {
    m.MembershipApplied: [
        m.MembershipApplied(member=ONE, organization=TWO, member_class=MemberClass.STUDENT, **LEAST),
        m.MembershipApplied(
            member=ONE,
            organization=TWO,
            member_class=MemberClass.INDIVIDUAL,
            illustrative=True,
            **MOST,
        ),
    ],
    m.MembershipAdmitted: [
        m.MembershipAdmitted(member=ONE, organization=TWO, member_class=MemberClass.CORPORATE, **LEAST),
        m.MembershipAdmitted(
            member=ONE,
            organization=TWO,
            member_class=MemberClass.SENIOR_EXPERT,
            number="S0001",
            illustrative=True,
            **MOST,
        ),
    ],
    m.MembershipSuspended: [m.MembershipSuspended(**LEAST), m.MembershipSuspended(**MOST)],
    m.MembershipResumed: [m.MembershipResumed(**LEAST), m.MembershipResumed(**MOST)],
    m.MembershipReclassified: [
        m.MembershipReclassified(member_class=MemberClass.HONORARY, **LEAST),
        m.MembershipReclassified(member_class=MemberClass.DISCIPLINE_LEADER, number=None, **MOST),
        m.MembershipReclassified(member_class=MemberClass.INDUSTRY_LEADER, number="S0002", **MOST),
    ],
    m.MembershipTransferred: [
        m.MembershipTransferred(organization=TWO, **LEAST),
        m.MembershipTransferred(organization=TWO, number="P0001", **MOST),
    ],
    m.MembershipEnded: [
        m.MembershipEnded(**LEAST),
        m.MembershipEnded(end_reason=MembershipEnd.RESIGNED, **MOST),
    ],
    a.AffiliationOpened: [
        a.AffiliationOpened(person=ONE, branch=TWO, stage=AffiliationStage.FORMAL, **LEAST),
        a.AffiliationOpened(person=ONE, branch=TWO, stage=AffiliationStage.PROBATIONARY, **MOST),
    ],
    a.AffiliationConfirmed: [a.AffiliationConfirmed(**LEAST), a.AffiliationConfirmed(**MOST)],
    a.AffiliationTransferred: [
        a.AffiliationTransferred(branch=TWO, **LEAST),
        a.AffiliationTransferred(
            branch=TWO, letter="连组转第12号", letter_valid_until=date(2019, 5, 31), **MOST
        ),
    ],
    a.TransferReceived: [
        a.TransferReceived(received_on=date(2019, 1, 1), **LEAST),
        a.TransferReceived(received_on=date(2019, 2, 28), **MOST),
    ],
    a.AffiliationEnded: [
        a.AffiliationEnded(**LEAST),
        a.AffiliationEnded(end_reason=AffiliationEnd.REMOVED, **MOST),
    ],
    p.ParticipationBegun: [
        p.ParticipationBegun(person=ONE, organization=TWO, role=ParticipationRole.MEMBER, **LEAST),
        p.ParticipationBegun(person=ONE, organization=TWO, role=ParticipationRole.DUAL_LIFE, **MOST),
    ],
    p.ParticipationEnded: [p.ParticipationEnded(**LEAST), p.ParticipationEnded(**MOST)],
}
