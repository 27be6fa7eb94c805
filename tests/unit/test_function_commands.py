"""What each command to a function records, why it is refused, and when there is nothing to record."""

from __future__ import annotations

from datetime import date

import pytest

from registry.commands import Command
from registry.errors import Code
from registry.function import commands as c
from registry.function import events as e
from tests.support.dalian import (
    BUILDING,
    CITY,
    DEPARTMENTS,
    FOUNDED,
    OFFICE,
    PROPAGANDA,
    function,
)
from tests.support.given import BY, given

DAY, LATER = date(2015, 5, 1), date(2016, 5, 1)
HELD = (*DEPARTMENTS, function(BUILDING, "系统组织建设", OFFICE))
FREE = (*DEPARTMENTS, function(BUILDING, "系统组织建设"))
RETIRED = c.RetireFunction(function=BUILDING, effective_on=DAY, **BY)


def test_defining_a_function_with_a_holder_assigns_it() -> None:
    command = c.DefineFunction(
        function=BUILDING,
        name="其余职能",
        description="未列名",
        holder=OFFICE,
        unspecified=True,
        illustrative=True,
        effective_on=DAY,
        **BY,
    )
    given(*DEPARTMENTS).when(command).then(
        e.FunctionDefined(
            effective_on=DAY,
            name="其余职能",
            description="未列名",
            unspecified=True,
            illustrative=True,
        ),
        e.FunctionAssigned(effective_on=DAY, holder=OFFICE),
    )


def test_defining_a_function_without_a_holder_makes_an_orphan() -> None:
    history = given()
    history.when(function(BUILDING, "系统组织建设")).then(
        e.FunctionDefined(effective_on=FOUNDED, name="系统组织建设")
    )
    assert history.register.state(BUILDING, FOUNDED).holding is None


def test_defining_is_refused_when_the_id_is_taken_also_by_another_noun() -> None:
    given(*FREE).when(function(BUILDING, "甲")).then_refused(Code.ALREADY_EXISTS, id=BUILDING)
    given(*FREE).when(function(OFFICE, "甲")).then_refused(Code.ALREADY_EXISTS, id=OFFICE)


def test_a_function_is_not_held_before_its_holder_exists() -> None:
    history = given(*DEPARTMENTS)
    early = date(2009, 1, 1)
    history.when(function(BUILDING, "甲", OFFICE, early)).then_refused(
        Code.OUTSIDE_LIFE, reference="HOLDS", source=BUILDING, target=OFFICE, start=early
    )


def test_a_function_is_not_held_by_a_function() -> None:
    history = given(*FREE)
    command = c.AssignFunction(function=BUILDING, holder=BUILDING, effective_on=DAY, **BY)
    history.when(command).then_refused(Code.CYCLE)


def test_assigning() -> None:
    command = c.AssignFunction(function=BUILDING, holder=OFFICE, effective_on=DAY, **BY)
    given(*FREE).when(command).then(e.FunctionAssigned(effective_on=DAY, holder=OFFICE))
    given(*HELD).when(command).then_nothing()


def test_assigning_what_another_holds_is_refused() -> None:
    command = c.AssignFunction(function=BUILDING, holder=PROPAGANDA, effective_on=DAY, **BY)
    refusal = given(*HELD).when(command).then_refused(Code.NOT_ALLOWED_IN_STATUS, id=BUILDING, date=DAY)
    assert str(OFFICE) in refusal.details["status"]


def test_transferring_names_the_holder_it_comes_from() -> None:
    command = c.TransferFunction(function=BUILDING, target=PROPAGANDA, effective_on=DAY, **BY)
    history = given(*HELD)
    history.when(command).then(e.FunctionTransferred(effective_on=DAY, source=OFFICE, target=PROPAGANDA))
    history.when(command).then_nothing()


def test_transferring_what_nobody_holds_is_refused() -> None:
    command = c.TransferFunction(function=BUILDING, target=PROPAGANDA, effective_on=DAY, **BY)
    given(*FREE).when(command).then_refused(Code.NOT_HELD, date=DAY)


def test_a_transfer_before_a_later_transfer_from_the_old_holder_is_refused() -> None:
    later = c.TransferFunction(function=BUILDING, target=PROPAGANDA, effective_on=LATER, **BY)
    history = given(*HELD, later)
    command = c.TransferFunction(function=BUILDING, target=CITY, effective_on=DAY, **BY)
    refusal = history.when(command).then_refused(
        Code.LATER_EVENT_CONFLICTS,
        position=history.register.head,
        topic="function.transferred",
        date=LATER,
    )
    assert "is not held by" in refusal.english
    assert "不由" in refusal.chinese


def test_releasing() -> None:
    command = c.ReleaseFunction(function=BUILDING, effective_on=DAY, **BY)
    given(*HELD).when(command).then(e.FunctionReleased(effective_on=DAY, source=OFFICE))
    given(*FREE).when(command).then_nothing()


def test_emphasizing() -> None:
    command = c.EmphasizeFunction(function=BUILDING, effective_on=DAY, **BY)
    history = given(*HELD)
    history.when(command).then(e.FunctionEmphasized(effective_on=DAY))
    history.when(command).then_nothing()
    assert history.register.state(BUILDING, DAY).holding.holder == OFFICE


def test_retiring_ends_the_holding() -> None:
    history = given(*HELD)
    history.when(RETIRED).then(e.FunctionRetired(effective_on=DAY))
    history.when(RETIRED).then_nothing()
    assert [r.end for r in history.register.references_to(OFFICE)] == [DAY]


@pytest.mark.parametrize(
    "command",
    [
        c.AssignFunction(function=BUILDING, holder=OFFICE, effective_on=DAY, **BY),
        c.TransferFunction(function=BUILDING, target=OFFICE, effective_on=DAY, **BY),
        c.ReleaseFunction(function=BUILDING, effective_on=DAY, **BY),
        c.EmphasizeFunction(function=BUILDING, effective_on=DAY, **BY),
    ],
)
def test_a_retired_function_does_nothing_any_more(command: Command) -> None:
    given(*HELD, RETIRED).when(command).then_refused(Code.NOT_ALIVE, id=BUILDING, date=DAY)


def test_a_function_is_not_retired_before_it_is_defined() -> None:
    command = c.RetireFunction(function=BUILDING, effective_on=date(2009, 1, 1), **BY)
    given(*FREE).when(command).then_refused(Code.NOT_ALIVE, id=BUILDING)


def test_an_unknown_function_is_not_found() -> None:
    given().when(RETIRED).then_refused(Code.NOT_FOUND, noun="function", id=BUILDING)


def test_an_organization_is_no_function() -> None:
    command = c.RetireFunction(function=OFFICE, effective_on=DAY, **BY)
    given(*FREE).when(command).then_refused(
        Code.WRONG_NOUN, id=OFFICE, actual="organization", expected="function"
    )
