"""The mutation that takes a file in (导入文件): no command of the registry, but all that a file asks for."""

from __future__ import annotations

from typing import Any

import strawberry
from strawberry.types import Info
from strawberry.types.unset import UNSET

from graphql_api.access import Right
from graphql_api.context import Context, require
from graphql_api.freshness import wrote
from graphql_api.imports.columns import Kind
from graphql_api.imports.importer import Asked
from graphql_api.imports.progress import Progress
from graphql_api.imports.rows import default_day
from graphql_api.imports.wrong import WrongError
from graphql_api.planner.declare import PLAN, RIGHT, Field, Resolved
from graphql_api.types.importing import FileRefused, ImportOutcome, ImportResult, outcome_of, unread
from graphql_api.types.scalars import Upload, no_file


@strawberry.input(description="A file to import, and how. 导入文件。")
class ImportFileInput:
    """What ``POST /import`` takes."""

    file: Upload = strawberry.field(description="CSV, XLSX or JSON lines; its name says which. 文件。")
    kind: Kind | None = strawberry.field(
        description="What the rows are, where neither the file's name nor its lines say. 行的类别。",
        default=UNSET,
    )
    effective_on: str | None = strawberry.field(
        description="The day of rows that give none: 2018-05-01, or 2018-05, or 2018. 缺省生效日期。",
        default=UNSET,
    )
    source: str = strawberry.field(
        description="The list that the codes belong to; codes of two are not the same. 来源。",
        default="import",
    )
    dry_run: bool = strawberry.field(description="Decide all of it, record nothing. 只试算。", default=False)
    skip_errors: bool = strawberry.field(
        description="Record what is sound, leaving out rows with errors. 跳过有误的行。", default=False
    )


async def _import_file(info: Info[Context, None], input: ImportFileInput) -> ImportOutcome | FileRefused:  # noqa: A002 - the name clients use
    """Take a file in, or only decide it."""
    require(info, Right.WRITE)
    context = info.context
    if context.importer is None:
        raise no_file()
    sent: Any = input.file
    try:
        outcome = await context.importer.run(sent.file, _asked(input, context), Progress())
    except WrongError as wrong:
        return unread(wrong)
    wrote(outcome.last_position)
    return outcome_of(outcome)


def _asked(given: ImportFileInput, context: Context) -> Asked:
    """Return what the input asks for; raises WrongError for a day that is none."""
    sent: Any = given.file
    return Asked(
        name=sent.filename or "",
        actor=context.viewer.name,
        kind=given.kind or None,
        day=default_day(given.effective_on) if given.effective_on else None,
        source=given.source or "import",
        dry_run=given.dry_run,
        skip_errors=given.skip_errors,
        may_grant=context.viewer.everywhere(Right.GRANT),
    )


# Strawberry reads the types of a resolver from its annotations; a union has a name in the schema's only.
_import_file.__name__ = "import_file"
_import_file.__annotations__["return"] = ImportResult

IMPORT_FILE: Field = strawberry.mutation(
    resolver=_import_file,
    description="Import a file, sent as multipart/form-data; all of it, or nothing. 导入文件。",
    metadata={PLAN: Resolved(), RIGHT: Right.WRITE},
)
"""The field of the root of mutations."""
