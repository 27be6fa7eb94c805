"""What a verification finds, in both languages (核验结论)."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Fault(StrEnum):
    """What can be wrong with a log (问题类别)."""

    ALTERED = "ALTERED"  # 被改动
    MISSING = "MISSING"  # 缺失
    REORDERED = "REORDERED"  # 次序变动
    TREE = "TREE"  # 树与事件不符
    ROOT = "ROOT"  # 与早先检查点不符
    SIGNATURE = "SIGNATURE"  # 签名不符
    UNREADABLE = "UNREADABLE"  # 无法读取


_WORDS: dict[Fault, tuple[str, str]] = {
    Fault.ALTERED: ("position {position} was altered", "位置 {position} 被改动"),
    Fault.MISSING: ("position {position} is missing", "位置 {position} 缺失"),
    Fault.REORDERED: ("position {position} is out of order", "位置 {position} 次序变动"),
    Fault.TREE: ("the tree does not fit the events", "树与事件不符"),
    Fault.ROOT: ("the log does not continue the checkpoint", "日志与检查点不符"),
    Fault.SIGNATURE: ("the checkpoint is not signed by the known key", "检查点不是由已知密钥签名"),
    Fault.UNREADABLE: ("this cannot be read", "无法读取"),
}


class Finding(NamedTuple):
    """One thing that is wrong; ``position`` where there is one (发现)."""

    fault: Fault
    position: int | None
    english: str
    chinese: str

    def __str__(self) -> str:
        """Return a line for people."""
        english, chinese = (text.format(position=self.position) for text in _WORDS[self.fault])
        return f"✗ {english}: {self.english}\n  {chinese}：{self.chinese}"


class Verdict(NamedTuple):
    """What came of a verification: how many events were read, their root, and what is wrong (结论)."""

    size: int
    root: bytes
    findings: tuple[Finding, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings

    @property
    def position(self) -> int | None:
        """The first position that is wrong."""
        return min((one.position for one in self.findings if one.position is not None), default=None)
