"""What can happen to a person (人员事件)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from registry.events import Event
from registry.person.kinds import Gender
from registry.references import KindRule
from registry.time import Precision

_PARTICULARS = frozenset(
    {"name", "gender", "birth_date", "birth_precision", "identity_number", "phone", "email", "reason"}
)


class PersonRegistered(Event, frozen=True, kw_only=True):
    """A person came to be known to the registry, and is so from that day on (登记人员).

    ``identity_number`` is the citizen's identity number (公民身份号码, GB 11643).
    """

    topic: ClassVar[str] = "person.registered"
    personal: ClassVar[frozenset[str]] = _PARTICULARS

    name: str
    gender: Gender | None = None
    birth_date: date | None = None
    birth_precision: Precision = Precision.DAY
    identity_number: str | None = None
    phone: str | None = None
    email: str | None = None
    illustrative: bool = False


class PersonRenamed(Event, frozen=True, kw_only=True):
    """The person bears another name (更名)."""

    topic: ClassVar[str] = "person.renamed"
    personal: ClassVar[frozenset[str]] = frozenset({"name", "reason"})

    name: str


class PersonDeceased(Event, frozen=True, kw_only=True):
    """The person died (去世); ``rules`` dispose of what points at the person beyond that day."""

    topic: ClassVar[str] = "person.deceased"
    personal: ClassVar[frozenset[str]] = frozenset({"reason"})

    rules: tuple[KindRule, ...] = ()


EVENTS: tuple[type[Event], ...] = (PersonRegistered, PersonRenamed, PersonDeceased)
