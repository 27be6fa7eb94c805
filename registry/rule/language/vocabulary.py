"""What a predicate may speak of: the fields of its subject, each with its type (词汇)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from registry.rule.language.tokens import KEYWORDS

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_WORD = re.compile(r"[A-Z][A-Z0-9_]*")


class FieldType(StrEnum):
    """What values a field has (字段类型).

    AGE and ROUGH_DATE are known to lie between two ends: the age of somebody whose birth is known to the
    year, a date known to the month. The values of all others are known or not.
    """

    BOOLEAN = "BOOLEAN"
    INTEGER = "INTEGER"
    DATE = "DATE"
    TEXT = "TEXT"
    ENUM = "ENUM"
    SET = "SET"
    AGE = "AGE"
    ROUGH_DATE = "ROUGH_DATE"


RANGED = frozenset({FieldType.AGE, FieldType.ROUGH_DATE})
"""The types whose values are ends."""

ORDERED = RANGED | {FieldType.INTEGER, FieldType.DATE}
"""The types of which less and more can be said. Texts are not: their order depends on who sorts them."""

LISTED = frozenset({FieldType.INTEGER, FieldType.DATE, FieldType.TEXT, FieldType.ENUM})
"""The types that ``in`` looks for in a list."""


class Field(Struct, frozen=True):
    """A field (字段): its type, the term it is known by, and the words of an ENUM.

    A SET with words holds words, one without holds texts.
    """

    type: FieldType
    chinese: str
    words: tuple[str, ...] = ()

    @property
    def element(self) -> FieldType:
        """The type of what the field is compared with: that of a set's members, else its own."""
        if self.type is FieldType.SET:
            return FieldType.ENUM if self.words else FieldType.TEXT
        return self.type


class Vocabulary(Struct, frozen=True):
    """The fields of one kind of subject by name (词汇表)."""

    subject: str
    fields: Mapping[str, Field]

    def __post_init__(self) -> None:
        """Refuse by ValueError, as a mistake of ours, what could never be written in a predicate."""
        for name, field in self.fields.items():
            if not _NAME.fullmatch(name) or name in KEYWORDS:
                raise ValueError(f"{self.subject}.{name} cannot be a field's name")
            if field.type is FieldType.ENUM and not field.words:
                raise ValueError(f"{self.subject}.{name} has no words")
            if field.words and field.element is not FieldType.ENUM:
                raise ValueError(f"{self.subject}.{name} takes no words")
            for word in field.words:
                if not _WORD.fullmatch(word):
                    raise ValueError(f"{word} cannot be a word of {self.subject}.{name}")
