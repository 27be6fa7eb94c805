"""What happens to a reference that would be left dangling (悬空事项的处置). Pure.

A reference dangles when what it points at stops existing (or never existed) during part of it: a sub-unit of
a dissolved department, a post of it, a function that it holds. Each needs a disposition, given singly or by a
rule per kind; how it is carried out is the matter of the reference's own bond.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from registry.commands import Draft
from registry.correction.chain import content_of
from registry.correction.events import Amended, Retracted
from registry.errors import Code, Refusal
from registry.events import Event, Stamp
from registry.references import KindRule, Reference
from registry.time import Precision
from registry.timeline import Entity


class Action(StrEnum):
    """How a dangling reference is disposed of (处置方式)."""

    END = "END"  # 终止: it ends on the day from which it would dangle
    MOVE = "MOVE"  # 划转: from that day under, or held by, the target, until it would have ended
    DISSOLVE = "DISSOLVE"  # 一并注销: the source ends that day, too; a function is retired
    SHIFT = (
        "SHIFT"  # 顺延: begins when what it points at begins, with all that was recorded in one act with it
    )
    REDIRECT = "REDIRECT"  # 改挂: should have pointed at the target from its beginning
    RETRACT = "RETRACT"  # 撤回: should not have been recorded


class Disposition(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What to do with the reference that the fact at ``position`` of stream ``source`` makes.

    A fact may make several: ``reference`` is the kind of the one that is meant, by default whichever dangles.
    """

    source: UUID
    position: int
    action: Action
    target: UUID | None = None
    reference: str | None = None


def dispose(
    source: Entity,
    reference: Reference,
    disposition: Disposition,
    stamp: Stamp,
    rules: Sequence[KindRule] = (),
) -> list[Draft]:
    """Return the drafts that carry ``disposition`` out; ``stamp`` has the first day on which it dangles.

    ``rules`` dispose of what dangles in turn when the source ends with the reference.
    """
    bond = source.noun.bond(reference.kind)
    position = disposition.position
    match disposition.action:
        case Action.END:
            return [Draft(source.id, bond.end_of(_content(source, position), reference, stamp, rules))]
        case Action.MOVE:
            events = bond.move(reference, _content(source, position), _target(disposition), stamp)
            if not events:
                problem = f"{reference.kind} cannot be moved: end it and begin another (不能划转)"
                raise Refusal(Code.INVALID_INPUT, field="dispositions", problem=problem)
            return [Draft(source.id, event) for event in events]
        case Action.DISSOLVE:
            return [Draft(source.id, bond.close(stamp))]
        case Action.SHIFT:
            return _shifting(source, position, stamp)
        case Action.REDIRECT:
            fact = bond.redirect(_content(source, position), _target(disposition))
            if fact is None:
                problem = "it points at nobody (未指向任何单位)"
                raise Refusal(Code.CANNOT_CORRECT, position=position, problem=problem)
            return [_amendment(source, position, fact, stamp)]
        case Action.RETRACT:
            day = _content(source, position).effective_on
            retraction = Retracted(corrects=position, effective_on=day, reason=stamp.reason)
            return [Draft(source.id, retraction, corrects=position)]


def by_rule(
    source: Entity, reference: Reference, rule: KindRule, stamp: Stamp, rules: Sequence[KindRule]
) -> list[Draft]:
    """Return the drafts that carry ``rule``, one of ``rules``, out for one reference."""
    action = Action.END if rule.move_to is None else Action.MOVE
    disposition = Disposition(
        source=source.id, position=reference.position, action=action, target=rule.move_to
    )
    return dispose(source, reference, disposition, stamp, rules)


def dated(stamp: Stamp, day: date) -> Stamp:
    """Return ``stamp`` for ``day``; a day other than its own is known to the day."""
    if day == stamp.effective_on:
        return stamp
    return replace(stamp, effective_on=day, precision=Precision.DAY)


def _target(disposition: Disposition) -> UUID:
    if disposition.target is None:
        problem = f"{disposition.action} needs a target (缺少去向)"
        raise Refusal(Code.INVALID_INPUT, field="dispositions", problem=problem)
    return disposition.target


def _content(source: Entity, position: int) -> Event:
    """Return the fact that makes the reference; it is live, else there would be no reference."""
    content = content_of(source.records, position)
    assert content is not None
    return content


def _shifting(source: Entity, position: int, stamp: Stamp) -> list[Draft]:
    """Let the fact begin on the day of ``stamp``, with those recorded on its stream with it for the same day.

    A sub-unit cannot be established before the department that it belongs to, so its establishment shifts,
    too.
    """
    day = _content(source, position).effective_on
    causes = {record.position: record.cause for record in source.records if record.corrects is None}
    act = causes[position] if causes[position] in causes else position
    drafts: list[Draft] = []
    for each, cause in causes.items():
        fact = content_of(source.records, each)
        if act in (each, cause) and fact is not None and fact.effective_on == day:
            later = replace(fact, effective_on=stamp.effective_on, precision=stamp.precision)
            drafts.append(_amendment(source, each, later, stamp))
    return drafts


def _amendment(source: Entity, position: int, fact: Event, stamp: Stamp) -> Draft:
    event = Amended(corrects=position, replacement=fact, effective_on=fact.effective_on, reason=stamp.reason)
    return Draft(source.id, event, corrects=position)
