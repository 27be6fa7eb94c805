"""What each noun is called: the one place where a noun says by which names it is found (名称来源).

A noun is added by a function from its state to ``(role, name)`` pairs, and a line in :data:`NAMES`. Whoever
may not see the noun does not find its names: see :mod:`graphql_api.planner.search`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from registry.function.state import Function
from registry.instrument.state import Instrument
from registry.mandate.state import Mandate
from registry.measure.state import Measure
from registry.organization.state import Organization
from registry.person.state import Person
from registry.post.state import Post
from registry.programme.state import Programme
from registry.reorganization.state import Reorganization

Role = str
"""As what a name serves, such as ``NAME`` or ``NUMBER``; a noun may have several names in one role."""

Named = Iterable[tuple[Role, str | None]]
"""The names of a state; None where there is none of the role."""


def _organization(state: Organization) -> Named:
    return (("NAME", state.name), ("SHORT_NAME", state.short_name))


def _function(state: Function) -> Named:
    return () if state.retired else (("NAME", state.name),)


def _instrument(state: Instrument) -> Named:
    return (("TITLE", state.title), ("NUMBER", state.number))


def _reorganization(state: Reorganization) -> Named:
    return (("TITLE", state.title),)


def _measure(state: Measure) -> Named:
    return (("TITLE", state.title), ("CODE", state.code))


def _post(state: Post) -> Named:
    return () if state.abolished else (("NAME", state.name),)


def _mandate(state: Mandate) -> Named:
    return (("NAME", state.name),)


def _programme(state: Programme) -> Named:
    return (("NAME", state.name),)


def _person(state: Person) -> Named:
    return () if state.particulars is None or state.erased else (("NAME", state.particulars.name),)


NAMES: dict[str, Callable[[Any], Named]] = {
    "organization": _organization,
    "function": _function,
    "instrument": _instrument,
    "reorganization": _reorganization,
    "measure": _measure,
    "post": _post,
    "person": _person,
    "mandate": _mandate,
    "programme": _programme,
}
"""The names of each noun that is searched for, by the noun's name."""
