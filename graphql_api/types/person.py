"""People: who they are, where they work, what distinguishes them (人员)."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import strawberry
from strawberry.types.unset import UNSET

from graphql_api.access import Right
from graphql_api.planner import mappings as m
from graphql_api.planner.declare import Worked, column, joined, planned
from graphql_api.planner.duplicates import duplicates_of, likely_duplicates
from graphql_api.planner.mappings import member as mm
from graphql_api.planner.mappings import person as pm
from graphql_api.planner.mappings import post as posts
from graphql_api.planner.roots import ENTITIES
from graphql_api.types.affiliation import Affiliation, Participation
from graphql_api.types.arguments import After, AsOf, First, Id, KnownAt
from graphql_api.types.instrument import Instrument
from graphql_api.types.membership import Membership
from graphql_api.types.node import Node, PageInfo
from graphql_api.types.organization import Lineage
from graphql_api.types.scalars import Position
from graphql_api.types.terms.person import Ground
from registry.person.kinds import Gender, Sector, StaffingMode, TitleLevel
from registry.time import Precision

if TYPE_CHECKING:
    from graphql_api.types.appointment import Appointment
    from graphql_api.types.organization import Organization

_Appointment = Annotated["Appointment", strawberry.lazy("graphql_api.types.appointment")]
_Organization = Annotated["Organization", strawberry.lazy("graphql_api.types.organization")]
_UNTIL = "Until when, exclusive; null when open. 终止日期。"
_SAYS_SO = "The event in the log that says so. 日志位置。"
_RECORD = "Which of the person's records says so. 所属记录编号。"


@strawberry.type(description="Where somebody works during a period. 任职。")
class Employment:
    """An employment."""

    employment: strawberry.ID = column(right=Right.PERSON, description="Its id. 任职编号。")
    record: strawberry.ID = column("{t}.person", right=Right.PERSON, description=_RECORD)
    employer: _Organization | None = joined(
        pm.EMPLOYER,
        right=Right.PERSON,
        description="The organization, if it is in the register; past ones as when it began. 任职单位。",
    )
    employer_name: str | None = column(
        pm.EMPLOYER_NAME, right=Right.PERSON, description="What the employer is called. 任职单位名称。"
    )
    sector: Sector = column(right=Right.PERSON, description="In which field that is. 所在领域。")
    title: str | None = column(right=Right.PERSON, description="What the person is there. 职务。")
    leading: bool | None = column(
        "{t}.leading_",
        right=Right.PERSON,
        description="Whether that is a position of leadership; null where not known. 是否领导职务。",
    )
    primary: bool = column(
        "{t}.primary_", right=Right.PERSON, description="Whether it is the main one. 是否主职。"
    )
    staffing: StaffingMode | None = column(right=Right.PERSON, description="On what footing. 用人方式。")
    valid_from: date = column(
        m.VALID_FROM, right=Right.PERSON, description="Since when it is just so. 起始日期。"
    )
    valid_to: date | None = column(m.VALID_TO, right=Right.PERSON, description=_UNTIL)
    position: Position = column(right=Right.PERSON, description=_SAYS_SO)


@strawberry.type(description="A professional title of somebody. 职称。")
class ProfessionalTitle:
    """A title."""

    name: str = column(right=Right.PERSON, description="Its name, such as 研究员. 名称。")
    level: TitleLevel = column(right=Right.PERSON, description="Its level. 级别。")
    valid_from: date = column(m.VALID_FROM, right=Right.PERSON, description="Since when. 取得日期。")
    valid_to: date | None = column(m.VALID_TO, right=Right.PERSON, description=_UNTIL)
    position: Position = column(right=Right.PERSON, description=_SAYS_SO)


@strawberry.type(description="An award of somebody. 奖励。")
class Award:
    """An award."""

    name: str = column(right=Right.PERSON, description="Its name. 名称。")
    grantor: str | None = column(right=Right.PERSON, description="Who granted it. 授奖单位。")
    granted_on: date = column(m.VALID_FROM, right=Right.PERSON, description="When. 授奖日期。")
    position: Position = column(right=Right.PERSON, description=_SAYS_SO)


@strawberry.type(
    description="What was believed of who somebody is: valid in a period, known in another. 个人信息沿革。"
)
class PersonBelief:
    """Particulars during a period."""

    record: strawberry.ID = column("{t}.person", right=Right.PERSON, description=_RECORD)
    name: str = column(right=Right.PERSON, description="The name then. 姓名。")
    gender: Gender | None = column(right=Right.RESTRICTED, description="Gender. 性别。")
    birth_date: date | None = column(right=Right.RESTRICTED, description="The day of birth. 出生日期。")
    birth_precision: Precision = column(
        right=Right.RESTRICTED, description="How exactly that is known. 日期精度。"
    )
    identity_number: str | None = column(
        right=Right.RESTRICTED, description="The citizen's identity number. 公民身份号码。"
    )
    phone: str | None = column(right=Right.RESTRICTED, description="A telephone number. 电话。")
    email: str | None = column(right=Right.RESTRICTED, description="An e-mail address. 电子邮箱。")
    valid_from: date = column(m.VALID_FROM, right=Right.PERSON, description="Since when. 起始日期。")
    valid_to: date | None = column(m.VALID_TO, right=Right.PERSON, description=_UNTIL)
    recorded_from: datetime = column(
        m.RECORDED_FROM, right=Right.PERSON, description="Since when this is believed. 登记时刻。"
    )
    recorded_to: datetime | None = column(
        m.RECORDED_TO,
        right=Right.PERSON,
        description="Until when it was believed; null when it still is. 更正时刻。",
    )
    position: Position = column(right=Right.PERSON, description=_SAYS_SO)


@strawberry.type(
    description="A person as of a date, by one of several records at times: what is shown is of all. 人员。"
)
class Person(Node):
    """A person."""

    name: str | None = column(
        pm.NAME, right=Right.PERSON, description="The name; null when it was erased. 姓名。"
    )
    gender: Gender | None = column(
        pm.particular("gender"), right=Right.RESTRICTED, description="Gender. 性别。"
    )
    birth_date: date | None = column(
        pm.particular("birth_date"), right=Right.RESTRICTED, description="The day of birth. 出生日期。"
    )
    birth_precision: Precision | None = column(
        pm.particular("birth_precision"),
        right=Right.RESTRICTED,
        description="How exactly that is known. 出生日期精度。",
    )
    identity_number: str | None = column(
        pm.particular("identity_number"),
        right=Right.RESTRICTED,
        description="The citizen's identity number. 公民身份号码。",
    )
    phone: str | None = column(
        pm.particular("phone"), right=Right.RESTRICTED, description="A telephone number. 电话。"
    )
    email: str | None = column(
        pm.particular("email"), right=Right.RESTRICTED, description="An e-mail address. 电子邮箱。"
    )
    illustrative: bool = column(right=Right.PERSON, description="Made up for the demonstration. 示例。")
    deceased: bool = column(right=Right.PERSON, description="Whether the person is dead. 已去世。")
    employments: list[Employment] = joined(
        pm.EMPLOYMENTS,
        right=Right.PERSON,
        description="Where the person works, the main one first. 任职。",
    )
    employment_history: list[Employment] = joined(
        pm.EMPLOYMENT_HISTORY,
        right=Right.PERSON,
        description="Wherever the person has worked or will, by date. 任职经历。",
    )
    primary_employment: Employment | None = joined(
        pm.PRIMARY_EMPLOYMENT,
        right=Right.PERSON,
        description="The main employment, of several the one that began last. 主职。",
    )
    titles: list[ProfessionalTitle] = joined(
        pm.TITLES, right=Right.PERSON, description="Professional titles, by date. 职称。"
    )
    disciplines: list[str] = column(
        pm.DISCIPLINES, right=Right.PERSON, description="Codes of GB/T 13745, the main one first. 学科。"
    )
    appointments: list[_Appointment] = joined(
        posts.OF_PERSON,
        right=Right.PERSON,
        description="Every post held until then, by date, also what is over. 历任职务。",
    )
    awards: list[Award] = joined(pm.AWARDS, right=Right.PERSON, description="Awards, by date. 奖励。")
    memberships: list[Membership] = joined(
        mm.MEMBERSHIPS_OF_PERSON,
        right=Right.RECORD,
        description="What the person is a member of or has applied to. 会员资格。",
    )
    affiliation: Affiliation | None = joined(
        mm.AFFILIATION_OF_PERSON, right=Right.RESTRICTED, description="The Party affiliation. 组织关系。"
    )
    participations: list[Participation] = joined(
        mm.PARTICIPATIONS_OF_PERSON,
        right=Right.RESTRICTED,
        description="In which Party organizations the person takes part. 参加。",
    )
    merged_into: Person | None = joined(
        pm.MERGED_INTO,
        right=Right.PERSON,
        description="The record that stands for the person, if not this one. 并入的人员记录。",
    )
    aliases: list[Person] = joined(
        pm.ALIASES,
        right=Right.PERSON,
        description="The records that were merged into this one. 已并入的记录。",
    )
    valid_from: date = column(
        m.VALID_FROM, right=Right.PERSON, description="Since when the person is known. 登记日期。"
    )
    valid_to: date | None = column(m.VALID_TO, right=Right.PERSON, description=_UNTIL)
    decided_by: Instrument | None = joined(
        m.DECIDED_BY, right=Right.PERSON, description="The document that it goes by. 依据文件。"
    )
    position: Position = column(right=Right.PERSON, description=_SAYS_SO)

    @planned(
        Worked(duplicates_of),
        right=Right.PERSON,
        description="Who may be the same person, most likely ones first. 疑似重复。",
    )
    def likely_duplicates(self) -> list[LikelyDuplicate]:
        """Warn."""
        raise NotImplementedError

    @planned(
        pm.HISTORY,
        right=Right.PERSON,
        description="Names and particulars as known; for auditors, with beliefs, what was believed. 沿革。",
    )
    def history(self, *, beliefs: bool = False) -> list[PersonBelief]:
        """Tell its timeline."""
        raise NotImplementedError


@strawberry.type(description="A record that may be of the same person. 疑似重复。")
class LikelyDuplicate:
    """Who, and why."""

    person: Person = column(right=Right.PERSON, description="Who may be the same. 人员。")
    grounds: list[Ground] = column(right=Right.PERSON, description="Why, the strongest first. 疑似依据。")


@strawberry.type(description="A person on a page. 人员分页项。")
class PersonEdge:
    """A person and where they stand."""

    cursor: str = column(right=Right.PERSON, description="Where it stands in the list. 游标。")
    node: Person = column(right=Right.PERSON, description="The person. 人员。")


@strawberry.type(description="A page of people. 人员分页。")
class PersonConnection:
    """People as a list."""

    edges: list[PersonEdge] = column(
        right=Right.PERSON, description="The people with their cursors. 分页项。"
    )
    nodes: list[Person] = column(right=Right.PERSON, description="The people. 人员。")
    page_info: PageInfo = column(right=Right.PERSON, description="Where the page stands. 分页信息。")
    total_count: int = column(right=Right.PERSON, description="How many fit the filter. 总数。")


@strawberry.input(description="Conditions that all hold; each person is listed once. 人员筛选。")
class PersonFilter:
    """Which people."""

    text: str | None = strawberry.field(
        default=UNSET,
        description="Words that the name holds, in characters, pinyin or initials. 姓名、拼音或首字母。",
    )
    sectors: list[Sector] | None = strawberry.field(
        default=UNSET, description="In which fields their main employers are. 所在领域。"
    )
    employer: strawberry.ID | None = strawberry.field(
        default=UNSET, description="Who employs them. 任职单位。"
    )
    employer_under: Lineage | None = strawberry.field(
        default=UNSET,
        description="What employs them, or what stands above that at any depth. 任职单位所属。",
    )
    discipline: str | None = strawberry.field(
        default=UNSET, description="With what a discipline's code of GB/T 13745 begins. 学科。"
    )
    title_levels: list[TitleLevel] | None = strawberry.field(
        default=UNSET, description="The levels of their titles. 职称级别。"
    )
    award: str | None = strawberry.field(default=UNSET, description="The name of an award. 奖励。")
    deceased: bool | None = strawberry.field(default=UNSET, description="Whether they are dead. 已去世。")
    illustrative: bool | None = strawberry.field(
        default=UNSET, description="Made up for the demonstration. 示例。"
    )
    alive_on: date | None = strawberry.field(
        default=UNSET, description="Known and alive on another day. 在世日期。"
    )


@strawberry.enum(description="By what people are sorted; ids break ties. 人员排序。")
class PersonOrder(StrEnum):
    """The order of people."""

    NAME = "NAME"
    VALID_FROM = "VALID_FROM"


@strawberry.type
class PersonQuery:
    """What can be asked of people."""

    @planned(ENTITIES["Person"], right=Right.PERSON, description="One person, by id. 查人员。")
    def person(self, *, id: Id, as_of: AsOf = UNSET, known_at: KnownAt = UNSET) -> Person | None:
        """Find one person."""
        raise NotImplementedError

    @planned(pm.PEOPLE, right=Right.PERSON, description="People, a page at a time. 人员列表。")
    def people(  # noqa: PLR0913 - the arguments are the interface's
        self,
        *,
        first: First,
        after: After = UNSET,
        filter: PersonFilter | None = UNSET,  # noqa: A002 - the name clients use
        order_by: PersonOrder = PersonOrder.NAME,
        as_of: AsOf = UNSET,
        known_at: KnownAt = UNSET,
    ) -> PersonConnection:
        """Page through people."""
        raise NotImplementedError

    @planned(
        likely_duplicates,
        right=Right.PERSON,
        description="Who may be the one told of, most likely ones first: ask before registering. 疑似重复。",
    )
    def likely_duplicates(  # noqa: PLR0913 - the arguments are the interface's
        self,
        *,
        name: Annotated[str | None, strawberry.argument(description="The name, now or once. 姓名。")] = UNSET,
        birth_date: Annotated[
            date | None, strawberry.argument(description="The day of birth, to who may see it. 出生日期。")
        ] = UNSET,
        birth_precision: Annotated[
            Precision, strawberry.argument(description="How exactly that is known. 出生日期精度。")
        ] = Precision.DAY,
        identity_number: Annotated[
            str | None,
            strawberry.argument(description="The identity number, to who may see it. 公民身份号码。"),
        ] = UNSET,
        employer: Annotated[
            strawberry.ID | None, strawberry.argument(description="Who employs them. 任职单位。")
        ] = UNSET,
        employer_name: Annotated[
            str | None, strawberry.argument(description="What the employer is called. 任职单位名称。")
        ] = UNSET,
        as_of: AsOf = UNSET,
        known_at: KnownAt = UNSET,
    ) -> list[LikelyDuplicate]:
        """Warn."""
        raise NotImplementedError
