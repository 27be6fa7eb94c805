"""Carrying out the dispositions of a command, each on the day its reference begins to dangle (处置). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from uuid import UUID

from registry.commands import Draft
from registry.dispositions import Action, Disposition, dated, dispose
from registry.errors import Code, Refusal
from registry.events import Stamp
from registry.reads import at_hand
from registry.references import Reference
from registry.supposition import Supposition
from registry.time import Period, subtract


def carry_out(view: Supposition, dispositions: Sequence[Disposition], stamp: Stamp) -> list[Draft]:
    """Return the drafts that dispose of what dangles in ``view``, and suppose them there.

    A disposition may make further things dangle, of which others then dispose; the order in which they are
    given does not matter. What dangles no more because its source was disposed of otherwise needs nothing.
    Refuses INVALID_INPUT for a reference that is not there, does not dangle, or is named twice.
    """
    if len({(d.source, d.position, d.reference) for d in dispositions}) < len(dispositions):
        raise Refusal(Code.INVALID_INPUT, field="dispositions", problem="two for one thing (重复处置)")
    _fetch(view, dispositions)
    drafts: list[Draft] = []
    waiting = list(dispositions)
    while waiting:
        left = [disposition for disposition in waiting if not _carried_out(view, disposition, stamp, drafts)]
        if len(left) == len(waiting):
            break
        waiting = left
    disposed = {draft.stream for draft in drafts}
    for disposition in waiting:
        if disposition.source not in disposed:
            raise _not_dangling(disposition)
    return drafts


def _fetch(view: Supposition, dispositions: Sequence[Disposition]) -> None:
    """Ask for whatever is disposed of, and what that points at, at once."""
    at_hand(partial(view.entity, disposition.source) for disposition in dispositions)
    sources = [source for disposition in dispositions if (source := view.entity(disposition.source))]
    at_hand(partial(view.entity, reference.target) for source in sources for reference in source.references)


def _carried_out(view: Supposition, disposition: Disposition, stamp: Stamp, drafts: list[Draft]) -> bool:
    """Append what ``disposition`` needs to ``drafts``; False when its reference does not dangle so far."""
    source = view.entity(disposition.source)
    loose = [] if source is None else _loose(view, source.references, disposition)
    if source is None or not loose:
        return False
    day, reference = loose[0]
    if disposition.action is Action.SHIFT:
        day = max(_begin(view, each) for _, each in loose)
    step = dispose(source, reference, disposition, dated(stamp, day))
    view.add(step)
    drafts.extend(step)
    return True


def _loose(
    view: Supposition, references: Sequence[Reference], disposition: Disposition
) -> list[tuple[date, Reference]]:
    """Return what dangles of the references that a fact makes, each with its first day, in order of that."""
    found: list[tuple[date, Reference]] = []
    for reference in references:
        meant = disposition.reference in (None, reference.kind)
        if meant and reference.position == disposition.position:
            days = subtract((reference.period,), _life(view, reference.target))
            found.extend((day.start, reference) for day in days[:1])
    return sorted(found, key=_first)


def _first(loose: tuple[date, Reference]) -> date:
    return loose[0]


def _begin(view: Supposition, reference: Reference) -> date:
    """Return the first day of the reference on which there is what it points at."""
    life = _life(view, reference.target)
    begins = [max(period.start, reference.start) for period in life if period.end > reference.start]
    if not begins:
        raise Refusal(
            Code.CANNOT_CORRECT,
            position=reference.position,
            problem=f"{reference.target} never exists after that (所指单位其后不存在)",
        )
    return begins[0]


def _life(view: Supposition, target: UUID) -> tuple[Period, ...]:
    entity = view.entity(target)
    return () if entity is None else entity.life


def _not_dangling(disposition: Disposition) -> Refusal:
    problem = f"nothing dangles by {disposition.source}@{disposition.position} (无此悬空事项)"
    return Refusal(Code.INVALID_INPUT, field="dispositions", problem=problem)
