"""``kexie export``: registers written out from the command line (命令行导出)."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, BinaryIO
from uuid import UUID

from cyclopts import Parameter
from graphql import GraphQLError

from graphql_api.access import Role, Viewer
from graphql_api.accesses import by_machine
from graphql_api.app import Registry
from graphql_api.command_line import DatabaseUrl, DataDir, database_of, settings_from
from graphql_api.execution import core_of
from graphql_api.exports.question import Asked, question_of
from graphql_api.exports.routes import day_of, instant_of
from graphql_api.exports.writing import ENCODINGS, Format, Language, Origin, Style
from graphql_api.imports.columns import Kind
from graphql_api.logs import configure_logs
from graphql_api.schema import build_schema
from graphql_api.settings import Settings
from graphql_api.types.terms.access import AccessKind
from registry.time import civil_date

KindName = Annotated[Kind, Parameter(help="Which register, such as people. 登记类别。")]
AsOfDay = Annotated[str | None, Parameter(help="Of which day, by default today. 基准日期。")]
KnownAtInstant = Annotated[str | None, Parameter(help="By what was known when. 认知时刻。")]
Out = Annotated[Path | None, Parameter(help="Where to, - for standard output. 输出文件。")]


def export_register(  # noqa: PLR0913 - each is an option of the command line
    kind: KindName,
    *,
    as_of: AsOfDay = None,
    known_at: KnownAtInstant = None,
    format: Annotated[Format, Parameter(help="csv, xlsx, jsonl or parquet. 格式。")] = Format.CSV,  # noqa: A002 - the name of the option
    out: Annotated[Out, Parameter(allow_leading_hyphen=True)] = None,
    root: Annotated[UUID | None, Parameter(help="Below which organization. 根组织。")] = None,
    language: Annotated[Language, Parameter(help="Headings: zh or en. 语言。")] = Language.ZH,
    encoding: Annotated[str, Parameter(help="Of CSV: utf-8, utf-8-bom, gb18030. 编码。")] = "utf-8",
    without_ids: Annotated[bool, Parameter(help="For another register. 不含系统编号。", negative=())] = False,
    database_url: DatabaseUrl = None,
    data_dir: DataDir = None,
) -> None:
    """Write a register out as a file that can be imported again (导出登记)."""
    if encoding not in ENCODINGS:
        sys.exit(f"--encoding is one of {', '.join(ENCODINGS)} (编码有误)")
    settings = settings_from(database_url=database_url, data_dir=data_dir)
    configure_logs(settings)
    try:
        today = civil_date(datetime.now(UTC))
        asked = Asked(kind, day_of(as_of) or today, instant_of(known_at), root, not without_ids)
        path = out or Path(f"{kind}-{asked.as_of}.{format}")
        with database_of(settings) as url, _opened(path) as target:
            run = _run(url, settings, asked, (format, Style(language, encoding)), target)
            origin, count = asyncio.run(run)
    except GraphQLError as error:
        extensions = error.extensions or {}
        sys.exit(f"{extensions.get('code')}: {error.message} {extensions.get('messageZh', '')}")
    except OSError as error:
        sys.exit(f"{error.strerror or error} (无法写出或无法访问数据库)")
    told = ", ".join(f"{name.removeprefix('kexie-')} {text}" for name, text in origin.told.items() if text)
    sys.stderr.write(f"{path}: {count} rows (行), {told}\n")


async def _run(
    url: str, settings: Settings, asked: Asked, how: tuple[Format, Style], target: BinaryIO
) -> tuple[Origin, int]:
    registry = Registry(url, settings)
    await registry.open()
    try:
        # Whoever runs the command has the database itself: it is recorded under the machine's user.
        machine = by_machine(AccessKind.REPORT_FILE)
        viewer = Viewer.of(Role.AUDITOR, machine.actor)
        await registry.exporter.begun(viewer.name, asked)
        schema = core_of(build_schema())
        question = question_of(schema, asked, viewer, civil_date(datetime.now(UTC)))
        return await registry.exporter.write(asked, question, *how, target)
    finally:
        await registry.close()


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file that nobody else may read: it holds personal data perhaps.

    It takes its name when it is whole: what fails leaves an earlier file as it was, and none otherwise.
    """
    if path == Path("-"):
        with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as target:
            yield target
        return
    path = path.resolve()
    if path.exists() and not path.is_file():
        # A pipe or a device is written to; a file in its place would be another thing.
        with path.open("wb") as target:
            yield target
        return
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with open(part, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as target:
            yield target
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
