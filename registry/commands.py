"""What every command carries, and what a decision gives back (命令与草案)."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import ClassVar, NamedTuple
from uuid import UUID

from msgspec import Struct

from registry.authority import Authority
from registry.errors import Code, Refusal
from registry.events import Event, Stamp
from registry.reads import Needs
from registry.time import EARLIEST, FOREVER, Precision

NAME_LIMIT = 200
"""Characters in a name; the longest official name of a Chinese organization has under 100."""

TEXT_LIMIT = 4000
"""Characters in a reason, description or title."""

COUNT_LIMIT = 2**31 - 1
"""The greatest number that GraphQL's Int holds."""

_SHA256 = re.compile(r"[0-9a-f]{64}")

_UNREADABLE = frozenset({"Cc", "Cs"})
"""Unicode categories no text holds: control characters, and halves of pairs, which UTF-8 cannot write."""

_UNREADABLE_IN_NAMES = _UNREADABLE | {"Cf", "Zl", "Zp"}
"""Names hold no invisible characters and no line breaks either: two names that look alike must be alike."""


class Command(Struct, frozen=True, gc=False, kw_only=True):
    """An intent of ``actor`` under an id of the sender's making (命令).

    ``effective_on`` is the day on which it becomes so, to ``precision``; ``assumed`` says the source gives no
    day. ``expected_version`` refuses the command when the entity has changed since it was read. ``preview``
    is the digest of the preview the sender saw: the command is refused when it would now do something else.
    ``may_grant`` says whether the actor may say who may do what, ``within`` where they may write if not
    everywhere; whoever takes the command in sets both. ``opens`` says of a class of commands that its subject
    may be new.
    """

    opens: ClassVar[bool] = False

    command_id: UUID
    actor: str
    effective_on: date
    precision: Precision = Precision.DAY
    assumed: bool = False
    instrument: UUID | None = None
    clause: str | None = None
    reason: str | None = None
    expected_version: int | None = None
    preview: str | None = None
    may_grant: bool = True
    within: Authority | None = None

    @property
    def subject(self) -> UUID:
        """The entity whose ``expected_version`` is meant."""
        raise NotImplementedError

    @property
    def novel(self) -> frozenset[UUID]:
        """The ids that the sender may have made for what is new."""
        return frozenset({self.subject}) if self.opens else frozenset()

    @property
    def needs(self) -> Needs:
        """What the decision is sure to ask."""
        return Needs(entities=frozenset({self.subject, *self.cited}))

    @property
    def cited(self) -> frozenset[UUID]:
        """The instrument cited, if any."""
        return frozenset() if self.instrument is None else frozenset({self.instrument})

    @property
    def stamp(self) -> Stamp:
        """The date and source that its events carry."""
        return Stamp(
            effective_on=self.effective_on,
            precision=self.precision,
            assumed=self.assumed,
            instrument=self.instrument,
            clause=self.clause,
            reason=self.reason,
        )


class Draft(NamedTuple):
    """An event that a decision wants recorded on a stream (草案).

    The first draft of a command is its act; the others are consequences and carry its position as their
    cause, unless ``cause`` names an earlier act.
    """

    stream: UUID
    event: Event
    corrects: int | None = None
    cause: int | None = None


def check_date(field: str, day: date, precision: Precision = Precision.DAY) -> None:
    """Refuse INVALID_DATE for a date out of range or not written as its precision demands."""
    if not EARLIEST <= day < FOREVER:
        raise Refusal(Code.INVALID_DATE, field=field, date=day, problem="out of range (超出范围)")
    if not precision.fits(day):
        problem = f"not the first day of its {precision.lower()} (不是该月或该年的首日)"
        raise Refusal(Code.INVALID_DATE, field=field, date=day, problem=problem)


def check_text(field: str, text: str | None, limit: int = TEXT_LIMIT) -> None:
    """Refuse INVALID_INPUT for text that is empty, too long, or has control characters."""
    if text is None:
        return
    _check_length(field, text, limit)
    if _holds(text.replace("\n", "").replace("\t", ""), _UNREADABLE):
        raise Refusal(Code.INVALID_INPUT, field=field, problem="has unreadable characters (含乱码)")


def check_name(field: str, name: str | None, limit: int = NAME_LIMIT) -> None:
    """Refuse INVALID_INPUT for a name or code that is no text, has line breaks or invisible characters."""
    if name is None:
        return
    _check_length(field, name, limit)
    if _holds(name, _UNREADABLE_IN_NAMES):
        raise Refusal(Code.INVALID_INPUT, field=field, problem="has unreadable characters (含乱码)")
    if name != name.strip():
        raise Refusal(Code.INVALID_INPUT, field=field, problem="blanks around it (首尾有空格)")


def check_count(field: str, number: int) -> None:
    """Refuse INVALID_INPUT for a number of people or things that is negative, or beyond all counting."""
    if not 0 <= number <= COUNT_LIMIT:
        problem = f"not from 0 to {COUNT_LIMIT} (超出范围)"
        raise Refusal(Code.INVALID_INPUT, field=field, problem=problem)


def check_sha256(digest: str | None) -> None:
    """Refuse INVALID_INPUT for a digest that is none."""
    if digest is not None and not _SHA256.fullmatch(digest):
        problem = "not 64 hexadecimal digits in small letters (须为 64 位小写十六进制)"
        raise Refusal(Code.INVALID_INPUT, field="sha256", problem=problem)


def _check_length(field: str, text: str, limit: int) -> None:
    if not text.strip():
        raise Refusal(Code.INVALID_INPUT, field=field, problem="empty (为空)")
    if len(text) > limit:
        raise Refusal(Code.INVALID_INPUT, field=field, problem=f"longer than {limit} characters (过长)")


def _holds(text: str, categories: frozenset[str]) -> bool:
    """Say whether ``text`` has a character of ``categories``, or the one that replaces unreadable ones."""
    if "\ufffd" in text:
        return True
    return not text.isprintable() and any(unicodedata.category(character) in categories for character in text)
