"""Boards, members and papers of the invented societies: some keep every rule, some do not (学会)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from graphql_api.demo.crowd.people import DEAN, FRONT_LINE, OTHERS, Age, People, Work, key_of
from graphql_api.demo.records.membership import MembershipRecord, MembershipTransferRecord
from graphql_api.demo.records.organization import OrganizationRecord
from graphql_api.demo.records.papers import CharterRecord, RegistrationRecord
from graphql_api.demo.records.person import MergerRecord, PersonRecord
from graphql_api.demo.records.post import (
    AppointmentRecord,
    PostRecord,
    RosterLine,
    TermExtensionRecord,
    TermRecord,
)
from graphql_api.demo.strict import KnownDate, Record
from registry.appointment.kinds import Basis, Mode
from registry.membership.kinds import MemberClass, MembershipEnd
from registry.organization.kinds import Hierarchy, Kind, LegalForm
from registry.post.kinds import Title

_OTHER = OTHERS[2:]
"""Whoever leads an enterprise, a university, an institute, a hospital or a school."""


class Board(NamedTuple):
    """How a society is governed (治理结构).

    ``front`` of the ``council`` are on the front line, of ``unknown`` nobody knows where they work; so many
    of the ``standing`` council are its first members, of whom ``standing_front`` are on the front line.
    """

    society: str
    council: int = 0
    front: int = 0
    unknown: int = 0
    standing: int = 0
    standing_front: int = 0
    supervisors: int = 0
    opened: str = "2017-11-18"
    planned_end: date = date(2022, 11, 17)
    professional: bool = False
    aged_president: bool = False
    registered_until: date | None = date(2023, 6, 30)

    @property
    def name(self) -> str:
        """Its key without the mark that it is an example."""
        return self.society.removesuffix("（示例）")

    def body(self, subtype: str) -> str:
        """Return the key of one of its bodies."""
        return f"{self.name}{subtype}（示例）"


BOARDS = (
    Board("数学学会（示例）", 20, 16, standing=7, standing_front=5, supervisors=3, professional=True),
    Board("物理学会（示例）", 20, 15, standing=6, standing_front=4, supervisors=3),
    Board("化学化工学会（示例）", 20, 14, standing=7, standing_front=4, supervisors=3),
    Board(
        "海洋学会（示例）",
        18,
        14,
        standing=6,
        standing_front=3,
        opened="2015-10-17",
        planned_end=date(2019, 10, 16),
    ),
    Board(
        "农学会（示例）",
        16,
        13,
        standing=5,
        standing_front=4,
        supervisors=3,
        opened="2015-06-06",
        planned_end=date(2020, 6, 5),
    ),
    Board(
        "水产学会（示例）",
        16,
        11,
        supervisors=1,
        opened="2014-07-01",
        planned_end=date(2019, 6, 30),
        aged_president=True,
        registered_until=date(2020, 3, 31),
    ),
    Board("医学会（示例）", 24, 18, standing=9, standing_front=6, supervisors=3),
    Board("药学会（示例）", 16, 12, standing=5, standing_front=4),
    Board("机械工程学会（示例）", 24, 19, standing=9, standing_front=7, supervisors=3, professional=True),
    Board("计算机学会（示例）", 20, 14, unknown=2, standing=6, standing_front=5, supervisors=3),
)
"""Ten of the twelve societies; 15 of 20 and 18 of 24 are just three quarters, 4 of 6 just two thirds."""

_EMPTY = Board("造船工程学会（示例）")
"""Its council is set up, and nobody has been elected yet."""

_WITHOUT = Board("环境科学学会（示例）")
"""It has a secretariat and no board."""

_IN_FILES = frozenset(
    {"机械工程学会理事会（示例）", "机械工程学会监事会（示例）", "机械工程学会秘书处（示例）"}
)
"""Bodies that a data file has."""

_CONGRESS = BOARDS[8]
"""It has a congress of delegates of its members, who sit on the council for the most part."""

_FOUNDED = "2012"


def _numbers(board: Board) -> range:
    """Return the numbers of the people on the council and on the board of supervisors."""
    first = 1001 + 100 * BOARDS.index(board)
    return range(first, first + board.council + board.supervisors)


def units() -> Iterator[Record]:
    """Yield the bodies of the societies, and a branch (学会机构)."""
    for board in (*BOARDS, _EMPTY, _WITHOUT):
        subtypes = [("秘书处", True), ("理事会", board is not _WITHOUT)]
        subtypes += [("常务理事会", board.standing > 0), ("监事会", board.supervisors > 0)]
        for subtype, there in subtypes:
            key = board.body(subtype)
            if there and key not in _IN_FILES:
                yield _part(key, Kind.BODY, subtype, board)
    yield _part(_CONGRESS.body("会员代表大会"), Kind.BODY, "会员代表大会", _CONGRESS)
    yield _part("海洋生态专业委员会（示例）", Kind.BRANCH, "专业委员会", BOARDS[3])


def _part(key: str, kind: Kind, subtype: str, board: Board) -> OrganizationRecord:
    return OrganizationRecord(
        key=key,
        name=f"大连市{key}",
        kind=kind,
        subtype=subtype,
        under={Hierarchy.PART_OF: (board.society,)},
        since=KnownDate(_FOUNDED),
        illustrative=True,
    )


def people() -> Iterator[Record]:
    """Yield whoever sits on a board (理事、监事人选)."""
    invented = People()
    for board in BOARDS:
        for nth, number in enumerate(_numbers(board)):
            age = Age.YOUNG if nth % 3 == 0 else Age.OLDER
            if nth == board.council - 1 and board.aged_president:
                age = Age.AGED
            invented.add(number, _work(board, nth), age)
    yield from invented.records


def _work(board: Board, nth: int) -> Work | None:
    """Return the work of the nth: first those on the front line, then the unknown, then the others."""
    if nth < board.front:
        return FRONT_LINE[nth % len(FRONT_LINE)]
    if nth < board.front + board.unknown:
        return None
    if nth >= board.council:
        return FRONT_LINE[nth % 3]
    return DEAN if nth == board.council - 1 else _OTHER[nth % len(_OTHER)]


def boards() -> Iterator[Record]:
    """Yield posts, terms and appointments (职务、届与任职)."""
    for board in BOARDS:
        yield from _elected(board)
    congress = _CONGRESS.body("会员代表大会")
    yield _term(congress, _CONGRESS)
    yield _post(congress, Title.DELEGATE, "代表", 40, _CONGRESS.opened)
    yield from _sit(
        congress, "代表", (*_numbers(_CONGRESS)[: _CONGRESS.council], *range(371, 383)), _CONGRESS
    )
    yield _post(_EMPTY.body("理事会"), Title.DIRECTOR, "理事", 20, "2018-01-01")
    extended = BOARDS[3].body("理事会")
    yield TermExtensionRecord(
        term=f"{extended}/1",
        planned_end=date(2020, 10, 16),
        since=KnownDate("2019-09-20"),
        cites="延期换届批复（示例）",
        illustrative=True,
    )


def _elected(board: Board) -> Iterator[Record]:
    council = board.body("理事会")
    numbers = _numbers(board)
    directors, supervisors = numbers[: board.council], numbers[board.council :]
    yield _term(council, board)
    yield _post(council, Title.DIRECTOR, "理事", board.council + 1, board.opened)
    yield from _sit(council, "理事", directors, board)
    if board.standing:
        standing = board.body("常务理事会")
        front = directors[: board.standing_front]
        others = directors[board.council - (board.standing - board.standing_front) :]
        yield _term(standing, board)
        yield _post(standing, Title.STANDING_DIRECTOR, "常务理事", board.standing, board.opened)
        yield from _sit(standing, "常务理事", (*front, *others), board)
    yield from _officers(board, directors)
    if supervisors:
        watching = board.body("监事会")
        yield _term(watching, board)
        yield _post(watching, Title.CHIEF_SUPERVISOR, "监事长", 1, board.opened)
        yield from _sit(watching, "监事长", supervisors[:1], board)
        if supervisors[1:]:
            yield _post(watching, Title.SUPERVISOR, "监事", 4, board.opened)
            yield from _sit(watching, "监事", supervisors[1:], board)


def _officers(board: Board, directors: range) -> Iterator[Record]:
    """Yield the president, the vice-presidents and the secretary-general, elected with the council."""
    society, term = board.society, f"{board.body('理事会')}/1"
    for title, name, seats in (
        (Title.PRESIDENT, "理事长", 1),
        (Title.VICE_PRESIDENT, "副理事长", 5),
        (Title.SECRETARY_GENERAL, "秘书长", 1),
    ):
        yield _post(society, title, name, seats, board.opened)
    lines = [RosterLine(person=key_of(directors[-1]), post=f"{society}/理事长")]
    lines += [RosterLine(person=key_of(number), post=f"{society}/副理事长") for number in directors[1:4]]
    lines.append(
        RosterLine(
            person=key_of(directors[0]),
            post=f"{society}/秘书长",
            mode=Mode.FULL_TIME if board.professional else Mode.PART_TIME,
            basis=Basis.ENGAGED if board.professional else Basis.ELECTED,
            professional=board.professional,
        )
    )
    for line in lines:
        yield AppointmentRecord(line=line, term=term, since=KnownDate(board.opened), illustrative=True)


def _term(body: str, board: Board) -> TermRecord:
    return TermRecord(
        key=f"{body}/1",
        body=body,
        number=1,
        planned_end=board.planned_end,
        since=KnownDate(board.opened),
        illustrative=True,
    )


def _post(organization: str, title: Title, name: str, seats: int, since: str) -> PostRecord:
    return PostRecord(
        key=f"{organization}/{name}",
        organization=organization,
        title=title,
        seats=seats,
        elected=True,
        since=KnownDate(since),
        illustrative=True,
    )


def _sit(body: str, post: str, numbers: range | tuple[int, ...], board: Board) -> Iterator[Record]:
    for number in numbers:
        line = RosterLine(person=key_of(number), post=f"{body}/{post}")
        yield AppointmentRecord(line=line, term=f"{body}/1", since=KnownDate(board.opened), illustrative=True)


def papers() -> Iterator[Record]:
    """Yield registrations, one of them run out, and charters, some not approved yet (登记与章程)."""
    for nth, board in enumerate(BOARDS):
        yield RegistrationRecord(
            organization=board.society,
            legal_form=LegalForm.SOCIAL_ORGANIZATION,
            authority="大连市某登记管理机关（示例）",
            certificate=f"示例证字第{nth + 1:03}号",
            domicile="大连市某街道（示例）",
            representative=key_of(_numbers(board)[board.council - 1]),
            until=board.registered_until,
            since=KnownDate("2018-07-01"),
            illustrative=True,
        )
        adopted = KnownDate(board.opened)
        yield CharterRecord(
            organization=board.society,
            title=f"大连市{board.name}章程（示例）",
            adopted=adopted.day,
            approved=date(2018, 3, 1) if board.professional or nth % 4 else None,
            since=adopted,
            illustrative=True,
        )


_UNITS = ("装备制造企业（示例）", "研究所（示例）", "大学科协（示例）", "软件园区科协（示例）")
_CLASSES = (
    *(MemberClass.INDIVIDUAL, MemberClass.INDIVIDUAL, MemberClass.DISCIPLINE_LEADER),
    *(MemberClass.INDIVIDUAL, MemberClass.SENIOR_EXPERT, MemberClass.INDUSTRY_LEADER),
)
_JOINED = KnownDate("2017-03-01")


def members() -> Iterator[Record]:
    """Yield individual and unit members of societies, and societies as members of the association (会员)."""
    for nth, board in enumerate(BOARDS):
        directors = _numbers(board)[: board.council]
        others = [301 + (17 * nth + step) % 105 for step in range(20)]
        for index, number in enumerate((*directors, *others)):
            yield MembershipRecord(
                organization=board.society,
                person=key_of(number),
                member_class=_CLASSES[index % len(_CLASSES)],
                number=f"{nth + 1:02}{index + 1:04}",
                since=_JOINED,
                illustrative=True,
            )
        for unit in _UNITS[: 1 + nth % 4]:
            yield _corporate(board.society, unit, "2017-03-01")
    for board in (*BOARDS, _EMPTY, _WITHOUT):
        yield _corporate("大连市科协", board.society, "2013")
    yield _corporate("大连市科协", "人工智能社团（示例）", "2018-09-01")
    for unit in ("大学科协（示例）", "研究所科协（示例）", "理工大学科协（示例）", "海洋大学科协（示例）"):
        yield _corporate("高校科协联盟", unit, "2022-12")
    yield from _changes()


def _corporate(organization: str, unit: str, since: str) -> MembershipRecord:
    return MembershipRecord(
        organization=organization,
        unit=unit,
        member_class=MemberClass.CORPORATE,
        since=KnownDate(since),
        illustrative=True,
    )


def _changes() -> Iterator[Record]:
    """Yield a suspension, an end, an application, and a transfer."""
    mathematics, chemistry = BOARDS[0].society, BOARDS[2].society
    joining: dict[str, Any] = {
        "organization": mathematics,
        "since": KnownDate("2018-10-01"),
        "illustrative": True,
    }
    yield MembershipRecord(
        person=key_of(451),
        suspended=KnownDate("2019-01-01"),
        resumed=KnownDate("2019-07-01"),
        **joining,
    )
    yield MembershipRecord(person=key_of(452), ended=KnownDate("2020-01-01"), **joining)
    yield MembershipRecord(person=key_of(406), applied_only=True, **joining)
    yield MembershipRecord(
        person=key_of(407), ended=KnownDate("2019-12-31"), end_reason=MembershipEnd.LAPSED, **joining
    )
    moving = MembershipRecord(person=key_of(408), **joining)
    yield moving
    yield from _duplicate(chemistry)
    yield MembershipTransferRecord(
        membership=moving.place,
        organization=chemistry,
        since=KnownDate("2020-05-01"),
        illustrative=True,
    )


def _duplicate(society: str) -> Iterator[Record]:
    """Yield somebody whom a society registered once more under the same name, and that it is one person."""
    person = key_of(361)
    twice = f"{person}（重复）"
    since = KnownDate("2018-10-01")
    yield PersonRecord(key=twice, name=person, since=since, illustrative=True)
    yield MembershipRecord(organization=society, person=twice, since=since, illustrative=True)
    yield MergerRecord(person=twice, into=person, since=since, illustrative=True)
