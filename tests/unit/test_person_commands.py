"""What each command to a person records, why it is refused, and when there is nothing to record."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from registry.errors import Code
from registry.ids import stable_id
from registry.person import commands as c
from registry.person import events as e
from registry.person.kinds import Gender
from registry.time import Precision
from tests.support.given import BY, given

DAY, LATER = date(2015, 5, 1), date(2016, 5, 1)
LI, WANG = stable_id("李"), stable_id("王")
NUMBER = "210202199003071228"
"""Of a woman born on 7 March 1990."""


def registered(person: Any = LI, name: str = "李四", **given: Any) -> c.RegisterPerson:  # noqa: ANN401 - any field that the command has
    return c.RegisterPerson(**{"person": person, "name": name, "effective_on": DAY, **BY, **given})


def test_registering() -> None:
    given().when(registered(phone="123", email="a@b.cn", illustrative=True)).then(
        e.PersonRegistered(effective_on=DAY, name="李四", phone="123", email="a@b.cn", illustrative=True)
    )


def test_birth_and_gender_follow_from_the_identity_number() -> None:
    given().when(registered(identity_number=NUMBER)).then(
        e.PersonRegistered(
            effective_on=DAY,
            name="李四",
            gender=Gender.FEMALE,
            birth_date=date(1990, 3, 7),
            identity_number=NUMBER,
        )
    )


def test_a_birth_that_is_known_to_the_month_agrees_with_the_number() -> None:
    command = registered(identity_number=NUMBER, birth_date=date(1990, 3, 1), birth_precision=Precision.MONTH)
    (record,) = given().when(command).records
    assert isinstance(record.event, e.PersonRegistered)
    assert record.event.birth_precision is Precision.MONTH


@pytest.mark.parametrize(
    ("field", "given_so"),
    [
        ("birthDate", {"birth_date": date(1990, 3, 8)}),
        ("birthDate", {"birth_date": date(1990, 4, 1), "birth_precision": Precision.MONTH}),
        ("birthDate", {"birth_date": date(1991, 1, 1), "birth_precision": Precision.YEAR}),
        ("gender", {"gender": Gender.MALE}),
    ],
)
def test_a_number_that_tells_another_birth_or_gender_is_refused(field: str, given_so: dict[str, Any]) -> None:
    command = registered(identity_number=NUMBER, **given_so)
    given().when(command).then_refused(Code.IDENTITY_DISAGREES, id=LI, field=field)


@pytest.mark.parametrize(
    "number",
    [
        "",
        "21020219900307122",
        "21020219900307122x",
        "210202199002301228",
        "210202199003071226",
        "\uff12" * 18,
    ],
)
def test_what_is_no_identity_number_is_refused_and_not_repeated(number: str) -> None:
    refusal = given().when(registered(identity_number=number)).then_refused(Code.INVALID_IDENTITY_NUMBER)
    assert refusal.details.keys() == {"problem"}


def test_a_retired_division_is_a_division() -> None:
    (record,) = given().when(registered(identity_number="210282196802290019")).records
    assert isinstance(record.event, e.PersonRegistered)
    assert record.event.birth_date == date(1968, 2, 29)


def test_two_people_do_not_bear_one_number_and_no_refusal_repeats_it() -> None:
    history = given(registered(identity_number=NUMBER))
    refusal = history.when(registered(WANG, "王五", identity_number=NUMBER)).then_refused(
        Code.IDENTITY_NUMBER_TAKEN, holder=LI, start=DAY
    )
    assert NUMBER not in str(refusal.details)


@pytest.mark.parametrize(
    ("code", "given_so"),
    [
        (Code.INVALID_INPUT, {"name": "名" * 300}),
        (Code.INVALID_INPUT, {"name": " 李四"}),
        (Code.INVALID_INPUT, {"birth_date": date(2015, 5, 2)}),
        (Code.INVALID_INPUT, {"email": "nobody"}),
        (Code.INVALID_INPUT, {"phone": ""}),
        (Code.INVALID_DATE, {"birth_date": date(1990, 3, 7), "birth_precision": Precision.MONTH}),
        (Code.INVALID_DATE, {"birth_date": date(1830, 1, 1)}),
    ],
)
def test_what_nobody_can_be_is_refused(code: Code, given_so: dict[str, Any]) -> None:
    given().when(registered(**given_so)).then_refused(code)


def test_registering_is_refused_when_the_id_is_taken() -> None:
    given(registered()).when(registered(name="王五")).then_refused(Code.ALREADY_EXISTS, id=LI)


def test_renaming() -> None:
    command = c.RenamePerson(person=LI, name="李思", effective_on=LATER, **BY)
    history = given(registered())
    history.when(command).then(e.PersonRenamed(effective_on=LATER, name="李思"))
    history.when(command).then_nothing()
    assert history.register.state(LI, DAY).particulars.name == "李四"
    assert history.register.state(LI, LATER).particulars.name == "李思"


def test_renaming_is_refused_before_the_registration_and_after_the_death() -> None:
    early = c.RenamePerson(person=LI, name="李思", effective_on=date(2014, 1, 1), **BY)
    history = given(registered())
    history.when(early).then_refused(Code.NOT_ALIVE, id=LI)
    history.given(c.RecordDeath(person=LI, effective_on=LATER, **BY))
    history.when(c.RenamePerson(person=LI, name="李思", effective_on=LATER, **BY)).then_refused(
        Code.NOT_ALIVE, id=LI, date=LATER
    )


def test_a_death_ends_the_life_and_frees_the_number() -> None:
    command = c.RecordDeath(person=LI, effective_on=LATER, **BY)
    history = given(registered(identity_number=NUMBER))
    history.when(command).then(e.PersonDeceased(effective_on=LATER))
    history.when(command).then_nothing()
    assert [period.end for period in history.register.entities[LI].life] == [LATER]
    assert [bearer.end for bearer in history.register.bearers("RESIDENT_ID", NUMBER)] == [LATER]


def test_an_unknown_person_does_not_die() -> None:
    command = c.RecordDeath(person=LI, effective_on=LATER, **BY)
    given().when(command).then_refused(Code.NOT_FOUND, noun="person", id=LI)
