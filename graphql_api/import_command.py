"""``kexie import``: files taken in from the command line (命令行导入)."""

from __future__ import annotations

import asyncio
import getpass
import json
import os
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, BinaryIO
from uuid import UUID

import uvloop
from cyclopts import Parameter

from graphql_api.app import Registry
from graphql_api.command_line import DatabaseUrl, DataDir, database_of, settings_from
from graphql_api.imports.headers import kind_of
from graphql_api.imports.importer import Asked, Importer
from graphql_api.imports.outcome import Outcome, State, cell_name
from graphql_api.imports.progress import Bar
from graphql_api.imports.reading import Limits, lines_of
from graphql_api.imports.report import annotate
from graphql_api.imports.rows import default_day
from graphql_api.imports.template import write_template
from graphql_api.imports.wrong import WrongError, words_of
from graphql_api.logs import configure_logs
from graphql_api.serving import quiet_collector
from graphql_api.settings import Settings
from registry.time import civil_date

_SHOWN = 20
_CACHED_EVENTS = 20_000
"""What is imported is hardly asked for again: a server keeps ten times as many events in memory."""

_FINE = frozenset({State.RECORDED, State.UNCHANGED, State.DECIDED, State.REVERSED})

File = Annotated[Path | None, Parameter(help="A .csv, .xlsx or .jsonl file. 待导入的文件。")]
KindName = Annotated[str | None, Parameter(help="What its rows are, such as people. 行的类别。")]
DryRun = Annotated[bool, Parameter(help="Decide all of it, record nothing. 仅试算。", negative=())]
EffectiveOn = Annotated[str | None, Parameter(help="The day of rows that give none. 默认生效日期。")]
SkipErrors = Annotated[bool, Parameter(help="Record what is sound. 跳过有误的行。", negative=())]
Source = Annotated[str, Parameter(help="The list that its codes belong to. 代码所属来源。")]
Report = Annotated[Path | None, Parameter(help="Where the annotated copy goes. 批注副本。")]
Skipped = Annotated[Path | None, Parameter(help="Where rows with errors go, to be mended. 有误的行。")]
Json = Annotated[
    Path | None, Parameter(help="Where the report for programs goes, - to print it. JSON 报告。")
]
Template = Annotated[Path | None, Parameter(help="Write a workbook to begin with, and stop. 输出模板。")]
Reverse = Annotated[UUID | None, Parameter(help="Retract all of this import instead. 撤回该次导入。")]
Actor = Annotated[str | None, Parameter(help="In whose name. 提交者。")]


def import_file(  # noqa: PLR0913 - each is an option of the command line
    file: File = None,
    *,
    kind: KindName = None,
    dry_run: DryRun = False,
    effective_on: EffectiveOn = None,
    skip_errors: SkipErrors = False,
    source: Source = "import",
    report: Report = None,
    skipped: Skipped = None,
    json_report: Annotated[Json, Parameter(name="--json", allow_leading_hyphen=True)] = None,
    template: Template = None,
    reverse: Reverse = None,
    actor: Actor = None,
    database_url: DatabaseUrl = None,
    data_dir: DataDir = None,
) -> None:
    """Take in organizations, people and what ties them from a file (批量导入)."""
    if template is not None:
        with template.open("wb") as target:
            write_template(target)
        return
    settings = settings_from(database_url=database_url, data_dir=data_dir)
    configure_logs(settings)
    who = actor or f"cli:{getpass.getuser()}"
    if reverse is not None:
        _finish(
            _run(settings, lambda importer: _reversed(importer, reverse, who, dry_run=dry_run)), json_report
        )
        return
    if file is None:
        sys.exit("name a file, or --template FILE (请指定文件，或 --template)")
    try:
        asked = Asked(
            name=file.name,
            actor=who,
            kind=None if kind is None else kind_of(kind),
            day=None if effective_on is None else default_day(effective_on),
            source=source,
            dry_run=dry_run,
            skip_errors=skip_errors,
        )
        with file.open("rb") as opened:
            outcome = _run(settings, lambda importer: importer.run(opened, asked, Bar(sys.stderr)))
            _write_reports(opened, asked, outcome, settings, report, skipped)
    except ConnectionError as error:
        sys.exit(
            f"the database is out of reach: {error}. Import the same file again to go on.\n"
            "数据库无法访问；恢复后再次导入同一文件即可继续。"
        )
    except OSError as error:
        sys.exit(f"{file}: {error.strerror} (无法读取文件)")
    except WrongError as wrong:
        sys.exit(f"{wrong.wrong}: {wrong}")
    _finish(outcome, json_report)


