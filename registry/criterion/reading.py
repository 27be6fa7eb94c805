"""Predicates read against what they speak of, and the definitions that they name (口径文本). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from uuid import UUID

from registry.criterion.kinds import Subject
from registry.errors import Code, Refusal
from registry.ids import CRITERION_SCHEME
from registry.reads import World
from registry.rule.language.parser import parse
from registry.rule.language.syntax import Predicate, criteria_of
from registry.rule.language.unreadable import Unreadable
from registry.rule.vocabularies import VOCABULARIES


@lru_cache(maxsize=2048)
def parsed(text: str, about: Subject) -> Predicate:
    """Return the predicate that ``text`` states; raises Unreadable."""
    return parse(text, VOCABULARIES[about])


def read(field: str, text: str, about: Subject) -> Predicate:
    """Return the predicate that stands in ``field``; refuses UNREADABLE_PREDICATE with the place in it."""
    try:
        return parsed(text, about)
    except Unreadable as error:
        raise Refusal(
            Code.UNREADABLE_PREDICATE,
            field=field,
            offset=error.offset,
            piece=error.piece,
            english=error.english,
            chinese=error.chinese,
        ) from error


def criteria_named(text: str, about: Subject) -> frozenset[str]:
    """Return the codes of the definitions that ``text`` names; none if it cannot be read."""
    try:
        return criteria_of(parsed(text, about))
    except Unreadable:
        return frozenset()


def resolved(world: World, codes: Iterable[str], day: date) -> tuple[UUID, ...]:
    """Return which criteria bear ``codes`` on ``day``, in the order of codes; refuses UNKNOWN_CRITERION."""
    return tuple(dict.fromkeys(_bearer(world, code, day) for code in sorted(set(codes))))


def _bearer(world: World, code: str, day: date) -> UUID:
    for bearer in world.bearers(CRITERION_SCHEME, code):
        if bearer.start <= day < bearer.end:
            return bearer.entity
    raise Refusal(Code.UNKNOWN_CRITERION, name=code, date=day)
