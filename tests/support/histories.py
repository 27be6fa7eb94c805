"""Histories drawn by hypothesis: commands over a small world and few days, so that they collide.

Each command is drawn for the register as the commands before it left it. Most name what is there, some do
not; about half are accepted. What the reference register answered stands beside each command, for others to
be compared with.
"""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import strategies as st

from registry.commands import Command
from tests.support.clerk import Clerk
from tests.support.reference import Answer, Reference


class History(NamedTuple):
    """Commands in order with the reference's answers, and the register that they left."""

    answers: tuple[Answer, ...]
    reference: Reference

    @property
    def commands(self) -> list[Command]:
        """The commands alone."""
        return [answer.command for answer in self.answers]

    def __repr__(self) -> str:
        """Return one command and its answer a line, for the report of a failure."""
        return "\n".join(f"{answer.command}\n    -> {answer.says}" for answer in self.answers)


@st.composite
def histories(draw: st.DrawFn, commands: int = 40) -> History:
    """Draw a history: a register to begin with, and up to ``commands`` more."""
    reference = Reference()
    clerk = Clerk(draw, reference)
    answers = [reference.answer(command) for command in clerk.beginning()]
    for _ in range(draw(st.integers(0, commands))):
        answers.append(reference.answer(clerk.command()))  # noqa: PERF401 - the next command is drawn for this answer
    return History(tuple(answers), reference)


@st.composite
def batches(draw: st.DrawFn, history: History) -> list[list[Command]]:
    """Draw a way to cut a history into batches."""
    commands = history.commands
    cut: list[list[Command]] = []
    while commands:
        size = draw(st.integers(1, 12))
        cut.append(commands[:size])
        commands = commands[size:]
    return cut
