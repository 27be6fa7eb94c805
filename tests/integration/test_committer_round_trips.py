"""How often a commit of one command asks the database: with one in flight, that is what it costs."""

from __future__ import annotations

from uuid import UUID, uuid4

import asyncpg

from registry.errors import Code
from registry.organization.commands import RenameOrganization
from registry.statements import statement
from registry.store.connection import Connection
from registry.store.master import KEY_BYTES
from tests.support.committing import Office, codes, fresh, record, send, under
from tests.support.dalian import ASSOCIATION, CITY, EFFECT, OFFICE, department
from tests.support.given import BY
from tests.support.joining import LI, ZHANG, registered
from tests.support.sealing import MASTER


def renamed(organization: UUID) -> RenameOrganization:
    """Return the command that gives an organization another name."""
    return fresh(RenameOrganization(organization=organization, name="综合部", effective_on=EFFECT, **BY))


class Watched:
    """Connects, and notes what is sent afterwards."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self.sent: list[str] = []

    async def connect(self) -> Connection:
        """Open a connection as committers do."""
        connection = await self._office.connect()
        connection.add_query_logger(self._note)
        return connection

    def _note(self, query: asyncpg.connection.LoggedQuery) -> None:
        self.sent.append(query.query.partition(" ")[0].strip(";"))

    def taken(self) -> list[str]:
        """Return the first words of the statements since the last time."""
        sent, self.sent = self.sent, []
        return sent


async def test_what_begins_something_asks_three_times_between_begin_and_commit(office: Office) -> None:
    watched = Watched(office)
    committer = await office.open(connect=watched.connect)
    await record(committer, fresh(ASSOCIATION))
    watched.taken()
    await record(committer, fresh(department(OFFICE, "办公室"), code="OFFICE"))
    # The head and whether it is new, who bears the code, and all rows together with the new head.
    assert watched.taken() == ["BEGIN", "SELECT", "SELECT", "WITH", "COMMIT"]


async def test_what_bears_no_code_asks_twice(office: Office) -> None:
    watched = Watched(office)
    committer = await office.open(connect=watched.connect)
    await record(committer, fresh(ASSOCIATION))
    watched.taken()
    await record(committer, fresh(department(OFFICE, "办公室")))
    assert watched.taken() == ["BEGIN", "SELECT", "WITH", "COMMIT"]


async def test_a_new_person_is_not_asked_for_a_key(office: Office) -> None:
    watched = Watched(office)
    committer = await office.open(connect=watched.connect)
    await record(committer, fresh(ASSOCIATION))
    watched.taken()
    await record(committer, fresh(registered(ZHANG, "王伟")))
    # As for an organization without a code: the key is written with everything else.
    assert watched.taken() == ["BEGIN", "SELECT", "WITH", "COMMIT"]
    assert await office.value("SELECT wrapped IS NOT NULL FROM registry.person_key") is True


async def test_a_key_that_is_there_is_never_made_anew(office: Office) -> None:
    """However a key comes to be there before its person, as where the log was restored from earlier."""
    await office.fetch(
        "INSERT INTO registry.person_key (person, wrapped, master) VALUES ($1, $2, $3)",
        ZHANG,
        MASTER.wrap(bytes(KEY_BYTES), ZHANG.bytes),
        MASTER.id,
    )
    committer = await office.open()
    await record(committer, fresh(ASSOCIATION), fresh(registered(ZHANG, "王伟")))
    await record(committer, fresh(registered(LI, "李娜")))
    assert await office.value("SELECT count(*) FROM registry.person_key") == 2
    assert committer.defects == 0


async def test_identifiers_are_looked_up_by_the_index_whatever_the_plan_was_made_for(office: Office) -> None:
    committer = await office.open()
    await record(committer, fresh(ASSOCIATION))
    connection = await office.connect()
    try:
        await connection.execute("SET plan_cache_mode = force_generic_plan")
        await connection.execute(f"PREPARE bearers AS {statement('projections', 'bearers')}")
        plan = await connection.fetch("EXPLAIN EXECUTE bearers('{LOCAL}', '{1}')")
    finally:
        await connection.close()
    assert any("Index Cond" in line[0] for line in plan)


async def test_what_changes_something_at_hand_asks_twice(office: Office) -> None:
    watched = Watched(office)
    committer = await office.open(connect=watched.connect)
    await record(committer, fresh(ASSOCIATION), fresh(department(OFFICE, "办公室")))
    watched.taken()
    await record(committer, under(OFFICE, CITY))
    assert watched.taken() == ["BEGIN", "SELECT", "WITH", "COMMIT"]


async def test_what_others_began_is_read_and_not_taken_for_new(office: Office) -> None:
    first, second = await office.open(), await office.open()
    await record(second, fresh(ASSOCIATION))
    await record(first, fresh(department(OFFICE, "办公室")))
    assert codes(await send(second, fresh(department(OFFICE, "综合办公室")), renamed(OFFICE))) == [
        Code.ALREADY_EXISTS,
        None,
    ]


async def test_nobody_is_looked_for_twice(office: Office) -> None:
    watched = Watched(office)
    committer = await office.open(connect=watched.connect)
    await record(committer, fresh(ASSOCIATION))
    watched.taken()
    assert codes(await send(committer, renamed(uuid4()))) == [Code.NOT_FOUND]
    assert watched.taken() == ["BEGIN", "SELECT", "WITH", "COMMIT"]
