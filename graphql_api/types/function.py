"""Functions and who is charged with them (职能)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import strawberry

from graphql_api.planner import mappings as m
from graphql_api.planner.declare import PLAN, RIGHT, Right, column, joined
from graphql_api.types.instrument import Instrument
from graphql_api.types.answered import answered
from graphql_api.types.node import Node, PageInfo
from graphql_api.types.scalars import Position

@strawberry.type(description="A function during a period. 职能在一段时间内的情况。")
class FunctionBelief:
    """What was believed of a function: valid during a period, known during another."""

    name: str = column()
    emphasized: bool = column()
    retired: bool = column()
    valid_from: date = column(m.VALID_FROM)
    valid_to: date | None = column(m.VALID_TO)
    recorded_from: datetime = column(m.RECORDED_FROM)
    recorded_to: datetime | None = column(m.RECORDED_TO)
    position: Position = column()


@strawberry.type(description="Who held a function during a period. 职能承担情况。")
class Holding:
    """A holder during a period."""

    holder: Annotated[Organization, strawberry.lazy("graphql_api.types.organization")] | None = joined(m.HOLDER_THEN)
    valid_from: date = column(m.VALID_FROM)
    valid_to: date | None = column(m.VALID_TO)
    position: Position = column(right=Right.RECORD)


@strawberry.type(description="What an organization is charged with. 职能。")
class Function(Node):
    """A function, as of a date."""

    name: str = column()
    description: str | None = column()
    emphasized: bool = column(description="Stressed or strengthened by a decision. 突出、强化。")
    unspecified: bool = column(description="A remainder that the source does not list. 未列名。")
    illustrative: bool = column(description="Made up for the demonstration. 示例。")
    retired: bool = column()
    orphaned: bool = column(m.ORPHANED, description="Nobody is charged with it. 无承接单位。")
    holder: Annotated[Organization, strawberry.lazy("graphql_api.types.organization")] | None = joined(m.HOLDER)
    holdings: list[Holding] = joined(m.HOLDINGS, description="Everybody who was ever charged with it, by date.")
    valid_from: date = column(m.VALID_FROM)
    valid_to: date | None = column(m.VALID_TO)
    decided_by: Instrument | None = joined(m.DECIDED_BY)
    position: Position = column(right=Right.RECORD)

    @strawberry.field(
        metadata={PLAN: m.FUNCTION_HISTORY, RIGHT: Right.RECORD},
        description="Its timeline as known; with beliefs, also what was believed before.",
    )
    def history(self, beliefs: bool = False) -> list[FunctionBelief]:
        """Its timeline."""
        return answered(self)


@strawberry.type
class FunctionEdge:
    """A function on a page."""

    cursor: str = column()
    node: Function = column()


@strawberry.type
class FunctionConnection:
    """A page of functions."""

    edges: list[FunctionEdge] = column()
    nodes: list[Function] = column()
    page_info: PageInfo = column()
    total_count: int = column()


@strawberry.input(description="Which functions. 职能筛选。")
class FunctionFilter:
    """Conditions that all hold."""

    holder: strawberry.ID | None = strawberry.UNSET
    orphaned: bool | None = strawberry.UNSET
    name_contains: str | None = strawberry.UNSET
