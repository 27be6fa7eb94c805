"""Law: a register into which everything came by proposals holds what its log says, and shows it."""

from __future__ import annotations

from uuid import uuid4, uuid5

import pytest
from hypothesis import HealthCheck, given, settings

from projections.rebuild import rebuild
from registry.commands import Command
from registry.proposal.events import ProposalApproved, ProposalMade
from registry.store.audit.database import verify_database
from tests.support.desk import emptied_desk
from tests.support.histories import EXAMPLES, SIZES, History, histories
from tests.support.proposals import approved, proposed
from tests.support.sealing import MAPPER


def by_proposal(command: Command) -> list[Command]:
    """Return what proposes ``command``, and what approves that."""
    proposal = uuid5(command.command_id, "proposal")
    return [
        proposed(command, proposal=proposal, command_id=uuid4()),
        approved(proposal=proposal, command_id=uuid4()),
    ]


@pytest.mark.slow
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(history=histories(), sizes=SIZES)
async def test_tables_are_those_that_the_log_gives(
    database_url: str, history: History, sizes: list[int]
) -> None:
    async with emptied_desk(database_url) as desk:
        for batch in history.cut(sizes):
            await desk.record_together([each for command in batch for each in by_proposal(command)])
        written = await desk.tables()
        log = await desk.log()
        made = [record for record in log if isinstance(record.event, ProposalMade)]
        approvals = [record for record in log if isinstance(record.event, ProposalApproved)]
        assert len(made) >= len(approvals) > 0
        assert len(written["proposal"]) == len(made) + len(approvals)
        assert {record.submitter for record in log if record not in made} == {"user:submitter"}
        assert await desk.tables(await rebuild(desk.connection, MAPPER)) == written
        assert (await verify_database(desk.connection, None, None)).sound
