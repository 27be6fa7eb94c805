"""The constraints of the tables are a net for our mistakes: the database refuses each kind of wrong row."""

from __future__ import annotations

import asyncpg
import pytest

from projections.catalog import READ_MODELS
from projections.model import ReadModel
from tests.support.desk import open_desk
from tests.support.planting import NOBODY, THEN, A, B, C, Row, row

EVER = "[2020-01-01,)"
A_YEAR = "[2020-01-01,2021-01-01)"
A_YEAR_AND_A_DAY = "[2020-01-01,2021-01-02)"
LAST_DAY = "[2020-12-31,2021-01-01)"
LATER = "[2022-01-01,2022-01-02)"

AFFAIR = "abababab-0000-0000-0000-000000000000"
FUNCTION = "ffffffff-0000-0000-0000-000000000000"
POST, TERM, PERSON = (f"{digit * 8}-0000-0000-0000-000000000000" for digit in "123")
MEMBERSHIP = "eeeeeeee-0000-0000-0000-000000000000"

SOUND = [
    row("life", id=A, valid=EVER),
    row("life", id=B, valid=A_YEAR),
    row("life", id=C, valid=EVER),
    row("life", id=FUNCTION, valid=EVER),
    row("organization", id=A, valid=EVER),
    row("relation", subordinate=B, hierarchy="PART_OF", superior=A, valid=A_YEAR),
    row("relation", subordinate=C, hierarchy="LEADS", superior=A, valid=EVER),
    row("holding", function=FUNCTION, holder=B, valid=A_YEAR),
    row("identifier", entity=A, scheme="S", value="1", valid=EVER),
    row("designation", organization=A, name="示范", valid=EVER),
    row("function", id=FUNCTION, valid=EVER),
    row("instrument", id=A, valid=EVER),
    row("reorganization", id=A, valid=EVER),
    row("succession", reorganization=A, predecessor=B, successor=C, valid=EVER),
    row("life", id=POST, valid=EVER),
    row("life", id=TERM, valid=A_YEAR),
    row("life", id=PERSON, valid=EVER),
    row("post", id=POST, organization=A, valid=EVER),
    row("term", id=TERM, body=B, valid=A_YEAR),
    row("appointment", id=A, person=PERSON, post=POST, term=TERM, representing=B, valid=A_YEAR),
    row("membership", id=MEMBERSHIP, member=B, organization=A, valid=A_YEAR),
    row("affiliation", id=MEMBERSHIP, person=B, branch=A, valid=A_YEAR),
    row("participation", id=MEMBERSHIP, person=B, organization=A, valid=A_YEAR),
    # What ended outlives both of its ends.
    row("membership", id=NOBODY, member=B, organization=NOBODY, status="ENDED", valid=EVER),
    row("affiliation", id=NOBODY, person=B, branch=NOBODY, end_reason="OTHER", valid=EVER),
    row("participation", id=NOBODY, person=B, organization=NOBODY, ended="true", valid=EVER),
    row("naming", entity=A, name="名", valid=EVER),
    row("person", id=A, valid=EVER),
    row("person_private", person=A, valid=EVER),
    row("registration", organization=A, representative=B, valid=A_YEAR),
    row("charter", organization=A, valid=EVER),
    row("staffing", organization=A, valid=EVER),
    row("quota", organization=A, valid=EVER),
    row("mandate", id=AFFAIR, holder=B, grantor=A, valid=A_YEAR),
    row("mandate_review", mandate=AFFAIR, position="1", valid=EVER),
    row("programme", id=AFFAIR, owner=B, valid=A_YEAR),
    row("enrollment", programme=A, organization=B, valid=A_YEAR),
    row("role_grant", id=AFFAIR, root=B, position="1", valid=A_YEAR),
    row("figure", id=AFFAIR, organization=B, valid=A_YEAR),
    row("secondment", id=AFFAIR, person=A, home=B, host=C, valid=A_YEAR),
    row("liaison", id=AFFAIR, cadre=A, scientist=B, valid=A_YEAR),
    row("liaison_visit", liaison=AFFAIR, position="1", valid=EVER),
    row("liaison_note", liaison=AFFAIR, position="1", person=B, valid=EVER),
    row("secondment_private", secondment=AFFAIR, person=A, valid=EVER),
    row("proposal", id=AFFAIR, subject=A, valid=EVER),
    row("proposal_place", proposal=AFFAIR, organization=A, valid=EVER),
    row("proposal_private", proposal=AFFAIR, person=B, valid=EVER),
    # What has ended is still shown with what is not there any more.
    row("mandate", id=C, holder=NOBODY, grantor=NOBODY, status="REVOKED", valid=EVER),
    row("programme", id=C, owner=NOBODY, ended_on="2020-01-01", valid=EVER),
    row("figure", id=C, organization=NOBODY, withdrawn="true", valid=EVER),
    row("secondment", id=C, person=NOBODY, home=NOBODY, host=A, ended_on="2020-01-01", valid=EVER),
    row("liaison", id=C, cadre=NOBODY, scientist=A, ended_on="2020-01-01", valid=EVER),
    row("person_alias", alias=C, canonical=A, valid="(,)"),
    row("employment", person=C, employment=A, employer=B, primary_="true", valid=A_YEAR),
    row("professional_title", person=C, name="研究员", valid=EVER),
    row("person_discipline", person=C, discipline="520", valid=EVER),
    row("award", person=C, name="青年科技奖", valid=EVER),
    row("measure", id=A, valid=EVER),
    row("measure_part", measure=A, role="LED_BY", assignee=B, bound=B, valid=A_YEAR),
    row("measure_part", measure=A, role="SUPPORTED_BY", assignee=C, bound=C, valid=EVER),
    # Who had a part in what is over need not be there any more.
    row("measure_part", measure=C, role="LED_BY", assignee=NOBODY, valid=EVER),
    row("deadline_move", measure=A, position="1", valid=EVER),
    row("milestone", measure=A, name="印发", valid=EVER),
    row("finding", measure=A, finding=A, valid=EVER),
    row("evidence", measure=A, cited="1", valid=EVER),
    row("progress", measure=A, position="1", valid=EVER),
    row("fulfilment", measure=A, position="1", valid=EVER),
    row("criterion", id=A, valid=EVER),
    row("rule", id=C, valid=EVER),
    row("criterion_use", source=C, criterion=B, valid=A_YEAR),
]
"""Rows that go together: one organization for a year, two for ever, one leading the other, and a function."""


