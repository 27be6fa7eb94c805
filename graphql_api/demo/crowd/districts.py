"""Who works for the associations of districts, and with what staffing; all of it invented (区市县科协)."""

from __future__ import annotations

from collections.abc import Iterator

from graphql_api.demo.crowd.people import FRONT_LINE, OFFICIAL, Age, People, Work, key_of
from graphql_api.demo.records.figure import FigureRecord
from graphql_api.demo.records.organization import DesignationRecord, OrganizationRecord
from graphql_api.demo.records.papers import StaffingRecord
from graphql_api.demo.records.post import AppointmentRecord, PostRecord, RosterLine
from graphql_api.demo.strict import KnownDate, Record
from registry.appointment.kinds import Basis, Mode
from registry.organization.kinds import Establishment, Hierarchy, Kind
from registry.person.kinds import Sector, StaffingMode
from registry.post.kinds import Title

DISTRICTS = (
    *("中山区科协", "西岗区科协", "沙河口区科协", "甘井子区科协", "旅顺口区科协", "金州区科协"),
    *("普兰店区科协", "长海县科协", "瓦房店市科协", "庄河市科协", "金普新区科协"),
)

INDEPENDENT, ELIGIBLE, PLANNED = "独立建制", "符合设立党组条件", "制定改革方案"
"""What the plan wants of each, 六(一) and 七(二), held as designations: it is so, and since when."""

IN_CHARGE, CONTACT = "分管领导", "联系领导"
"""Who of the Party committee is in charge, and who of the government is the contact, 六(一)."""

_OFFICIALS = (4101, 4102)
"""Those of the city."""

_NOT_INDEPENDENT = frozenset({"长海县科协", "西岗区科协"})
_WITHOUT_PLAN = frozenset({"旅顺口区科协", "长海县科协", "庄河市科协"})
_NOT_ELIGIBLE = frozenset({"长海县科协", "旅顺口区科协"})
_WITHOUT_GROUP = frozenset({"金州区科协", *_NOT_ELIGIBLE})
_WITHOUT_LEADER = frozenset({"西岗区科协"})
_WITHOUT_CONTACT = frozenset({"西岗区科协", "普兰店区科协"})
_OVER_STRENGTH = "甘井子区科协"

_SINCE, _AFTER = KnownDate("2016-01-01"), KnownDate("2019-01-01")
_STAFF = (
    StaffingMode.ESTABLISHED,
    StaffingMode.SOCIAL_WORKER,
    StaffingMode.PURCHASED_SERVICE,
    StaffingMode.VOLUNTEER,
)


def _numbers(nth: int) -> range:
    """Return the numbers of the people of the nth district: chair, vice-chairs, staff, officials."""
    return range(3001 + 100 * nth, 3010 + 100 * nth)


def people() -> Iterator[Record]:
    """Yield everybody who works for them, and the officials whose matter they are (人员)."""
    invented = People()
    for nth, district in enumerate(DISTRICTS):
        for place, number in enumerate(_numbers(nth)):
            age = Age.OLDER if place % 3 else Age.YOUNG
            invented.add(number, _work(district, place), age)
    for number in _OFFICIALS:
        invented.add(number, OFFICIAL, Age.OLDER)
    yield from invented.records


def _work(district: str, place: int) -> Work:
    """Return the work of the nth: the chair, three vice-chairs, three of the staff, two officials."""
    turn = place + DISTRICTS.index(district)
    if place in (2, 3):
        return FRONT_LINE[turn % len(FRONT_LINE)]
    if place in (7, 8):
        return OFFICIAL
    staffing = StaffingMode.ESTABLISHED if place in (0, 1) else _STAFF[turn % len(_STAFF)]
    position = "干部" if place else "主席"
    return Work(Sector.ASSOCIATION, position, employer=district, leading=not place, staffing=staffing)


