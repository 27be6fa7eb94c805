"""What an operator allows in general (访问策略)."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Whom(StrEnum):
    """Who may do something (对象)."""

    EVERYBODY = "everybody"  # 任何人
    KNOWN = "known"  # 已登录者
    NOBODY = "nobody"  # 无人


class Policy(Struct, frozen=True):
    """Who may ask what the schema holds, and whether documents have to be registered (访问策略)."""

    introspection: Whom = Whom.EVERYBODY
    trusted_only: bool = False
