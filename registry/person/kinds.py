"""The vocabulary of people (人员类别)."""

from __future__ import annotations

from enum import StrEnum


class Gender(StrEnum):
    """Gender as the identity card says it (性别, GB/T 2261.1); left open when it is not known."""

    MALE = "MALE"  # 男
    FEMALE = "FEMALE"  # 女