def posts() -> Iterator[Record]:
    """Yield the chairs, the vice-chairs, full-time and part-time, and who is in charge of it (职务)."""
    for nth, district in enumerate(DISTRICTS):
        numbers = _numbers(nth)
        for title, name, seats, mode, holders in (
            (Title.CHAIR, "主席", 1, Mode.FULL_TIME, numbers[:1]),
            (Title.VICE_CHAIR, "专职副主席", 1, Mode.FULL_TIME, numbers[1:2]),
            (Title.VICE_CHAIR, "兼职副主席", 3, Mode.PART_TIME, numbers[2:4]),
            (Title.STAFF, "工作人员", None, Mode.FULL_TIME, numbers[4:7]),
        ):
            yield from _post(_established(district, title, name, seats), mode, holders)
        for name, lacking, number in (
            (IN_CHARGE, _WITHOUT_LEADER, numbers[7]),
            (CONTACT, _WITHOUT_CONTACT, numbers[8]),
        ):
            if district not in lacking:
                post = _established(district, Title.LIAISON_LEADER, name, 1)
                yield from _post(post, Mode.PART_TIME, (number,))
    for name, number in ((IN_CHARGE, _OFFICIALS[0]), (CONTACT, _OFFICIALS[1])):
        post = _established("大连市科协", Title.LIAISON_LEADER, name, 1)
        yield from _post(post, Mode.PART_TIME, (number,))


def _post(post: PostRecord, mode: Mode, numbers: range | tuple[int, ...]) -> Iterator[Record]:
    """Yield a post and its holders."""
    yield post
    for number in numbers:
        line = RosterLine(person=key_of(number), post=post.key, mode=mode, basis=Basis.APPOINTED)
        yield AppointmentRecord(line=line, since=post.since, illustrative=True)


def _established(organization: str, title: Title, name: str, seats: int | None = None) -> PostRecord:
    named = title in (Title.LIAISON_LEADER, Title.VICE_CHAIR)
    return PostRecord(
        key=f"{organization}/{name}",
        organization=organization,
        title=title,
        name=name if named else None,
        seats=seats,
        since=_AFTER if named else _SINCE,
        illustrative=True,
    )


def papers() -> Iterator[Record]:
    """Yield the Party groups, what is so of each, and the staffing, one over strength (党组、编制)."""
    for nth, district in enumerate(DISTRICTS):
        if district not in _WITHOUT_GROUP:
            yield OrganizationRecord(
                key=f"{district}党组（示例）",
                name=f"{district}党组（示例）",
                kind=Kind.PARTY_ORGANIZATION,
                subtype="党组",
                under={Hierarchy.PART_OF: (district,)},
                since=_AFTER,
                illustrative=True,
            )
        for name, lacking in (
            (INDEPENDENT, _NOT_INDEPENDENT),
            (ELIGIBLE, _NOT_ELIGIBLE),
            (PLANNED, _WITHOUT_PLAN),
        ):
            if district not in lacking:
                yield DesignationRecord(organization=district, name=name, since=_AFTER, illustrative=True)
        yield _staffing(district, 6 + nth % 4)
        yield from _figures(district, nth)


def _staffing(district: str, established: int) -> StaffingRecord:
    over = district == _OVER_STRENGTH
    return StaffingRecord(
        organization=district,
        quotas={Establishment.CIVIL_SERVICE_REFERENCE: established, Establishment.SUPPORT: 1},
        leadership_posts=3,
        leaders=4 if over else 2,
        headcount=established + 3 if over else established,
        since=_AFTER,
        illustrative=True,
    )


def _figures(district: str, nth: int) -> Iterator[Record]:
    for indicator, value, unit in (
        ("STAFF", 6 + nth % 4, "人"),
        ("TOWNSHIP_ASSOCIATIONS", 7 + 2 * nth % 9, "个"),
        ("ENTERPRISE_ASSOCIATIONS", 3 + 5 * nth % 11, "个"),
        ("RURAL_TECHNICAL_ASSOCIATIONS", nth % 6, "个"),
    ):
        yield FigureRecord(
            organization=district,
            indicator=indicator,
            period_start=KnownDate("2019-01-01").day,
            period_end=KnownDate("2019-12-31").day,
            value=value,
            unit=unit,
            origin="年度统计（示例）",
            since=KnownDate("2020-02-28"),
            illustrative=True,
        )
