"""What can be wrong with a file to import, or with a cell of it (导入问题).

What the register refuses has a code of its own, see :mod:`registry.errors`; these are about how it is
written.
"""

from __future__ import annotations

from enum import StrEnum

from graphql_api.problems import Words
from registry.errors import Refusal


class Wrong(StrEnum):
    """Every reason for which a file, a sheet or a cell cannot be taken in."""

    FILE_TOO_LARGE = "FILE_TOO_LARGE"
    TOO_MANY_ROWS = "TOO_MANY_ROWS"
    UNKNOWN_FORMAT = "UNKNOWN_FORMAT"
    UNKNOWN_ENCODING = "UNKNOWN_ENCODING"
    UNREADABLE_FILE = "UNREADABLE_FILE"
    UNPACKS_TOO_LARGE = "UNPACKS_TOO_LARGE"
    UNKNOWN_KIND = "UNKNOWN_KIND"
    NO_ROWS = "NO_ROWS"
    UNKNOWN_COLUMN = "UNKNOWN_COLUMN"
    DUPLICATE_COLUMN = "DUPLICATE_COLUMN"
    MISSING_COLUMN = "MISSING_COLUMN"
    REQUIRED = "REQUIRED"
    NOT_A_DATE = "NOT_A_DATE"
    NOT_AN_OPTION = "NOT_AN_OPTION"
    NOT_A_NUMBER = "NOT_A_NUMBER"
    NOT_A_FLAG = "NOT_A_FLAG"
    NOT_TEXT = "NOT_TEXT"
    ROUNDED_NUMBER = "ROUNDED_NUMBER"
    FORMULA = "FORMULA"
    STRAY_CELL = "STRAY_CELL"
    NO_SUCH_ROW = "NO_SUCH_ROW"
    AMBIGUOUS = "AMBIGUOUS"
    DUPLICATE_ROW = "DUPLICATE_ROW"
    CIRCLE = "CIRCLE"
    ENDS_BEFORE_IT_BEGINS = "ENDS_BEFORE_IT_BEGINS"
    GAP = "GAP"
    FIXED = "FIXED"
    NOT_THERE = "NOT_THERE"
    DEFECT = "DEFECT"


