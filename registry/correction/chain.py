"""What a stream's events say once their corrections are applied (更正链). Pure.

Corrections form a chain: an amendment may itself be amended or retracted; retracting it restores the content
before; retracting the root drops the fact, and retracting that retraction restores it. A fact keeps its
original position.
"""

from __future__ import annotations

from collections.abc import Sequence

from registry.correction.events import Amended, Retracted
from registry.events import Event, Fact, Recorded


def corrected(records: Sequence[Recorded]) -> list[Fact]:
    """Return the facts that ``records`` (one stream, in order) hold now, in order of original position."""
    if not any(record.corrects is not None for record in records):
        return [Fact(record.position, record.event) for record in records]
    contents = _contents(records)
    facts: list[Fact] = []
    for record in records:
        if record.corrects is None:
            content = contents[record.position]
            if content is not None:
                facts.append(Fact(record.position, content))
    return facts


def content_of(records: Sequence[Recorded], position: int) -> Event | None:
    """Return what the event at ``position`` says now, or None when it is retracted.

    For an amendment that is its replacement; for a retraction, the retraction itself.
    """
    return _contents(records)[position]


def root_of(records: Sequence[Recorded], position: int) -> int:
    """Return the position of the fact that the chain through ``position`` corrects."""
    corrects = {record.position: record.corrects for record in records}
    above = corrects[position]
    while above is not None:
        position, above = above, corrects[above]
    return position


def chain_of(records: Sequence[Recorded], root: int) -> list[int]:
    """Return the positions of the fact at ``root`` and of every correction of it, direct or not, in order."""
    chain = [root]
    for record in records:
        if record.corrects in chain:
            # Not a comprehension: a correction of a correction is found through the one just added.
            chain.append(record.position)
    return chain


def _contents(records: Sequence[Recorded]) -> dict[int, Event | None]:
    """Resolve every event, newest first: whatever corrects an event is younger, so is resolved before it."""
    corrections: dict[int, list[int]] = {}
    for record in records:
        if record.corrects is not None:
            corrections.setdefault(record.corrects, []).append(record.position)
    contents: dict[int, Event | None] = {}
    for record in reversed(records):
        event = record.event
        content: Event | None = event.replacement if isinstance(event, Amended) else event
        for position in corrections.get(record.position, ()):
            correction = contents[position]
            if correction is None:
                continue
            content = None if isinstance(correction, Retracted) else correction
        contents[record.position] = content
    return contents
