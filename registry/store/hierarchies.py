"""The current hierarchies in memory, for the search for cycles (内存中的隶属关系).

A search climbs from superior to superior; in SQL each climb costs some hundred microseconds, here a few.
Only committed beliefs are kept: what a batch changes is laid over them until it is committed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from registry.organization.kinds import Hierarchy
from registry.references import Reference

_HIERARCHIES = frozenset(Hierarchy)


class Hierarchies:
    """Who stands under whom, at any date, as believed now."""

    def __init__(self) -> None:
        """Begin empty."""
        self._of: dict[UUID, tuple[Reference, ...]] = {}

    def superiors(self, subordinate: UUID, hierarchy: str) -> Sequence[Reference]:
        """Return what ``subordinate`` stands under in ``hierarchy``."""
        return [r for r in self._of.get(subordinate, ()) if r.kind == hierarchy]

    def replace(self, subordinates: Iterable[UUID], references: Iterable[Reference]) -> None:
        """Let ``references`` be all that ``subordinates`` stand under."""
        found: dict[UUID, list[Reference]] = {subordinate: [] for subordinate in subordinates}
        for reference in references:
            if reference.kind in _HIERARCHIES:
                source = reference.source
                known = found.get(source)
                if known is None:
                    known = found[source] = list(self._of.get(source, ()))
                known.append(reference)
        for source, listed in found.items():
            if listed:
                self._of[source] = tuple(listed)
            else:
                self._of.pop(source, None)

    def clear(self) -> None:
        """Forget everything."""
        self._of.clear()
