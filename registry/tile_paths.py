"""Where a tile of a number lies, as C2SP tlog-tiles has it (分块路径)."""

from __future__ import annotations

import re

TILE_HEIGHT = 8
TILE_WIDTH = 1 << TILE_HEIGHT
"""A tile holds so many hashes, as C2SP tlog-tiles has it."""

_THOUSAND = 1000
_PATH = re.compile(r"((?:x[0-9]{3}/){0,6}[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")


def tile_path(index: int, width: int = TILE_WIDTH) -> str:
    """Return such as ``x001/234`` or, of a tile that is not full, ``x001/234.p/5``."""
    parts = [f"{index % _THOUSAND:03}"]
    while index >= _THOUSAND:
        index //= _THOUSAND
        parts.append(f"x{index % _THOUSAND:03}")
    whole = "/".join(reversed(parts))
    return whole if width == TILE_WIDTH else f"{whole}.p/{width}"


def read_tile_path(path: str) -> tuple[int, int] | None:
    """Return the number and the width that ``path`` says, or None if it is none."""
    found = _PATH.fullmatch(path)
    if found is None:
        return None
    index = int(found[1].replace("x", "").replace("/", ""))
    width = TILE_WIDTH if found[2] is None else int(found[2])
    if width > TILE_WIDTH or (found[2] is not None and width == TILE_WIDTH):
        return None
    return (index, width) if tile_path(index, width) == path else None


def tiles_of(size: int, level: int = 0) -> list[tuple[int, int]]:
    """Return number and width of each tile of a level in the tree of ``size`` leaves."""
    hashes = size >> TILE_HEIGHT * level
    tiles = [(index, TILE_WIDTH) for index in range(hashes // TILE_WIDTH)]
    return [*tiles, (hashes // TILE_WIDTH, hashes % TILE_WIDTH)] if hashes % TILE_WIDTH else tiles
