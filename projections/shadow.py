"""Read models as some changes would make them, for one transaction only (影子视图).

Temporary views of the same names hide the tables of the schema: what the changes touch is taken out of them,
and what would be there instead is put in. A temporary schema comes first on every search path, so statements
that name tables barely read the views. Nothing that others see is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from projections.bitemporal import range_of
from projections.catalog import READ_MODELS
from projections.cover import Cover
from projections.model import ReadModel
from registry.consistency import Change
from registry.statements import statement
from registry.store.connection import Connection
from registry.store.ports import Effect

_HIDE = statement("projections", "shadow")


async def shadow(connection: Connection, schema: str, effects: Sequence[Effect], cover: Cover) -> None:
    """Let the read models of ``schema`` look as if ``effects`` had been recorded."""
    for model in READ_MODELS:
        touched = _touched(model, effects)
        if touched:
            await _hide(connection, schema, model, touched, cover)


def _touched(model: ReadModel, effects: Sequence[Effect]) -> dict[UUID, tuple[Change, datetime]]:
    """Return whose rows would be others: what is before all ``effects``, what would be after, and when."""
    changed: dict[UUID, tuple[Change, datetime]] = {}
    for recorded_at, changes in effects:
        for change in _shown(model, changes):
            known = changed.get(change.after.id)
            before = change.before if known is None else known[0].before
            changed[change.after.id] = (Change(before, change.after), recorded_at)
    return {key: (change, at) for key, (change, at) in changed.items() if _differs(model, change)}


def _shown(model: ReadModel, changes: Iterable[Change]) -> Iterable[Change]:
    return (change for change in changes if model.shows(change.after))


def _differs(model: ReadModel, change: Change) -> bool:
    return any(model.changed(change.before, change.after))


async def _hide(
    connection: Connection,
    schema: str,
    model: ReadModel,
    touched: Mapping[UUID, tuple[Change, datetime]],
    cover: Cover,
) -> None:
    columns = [column.name for column in model.columns]
    await connection.execute(
        _HIDE.format(
            schema=schema,
            table=model.name,
            entity=columns[0],
            columns=", ".join(columns),
            # Identities are UUIDs of our own making; a view takes no parameters.
            touched=", ".join(f"'{identity}'" for identity in touched),
        )
    )
    rows = [
        (identity, *model.covered(values, cover), range_of(start, end), at)
        for identity, (change, at) in touched.items()
        for start, end, values in model.rows(change.after)
    ]
    await connection.copy_records_to_table(
        f"shadow_{model.name}", columns=[*columns, "valid", "recorded_from"], records=rows
    )
