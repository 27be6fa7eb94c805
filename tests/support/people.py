"""A few people, as commands."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from registry.ids import stable_id
from registry.person import commands as c
from registry.person.kinds import Sector
from tests.support.given import BY

KNOWN = date(2015, 5, 1)
"""The day from which they are registered."""

LI, WANG, ZHAO = stable_id("李"), stable_id("王"), stable_id("赵")

NUMBER, OTHER_NUMBER = "210202199003071228", "210282196802290019"
"""Of a woman born on 7 March 1990, and of a man born on 29 February 1968 in a division that is no more."""


def registered(person: UUID = LI, name: str = "李四", **given: Any) -> c.RegisterPerson:  # noqa: ANN401 - any field that the command has
    """Return the command that registers a person."""
    return c.RegisterPerson(**{"person": person, "name": name, "effective_on": KNOWN, **BY, **given})


def employed(employment: UUID, employer: UUID | None, **given: Any) -> c.EmployPerson:  # noqa: ANN401 - any field that the command has
    """Return the command that employs a person, by default in a primary employment without an end."""
    said = {
        "person": LI,
        "employment": employment,
        "employer": employer,
        "sector": Sector.ASSOCIATION,
        "primary": True,
        "effective_on": KNOWN,
    }
    return c.EmployPerson(**{**said, **BY, **given})


def merged(person: UUID = WANG, into: UUID = LI) -> c.MergePersons:
    """Return the command that says both are one."""
    return c.MergePersons(person=person, into=into, effective_on=KNOWN, **BY)
