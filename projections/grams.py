"""What names are indexed by and looked for with: two characters, or three letters, in a row (词元). Pure.

Chinese is cut into pairs of characters, readings into three letters at a time, initials into two and three,
and the first two letters of each syllable are kept. A name that holds what is looked for, as text or as
spelled, then has every gram of it. One character or one letter has no gram: it is in so many names that
reading them all costs less than keeping an index of it would.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from operator import add
from typing import NamedTuple

from projections.pinyin import folded, parts, spelling

_PAIR = 2
_REMEMBERED = 8_192


class Indexed(NamedTuple):
    """A name as its row shows it: readings and grams have a blank before and after each."""

    folded: str
    letters: str
    initials: str
    grams: str


class Sought(NamedTuple):
    """A text that is looked for: without blanks; the runs of one script in its words; their grams."""

    whole: str
    parts: list[str]
    grams: list[str]


@lru_cache(_REMEMBERED)
def indexed(name: str) -> Indexed:
    """Return what ``name`` is found by."""
    spelled = spelling(name)
    found = [_pairs(part) for part, han in parts(spelled.folded) if han]
    found.extend(map(_triples, spelled.letters))
    for initials in spelled.initials:
        found += (_pairs(initials), _triples(initials))
    grams = dict.fromkeys(chain(*found, spelled.heads))
    return Indexed(spelled.folded, _listed(spelled.letters), _listed(spelled.initials), _listed(grams))


def sought(text: str) -> Sought:
    """Return what to look for; nothing reaches across blanks, so that words may stand apart in a name."""
    found: list[str] = []
    grams: dict[str, None] = {}
    for word in map(folded, text.split()):
        for part, han in parts(word):
            found.append(part)
            grams.update(dict.fromkeys(_pairs(part) if han or len(part) == _PAIR else _triples(part)))
    return Sought(folded(text), found, list(grams))


def _listed(words: Iterable[str]) -> str:
    return f" {' '.join(words)} "


def _pairs(text: str) -> Iterator[str]:
    return map(add, text, text[1:])


def _triples(text: str) -> Iterator[str]:
    return map(add, map(add, text, text[1:]), text[2:])
