"""The vocabulary of appointments: how one holds a post, by what right, why one no longer does (任职用语)."""

from __future__ import annotations

from enum import StrEnum


class Mode(StrEnum):
    """How the holder serves (任职方式)."""

    FULL_TIME = "FULL_TIME"  # 专职
    PART_TIME = "PART_TIME"  # 兼职
    SECONDED = "SECONDED"  # 挂职


class Basis(StrEnum):
    """By what right somebody holds a post (任职依据)."""

    ELECTED = "ELECTED"  # 选举
    APPOINTED = "APPOINTED"  # 任命
    CO_OPTED = "CO_OPTED"  # 增补
    ENGAGED = "ENGAGED"  # 聘任
    RECOMMENDED = "RECOMMENDED"  # 举荐
    EX_OFFICIO = "EX_OFFICIO"  # 当然任职


class EndReason(StrEnum):
    """Why somebody no longer holds a post (离任原因)."""

    TERM_ENDED = "TERM_ENDED"  # 届满
    RESIGNED = "RESIGNED"  # 辞职
    DISMISSED = "DISMISSED"  # 免职
    RECALLED = "RECALLED"  # 罢免、撤换
    TRANSFERRED = "TRANSFERRED"  # 调离
    RETIRED = "RETIRED"  # 退休
    DECEASED = "DECEASED"  # 去世
    POST_ABOLISHED = "POST_ABOLISHED"  # 职务撤销
    EXPIRED = "EXPIRED"  # 聘期已满
    OTHER = "OTHER"  # 其他
