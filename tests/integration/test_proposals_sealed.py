"""What is proposed of a person is sealed like what is recorded of them, and gone when they are erased."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from projections.rebuild import rebuild
from registry.answers import Accepted
from registry.correction.commands import RetractEvent
from registry.errors import Code
from registry.ids import stable_id
from registry.organization.commands import RenameOrganization
from registry.person import commands as c
from registry.store.audit.bundle import verify_bundle
from registry.store.audit.database import verify_database
from registry.store.audit.export import export
from registry.store.committer import Committer
from registry.store.connection import connect
from registry.store.notary import sign_now
from tests.integration.test_audit_tampering import SIGNER
from tests.integration.test_erasure import dump
from tests.support.affairs import AROUND
from tests.support.committing import Office, fresh, record, refused, send
from tests.support.dalian import SOCIETY
from tests.support.desk import read_log, rows_of
from tests.support.given import BY
from tests.support.people import LI, NUMBER, registered
from tests.support.proposals import ANOTHER, PROPOSAL, approved, proposed, rejected, withdrawn
from tests.support.sealing import MAPPER

DAY = date(2024, 1, 1)
SECRETS = ("欧阳海藻", NUMBER, "海藻更名", "海藻申请", "海藻退回")
RENAME = c.RenamePerson(person=LI, name="欧阳海藻", reason="海藻更名", effective_on=DAY, **BY)
NEWCOMER = registered(name="欧阳海藻", identity_number=NUMBER, reason="海藻更名")
ERASE = c.ErasePerson(person=LI, effective_on=date(2024, 6, 1), **BY)


def found(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text]


async def bodies(office: Office) -> str:
    rows = await office.fetch("SELECT convert_from(body, 'UTF8') FROM registry.event")
    return "\n".join(body for (body,) in rows)


async def assert_rebuilt(office: Office) -> None:
    """Expect tables that are rebuilt the same."""
    connection = await connect(office.url, office.projections)
    try:
        live = await rows_of(connection, office.projections)
        assert await rows_of(connection, await rebuild(connection, MAPPER)) == live
    finally:
        await connection.close()


async def test_nothing_of_a_person_is_in_clear_but_where_all_that_is_personal_is(office: Office) -> None:
    committer = await office.open()
    await record(committer, fresh(registered()))
    await record(
        committer, fresh(proposed(RENAME, reason="海藻申请")), fresh(proposed(_other(), proposal=ANOTHER))
    )
    await record(committer, fresh(rejected(reason="海藻退回")))
    assert found(await bodies(office)) == []
    private = await office.fetch("SELECT content, reason, decision FROM proposal_private")
    assert set(found(str(private))) == set(SECRETS)
    for table in ("proposal", "proposal_past", "proposal_place", "identifier", "naming"):
        assert found(str(await office.fetch(f"SELECT * FROM {table}"))) == []  # noqa: S608 - names of ours
    assert found(str(await office.fetch("SELECT * FROM registry.command"))) == []
    assert len(await office.fetch("SELECT FROM registry.person_key")) == 2


def _other() -> c.RegisterPerson:
    return registered(stable_id("新人"), "欧阳海藻", identity_number=NUMBER)


@pytest.mark.parametrize(
    "decide",
    [None, rejected(reason="海藻退回"), withdrawn(reason="海藻退回"), approved()],
    ids=["pending", "rejected", "withdrawn", "approved"],
)
async def test_who_is_erased_is_erased_from_what_was_proposed(office: Office, decide: Any) -> None:  # noqa: ANN401 - a command, or none
    committer = await office.open()
    await record(committer, fresh(registered()), fresh(proposed(RENAME, reason="海藻申请")))
    if decide is not None:
        await record(committer, fresh(decide))
    await record(committer, fresh(ERASE))
    assert found(await dump(office)) == []
    assert await office.fetch("SELECT FROM proposal_private") == []
    assert await office.value("SELECT bool_and(personal) FROM proposal")
    if decide is None:
        for writer in (committer, await office.open()):
            (answer,) = await send(writer, fresh(approved()))
            refused(answer, Code.PERSON_ERASED)
            (answer,) = await send(writer, fresh(rejected()))
            refused(answer, Code.PERSON_ERASED)
        await record(committer, fresh(rejected(reason=None)))
    await assert_rebuilt(office)


async def test_who_was_never_registered_can_be_erased_too(office: Office) -> None:
    committer = await office.open()
    await record(committer, fresh(proposed(NEWCOMER, reason="海藻申请")))
    (answer,) = await send(committer, fresh(ERASE))
    refused(answer, Code.NOT_FOUND)
    (answer,) = await send(committer, fresh(ERASE, proposal=ANOTHER))
    refused(answer, Code.NOT_FOUND)
    await record(committer, fresh(ERASE, proposal=PROPOSAL))
    assert found(await dump(office)) == []
    (answer,) = await send(committer, fresh(approved()))
    refused(answer, Code.PERSON_ERASED)
    # Nothing could be sealed for that id any more: it is nobody's.
    for again in (NEWCOMER, proposed(NEWCOMER, proposal=ANOTHER)):
        (answer,) = await send(committer, fresh(again))
        refused(answer, Code.ALREADY_EXISTS)
    await assert_rebuilt(office)


async def test_who_comes_in_by_a_proposal_is_erased_with_it(office: Office) -> None:
    committer = await office.open()
    await record(committer, fresh(proposed(NEWCOMER)), fresh(approved()))
    assert await office.value("SELECT name FROM person_private") == "欧阳海藻"
    await record(committer, fresh(ERASE))
    assert found(await dump(office)) == []
    await assert_rebuilt(office)


async def test_all_of_it_in_one_batch(office: Office) -> None:
    """A proposal and its approval may wait for the same commit."""
    committer = await office.open()
    rename = RenameOrganization(organization=SOCIETY, name="化工学会", effective_on=DAY, **BY)
    await record(committer, *(fresh(command) for command in AROUND))
    batch = [fresh(command) for command in (proposed(rename), approved(), approved())]
    *answers, again = await send(committer, *batch)
    assert [answer for answer in answers if isinstance(answer, BaseException)] == []
    refused(again, Code.NOT_ALLOWED_IN_STATUS)
    await assert_rebuilt(office)


async def test_what_was_approved_is_corrected_like_anything_else(office: Office) -> None:
    committer = await office.open()
    rename = RenameOrganization(organization=SOCIETY, name="化工学会", effective_on=DAY, **BY)
    await record(committer, *(fresh(command) for command in AROUND))
    await record(committer, fresh(proposed(rename)), fresh(approved()))
    ((position,),) = await office.fetch(
        "SELECT position FROM registry.event WHERE topic = 'organization.renamed'"
    )
    retract = RetractEvent(entity=SOCIETY, position=position, effective_on=DAY, **BY)
    await record(committer, fresh(retract))
    standing = "SELECT status FROM proposal WHERE valid @> '2025-01-01'::date"
    assert await office.value(standing) == "APPROVED"
    await assert_rebuilt(office)


async def test_two_approve_at_once_and_one_is_told_so(office: Office) -> None:
    first, second = await office.open(), await office.open()
    rename = RenameOrganization(organization=SOCIETY, name="化工学会", effective_on=DAY, **BY)
    await record(first, *(fresh(command) for command in AROUND))
    await record(first, fresh(proposed(rename)))
    async with office.locked():
        waiting = [asyncio.create_task(_approve(committer)) for committer in (first, second)]
        await asyncio.sleep(0.1)
    outcomes = [await each for each in waiting]
    (loser,) = [answer for answer in outcomes if isinstance(answer, BaseException)]
    refused(loser, Code.NOT_ALLOWED_IN_STATUS)
    assert await office.value("SELECT count(*) FROM registry.event WHERE topic = 'organization.renamed'") == 1


async def _approve(committer: Committer) -> Accepted | BaseException:
    (answer,) = await send(committer, fresh(approved()))
    return answer


async def test_the_submitter_is_proven_with_the_rest(office: Office, tmp_path: Path) -> None:
    committer = await office.open()
    rename = RenameOrganization(organization=SOCIETY, name="化工学会", effective_on=DAY, **BY)
    await record(committer, *(fresh(command) for command in AROUND))
    await record(committer, fresh(proposed(rename)), fresh(approved()))
    connection = await connect(office.url, writer=True)
    try:
        await sign_now(connection, SIGNER)
        size = await export(connection, tmp_path / "bundle", [SIGNER.verifier])
        assert (await verify_database(connection, None, SIGNER.verifier)).sound
        verdict = verify_bundle(tmp_path / "bundle", None, SIGNER.verifier)
        assert (verdict.sound, verdict.size) == (True, size), verdict.findings
        log = await read_log(connection)
        assert {record.submitter for record in log[-2:]} == {"user:submitter"}
        assert {record.submitter for record in log[:-2]} == {None}
        await connection.execute(
            "UPDATE registry.event SET submitter = 'user:mayor' WHERE position = $1", size - 1
        )
        altered = await verify_database(connection, None, SIGNER.verifier)
        assert (altered.sound, altered.position) == (False, size - 1)
        await connection.execute("UPDATE registry.event SET submitter = NULL WHERE position = $1", size - 1)
        altered = await verify_database(connection, None, SIGNER.verifier)
        assert (altered.sound, altered.position) == (False, size - 1)
    finally:
        await connection.close()
