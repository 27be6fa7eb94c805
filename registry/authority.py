"""Where a sender may write who may not write everywhere (分级管理权限). Pure."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec import Struct


class Authority(Struct, frozen=True):
    """A sender may change what belongs under ``roots``, as things are on the day ``today`` (权限范围).

    ``people`` and ``restricted`` are the roots under which they see people with their memberships, and
    restricted data; None is everywhere.
    """

    roots: frozenset[UUID]
    today: date
    people: frozenset[UUID] | None = frozenset()
    restricted: frozenset[UUID] | None = frozenset()
