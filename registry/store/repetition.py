"""Commands that come again, later or in one batch: they get the answer of the first (重复命令)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import asyncpg

from registry.errors import Code, Refusal
from registry.store.batch import Answer
from registry.store.outcome import answer
from registry.store.waiting import Submission


def known(
    rows: Sequence[asyncpg.Record], batch: Sequence[Submission]
) -> tuple[list[Answer | None], list[tuple[int, bytes]]]:
    """Return the answers of commands sent before, and the index and digest of those to decide now."""
    before = {row["id"]: row for row in rows}
    answers: list[Answer | None] = [None] * len(batch)
    fresh: dict[UUID, tuple[int, bytes]] = {}
    for index, (command, digested, *_) in enumerate(batch):
        row = before.get(command.command_id) if before else None
        if row is not None:
            answers[index] = answer(row, digested)
            continue
        first = fresh.setdefault(command.command_id, (index, digested))
        if first[0] != index and first[1] != digested:
            answers[index] = Refusal(Code.COMMAND_ID_REUSED, id=command.command_id)
    return answers, list(fresh.values())


def repeat(
    batch: Sequence[Submission], answers: list[Answer | None], fresh: Sequence[tuple[int, bytes]]
) -> None:
    """Give a command that came twice in this batch the answer of the first one."""
    if all(given is not None for given in answers):
        return
    first = {batch[index].command.command_id: index for index, _ in fresh}
    for index, given in enumerate(answers):
        if given is None:
            answers[index] = answers[first[batch[index].command.command_id]]
