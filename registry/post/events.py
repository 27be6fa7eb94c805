"""What can happen to a post (职务事件)."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from registry.events import Event
from registry.post.kinds import Title
from registry.references import KindRule

POST_OF = "POST_OF"
"""The kind of reference from a post to the organization that it is in (所在组织)."""


class PostEstablished(Event, frozen=True, kw_only=True):
    """A post came into being in an organization (设置职务).

    ``name`` where the post is called more than its title, such as 专职副主席. ``seats`` is how many may hold
    it at a time, None for as many as are appointed. ``elected`` says that its holders are elected (选任).
    """

    topic: ClassVar[str] = "post.established"

    organization: UUID
    title: Title
    name: str | None = None
    seats: int | None = None
    elected: bool = False
    illustrative: bool = False


class PostRenamed(Event, frozen=True, kw_only=True):
    """It is called otherwise, or None: by its title alone (职务更名)."""

    topic: ClassVar[str] = "post.renamed"

    name: str | None = None


class SeatsChanged(Event, frozen=True, kw_only=True):
    """So many may hold it at a time, None for as many as are appointed (席位变更)."""

    topic: ClassVar[str] = "post.seats_changed"

    seats: int | None = None


class PostMoved(Event, frozen=True, kw_only=True):
    """It is in another organization, with whoever holds it (职务划转)."""

    topic: ClassVar[str] = "post.moved"

    organization: UUID


class PostAbolished(Event, frozen=True, kw_only=True):
    """It is no more (撤销职务); ``rules`` dispose of the appointments to it beyond that day."""

    topic: ClassVar[str] = "post.abolished"

    rules: tuple[KindRule, ...] = ()


EVENTS: tuple[type[Event], ...] = (PostEstablished, PostRenamed, SeatsChanged, PostMoved, PostAbolished)
