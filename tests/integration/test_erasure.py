"""Erasing a person leaves nothing of their data anywhere, and everything else as it was."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from projections.rebuild import rebuild
from registry.affiliation.commands import EndAffiliation, ReceiveTransfer, TransferAffiliation
from registry.affiliation.kinds import AffiliationEnd, AffiliationStage
from registry.commands import Command
from registry.correction.commands import AmendEvent, RetractEvent
from registry.errors import Code, Refusal
from registry.ids import stable_id
from registry.membership.commands import AdmitMember, EndMembership
from registry.membership.kinds import MemberClass, MembershipEnd
from registry.person import commands as c
from registry.person.events import PersonRenamed
from registry.person.kinds import Sector, TitleLevel
from registry.store.connection import connect
from registry.store.sealing import opened
from tests.support.committing import Office, fresh, record, refused, send
from tests.support.dalian import SOCIETY
from tests.support.desk import read_log, rows_of
from tests.support.every_row import every_row
from tests.support.given import BY
from tests.support.joining import AFFILIATION, PARTY, SECOND, affiliated, taking_part
from tests.support.people import NUMBER
from tests.support.sealing import MAPPER

DAY = date(2020, 1, 1)
PERSON = stable_id("erased person")
SECRETS = (
    "欧阳晨曦",
    "欧阳晨光",
    "ouyang",
    NUMBER,
    "13904115566",
    "chenxi@example.cn",
    "滨城海藻研究室",
    "海藻首席",
    "海藻学正高",
    "海藻金奖",
    "海藻基金会",
    "因海藻过敏",
    "海藻笔误",
    "海藻函1号",
)


def told(person: UUID = PERSON) -> list[Command]:
    """Return commands that tell everything a person may have."""
    said: dict[str, Any] = {"person": person, "effective_on": DAY, **BY}
    member: dict[str, Any] = {"effective_on": DAY, **BY}
    job = stable_id("job")
    return [
        c.RegisterPerson(
            name="欧阳晨曦",
            identity_number=NUMBER,
            phone="13904115566",
            email="chenxi@example.cn",
            **said,
        ),
        c.RenamePerson(name="欧阳晨光", reason="因海藻过敏", **{**said, "effective_on": date(2021, 1, 1)}),
        c.EmployPerson(
            employment=job,
            employer_name="滨城海藻研究室",
            sector=Sector.INSTITUTE,
            position="海藻首席",
            primary=True,
            **said,
        ),
        c.AwardTitle(name="海藻学正高", level=TitleLevel.SENIOR, **said),
        c.WithdrawTitle(name="海藻学正高", **{**said, "effective_on": date(2022, 1, 1)}),
        c.AwardTitle(
            name="海藻学正高", level=TitleLevel.SENIOR, **{**said, "effective_on": date(2023, 1, 1)}
        ),
        c.GrantAward(name="海藻金奖", grantor="海藻基金会", **said),
        c.SetDisciplines(disciplines=("180",), **said),
        AdmitMember(
            membership=stable_id("membership"),
            member=person,
            organization=SOCIETY,
            member_class=MemberClass.INDIVIDUAL,
            reason="因海藻过敏",
            **member,
        ),
        affiliated(person=person, stage=AffiliationStage.PROBATIONARY, on=DAY),
        TransferAffiliation(
            affiliation=AFFILIATION,
            branch=SECOND,
            letter="海藻函1号",
            letter_valid_until=date(2021, 3, 1),
            **{**member, "effective_on": date(2021, 2, 1)},
        ),
        ReceiveTransfer(
            affiliation=AFFILIATION,
            received_on=date(2021, 2, 3),
            **{**member, "effective_on": date(2021, 2, 4)},
        ),
        taking_part(person=person, on=DAY),
    ]


async def dump(office: Office) -> str:
    """Return every row of every table of the database as text, byte columns decoded."""
    return await every_row(office.fetch)


async def erased(office: Office) -> None:
    """Register, tell and erase."""
    committer = await office.open()
    await record(committer, *(fresh(command) for command in PARTY))
    await record(committer, *(fresh(command) for command in told()))
    await record(committer, fresh(c.ErasePerson(person=PERSON, effective_on=DAY, reason="本人申请", **BY)))


async def test_what_is_personal_is_never_in_the_log_in_clear(office: Office) -> None:
    committer = await office.open()
    await record(committer, *(fresh(command) for command in PARTY))
    await record(committer, *(fresh(command) for command in told()))
    bodies = b"\n".join(body for (body,) in await office.fetch("SELECT body FROM registry.event"))
    assert [secret for secret in SECRETS if secret.encode() in bodies] == []
    connection = await connect(office.url)
    try:
        log = await read_log(connection)
    finally:
        await connection.close()
    names = [r.event.name for r in log if isinstance(r.event, PersonRenamed)]
    assert names == ["欧阳晨光"]


async def test_no_byte_of_what_was_erased_is_in_any_table(office: Office) -> None:
    committer = await office.open()
    await record(committer, *(fresh(command) for command in PARTY))
    await record(committer, *(fresh(command) for command in told()))
    before = await dump(office)
    assert [secret for secret in SECRETS[:3] if secret not in before] == []
    await record(committer, fresh(c.ErasePerson(person=PERSON, effective_on=DAY, **BY)))
    after = await dump(office)
    assert [secret for secret in SECRETS if secret in after] == []


async def test_rebuilt_tables_are_the_tables_after_an_erasure(office: Office) -> None:
    await erased(office)
    connection = await connect(office.url, office.projections)
    try:
        live = await rows_of(connection, office.projections)
        rebuilt = await rows_of(connection, await rebuild(connection, MAPPER))
    finally:
        await connection.close()
    assert rebuilt == live
    assert [row for row in live["person"] if dict(row)["id"] == PERSON]
    assert [row for row in live["membership"] if dict(row)["member"] == PERSON]


async def test_nothing_is_said_of_an_erased_person_any_more(office: Office) -> None:
    await erased(office)
    committer = await office.open()
    (answer,) = await send(committer, fresh(c.RenamePerson(person=PERSON, name="某", effective_on=DAY, **BY)))
    refused(answer, Code.PERSON_ERASED)
    positions = await office.fetch(
        "SELECT position FROM registry.event WHERE topic = 'person.renamed' AND stream_id = $1", PERSON
    )
    amended = PersonRenamed(name="某", effective_on=DAY)
    for command in (
        AmendEvent(entity=PERSON, position=positions[0][0], replacement=amended, effective_on=DAY, **BY),
        RetractEvent(entity=PERSON, position=positions[0][0], effective_on=DAY, **BY),
        told()[0],
    ):
        (answer,) = await send(committer, fresh(command))
        assert isinstance(answer, Refusal)
    gone = {"effective_on": date(2024, 1, 1), **BY}
    await record(
        committer,
        fresh(EndMembership(membership=stable_id("membership"), end_reason=MembershipEnd.OTHER, **gone)),
        fresh(EndAffiliation(affiliation=AFFILIATION, end_reason=AffiliationEnd.OTHER, **gone)),
    )


async def test_another_committer_has_forgotten_what_it_knew(office: Office) -> None:
    first, second = await office.open(), await office.open()
    await record(first, *(fresh(command) for command in PARTY))
    await record(first, *(fresh(command) for command in told()))
    # The second one has the person and the key in memory by this.
    await record(
        second, fresh(c.GrantAward(person=PERSON, name="海藻金奖", effective_on=date(2022, 5, 1), **BY))
    )
    await record(first, fresh(c.ErasePerson(person=PERSON, effective_on=DAY, **BY)))
    (answer,) = await send(
        second, fresh(c.RenamePerson(person=PERSON, name="海藻笔误", effective_on=DAY, **BY))
    )
    refused(answer, Code.PERSON_ERASED)
    (answer,) = await send(
        second,
        fresh(
            EndMembership(
                membership=stable_id("membership"),
                end_reason=MembershipEnd.OTHER,
                reason="海藻笔误",
                effective_on=date(2024, 1, 1),
                **BY,
            )
        ),
    )
    refused(answer, Code.PERSON_ERASED)
    assert "海藻笔误" not in await dump(office)


async def test_what_was_sealed_cannot_be_moved_to_another_place(office: Office) -> None:
    committer = await office.open()
    await record(committer, *(fresh(command) for command in PARTY))
    await record(committer, *(fresh(command) for command in told()))
    connection = await connect(office.url)
    try:
        rows = await connection.fetch(
            "SELECT position, stream_id, version + 1 AS version, topic, recorded_at, actor, command_id,"
            " cause, corrects, submitter, body FROM registry.event WHERE topic = 'person.renamed'"
        )
        with pytest.raises(Exception, match="altered or moved"):
            await opened(connection, MAPPER, rows)
    finally:
        await connection.close()


async def test_an_identity_number_is_unique_by_a_hash_that_needs_a_secret(office: Office) -> None:
    committer = await office.open()
    await record(committer, *(fresh(command) for command in PARTY))
    await record(committer, fresh(told()[0]))
    values = await office.fetch("SELECT value FROM identifier WHERE entity = $1", PERSON)
    assert [len(value) for (value,) in values] == [64]
    assert (
        await office.fetch(
            "SELECT FROM identifier WHERE value = $1", hashlib.sha256(NUMBER.encode()).hexdigest()
        )
        == []
    )
    again = fresh(told(stable_id("the same once more"))[0])
    (answer,) = await send(committer, again)
    assert NUMBER not in str(refused(answer, Code.IDENTITY_NUMBER_TAKEN))
    # Once the person is erased the number is free, and the rebuilt table knows it neither.
    await record(committer, fresh(c.ErasePerson(person=PERSON, effective_on=DAY, **BY)))
    await record(committer, fresh(again))