def _run(settings: Settings, act: Callable[[Importer], Awaitable[Outcome]]) -> Outcome:
    """Return what ``act`` comes to over the register that the settings name."""
    quiet_collector()

    async def run(url: str) -> Outcome:
        registry = Registry(url, settings, cached_events=_CACHED_EVENTS)
        await registry.open()
        try:
            return await act(registry.importer)
        finally:
            await registry.close()

    with database_of(settings) as url, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(run(url))


async def _reversed(importer: Importer, import_id: UUID, actor: str, *, dry_run: bool) -> Outcome:
    today = civil_date(datetime.now(UTC))
    return await importer.reverse(import_id, actor, today, Bar(sys.stderr), dry_run=dry_run)


def _write_reports(  # noqa: PLR0913, PLR0917 - what was read, what came of it, and where to
    opened: BinaryIO,
    asked: Asked,
    outcome: Outcome,
    settings: Settings,
    report: Path | None,
    skipped: Path | None,
) -> None:
    """Write the copies of the file that were asked for; one with errors is always written."""
    if report is None and outcome.faults:
        report = Path(f"{Path(asked.name).stem}.errors.xlsx")
    limits = Limits(settings.import_megabytes, settings.import_rows)
    for path, wrong_rows_only in ((report, False), (skipped, True)):
        if path is None:
            continue
        with open(path, "wb", opener=_privately) as target:
            lines = lines_of(opened, asked.name, asked.kind, limits)
            annotate(lines, outcome, target, wrong_rows_only=wrong_rows_only)
        print(f"annotated copy (批注副本): {path}", file=sys.stderr)


def _privately(path: str, flags: int) -> int:
    """Open a file that nobody else may read: it holds what was sent, personal data perhaps."""
    return os.open(path, flags, 0o600)


def _finish(outcome: Outcome, json_report: Path | None) -> None:
    """Say what came of it; a file that was not taken in is a failure."""
    told = json.dumps(outcome.told, ensure_ascii=False, indent=2)
    if json_report == Path("-"):
        print(told)
    else:
        if json_report is not None:
            json_report.write_text(told, encoding="utf-8")
        _print(outcome)
    sys.exit(0 if outcome.state in _FINE else 1)


def _print(outcome: Outcome) -> None:
    print(
        f"{outcome.state}: {outcome.rows} rows (行), {outcome.commands} commands (命令),"
        f" {outcome.recorded} recorded (入账), {outcome.skipped} skipped (跳过), import {outcome.import_id}"
    )
    for fault in outcome.faults[:_SHOWN]:
        words = words_of(fault.problem)
        print(f"  {fault.place.sheet} {cell_name(fault)}: {words.english} {words.advice_english}")
        print(f"    {words.chinese}{words.advice_chinese}")
    if len(outcome.faults) > _SHOWN:
        print(f"  … {len(outcome.faults) - _SHOWN} more (更多见批注副本)")
    if outcome.state is State.STOPPED:
        print(
            "What is recorded stays. Import the same file again to go on, or take it back:"
            f" kexie import --reverse {outcome.import_id}\n"
            f"已入账的保留。再次导入同一文件即可继续，或撤回：kexie import --reverse {outcome.import_id}"
        )
