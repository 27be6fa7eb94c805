"""What one may ask of a post (职务命令)."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from registry.commands import Command
from registry.dispositions import Disposition
from registry.post.kinds import Title
from registry.reads import Needs
from registry.references import KindRule


class PostCommand(Command, frozen=True, kw_only=True):
    """A command to one post."""

    post: UUID

    @property
    def subject(self) -> UUID:
        """The post."""
        return self.post


class EstablishPost(PostCommand, frozen=True, kw_only=True):
    """Establish a post in an organization, with so many seats (设置职务)."""

    opens: ClassVar[bool] = True

    organization: UUID
    title: Title
    name: str | None = None
    seats: int | None = None
    elected: bool = False
    illustrative: bool = False

    @property
    def needs(self) -> Needs:
        """The post and the organization."""
        return Needs(entities=frozenset({self.post, self.organization, *self.cited}))


class RenamePost(PostCommand, frozen=True, kw_only=True):
    """Call it otherwise, or by its title alone (职务更名)."""

    name: str | None = None


class ChangeSeats(PostCommand, frozen=True, kw_only=True):
    """Let so many hold it at a time, or as many as are appointed; never fewer than hold it (变更席位)."""

    seats: int | None

    @property
    def needs(self) -> Needs:
        """The post and who holds it."""
        return Needs(entities=frozenset({self.post, *self.cited}), references_to=frozenset({self.post}))


class MovePost(PostCommand, frozen=True, kw_only=True):
    """Put it into another organization, with whoever holds it (职务划转)."""

    organization: UUID

    @property
    def needs(self) -> Needs:
        """The post and its new organization."""
        return Needs(entities=frozenset({self.post, self.organization, *self.cited}))


class AbolishPost(PostCommand, frozen=True, kw_only=True):
    """Abolish it, disposing of the appointments to it, singly or by rules (撤销职务)."""

    dispositions: tuple[Disposition, ...] = ()
    rules: tuple[KindRule, ...] = ()

    @property
    def needs(self) -> Needs:
        """The post, who holds it, and what is disposed of."""
        sources = (disposition.source for disposition in self.dispositions)
        return Needs(
            entities=frozenset({self.post, *sources, *self.cited}),
            references_to=frozenset({self.post}),
        )
