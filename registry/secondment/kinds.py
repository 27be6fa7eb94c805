"""The vocabulary of secondments (挂职、交流类别)."""

from __future__ import annotations

from enum import StrEnum


class Direction(StrEnum):
    """Which way a person goes (方向)."""

    UP = "UP"  # 上挂
    DOWN = "DOWN"  # 下派
    LATERAL = "LATERAL"  # 平级


class SecondmentBasis(StrEnum):
    """In which form (形式)."""

    SECONDMENT = "SECONDMENT"  # 挂职
    EXCHANGE = "EXCHANGE"  # 交流
