"""The vocabulary of posts: titles, and since and until when each may be given (职务名称)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Title(StrEnum):
    """What the holder of a post is called (职务)."""

    CHAIR = "CHAIR"  # 主席
    VICE_CHAIR = "VICE_CHAIR"  # 副主席
    PRESIDENT = "PRESIDENT"  # 理事长
    VICE_PRESIDENT = "VICE_PRESIDENT"  # 副理事长
    SECRETARY_GENERAL = "SECRETARY_GENERAL"  # 秘书长
    DEPUTY_SECRETARY_GENERAL = "DEPUTY_SECRETARY_GENERAL"  # 副秘书长
    DIRECTOR = "DIRECTOR"  # 理事
    STANDING_DIRECTOR = "STANDING_DIRECTOR"  # 常务理事
    SUPERVISOR = "SUPERVISOR"  # 监事
    CHIEF_SUPERVISOR = "CHIEF_SUPERVISOR"  # 监事长
    DELEGATE = "DELEGATE"  # 代表
    MEMBER = "MEMBER"  # 委员
    STANDING_MEMBER = "STANDING_MEMBER"  # 常委
    PARTY_SECRETARY = "PARTY_SECRETARY"  # 书记
    PARTY_GROUP_MEMBER = "PARTY_GROUP_MEMBER"  # 党组成员
    DEPARTMENT_HEAD = "DEPARTMENT_HEAD"  # 部长
    DEPUTY_DEPARTMENT_HEAD = "DEPUTY_DEPARTMENT_HEAD"  # 副部长
    INSTRUCTOR = "INSTRUCTOR"  # 党建指导员
    LEADER = "LEADER"  # 组长
    LIAISON_LEADER = "LIAISON_LEADER"  # 分管、联系领导
    STAFF = "STAFF"  # 工作人员
    OTHER = "OTHER"  # 其他: the post's own name says what


class Usage(NamedTuple):
    """From which day a title may be given to a post, and until which, exclusive; None where it is open."""

    since: date | None = None
    until: date | None = None

    def covers(self, day: date) -> bool:
        """Say whether a post may be established with the title on ``day``."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


TITLES: dict[Title, Usage] = {title: Usage() for title in Title}
"""The dated list of titles. A post keeps its title when that goes out of use."""
