"""What one may ask of a term with its roster (换届命令)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from registry.appointment.commands import EndedAppointment, NewAppointment
from registry.dispositions import Disposition
from registry.reads import Needs
from registry.term.commands import TermCommand


class RenewTerm(TermCommand, frozen=True, kw_only=True):
    """Open ``term`` and end the term ``renews`` of the same body, with the whole new roster (换届).

    The appointments for the old term end; the same person may be on the roster again. ``number`` is the one
    after the old term's unless given. ``dispositions`` are for what the old term's end leaves dangling.
    """

    opens: ClassVar[bool] = True

    renews: UUID
    number: int | None = None
    planned_end: date | None = None
    roster: tuple[NewAppointment, ...] = ()
    dispositions: tuple[Disposition, ...] = ()
    illustrative: bool = False

    @property
    def novel(self) -> frozenset[UUID]:
        """The term, and the appointments of its roster."""
        return frozenset({self.term, *(each.id for each in self.roster)})

    @property
    def needs(self) -> Needs:
        """Both terms, the appointments for the old one, and everything that the roster names."""
        sources = (disposition.source for disposition in self.dispositions)
        return _needs_of(self.roster) | Needs(
            entities=frozenset({self.term, self.renews, *sources, *self.cited}),
            references_to=frozenset({self.renews}),
        )


class AdjustTerm(TermCommand, frozen=True, kw_only=True):
    """End some appointments for the term and make others, in one act (届中调整, 增补)."""

    ended: tuple[EndedAppointment, ...] = ()
    made: tuple[NewAppointment, ...] = ()

    @property
    def novel(self) -> frozenset[UUID]:
        """The appointments that are made."""
        return frozenset(each.id for each in self.made)

    @property
    def needs(self) -> Needs:
        """The term, what ends, and everything that the new appointments name."""
        ended = (each.id for each in self.ended)
        return _needs_of(self.made) | Needs(entities=frozenset({self.term, *ended, *self.cited}))


def _needs_of(roster: tuple[NewAppointment, ...]) -> Needs:
    return Needs(
        entities=frozenset().union(*(each.named for each in roster)),
        references_to=frozenset(each for line in roster for each in (line.post, line.person)),
    )
