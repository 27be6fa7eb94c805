"""The city that reading and reports are measured on, with what it lacks (全市)."""

from __future__ import annotations

from datetime import datetime
from functools import partial

import asyncpg

from bench.kept import KEY, Facts, Kept
from bench.read.register import Register
from bench.reports.city import City
from bench.reports.drawing import identity
from bench.reports.loading import Loaded, load
from bench.reports.scale import FULL, Scale

SOCIETY = identity("society", 7)
"""The society whose members are listed; it is covered by a Party organization, and the next is, too."""


async def city(url: str, scale: Scale) -> tuple[Loaded, str]:
    """Load the city with what it lacks, and return the code of an organization to ask by, too."""
    loaded = await load(url, scale, KEY, Register(City(scale).root))
    connection = await asyncpg.connect(url)
    try:
        find = f"SELECT code FROM {loaded.projections}.organization WHERE id = $1 AND upper_inf(valid)"  # noqa: S608 - names of ours
        code = await connection.fetchval(find, SOCIETY)
        await connection.execute("CHECKPOINT")
    finally:
        await connection.close()
    return loaded, str(code)


def kept_city(scale: Scale) -> Kept:
    """Return the city of that scale as it is kept."""
    return Kept("city" if scale == FULL else "village", partial(_written, scale=scale))


async def _written(url: str, scale: Scale) -> Facts:
    loaded, code = await city(url, scale)
    before = loaded.before_corrections.isoformat()
    return {**loaded._asdict(), "before_corrections": before, "code": code}


def loaded_of(facts: Facts) -> tuple[Loaded, str]:
    """Return what is known of the city that is kept."""
    before = datetime.fromisoformat(facts["before_corrections"])
    return Loaded(facts["projections"], before, facts["facts"]), facts["code"]
