"""What each command to a liaison records, why it is refused, and when there is nothing to record."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from registry.correction.commands import AmendEvent
from registry.dispositions import Action, Disposition
from registry.errors import Code
from registry.ids import stable_id
from registry.liaison import commands as c
from registry.liaison import events as e
from registry.liaison.state import Liaison
from registry.person.commands import RecordDeath
from registry.references import KindRule
from tests.support.affairs import AROUND, DAY, LAST, LATER, LI, PEOPLE, WANG, person
from tests.support.dalian import CITY
from tests.support.given import BY, Given, given

CONTACT, OTHER = stable_id("联系"), stable_id("赵")


def begun(**given: Any) -> c.BeginLiaison:  # noqa: ANN401 - any field that the command has
    fields = {"liaison": CONTACT, "cadre": LI, "scientist": WANG, "effective_on": DAY}
    return c.BeginLiaison(**{**fields, **BY, **given})


def visited(note: str | None, on: date = LATER) -> c.RecordVisit:
    return c.RecordVisit(liaison=CONTACT, note=note, effective_on=on, **BY)


def ended(on: date = LAST) -> c.EndLiaison:
    return c.EndLiaison(liaison=CONTACT, effective_on=on, **BY)


def state(history: Given, day: date) -> Liaison:
    found = history.register.state(CONTACT, day)
    assert isinstance(found, Liaison)
    return found


def test_beginning() -> None:
    given(*PEOPLE).when(begun(illustrative=True)).then(
        e.LiaisonBegun(cadre=LI, scientist=WANG, illustrative=True, effective_on=DAY)
    )
    given(*PEOPLE, begun()).when(begun()).then_refused(Code.ALREADY_EXISTS, id=CONTACT)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"scientist": LI}, Code.INVALID_INPUT),
        ({"cadre": OTHER}, Code.NOT_FOUND),
        ({"cadre": CITY}, Code.WRONG_NOUN),
        ({"effective_on": date(2009, 1, 1)}, Code.OUTSIDE_LIFE),
    ],
)
def test_beginning_what_cannot_be_is_refused(wrong: dict[str, Any], code: Code) -> None:
    given(*AROUND, *PEOPLE).when(begun(**wrong)).then_refused(code)


def test_visiting() -> None:
    history = given(*PEOPLE, begun())
    history.when(visited("缺设备")).then(e.LiaisonVisited(person=WANG, note="缺设备", effective_on=LATER))
    history.when(visited("缺设备")).then_nothing()
    history.when(visited(None)).then_recorded("liaison.visited")
    assert [visit.note for visit in state(history, LATER).visits] == ["缺设备", None]
    history.when(visited("\0")).then_refused(Code.INVALID_INPUT, field="note")


def test_ending_keeps_the_visits() -> None:
    history = given(*PEOPLE, begun(), visited(None))
    history.when(ended()).then(e.LiaisonEnded(effective_on=LAST))
    history.when(ended()).then_nothing()
    history.when(visited(None, LAST)).then_refused(Code.NOT_ALIVE, id=CONTACT)
    assert len(state(history, LAST).visits) == 1


def test_nothing_happens_to_a_liaison_before_it_begins() -> None:
    given(*PEOPLE, begun()).when(ended(date(2015, 1, 1))).then_refused(Code.NOT_ALIVE, id=CONTACT)
    given().when(ended()).then_refused(Code.NOT_FOUND, noun="liaison", id=CONTACT)


def test_a_death_ends_it_by_rule_for_either() -> None:
    for who, kind in ((LI, e.LIAISON_CADRE), (WANG, e.LIAISON_SCIENTIST)):
        history = given(*PEOPLE, begun())
        refusal = history.when(RecordDeath(person=who, effective_on=LATER, **BY)).then_refused(Code.DANGLING)
        assert kind in refusal.details["list"]
        ruled = RecordDeath(person=who, effective_on=LATER, rules=(KindRule(reference=kind),), **BY)
        history.when(ruled).then_recorded("person.deceased", "liaison.ended")


def test_what_was_noted_of_one_scientist_is_not_of_another() -> None:
    history = given(*PEOPLE, person(OTHER, "赵六"), begun(), visited("缺设备"))
    position = history.register.fact(CONTACT, e.LiaisonBegun).position
    other = Disposition(source=CONTACT, position=position, action=Action.REDIRECT, target=OTHER)
    death = RecordDeath(person=WANG, effective_on=LATER, dispositions=(other,), **BY)
    history.when(death).then_refused(Code.CANNOT_CORRECT)
    said = e.LiaisonBegun(cadre=LI, scientist=OTHER, effective_on=DAY)
    history.when(
        AmendEvent(entity=CONTACT, position=position, replacement=said, effective_on=DAY, **BY)
    ).then_refused(Code.LATER_EVENT_CONFLICTS, topic="liaison.visited")


def test_another_cadre_is_redirected_to() -> None:
    history = given(*PEOPLE, person(OTHER, "赵六"), begun(), visited("缺设备"))
    position = history.register.fact(CONTACT, e.LiaisonBegun).position
    other = Disposition(source=CONTACT, position=position, action=Action.REDIRECT, target=OTHER)
    history.when(RecordDeath(person=LI, effective_on=LATER, dispositions=(other,), **BY)).then_recorded(
        "person.deceased", "correction.amended"
    )
    assert state(history, LATER).cadre == OTHER
