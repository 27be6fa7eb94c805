"""Invented people: a name that says what it is, a birth, an employment, a title, a discipline (示例人员)."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from graphql_api.demo.crowd.draw import Draw
from graphql_api.demo.records.person import (
    DisciplinesRecord,
    EmploymentRecord,
    PersonRecord,
    ProfessionalTitleRecord,
)
from graphql_api.demo.strict import KnownDate, Record
from registry.person.kinds import Gender, Sector, StaffingMode, TitleLevel

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董程曹袁邓许傅沈曾彭吕苏"
_DIGITS = "〇一二三四五六七八九"
_MARK = "示"

_DISCIPLINES = (
    *("110", "140", "150", "170", "180", "210", "240", "320", "350"),
    *("416", "430", "460", "470", "510", "520", "530", "580", "610"),
)
"""First-level codes of GB/T 13745."""

KNOWN_SINCE = KnownDate("2012")
"""Since when the invented people are in the register, and in their first employment."""


class Age(StrEnum):
    """Which years somebody is born in (年龄段)."""

    YOUNG = "YOUNG"  # 45 or under, at every date that the demo speaks of
    OLDER = "OLDER"  # over 45, likewise
    AGED = "AGED"  # over 70 from 2019 on


_BORN = {Age.YOUNG: (1976, 15), Age.OLDER: (1953, 19), Age.AGED: (1945, 4)}
"""The first year and how many years."""


class Work(NamedTuple):
    """Where somebody works and as what (任职)."""

    sector: Sector
    position: str
    employer_name: str | None = None
    employer: str | None = None
    leading: bool = False
    titles: tuple[tuple[str, TitleLevel], ...] = ()
    staffing: StaffingMode | None = None


_ENGINEER = (
    ("正高级工程师", TitleLevel.SENIOR),
    ("高级工程师", TitleLevel.ASSOCIATE),
    ("工程师", TitleLevel.MIDDLE),
)
_TEACHER = (("教授", TitleLevel.SENIOR), ("副教授", TitleLevel.ASSOCIATE), ("讲师", TitleLevel.MIDDLE))
_RESEARCHER = (("研究员", TitleLevel.SENIOR), ("副研究员", TitleLevel.ASSOCIATE))
_FARMER = (("高级农艺师", TitleLevel.ASSOCIATE), ("农艺师", TitleLevel.MIDDLE))
_PHYSICIAN = (("主任医师", TitleLevel.SENIOR), ("副主任医师", TitleLevel.ASSOCIATE))

FRONT_LINE = (
    Work(Sector.ENTERPRISE, "工程师", employer="装备制造企业（示例）", titles=_ENGINEER),
    Work(Sector.UNIVERSITY, "教师", "大连某大学（示例）", titles=_TEACHER),
    Work(Sector.INSTITUTE, "研究人员", employer="研究所（示例）", titles=_RESEARCHER),
    Work(Sector.ENTERPRISE, "研发工程师", "大连某软件企业（示例）", titles=_ENGINEER),
    Work(Sector.RURAL, "农技员", "大连某农民专业合作社（示例）", titles=_FARMER),
)
"""On the front line by either definition: in one of the four sectors that the plan names, leading nobody."""

OFFICIAL = Work(Sector.GOVERNMENT, "处长", "大连某政府部门（示例）", leading=True)
CADRE = Work(Sector.ASSOCIATION, "干部", employer="大连市科协")
DEAN = Work(Sector.UNIVERSITY, "院长", "大连某大学（示例）", leading=True, titles=_TEACHER)
OTHERS = (
    OFFICIAL,
    CADRE,
    Work(Sector.ENTERPRISE, "总经理", "大连某装备制造企业集团（示例）", leading=True, titles=_ENGINEER),
    DEAN,
    Work(Sector.INSTITUTE, "所长", employer="研究所（示例）", leading=True, titles=_RESEARCHER),
    Work(Sector.HOSPITAL, "医院院长", "大连某医院（示例）", leading=True, titles=_PHYSICIAN),
    Work(Sector.SCHOOL, "校长", "大连某中学（示例）", leading=True),
)
"""Work that is not on the front line by either definition."""

NEW_KINDS = (
    Work(Sector.NEW_ECONOMIC, "负责人", "大连某新经济组织（示例）", leading=True),
    Work(Sector.NEW_SOCIAL, "负责人", "大连某新型社会组织（示例）", leading=True),
    Work(Sector.NEW_RESEARCH, "负责人", "大连某新型研发机构（示例）", leading=True),
    Work(Sector.STRATEGIC_INDUSTRY, "负责人", "大连某新兴产业企业（示例）", leading=True),
)
"""The four new kinds that the plan wants represented; those who lead them are not on the front line."""


def key_of(number: int) -> str:
    """Return the key, which is the name, of the invented person with this number (示例人员的键).

    A surname, the word that marks an example, and the number: nobody is called that.
    """
    digits = "".join(_DIGITS[int(digit)] for digit in f"{number:03}")
    return f"{_SURNAMES[number * 7 % len(_SURNAMES)]}{_MARK}{digits}"


class People:
    """Collects the records of invented people; each person is drawn from its own number (人员生成)."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self.records: list[Record] = []

    def add(self, number: int, work: Work | None, age: Age) -> str:
        """Invent the person with ``number``, whose employment is not known without ``work``."""
        draw = Draw(number)
        key = key_of(number)
        self.records.append(
            PersonRecord(
                key=key,
                name=key,
                gender=draw.one((Gender.FEMALE, Gender.MALE)),
                born=_birth(draw, age),
                since=KNOWN_SINCE,
                illustrative=True,
            )
        )
        self.records.append(
            DisciplinesRecord(
                person=key, codes=(draw.one(_DISCIPLINES),), since=KNOWN_SINCE, illustrative=True
            )
        )
        if work is not None:
            self.records.append(employment(key, work, "2012"))
            if work.titles and draw.chance(80):
                name, level = draw.one(work.titles)
                self.records.append(
                    ProfessionalTitleRecord(
                        person=key, name=name, level=level, since=KnownDate("2013"), illustrative=True
                    )
                )
        return key


def employment(
    person: str, work: Work, since: str, *, nth: int = 1, ended: int | None = None
) -> EmploymentRecord:
    """Return that somebody does that work from then on, instead of the employment ``ended``."""
    return EmploymentRecord(
        person=person,
        nth=nth,
        sector=work.sector,
        employer=work.employer,
        employer_name=work.employer_name,
        position=work.position,
        leading=work.leading,
        staffing=work.staffing,
        ended=ended,
        since=KnownDate(since),
        illustrative=True,
    )


def _birth(draw: Draw, age: Age) -> KnownDate:
    """Return a birth date, of every third person known to the year alone."""
    first, years = _BORN[age]
    year = first + draw.below(years)
    if draw.below(3) == 0:
        return KnownDate(f"{year}")
    return KnownDate(f"{year}-{1 + draw.below(12):02}-{1 + draw.below(28):02}")
