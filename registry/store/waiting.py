"""Commands that wait, and who is next (等候队列).

Senders take turns: whoever sent thousands of commands keeps nobody waiting who sent one. Commands of one
sender keep their order. One that turned out to be large, because it asks about thousands of things, is
committed alone, and between two such come others: whoever sends a small one waits for one large one at most.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import Sequence
from typing import NamedTuple

from registry.answers import Accepted
from registry.commands import Command
from registry.foregone import Foregone


class Submission(NamedTuple):
    """A command waiting for its answer; ``large`` when it has to be committed alone.

    ``foregone`` is what it came to on a stage, where that is known.
    """

    command: Command
    digest: bytes
    answer: asyncio.Future[Accepted]
    large: bool = False
    foregone: Foregone | None = None


class Waiting:
    """Lines of submissions, one a sender; senders that were served least lately come first."""

    def __init__(self) -> None:
        """Begin with nobody waiting."""
        self._lines: OrderedDict[str, deque[Submission]] = OrderedDict()
        self._size = 0
        self._unanswered = 0
        self._large_is_next = False
        self._somebody = asyncio.Event()
        self._nobody = asyncio.Event()
        self._nobody.set()

    def __len__(self) -> int:
        """Return how many wait."""
        return self._size

    def put(self, submission: Submission) -> None:
        """Let ``submission`` wait at the end of its sender's line."""
        self._lines.setdefault(submission.command.actor, deque()).append(submission)
        self._unanswered += 1
        self._nobody.clear()
        self._grown()

    def put_back(self, submissions: Sequence[Submission]) -> None:
        """Let ``submissions``, which were taken but not decided, wait at the heads of their lines again.

        The first of each sender turned out to be large, the others stay behind it.
        """
        first: dict[str, Submission] = {}
        for one in submissions:
            first.setdefault(one.command.actor, one)
            self._lines.setdefault(one.command.actor, deque())
        for one in reversed(submissions):
            large = first[one.command.actor] is one
            self._lines[one.command.actor].appendleft(one._replace(large=large))
            self._grown()

    def answered(self, count: int) -> None:
        """Note that so many of those taken were answered."""
        self._unanswered -= count
        if not self._unanswered:
            self._nobody.set()

    async def join(self) -> None:
        """Wait until everybody was answered."""
        await self._nobody.wait()

    async def take(self, most: int) -> list[Submission]:
        """Wait for somebody, and return the next ones, ``most`` at most: one that is large, or others."""
        await self._somebody.wait()
        large = next((actor for actor, line in self._lines.items() if line[0].large), None)
        taken = [] if large is not None and self._large_is_next else self._others(most)
        if not taken:
            assert large is not None
            taken, large = [self._next_of(large)], None
        self._large_is_next = large is not None
        return taken

    def _others(self, most: int) -> list[Submission]:
        """Return what is not large, of each sender an equal share, so that no sender makes the batch long."""
        taken: list[Submission] = []
        for _ in range(-(-most // max(len(self._lines), 1))):
            ready = [actor for actor, line in self._lines.items() if not line[0].large]
            if not ready or len(taken) == most:
                break  # a sender of one command would be asked for its whole share of hundreds
            taken += [self._next_of(actor) for actor in ready[: most - len(taken)]]
        return taken

    def _next_of(self, actor: str) -> Submission:
        line = self._lines[actor]
        submission = line.popleft()
        if line:
            self._lines.move_to_end(actor)
        else:
            del self._lines[actor]
        self._size -= 1
        if not self._size:
            self._somebody.clear()
        return submission

    def _grown(self) -> None:
        self._size += 1
        self._somebody.set()
