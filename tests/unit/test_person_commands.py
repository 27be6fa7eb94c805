"""What each command to a person records, why it is refused, and when there is nothing to record."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from registry.correction.commands import AmendEvent
from registry.errors import Code
from registry.person import commands as c
from registry.person import events as e
from registry.person.kinds import Gender, TitleLevel
from registry.time import Precision
from tests.support.given import BY, given
from tests.support.people import KNOWN, LI, NUMBER, OTHER_NUMBER, WANG, registered

DAY, LATER = KNOWN, date(2016, 5, 1)


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
    (record,) = given().when(registered(identity_number=OTHER_NUMBER)).records
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


def change(**said: Any) -> c.ChangeParticulars:  # noqa: ANN401 - any field of the change
    return c.ChangeParticulars(person=LI, change=e.ParticularsChange(**said), effective_on=LATER, **BY)


def test_changing_particulars_leaves_what_is_not_given_and_takes_away_what_is_none() -> None:
    history = given(registered(phone="123", email="a@b.cn", birth_date=date(1990, 3, 7)))
    command = change(phone=None, email="c@d.cn")
    history.when(command).then(
        e.PersonParticularsChanged(effective_on=LATER, change=e.ParticularsChange(phone=None, email="c@d.cn"))
    )
    history.when(command).then_nothing()
    now = history.register.state(LI, LATER).particulars
    assert (now.phone, now.email, now.birth_date) == (None, "c@d.cn", date(1990, 3, 7))
    assert history.register.state(LI, DAY).particulars.phone == "123"


def test_a_birth_that_is_given_without_a_precision_is_known_to_the_day() -> None:
    known = registered(birth_date=date(1990, 1, 1), birth_precision=Precision.YEAR)
    history = given(known, change(birth_date=date(1990, 3, 7)))
    assert history.register.state(LI, LATER).particulars.birth_precision is Precision.DAY


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (Code.INVALID_INPUT, {"birth_precision": Precision.YEAR}),
        (Code.INVALID_INPUT, {"birth_date": date(2017, 1, 1)}),
        (Code.INVALID_INPUT, {"email": "nobody"}),
        (Code.INVALID_IDENTITY_NUMBER, {"identity_number": NUMBER[:17]}),
        (Code.IDENTITY_DISAGREES, {"identity_number": OTHER_NUMBER}),
        (Code.IDENTITY_DISAGREES, {"gender": Gender.MALE}),
    ],
)
def test_particulars_that_nobody_can_have_are_refused(code: Code, said: dict[str, Any]) -> None:
    given(registered(identity_number=NUMBER)).when(change(**said)).then_refused(code)


def test_an_identity_number_that_becomes_known_is_unique_too() -> None:
    history = given(registered(), registered(WANG, "王五", identity_number=NUMBER))
    history.when(change(identity_number=NUMBER)).then_refused(Code.IDENTITY_NUMBER_TAKEN, holder=WANG)


def test_an_amendment_is_held_to_what_the_number_tells() -> None:
    history = given(registered(identity_number=NUMBER))
    record = history.register.fact(LI, e.PersonRegistered)
    replacement = replace(record.event, birth_date=date(1990, 3, 8))
    command = AmendEvent(entity=LI, position=record.position, replacement=replacement, effective_on=DAY, **BY)
    history.when(command).then_refused(Code.IDENTITY_DISAGREES, field="birthDate")


def test_a_title_is_awarded_raised_and_withdrawn() -> None:
    by = {"person": LI, "effective_on": LATER, **BY}
    history = given(registered())
    award = c.AwardTitle(name="研究员", level=TitleLevel.ASSOCIATE, **by)
    history.when(award).then(e.TitleAwarded(effective_on=LATER, name="研究员", level=TitleLevel.ASSOCIATE))
    history.when(award).then_nothing()
    history.given(c.AwardTitle(name="研究员", level=TitleLevel.SENIOR, **by))
    (title,) = history.register.state(LI, LATER).titles
    assert title.level is TitleLevel.SENIOR
    withdraw = c.WithdrawTitle(name="研究员", **by)
    history.when(withdraw).then(e.TitleWithdrawn(effective_on=LATER, name="研究员"))
    history.when(withdraw).then_refused(Code.NOT_DISTINGUISHED, id=LI)


def test_disciplines_are_set_as_a_whole() -> None:
    command = c.SetDisciplines(person=LI, disciplines=("520", "52040"), effective_on=LATER, **BY)
    history = given(registered())
    history.when(command).then(e.DisciplineSet(effective_on=LATER, disciplines=("520", "52040")))
    history.when(command).then_nothing()
    none = c.SetDisciplines(person=LI, disciplines=(), effective_on=LATER, **BY)
    history.when(none).then(e.DisciplineSet(effective_on=LATER, disciplines=()))
    assert history.register.state(LI, LATER).disciplines == ()


@pytest.mark.parametrize("codes", [("52",), ("520.40",), ("520", "520"), tuple("100" for _ in range(11))])
def test_what_are_no_disciplines_is_refused(codes: tuple[str, ...]) -> None:
    command = c.SetDisciplines(person=LI, disciplines=codes, effective_on=LATER, **BY)
    given(registered()).when(command).then_refused(Code.INVALID_INPUT, field="disciplines")


def test_an_award_may_be_granted_twice_and_the_latest_is_taken_back() -> None:
    def awarded(day: date) -> c.GrantAward:
        return c.GrantAward(person=LI, name="优秀科技工作者", grantor="市科协", effective_on=day, **BY)

    history = given(registered())
    history.when(awarded(DAY)).then(e.AwardGranted(effective_on=DAY, name="优秀科技工作者", grantor="市科协"))
    history.when(awarded(DAY)).then_nothing()
    first = history.register.head
    history.given(awarded(LATER))
    assert len(history.register.state(LI, LATER).awards) == 2
    command = c.WithdrawAward(person=LI, name="优秀科技工作者", effective_on=LATER, **BY)
    history.given(command)
    assert [award.position for award in history.register.state(LI, LATER).awards] == [first]
    history.given(command)
    history.when(command).then_refused(Code.NOT_DISTINGUISHED, id=LI, date=LATER)


def test_a_death_is_not_recorded_for_another_day_too() -> None:
    history = given(registered(), c.RecordDeath(person=LI, effective_on=LATER, **BY))
    again = c.RecordDeath(person=LI, effective_on=date(2017, 1, 1), **BY)
    history.when(again).then_refused(Code.NOT_ALIVE, id=LI)


def test_a_death_ends__the_life_and_frees_the_number() -> None:
    command = c.RecordDeath(person=LI, effective_on=LATER, **BY)
    history = given(registered(identity_number=NUMBER))
    history.when(command).then(e.PersonDeceased(effective_on=LATER))
    history.when(command).then_nothing()
    assert [period.end for period in history.register.entities[LI].life] == [LATER]
    assert [bearer.end for bearer in history.register.bearers("RESIDENT_ID", NUMBER)] == [LATER]


def test_an_unknown_person_does_not_die() -> None:
    command = c.RecordDeath(person=LI, effective_on=LATER, **BY)
    given().when(command).then_refused(Code.NOT_FOUND, noun="person", id=LI)
