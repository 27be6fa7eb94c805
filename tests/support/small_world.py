"""The small world of drawn histories: ten organizations, three functions, two reforms, eight days."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from registry.ids import stable_id
from registry.organization.commands import Place
from registry.organization.kinds import Hierarchy, Kind

DAYS = [date(2020, 1, day) for day in (1, 2, 3)] + [date(2020, month, 1) for month in (2, 3, 6)]
DAYS += [date(2021, 1, 1), date(2022, 1, 1)]

CITY, OFFICE, PUBLICITY, SECTION, SOCIETY, BRANCH, PARTY, CELL, NEWER, NEWEST = (
    stable_id(f"organization of a history {n}") for n in range(10)
)
KINDS: dict[UUID, Kind] = {
    CITY: Kind.ASSOCIATION,
    OFFICE: Kind.DEPARTMENT,
    PUBLICITY: Kind.DEPARTMENT,
    SECTION: Kind.DEPARTMENT,
    SOCIETY: Kind.SOCIETY,
    BRANCH: Kind.BRANCH,
    PARTY: Kind.PARTY_ORGANIZATION,
    CELL: Kind.PARTY_ORGANIZATION,
    NEWER: Kind.DEPARTMENT,
    NEWEST: Kind.INSTITUTION,
}
PLACES: dict[UUID, tuple[Place, ...]] = {
    CITY: (),
    OFFICE: (Place(Hierarchy.PART_OF, CITY),),
    PUBLICITY: (Place(Hierarchy.PART_OF, CITY),),
    SECTION: (Place(Hierarchy.PART_OF, PUBLICITY),),
    SOCIETY: (Place(Hierarchy.SUPERVISES, CITY), Place(Hierarchy.HOSTS, OFFICE)),
    BRANCH: (Place(Hierarchy.PART_OF, SOCIETY),),
    PARTY: (),
    CELL: (Place(Hierarchy.PARTY_SUPERIOR, PARTY),),
    NEWER: (Place(Hierarchy.PART_OF, CITY),),
    NEWEST: (Place(Hierarchy.PART_OF, CITY),),
}
ORGANIZATIONS = list(KINDS)
FUNCTIONS = [stable_id(f"function of a history {n}") for n in range(3)]
INSTRUMENTS = [stable_id(f"instrument of a history {n}") for n in range(2)]
REFORMS = [stable_id(f"reform of a history {n}") for n in range(2)]
_NAMES = [
    "CITY",
    "OFFICE",
    "PUBLICITY",
    "SECTION",
    "SOCIETY",
    "BRANCH",
    "PARTY",
    "CELL",
    "NEWER",
    "NEWEST",
]
NAMES: dict[UUID, str] = {
    **dict(zip(ORGANIZATIONS, _NAMES, strict=True)),
    **{function: f"FUNCTIONS[{n}]" for n, function in enumerate(FUNCTIONS)},
    **{instrument: f"INSTRUMENTS[{n}]" for n, instrument in enumerate(INSTRUMENTS)},
    **{reform: f"REFORMS[{n}]" for n, reform in enumerate(REFORMS)},
}
"""What entities are called above, for reports."""
