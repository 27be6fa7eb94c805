"""Histories drawn by hypothesis: commands over a small world and few days, so that they collide.

Each command is drawn for the register as the commands before it left it. Most name what is there, some do
not; about half are accepted. What the reference register answered stands beside each command, for others to
be compared with.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import cycle, islice
from typing import NamedTuple

import msgspec
from hypothesis import strategies as st

from registry.commands import Command
from tests.support.clerk import Clerk
from tests.support.reference import Answer, Reference
from tests.support.small_world import NAMES

EXAMPLES = int(os.environ.get("KEXIE_EXAMPLES", "30"))
"""Histories for each law; more take longer and find more."""


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
        return "".join(f"\n{_told(answer.command)}\n    -> {answer.says}" for answer in self.answers)

    def cut(self, sizes: Sequence[int]) -> list[list[Command]]:
        """Return the commands in batches of ``sizes``, over and over."""
        waiting, repeated = iter(self.commands), cycle(sizes)
        return list(iter(lambda: list(islice(waiting, next(repeated))), []))


@st.composite
def histories(draw: st.DrawFn, commands: int = 40) -> History:
    """Draw a history: a register to begin with, and up to ``commands`` more."""
    reference = Reference()
    clerk = Clerk(draw, reference)
    # The beginning is a generator: each of its commands is drawn for what those before it left.
    answers = [reference.answer(command) for command in clerk.beginning()]
    for _ in range(draw(st.integers(0, commands))):
        answers.append(reference.answer(clerk.command()))  # noqa: PERF401 - the next command is drawn for this answer
    return History(tuple(answers), reference)


SIZES = st.lists(st.integers(1, 12), min_size=1, max_size=6)
"""Sizes of batches to cut a history into."""


def _told(command: Command) -> str:
    """Return a command without what is left at its default, its entities by their names here."""
    fields = msgspec.structs.fields(command)
    said = {field.name: getattr(command, field.name) for field in fields if field.name != "actor"}
    given = {n: v for n, v in said.items() if v not in (None, (), False, msgspec.UNSET)}
    text = f"{type(command).__name__}({', '.join(f'{name}={value!r}' for name, value in given.items())})"
    for identity, name in NAMES.items():
        text = text.replace(repr(identity), name)
    return text
