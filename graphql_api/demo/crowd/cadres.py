"""Who works for the municipal association: heads of departments, secondments, liaisons (机关干部)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from graphql_api.demo.crowd.people import CADRE, FRONT_LINE, Age, People, key_of
from graphql_api.demo.files import read
from graphql_api.demo.records.exchange import LiaisonRecord, SecondmentRecord
from graphql_api.demo.records.measure import AnsweringRecord
from graphql_api.demo.records.papers import StaffingRecord
from graphql_api.demo.records.post import AppointmentRecord, PostRecord, RosterLine
from graphql_api.demo.strict import KnownDate, Record
from registry.appointment.kinds import Basis, Mode
from registry.measure.kinds import Recurrence
from registry.organization.kinds import Establishment
from registry.post.kinds import Title
from registry.secondment.kinds import Direction, SecondmentBasis

_CADRES = range(501, 521)
_TALENTS = range(531, 535)
"""People of enterprises and institutes who come to the association for a time."""

_EXTENDED, _BROKEN_OFF = 517, 518
_SINCE, _REFORM = KnownDate("2014-01-01"), KnownDate("2018-06-01")
_OLD_ONLY = ("组织宣传部", "国际联络部")
_KEPT = ("办公室", "学会学术部", "科学技术普及部")
_NEW_ONLY = ("组织人才部", "调研宣传部")


def people() -> Iterator[Record]:
    """Yield the cadres, and who is seconded to them (干部)."""
    invented = People()
    for nth, number in enumerate(_CADRES):
        invented.add(number, CADRE, Age.YOUNG if nth % 3 == 0 else Age.OLDER)
    for nth, number in enumerate(_TALENTS):
        invented.add(number, FRONT_LINE[nth % 4], Age.YOUNG)
    yield from invented.records


def before() -> Iterator[Record]:
    """Yield the heads of the departments before the reform (改革前部门负责人)."""
    for nth, department in enumerate((*_OLD_ONLY, *_KEPT)):
        yield from _heads(department, _CADRES[2 * nth], _CADRES[2 * nth + 1], _SINCE)


def after() -> Iterator[Record]:
    """Yield the heads of the new departments, who led the dissolved ones (改革后部门负责人)."""
    for nth, department in enumerate(_NEW_ONLY):
        yield from _heads(department, _CADRES[2 * nth], _CADRES[2 * nth + 1], _REFORM)


def _heads(department: str, head: int, deputy: int, since: KnownDate) -> Iterator[Record]:
    for number, title, name in (
        (head, Title.DEPARTMENT_HEAD, "部长"),
        (deputy, Title.DEPUTY_DEPARTMENT_HEAD, "副部长"),
    ):
        key = f"{department}/{name}"
        yield PostRecord(
            key=key,
            organization=department,
            title=title,
            name="主任" if (department, name) == ("办公室", "部长") else None,
            seats=1 if name == "部长" else 2,
            since=since,
            illustrative=True,
        )
        line = RosterLine(person=key_of(number), post=key, mode=Mode.FULL_TIME, basis=Basis.APPOINTED)
        yield AppointmentRecord(line=line, since=since, illustrative=True)


def answering() -> Iterator[Record]:
    """Yield who answers for measures done once: the head of the department that leads each (责任人)."""
    heads = {"组织人才部": 501, "调研宣传部": 503, "办公室": 505, "学会学术部": 507, "科学技术普及部": 509}
    file = read()["measures.toml"]
    fulfilled = {record.measure for record in file.fulfilment}
    for measure in file.measure:
        once = measure.recurrence is Recurrence.ONCE and measure.code not in fulfilled
        if once and measure.lead in heads:
            yield AnsweringRecord(
                measure=measure.code,
                person=key_of(heads[measure.lead]),
                since=KnownDate("2019-01-15"),
                illustrative=True,
            )


def staffing() -> Iterator[Record]:
    """Yield what the association and its institutions may have and have, before and after (编制)."""
    kind = Establishment.PUBLIC_INSTITUTION
    for organization, quotas, since in (
        ("大连市科协", {Establishment.CIVIL_SERVICE_REFERENCE: 40}, "2018-01-01"),
        ("市科技馆", {kind: 60}, "2018-01-01"),
        ("市科技干部进修学院", {kind: 30}, "2018-01-01"),
        ("市科技咨询服务中心", {kind: 25}, "2018-01-01"),
        ("市国际民间科技交流中心", {kind: 15}, "2018-01-01"),
        ("市科技馆", {kind: 54}, "2020-01-01"),
        ("市科技干部进修学院", {kind: 24}, "2020-01-01"),
    ):
        (count,) = quotas.values()
        yield StaffingRecord(
            organization=organization,
            quotas=quotas,
            leadership_posts=4,
            leaders=4,
            headcount=count - 2,
            since=KnownDate(since),
            illustrative=True,
        )


def exchanges() -> Iterator[Record]:
    """Yield secondments up, down and across, and who keeps in touch with whom (挂职、交流与联系)."""
    yield from _secondments()
    cadres = [key_of(number) for number in _CADRES[:6]]
    for nth, cadre in enumerate(cadres):
        for turn in range(2):
            visits = tuple(KnownDate(f"{2018 + year}-09-{10 + nth:02}") for year in range((nth + turn) % 4))
            yield LiaisonRecord(
                cadre=cadre,
                scientist=key_of(361 + 2 * nth + turn),
                visits=visits,
                ended=KnownDate("2020-06-30") if (nth, turn) == (2, 0) else None,
                since=KnownDate("2018-09-01"),
                illustrative=True,
            )


def _secondments() -> Iterator[Record]:
    association = "大连市科协"
    up, down, across = Direction.UP, Direction.DOWN, Direction.LATERAL
    for number, home, host, direction, since, until in (
        (515, association, "中国科协", up, "2018-09-01", date(2019, 9, 1)),
        (516, association, "辽宁省科协", up, "2019-03-01", date(2020, 3, 1)),
        (3004, "中山区科协", association, up, "2018-09-01", date(2019, 9, 1)),
        (3304, "甘井子区科协", association, up, "2020-03-01", date(2021, 3, 1)),
        (517, association, "瓦房店市科协", down, "2018-10-01", date(2020, 10, 1)),
        (518, association, "软件园区科协（示例）", down, "2019-01-01", date(2020, 1, 1)),
        (519, association, "装备制造企业科协（示例）", down, "2020-06-01", date(2022, 6, 1)),
    ):
        yield SecondmentRecord(
            person=key_of(number),
            home=home,
            host=host,
            direction=direction,
            until=until,
            duty="挂职锻炼",
            extended=KnownDate("2020-09-01") if number == _EXTENDED else None,
            extended_until=date(2021, 10, 1) if number == _EXTENDED else None,
            broken_off=KnownDate("2019-07-01") if number == _BROKEN_OFF else None,
            since=KnownDate(since),
            illustrative=True,
        )
    for number, home, host, direction in (
        (531, "装备制造企业（示例）", association, across),
        (533, "研究所（示例）", association, across),
        (520, association, "大连市政府", across),
    ):
        yield SecondmentRecord(
            person=key_of(number),
            home=home,
            host=host,
            direction=direction,
            basis=SecondmentBasis.EXCHANGE,
            until=date(2020, 7, 1),
            since=KnownDate("2019-07-01"),
            illustrative=True,
        )
