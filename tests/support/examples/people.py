"""Events of people: of each the least that it says, and, last, one that gives every field."""

from __future__ import annotations

from datetime import date

from registry.events import Event
from registry.person import events as p
from registry.person.kinds import Gender, Sector, StaffingMode, TitleLevel
from registry.references import KindRule
from registry.time import Precision
from tests.support.examples.foundation import LASTING, LEAST, MOST, ONE, THREE, TWO

EXAMPLES: dict[type[Event], list[Event]] = {
    p.PersonRegistered: [
        p.PersonRegistered(name="张三", **LEAST),
        p.PersonRegistered(
            name="李四",
            gender=Gender.FEMALE,
            birth_date=date(1990, 3, 1),
            birth_precision=Precision.MONTH,
            identity_number="210202199003071228",
            phone="+86 411 0000 0000",
            email="li.si@example.org",
            illustrative=True,
            **MOST,
        ),
    ],
    p.PersonRenamed: [p.PersonRenamed(name="张珊", **LEAST), p.PersonRenamed(name="李四", **MOST)],
    p.PersonParticularsChanged: [
        p.PersonParticularsChanged(change=p.ParticularsChange(), **LEAST),
        p.PersonParticularsChanged(
            change=p.ParticularsChange(
                gender=Gender.MALE,
                birth_date=date(1990, 1, 1),
                birth_precision=Precision.YEAR,
                identity_number="210282196802290019",
                phone=None,
                email=None,
            ),
            **MOST,
        ),
    ],
    p.PersonEmployed: [
        p.PersonEmployed(employment=ONE, sector=Sector.RURAL, primary=False, **LEAST),
        p.PersonEmployed(
            employment=ONE,
            employer=TWO,
            employer_name="大连某研究所",
            sector=Sector.INSTITUTE,
            position="副所长",
            leading=True,
            primary=True,
            staffing=StaffingMode.ESTABLISHED,
            **LASTING,
        ),
    ],
    p.EmploymentTransferred: [
        p.EmploymentTransferred(employment=ONE, source=TWO, target=THREE, **LEAST),
        p.EmploymentTransferred(employment=ONE, source=TWO, target=THREE, **MOST),
    ],
    p.EmploymentEnded: [
        p.EmploymentEnded(employment=ONE, **LEAST),
        p.EmploymentEnded(employment=ONE, employer=TWO, **MOST),
    ],
    p.TitleAwarded: [
        p.TitleAwarded(name="研究员", level=TitleLevel.SENIOR, **LEAST),
        p.TitleAwarded(name="高级工程师", level=TitleLevel.ASSOCIATE, **MOST),
    ],
    p.TitleWithdrawn: [p.TitleWithdrawn(name="研究员", **LEAST), p.TitleWithdrawn(name="研究员", **MOST)],
    p.DisciplineSet: [
        p.DisciplineSet(disciplines=(), **LEAST),
        p.DisciplineSet(disciplines=("520", "52040"), **MOST),
    ],
    p.AwardGranted: [
        p.AwardGranted(name="优秀科技工作者", **LEAST),
        p.AwardGranted(name="青年科技奖", grantor="大连市科协", **MOST),
    ],
    p.AwardWithdrawn: [
        p.AwardWithdrawn(name="青年科技奖", **LEAST),
        p.AwardWithdrawn(name="青年科技奖", **MOST),
    ],
    p.PersonMerged: [p.PersonMerged(into=TWO, **LEAST), p.PersonMerged(into=TWO, via=THREE, **MOST)],
    p.PersonErased: [p.PersonErased(**LEAST), p.PersonErased(**MOST)],
    p.PersonAbsorbed: [p.PersonAbsorbed(alias=ONE, **LEAST), p.PersonAbsorbed(alias=ONE, **MOST)],
    p.PersonDeceased: [
        p.PersonDeceased(**LEAST),
        p.PersonDeceased(rules=(KindRule(reference="HOLDS"),), **MOST),
    ],
}
