"""The congress of the municipal association, its committees and its leaders, before and after (领导机构).

The shares follow the plan's own figures: 55% of the delegates and 44% of the committee from the front line
before, 70% after. Who they are is invented, and so are the day of the election and the numbers of the terms.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from graphql_api.demo.crowd.people import (
    FRONT_LINE,
    NEW_KINDS,
    OFFICIAL,
    OTHERS,
    Age,
    People,
    Work,
    employment,
    key_of,
)
from graphql_api.demo.records.person import AwardRecord, EmploymentRecord
from graphql_api.demo.records.post import (
    AdjustmentRecord,
    AppointmentRecord,
    PostRecord,
    RenewalRecord,
    RosterLine,
    TermRecord,
    place_of,
)
from graphql_api.demo.strict import KnownDate, Record
from registry.appointment.kinds import Basis, EndReason, Mode
from registry.person.kinds import Sector
from registry.post.kinds import Title

ASSOCIATION = "大连市科协"
CONGRESS, COMMITTEE, STANDING = "市科协代表大会", "市科协全委会", "市科协常委会"
DELEGATE, MEMBER, STANDING_MEMBER = f"{CONGRESS}/代表", f"{COMMITTEE}/委员", f"{STANDING}/常委"
CHAIR, VICE_CHAIR = f"{ASSOCIATION}/主席", f"{ASSOCIATION}/副主席"

OPENED, PLANNED_END = KnownDate("2013-06-01"), date(2018, 5, 31)
ELECTION, NEXT_END = KnownDate("2018-11-10"), date(2023, 11, 10)
MOVED, ADJUSTED = KnownDate("2019-07-01"), KnownDate("2020-03-20")

_NOTE = "人员、届次与日期均为示例。"

# Numbers of people. Before: 121 of 220 on the front line, 45 aged 45 or under.
_FRONT_YOUNG, _FRONT = range(1, 31), range(31, 122)
_OTHER_YOUNG, _OTHER = range(122, 137), range(137, 221)
# Who comes again: 50 on the front line, 20 others.
_AGAIN = (*range(1, 21), *range(31, 61), *range(122, 126), *range(137, 153))
# Who is new: 105 on the front line, 45 others, the last of them by a mistake that is corrected later.
_NEW_FRONT_YOUNG, _NEW_FRONT = range(301, 351), range(351, 406)
_NEW_OTHER_YOUNG, _NEW_OTHER, MISTAKEN = range(406, 414), range(414, 450), 450
_CO_OPTED = (451, 452)
# Of the new ones on the front line, these come to lead something; the first two leave the congress.
_PROMOTED = range(395, 399)

_COMMITTEE_BEFORE = (*range(31, 75), *range(137, 193))  # 44 of 100 on the front line
_COMMITTEE_AFTER = (*range(31, 61), *range(1, 11), *range(361, 392), *range(137, 153), *range(414, 427))
_STANDING_BEFORE = (*range(31, 43), *range(137, 156))  # 12 of 31
_STANDING_AFTER = (*range(31, 46), *range(361, 369), *range(137, 147))  # 23 of 33, which is not 70%
_CHAIR = 137
_FULL_TIME_BEFORE, _PART_TIME_BEFORE = (138, 145, 152), (31, 32, 139, 140)
_FULL_TIME_AFTER, _PART_TIME_AFTER = (138, 145), (31, 32, 33, 361, 362, 140)  # 6 of 8: exactly 75%

_UNITS_BEFORE = (
    *("中山区科协", "西岗区科协", "沙河口区科协", "甘井子区科协", "旅顺口区科协", "金州区科协"),
    *("普兰店区科协", "长海县科协", "瓦房店市科协", "庄河市科协", "金普新区科协"),
    *("数学学会（示例）", "物理学会（示例）", "化学化工学会（示例）", "海洋学会（示例）"),
    *("农学会（示例）", "水产学会（示例）", "医学会（示例）", "机械工程学会（示例）", "计算机学会（示例）"),
)
_UNITS_AFTER = (
    *_UNITS_BEFORE,
    *("装备制造企业科协（示例）", "软件园区科协（示例）", "大学科协（示例）", "研究所科协（示例）"),
)
"""Which units elect delegates, in turn."""


def people() -> Iterator[Record]:
    """Yield everybody of both congresses (代表人选)."""
    invented = People()
    for numbers, work, age in (
        (_FRONT_YOUNG, FRONT_LINE, Age.YOUNG),
        (_FRONT, FRONT_LINE, Age.OLDER),
        (_OTHER_YOUNG, OTHERS, Age.YOUNG),
        (_OTHER, OTHERS, Age.OLDER),
        (_NEW_FRONT_YOUNG, FRONT_LINE, Age.YOUNG),
        (_NEW_FRONT, FRONT_LINE, Age.OLDER),
        (_NEW_OTHER_YOUNG, (*NEW_KINDS, *OTHERS[2:]), Age.YOUNG),
        (_NEW_OTHER, (*OTHERS[1:], *NEW_KINDS), Age.OLDER),
        (_CO_OPTED, FRONT_LINE, Age.YOUNG),
    ):
        for nth, number in enumerate(numbers):
            invented.add(number, work[nth % len(work)], age)
    invented.add(MISTAKEN, _mistaken(leading=True), Age.OLDER)
    yield from invented.records
    for numbers, award in ((_NEW_FRONT_YOUNG[::9], "青年科技奖"), (_NEW_FRONT[::11], "优秀科技工作者")):
        for number in numbers:
            yield AwardRecord(
                person=key_of(number),
                name=award,
                grantor="大连市科协（示例）",
                since=KnownDate("2017-05-30"),
                illustrative=True,
            )


def _mistaken(*, leading: bool) -> Work:
    position = "研究室副主任" if leading else "研究人员"
    return Work(Sector.INSTITUTE, position, employer="研究所（示例）", leading=leading)


def before() -> Iterator[Record]:
    """Yield the posts, the terms from 2013 on, and who was elected then (换届前)."""
    for key, organization, title, seats in (
        (DELEGATE, CONGRESS, Title.DELEGATE, 220),
        (MEMBER, COMMITTEE, Title.MEMBER, 105),
        (STANDING_MEMBER, STANDING, Title.STANDING_MEMBER, 35),
        (CHAIR, ASSOCIATION, Title.CHAIR, 1),
        (VICE_CHAIR, ASSOCIATION, Title.VICE_CHAIR, 8),
    ):
        yield PostRecord(
            key=key,
            organization=organization,
            title=title,
            seats=seats,
            elected=True,
            since=OPENED,
            illustrative=True,
        )
    for body in (CONGRESS, COMMITTEE, STANDING):
        yield TermRecord(
            key=f"{body}/1",
            body=body,
            number=1,
            planned_end=PLANNED_END,
            since=OPENED,
            illustrative=True,
            note=_NOTE,
        )
    delegates = (*_FRONT_YOUNG, *_FRONT, *_OTHER_YOUNG, *_OTHER)
    leaders = _leaders(_FULL_TIME_BEFORE, _PART_TIME_BEFORE)
    for body, lines in (
        (CONGRESS, _lines(DELEGATE, delegates, _UNITS_BEFORE)),
        (COMMITTEE, [*_lines(MEMBER, _COMMITTEE_BEFORE), *leaders]),
        (STANDING, _lines(STANDING_MEMBER, _STANDING_BEFORE)),
    ):
        for line in lines:
            yield AppointmentRecord(line=line, term=f"{body}/1", since=OPENED, illustrative=True)


def after() -> Iterator[Record]:
    """Yield the election of 2018, and what changed until 2020 (换届及届中)."""
    delegates = (*_AGAIN, *_NEW_FRONT_YOUNG, *_NEW_FRONT, *_NEW_OTHER_YOUNG, *_NEW_OTHER, MISTAKEN)
    leaders = _leaders(_FULL_TIME_AFTER, _PART_TIME_AFTER)
    for body, lines in (
        (CONGRESS, _lines(DELEGATE, delegates, _UNITS_AFTER)),
        (COMMITTEE, [*_lines(MEMBER, _COMMITTEE_AFTER), *leaders]),
        (STANDING, _lines(STANDING_MEMBER, _STANDING_AFTER)),
    ):
        yield RenewalRecord(
            key=f"{body}/2",
            renews=f"{body}/1",
            planned_end=NEXT_END,
            roster=tuple(lines),
            since=ELECTION,
            illustrative=True,
            note=_NOTE,
        )
    for number in _PROMOTED:
        yield employment(key_of(number), OFFICIAL, str(MOVED.day), nth=2, ended=1)
    yield from _adjustment()


def _adjustment() -> Iterator[Record]:
    """Yield that two of those who were promoted leave, and two from the front line are co-opted."""
    rosters = _lines(DELEGATE, (*_AGAIN, *_NEW_FRONT_YOUNG, *_NEW_FRONT), _UNITS_AFTER)
    leaving = [line for line in rosters if line.person in {key_of(number) for number in _PROMOTED[:2]}]
    yield AdjustmentRecord(
        term=f"{CONGRESS}/2",
        ended=tuple(place_of(line, ELECTION) for line in leaving),
        end_reason=EndReason.TRANSFERRED,
        made=tuple(
            RosterLine(person=key_of(number), post=DELEGATE, basis=Basis.CO_OPTED) for number in _CO_OPTED
        ),
        since=ADJUSTED,
        illustrative=True,
        note=_NOTE,
    )


def correction() -> Iterator[Record]:
    """Yield that one delegate never led anything: recorded last, it holds from the beginning (事后更正)."""
    work = _mistaken(leading=False)
    yield EmploymentRecord(
        person=key_of(MISTAKEN),
        sector=work.sector,
        employer=work.employer,
        position=work.position,
        leading=work.leading,
        corrected=True,
        since=KnownDate("2012"),
        illustrative=True,
        note="原登记误作领导职务，据本人所在单位来函更正。",
    )


def _leaders(full_time: Sequence[int], part_time: Sequence[int]) -> list[RosterLine]:
    """Return the lines of the chair and the vice-chairs."""
    return [
        RosterLine(person=key_of(_CHAIR), post=CHAIR, mode=Mode.PART_TIME),
        *(RosterLine(person=key_of(n), post=VICE_CHAIR, mode=Mode.FULL_TIME) for n in full_time),
        *(RosterLine(person=key_of(n), post=VICE_CHAIR, mode=Mode.PART_TIME) for n in part_time),
    ]


def _lines(post: str, numbers: Sequence[int], units: Sequence[str] = ()) -> list[RosterLine]:
    """Return the lines of people with these numbers, each representing the next of ``units``."""
    return [
        RosterLine(person=key_of(number), post=post, representing=units[nth % len(units)] if units else None)
        for nth, number in enumerate(numbers)
    ]
