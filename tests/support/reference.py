"""The register in memory that answers commands as a store must, for stores to be compared with."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from registry.commands import Command
from registry.errors import Code, Refusal
from registry.events import Recorded
from tests.support.given import Register


class Answer(NamedTuple):
    """What came of a command: its records, none when nothing had to change, or the refusal."""

    command: Command
    records: tuple[Recorded, ...]
    refusal: Refusal | None

    @property
    def says(self) -> tuple[object, ...]:
        """What a store must answer: the refusal in full, or the first and last position."""
        if self.refusal is not None:
            return self.refusal.code, self.refusal.details
        if not self.records:
            return None, None
        return self.records[0].position, self.records[-1].position


class Reference(Register):
    """The register in memory, answering each command id once and for ever, as a store must."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: dict[UUID, Answer] = {}

    def answer(self, command: Command) -> Answer:
        """Execute a command, or say again what came of it."""
        known = self.answers.get(command.command_id)
        if known is not None:
            if known.command == command:
                return known
            return Answer(command, (), Refusal(Code.COMMAND_ID_REUSED, id=command.command_id))
        try:
            answer = Answer(command, self.execute(command).records, None)
        except Refusal as refusal:
            answer = Answer(command, (), refusal)
        self.answers[command.command_id] = answer
        return answer