def under(who: str, hierarchy: str, superior: str, valid: str) -> Row:
    """Return the row of a relation."""
    return row("relation", subordinate=who, hierarchy=hierarchy, superior=superior, valid=valid)


WRONG: dict[str, list[Row]] = {
    "two of one thing on one day": [
        row("life", id=A, valid=LATER),
        row("organization", id=A, valid=LATER),
        row("function", id=FUNCTION, valid=LATER),
        row("instrument", id=A, valid=LATER),
        row("reorganization", id=A, valid=LATER),
        row("designation", organization=A, name="示范", valid=LATER),
        row("succession", reorganization=A, predecessor=B, successor=C, valid=LATER),
        under(C, "LEADS", A, LATER),
        row("post", id=POST, organization=A, valid=LATER),
        row("term", id=TERM, body=B, ended="true", valid=LAST_DAY),
        row("term", id=NOBODY, body=B, valid=LAST_DAY),
        row("appointment", id=A, person=PERSON, post=POST, ended="true", valid=LAST_DAY),
        row("appointment", id=NOBODY, person=PERSON, post=POST, valid=LAST_DAY),
        row("membership", id=MEMBERSHIP, member=A, organization=C, valid=LAST_DAY),
        row("affiliation", id=MEMBERSHIP, person=A, branch=C, valid=LAST_DAY),
        row("participation", id=MEMBERSHIP, person=A, organization=C, valid=LAST_DAY),
        row("registration", organization=A, valid=LAST_DAY),
        row("charter", organization=A, valid=LATER),
        row("staffing", organization=A, valid=LATER),
        row("quota", organization=A, valid=LATER),
        row("mandate", id=AFFAIR, holder=A, valid=LAST_DAY),
        row("mandate_review", mandate=AFFAIR, position="1", valid=LATER),
        row("programme", id=AFFAIR, owner=A, valid=LAST_DAY),
        row("enrollment", programme=A, organization=B, valid=LAST_DAY),
        row("figure", id=AFFAIR, organization=A, valid=LAST_DAY),
        row("secondment", id=AFFAIR, person=A, home=B, host=C, valid=LAST_DAY),
        row("liaison", id=AFFAIR, cadre=A, scientist=C, valid=LAST_DAY),
        row("liaison_visit", liaison=AFFAIR, position="1", valid=LATER),
        row("liaison_note", liaison=AFFAIR, position="1", person=B, valid=LATER),
        row("secondment_private", secondment=AFFAIR, person=A, valid=LATER),
        row("proposal", id=AFFAIR, subject=B, valid=LATER),
        row("proposal_place", proposal=AFFAIR, organization=A, valid=LATER),
        row("proposal_private", proposal=AFFAIR, person=B, valid=LATER),
        row("person", id=A, valid=LATER),
        row("person_private", person=A, valid=LATER),
        row("person_alias", alias=C, canonical=B, valid=LATER),
        row("employment", person=C, employment=A, employer=A, valid=LAST_DAY),
        row("professional_title", person=C, name="研究员", valid=LATER),
        row("person_discipline", person=C, discipline="520", valid=LATER),
        row("award", person=C, name="青年科技奖", valid=LATER),
        row("measure", id=A, valid=LATER),
        row("measure_part", measure=A, role="SUPPORTED_BY", assignee=C, bound=C, valid=LATER),
        row("deadline_move", measure=A, position="1", valid=LATER),
        row("milestone", measure=A, name="印发", valid=LATER),
        row("finding", measure=A, finding=A, valid=LATER),
        row("evidence", measure=A, cited="1", valid=LATER),
        row("progress", measure=A, position="1", valid=LATER),
        row("fulfilment", measure=A, position="1", valid=LATER),
        row("criterion", id=A, valid=LATER),
        row("rule", id=C, valid=LATER),
        row("criterion_use", source=C, criterion=B, valid=LAST_DAY),
    ],
    "two superiors at once": [under(B, "PART_OF", C, LAST_DAY), under(B, "PART_OF", A, LAST_DAY)],
    "two that lead at once": [
        row("measure_part", measure=A, role="LED_BY", assignee=C, bound=C, valid=LAST_DAY)
    ],
    "two primary employments at once": [
        row("employment", person=C, employment=B, employer=A, primary_="true", valid=LAST_DAY)
    ],
    "two holders at once": [row("holding", function=FUNCTION, holder=A, valid=LAST_DAY)],
    "an identifier of two at once": [row("identifier", entity=C, scheme="S", value="1", valid=LATER)],
    "no day": [
        row("life", id=NOBODY, valid="empty"),
        row("organization", id=NOBODY, valid="empty"),
        row("function", id=NOBODY, valid="empty"),
        row("instrument", id=NOBODY, valid="empty"),
        row("reorganization", id=NOBODY, valid="empty"),
        row("designation", organization=A, name="优秀", valid="empty"),
        row("identifier", entity=A, scheme="S", value="2", valid="empty"),
        row("holding", function=FUNCTION, holder=A, valid="empty"),
        row("succession", reorganization=A, predecessor=A, successor=C, valid="empty"),
        row("naming", entity=A, name="名", valid="empty"),
        under(A, "HOSTS", C, "empty"),
        row("post", id=NOBODY, organization=A, valid="empty"),
        row("term", id=NOBODY, body=B, valid="empty"),
        row("appointment", id=NOBODY, person=PERSON, post=POST, valid="empty"),
        row("membership", id=A, member=A, organization=C, valid="empty"),
        row("affiliation", id=A, person=A, branch=C, valid="empty"),
        row("participation", id=A, person=A, organization=C, valid="empty"),
        row("registration", organization=C, valid="empty"),
        row("charter", organization=C, valid="empty"),
        row("staffing", organization=C, valid="empty"),
        row("quota", organization=C, valid="empty"),
        row("mandate", id=A, holder=A, valid="empty"),
        row("mandate_review", mandate=A, position="1", valid="empty"),
        row("programme", id=A, owner=A, valid="empty"),
        row("enrollment", programme=C, organization=A, valid="empty"),
        row("figure", id=A, organization=A, valid="empty"),
        row("secondment", id=A, person=A, home=B, host=C, valid="empty"),
        row("liaison", id=A, cadre=A, scientist=B, valid="empty"),
        row("liaison_visit", liaison=A, position="1", valid="empty"),
        row("liaison_note", liaison=A, position="1", person=B, valid="empty"),
        row("secondment_private", secondment=A, person=A, valid="empty"),
        row("proposal", id=A, subject=A, valid="empty"),
        row("proposal_place", proposal=A, organization=A, valid="empty"),
        row("proposal_private", proposal=A, person=B, valid="empty"),
        row("person", id=NOBODY, valid="empty"),
        row("person_private", person=NOBODY, valid="empty"),
        row("person_alias", alias=A, canonical=C, valid="empty"),
        row("employment", person=C, employment=B, valid="empty"),
        row("professional_title", person=C, name="教授", valid="empty"),
        row("person_discipline", person=C, discipline="110", valid="empty"),
        row("award", person=C, name="青年科技奖", position="2", valid="empty"),
        row("measure", id=NOBODY, valid="empty"),
        row("criterion", id=NOBODY, valid="empty"),
        row("rule", id=NOBODY, valid="empty"),
        row("criterion_use", source=C, criterion=A, valid="empty"),
        row("measure_part", measure=A, role="RESPONSIBLE", assignee=C, bound=C, valid="empty"),
        row("deadline_move", measure=A, position="2", valid="empty"),
        row("milestone", measure=A, name="落实", valid="empty"),
        row("finding", measure=A, finding=B, valid="empty"),
        row("evidence", measure=A, cited="2", valid="empty"),
        row("progress", measure=A, position="2", valid="empty"),
        row("fulfilment", measure=A, position="2", valid="empty"),
    ],
    "an orphan": [
        under(C, "HOSTS", NOBODY, EVER),
        under(NOBODY, "HOSTS", C, EVER),
        row("holding", function=FUNCTION, holder=NOBODY, valid=LATER),
        row("holding", function=NOBODY, holder=A, valid=LATER),
        row("identifier", entity=NOBODY, scheme="S", value="2", valid=EVER),
        row("designation", organization=NOBODY, name="示范", valid=EVER),
        row("criterion_use", source=C, criterion=NOBODY, valid=EVER),
        row("criterion_use", source=NOBODY, criterion=A, valid=EVER),
        row("registration", organization=NOBODY, valid=EVER),
        row("registration", organization=C, representative=NOBODY, valid=EVER),
        row("charter", organization=NOBODY, valid=EVER),
        row("staffing", organization=NOBODY, valid=EVER),
        row("quota", organization=NOBODY, valid=EVER),
        row("mandate", id=A, holder=NOBODY, valid=EVER),
        row("mandate", id=A, holder=A, grantor=NOBODY, valid=EVER),
        row("programme", id=A, owner=NOBODY, valid=EVER),
        row("enrollment", programme=NOBODY, organization=A, valid=EVER),
        row("enrollment", programme=A, organization=NOBODY, valid=EVER),
        row("figure", id=A, organization=NOBODY, valid=EVER),
        row("secondment", id=A, person=NOBODY, home=A, host=C, valid=EVER),
        row("secondment", id=A, person=A, home=NOBODY, host=C, valid=EVER),
        row("secondment", id=A, person=A, home=C, host=NOBODY, valid=EVER),
        row("liaison", id=A, cadre=NOBODY, scientist=C, valid=EVER),
        row("liaison", id=A, cadre=A, scientist=NOBODY, valid=EVER),
        row("employment", person=C, employment=B, employer=NOBODY, valid=EVER),
        row("employment", person=NOBODY, employment=B, valid=EVER),
        row("professional_title", person=NOBODY, name="教授", valid=EVER),
        row("person_discipline", person=NOBODY, discipline="110", valid=EVER),
        row("award", person=NOBODY, name="青年科技奖", valid=EVER),
        row("post", id=C, organization=NOBODY, valid=EVER),
        row("term", id=C, body=NOBODY, valid=EVER),
        row("appointment", id=C, person=NOBODY, post=POST, valid=EVER),
        row("appointment", id=C, person=PERSON, post=NOBODY, valid=LATER),
        row("appointment", id=C, person=PERSON, post=POST, term=NOBODY, valid=LATER),
        row("appointment", id=C, person=PERSON, post=POST, representing=NOBODY, valid=LATER),
        row("membership", id=A, member=A, organization=NOBODY, valid=LATER),
        row("membership", id=A, member=NOBODY, organization=A, valid=LATER),
        row("affiliation", id=A, person=A, branch=NOBODY, valid=LATER),
        row("affiliation", id=A, person=NOBODY, branch=A, valid=LATER),
        row("participation", id=A, person=A, organization=NOBODY, valid=LATER),
        row("participation", id=A, person=NOBODY, organization=A, valid=LATER),
        row("measure_part", measure=A, role="RESPONSIBLE", assignee=NOBODY, bound=NOBODY, valid=EVER),
        row("measure_part", measure=NOBODY, role="LED_BY", assignee=A, bound=A, valid=EVER),
        row("deadline_move", measure=NOBODY, position="1", valid=EVER),
        row("milestone", measure=NOBODY, name="印发", valid=EVER),
        row("finding", measure=NOBODY, finding=A, valid=EVER),
        row("evidence", measure=NOBODY, cited="1", valid=EVER),
        row("progress", measure=NOBODY, position="1", valid=EVER),
        row("fulfilment", measure=NOBODY, position="1", valid=EVER),
    ],
    "a day outside of a life": [
        under(C, "HOSTS", B, A_YEAR_AND_A_DAY),
        under(B, "HOSTS", C, A_YEAR_AND_A_DAY),
        under(C, "HOSTS", A, "[2019-12-31,2020-01-02)"),
        row("holding", function=FUNCTION, holder=B, valid="[2021-01-01,2021-01-02)"),
        row("holding", function=FUNCTION, holder=A, valid="[2019-12-31,2020-01-01)"),
        row("identifier", entity=B, scheme="S", value="2", valid=A_YEAR_AND_A_DAY),
        row("designation", organization=B, name="示范", valid=A_YEAR_AND_A_DAY),
        row("registration", organization=C, representative=B, valid=A_YEAR_AND_A_DAY),
        row("mandate", id=A, holder=B, valid=A_YEAR_AND_A_DAY),
        row("mandate", id=A, holder=A, grantor=B, valid=A_YEAR_AND_A_DAY),
        row("programme", id=A, owner=B, valid=A_YEAR_AND_A_DAY),
        row("enrollment", programme=A, organization=B, valid="[2021-01-01,2021-01-02)"),
        row("figure", id=A, organization=B, valid=A_YEAR_AND_A_DAY),
        row("secondment", id=A, person=A, home=C, host=B, valid=A_YEAR_AND_A_DAY),
        row("liaison", id=A, cadre=A, scientist=B, valid=A_YEAR_AND_A_DAY),
        row("employment", person=C, employment=B, employer=B, valid=A_YEAR_AND_A_DAY),
        row("employment", person=B, employment=B, valid=A_YEAR_AND_A_DAY),
        row("professional_title", person=B, name="教授", valid=A_YEAR_AND_A_DAY),
        row("person_discipline", person=B, discipline="110", valid=A_YEAR_AND_A_DAY),
        row("award", person=B, name="青年科技奖", valid=A_YEAR_AND_A_DAY),
        row("post", id=C, organization=B, valid=A_YEAR_AND_A_DAY),
        row("term", id=C, body=B, valid="[2021-01-01,2021-01-02)"),
        row("appointment", id=C, person=PERSON, post=POST, term=TERM, valid="[2021-01-01,2021-01-02)"),
        row("appointment", id=C, person=PERSON, post=POST, representing=B, valid="[2021-01-01,2021-01-02)"),
        row("membership", id=A, member=B, organization=C, valid=A_YEAR_AND_A_DAY),
        row("membership", id=A, member=C, organization=B, valid=A_YEAR_AND_A_DAY),
        row("affiliation", id=A, person=B, branch=C, valid=A_YEAR_AND_A_DAY),
        row("affiliation", id=A, person=C, branch=B, valid=A_YEAR_AND_A_DAY),
        row("participation", id=A, person=B, organization=C, valid=A_YEAR_AND_A_DAY),
        row("participation", id=A, person=C, organization=B, valid=A_YEAR_AND_A_DAY),
        row("measure_part", measure=C, role="SUPPORTED_BY", assignee=B, bound=B, valid=A_YEAR_AND_A_DAY),
        row("deadline_move", measure=B, position="1", valid=A_YEAR_AND_A_DAY),
        row("milestone", measure=B, name="印发", valid=A_YEAR_AND_A_DAY),
        row("finding", measure=B, finding=A, valid=A_YEAR_AND_A_DAY),
        row("evidence", measure=B, cited="1", valid=A_YEAR_AND_A_DAY),
        row("progress", measure=B, position="1", valid=A_YEAR_AND_A_DAY),
        row("fulfilment", measure=B, position="1", valid=A_YEAR_AND_A_DAY),
    ],
    "no number": [
        row("post", id=C, organization=A, seats="0", valid=EVER),
        row("term", id=C, body=C, number="0", valid=EVER),
    ],
    "itself": [
        under(C, "HOSTS", C, EVER),
        row("succession", reorganization=A, predecessor=B, successor=B, valid=EVER),
        row("secondment", id=A, person=A, home=C, host=C, valid=EVER),
        row("liaison", id=A, cadre=A, scientist=A, valid=EVER),
        row("person_alias", alias=B, canonical=B, valid="(,)"),
    ],
    "personal data in the wrong table": [
        row("proposal", id=A, subject=A, personal="true", content="{}", valid=EVER),
        row("proposal", id=A, subject=A, personal="true", reason="因病", valid=EVER),
        row("proposal", id=A, subject=A, personal="true", decision="不符", valid=EVER),
    ],
}
"""What is wrong with a row, and rows of which that is the only thing wrong."""

