"""Scalars and enumerations of the schema (标量与枚举)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NewType

import strawberry

from registry.dispositions import Action as RegistryAction
from registry.organization import kinds
from registry.reorganization.state import Stage as RegistryStage
from registry.time import Precision as RegistryPrecision

Position = NewType("Position", int)
"""A place in the log: a whole number up to 2^63, larger than GraphQL's Int."""


def _text(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


SCALARS: dict[object, Any] = {
    Position: strawberry.scalar(
        name="Position",
        description="A place in the log, from 1 without gaps. 日志位置。",
        serialize=int,
        parse_value=int,
    ),
    date: strawberry.scalar(
        name="Date",
        description="A civil date in China, ISO 8601. 日期。",
        specified_by_url="https://www.rfc-editor.org/rfc/rfc3339",
        serialize=_text,
        parse_value=date.fromisoformat,
    ),
    datetime: strawberry.scalar(
        name="DateTime",
        description="An instant with its zone, ISO 8601. 时刻。",
        specified_by_url="https://www.rfc-editor.org/rfc/rfc3339",
        serialize=_text,
        parse_value=datetime.fromisoformat,
    ),
}

Kind = strawberry.enum(kinds.Kind, name="OrganizationKind", description="组织类别")
Status = strawberry.enum(kinds.Status, name="OrganizationStatus", description="状态")
Tier = strawberry.enum(kinds.Tier, description="层级")
Base = strawberry.enum(kinds.Base, description="基层科协所在")
Formation = strawberry.enum(kinds.Formation, description="组建方式")
Hierarchy = strawberry.enum(kinds.Hierarchy, description="隶属关系")
Precision = strawberry.enum(RegistryPrecision, name="DatePrecision", description="日期精度")
Action = strawberry.enum(RegistryAction, name="DispositionAction", description="处置方式")
Stage = strawberry.enum(RegistryStage, name="ReorganizationStage", description="机构改革阶段")

ENUMS: tuple[Any, ...] = tuple(
    getattr(kind, "__strawberry_definition__")  # noqa: B009 - the attribute is Strawberry's and untyped
    for kind in (Kind, Status, Tier, Base, Formation, Hierarchy, Precision, Action, Stage)
)
"""The definitions of the registry's enumerations."""
