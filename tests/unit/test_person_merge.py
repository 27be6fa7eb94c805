"""Two records of one person: what a merger says, when it is refused, and how it is taken back."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from registry.correction.commands import AmendEvent, RetractEvent
from registry.errors import Code
from registry.ids import stable_id
from registry.person import commands as c
from registry.person import events as e
from registry.person.aliases import canonical, same_person
from registry.time import Precision
from tests.support.given import BY, Given, given
from tests.support.people import (
    KNOWN,
    LI,
    NUMBER,
    OTHER_NUMBER,
    WANG,
    ZHAO,
    merged,
    registered,
)

LATER = date(2016, 5, 1)
SUN = stable_id("孙")


def three(**of_the_second: Any) -> Given:  # noqa: ANN401 - any field that the command has
    return given(
        registered(identity_number=NUMBER),
        registered(WANG, "李思", **of_the_second),
        registered(ZHAO, "李司", effective_on=LATER),
    )


def one(history: Given, person: UUID) -> set[UUID]:
    """Return all records of a person, having looked from each of them."""
    records = same_person(history.register, person)
    assert records[0] == canonical(history.register, person)
    for record in records:
        assert set(same_person(history.register, record)) == set(records)
    return set(records)


def retracting(history: Given, person: UUID) -> RetractEvent:
    """Return the retraction of the merger that was stated of a record."""
    acts = [r for r in history.register.entities[person].records if isinstance(r.event, e.PersonMerged)]
    stated = next(record for record in acts if record.cause is None)
    return RetractEvent(entity=person, position=stated.position, effective_on=KNOWN, **BY)


def test_merging_says_it_in_both_records_for_all_times() -> None:
    history = three()
    history.when(merged(WANG, LI)).then(
        e.PersonMerged(effective_on=e.ALWAYS, into=LI),
        e.PersonAbsorbed(effective_on=e.ALWAYS, alias=WANG),
    )
    history.when(merged(WANG, LI)).then_nothing()
    assert one(history, WANG) == {LI, WANG}
    assert one(history, ZHAO) == {ZHAO}
    assert history.register.state(WANG, KNOWN).into == LI


def test_a_merger_leaves_the_life_and_what_was_said_of_both_as_they_are() -> None:
    history = three()
    before = history.register.entities[WANG].life
    history.given(merged(WANG, LI))
    assert history.register.entities[WANG].life == before
    assert history.register.state(WANG, KNOWN).particulars.name == "李思"


def test_after_a_merger_both_bear_one_number_and_a_third_does_not() -> None:
    history = three()
    history.when(merged(WANG, LI)).then_recorded("person.merged", "person.absorbed")
    wang = history.register.fact(WANG, e.PersonRegistered)
    replacement = replace(wang.event, identity_number=NUMBER)
    amend = AmendEvent(entity=WANG, position=wang.position, replacement=replacement, effective_on=KNOWN, **BY)
    history.given(amend)
    history.when(registered(SUN, "孙", identity_number=NUMBER)).then_refused(
        Code.IDENTITY_NUMBER_TAKEN, holder=LI
    )


def test_records_with_one_number_are_not_parted_again() -> None:
    history = three()
    history.given(merged(WANG, LI))
    wang = history.register.fact(WANG, e.PersonRegistered)
    replacement = replace(wang.event, identity_number=NUMBER)
    history.given(
        AmendEvent(entity=WANG, position=wang.position, replacement=replacement, effective_on=KNOWN, **BY)
    )
    history.when(retracting(history, WANG)).then_refused(Code.IDENTITY_NUMBER_TAKEN, holder=LI)


def test_retracting_a_merger_parts_the_records() -> None:
    history = three()
    history.given(merged(WANG, LI)).given(retracting(history, WANG))
    assert one(history, WANG) == {WANG}
    assert one(history, LI) == {LI}
    history.when(merged(LI, WANG)).then_recorded("person.merged", "person.absorbed")


def test_nobody_is_merged_into_itself_or_into_nobody() -> None:
    history = three()
    history.when(merged(LI, LI)).then_refused(Code.INVALID_INPUT, field="into")
    history.when(merged(LI, SUN)).then_refused(Code.NOT_FOUND, id=SUN)
    history.when(merged(SUN, LI)).then_refused(Code.NOT_FOUND, id=SUN)


def test_an_alias_is_neither_merged_again_nor_merged_into() -> None:
    history = three().given(merged(WANG, LI))
    history.when(merged(WANG, ZHAO)).then_refused(Code.MERGED, id=WANG, into=LI)
    history.when(merged(ZHAO, WANG)).then_refused(Code.MERGED, id=WANG, into=LI)
    history.when(merged(LI, WANG)).then_refused(Code.MERGED, id=WANG, into=LI)


def test_a_chain_is_flattened_and_comes_back_when_the_later_merger_is_retracted() -> None:
    history = three().given(merged(ZHAO, WANG))
    history.when(merged(WANG, LI)).then_recorded(
        "person.merged", "person.absorbed", "person.merged", "person.absorbed"
    )
    assert one(history, ZHAO) == {LI, WANG, ZHAO}
    assert canonical(history.register, ZHAO) == LI
    history.given(retracting(history, WANG))
    assert one(history, ZHAO) == {WANG, ZHAO}
    assert one(history, LI) == {LI}


def test_what_followed_on_a_merger_goes_with_the_one_it_followed_on() -> None:
    history = three().given(merged(ZHAO, WANG), merged(WANG, LI))
    history.given(retracting(history, ZHAO))
    assert one(history, ZHAO) == {ZHAO}
    assert one(history, WANG) == {LI, WANG}


def test_a_retraction_that_is_retracted_does_not_close_a_circle() -> None:
    history = three().given(merged(WANG, LI))
    history.given(retracting(history, WANG))
    retraction = history.register.head - 1
    history.given(merged(LI, WANG))
    restore = RetractEvent(entity=WANG, position=retraction, effective_on=KNOWN, **BY)
    history.when(restore).then_refused(Code.MERGED)


def test_a_retraction_that_is_retracted_does_not_leave_an_alias_of_an_alias() -> None:
    history = three().given(merged(WANG, LI))
    history.given(retracting(history, WANG))
    retraction = history.register.head - 1
    history.given(merged(ZHAO, WANG))
    restore = RetractEvent(entity=WANG, position=retraction, effective_on=KNOWN, **BY)
    history.when(restore).then_refused(Code.HAS_ALIASES, id=WANG, alias=ZHAO)


def test_what_a_merger_says_is_not_amended() -> None:
    history = three().given(merged(WANG, LI))
    record = history.register.fact(WANG, e.PersonMerged)

    def amending(**said: Any) -> AmendEvent:  # noqa: ANN401 - any field of the event
        replacement = replace(record.event, **said)
        return AmendEvent(
            entity=WANG, position=record.position, replacement=replacement, effective_on=KNOWN, **BY
        )

    history.when(amending(into=ZHAO)).then_refused(Code.MERGED, id=WANG, into=ZHAO)
    history.when(amending(effective_on=KNOWN)).then_refused(Code.INVALID_INPUT, field="effectiveOn")
    history.when(amending(reason="同一人")).then_recorded("correction.amended")


def test_what_others_are_merged_into_is_not_unregistered() -> None:
    history = three().given(merged(WANG, LI))
    record = history.register.fact(LI, e.PersonRegistered)
    command = RetractEvent(entity=LI, position=record.position, effective_on=KNOWN, **BY)
    history.when(command).then_refused(Code.HAS_ALIASES, id=LI, alias=WANG)


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("identityNumber", {"identity_number": OTHER_NUMBER}),
        ("birthDate", {"birth_date": date(1990, 3, 8)}),
        ("birthDate", {"birth_date": date(1991, 1, 1), "birth_precision": Precision.YEAR}),
    ],
)
def test_people_who_differ_are_not_merged(field: str, said: dict[str, Any]) -> None:
    history = three(**said)
    refusal = history.when(merged(WANG, LI)).then_refused(Code.PERSONS_DIFFER, field=field)
    assert NUMBER not in str(refusal.details)


def test_a_birth_known_to_the_month_does_not_differ() -> None:
    history = three(birth_date=date(1990, 3, 1), birth_precision=Precision.MONTH)
    history.when(merged(WANG, LI)).then_recorded("person.merged", "person.absorbed")


def test_the_dead_and_the_living_are_not_merged() -> None:
    history = three().given(c.RecordDeath(person=WANG, effective_on=LATER, **BY))
    history.when(merged(WANG, LI)).then_refused(Code.PERSONS_DIFFER, field="death")
    history.given(c.RecordDeath(person=LI, effective_on=LATER, **BY))
    history.when(merged(WANG, LI)).then_recorded("person.merged", "person.absorbed")


def test_commands_go_to_the_record_that_stands_for_the_person() -> None:
    history = three().given(merged(WANG, LI))
    command = c.RenamePerson(person=WANG, name="李", effective_on=LATER, **BY)
    history.when(command).then_refused(Code.MERGED, id=WANG, into=LI)


def test_a_death_is_that_of_every_record() -> None:
    history = three().given(merged(WANG, LI))
    history.when(c.RecordDeath(person=LI, effective_on=LATER, **BY)).then_recorded(
        "person.deceased", "person.deceased"
    )
    assert history.register.state(WANG, LATER).deceased


def test_an_alias_that_was_never_a_person_stands_for_itself() -> None:
    history = three()
    assert canonical(history.register, SUN) == SUN
    assert same_person(history.register, SUN) == (SUN,)