REFUSALS: dict[str, type[asyncpg.PostgresError]] = {
    "two of one thing on one day": asyncpg.ExclusionViolationError,
    "two superiors at once": asyncpg.ExclusionViolationError,
    "two that lead at once": asyncpg.ExclusionViolationError,
    "two primary employments at once": asyncpg.ExclusionViolationError,
    "two holders at once": asyncpg.ExclusionViolationError,
    "an identifier of two at once": asyncpg.ExclusionViolationError,
    "no day": asyncpg.CheckViolationError,
    "an orphan": asyncpg.ForeignKeyViolationError,
    "a day outside of a life": asyncpg.ForeignKeyViolationError,
    "no number": asyncpg.CheckViolationError,
    "itself": asyncpg.CheckViolationError,
    "personal data in the wrong table": asyncpg.CheckViolationError,
}
"""Which kind of constraint refuses it."""


@pytest.mark.parametrize("wrong", WRONG)
async def test_a_wrong_row_is_refused(database_url: str, wrong: str) -> None:
    async with open_desk(database_url) as desk:
        for sound in SOUND:
            await desk.connection.execute(sound.insertion)
        for planted in WRONG[wrong]:
            with pytest.raises(REFUSALS[wrong]) as refused:
                await desk.connection.execute(planted.insertion)
            assert refused.value.table_name == planted.table


@pytest.mark.parametrize("model", READ_MODELS, ids=lambda model: model.name)
async def test_a_past_belief_was_held_for_some_time(database_url: str, model: ReadModel) -> None:
    sound = next(found for found in SOUND if found.table == model.name)
    async with open_desk(database_url) as desk:
        past = row(f"{model.name}_past", **sound.columns, recorded=f"[{THEN},)")
        await desk.connection.execute(past.insertion)
        for never in ("empty", f"[{THEN},{THEN})"):
            with pytest.raises(asyncpg.CheckViolationError):
                await desk.connection.execute(
                    row(past.table, **{**past.columns, "recorded": never}).insertion
                )


async def test_sound_rows_may_change_places_in_one_transaction(database_url: str) -> None:
    """References are looked at when a transaction ends, so what refers may come before its target."""
    async with open_desk(database_url) as desk, desk.connection.transaction():
        for sound in reversed(SOUND):
            await desk.connection.execute(sound.insertion)
