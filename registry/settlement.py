"""From drafts to what would stand in the log: fold, dispose by rule, check (定案). Pure.

:func:`settle` is the one way by which anything is decided: the committer records its result, previews show
it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import NamedTuple
from uuid import UUID

import msgspec
from msgspec.structs import replace

from registry.commands import Command, Draft
from registry.consistency import Change, Loose, check
from registry.contents import check_content
from registry.correction.chain import content_of, root_of
from registry.correction.events import Amended, Retracted
from registry.dispositions import by_rule
from registry.errors import Code, Refusal
from registry.events import Event, Recorded, stamp_of
from registry.foregone import Foregone
from registry.moot import moot
from registry.nouns import noun_of
from registry.overlay import Overlay
from registry.permission import judge
from registry.person.erase import require_no_post
from registry.person.events import PersonErased
from registry.reads import World, at_hand
from registry.references import KindRule, Reference
from registry.time import civil_date
from registry.timeline import Conflict, Entity, Noun, extend, fold

_ROUNDS = 4
"""How often a rule may move a thing to where the next rule moves it on; longer chains are refused."""


_SHOWN = 100
"""How many dangling things the message of a refusal lists; a preview has all."""


class Settlement(NamedTuple):
    """What a command comes to (定案结果). ``loose`` is empty unless asked for by :func:`survey`."""

    drafts: tuple[Draft, ...]
    records: tuple[Recorded, ...]
    changes: tuple[Change, ...]
    loose: tuple[Loose, ...]

    @property
    def preview(self) -> str:
        """The digest of everything but the act itself, so that what is adopted is what was seen.

        That it was approved is no part of it: on which day and in which words is for whoever approves.
        """
        content = [
            (str(draft.stream), draft.event.topic, draft.corrects, msgspec.to_builtins(draft.event))
            for draft in self.drafts[1:]
            if not draft.event.final
        ]
        return hashlib.sha256(msgspec.json.encode(content, order="sorted")).hexdigest()


class Place(NamedTuple):
    """Where and when records go: the position of the first, and the instant shared by all of a command."""

    position: int
    recorded_at: datetime


def settle(world: World, command: Command, drafts: Sequence[Draft], place: Place) -> Settlement:
    """Return what ``drafts`` come to, or refuse."""
    if drafts:
        _check_erased(world, drafts[0])
        erased = [draft.stream for draft in drafts if isinstance(draft.event, PersonErased)]
        require_no_post(world, erased, civil_date(place.recorded_at))
    settlement = survey(world, command, drafts, place)
    # What the command itself would put outside a life is its own mistake; the rest needs dispositions.
    for reference, fresh in settlement.loose:
        if fresh or reference.source == drafts[0].stream:
            raise _outside(reference)
    if settlement.loose:
        raise Refusal(
            Code.DANGLING,
            count=len(settlement.loose),
            list=_listed(world, settlement.loose),
        )
    if command.preview is not None and command.preview != settlement.preview:
        raise Refusal(Code.PREVIEW_CHANGED)
    return settlement


def adopt(world: World, foregone: Foregone, recorded_at: datetime) -> Settlement:
    """Return what was settled on a stage as it is recorded, without deciding again; see ``foregone``."""
    at_hand(partial(world.entity, stream) for stream in foregone.continued)
    records = tuple([replace(record, recorded_at=recorded_at) for record in foregone.records])
    return Settlement((), records, _changes(world, records), ())


def survey(world: World, command: Command, drafts: Sequence[Draft], place: Place) -> Settlement:
    """Return what ``drafts`` come to and what they leave loose, refusing what no disposition could mend."""
    if not drafts:
        return Settlement((), (), (), ())
    command = drafts[0].by or command
    pending = [_cited(command, draft) for draft in (*drafts, *moot(world, drafts, command.reason))]
    settlement, disposed = _round(world, command, pending, place)
    for _ in range(_ROUNDS):
        if not disposed:
            break
        pending.extend(disposed)
        settlement, disposed = _round(world, command, pending, place)
    judge(world, command, settlement.changes)
    return settlement._replace(loose=_distinct(settlement.loose))


def _cited(command: Command, draft: Draft) -> Draft:
    """Let a correction cite the document that the command cites; what it corrects keeps its own."""
    if command.instrument is None or not isinstance(draft.event, Amended | Retracted):
        return draft
    return draft._replace(event=replace(draft.event, instrument=command.instrument, clause=command.clause))


def _round(
    world: World, command: Command, drafts: Sequence[Draft], place: Place
) -> tuple[Settlement, list[Draft]]:
    """Return what ``drafts`` come to, and what disposes by rule of what they leave loose."""
    for draft in drafts:
        check_content(draft.event)
        _check_cited(draft.event, place)
    records = _records(world, command, drafts, place)
    changes = _changes(world, records)
    view = Overlay(world, (change.after for change in changes))
    loose = check(view, changes)
    return Settlement(tuple(drafts), records, changes, tuple(loose)), _disposed_by_rule(view, loose)


def _disposed_by_rule(world: World, loose: Sequence[Loose]) -> list[Draft]:
    """Return what disposes by rule of ``loose`` references; what goes with one of its ties goes once.

    An appointment is loose by its post and by its term when the body of both is dissolved.
    """
    drafts: list[Draft] = []
    gone: set[UUID] = set()
    for reference, _ in loose:
        if reference.source in gone:
            continue
        disposed = _dispose_by_rule(world, reference)
        source = world.entity(reference.source)
        if disposed and source is not None and source.noun.bond(reference.kind).vital:
            gone.add(reference.source)
        drafts.extend(disposed)
    return drafts


def _distinct(loose: Sequence[Loose]) -> tuple[Loose, ...]:
    """Return one of ``loose`` for each fact, which is what a disposition names; fresh ones before others."""
    found: dict[tuple[UUID, int], Loose] = {}
    for item in loose:
        key = (item.reference.source, item.reference.position)
        if key not in found or (item.fresh and not found[key].fresh):
            found[key] = item
    return tuple(found.values())


def _check_erased(world: World, act: Draft) -> None:
    """Refuse PERSON_ERASED for an act that says something of an erased person, or corrects what was said.

    What says nothing of them may be recorded still: that a membership ended, for one.
    """
    entity = world.entity(act.stream)
    if entity is None or not (entity.erased or _erases(entity)) or isinstance(act.event, PersonErased):
        return
    kind = type(act.event)
    fields = {field.name: field.default for field in msgspec.structs.fields(kind)}
    if act.corrects is not None or any(getattr(act.event, name) != fields[name] for name in kind.personal):
        raise Refusal(Code.PERSON_ERASED, id=next(iter(entity.erased), entity.id))


def _erases(entity: Entity) -> bool:
    return PersonErased in entity.noun.events and any(
        isinstance(record.event, PersonErased) for record in entity.records
    )


def _check_cited(event: Event, place: Place) -> None:
    """Refuse NOT_FOUND for an event that speaks of a position of the log at which nothing stands.

    The log has no gaps: whatever lies before the place of the command is there.
    """
    content = event.replacement if isinstance(event, Amended) else event
    for position in content.cited_positions:
        if not 1 <= position < place.position:
            raise Refusal(Code.NOT_FOUND, noun="event at position", id=position)


def _records(world: World, command: Command, drafts: Sequence[Draft], place: Place) -> tuple[Recorded, ...]:
    """Give each draft its position and its version in its stream."""
    versions: dict[UUID, int] = {}
    records: list[Recorded] = []
    for index, draft in enumerate(drafts):
        known = versions.get(draft.stream)
        if known is None:
            entity = world.entity(draft.stream)
            known = 0 if entity is None else entity.version
        versions[draft.stream] = known + 1
        records.append(
            Recorded(
                originator_id=draft.stream,
                originator_version=known + 1,
                position=place.position + index,
                event=draft.event,
                recorded_at=place.recorded_at,
                actor=command.actor,
                command_id=command.command_id,
                cause=draft.cause if index == 0 else draft.cause or place.position,
                corrects=draft.corrects,
                submitter=command.submitter,
            )
        )
    return tuple(records)


def _changes(world: World, records: Sequence[Recorded]) -> tuple[Change, ...]:
    """Fold each touched stream with its new records; refuses the first conflict."""
    added: dict[UUID, list[Recorded]] = {}
    for record in records:
        added.setdefault(record.originator_id, []).append(record)
    return tuple([_change(_before(world, stream, new), stream, new) for stream, new in added.items()])


def _before(world: World, stream: UUID, new: Sequence[Recorded]) -> Entity | None:
    """Return what a stream was before its ``new`` records; a first one says itself that it was nothing."""
    return None if new[0].originator_version == 1 else world.entity(stream)


def _change(before: Entity | None, stream: UUID, new: list[Recorded]) -> Change:
    if before is None:
        noun: Noun = noun_of(new[0].event)
        history = tuple(new)
        timeline = fold(noun, history)
    else:
        history = (*before.records, *new)
        timeline = extend(before.timeline, history, new)
    if isinstance(timeline, Conflict):
        raise _conflict(timeline, history, new)
    return Change(before, Entity(stream, history, timeline, before))


def _conflict(conflict: Conflict, history: Sequence[Recorded], new: Sequence[Recorded]) -> Refusal:
    """Refuse for the sake of what the command records or corrects, or name the event in its way."""
    own = {root_of(history, record.position) for record in new}
    refusal = Refusal(conflict.code, **{"id": new[0].originator_id, **conflict.details})
    if conflict.fact.position in own:
        return refusal
    return Refusal(
        Code.LATER_EVENT_CONFLICTS,
        id=new[0].originator_id,
        position=conflict.fact.position,
        topic=conflict.fact.event.topic,
        date=conflict.fact.event.effective_on,
        problem=refusal.english.rstrip("."),
        problem_chinese=refusal.chinese.rstrip("。"),
    )


def _dispose_by_rule(world: World, reference: Reference) -> list[Draft]:
    """Return how the end of the target disposes of ``reference``, if it has a rule for it."""
    target = world.entity(reference.target)
    source = world.entity(reference.source)
    if target is None or source is None:
        return []
    for segment in target.timeline.overlapping(reference.period):
        if target.noun.alive(segment.state) or segment.start <= reference.start:
            continue
        rules = target.noun.rules(segment.state)
        rule = _rule_for(rules, reference.kind)
        if rule is None:
            return []
        act = next(record for record in target.records if record.position == segment.state.position)
        ended = content_of(target.records, act.position)
        assert ended is not None
        return [
            draft._replace(cause=act.cause or act.position)
            for draft in by_rule(source, reference, rule, stamp_of(ended), rules)
        ]
    return []


def _rule_for(rules: Sequence[KindRule], kind: str) -> KindRule | None:
    return next((rule for rule in rules if rule.reference == kind), None)


def _listed(world: World, loose: Sequence[Loose]) -> str:
    """Return one line of all, or of the first; a preview has the rest."""
    shown = "; ".join(_describe(world, item.reference) for item in loose[:_SHOWN])
    return shown if len(loose) <= _SHOWN else f"{shown}; …"


def _describe(world: World, reference: Reference) -> str:
    source = world.entity(reference.source)
    state = source.timeline.segments[-1].state if source is not None else None
    name = getattr(state, "name", None) or reference.source
    return f"{name} ({reference.kind}, {reference.source}@{reference.position})"


def _outside(reference: Reference) -> Refusal:
    return Refusal(
        Code.OUTSIDE_LIFE,
        reference=reference.kind,
        source=reference.source,
        target=reference.target,
        start=reference.start,
        end=reference.end,
    )
