"""Events of any content, made from the declarations of their classes, for tests by property."""

from __future__ import annotations

from datetime import date
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import msgspec
from hypothesis import strategies as st
from msgspec import UNSET, Struct, UnsetType

from registry.events import Event
from registry.nouns import CORRECTIONS, EVENTS

_PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    bool: st.booleans(),
    date: st.dates(),
    int: st.integers(1, 2**63 - 1),
    NoneType: st.none(),
    str: st.text(max_size=20),
    UnsetType: st.just(UNSET),
    UUID: st.uuids(),
}


@cache
def events_of(kind: type[Struct]) -> st.SearchStrategy[Any]:
    """Return a strategy for ``kind``: every field of any content that its declaration allows."""
    hints = get_type_hints(kind)
    return st.builds(
        kind, **{field.name: _values_of(hints[field.name]) for field in msgspec.structs.fields(kind)}
    )


def _values_of(hint: Any) -> st.SearchStrategy[Any]:  # noqa: ANN401 - any type hint
    if hint in _PLAIN:
        return _PLAIN[hint]
    if hint is Event:
        return st.one_of([events_of(event) for event in EVENTS if event not in CORRECTIONS])
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return st.one_of([_values_of(argument) for argument in arguments])
    if origin is tuple:
        element, ellipsis = arguments
        assert ellipsis is Ellipsis
        return st.lists(_values_of(element), max_size=3).map(tuple)
    if issubclass(hint, Enum):
        return st.sampled_from(hint)
    assert issubclass(hint, Struct), hint
    return events_of(hint)
