"""What came of a file that was imported (导入结果)."""

from __future__ import annotations

from typing import Annotated

import strawberry

from graphql_api.access import Right
from graphql_api.imports.outcome import Outcome, State, cell_name, letters
from graphql_api.imports.rows import Fault
from graphql_api.imports.wrong import WrongError, code_of, words_of
from graphql_api.planner.declare import shown
from graphql_api.types import enums as _enums  # noqa: F401 - enumerations must be known before types show them
from graphql_api.types.scalars import Position

ERRORS = 1_000
"""Errors that an answer tells at most; the report of ``POST /import`` has them all."""


@strawberry.type(description="An error in a cell or a row of a file. 导入错误。")
class ImportFault:
    """Where it is, what it is, and what to do."""

    sheet: str = shown(right=Right.WRITE, description="The sheet, or the kind of the rows. 工作表。")
    row: int = shown(right=Right.WRITE, description="The line, from 1, as spreadsheets count. 行号。")
    column: str | None = shown(
        right=Right.WRITE, description="The letters of the column; null for a whole row. 列。"
    )
    cell: str = shown(right=Right.WRITE, description="The cell, such as C7. 单元格。")
    code: str = shown(right=Right.WRITE, description="A code of docs/import.md, or of docs/errors.md. 代码。")
    message: str = shown(right=Right.WRITE, description="What is wrong, in English. 英文说明。")
    message_zh: str = shown(right=Right.WRITE, description="What is wrong, in Chinese. 错误说明。")
    advice: str = shown(right=Right.WRITE, description="What to do, in English. 英文建议。")
    advice_zh: str = shown(right=Right.WRITE, description="What to do, in Chinese. 处理建议。")


@strawberry.type(description="What an import came to. 导入结果。")
class ImportOutcome:
    """How much of a file was recorded, and what is wrong with the rest."""

    import_id: strawberry.ID = shown(
        right=Right.WRITE, description="The import; by this it is taken back. 导入编号。"
    )
    state: State = shown(right=Right.WRITE, description="How it ended. 导入状态。")
    rows: int = shown(right=Right.WRITE, description="Rows read. 行数。")
    commands: int = shown(
        right=Right.WRITE, description="What the file asks for beyond what is believed. 命令数。"
    )
    recorded: int = shown(right=Right.WRITE, description="How many of them were recorded. 入账命令数。")
    skipped: int = shown(right=Right.WRITE, description="Rows left out for their errors. 跳过行数。")
    first_position: Position | None = shown(
        right=Right.WRITE, description="The first event recorded; null if none was. 首个日志位置。"
    )
    last_position: Position | None = shown(
        right=Right.WRITE, description="The last event recorded; null if none was. 日志位置。"
    )
    errors: list[ImportFault] = shown(
        right=Right.WRITE, description="What is wrong, the first 1,000 in the order of the file. 错误。"
    )
    error_count: int = shown(right=Right.WRITE, description="How many errors were found. 错误数。")
    errors_cut_short: bool = shown(
        right=Right.WRITE, description="Whether there may be more than were looked for. 错误未尽列。"
    )


@strawberry.type(description="The file cannot be read at all; nothing was recorded. 文件无法读取。")
class FileRefused:
    """Why, in both languages, and what to do."""

    code: str = shown(right=Right.WRITE, description="Why: a code of docs/import.md. 代码。")
    message: str = shown(right=Right.WRITE, description="Why, in English. 英文说明。")
    message_zh: str = shown(right=Right.WRITE, description="Why, in Chinese. 拒绝原因。")
    advice: str = shown(right=Right.WRITE, description="What to do, in English. 英文建议。")
    advice_zh: str = shown(right=Right.WRITE, description="What to do, in Chinese. 处理建议。")


ImportResult = Annotated[
    ImportOutcome | FileRefused,
    strawberry.union("ImportResult", description="What came of a file. 导入文件的结果。"),
]


def outcome_of(outcome: Outcome) -> ImportOutcome:
    """Return what an import came to, as the schema shows it."""
    first, last = outcome.first_position, outcome.last_position
    return ImportOutcome(
        import_id=strawberry.ID(str(outcome.import_id)),
        state=outcome.state,
        rows=outcome.rows,
        commands=outcome.commands,
        recorded=outcome.recorded,
        skipped=outcome.skipped,
        first_position=None if first is None else Position(first),
        last_position=None if last is None else Position(last),
        errors=[_error(fault) for fault in outcome.faults[:ERRORS]],
        error_count=len(outcome.faults),
        errors_cut_short=outcome.cut_short,
    )


def _error(fault: Fault) -> ImportFault:
    words, place = words_of(fault.problem), fault.place
    return ImportFault(
        sheet=place.sheet,
        row=place.row,
        column=None if place.column is None else letters(place.column),
        cell=cell_name(fault),
        code=code_of(fault.problem),
        message=words.english,
        message_zh=words.chinese,
        advice=words.advice_english,
        advice_zh=words.advice_chinese,
    )


def unread(wrong: WrongError) -> FileRefused:
    """Return why a file cannot be read."""
    words = wrong.words
    return FileRefused(
        code=str(wrong.wrong),
        message=words.english,
        message_zh=words.chinese,
        advice=words.advice_english,
        advice_zh=words.advice_chinese,
    )
