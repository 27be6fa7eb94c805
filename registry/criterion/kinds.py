"""What a criterion, or a predicate of a rule, speaks of (口径对象)."""

from __future__ import annotations

from enum import StrEnum


class Subject(StrEnum):
    """What a predicate is about; a definition about people serves for holders and members, too."""

    PERSON = "PERSON"  # 人员
    HOLDER = "HOLDER"  # 任职人员: a person in a post
    MEMBER = "MEMBER"  # 会员
    ORGANIZATION = "ORGANIZATION"  # 组织
    MEASURE = "MEASURE"  # 改革措施

    def serves(self, other: Subject) -> bool:
        """Say whether a definition about this can be used in a predicate about ``other``."""
        return self is other or (self is Subject.PERSON and other in (Subject.HOLDER, Subject.MEMBER))
