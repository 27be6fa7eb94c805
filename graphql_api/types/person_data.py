"""What is held on one person (个人信息副本)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, cast
from uuid import UUID

import strawberry
from strawberry import UNSET
from strawberry.scalars import JSON
from strawberry.types import Info

from graphql_api.access import Right
from graphql_api.context import Context, raw_info, record_reading, require
from graphql_api.planner.declare import resolved, shown
from graphql_api.problems import invalid
from graphql_api.types.arguments import AsOf
from graphql_api.types.terms.access import AccessKind


@strawberry.type(description="Somebody whose data nothing calls for any more. 应清除的人员。")
class RetentionDue:
    """Who, why, and since when."""

    person: strawberry.ID = shown(right=Right.RESTRICTED, description="Whose data it is. 人员。")
    reason: str = shown(
        right=Right.RESTRICTED,
        description="DECEASED, or NO_TIES: no membership, post, employment, secondment or the like. 原因。",
    )
    since: date = shown(right=Right.RESTRICTED, description="Since when. 起始日期。")


@strawberry.type
class PersonDataQuery:
    """The root of what is held on people."""

    @resolved(
        right=Right.RESTRICTED,
        besides=Right.AUDIT,
        description="All that is held on a person: every event in clear, what is shown now, and who has read"
        " what is restricted of it; null for nobody. Needs the right to the log, too. 个人信息副本。",
    )
    async def personal_data(
        self,
        info: Info[Context, None],
        person: Annotated[strawberry.ID, strawberry.argument(description="Whose. 人员。")],
    ) -> JSON | None:
        """Collect it in one snapshot."""
        for right in (Right.RESTRICTED, Right.AUDIT):
            # What was once believed is part of the copy.
            require(info, right)
        try:
            identity = UUID(person)
        except ValueError:
            raise invalid("person", "it is no id", "编号有误", raw_info(info).field_nodes) from None
        held = await info.context.services.person_data.held_on(identity)
        whose = (identity,) if held is None else tuple(map(UUID, held["records"]))
        await record_reading(info, whose, AccessKind.PERSONAL_DATA)
        # A scalar of JSON is whatever JSON is made of.
        return cast("JSON | None", held)

    @resolved(
        right=Right.RESTRICTED,
        description="Who has been dead, or without ties, for as long as data is kept. 应清除的个人信息。",
    )
    async def retention_due(self, info: Info[Context, None], as_of: AsOf = UNSET) -> list[RetentionDue]:
        """List them, those first who have been due for longest."""
        require(info, Right.RESTRICTED)
        found = await info.context.services.person_data.due(as_of or info.context.today)
        await record_reading(info, [person for person, _, _ in found])
        return [RetentionDue(person=strawberry.ID(str(p)), reason=why, since=on) for p, why, on in found]