WORDS: dict[Wrong, Words] = {
    Wrong.FILE_TOO_LARGE: Words(
        "The file is larger than {megabytes} MB.",
        "文件超过 {megabytes} MB。",
        "Split it, or raise KEXIE_IMPORT_MEGABYTES.",
        "请拆分文件，或调高 KEXIE_IMPORT_MEGABYTES。",
    ),
    Wrong.TOO_MANY_ROWS: Words(
        "The file has more than {rows} rows.",
        "文件超过 {rows} 行。",
        "Split it, or raise KEXIE_IMPORT_ROWS.",
        "请拆分文件，或调高 KEXIE_IMPORT_ROWS。",
    ),
    Wrong.UNKNOWN_FORMAT: Words(
        "The file {name} is neither .csv nor .xlsx nor .jsonl.",
        "文件 {name} 不是 .csv、.xlsx 或 .jsonl。",
        "Save it as an Excel workbook (.xlsx), as CSV or as JSON lines.",
        "请另存为 Excel 工作簿（.xlsx）、CSV 或 JSON Lines。",
    ),
    Wrong.UNKNOWN_ENCODING: Words(
        "The text is neither UTF-8 nor GB18030: it cannot be read from byte {byte} on.",
        "文本既不是 UTF-8 也不是 GB18030：自第 {byte} 字节起无法读取。",
        "Save it as CSV UTF-8 in the spreadsheet program, or convert it to UTF-8.",
        "请在表格软件中另存为“CSV UTF-8”，或转换为 UTF-8 编码。",
    ),
    Wrong.UNREADABLE_FILE: Words(
        "The file cannot be read: {problem}.",
        "文件无法读取：{problem}。",
        "Open it in a spreadsheet program and save it again without password and macros.",
        "请用表格软件打开并重新保存，勿设密码和宏。",
    ),
    Wrong.UNPACKS_TOO_LARGE: Words(
        "The workbook unpacks to more than {megabytes} MB, or asks for more memory or time than it may have.",
        "工作簿解压后超过 {megabytes} MB，或占用的内存、时间超出上限。",
        "Delete empty rows and columns that are formatted, and split it; or save it as CSV.",
        "请删除带格式的空行空列并拆分文件，或另存为 CSV。",
    ),
    Wrong.UNKNOWN_KIND: Words(
        "{name} is no kind of row that can be imported.",
        "{name} 不是可导入的类别。",
        "Name the sheet, or --kind, by one of: {kinds}; a sheet whose name begins with # is passed over.",
        "请将工作表或 --kind 命名为以下之一：{kinds}；名称以 # 开头的工作表会被跳过。",
    ),
    Wrong.NO_ROWS: Words(
        "The file has no row to import.",
        "文件中没有可导入的行。",
        "Begin with the template: kexie import --template FILE.",
        "请从模板开始填写：kexie import --template FILE。",
    ),
    Wrong.UNKNOWN_COLUMN: Words(
        "There is no column {name} here.",
        "此处没有“{name}”这一栏。",
        "Name it as the template does, or put # before the name to have it passed over.",
        "请按模板命名；若无需导入，请在栏名前加 #。",
    ),
    Wrong.DUPLICATE_COLUMN: Words(
        "The column {name} is there twice.",
        "“{name}”一栏重复。",
        "Delete one of them.",
        "请删除其中一栏。",
    ),
    Wrong.MISSING_COLUMN: Words(
        "The column {name} is missing.",
        "缺少“{name}”一栏。",
        "Add it, as the template has it.",
        "请按模板补上该栏。",
    ),
    Wrong.REQUIRED: Words(
        "{name} is missing.",
        "缺少“{name}”。",
        "Fill it in.",
        "请填写。",
    ),
    Wrong.NOT_A_DATE: Words(
        "{value} is no day of the calendar.",
        "“{value}”不是有效日期。",
        "Write 2018-05-01, or 2018-05 or 2018 where no more is known.",
        "请写作 2018-05-01；只知年月或年份时写作 2018-05 或 2018。",
    ),
    Wrong.NOT_AN_OPTION: Words(
        "{value} is none of the words for {name}.",
        "“{value}”不是“{name}”的可选值。",
        "Write one of: {options}.",
        "请填写以下之一：{options}。",
    ),
    Wrong.NOT_A_NUMBER: Words(
        "{value} is no whole number.",
        "“{value}”不是整数。",
        "Write digits alone.",
        "请只填数字。",
    ),
    Wrong.NOT_A_FLAG: Words(
        "{value} is neither yes nor no.",
        "“{value}”既不是“是”也不是“否”。",
        "Write 是 or 否, yes or no.",
        "请填“是”或“否”。",
    ),
    Wrong.NOT_TEXT: Words(
        "{value} is no text that {name} could be.",
        "“{value}”不能作为“{name}”。",
        "Write it as text.",
        "请以文本填写。",
    ),
    Wrong.ROUNDED_NUMBER: Words(
        "The number has more digits than a spreadsheet keeps: the last ones are lost.",
        "数字超出表格可保留的位数，末尾数字已丢失。",
        "Format the column as text, and write the number again.",
        "请将该栏设为文本格式后重新填写。",
    ),
    Wrong.FORMULA: Words(
        "The cell begins like a formula.",
        "单元格以公式开头。",
        "Write what it comes to: copy, then paste as values.",
        "请填写结果本身：复制后选择性粘贴为数值。",
    ),
    Wrong.STRAY_CELL: Words(
        "There is something beyond the last column that has a name.",
        "最后一个有栏名的列之外仍有内容。",
        "Give the column a name, or empty the cell.",
        "请补上栏名，或清空该单元格。",
    ),
    Wrong.NO_SUCH_ROW: Words(
        "No {noun} {value} is in the register or in a sound row of this file.",
        "登记系统与本文件的有效行中都没有{noun} {value}。",
        "Compare it with the code there; mend the row that defines it, if that has an error.",
        "请核对代码；若定义它的行有误，请先更正该行。",
    ),
    Wrong.AMBIGUOUS: Words(
        "More than one {noun} is {value}.",
        "{noun} {value} 不止一个。",
        "Write the id that the register shows instead.",
        "请改填登记系统显示的系统编号。",
    ),
    Wrong.DUPLICATE_ROW: Words(
        "Row {row} says something else of the same day.",
        "第 {row} 行对同一日期另有说法。",
        "Keep one of the two rows.",
        "请只保留其中一行。",
    ),
    Wrong.CIRCLE: Words(
        "It stands under itself: {path}.",
        "上级关系成环：{path}。",
        "Correct one of the superiors.",
        "请更正其中一个上级。",
    ),
    Wrong.ENDS_BEFORE_IT_BEGINS: Words(
        "It ends on {end}, and begins on {start} only.",
        "终止日期 {end} 不晚于生效日期 {start}。",
        "The end is the first day on which it is no longer so: write a later day.",
        "终止日期是不再有效的第一天，请填写更晚的日期。",
    ),
    Wrong.GAP: Words(
        "It ends on {end}, and row {row} goes on from {start}.",
        "本行终止于 {end}，而第 {row} 行自 {start} 起继续。",
        "Leave the end of this row empty, or let it be the day on which the next begins.",
        "请将本行终止日期留空，或填为下一行的生效日期。",
    ),
    Wrong.FIXED: Words(
        "{name} is {known} in the register, or in another row, and never becomes something else.",
        "登记系统或另一行中“{name}”为 {known}，不能改变。",
        "Say the same in every row of this code, or use another code.",
        "请在同一代码的各行中保持一致，或使用其他代码。",
    ),
    Wrong.NOT_THERE: Words(
        "{noun} {value} is not there on {date}.",
        "{noun} {value} 在 {date} 不存在。",
        "Look at its dates in the register.",
        "请在登记系统中核对其起止日期。",
    ),
    Wrong.DEFECT: Words(
        "The row could not be decided: this is a defect of the program.",
        "无法判定该行：这是程序缺陷。",
        "Report it with the row.",
        "请连同该行一并报告。",
    ),
}


class WrongError(Exception):
    """A file, or the cell of a row in ``column``, is ``wrong``; ``details`` fill its words."""

    def __init__(self, wrong: Wrong, column: str | None = None, **details: object) -> None:
        """Keep what is wrong, and where."""
        super().__init__(wrong)
        self.wrong = wrong
        self.column = column
        self.details = {name: str(value) for name, value in details.items()}

    @property
    def words(self) -> Words:
        """The sentences and the advice, filled."""
        return Words(*(text.format_map(self.details) for text in WORDS[self.wrong]))

    def __str__(self) -> str:
        """Return both sentences and both pieces of advice."""
        return "\n".join(self.words)


def words_of(problem: WrongError | Refusal) -> Words:
    """Return the words of whatever is wrong."""
    if isinstance(problem, WrongError):
        return problem.words
    return Words(problem.english, problem.chinese, problem.advice_english, problem.advice_chinese)


def code_of(problem: WrongError | Refusal) -> str:
    """Return the code of whatever is wrong."""
    return str(problem.wrong if isinstance(problem, WrongError) else problem.code)
