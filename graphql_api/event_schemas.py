"""What each event says, as JSON Schema (事件模式): one for each topic and version."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from registry.events import Event
from registry.nouns import CORRECTIONS, EVENTS

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_FOLDER = "/events/schemas"

_ENVELOPE: Mapping[str, Any] = {
    "description": "Personal data: sealed, or told by names to whoever may see it. 个人信息。",
    "type": "object",
}


def address(topic: str, version: int) -> str:
    """Return where the schema of a topic is."""
    return f"{_FOLDER}/{topic}/{version}.json"


def schema_of(event: type[Event]) -> dict[str, Any]:
    """Return the schema of what the log says of an event of this class."""
    (named,), definitions = msgspec.json.schema_components([event], ref_template="#/$defs/{name}")
    body = dict(definitions.pop(named["$ref"].rsplit("/", 1)[-1]))
    body["properties"] = dict(body["properties"])
    sealed = event.personal or ({"reason"} if event in CORRECTIONS else frozenset())
    if sealed:
        body["required"] = [name for name in body["required"] if name not in sealed]
        body["properties"]["personal"] = _ENVELOPE
    if event.class_version > 1:
        body["properties"]["class_version"] = {"const": event.class_version}
    if "replacement" in body["properties"]:
        # It is an event of any other topic, which stands beside it.
        definitions.pop("Event", None)
        body["properties"]["replacement"] = {"type": "object"}
        body["properties"]["topic"] = {"enum": [kind.topic for kind in EVENTS if kind not in CORRECTIONS]}
        body["required"] = [*body["required"], "topic"]
    return {
        "$schema": _DIALECT,
        "$id": address(event.topic, event.class_version),
        **body,
        **({"$defs": definitions} if definitions else {}),
    }


SCHEMAS: Mapping[tuple[str, int], bytes] = {
    (event.topic, event.class_version): msgspec.json.encode(schema_of(event)) for event in EVENTS
}
"""Every schema by topic and version, as it is served."""
