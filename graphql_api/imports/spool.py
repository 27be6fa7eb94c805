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

_IN_MEMORY = 8_000_000


class Planned(NamedTuple):
    """The commands of a row, and the column that asked for the last of them (已定命令)."""

    place: Place
    column: str | None
    commands: Sequence[Command]


class Spool:
    """The rows that came to something, in order."""

    def __init__(self) -> None:
        """Begin with none."""
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed with the spool
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
        pickle.dump(tuple(planned), self._file, pickle.HIGHEST_PROTOCOL)
        self.rows += 1
        self.commands += len(planned.commands)

    def __iter__(self) -> Iterator[Planned]:
        """Yield what was kept, in order."""
        self._file.seek(0)
        for _ in range(self.rows):
            yield Planned(*pickle.load(self._file))  # noqa: S301 - written above, to a file without a name  # nosec B301
