"""What each command to a secondment records, why it is refused, and when there is nothing to record."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from registry.commands import Command
from registry.correction.commands import AmendEvent, RetractEvent
from registry.dispositions import Action, Disposition
from registry.errors import Code
from registry.ids import stable_id
from registry.person.commands import RecordDeath
from registry.references import KindRule
from registry.reorganization.commands import AdoptReorganization, ProposeReorganization
from registry.reorganization.events import Plan
from registry.secondment import commands as c
from registry.secondment import events as e
from registry.secondment.kinds import Direction, SecondmentBasis
from registry.secondment.state import Secondment, alive
from tests.support.affairs import AROUND, DAY, LAST, LATER, LI, MECHANICS, OFFICE, PEOPLE, dissolved
from tests.support.dalian import CITY, REFORM, SOCIETY, department
from tests.support.given import BY, Given, given

THERE, SECTION = stable_id("李四挂职"), stable_id("国际联络部")
SAID: dict[str, Any] = {
    "person": LI,
    "home": OFFICE,
    "host": SOCIETY,
    "direction": Direction.DOWN,
    "basis": SecondmentBasis.SECONDMENT,
}


def begun(**given: Any) -> c.BeginSecondment:  # noqa: ANN401 - any field that the command has
    return c.BeginSecondment(**{"secondment": THERE, "effective_on": DAY, **SAID, **BY, **given})


def extended(until: date | None, on: date) -> c.ExtendSecondment:
    return c.ExtendSecondment(secondment=THERE, until=until, effective_on=on, **BY)


def ended(on: date) -> c.EndSecondment:
    return c.EndSecondment(secondment=THERE, effective_on=on, **BY)


def moved(on: date = LATER, **given: Any) -> c.MoveSecondment:  # noqa: ANN401 - any field that the command has
    return c.MoveSecondment(**{"secondment": THERE, "effective_on": on, **BY, **given})


def state(history: Given, day: date) -> Secondment:
    found = history.register.state(THERE, day)
    assert isinstance(found, Secondment)
    return found


def test_beginning() -> None:
    given(*AROUND, *PEOPLE).when(begun(until=LATER, duty="副秘书长", illustrative=True)).then(
        e.SecondmentBegun(**SAID, until=LATER, duty="副秘书长", illustrative=True, effective_on=DAY)
    )
    given(*AROUND, *PEOPLE, begun()).when(begun()).then_refused(Code.ALREADY_EXISTS, id=THERE)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"person": stable_id("无")}, Code.NOT_FOUND),
        ({"person": CITY}, Code.WRONG_NOUN),
        ({"host": LI}, Code.WRONG_NOUN),
        ({"host": OFFICE}, Code.INVALID_INPUT),
        ({"until": DAY}, Code.INVALID_DATE),
        ({"duty": "长" * 300}, Code.INVALID_INPUT),
        ({"effective_on": date(2009, 1, 1)}, Code.OUTSIDE_LIFE),
    ],
)
def test_beginning_what_cannot_be_is_refused(wrong: dict[str, Any], code: Code) -> None:
    given(*AROUND, *PEOPLE).when(begun(**wrong)).then_refused(code)


def test_it_ends_by_itself_and_still_shows_home_and_host() -> None:
    history = given(*AROUND, *PEOPLE, begun(until=LATER))
    assert alive(state(history, date(2016, 4, 30)))
    over = state(history, LATER)
    assert not alive(over)
    assert (over.home, over.host, over.ended_on) == (OFFICE, SOCIETY, LATER)
    assert {(r.kind, r.end) for r in history.register.entities[THERE].references} == {
        (e.SECONDED, LATER),
        (e.HOME, LATER),
        (e.HOST, LATER),
    }


def test_extending_before_the_end() -> None:
    history = given(*AROUND, *PEOPLE, begun(until=LATER))
    history.when(extended(LAST, date(2016, 1, 1))).then(
        e.SecondmentExtended(until=LAST, effective_on=date(2016, 1, 1))
    )
    history.when(extended(LAST, date(2016, 2, 1))).then_nothing()
    assert alive(state(history, LATER))
    assert not alive(state(history, LAST))


def test_extending_on_the_day_of_the_end_leaves_no_gap() -> None:
    history = given(*AROUND, *PEOPLE, begun(until=LATER), extended(LAST, LATER))
    assert [(period.start, period.end) for period in history.register.entities[THERE].life] == [(DAY, LAST)]


def test_extending_after_the_end_is_refused() -> None:
    history = given(*AROUND, *PEOPLE, begun(until=LATER))
    history.when(extended(LAST, date(2016, 5, 2))).then_refused(Code.ALREADY_ENDED, ended=LATER)
    broken_off = given(*AROUND, *PEOPLE, begun(until=LATER), ended(date(2016, 1, 1)))
    broken_off.when(extended(LAST, date(2016, 1, 1))).then_refused(Code.ALREADY_ENDED, ended=date(2016, 1, 1))


def test_two_extensions_recorded_in_either_order_of_dates() -> None:
    first, second = extended(LATER, date(2015, 6, 1)), extended(LAST, date(2016, 3, 1))
    forward = given(*AROUND, *PEOPLE, begun(until=date(2015, 8, 1)), first, second)
    assert [(p.start, p.end) for p in forward.register.entities[THERE].life] == [(DAY, LAST)]
    backward = given(*AROUND, *PEOPLE, begun(until=date(2015, 8, 1)))
    backward.when(second).then_refused(Code.ALREADY_ENDED, ended=date(2015, 8, 1))


def test_ending_before_its_time() -> None:
    history = given(*AROUND, *PEOPLE, begun(until=LAST))
    history.when(ended(LATER)).then(e.SecondmentEnded(effective_on=LATER))
    history.when(ended(LATER)).then_nothing()
    assert state(history, LAST).ended_on == LATER


def test_moving() -> None:
    history = given(*AROUND, *PEOPLE, begun())
    history.when(moved(home=CITY, host=MECHANICS)).then(
        e.HomeChanged(home=CITY, effective_on=LATER), e.HostChanged(host=MECHANICS, effective_on=LATER)
    )
    history.when(moved(home=CITY, host=MECHANICS)).then_nothing()
    history.when(moved()).then_nothing()
    history.when(moved(host=CITY)).then_refused(Code.INVALID_INPUT, field="host")


def test_home_and_host_change_places() -> None:
    history = given(*AROUND, *PEOPLE, begun())
    history.when(moved(home=SOCIETY, host=CITY)).then_recorded(
        "secondment.host_changed", "secondment.home_changed"
    )
    history.when(moved(LAST, home=CITY, host=SOCIETY)).then_refused(Code.INVALID_INPUT, field="host")


@pytest.mark.parametrize("command", [moved(LAST, home=CITY), ended(LAST), extended(None, LAST)])
def test_what_has_ended_does_nothing_any_more(command: Command) -> None:
    history = given(*AROUND, *PEOPLE, begun(until=LATER))
    history.when(command).then_refused(Code.ALREADY_ENDED, ended=LATER)


def test_nothing_happens_to_a_secondment_before_it_begins() -> None:
    given(*AROUND, *PEOPLE, begun()).when(ended(date(2015, 1, 1))).then_refused(Code.NOT_ALIVE, id=THERE)
    given(*AROUND).when(ended(DAY)).then_refused(Code.NOT_FOUND, noun="secondment", id=THERE)


def test_a_death_ends_it_by_rule() -> None:
    history = given(*AROUND, *PEOPLE, begun())
    death = RecordDeath(person=LI, effective_on=LATER, **BY)
    refusal = history.when(death).then_refused(Code.DANGLING, count=1)
    assert "SECONDED" in refusal.details["list"]
    ruled = RecordDeath(person=LI, effective_on=LATER, rules=(KindRule(reference=e.SECONDED),), **BY)
    history.when(ruled).then_recorded("person.deceased", "secondment.ended")


def test_a_dissolved_host_ends_it_and_a_dissolved_home_hands_it_on() -> None:
    history = given(*AROUND, *PEOPLE, begun())
    rule = KindRule(reference=e.HOME, move_to=CITY)
    history.when(dissolved(OFFICE, rules=(rule,))).then_recorded(
        "organization.dissolved", "secondment.home_changed"
    )
    history.when(dissolved(SOCIETY, LAST, rules=(KindRule(reference=e.HOST),))).then_recorded(
        "organization.dissolved", "secondment.ended"
    )


def test_of_three_references_of_one_fact_the_one_that_dangles_is_moved() -> None:
    history = given(*AROUND, *PEOPLE, begun())
    position = history.register.fact(THERE, e.SecondmentBegun).position
    there = Disposition(source=THERE, position=position, action=Action.MOVE, target=MECHANICS)
    history.when(dissolved(SOCIETY, dispositions=(there,))).then_recorded(
        "organization.dissolved", "secondment.host_changed"
    )
    assert (state(history, LATER).home, state(history, LATER).host) == (OFFICE, MECHANICS)


def test_a_move_that_would_join_home_and_host_is_refused() -> None:
    history = given(*AROUND, *PEOPLE, begun())
    rule = KindRule(reference=e.HOST, move_to=OFFICE)
    history.when(dissolved(SOCIETY, rules=(rule,))).then_refused(Code.INVALID_INPUT, field="host")


def test_a_person_is_not_moved_on_but_may_be_redirected() -> None:
    history = given(*AROUND, *PEOPLE, begun())
    wrong = e.SecondmentBegun(**{**SAID, "person": stable_id("王")}, effective_on=DAY)
    position = history.register.fact(THERE, e.SecondmentBegun).position
    history.when(
        AmendEvent(entity=THERE, position=position, replacement=wrong, effective_on=DAY, **BY)
    ).then_recorded("correction.amended")
    assert state(history, DAY).person == stable_id("王")


def test_an_amendment_of_an_amendment_of_the_end() -> None:
    history = given(*AROUND, *PEOPLE, begun(until=LATER))
    position = history.register.fact(THERE, e.SecondmentBegun).position
    for until in (date(2016, 6, 1), date(2016, 7, 1)):
        said = e.SecondmentBegun(**SAID, until=until, effective_on=DAY)
        history.given(AmendEvent(entity=THERE, position=position, replacement=said, effective_on=DAY, **BY))
        assert [period.end for period in history.register.entities[THERE].life] == [until]
        position = history.register.head
    history.given(RetractEvent(entity=THERE, position=position, effective_on=DAY, **BY))
    assert [period.end for period in history.register.entities[THERE].life] == [date(2016, 6, 1)]


def test_retracting_the_beginning_with_an_extension_after_it_is_refused() -> None:
    history = given(*AROUND, *PEOPLE, begun(until=LATER), extended(LAST, LATER))
    position = history.register.fact(THERE, e.SecondmentBegun).position
    history.when(RetractEvent(entity=THERE, position=position, effective_on=DAY, **BY)).then_refused(
        Code.LATER_EVENT_CONFLICTS, topic="secondment.extended"
    )


def test_home_and_host_dissolved_at_once_go_where_each_is_said_to_go() -> None:
    history = given(*AROUND, *PEOPLE, department(SECTION, "国际联络部"), begun(host=SECTION))
    position = history.register.fact(THERE, e.SecondmentBegun).position
    heirs = {e.HOME: CITY, e.HOST: MECHANICS}
    both = tuple(
        Disposition(source=THERE, position=position, action=Action.MOVE, target=heir, reference=kind)
        for kind, heir in heirs.items()
    )
    plan = Plan(dissolved=(OFFICE, SECTION), dispositions=both)
    proposal = ProposeReorganization(reorganization=REFORM, title="改革", plan=plan, effective_on=DAY, **BY)
    history.given(proposal)
    adoption = AdoptReorganization(reorganization=REFORM, takes_effect_on=LATER, effective_on=DAY, **BY)
    history.given(replace(adoption, preview=history.register.preview(adoption).preview))
    assert (state(history, LATER).home, state(history, LATER).host) == (CITY, MECHANICS)


def test_a_reference_is_not_disposed_of_twice() -> None:
    history = given(*AROUND, *PEOPLE, begun())
    position = history.register.fact(THERE, e.SecondmentBegun).position
    there = Disposition(
        source=THERE, position=position, action=Action.MOVE, target=MECHANICS, reference=e.HOST
    )
    history.when(dissolved(SOCIETY, dispositions=(there, there))).then_refused(
        Code.INVALID_INPUT, field="dispositions"
    )
    other = replace(there, reference=e.HOME)
    history.when(dissolved(SOCIETY, dispositions=(other,))).then_refused(
        Code.INVALID_INPUT, field="dispositions"
    )
