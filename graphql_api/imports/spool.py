"""What a file comes to, kept until all of it is decided: not in memory, which it may exceed (暂存).

The file that holds it has no name, only this process can read it, and it is gone with the process.
"""

from __future__ import annotations

# Only what this process wrote itself is read.
import pickle  # nosec B403
import tempfile
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import NamedTuple, Self

from graphql_api.imports.rows import Place
from registry.commands import Command
from registry.foregone import Foregone

_IN_MEMORY = 8_000_000
_BLOCK = 200
"""Rows written together: what they have in common, such as the names of classes, is written once."""


class Planned(NamedTuple):
    """The commands of a row, and the column that asked for the last of them (已定命令).

    ``foregone`` is what each of them came to.
    """

    place: Place
    column: str | None
    commands: Sequence[Command]
    foregone: Sequence[Foregone] = ()


class Spool:
    """The rows that came to something, in order."""

    def __init__(self) -> None:
        """Begin with none."""
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed with the spool
        self._block: list[tuple[object, ...]] = []
        self._blocks = 0
        self.rows = 0
        self.commands = 0

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let it all go."""
        self._file.close()

    def put(self, planned: Planned) -> None:
        """Keep the commands of a row."""
        self._block.append(tuple(planned))
        self.rows += 1
        self.commands += len(planned.commands)
        if len(self._block) == _BLOCK:
            self._write()

    def __iter__(self) -> Iterator[Planned]:
        """Yield what was kept, in order."""
        if self._block:
            self._write()
        self._file.seek(0)
        for _ in range(self._blocks):
            # Written below, to a file without a name.
            for row in pickle.load(self._file):  # noqa: S301 - this process wrote it  # nosec B301
                yield Planned(*row)

    def _write(self) -> None:
        pickle.dump(self._block, self._file, pickle.HIGHEST_PROTOCOL)
        self._block.clear()
        self._blocks += 1
