"""The table of invariants between entities, and of keys that only one may bear at a time (约束总表). Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from registry.codes import Code
from registry.ids import (
    AFFILIATION_SCHEME,
    CRITERION_SCHEME,
    FIGURE_SCHEME,
    MEASURE_SCHEME,
    MEMBER_NUMBER_SCHEME,
    MEMBERSHIP_SCHEME,
    PARTICIPATION_SCHEME,
    RESIDENT_SCHEME,
    RULE_SCHEME,
    TERM_SCHEME,
)
from registry.invariants.change import Change
from registry.invariants.criteria import check_criteria
from registry.invariants.members import check_members
from registry.invariants.party import check_party
from registry.invariants.people import check_erased, check_merges
from registry.invariants.seats import check_seats
from registry.invariants.selves import check_selves
from registry.reads import World

INVARIANTS: tuple[Callable[[World, Change], None], ...] = (
    check_merges,
    check_erased,
    check_members,
    check_party,
    check_criteria,
    check_selves,
)
"""What must hold between entities; each refuses a change, of which the world has the result."""

OF_ALL: tuple[Callable[[World, Sequence[Change]], None], ...] = (check_seats,)
"""The same for rules that look at all changes of a command together."""

TAKEN: dict[str, Code] = {
    TERM_SCHEME: Code.TERM_OVERLAPS,
    MEMBERSHIP_SCHEME: Code.ALREADY_MEMBER,
    MEMBER_NUMBER_SCHEME: Code.MEMBER_NUMBER_TAKEN,
    AFFILIATION_SCHEME: Code.ALREADY_AFFILIATED,
    PARTICIPATION_SCHEME: Code.ALREADY_PARTICIPATES,
    FIGURE_SCHEME: Code.ALREADY_REPORTED,
    MEASURE_SCHEME: Code.MEASURE_CODE_TAKEN,
    CRITERION_SCHEME: Code.CRITERION_TAKEN,
    RULE_SCHEME: Code.RULE_CODE_TAKEN,
    RESIDENT_SCHEME: Code.IDENTITY_NUMBER_TAKEN,
}
"""The refusals of reserved schemes, whose values nobody writes down but must be borne by one at a time."""
