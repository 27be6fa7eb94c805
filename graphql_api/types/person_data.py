"""What is held on one person (个人信息副本)."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import strawberry
from strawberry.scalars import JSON
from strawberry.types import Info

from graphql_api.access import Right
from graphql_api.context import Context, raw_info, require
from graphql_api.planner.declare import resolved
from graphql_api.problems import invalid


@strawberry.type
class PersonDataQuery:
    """The root of what is held on people."""

    @resolved(
        right=Right.RESTRICTED,
        description="All that is held on a person: every event in clear, and what is shown now;"
        " null for nobody. 个人信息副本。",
    )
    async def personal_data(
        self,
        info: Info[Context, None],
        person: Annotated[strawberry.ID, strawberry.argument(description="Whose. 人员。")],
    ) -> JSON | None:
        """Collect it in one snapshot."""
        require(info, Right.RESTRICTED)
        try:
            identity = UUID(person)
        except ValueError:
            raise invalid("person", "it is no id", "编号有误", raw_info(info).field_nodes) from None
        found: JSON | None = await info.context.services.person_data.held_on(identity)
        return found
