"""Scalars of the schema (标量)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any, NewType

import strawberry
from graphql import GraphQLError
from starlette.datastructures import UploadFile

from graphql_api.problems import Problem, invalid, problem

Position = NewType("Position", int)
"""A place in the log: a whole number up to 2^63, larger than GraphQL's Int."""

Upload = NewType("Upload", UploadFile)
"""A file that came with the request."""

_LARGEST = 2**63 - 1
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_DATETIME = re.compile(
    r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?(?P<zone>[Zz]|[+-]\d\d:\d\d)?", re.ASCII
)


def _text(value: object) -> object:
    """Return what the answer holds; what the database gave is text already."""
    return value.isoformat() if isinstance(value, date | datetime) else value


def _parse_date(value: object) -> date:
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    shown = repr(value)[:50]
    raise invalid("Date", f"{shown} is no date such as 2018-06-01", f"{shown} 不是日期，应如 2018-06-01")


def _parse_datetime(value: object) -> datetime:
    """Return the instant in UTC; without a zone nobody knows which instant is meant."""
    shown = repr(value)[:50]
    found = _DATETIME.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        sample = "2018-06-01T08:00:00+08:00"
        raise invalid(
            "DateTime", f"{shown} is no instant such as {sample}", f"{shown} 不是时刻，应如 {sample}"
        )
    if not found["zone"]:
        raise invalid("DateTime", f"{shown} needs a zone, such as +08:00", f"{shown} 缺少时区，例如 +08:00")
    try:
        return datetime.fromisoformat(found[0].upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        raise invalid("DateTime", f"{shown} is not on the calendar", f"{shown} 不在历法之内") from None


def _parse_position(value: object) -> Position:
    text = value if isinstance(value, str) and value.isascii() and value.isdecimal() else None
    number = value if isinstance(value, int) and not isinstance(value, bool) else text
    if number is None or not 0 <= int(number) <= _LARGEST:
        shown = repr(value)[:50]
        raise invalid("Position", f"{shown} is no position in the log", f"{shown} 不是日志位置")
    return Position(int(number))


def _parse_upload(value: object) -> Upload:
    if not isinstance(value, UploadFile):
        raise no_file()
    return Upload(value)


def no_file() -> GraphQLError:
    """Return the error for a request that says something where a file belongs."""
    return problem(
        Problem.INVALID_UPLOAD,
        problem="A file is expected, which neither JSON nor a document can hold",
        chinese="此处应为文件，JSON 与查询文档均不能携带文件",
    )


def _never_told(_: object) -> object:
    message = "a file is never part of an answer"
    raise TypeError(message)


SCALARS: dict[object, Any] = {
    Position: strawberry.scalar(
        name="Position",
        description="A place in the log, from 1 without gaps; a whole number of up to 63 bits. 日志位置。",
        serialize=int,
        parse_value=_parse_position,
    ),
    Upload: strawberry.scalar(
        name="Upload",
        description="A file, sent as multipart/form-data with null in its place. 上传的文件。",
        specified_by_url="https://github.com/jaydenseric/graphql-multipart-request-spec",
        serialize=_never_told,
        parse_value=_parse_upload,
    ),
    date: strawberry.scalar(
        name="Date",
        description="A civil date in China, as in 2018-06-01. 日期。",
        specified_by_url="https://www.rfc-editor.org/rfc/rfc3339",
        serialize=_text,
        parse_value=_parse_date,
    ),
    datetime: strawberry.scalar(
        name="DateTime",
        description="An instant with its zone, as in 2018-06-01T08:00:00+08:00. 时刻。",
        specified_by_url="https://www.rfc-editor.org/rfc/rfc3339",
        serialize=_text,
        parse_value=_parse_datetime,
    ),
}
