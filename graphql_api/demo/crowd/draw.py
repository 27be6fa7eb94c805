"""Drawing lots that fall the same on every machine and with every version of Python (抽取)."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")


class Draw:
    """Lots from a seed (抽取).

    Only ``random()`` is used: Python promises that its sequence for a seed never changes, and promises
    nothing for the methods that choose, shuffle or count.
    """

    def __init__(self, seed: int) -> None:
        """Begin the sequence of ``seed``."""
        self._random = random.Random(seed)  # noqa: S311 - what is invented for show need not be secret

    def below(self, limit: int) -> int:
        """Return a whole number from 0 to ``limit`` - 1."""
        return int(self._random.random() * limit)

    def one(self, items: Sequence[Item]) -> Item:
        """Return one of ``items``."""
        return items[self.below(len(items))]

    def chance(self, percent: int) -> bool:
        """Return true so many times of a hundred."""
        return self.below(100) < percent
