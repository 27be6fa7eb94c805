"""What came of an import, for people and for programs (导入结果)."""

from __future__ import annotations

from enum import StrEnum
from typing import Any
from uuid import UUID

from msgspec import Struct

from graphql_api.imports.rows import Fault
from graphql_api.imports.wrong import code_of, words_of


class State(StrEnum):
    """How an import ended (导入状态)."""

    RECORDED = "RECORDED"  # 已入账
    UNCHANGED = "UNCHANGED"  # 无变化: the register says all of it already
    DECIDED = "DECIDED"  # 试算通过: it would be recorded
    REFUSED = "REFUSED"  # 未导入: there are errors, nothing is recorded
    STOPPED = "STOPPED"  # 中止: what is recorded stays; the same file goes on, or the import is reversed
    REVERSED = "REVERSED"  # 已撤回


class Outcome(Struct, frozen=True, kw_only=True):
    """What an import came to (导入结果).

    ``commands`` is what the file asks for beyond what the register believes, ``recorded`` what was carried
    out of it. ``skipped`` rows have errors and were left out.
    """

    import_id: UUID
    state: State
    rows: int = 0
    commands: int = 0
    recorded: int = 0
    skipped: int = 0
    first_position: int | None = None
    last_position: int | None = None
    faults: tuple[Fault, ...] = ()
    cut_short: bool = False

    @property
    def told(self) -> dict[str, Any]:
        """The outcome as JSON holds it; every error with its cell and its words in both languages."""
        return {
            "importId": str(self.import_id),
            "state": str(self.state),
            "rows": self.rows,
            "commands": self.commands,
            "recorded": self.recorded,
            "skipped": self.skipped,
            "firstPosition": self.first_position,
            "lastPosition": self.last_position,
            "errorsCutShort": self.cut_short,
            "errors": [_told(fault) for fault in self.faults],
        }


def cell_name(fault: Fault) -> str:
    """Return the cell as spreadsheets name it, such as C7; a whole row by its number."""
    place = fault.place
    return f"{'' if place.column is None else letters(place.column)}{place.row}"


def letters(column: int) -> str:
    """Return the letters of a column that is counted from 0."""
    name = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _told(fault: Fault) -> dict[str, Any]:
    words = words_of(fault.problem)
    return {
        "sheet": fault.place.sheet,
        "row": fault.place.row,
        "column": None if fault.place.column is None else letters(fault.place.column),
        "cell": cell_name(fault),
        "code": code_of(fault.problem),
        "message": words.english,
        "messageZh": words.chinese,
        "advice": words.advice_english,
        "adviceZh": words.advice_chinese,
    }
