"""What a client says it takes (内容协商): media types and encodings with their weights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

JSON = "application/json"
FORM = "multipart/form-data"
RESPONSE = "application/graphql-response+json"
EVENTS = "text/event-stream"

_CLIENTS = 200
"""Headers that are remembered with what they come to: all clients of one make send the same."""

_ITEMS = 50
"""Items of a header that are looked at: browsers send about ten."""


class _Item(NamedTuple):
    name: str
    weight: float


def media_of(header: str) -> str:
    """Return the media type of a header without its parameters."""
    return header.partition(";")[0].strip().lower()


def charset_of(header: str) -> str | None:
    """Return the parameter ``charset`` of a media type."""
    for parameter in header.split(";")[1:]:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip('"').lower()
    return None


@lru_cache(maxsize=_CLIENTS)
def answer_type(accept: str) -> str:
    """Return the type of an answer that the client likes best.

    Whoever takes anything, or nothing of what there is, gets plain JSON, as the draft says until its
    watershed; so does whoever likes both types of JSON the same but names plain JSON first.
    """
    best, weight = JSON, 0.0
    for item in _items(accept):
        if item.name in {JSON, RESPONSE, EVENTS} and item.weight > weight:
            best, weight = item.name, item.weight
    return best


@lru_cache(maxsize=_CLIENTS)
def encoding(accept: str, known: tuple[str, ...]) -> str | None:
    """Return the first of the ``known`` encodings among those the client likes best; None for none."""
    weights = {item.name: item.weight for item in _items(accept)}
    everything = weights.get("*", 0.0)
    found = [(weights.get(name, everything), -place, name) for place, name in enumerate(known)]
    weight, _, name = max(found, default=(0.0, 0, ""))
    return name if weight > 0 else None


def _items(header: str) -> Iterator[_Item]:
    for part in header.split(",", _ITEMS)[:_ITEMS]:
        name, *parameters = part.split(";")
        yield _Item(name.strip().lower(), _weight(parameters))


def _weight(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                return min(1.0, max(0.0, float(value)))
            except ValueError:
                return 0.0
    return 1.0
