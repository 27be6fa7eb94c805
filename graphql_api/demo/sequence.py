"""The whole register in the order of recording: the data files, and the crowd between them (登记次序)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple, Protocol

from graphql_api.demo.crowd import cadres, congress, districts, grassroots, party, societies
from graphql_api.demo.files import FILES, read
from graphql_api.demo.strict import Record, Source

_CROWD: Mapping[str, tuple[Callable[[], Iterator[Record]], ...]] = {
    "functions.toml": (cadres.people, cadres.before),
    "reorganization.toml": (cadres.after,),
    "measures.toml": (
        grassroots.units,
        congress.people,
        congress.before,
        congress.after,
        societies.units,
        societies.people,
        societies.boards,
        societies.papers,
        societies.members,
        districts.people,
        districts.posts,
        districts.papers,
        cadres.staffing,
        cadres.exchanges,
        cadres.answering,
        party.units,
        party.affiliations,
    ),
    FILES[-1]: (congress.correction,),
}
"""What is generated after which file; the correction comes last: the register was different before it."""


class Content(Protocol):
    """What a file, or a part of the crowd, says."""

    @property
    def source(self) -> tuple[Source, ...]:
        """The public pages that it names."""
        ...

    @property
    def records(self) -> tuple[Record, ...]:
        """Its records in the order of their recording."""
        ...


class Generated(NamedTuple):
    """What was generated; it has no source (生成的资料)."""

    records: tuple[Record, ...]
    source: tuple[Source, ...] = ()


def contents() -> dict[str, Content]:
    """Return everything by the name of its file or part, in the order of recording."""
    whole: dict[str, Content] = {}
    for name, file in read().items():
        whole[name] = file
        generators = _CROWD.get(name, ())
        if generators:
            made = chain.from_iterable(generate() for generate in generators)
            whole[f"crowd after {name}"] = Generated(tuple(made))
    return whole
