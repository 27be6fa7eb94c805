"""What each command to an instrument records, why it is refused, and when there is nothing to record."""

from __future__ import annotations

from datetime import date

import pytest

from registry.correction.commands import RetractEvent
from registry.errors import Code
from registry.ids import stable_id
from registry.instrument import commands as c
from registry.instrument import events as e
from registry.organization.commands import RenameOrganization
from tests.support.dalian import ASSOCIATION, CITY
from tests.support.given import BY, given

PLAN, OTHER = stable_id("方案"), stable_id("另一文件")
ISSUED, DAY = date(2017, 12, 1), date(2020, 1, 1)
DIGEST = "0123456789abcdef" * 4

RECORDED = c.RecordInstrument(
    document=PLAN,
    title="改革方案",
    number="辽委办发〔2017〕86号",
    issuer="省委办公厅",
    sha256=DIGEST,
    effective_on=ISSUED,
    **BY,
)
REPEALED = c.RepealInstrument(document=PLAN, effective_on=DAY, **BY)
CITING = RenameOrganization(
    organization=CITY, name="大连市科协", instrument=PLAN, clause="二(一)", effective_on=DAY, **BY
)


def test_recording_a_document() -> None:
    given().when(RECORDED).then(
        e.InstrumentIssued(
            effective_on=ISSUED,
            title="改革方案",
            number="辽委办发〔2017〕86号",
            issuer="省委办公厅",
            sha256=DIGEST,
        )
    )


def test_recording_under_an_id_that_is_taken_is_refused() -> None:
    given(RECORDED).when(RECORDED).then_refused(Code.ALREADY_EXISTS, id=PLAN)


@pytest.mark.parametrize("digest", ["", DIGEST[:-1], DIGEST + "0", DIGEST.upper(), "g" * 64])
def test_what_is_no_digest_is_refused(digest: str) -> None:
    command = c.RecordInstrument(document=PLAN, title="改革方案", sha256=digest, effective_on=ISSUED, **BY)
    given().when(command).then_refused(Code.INVALID_INPUT, field="sha256")


def test_a_number_belongs_to_one_document_in_force() -> None:
    again = c.RecordInstrument(
        document=OTHER, title="另一文件", number=RECORDED.number, effective_on=ISSUED, **BY
    )
    history = given(RECORDED)
    history.when(again).then_refused(Code.IDENTIFIER_TAKEN, holder=PLAN, value=RECORDED.number)
    later = c.RecordInstrument(
        document=OTHER, title="另一文件", number=RECORDED.number, effective_on=DAY, **BY
    )
    history.given(REPEALED).when(later).then_recorded("instrument.issued")


def test_repealing() -> None:
    history = given(RECORDED)
    history.when(REPEALED).then(e.InstrumentRepealed(effective_on=DAY))
    history.when(REPEALED).then_nothing()


def test_repealing_before_it_was_issued_is_refused() -> None:
    early = date(2017, 11, 30)
    command = c.RepealInstrument(document=PLAN, effective_on=early, **BY)
    given(RECORDED).when(command).then_refused(Code.NOT_ALIVE, id=PLAN, date=early)


def test_repealing_what_is_repealed_later_is_refused() -> None:
    command = c.RepealInstrument(document=PLAN, effective_on=date(2019, 1, 1), **BY)
    history = given(RECORDED, REPEALED)
    history.when(command).then_refused(Code.LATER_EVENT_CONFLICTS, topic="instrument.repealed")


def test_repealing_what_is_not_recorded_is_refused() -> None:
    given().when(REPEALED).then_refused(Code.NOT_FOUND, noun="instrument", id=PLAN)


def test_a_document_is_cited_with_its_clause() -> None:
    outcome = given(ASSOCIATION, RECORDED).when(CITING)
    event = outcome.records[0].event
    assert (event.instrument, event.clause) == (PLAN, "二(一)")


def test_a_document_that_is_not_recorded_is_not_cited() -> None:
    given(ASSOCIATION).when(CITING).then_refused(Code.NOT_FOUND, noun="instrument", id=PLAN)


def test_an_organization_is_not_cited() -> None:
    command = RenameOrganization(
        organization=CITY, name="大连市科协", instrument=CITY, effective_on=DAY, **BY
    )
    given(ASSOCIATION).when(command).then_refused(Code.WRONG_NOUN, id=CITY, expected="instrument")


def test_a_document_whose_record_is_retracted_is_not_cited() -> None:
    history = given(ASSOCIATION, RECORDED)
    undo = RetractEvent(
        entity=PLAN,
        position=history.register.fact(PLAN, e.InstrumentIssued).position,
        effective_on=DAY,
        **BY,
    )
    history.given(undo).when(CITING).then_refused(Code.NOT_FOUND, noun="instrument", id=PLAN)
