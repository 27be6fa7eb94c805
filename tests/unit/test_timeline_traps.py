"""The traps that other registries fell into, one test each."""

from __future__ import annotations

from datetime import date, timedelta

from registry.correction.commands import AmendEvent
from registry.errors import Code
from registry.organization import commands as c
from registry.organization import events as e
from registry.organization.kinds import Hierarchy, Kind, Status
from registry.time import FOREVER, Precision
from tests.support.dalian import (
    ASSOCIATION,
    CITY,
    DEPARTMENTS,
    FOUNDED,
    OFFICE,
    POPULAR,
    PROPAGANDA,
    SOCIETIES,
    SOCIETY,
    established,
)
from tests.support.given import BY, given

DAY, END = date(2015, 5, 1), date(2016, 5, 1)
ONE = timedelta(days=1)


def renaming(name: str, on: date) -> c.RenameOrganization:
    return c.RenameOrganization(organization=CITY, name=name, effective_on=on, **BY)


def guiding(on: date, until: date | None = None) -> c.OpenRelation:
    return c.OpenRelation(
        organization=SOCIETY,
        hierarchy=Hierarchy.GUIDES,
        superior=CITY,
        until=until,
        effective_on=on,
        **BY,
    )


def test_off_by_one_at_the_ends_of_validity() -> None:
    dissolved = c.DissolveOrganization(organization=CITY, effective_on=END, **BY)
    register = given(ASSOCIATION, renaming("大连市科协", DAY), dissolved).register
    assert register.state(CITY, FOUNDED - ONE) is None
    assert register.state(CITY, FOUNDED).name == "市科协"
    assert register.state(CITY, DAY - ONE).name == "市科协"
    assert register.state(CITY, DAY).name == "大连市科协"
    assert register.state(CITY, END - ONE).status is Status.ACTIVE
    assert register.state(CITY, END).status is Status.DISSOLVED
    assert register.state(CITY, date.max).status is Status.DISSOLVED
    assert register.entities[CITY].life == ((FOUNDED, END),)


def test_a_future_end_does_not_end_at_once() -> None:
    register = given(*SOCIETIES, guiding(DAY, until=END)).register
    assert register.superior(SOCIETY, "GUIDES", DAY) == [CITY]
    assert register.superior(SOCIETY, "GUIDES", END - ONE) == [CITY]
    assert register.superior(SOCIETY, "GUIDES", END) == []


def test_a_relation_of_one_day() -> None:
    register = given(*SOCIETIES, guiding(DAY, until=DAY + ONE)).register
    days = [DAY - ONE, DAY, DAY + ONE]
    assert [register.superior(SOCIETY, "GUIDES", day) for day in days] == [[], [CITY], []]


def test_null_is_not_unset() -> None:
    coded = c.RecodeOrganization(organization=CITY, code="K1", effective_on=DAY, **BY)
    history = given(ASSOCIATION, coded, renaming("大连市科协", DAY))
    assert history.register.state(CITY, DAY).code == "K1"
    history.given(c.RecodeOrganization(organization=CITY, code=None, effective_on=END, **BY))
    assert history.register.state(CITY, END).code is None
    assert history.register.state(CITY, END - ONE).code == "K1"


def test_past_versions_show_the_parent_and_the_name_of_their_day() -> None:
    moved = c.OpenRelation(
        organization=POPULAR,
        hierarchy=Hierarchy.PART_OF,
        superior=OFFICE,
        effective_on=DAY,
        **BY,
    )
    renamed = c.RenameOrganization(organization=POPULAR, name="科普处", effective_on=END, **BY)
    register = given(*DEPARTMENTS, moved, renamed).register
    assert register.superior(POPULAR, "PART_OF", DAY - ONE) == [CITY]
    assert register.superior(POPULAR, "PART_OF", DAY) == [OFFICE]
    assert register.state(POPULAR, END - ONE).name == "科学技术普及部"
    assert register.state(POPULAR, END).name == "科普处"


def test_of_two_events_of_one_day_the_later_recorded_stands() -> None:
    history = given(ASSOCIATION, renaming("甲", DAY), renaming("乙", DAY))
    assert history.register.state(CITY, DAY).name == "乙"
    assert len(history.register.entities[CITY].timeline.segments) == 2


def test_events_recorded_out_of_order_take_effect_in_the_order_of_their_days() -> None:
    register = given(ASSOCIATION, renaming("乙", END), renaming("甲", DAY)).register
    assert [s.state.name for s in register.entities[CITY].timeline.segments] == ["市科协", "甲", "乙"]


