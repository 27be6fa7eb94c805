"""A program that keeps a copy of a register, as a partner would write it; it may be killed at any moment.

    python -m tests.support.copying ADDRESS TOKEN REGISTER FILE

The file holds the copy with its position. It is replaced whole, so a killed program leaves a copy that is of
one position: the last one written.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import httpx2

_PAGE = 3
"""Events at a time: few, so that there is much to be killed in between."""

_IDS = 100


class Copy:
    """The copy of a register in a file."""

    def __init__(self, http: httpx2.Client, register: str, file: Path) -> None:
        self._http = http
        self._register = register
        self._file = file

    def keep(self) -> None:
        """Begin or go on, and follow the log for ever."""
        position, entities = self._read() if self._file.exists() else self._begin()
        while True:
            asked = {"after": position, "limit": _PAGE, "wait": 1}
            response = self._http.get("/events", params=asked).raise_for_status()
            streams = sorted({json.loads(line)["stream"] for line in response.text.splitlines()})
            for identity in streams:
                entities.pop(identity, None)
            if streams:
                entities.update(self._snapshot(ids=",".join(streams))[1])
            position = int(response.headers["kexie-position"])
            self._write(position, entities)

    def _begin(self) -> tuple[int, dict[str, Any]]:
        position, entities = self._snapshot()
        self._write(position, entities)
        return position, entities

    def _snapshot(self, **more: str) -> tuple[int, dict[str, Any]]:
        return snapshot(self._http, self._register, **more)

    def _read(self) -> tuple[int, dict[str, Any]]:
        kept = json.loads(self._file.read_text(encoding="utf-8"))
        return kept["position"], kept["entities"]

    def _write(self, position: int, entities: dict[str, Any]) -> None:
        new = self._file.with_suffix(".new")
        new.write_text(json.dumps({"position": position, "entities": entities}), encoding="utf-8")
        os.replace(new, self._file)  # noqa: PTH105 - the call that is known to be one step


def snapshot(http: httpx2.Client, register: str, **more: str) -> tuple[int, dict[str, Any]]:
    """Return a snapshot: its position, and what it holds by id; raises ValueError for half of one."""
    response = http.get("/snapshot", params={"register": register, **more}).raise_for_status()
    start, *lines, end = (json.loads(line) for line in response.text.splitlines())
    if end != {"entities": len(lines)}:
        message = "the snapshot was cut off"
        raise ValueError(message)
    return start["position"], {line["id"]: line for line in lines}


def main() -> None:
    """Keep the copy that the command line names."""
    address, token, register, file = sys.argv[1:]
    headers = {"authorization": f"Bearer {token}"}
    with httpx2.Client(base_url=address, headers=headers, timeout=30, trust_env=False) as http:
        Copy(http, register, Path(file)).keep()


if __name__ == "__main__":
    main()
