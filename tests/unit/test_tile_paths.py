"""Tiles lie where C2SP tlog-tiles says, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.tile_paths import TILE_WIDTH, read_tile_path, tile_path, tiles_of


@pytest.mark.parametrize(
    ("index", "width", "path"),
    [
        # The example of C2SP tlog-tiles, and those of its partial tiles.
        (1_234_067, TILE_WIDTH, "x001/x234/067"),
        (0, TILE_WIDTH, "000"),
        (273, 112, "273.p/112"),
        (1, 17, "001.p/17"),
        (999, TILE_WIDTH, "999"),
        (1_000, TILE_WIDTH, "x001/000"),
    ],
)
def test_a_tile_lies_where_the_specification_says(index: int, width: int, path: str) -> None:
    assert tile_path(index, width) == path
    assert read_tile_path(path) == (index, width)


def test_a_tree_of_seventy_thousand_has_the_tiles_of_the_specification() -> None:
    """The specification's example: 273 full tiles and one of 112; one full and one of 17; one of 1."""
    assert tiles_of(70_000) == [*((index, TILE_WIDTH) for index in range(273)), (273, 112)]
    assert tiles_of(70_000, 1) == [(0, TILE_WIDTH), (1, 17)]
    assert tiles_of(70_000, 2) == [(0, 1)]
    assert tiles_of(70_000, 3) == []


@given(st.integers(0, 10**9), st.integers(1, TILE_WIDTH))
def test_what_is_written_is_read(index: int, width: int) -> None:
    assert read_tile_path(tile_path(index, width)) == (index, width)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "0",
        "00",
        "0000",
        "x000/000",
        "x001/x234",
        "001/234",
        "000.p/0",
        "000.p/256",
        "000.p/01",
        "000.p/",
        "../000",
    ],
)
def test_no_tile_has_two_places(path: str) -> None:
    assert read_tile_path(path) is None
