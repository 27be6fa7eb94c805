"""Whom a code means: what the register knows by it, or what rows of files call so (引用). Pure.

A code of an organization is the register's own code, or its unified social credit code. People, posts,
terms and functions have no code there: theirs is the file's, within a ``source`` (the list or system it comes
from), and makes their id. Everything may be named by its id.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from graphql_api.imports.wrong import Wrong, WrongError
from registry.ids import CODE_SCHEME, NUMBER_SCHEME, RESIDENT_SCHEME, stable_id
from registry.reads import Bearer, Needs, NotAtHand, World
from registry.timeline import Entity

_NOUNS = {
    "organization": "organization 组织",
    "person": "person 人员",
    "post": "post 职务",
    "term": "term 届次",
    "function": "function 职能",
    "instrument": "document 文件",
    "membership": "membership 会员资格",
    "appointment": "appointment 任职",
}
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_RESIDENT = re.compile(r"\d{17}[\dXx]")
_USCC = re.compile(r"[0-9A-Z]{18}")
_SHOWN = 40


class Look:
    """What rows may ask of the register (查找): by ``world``, which holds what earlier rows came to."""

    def __init__(self, world: World, source: str, position: int) -> None:
        """Look in ``world`` for what rows of ``source`` name; what is beyond ``position`` is of this file."""
        self.world = world
        self.source = source
        self.position = position
        self._made: dict[tuple[str, *tuple[object, ...]], UUID] = {}

    def turn(self) -> None:
        """Forget what was made: the rows that come now make other things."""
        self._made.clear()

    def made(self, noun: str, *key: object) -> UUID:
        """Return the id that rows of this source make of a key of theirs.

        A row is looked at several times, until all that it asks is at hand.
        """
        identity = self._made.get((noun, *key))
        if identity is None:
            identity = stable_id("\x1f".join(("import", self.source, noun, *map(str, key))))
            self._made[noun, *key] = identity
        return identity

    def standing(self, identity: UUID) -> Entity | None:
        """Return the entity if it has any event that stands."""
        entity = self.world.entity(identity)
        return entity if entity is not None and entity.timeline.steps else None

    def known_before(self, identity: UUID) -> bool:
        """Say whether the register knew of it before this file."""
        entity = self.world.entity(identity)
        return entity is not None and entity.records[0].position <= self.position

    def required(self, noun: str, code: str, column: str, day: date) -> UUID:
        """Return the id of what ``code`` means on ``day``; raises WrongError when there is no such thing."""
        identity = self.meant(noun, code, column, day)
        entity = None if identity is None else self.standing(identity)
        if entity is None or entity.noun.name != noun:
            shown = "…" if noun == "person" and _RESIDENT.fullmatch(code) else code[:_SHOWN]
            raise WrongError(Wrong.NO_SUCH_ROW, column, noun=_NOUNS[noun], value=shown)
        return entity.id

    def required_all(self, day: date, *named: tuple[str, str, str]) -> list[UUID]:
        """Return what :meth:`required` does for each noun, code and column, asking for all of it at once."""
        found: list[UUID] = []
        missing: list[Needs] = []
        for noun, code, column in named:
            try:
                found.append(self.required(noun, code, column, day))
            except NotAtHand as asked:
                missing.append(asked.needs)
        if missing:
            raise NotAtHand(Needs.all(missing))
        return found

    def meant(self, noun: str, code: str, column: str, day: date) -> UUID | None:
        """Return the id that ``code`` means on ``day``, be it there or not; raises WrongError AMBIGUOUS."""
        if _UUID.fullmatch(code):
            return UUID(code)
        for scheme in _schemes(noun, code):
            bearers = self.world.bearers(scheme, code.upper() if scheme == RESIDENT_SCHEME else code)
            found = _one(bearers, day)
            if len(found) > 1:
                raise WrongError(Wrong.AMBIGUOUS, column, noun=_NOUNS[noun], value=code[:_SHOWN])
            if found:
                return found[0]
        return None if noun == "instrument" else self.made(noun, code)


def is_id(code: str) -> bool:
    """Say whether a code is an id of the register."""
    return _UUID.fullmatch(code) is not None


def _schemes(noun: str, code: str) -> tuple[str, ...]:
    """Return the schemes by which ``code`` may be known."""
    match noun:
        case "organization":
            return (CODE_SCHEME, "USCC") if _USCC.fullmatch(code) else (CODE_SCHEME,)
        case "person" if _RESIDENT.fullmatch(code):
            return (RESIDENT_SCHEME,)
        case "instrument":
            return (NUMBER_SCHEME,)
        case _:
            return ()


def _one(bearers: Sequence[Bearer], day: date) -> list[UUID]:
    """Return who bears it on ``day``, or whoever does at another time if nobody does then."""
    then = [bearer.entity for bearer in bearers if bearer.start <= day < bearer.end]
    return list(dict.fromkeys(then or [bearer.entity for bearer in bearers]))
