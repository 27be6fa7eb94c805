"""Decisions about a term with its roster (换届决策). Pure.

The act stands in the stream of the term; what ends and what begins are its consequences, so that a correction
of the act moves the whole roster. What ends is recorded here and not left to the rules of the old term: the
new holders must find their seats free.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from msgspec.structs import asdict

from registry.appointment.commands import EndedAppointment, NewAppointment
from registry.appointment.events import IN_TERM, AppointmentEnded, AppointmentMade
from registry.appointment.kinds import EndReason
from registry.appointment.state import APPOINTMENT, Appointment
from registry.commands import Command, Draft
from registry.disposal import carry_out
from registry.errors import Code, Refusal
from registry.events import Event
from registry.reads import World, require, require_absent
from registry.references import Reference
from registry.renewal import commands as c
from registry.supposition import Supposition
from registry.term.events import TermAdjusted, TermEnded, TermOpened
from registry.term.state import TERM, Term


def renew(command: c.RenewTerm, world: World) -> list[Draft]:
    """Open the new term; end the old one, the appointments for it; appoint the roster."""
    require_absent(world, command.term, TERM)
    old = _sitting(command.renews, command, world)
    stamp = _stamp(command)
    act = TermOpened(
        body=old.body,
        number=old.number + 1 if command.number is None else command.number,
        planned_end=command.planned_end,
        renews=command.renews,
        illustrative=command.illustrative,
        **stamp,
    )
    drafts = [Draft(command.term, act), Draft(command.renews, TermEnded(**stamp))]
    disposed = carry_out(Supposition(world, drafts), command.dispositions, command.stamp)
    drafts.extend(disposed)
    left = frozenset(draft.stream for draft in disposed)
    sitting = (reference.source for reference in _appointments(command, world))
    drafts.extend(
        Draft(each, AppointmentEnded(end_reason=EndReason.TERM_ENDED, **stamp))
        for each in sitting
        if each not in left
    )
    return [*drafts, *_made(command.roster, command.term, world, stamp)]


def _appointments(command: c.RenewTerm, world: World) -> list[Reference]:
    """Return who sits for the old term on the day, in the order in which they were recorded."""
    day = command.effective_on
    found = (r for r in world.references_to(command.renews) if r.kind == IN_TERM)
    # Who began on that very day would not have sat at all: that is for a disposition to say.
    return sorted((r for r in found if r.start < day < r.end), key=_recorded)


def _recorded(reference: Reference) -> tuple[int, UUID]:
    return reference.position, reference.source


def adjust(command: c.AdjustTerm, world: World) -> list[Draft]:
    """End and make appointments of the term in the middle of it; quiet when none is named."""
    _sitting(command.term, command, world)
    if not command.ended and not command.made:
        return []
    _require_distinct("ended", (each.id for each in command.ended))
    stamp = _stamp(command)
    ended = [_ended(each, command, world, stamp) for each in command.ended]
    made = _made(command.made, command.term, world, stamp)
    return [Draft(command.term, TermAdjusted(**stamp)), *ended, *made]


def _ended(each: EndedAppointment, command: c.AdjustTerm, world: World, stamp: dict[str, Any]) -> Draft:
    state = require(world, each.id, APPOINTMENT).timeline.at(command.effective_on)
    if not isinstance(state, Appointment) or state.ended:
        raise Refusal(Code.NOT_ALIVE, id=each.id, date=command.effective_on)
    if state.term != command.term:
        problem = f"{each.id} is not an appointment for this term (非本届任职)"
        raise Refusal(Code.INVALID_INPUT, field="ended", problem=problem)
    return Draft(each.id, AppointmentEnded(end_reason=each.end_reason, **stamp))


def _made(roster: Sequence[NewAppointment], term: UUID, world: World, stamp: dict[str, Any]) -> list[Draft]:
    _require_distinct("roster", (each.id for each in roster))
    drafts: list[Draft] = []
    for each in roster:
        require_absent(world, each.id, APPOINTMENT)
        event: Event = AppointmentMade(
            person=each.person,
            post=each.post,
            term=term,
            mode=each.mode,
            basis=each.basis,
            professional=each.professional,
            representing=each.representing,
            until=each.until,
            illustrative=each.illustrative,
            **stamp,
        )
        drafts.append(Draft(each.id, event))
    return drafts


def _require_distinct(field: str, identities: Iterable[UUID]) -> None:
    seen = list(identities)
    if len(set(seen)) < len(seen):
        raise Refusal(Code.INVALID_INPUT, field=field, problem="the same one twice (重复)")


def _sitting(term: UUID, command: Command, world: World) -> Term:
    state = require(world, term, TERM).timeline.at(command.effective_on)
    if not isinstance(state, Term) or state.ended:
        raise Refusal(Code.NOT_ALIVE, id=term, date=command.effective_on)
    return state


def _stamp(command: Command) -> dict[str, Any]:
    return asdict(command.stamp)
