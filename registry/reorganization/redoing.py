"""How what an adopted reorganization did becomes what another plan would have done (改革重做). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from registry.commands import Draft
from registry.correction.acts import Consequence, amendment, retractions


def redone(old: Sequence[Consequence], new: Sequence[Draft], reason: str | None) -> list[Draft]:
    """Return the drafts that turn the facts ``old`` into those of ``new``, stream by stream.

    What both have stays as it is recorded; what differs in content is amended in its place in the order, so
    that what others built on it since keeps standing; the rest is retracted, and the rest of the new
    recorded.
    """
    coming: dict[UUID, list[Draft]] = {}
    for draft in new:
        coming.setdefault(draft.stream, []).append(draft)
    going: dict[UUID, list[Consequence]] = {}
    for consequence in old:
        going.setdefault(consequence.entity.id, []).append(consequence)
    drafts: list[Draft] = []
    for stream in (*going, *(stream for stream in coming if stream not in going)):
        drafts.extend(_stream(going.get(stream, []), coming.get(stream, []), reason))
    return drafts


def _stream(old: list[Consequence], new: list[Draft], reason: str | None) -> list[Draft]:
    """Amend as far as the kinds of event agree one by one; from there on, retract and record."""
    drafts: list[Draft] = []
    same = 0
    for consequence, draft in zip(old, new, strict=False):
        if type(consequence.content) is not type(draft.event) or draft.corrects is not None:
            break
        if consequence.content != draft.event:
            drafts.append(amendment(draft.stream, consequence.record.position, draft.event, reason))
        same += 1
    return [*drafts, *retractions(old[same:], reason), *new[same:]]
