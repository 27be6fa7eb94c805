"""Folding on from what is known gives what folding everything gives, whatever was inserted where."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import hypothesis.strategies as st
from hypothesis import given

from registry.consistency import Change
from registry.correction.chain import corrected
from registry.correction.events import Amended, Retracted
from registry.events import Event, Recorded
from registry.invariants.change import fresh_identifiers, other_references
from registry.organization import events as e
from registry.organization.kinds import Hierarchy, Kind
from registry.organization.state import ORGANIZATION, Organization
from registry.time import FOREVER, Period
from registry.timeline import Conflict, Entity, Timeline, changed, extend, fold, spans, steps_of

STREAM, SUPERIORS = UUID(int=9), [UUID(int=1), UUID(int=2)]
FIRST = date(2015, 1, 1)

days = st.integers(1, 20).map(lambda n: FIRST + timedelta(days=n))
names = st.sampled_from("甲乙丙")
untils = st.none() | st.integers(21, 40).map(lambda n: FIRST + timedelta(days=n))
superiors = st.sampled_from(SUPERIORS)

events: st.SearchStrategy[Event] = st.one_of(
    st.builds(e.OrganizationRenamed, effective_on=days, name=names),
    st.builds(e.OrganizationSuspended, effective_on=days),
    st.builds(e.OrganizationActivated, effective_on=days),
    st.builds(
        e.RelationOpened,
        effective_on=days,
        until=untils,
        hierarchy=st.sampled_from([Hierarchy.PART_OF, Hierarchy.GUIDES]),
        superior=superiors,
    ),
    st.builds(e.RelationClosed, effective_on=days, hierarchy=st.just(Hierarchy.GUIDES), superior=superiors),
    st.builds(e.IdentifierAssigned, effective_on=days, until=untils, scheme=st.just("S"), value=names),
    st.builds(e.OrganizationDissolved, effective_on=days),
)

ESTABLISHED = e.OrganizationEstablished(effective_on=FIRST, name="甲", kind=Kind.SOCIETY)


def recorded(position: int, event: Event, corrects: int | None = None) -> Recorded:
    return Recorded(
        originator_id=STREAM,
        originator_version=position,
        position=position,
        event=event,
        recorded_at=datetime(2020, 1, 1, tzinfo=UTC),
        actor="tester",
        command_id=UUID(int=1),
        corrects=corrects,
    )


def stream(several: Sequence[Event]) -> list[Recorded]:
    """Return the records of an organization, leaving out what cannot follow."""
    records = [recorded(1, ESTABLISHED)]
    for event in several:
        more = [*records, recorded(len(records) + 1, event)]
        if isinstance(fold(ORGANIZATION, more), Timeline):
            records = more
    return records


def entity(records: Sequence[Recorded]) -> Entity:
    """Return the entity of a whole stream."""
    timeline = fold(ORGANIZATION, records)
    assert isinstance(timeline, Timeline)
    return Entity(STREAM, tuple(records), timeline)


@given(st.lists(events, max_size=12), st.lists(events, min_size=1, max_size=4))
def test_extending_is_folding(before: list[Event], after: list[Event]) -> None:
    records = stream(before)
    timeline = fold(ORGANIZATION, records)
    assert isinstance(timeline, Timeline)
    added = [recorded(len(records) + n, event) for n, event in enumerate(after, start=1)]
    whole = fold(ORGANIZATION, [*records, *added])
    extended = extend(timeline, [*records, *added], added)
    if isinstance(whole, Conflict):
        assert extended == whole
    else:
        assert isinstance(extended, Timeline)
        assert (extended.steps, extended.states) == (whole.steps, whole.states)


@given(st.lists(events, min_size=1, max_size=8), st.integers(0, 100), days)
def test_extending_by_a_correction_is_folding(before: list[Event], index: int, day: date) -> None:
    records = stream(before)
    timeline = fold(ORGANIZATION, records)
    assert isinstance(timeline, Timeline)
    corrects = records[index % len(records)].position
    retraction = Retracted(corrects=corrects, effective_on=day)
    added = [recorded(len(records) + 1, retraction, corrects)]
    whole = fold(ORGANIZATION, [*records, *added])
    extended = extend(timeline, [*records, *added], added)
    if isinstance(whole, Conflict):
        assert extended == whole
    else:
        assert isinstance(extended, Timeline)
        assert (extended.steps, extended.states) == (whole.steps, whole.states)


def _designated(state: Organization) -> Sequence[str]:
    return (state.name,)


EXTRACTS = (ORGANIZATION.targets, ORGANIZATION.identifiers, _designated, ORGANIZATION.rules)
steps = st.one_of(events, st.tuples(st.integers(0, 100), days), st.tuples(st.integers(0, 100), events))


def _next(records: Sequence[Recorded], step: object) -> Recorded:
    """Return what is recorded next: an event, the retraction of an earlier one, or its amendment."""
    position = len(records) + 1
    if isinstance(step, Event):
        return recorded(position, step)
    assert isinstance(step, tuple)
    index, what = step
    corrects = records[index % len(records)].position
    if isinstance(what, Event):
        amended = Amended(corrects=corrects, effective_on=what.effective_on, replacement=what)
        return recorded(position, amended, corrects)
    return recorded(position, Retracted(corrects=corrects, effective_on=what), corrects)


@given(st.lists(steps, min_size=1, max_size=12), st.lists(st.booleans(), min_size=12, max_size=12))
def test_what_is_carried_over_is_what_is_worked_out_anew(several: list[object], asked: list[bool]) -> None:
    """Segments, life and spans of a timeline that grew step by step, whether asked for on the way or not."""
    records = [recorded(1, ESTABLISHED)]
    timeline = fold(ORGANIZATION, records)
    assert isinstance(timeline, Timeline)
    for step, now in zip(several, asked, strict=False):
        more = [*records, _next(records, step)]
        grown = extend(timeline, more, more[-1:])
        whole = fold(ORGANIZATION, more)
        if isinstance(grown, Conflict):
            assert grown == whole
            continue
        assert isinstance(whole, Timeline)
        records, before, timeline = more, timeline, grown
        assert (grown.steps, grown.states) == (whole.steps, whole.states)
        if now:
            assert grown.segments == whole.segments
            assert grown.life == whole.life
            for extract in EXTRACTS:
                old, new = set(spans(before, extract)), set(spans(whole, extract))
                assert changed(before, grown, extract) == (old - new, new - old)
                assert list(spans(grown, extract)) == list(spans(whole, extract))
            before.settle()


@given(st.lists(events, max_size=12), st.lists(events, min_size=1, max_size=6))
def test_references_carried_over_are_those_of_the_whole(before: list[Event], after: list[Event]) -> None:
    """What an entity that grew points at, bears, and what of that is new: each as a fold of all has it."""
    records = stream(before)
    known = entity(records)
    for event in after:
        more = [*records, recorded(len(records) + 1, event)]
        grown = extend(known.timeline, more, more[-1:])
        if isinstance(grown, Conflict):
            continue
        old, new, whole = known, Entity(STREAM, tuple(more), grown, known), entity(more)
        assert list(other_references(old, new)) == [r for r in whole.references if r not in old.references]
        assert new.references == whole.references
        borne = [(start, end, pair) for start, end, pair in old.identifiers]
        fresh = fresh_identifiers(Change(old, new))
        assert fresh == fresh_identifiers(Change(entity(records), whole))
        assert all(each not in borne for each in fresh)
        records, known = more, new
        old.timeline.settle()


def test_an_entity_that_did_not_move_has_the_references_that_it_had() -> None:
    moved = e.RelationOpened(effective_on=FIRST, hierarchy=Hierarchy.PART_OF, superior=SUPERIORS[0])
    records = stream([moved])
    known = entity(records)
    assert len(known.references) == 1
    more = [*records, recorded(3, e.OrganizationRenamed(effective_on=FIRST + timedelta(days=9), name="乙"))]
    grown = extend(known.timeline, more, more[-1:])
    assert isinstance(grown, Timeline)
    renamed = Entity(STREAM, tuple(more), grown, known)
    assert renamed.references is known.references
    assert spans(grown, ORGANIZATION.targets) is spans(known.timeline, ORGANIZATION.targets)
    assert other_references(known, renamed) == ()


def test_one_more_event_looks_at_what_it_changes_only() -> None:
    looked: list[str] = []

    def named(state: Organization) -> Sequence[str]:
        looked.append(state.name)
        return (state.name,)

    records = [recorded(1, ESTABLISHED)]
    for number in range(2, 1002):
        renamed = e.OrganizationRenamed(effective_on=FIRST + timedelta(days=number), name=f"第{number}")
        records.append(recorded(number, renamed))
    timeline = fold(ORGANIZATION, records[:-1])
    assert isinstance(timeline, Timeline)
    assert len(spans(timeline, named)) == len(looked) == 1000
    looked.clear()
    grown = extend(timeline, records, records[-1:])
    assert isinstance(grown, Timeline)
    gone, come = changed(timeline, grown, named)
    assert [span[2] for span in gone] == ["第1000"]
    assert {span[2] for span in come} == {"第1000", "第1001"}
    assert set(looked) == {"第1000", "第1001"}


def name_by_hand(records: Sequence[Recorded], day: date) -> str | None:
    """Return the name on a day by the definition: the last by day and position that begins by then."""
    facts = sorted(corrected(records), key=lambda fact: (fact.event.effective_on, fact.position))
    named = [
        fact.event.name
        for fact in facts
        if fact.event.effective_on <= day
        and isinstance(fact.event, e.OrganizationRenamed | e.OrganizationEstablished)
    ]
    return named[-1] if named else None


@given(st.lists(events, max_size=12))
def test_the_name_on_each_day_is_the_last_that_began(several: list[Event]) -> None:
    records = stream(several)
    timeline = fold(ORGANIZATION, records)
    assert isinstance(timeline, Timeline)
    for n in range(-1, 42):
        day = FIRST + timedelta(days=n)
        state = timeline.at(day)
        assert (state.name if isinstance(state, Organization) else None) == name_by_hand(records, day)


@given(st.lists(events, max_size=12))
def test_spans_are_what_is_seen_day_by_day(several: list[Event]) -> None:
    timeline = fold(ORGANIZATION, stream(several))
    assert isinstance(timeline, Timeline)
    found = spans(timeline, ORGANIZATION.targets)
    for n in range(-1, 42):
        day = FIRST + timedelta(days=n)
        state = timeline.at(day)
        seen = set() if state is None else set(ORGANIZATION.targets(state))
        assert {key for start, end, key in found if Period(start, end).covers(day)} == seen


@given(st.lists(events, max_size=12))
def test_segments_are_adjacent_different_and_open_at_the_end(several: list[Event]) -> None:
    timeline = fold(ORGANIZATION, stream(several))
    assert isinstance(timeline, Timeline)
    segments = timeline.segments
    assert segments[0].start == FIRST
    assert segments[-1].end == FOREVER
    for earlier, later in itertools.pairwise(segments):
        assert earlier.start < earlier.end == later.start
        assert earlier.state != later.state


def chain_by_hand(records: Sequence[Recorded], position: int) -> Event | None:
    """Return what an event says by the definition: what the last live correction of it says, or it itself."""
    event = next(record.event for record in records if record.position == position)
    said: Event | None = event.replacement if isinstance(event, Amended) else event
    for record in records:
        if record.corrects == position:
            correction = chain_by_hand(records, record.position)
            if isinstance(correction, Retracted):
                said = None
            elif correction is not None:
                said = correction
    return said


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 100), names), max_size=12))
def test_correction_chains_resolve_as_defined(drawn: list[tuple[bool, int, str]]) -> None:
    records = [recorded(1, ESTABLISHED), recorded(2, e.OrganizationRenamed(effective_on=FIRST, name="乙"))]
    for amends, index, name in drawn:
        target = records[1 + index % (len(records) - 1)]
        if chain_by_hand(records, target.position) is None:
            continue
        said = e.OrganizationRenamed(effective_on=FIRST, name=name)
        correction: Event = (
            Amended(corrects=target.position, replacement=said, effective_on=FIRST)
            if amends and not isinstance(target.event, Retracted)
            else Retracted(corrects=target.position, effective_on=FIRST)
        )
        records.append(recorded(len(records) + 1, correction, target.position))
    expected = [(p, content) for p in (1, 2) if (content := chain_by_hand(records, p)) is not None]
    assert [(fact.position, fact.event) for fact in corrected(records)] == expected


def test_an_end_comes_before_a_beginning_of_the_same_day() -> None:
    ends = recorded(
        5,
        e.RelationOpened(
            effective_on=FIRST,
            until=FIRST + timedelta(days=1),
            hierarchy=Hierarchy.GUIDES,
            superior=SUPERIORS[0],
        ),
    )
    begins = recorded(2, e.OrganizationRenamed(effective_on=FIRST + timedelta(days=1), name="乙"))
    steps = steps_of(corrected([begins, ends]))
    assert [(step.position, step.begins) for step in steps] == [(5, 1), (5, 0), (2, 1)]
