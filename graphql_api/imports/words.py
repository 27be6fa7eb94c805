"""The words for the values of enumerations in cells, Chinese and English (选项用词)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from unicodedata import normalize

from graphql_api.types.terms import foundation, member, person, post

_TERMS: Mapping[tuple[type[StrEnum], str], str] = {
    (type(value), str(value)): term.partition(":")[0]
    for module in (foundation, member, person, post)
    for value, term in module.TERMS
}


def folded(text: str) -> str:
    """Return ``text`` as names and options are compared: without width, case, blanks and joining marks."""
    plain = normalize("NFKC", text).casefold()
    return "".join(c for c in plain if not c.isspace() and c not in "_-*()/、,")


def shown(value: StrEnum) -> str:
    """Return the word for ``value`` that the template offers."""
    return _TERMS[type(value), str(value)]


@cache
def options(choices: type[StrEnum]) -> Mapping[str, StrEnum]:
    """Return every value of ``choices`` by each of its words, folded: the code, the term and its parts."""
    found: dict[str, StrEnum] = {}
    for value in choices:
        term = shown(value)
        for word in (str(value), term, *term.split("、")):
            # A word of two values, such as 秘书处 of none, would be the first one's: none is taken away.
            found.setdefault(folded(word), value)
    return found
