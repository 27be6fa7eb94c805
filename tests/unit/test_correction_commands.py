"""Corrections form chains, take what an act caused with them, and say only what could be said at first."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from registry.correction.commands import AmendEvent, RetractEvent
from registry.correction.events import Amended, Retracted
from registry.dispositions import Action, Disposition
from registry.errors import Code
from registry.events import Event
from registry.function.commands import AssignFunction
from registry.function.events import FunctionAssigned
from registry.ids import stable_id
from registry.instrument.commands import RecordInstrument
from registry.instrument.events import InstrumentIssued
from registry.organization import commands as c
from registry.organization import events as e
from registry.organization.kinds import Hierarchy, Kind, Status
from registry.time import Precision
from tests.support.dalian import (
    ASSOCIATION,
    BUILDING,
    CELL,
    CITY,
    DEPARTMENTS,
    FOUNDED,
    OFFICE,
    PARTY,
    POPULAR,
    SOCIETIES,
    SOCIETY,
    established,
    function,
)
from tests.support.given import BY, Given, given

DAY, LATER, NOTICED = date(2015, 5, 1), date(2016, 5, 1), date(2020, 1, 1)
RENAMED = c.RenameOrganization(organization=CITY, name="大连市科协", effective_on=DAY, **BY)
DOCUMENT = stable_id("文件")


def amending(
    history: Given,
    who: UUID,
    kind: type[Event],
    nth: int = 0,
    /,
    **changes: Any,  # noqa: ANN401 - fields of any event
) -> AmendEvent:
    """Return the amendment of a fact as first recorded, with ``changes``."""
    record = history.register.fact(who, kind, nth)
    return AmendEvent(
        entity=who,
        position=record.position,
        replacement=replace(record.event, **changes),
        reason="录入有误",
        effective_on=NOTICED,
        **BY,
    )


def retracting(history: Given, who: UUID, kind: type[Event], nth: int = 0) -> RetractEvent:
    position = history.register.fact(who, kind, nth).position
    return RetractEvent(entity=who, position=position, effective_on=NOTICED, **BY)


def name(history: Given, day: date = DAY) -> str:
    found = history.register.state(CITY, day).name
    assert isinstance(found, str)
    return found


def test_amending_records_what_it_should_have_read() -> None:
    history = given(ASSOCIATION, RENAMED)
    replacement = e.OrganizationRenamed(effective_on=LATER, name="大连市科学技术协会")
    outcome = history.when(
        amending(history, CITY, e.OrganizationRenamed, name=replacement.name, effective_on=LATER)
    )
    outcome.then(Amended(corrects=2, replacement=replacement, effective_on=LATER, reason="录入有误"))
    assert outcome.records[0].corrects == 2
    assert (name(history, DAY), name(history, LATER)) == ("市科协", "大连市科学技术协会")


def test_amending_to_what_it_says_is_quiet() -> None:
    history = given(ASSOCIATION, RENAMED)
    history.when(amending(history, CITY, e.OrganizationRenamed)).then_nothing()


def test_an_event_is_not_amended_into_one_of_another_kind() -> None:
    history = given(ASSOCIATION, RENAMED)
    command = AmendEvent(
        entity=CITY,
        position=2,
        replacement=e.OrganizationSuspended(effective_on=DAY),
        effective_on=NOTICED,
        **BY,
    )
    history.when(command).then_refused(Code.CANNOT_CORRECT, position=2)


def test_a_retraction_is_not_amended() -> None:
    history = given(ASSOCIATION, RENAMED)
    history.given(retracting(history, CITY, e.OrganizationRenamed))
    command = AmendEvent(
        entity=CITY,
        position=3,
        replacement=Retracted(corrects=1, effective_on=DAY),
        effective_on=NOTICED,
        **BY,
    )
    history.when(command).then_refused(Code.CANNOT_CORRECT, position=3)


def test_retracting_drops_the_fact() -> None:
    history = given(ASSOCIATION, RENAMED)
    command = retracting(history, CITY, e.OrganizationRenamed)
    history.when(command).then(Retracted(corrects=2, effective_on=DAY))
    assert name(history) == "市科协"


def test_what_is_retracted_is_neither_retracted_nor_amended_again() -> None:
    history = given(ASSOCIATION, RENAMED)
    command = retracting(history, CITY, e.OrganizationRenamed)
    history.given(command).when(command).then_refused(Code.ALREADY_CORRECTED, position=2)
    amended = amending(history, CITY, e.OrganizationRenamed, name="甲")
    history.when(amended).then_refused(Code.ALREADY_CORRECTED, position=2)


def test_correcting_what_is_not_there_is_refused() -> None:
    history = given(ASSOCIATION)
    nowhere = RetractEvent(entity=OFFICE, position=1, effective_on=NOTICED, **BY)
    history.when(nowhere).then_refused(Code.NOT_FOUND, noun="entity", id=OFFICE)
    elsewhere = RetractEvent(entity=CITY, position=9, effective_on=NOTICED, **BY)
    history.when(elsewhere).then_refused(Code.NOT_FOUND, id=9)


def test_an_amendment_of_an_amendment() -> None:
    history = given(ASSOCIATION, RENAMED)
    history.given(amending(history, CITY, e.OrganizationRenamed, name="甲"))
    record = history.register.fact(CITY, Amended)
    command = AmendEvent(
        entity=CITY,
        position=record.position,
        replacement=e.OrganizationRenamed(effective_on=DAY, name="乙"),
        effective_on=NOTICED,
        **BY,
    )
    history.given(command)
    assert name(history) == "乙"
    undo = retracting(history, CITY, Amended, 1)
    history.given(undo)
    assert name(history) == "甲"


def test_two_amendments_of_one_event_and_the_retraction_of_either() -> None:
    history = given(ASSOCIATION, RENAMED)
    history.given(amending(history, CITY, e.OrganizationRenamed, name="甲"))
    history.given(amending(history, CITY, e.OrganizationRenamed, name="乙"))
    assert name(history) == "乙"
    history.given(retracting(history, CITY, Amended, 0))
    assert name(history) == "乙"
    history.given(retracting(history, CITY, Amended, 1))
    assert name(history) == "大连市科协"


def test_the_retraction_of_an_amendment_restores_what_was_before() -> None:
    history = given(ASSOCIATION, RENAMED)
    history.given(amending(history, CITY, e.OrganizationRenamed, effective_on=LATER))
    assert name(history, DAY) == "市科协"
    history.given(retracting(history, CITY, Amended))
    assert name(history, DAY) == "大连市科协"


def test_the_retraction_of_a_retraction_restores_the_fact() -> None:
    history = given(ASSOCIATION, RENAMED)
    history.given(retracting(history, CITY, e.OrganizationRenamed))
    history.given(retracting(history, CITY, Retracted))
    assert name(history) == "大连市科协"
    history.given(retracting(history, CITY, Retracted, 1))
    assert name(history) == "市科协"


def test_a_corrected_event_keeps_its_place_in_the_order() -> None:
    second = c.RenameOrganization(organization=CITY, name="二", effective_on=DAY, **BY)
    history = given(ASSOCIATION, RENAMED, second)
    history.given(amending(history, CITY, e.OrganizationRenamed, name="一"))
    assert name(history) == "二"


def test_the_retraction_of_the_establishment_needs_what_follows_to_go_first() -> None:
    history = given(ASSOCIATION, RENAMED)
    command = retracting(history, CITY, e.OrganizationEstablished)
    history.when(command).then_refused(
        Code.LATER_EVENT_CONFLICTS, position=2, topic="organization.renamed", date=DAY
    )
    history.given(retracting(history, CITY, e.OrganizationRenamed))
    history.when(command).then_recorded("correction.retracted")
    assert history.register.state(CITY, DAY) is None
    history.when(RENAMED).then_refused(Code.NOT_ALIVE, id=CITY)
    history.given(retracting(history, CITY, Retracted, -1))
    assert name(history, FOUNDED) == "市科协"


def test_what_is_retracted_altogether_may_be_established_again() -> None:
    history = given(ASSOCIATION)
    history.given(retracting(history, CITY, e.OrganizationEstablished))
    history.when(function(CITY, "职能")).then_refused(Code.ALREADY_EXISTS, id=CITY)
    again = replace(ASSOCIATION, name="大连市科协", effective_on=DAY)
    history.when(again).then_recorded("organization.established")
    assert history.register.entities[CITY].life == ((DAY, date.max),)
    restored = retracting(history, CITY, Retracted)
    history.when(restored).then_refused(Code.LATER_EVENT_CONFLICTS, topic="organization.established")


def test_the_retraction_of_an_establishment_takes_its_places_and_identifiers_along() -> None:
    history = given(*DEPARTMENTS)
    history.when(retracting(history, OFFICE, e.OrganizationEstablished)).then_recorded(
        "correction.retracted", "correction.retracted"
    )
    assert history.register.entities[OFFICE].references == ()


def test_the_retraction_of_an_establishment_lists_what_would_dangle() -> None:
    history = given(*DEPARTMENTS)
    history.when(retracting(history, CITY, e.OrganizationEstablished)).then_refused(Code.DANGLING, count=5)


def test_an_establishment_takes_its_places_along_when_its_day_is_amended() -> None:
    history = given(*DEPARTMENTS)
    history.when(amending(history, OFFICE, e.OrganizationEstablished, effective_on=LATER)).then_recorded(
        "correction.amended", "correction.amended"
    )
    assert history.register.superiors(OFFICE, "PART_OF")[0].start == LATER


def test_an_establishment_takes_along_what_its_precision_is() -> None:
    history = given(*DEPARTMENTS)
    command = amending(history, OFFICE, e.OrganizationEstablished, precision=Precision.YEAR, assumed=True)
    places = [record.event for record in history.when(command).records][1:]
    assert places == [
        Amended(
            corrects=history.register.fact(OFFICE, e.RelationOpened).position,
            replacement=e.RelationOpened(
                effective_on=FOUNDED,
                precision=Precision.YEAR,
                assumed=True,
                hierarchy=Hierarchy.PART_OF,
                superior=CITY,
            ),
            effective_on=FOUNDED,
            reason="录入有误",
        )
    ]


def test_a_consequence_of_the_same_stream_is_corrected_alone() -> None:
    history = given(*SOCIETIES)
    history.when(retracting(history, SOCIETY, e.RelationOpened)).then_recorded("correction.retracted")
    assert history.register.superior(SOCIETY, "SUPERVISES", FOUNDED) == []


def test_amending_an_establishment_to_a_later_day_lists_what_would_dangle() -> None:
    history = given(*DEPARTMENTS, function(BUILDING, "系统组织建设", OFFICE))
    command = amending(history, OFFICE, e.OrganizationEstablished, effective_on=LATER)
    history.when(command).then_refused(Code.DANGLING, count=1)
    position = history.register.fact(BUILDING, FunctionAssigned).position
    shifted = Disposition(source=BUILDING, position=position, action=Action.SHIFT)
    history.given(replace(command, dispositions=(shifted,)))
    assert history.register.entities[BUILDING].life[0].start == LATER
    assert [r.start for r in history.register.references_to(OFFICE)] == [LATER]


def test_shifting_a_fact_recorded_by_itself_shifts_only_that() -> None:
    assigned = AssignFunction(function=BUILDING, holder=OFFICE, effective_on=DAY, **BY)
    history = given(*DEPARTMENTS, function(BUILDING, "系统组织建设"), assigned)
    position = history.register.fact(BUILDING, FunctionAssigned).position
    shifted = Disposition(source=BUILDING, position=position, action=Action.SHIFT)
    command = amending(history, OFFICE, e.OrganizationEstablished, effective_on=LATER)
    history.given(replace(command, dispositions=(shifted,)))
    assert history.register.entities[BUILDING].life[0].start == FOUNDED
    assert [r.start for r in history.register.references_to(OFFICE)] == [LATER]


def test_an_amendment_beyond_the_superiors_life_is_refused() -> None:
    history = given(*SOCIETIES)
    early = date(2009, 1, 1)
    command = amending(history, SOCIETY, e.OrganizationEstablished, effective_on=early)
    history.when(command).then_refused(Code.OUTSIDE_LIFE, source=SOCIETY, target=CITY, start=early)
    young = established(OFFICE, "区科协", Kind.ASSOCIATION, on=DAY)
    guided = replace(GUIDED, superior=OFFICE, effective_on=LATER)
    history.given(young, guided)
    command = amending(history, SOCIETY, e.RelationOpened, -1, effective_on=FOUNDED)
    history.when(command).then_refused(Code.OUTSIDE_LIFE, source=SOCIETY, target=OFFICE, start=FOUNDED)


def test_an_amendment_before_the_entity_exists_is_refused_for_its_own_sake() -> None:
    history = given(ASSOCIATION, RENAMED)
    early = date(2009, 1, 1)
    command = amending(history, CITY, e.OrganizationRenamed, effective_on=early)
    history.when(command).then_refused(Code.NOT_ALIVE, id=CITY, date=early)


def test_an_amended_dissolution_takes_its_dispositions_along() -> None:
    history = given(*DEPARTMENTS, function(BUILDING, "系统组织建设", OFFICE))
    position = history.register.fact(BUILDING, FunctionAssigned).position
    moved = Disposition(source=BUILDING, position=position, action=Action.MOVE, target=POPULAR)
    history.given(c.DissolveOrganization(organization=OFFICE, dispositions=(moved,), effective_on=DAY, **BY))
    history.given(amending(history, OFFICE, e.OrganizationDissolved, effective_on=LATER))
    assert [(r.target, r.start) for r in history.register.entities[BUILDING].references] == [
        (OFFICE, FOUNDED),
        (POPULAR, LATER),
    ]


def test_another_kind_is_refused_when_it_does_not_fit_where_it_stands_or_who_stands_under_it() -> None:
    history = given(*SOCIETIES)
    as_service = amending(history, SOCIETY, e.OrganizationEstablished, kind=Kind.DEPARTMENT)
    history.when(as_service).then_refused(
        Code.HIERARCHY_KINDS, child_kind=Kind.DEPARTMENT, superior_kind=Kind.ASSOCIATION
    )
    as_society = amending(history, PARTY, e.OrganizationEstablished, kind=Kind.SOCIETY)
    history.when(as_society).then_refused(
        Code.HIERARCHY_KINDS, child_kind=Kind.PARTY_ORGANIZATION, superior_kind=Kind.SOCIETY
    )
    as_external = amending(history, PARTY, e.OrganizationEstablished, kind=Kind.EXTERNAL)
    history.when(as_external).then_recorded("correction.amended")
    assert history.register.superior(CELL, "PARTY_SUPERIOR", FOUNDED) == [PARTY]


LONG = "名" * 300
GUIDED = c.OpenRelation(
    organization=SOCIETY, hierarchy=Hierarchy.GUIDES, superior=CITY, effective_on=DAY, **BY
)
IDENTIFIED = c.AssignIdentifier(organization=SOCIETY, scheme="OLD", value="1", effective_on=DAY, **BY)
ISSUED = RecordInstrument(document=DOCUMENT, title="改革方案", effective_on=DAY, **BY)


@pytest.mark.parametrize(
    ("who", "kind", "changes", "code"),
    [
        (CITY, e.OrganizationEstablished, {"name": LONG}, Code.INVALID_INPUT),
        (CITY, e.OrganizationEstablished, {"status": Status.DISSOLVED}, Code.INVALID_INPUT),
        (CITY, e.OrganizationEstablished, {"effective_on": date(1066, 1, 1)}, Code.INVALID_DATE),
        (SOCIETY, e.RelationOpened, {"superior": SOCIETY}, Code.CYCLE),
        (SOCIETY, e.RelationOpened, {"until": FOUNDED}, Code.INVALID_DATE),
        (SOCIETY, e.IdentifierAssigned, {"scheme": "CODE"}, Code.INVALID_INPUT),
        (SOCIETY, e.IdentifierAssigned, {"scheme": "USCC"}, Code.INVALID_IDENTIFIER),
        (SOCIETY, e.IdentifierAssigned, {"instrument": OFFICE}, Code.NOT_FOUND),
        (SOCIETY, e.IdentifierAssigned, {"clause": ""}, Code.INVALID_INPUT),
        (
            SOCIETY,
            e.IdentifierAssigned,
            {"precision": Precision.YEAR},
            Code.INVALID_DATE,
        ),
        (DOCUMENT, InstrumentIssued, {"sha256": "0"}, Code.INVALID_INPUT),
    ],
)
def test_an_amendment_says_nothing_that_could_not_be_said_at_first(
    who: UUID, kind: type[Event], changes: dict[str, Any], code: Code
) -> None:
    history = given(*SOCIETIES, GUIDED, IDENTIFIED, ISSUED)
    history.when(amending(history, who, kind, **changes)).then_refused(code)


def test_a_day_that_ends_before_it_begins_is_refused_also_when_shifted() -> None:
    guided = replace(GUIDED, superior=PARTY, until=date(2015, 6, 1))
    history = given(*SOCIETIES, guided)
    command = amending(history, SOCIETY, e.RelationOpened, -1, effective_on=LATER)
    history.when(command).then_refused(Code.INVALID_DATE, field="until")


def test_correcting_an_act_with_dispositions_that_are_not_needed_is_refused() -> None:
    history = given(*DEPARTMENTS, function(BUILDING, "系统组织建设", OFFICE))
    position = history.register.fact(BUILDING, FunctionAssigned).position
    needless = Disposition(source=BUILDING, position=position, action=Action.END)
    command = amending(history, OFFICE, e.OrganizationEstablished, name="综合办")
    history.when(replace(command, dispositions=(needless,))).then_refused(
        Code.INVALID_INPUT, field="dispositions"
    )
