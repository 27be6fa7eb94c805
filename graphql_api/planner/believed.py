"""Tables as they were believed at an instant (某时所知的表)."""

from __future__ import annotations

from typing import NamedTuple

from projections.catalog import READ_MODELS

_COLUMNS = {
    model.name: ", ".join((*(column.name for column in model.columns), "valid")) for model in READ_MODELS
}


_LATEST = "latest_"
"""What stands before the name of a read model that shows nobody what it was corrected from."""


class Belief(NamedTuple):
    """Which tables are read: those of ``schema`` (first on the search path if empty), as believed when.

    ``known_at`` is a parameter, or None for what is believed now.
    """

    known_at: str | None
    schema: str = ""

    def table(self, table: str) -> str:
        """Return ``table`` so believed. The log itself is no belief: it is the same whenever one looks."""
        if table not in _COLUMNS:
            return table
        name = self._named(table)
        if self.known_at is None:
            return name
        columns = _COLUMNS[table]
        return (
            f"(SELECT {columns} FROM {name} WHERE recorded_from <= {self.known_at}"  # noqa: S608 - names of ours; values are parameters
            f" UNION ALL SELECT {columns} FROM {name}_past WHERE recorded @> {self.known_at})"
        )

    def every(self, table: str) -> str:
        """Return every belief ever held in ``table``, with ``recorded`` as a range, open for those of now."""
        columns, name = _COLUMNS[table], self._named(table)
        return (
            f"(SELECT {columns}, tstzrange(recorded_from, NULL) AS recorded FROM {name}"  # noqa: S608 - names of ours; values are parameters
            f" UNION ALL SELECT {columns}, recorded FROM {name}_past)"
        )

    def dated(self, table: str) -> str:
        """Return ``table`` so believed, with ``recorded`` as far as it was known then."""
        columns = _COLUMNS[table]
        if self.known_at is None:
            return f"(SELECT {columns}, tstzrange(recorded_from, NULL) AS recorded FROM {self._named(table)})"  # noqa: S608 - names of ours; values are parameters
        return f"(SELECT * FROM {self.every(table)} AS b WHERE b.recorded @> {self.known_at})"  # noqa: S608 - names of ours; values are parameters

    def _named(self, table: str) -> str:
        return f"{self.schema}.{table}" if self.schema else table


class Names(dict[str, str]):
    """What the braces of a declaration stand for: ``{t}``, ``{as_of}`` …, and read models as believed."""

    def __init__(self, belief: Belief, **names: str) -> None:
        """Resolve ``names``, and read models as they are by ``belief``."""
        super().__init__(names)
        self._belief = belief

    def __missing__(self, table: str) -> str:
        """Return the read model of that name; after ``latest_``, as believed now whatever is asked."""
        belief = self._belief
        if table.startswith(_LATEST):
            table, belief = table.removeprefix(_LATEST), belief._replace(known_at=None)
        if table not in _COLUMNS:
            raise KeyError(table)
        return belief.table(table)
