"""Who knew what, and when (认知沿革): beliefs about an entity, and how two of them differ."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import strawberry
from strawberry.scalars import JSON
from strawberry.types.unset import UNSET

from graphql_api.access import Right
from graphql_api.planner import mappings as m
from graphql_api.planner.beliefs import belief_changes
from graphql_api.planner.declare import column, planned, worked
from graphql_api.planner.knowledge import (
    belief_difference,
    changed_by,
    events_of,
    knowledge,
    known_since,
    rows_at,
)
from graphql_api.types.arguments import AsOf, First, Id, KnownAt, Root
from graphql_api.types.audit import AuditEvent
from graphql_api.types.chart import ChangeSet
from graphql_api.types.scalars import Position

_SEALED = """CASE WHEN {t}.sealed THEN '{{"sealed": true}}'::jsonb ELSE {t}.%s END"""
"""A value, or for those who may not see sensitive data, that there is one."""

_MODEL = "The table that says it, such as organization or relation. 登记表。"
_KEY = "Which of the entity's rows in that table, when it may have several. 行标识。"
_FIELD = "What of it, as the field is called in this schema. 字段。"

Earlier = Annotated[
    datetime, strawberry.argument(name="from", description="The instant of one belief. 原认知时刻。")
]
Later = Annotated[datetime, strawberry.argument(description="The instant of the other. 现认知时刻。")]


@strawberry.type(description="Something that was believed of an entity for a time. 所知事实。")
class KnownRow:
    """A row of its timeline."""

    model: str = column(right=Right.AUDIT, description=_MODEL)
    key: JSON = column(_SEALED % "key", right=Right.AUDIT, description=_KEY)
    values: JSON = column(_SEALED % "said", right=Right.AUDIT, description="What is so. 内容。")
    valid_from: date | None = column(
        m.VALID_FROM, right=Right.AUDIT, description="The first day on which it is so. 生效日期。"
    )
    valid_to: date | None = column(
        m.VALID_TO, right=Right.AUDIT, description="The first day on which it is no more. 失效日期。"
    )


@strawberry.type(description="A field of which two beliefs say different things. 字段变化。")
class FieldChange:
    """A field, by one belief and by another."""

    model: str = column(right=Right.AUDIT, description=_MODEL)
    key: JSON = column(_SEALED % "key", right=Right.AUDIT, description=_KEY)
    field: str = column(right=Right.AUDIT, description=_FIELD)
    before: JSON | None = column(
        _SEALED % "before", right=Right.AUDIT, description="What was believed; null for nothing. 原值。"
    )
    after: JSON | None = column(
        _SEALED % "after", right=Right.AUDIT, description="What is believed; null for nothing. 现值。"
    )


@strawberry.type(description="What the registry came to believe of an entity at an instant. 认知。")
class Belief:
    """A belief, and what brought it."""

    recorded_at: datetime = column(right=Right.AUDIT, description="Since when it is held. 登记时刻。")
    position: Position = column(
        right=Right.AUDIT, description="The last event of the entity that it knows. 日志位置。"
    )
    events: list[AuditEvent] = worked(
        events_of("recorded_at"), right=Right.AUDIT, description="What brought it: who, what, why. 登记事件。"
    )
    adopted: list[KnownRow] = worked(
        rows_at("lower"),
        right=Right.AUDIT,
        description="What is believed from then on, of any day. 新认定的事实。",
    )
    withdrawn: list[KnownRow] = worked(
        rows_at("upper"),
        right=Right.AUDIT,
        description="What was believed until then, of any day. 不再认定的事实。",
    )
    changed: list[FieldChange] = worked(
        changed_by,
        right=Right.AUDIT,
        description="How it differs from the belief before it about the day asked about. 当日字段变化。",
    )


@strawberry.type(description="Something believed of a day, and since when it has been. 何时得知。")
class KnownField:
    """A field of an entity."""

    model: str = column(right=Right.AUDIT, description=_MODEL)
    key: JSON = column(_SEALED % "key", right=Right.AUDIT, description=_KEY)
    field: str = column(right=Right.AUDIT, description=_FIELD)
    value: JSON = column(_SEALED % "value", right=Right.AUDIT, description="What is believed. 值。")
    valid_from: date | None = column(
        m.VALID_FROM, right=Right.AUDIT, description="The first day on which it is so. 生效日期。"
    )
    valid_to: date | None = column(
        m.VALID_TO, right=Right.AUDIT, description="The first day on which it is no more. 失效日期。"
    )
    known_since: datetime = column(
        right=Right.AUDIT,
        description="The instant since which this has been believed of that day, without a break. 得知时刻。",
    )
    events: list[AuditEvent] = worked(
        events_of("known_since"), right=Right.AUDIT, description="What made it known. 登记事件。"
    )


@strawberry.type(description="What two beliefs say differently of one day. 认知之间的变化。")
class BeliefChanges:
    """The difference, and what made it."""

    as_of: date = column(description="The day that both are about. 基准日期。")
    from_: datetime = column(name="from", description="The instant of one belief. 原认知时刻。")
    to: datetime = column(description="The instant of the other. 现认知时刻。")
    changes: ChangeSet = column(description="What differs, as between two days. 变化。")
    events: list[AuditEvent] = column(
        right=Right.AUDIT,
        description="The events between them that had a part in it: of whom they say another name, place,"
        " holder or existence on that day. 造成变化的事件。",
    )


@strawberry.type
class KnowledgeQuery:
    """The roots of beliefs."""

    @planned(
        knowledge,
        right=Right.AUDIT,
        description="What was believed of an entity, belief after belief, the first one first. 认知沿革。",
    )
    def knowledge(
        self,
        *,
        id: Id,
        first: First,
        after: Annotated[
            datetime | None,
            strawberry.argument(description="Only beliefs that came after this instant. 晚于该时刻。"),
        ] = UNSET,
        as_of: AsOf = UNSET,
    ) -> list[Belief]:
        """Tell who knew what, and when."""
        raise NotImplementedError

    @planned(
        known_since,
        right=Right.AUDIT,
        description="Since when each thing believed of an entity on a day has been believed. 何时得知。",
    )
    def known_since(self, *, id: Id, as_of: AsOf = UNSET, known_at: KnownAt = UNSET) -> list[KnownField]:
        """Tell since when it was known."""
        raise NotImplementedError

    @planned(
        belief_difference,
        right=Right.AUDIT,
        description="What two beliefs say differently of an entity on one day, field by field. 认知差异。",
    )
    def belief_difference(
        self, *, id: Id, from_: Earlier, to: Later, as_of: AsOf = UNSET
    ) -> list[FieldChange]:
        """Compare two beliefs about one entity."""
        raise NotImplementedError

    @planned(belief_changes, description="What two beliefs say differently of one day. 认知之间的变化。")
    def belief_changes(
        self, *, from_: Earlier, to: Later, as_of: AsOf = UNSET, root_: Root = UNSET
    ) -> BeliefChanges:
        """Compare two beliefs, about the whole register or what is part of ``root`` by either."""
        raise NotImplementedError
