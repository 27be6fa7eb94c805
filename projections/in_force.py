"""The set of projections that is in use, found by whoever reads (在用投影).

A connection finds the tables of one set by its search path. Which set is in use says the head, in the
reader's own snapshot: so an answer comes from tables that were in use when its snapshot was taken, all of one
set, with everything that was recorded before it.
"""

from __future__ import annotations

from projections.catalog import fingerprint
from registry.statements import statement
from registry.store.connection import Connection, enter

_IN_FORCE = statement("projections", "in_force")


class OtherVersionError(Exception):
    """The projections in use were made by another version of the program, which alone reads them."""


async def enter_in_force(connection: Connection) -> bool:
    """Let ``connection`` find the tables in use by their bare names; return False when it does already.

    In a transaction whose snapshot does not move, call this first. Raises OtherVersionError.
    """
    row = await connection.fetchrow(_IN_FORCE)
    assert row is not None
    if row["fingerprint"] != fingerprint():
        raise OtherVersionError(row["name"])
    if row["entered"]:
        return False
    await enter(connection, row["name"])
    return True
