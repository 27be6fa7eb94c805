"""What an organization has on paper: registration, charter, staffing (登记、章程、编制)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import strawberry

from graphql_api.access import Right
from graphql_api.planner import mappings as m
from graphql_api.planner.declare import column, joined
from graphql_api.planner.mappings import papers as mp
from graphql_api.types.instrument import Instrument
from graphql_api.types.scalars import Position
from registry.organization.kinds import Establishment, LegalForm

if TYPE_CHECKING:
    from graphql_api.types.person import Person

_Person = Annotated["Person", strawberry.lazy("graphql_api.types.person")]
_OPEN = "Until when, exclusive; null when open. 失效日期。"
_SAYS_SO = "The event in the log that says so. 日志位置。"
_SOURCE = "The document that decided it. 依据文件。"


@strawberry.type(description="How an organization is registered as a legal person, during a period. 登记。")
class Registration:
    """A registration."""

    legal_form: LegalForm = column(description="What it is before the law. 法人类型。")
    authority: str | None = column(description="Who registers it, beside its supervisor. 登记管理机关。")
    certificate: str | None = column(description="The number of the certificate. 登记证号。")
    domicile: str | None = column(description="Where it is at home. 住所。")
    until: date | None = column(
        description="When the certificate ends, exclusive; null when open. 证书有效期。"
    )
    representative: _Person | None = joined(
        mp.REPRESENTATIVE, right=Right.PERSON, description="The legal representative. 法定代表人。"
    )
    representative_id: strawberry.ID | None = column(
        "{t}.representative", right=Right.PERSON, description="The record it names. 法定代表人编号。"
    )
    representative_name: str | None = column(
        mp.REPRESENTATIVE_NAME, right=Right.PERSON, description="Whose name. 法定代表人。"
    )
    valid_from: date = column(m.VALID_FROM, description="Since when it has been just so. 生效日期。")
    valid_to: date | None = column(m.VALID_TO, description=_OPEN)
    decided_by: Instrument | None = joined(m.DECIDED_BY, description=_SOURCE)
    position: Position = column(right=Right.RECORD, description=_SAYS_SO)


@strawberry.type(description="A version of a charter. 章程。")
class Charter:
    """A charter."""

    title: str = column(description="Its title. 标题。")
    adopted_on: date = column(description="When the congress adopted it. 通过日期。")
    approved_on: date | None = column(description="When it was approved; null if not so far. 核准日期。")
    sha256: str | None = column(description="SHA-256 of a scan. 扫描件摘要。")
    valid_from: date = column(mp.APPLIES_FROM, description="Since when it applies. 生效日期。")
    valid_to: date | None = column(m.VALID_TO, description=_OPEN)
    decided_by: Instrument | None = joined(m.DECIDED_BY, description=_SOURCE)
    position: Position = column(right=Right.RECORD, description=_SAYS_SO)


@strawberry.type(description="How many posts of a type are established. 编制数。")
class Quota:
    """A number of posts."""

    kind: Establishment = column(right=Right.RECORD, description="Of which type. 编制类型。")
    count: int = column(right=Right.RECORD, description="How many. 编制数。")


@strawberry.type(description="How many an organization may have and has, during a period. 编制与实有人数。")
class Staffing:
    """A staffing; null is what is not known."""

    establishment: list[Quota] = joined(
        mp.QUOTAS,
        right=Right.RECORD,
        description="Posts established, by type; none where that is not known. 编制。",
    )
    established: int | None = column(right=Right.RECORD, description="Posts established in all. 编制总数。")
    leadership_posts: int | None = column(right=Right.RECORD, description="Posts of leaders. 领导职数。")
    leaders: int | None = column(right=Right.RECORD, description="Leaders there are. 实配领导人数。")
    headcount: int | None = column(right=Right.RECORD, description="People there are. 实有人数。")
    over_strength: int | None = column(
        mp.OVER_STRENGTH,
        right=Right.RECORD,
        description="By how many it has more than established. 超编人数。",
    )
    over_leadership: int | None = column(
        mp.OVER_LEADERSHIP, right=Right.RECORD, description="By how many it has more leaders. 超职数。"
    )
    valid_from: date = column(
        m.VALID_FROM, right=Right.RECORD, description="Since when it has been just so. 生效日期。"
    )
    valid_to: date | None = column(m.VALID_TO, right=Right.RECORD, description=_OPEN)
    decided_by: Instrument | None = joined(m.DECIDED_BY, right=Right.RECORD, description=_SOURCE)
    position: Position = column(right=Right.RECORD, description=_SAYS_SO)
