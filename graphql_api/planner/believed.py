"""Tables as they were believed at an instant (某时所知的表)."""

from __future__ import annotations

from projections.catalog import READ_MODELS

_COLUMNS = {
    model.name: ", ".join((*(column.name for column in model.columns), "valid")) for model in READ_MODELS
}


def believed(table: str, known_at: str | None) -> str:
    """Return ``table`` as believed at ``known_at`` (a parameter), or as believed now when that is None.

    The log itself is no belief: it is the same whenever one looks.
    """
    if known_at is None or table not in _COLUMNS:
        return table
    columns = _COLUMNS[table]
    return (
        f"(SELECT {columns} FROM {table} WHERE recorded_from <= {known_at}"  # noqa: S608 - names of ours; values are parameters
        f" UNION ALL SELECT {columns} FROM {table}_past WHERE recorded @> {known_at})"
    )


def every_belief(table: str) -> str:
    """Return every belief ever held in ``table``, with ``recorded`` as a range, open for those held now."""
    columns = _COLUMNS[table]
    return (
        f"(SELECT {columns}, tstzrange(recorded_from, NULL) AS recorded FROM {table}"  # noqa: S608 - names of ours; values are parameters
        f" UNION ALL SELECT {columns}, recorded FROM {table}_past)"
    )


def beliefs(table: str, known_at: str | None) -> str:
    """Return ``table`` as believed at ``known_at``, with ``recorded`` as far as it was known then."""
    columns = _COLUMNS[table]
    if known_at is None:
        return f"(SELECT {columns}, tstzrange(recorded_from, NULL) AS recorded FROM {table})"  # noqa: S608 - names of ours; values are parameters
    return f"(SELECT * FROM {every_belief(table)} AS b WHERE b.recorded @> {known_at})"  # noqa: S608 - names of ours; values are parameters


class Names(dict[str, str]):
    """What the braces of a declaration stand for: ``{t}``, ``{as_of}`` …, and read models as believed."""

    def __init__(self, known_at: str | None, **names: str) -> None:
        """Resolve ``names``, and read models as believed at ``known_at``."""
        super().__init__(names)
        self._known_at = known_at

    def __missing__(self, table: str) -> str:
        """Return the read model of that name."""
        if table not in _COLUMNS:
            raise KeyError(table)
        return believed(table, self._known_at)
