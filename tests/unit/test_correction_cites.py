"""A correction cites the document that decided it (更正依据)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from registry.correction.commands import AmendEvent, RetractEvent
from registry.instrument.commands import RecordInstrument
from registry.organization.commands import EstablishOrganization
from registry.organization.events import OrganizationEstablished
from registry.organization.kinds import Kind
from tests.support.given import BY, given

DOCUMENT = uuid4()
SOCIETY = uuid4()
DAY = date(2018, 5, 1)


def test_amendments_and_retractions_carry_the_document_and_clause_of_their_command() -> None:
    before = given(
        RecordInstrument(document=DOCUMENT, title="更正通知", effective_on=DAY, **BY),
        EstablishOrganization(organization=SOCIETY, name="学会", kind=Kind.SOCIETY, effective_on=DAY, **BY),
    )
    position = before.register.fact(SOCIETY, OrganizationEstablished).position
    cited: dict[str, Any] = {"effective_on": DAY, "instrument": DOCUMENT, "clause": "一", **BY}
    replacement = OrganizationEstablished(name="某学会", kind=Kind.SOCIETY, effective_on=DAY)

    (amended,) = before.when(
        AmendEvent(entity=SOCIETY, position=position, replacement=replacement, **cited)
    ).records
    (retracted,) = before.when(RetractEvent(entity=SOCIETY, position=position, **cited)).records

    assert (amended.event.instrument, amended.event.clause) == (DOCUMENT, "一")
    assert (retracted.event.instrument, retracted.event.clause) == (DOCUMENT, "一")
    # What is corrected keeps the source of its own, here none.
    assert amended.event.replacement.instrument is None  # type: ignore[attr-defined]  # an amendment