def test_an_end_lapses_after_something_replaced_what_it_ends() -> None:
    register = given(*SOCIETIES, guiding(DAY, until=END), guiding(DAY + ONE)).register
    assert register.superior(SOCIETY, "GUIDES", END) == [CITY]
    assert [(r.start, r.end) for r in register.superiors(SOCIETY, "GUIDES")] == [
        (DAY, DAY + ONE),
        (DAY + ONE, FOREVER),
    ]


def test_an_end_lapses_on_the_day_on_which_the_same_begins_again() -> None:
    register = given(*SOCIETIES, guiding(DAY, until=END), guiding(END)).register
    assert register.superior(SOCIETY, "GUIDES", END - ONE) == [CITY]
    assert register.superior(SOCIETY, "GUIDES", END) == [CITY]


def test_an_end_lapses_after_the_organization_is_dissolved() -> None:
    dissolved = c.DissolveOrganization(organization=SOCIETY, effective_on=DAY + ONE, **BY)
    register = given(*SOCIETIES, guiding(DAY, until=END), dissolved).register
    assert [(r.start, r.end) for r in register.superiors(SOCIETY, "GUIDES")] == [(DAY, DAY + ONE)]
    assert register.state(SOCIETY, END).status is Status.DISSOLVED


def test_the_29th_of_february() -> None:
    leap = date(2016, 2, 29)
    register = given(*SOCIETIES, guiding(leap, until=date(2016, 3, 1)), renaming("甲", leap)).register
    assert register.superior(SOCIETY, "GUIDES", date(2016, 2, 28)) == []
    assert register.superior(SOCIETY, "GUIDES", leap) == [CITY]
    assert register.superior(SOCIETY, "GUIDES", date(2016, 3, 1)) == []
    assert register.state(CITY, leap).name == "甲"


def test_names_of_300_characters_are_refused_and_of_200_are_not() -> None:
    history = given(ASSOCIATION)
    history.when(renaming("名" * 300, DAY)).then_refused(Code.INVALID_INPUT, field="name")
    history.when(renaming("名" * 201, DAY)).then_refused(Code.INVALID_INPUT, field="name")
    history.when(renaming("名" * 200, DAY)).then_recorded("organization.renamed")


def test_dates_out_of_range_or_not_written_as_their_precision_demands_are_refused() -> None:
    history = given(ASSOCIATION)
    for day in (date(1839, 12, 31), date.max, date.min):
        history.when(renaming("甲", day)).then_refused(Code.INVALID_DATE, date=day)
    month = c.RenameOrganization(
        organization=CITY, name="甲", effective_on=DAY + ONE, precision=Precision.MONTH, **BY
    )
    history.when(month).then_refused(Code.INVALID_DATE, field="effectiveOn", date=DAY + ONE)


def test_a_late_insertion_that_a_later_event_forbids_names_that_event() -> None:
    closed = c.CloseRelation(
        organization=SOCIETY, hierarchy=Hierarchy.GUIDES, superior=CITY, effective_on=END, **BY
    )
    history = given(*SOCIETIES, guiding(DAY), closed)
    earlier = c.CloseRelation(
        organization=SOCIETY,
        hierarchy=Hierarchy.GUIDES,
        superior=CITY,
        effective_on=END - ONE,
        **BY,
    )
    refusal = history.when(earlier).then_refused(
        Code.LATER_EVENT_CONFLICTS,
        position=history.register.head,
        topic="organization.relation_closed",
        date=END,
    )
    assert "has no GUIDES" in refusal.english
    assert "没有" in refusal.chinese


def test_an_end_moved_before_the_beginning_is_refused() -> None:
    history = given(*SOCIETIES, guiding(DAY, until=END))
    record = history.register.fact(SOCIETY, e.RelationOpened, -1)
    command = AmendEvent(
        entity=SOCIETY,
        position=record.position,
        replacement=e.RelationOpened(effective_on=DAY, until=DAY, hierarchy=Hierarchy.GUIDES, superior=CITY),
        effective_on=END,
        **BY,
    )
    history.when(command).then_refused(Code.INVALID_DATE, field="until", date=DAY)


def test_what_is_established_and_dissolved_on_one_day_never_lived() -> None:
    dissolved = c.DissolveOrganization(organization=PROPAGANDA, effective_on=FOUNDED, **BY)
    history = given(*DEPARTMENTS, dissolved)
    assert history.register.entities[PROPAGANDA].life == ()
    assert history.register.references_to(PROPAGANDA) == []
    history.when(dissolved).then_nothing()


def test_a_dissolved_organization_is_not_established_again() -> None:
    dissolved = c.DissolveOrganization(organization=CITY, effective_on=END, **BY)
    again = established(CITY, "市科协", Kind.ASSOCIATION, on=END)
    given(ASSOCIATION, dissolved).when(again).then_refused(Code.ALREADY_EXISTS, id=CITY)
