"""What intents share: identities by key, and what every command carries (索引与共用内容). Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from graphql_api.demo.strict import KnownDate, Record
from registry.ids import stable_id

ACTOR = "demo:loader"
"""Who records the register."""


def identity(noun: str, key: str) -> UUID:
    """Return the identity of what has this key (标识); it is the same on every installation."""
    return stable_id(f"{noun}:{key}")


def instrument_id(key: str) -> UUID:
    """Return the identity of the instrument with this key (文件)."""
    return identity("instrument", key)


def organization_id(key: str) -> UUID:
    """Return the identity of the organization with this key (组织)."""
    return identity("organization", key)


def function_id(key: str) -> UUID:
    """Return the identity of the function with this key (职能)."""
    return identity("function", key)


def reorganization_id(key: str) -> UUID:
    """Return the identity of the reorganization with this key (机构改革)."""
    return identity("reorganization", key)


def person_id(key: str) -> UUID:
    """Return the identity of the person with this key (人员)."""
    return identity("person", key)


def measure_id(code: str) -> UUID:
    """Return the identity of the measure with this code (改革措施)."""
    return identity("measure", code)


class Keys(NamedTuple):
    """Every key that the files define, so that a mistyped one is found before anything is recorded (索引)."""

    sources: Mapping[str, str]
    defined: Mapping[str, Collection[str]]

    def source(self, key: str) -> str:
        """Return the title of a known source."""
        if key not in self.sources:
            raise ValueError(f"no source has the key {key!r}")
        return self.sources[key]

    def identity(self, noun: str, key: str) -> UUID:
        """Return the identity of what some record defines with this key; raises ValueError."""
        if key not in self.defined.get(noun, ()):
            raise ValueError(f"no {noun} has the key {key!r}")
        return identity(noun, key)

    def instrument(self, key: str) -> UUID:
        """Return the identity of a known instrument."""
        return self.identity("instrument", key)

    def organization(self, key: str) -> UUID:
        """Return the identity of a known organization."""
        return self.identity("organization", key)

    def function(self, key: str) -> UUID:
        """Return the identity of a known function."""
        return self.identity("function", key)

    def person(self, key: str) -> UUID:
        """Return the identity of a known person."""
        return self.identity("person", key)

    def measure(self, code: str) -> UUID:
        """Return the identity of a known measure."""
        return self.identity("measure", code)


def command_id(act: str, place: str) -> UUID:
    """Return the identity of the command that does ``act`` for the record at ``place`` (命令编号)."""
    return stable_id(f"command:{act}:{place}")


def stamp(record: Record, keys: Keys, act: str, on: KnownDate | None = None) -> dict[str, Any]:
    """Return what every command carries; its id comes from the act and the place alone.

    A record that says several things has a date for each: ``on`` is that of a later one.
    """
    since = on or record.since
    return {
        "command_id": command_id(act, record.place),
        "actor": ACTOR,
        "effective_on": since.day,
        "precision": since.precision,
        "assumed": record.assumed,
        "instrument": None if record.cites is None else keys.instrument(record.cites),
        "clause": record.clause,
        "reason": _reason(record, keys),
    }


def _reason(record: Record, keys: Keys) -> str | None:
    """Say in Chinese what the instrument does not: the page, that it is invented, and the note."""
    parts: list[str] = []
    if record.illustrative:
        parts.append("示例数据，并非事实。")
    if record.source is not None:
        parts.append(f"来源：{keys.source(record.source)}。")
    if record.note is not None:
        parts.append(record.note)
    return "".join(parts) or None
