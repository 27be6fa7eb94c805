"""How far societies are covered by Party organizations and by Party work (党的组织和工作覆盖)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import strawberry
from strawberry.types.unset import UNSET

from graphql_api.planner.coverage import party_coverage
from graphql_api.planner.declare import column, planned
from graphql_api.types.arguments import AsOf, KnownAt
from graphql_api.types.enums import Kind
from graphql_api.types.organization import Organization


@strawberry.type(description="Party organizations of one form, such as 联合党支部. 党组织形式。")
class PartyForm:
    """A form, and how many there are."""

    form: str | None = column(description="Their subtype; null where none is recorded. 形式。")
    organizational: bool = column(
        description="Whether they are organizations; 党建指导员 give work coverage only. 是否为组织覆盖。"
    )
    organizations: int = column(description="How many cover some society, each once. 党组织数。")
    societies: int = column(description="How many societies they cover, each once. 覆盖学会数。")


@strawberry.type(description="A society, and how it is covered. 学会覆盖情况。")
class SocietyCoverage:
    """A society."""

    society: Organization = column(description="The society. 学会。")
    organizational: bool = column(description="Whether a Party organization covers it. 组织覆盖。")
    work: bool = column(description="Whether one does, or an instructor in or for it. 工作覆盖。")
    party_organizations: list[Organization] = column(description="Who covers it. 覆盖的党组织。")


@strawberry.type(description="Coverage of the active societies that an association supervises. 党建覆盖。")
class PartyCoverage:
    """The coverage and the pair of times it holds for."""

    as_of: date = column(description="The day that it is of. 基准日期。")
    known_at: datetime = column(
        description="The belief that it is of: the last one at that instant. 认知时刻。"
    )
    total: int = column(description="How many societies there are. 学会总数。")
    organizational: int = column(
        description="How many a Party organization covers, a joint one each of its own. 组织覆盖数。"
    )
    work: int = column(description="How many that does, or an instructor alone. 工作覆盖数。")
    organizational_share: str | None = column(
        description="The exact share, such as 3/5; null without societies. 组织覆盖率。"
    )
    work_share: str | None = column(
        description="The exact share, such as 4/5; null without societies. 工作覆盖率。"
    )
    forms: list[PartyForm] = column(description="The Party organizations by form. 按形式统计。")
    societies: list[SocietyCoverage] = column(description="Each society, by name. 各学会。")
    organizationally_covered: list[Organization] = column(
        description="Whom a Party organization covers. 组织覆盖的学会。"
    )
    work_covered: list[Organization] = column(
        description="Whom a Party organization or an instructor covers. 工作覆盖的学会。"
    )
    uncovered: list[Organization] = column(description="Whom neither covers. 未覆盖的学会。")


@strawberry.type
class CoverageQuery:
    """The root of coverage."""

    @planned(
        party_coverage,
        description="Coverage by Party organizations and by Party work, by one belief. 党建覆盖。",
    )
    def party_coverage(
        self,
        *,
        root_: Annotated[
            strawberry.ID | None,
            strawberry.argument(
                name="root",
                description="Who supervises the societies; the municipal association if left out. 业务主管。",
            ),
        ] = UNSET,
        kinds: Annotated[
            list[Kind], strawberry.argument(description="Which kinds count as societies. 组织类别。")
        ] = [Kind.SOCIETY],  # noqa: B006 - never changed; the schema shows it
        as_of: AsOf = UNSET,
        known_at: KnownAt = UNSET,
    ) -> PartyCoverage:
        """Count and list the societies."""
        raise NotImplementedError
