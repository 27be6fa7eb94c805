"""The terms of the access log (查阅记录用语)."""

from __future__ import annotations

from enum import StrEnum


class AccessKind(StrEnum):
    """By which door restricted data was read or given out (查阅方式)."""

    QUERY = "QUERY"
    MUTATION = "MUTATION"
    SUBSCRIPTION = "SUBSCRIPTION"
    PERSONAL_DATA = "PERSONAL_DATA"
    REPORT_FILE = "REPORT_FILE"
    LOG_ENTRIES = "LOG_ENTRIES"
    PERSON_EXPORT = "PERSON_EXPORT"
    LOG_EXPORT = "LOG_EXPORT"


SHOWN: dict[type[StrEnum], tuple[str, str]] = {
    AccessKind: ("AccessKind", "By which door restricted data was read or given out. 查阅方式。"),
}

TERMS: tuple[tuple[StrEnum, str], ...] = (
    (AccessKind.QUERY, "A query asked for it. 查询。"),
    (AccessKind.MUTATION, "The answer to a command showed it. 变更的答复。"),
    (AccessKind.SUBSCRIPTION, "A subscription to the log delivered it. 订阅。"),
    (AccessKind.PERSONAL_DATA, "The copy that is a person's due, over the API. 个人信息副本（接口）。"),
    (AccessKind.REPORT_FILE, "A report as a file, whether or not it holds restricted data. 报表文件。"),
    (AccessKind.LOG_ENTRIES, "Entries of the log as files, sealed as they stand. 日志条目文件。"),
    (AccessKind.PERSON_EXPORT, "The copy, from the command line. 个人信息副本（命令行）。"),
    (
        AccessKind.LOG_EXPORT,
        "The whole log, from the command line, sealed as it is. 日志导出（命令行）。",
    ),
)
