"""Names as they are read aloud: folded, spelled in pinyin, put in the order of a phone book (拼音). Pure.

The order is that of GB/T 13418 and of the phone books of mainland China: digits, Latin letters, other
scripts, then Chinese; Chinese by syllable, tone and character, one character after another, so that all 张
stand before the first 章. Homophones of one tone go by code point, in the main block by radical and
strokes. Signs and blanks count only between names that are otherwise the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain
from operator import add, itemgetter, ne
from typing import NamedTuple

from pypinyin.contrib.tone_convert import to_tone3
from pypinyin.phrases_dict import phrases_dict
from pypinyin.pinyin_dict import pinyin_dict

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_PART = re.compile(f"(?P<han>[{_HAN}]+)|(?P<other>[^{_HAN}]+)")

_PLAIN = re.compile("[\u4e00-\u9fff0-9a-z]*")
"""What folding leaves as it is: most names."""

_OWN_PHRASES = {
    word: ("chang2", *rest)
    for word, rest in {
        "长海": ("hai3",),
        "长兴": ("xing1",),
        "长岭": ("ling3",),
        "长白": ("bai2",),
    }.items()
}
"""Places of the region that the phrase book does not know (地名)."""

_ALSO = {
    "长": ("chang", "zhang"),
    "行": ("hang", "xing"),
    "重": ("zhong", "chong"),
    "乐": ("yue", "le"),
    "调": ("diao", "tiao"),
    "藏": ("zang", "cang"),
    "朝": ("chao", "zhao"),
    "宿": ("su", "xiu"),
    "单": ("dan", "shan", "chan"),
    "解": ("jie", "xie"),
    "仇": ("chou", "qiu"),
    "朴": ("pu", "piao"),
    "查": ("cha", "zha"),
    "盖": ("gai", "ge"),
    "尉": ("wei", "yu"),
    "翟": ("zhai", "di"),
    "覃": ("tan", "qin"),
    "种": ("zhong", "chong"),
    "曾": ("ceng", "zeng"),
    "缪": ("miu", "miao"),
    "柏": ("bai", "bo"),
    "薄": ("bao", "bo"),
    "冼": ("xian",),
    "俟": ("si", "qi"),
    "黑": ("hei", "he"),
    "秘": ("mi", "bi"),
    "折": ("zhe", "she"),
    "员": ("yuan", "yun"),
    "繁": ("fan", "po"),
    "乜": ("mie", "nie"),
    "隗": ("wei", "kui"),
    "盛": ("sheng", "cheng"),
    "召": ("zhao", "shao"),
}
"""Characters that names use in more than one reading; a name is found by each."""

_SURNAMES = {
    "万俟": ("mo4", "qi2"),
    "尉迟": ("yu4", "chi2"),
    "长孙": ("zhang3", "sun1"),
    "单于": ("chan2", "yu2"),
    "单": ("shan4",),
    "解": ("xie4",),
    "仇": ("qiu2",),
    "朴": ("piao2",),
    "查": ("zha1",),
    "盖": ("ge3",),
    "区": ("ou1",),
    "翟": ("zhai2",),
    "覃": ("qin2",),
    "种": ("chong2",),
    "曾": ("zeng1",),
    "缪": ("miao4",),
    "乐": ("yue4",),
    "任": ("ren2",),
    "华": ("hua4",),
    "纪": ("ji3",),
    "柏": ("bai3",),
    "薄": ("bo2",),
    "冼": ("xian3",),
    "黑": ("he4",),
    "秘": ("bi4",),
    "折": ("she2",),
    "员": ("yun4",),
    "繁": ("po2",),
    "乜": ("nie4",),
    "隗": ("kui2",),
    "召": ("shao4",),
    "燕": ("yan1",),
    "宁": ("ning4",),
    "应": ("ying1",),
    "那": ("na1",),
    "於": ("yu1",),
    "逄": ("pang2",),
}
"""Surnames (姓) that are read otherwise than the same characters elsewhere."""

_VARIANTS = 4
"""Readings of one name at most: each costs a few index entries."""

_REMEMBERED = 8_192
"""Names whose spelling is kept: every command of an entity spells its names anew."""


@cache
def _toned(syllable: str) -> str:
    """Return ``zhǎng`` as ``zhang3``; no tone is the fifth, which comes after the others.

    Tens of thousands of characters share fifteen hundred syllables, and every process begins with them.
    """
    return to_tone3(syllable, neutral_tone_with_five=True)


def _phrases(readings: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the phrases in which some character is read otherwise than alone: the others need no entry.

    Fewer phrases also cut fewer others in two: 大连市长海县 holds no mayor (市长).
    """
    found: dict[str, tuple[str, ...]] = dict(_OWN_PHRASES)
    for phrase, syllables in phrases_dict.items():
        reading = tuple(_toned(each[0]) for each in syllables)
        if len(reading) == len(phrase) and any(map(ne, reading, map(readings.get, phrase))):
            found[phrase] = reading
    return found


def _lengths(phrases: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """Return how long the phrases are that begin with each two characters, the longest first.

    Two characters, because most characters begin some phrase, and few pairs do.
    """
    found: dict[str, set[int]] = {}
    for phrase in phrases:
        if len(phrase) > 1:
            found.setdefault(phrase[:2], set()).add(len(phrase))
    return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in found.items()}


_READINGS = {chr(code): _toned(listed.split(",")[0]) for code, listed in pinyin_dict.items()}
_PHRASES = _phrases(_READINGS)
_LENGTHS = _lengths(_PHRASES)


class Element(NamedTuple):
    """A Chinese character and its syllable with the tone, or a run of other characters and no syllable.

    ``place`` is its part of the key, ``plain`` its reading without the tone, ``initial`` what abbreviates it,
    ``head`` the first two letters of its reading; what is not Chinese has none.
    """

    text: str
    syllable: str | None
    place: str
    plain: str
    initial: str
    head: str


_PLACE_OF = itemgetter(2)
_PLAIN_OF = itemgetter(3)
_INITIAL_OF = itemgetter(4)
_HEAD_OF = itemgetter(5)
"""Fields by number: every name takes four of each of its characters."""


class Spelling(NamedTuple):
    """A name without signs, blanks and case, its place in order, its readings in full and by initials.

    ``heads`` are the first two letters of each of its syllables.
    """

    folded: str
    key: str
    letters: tuple[str, ...]
    initials: tuple[str, ...]
    heads: tuple[str, ...]


def folded(text: str) -> str:
    """Return letters, digits and characters only: half-width, in lower case, without accents; ü is v."""
    if _PLAIN.fullmatch(text):
        return text
    plain = unicodedata.normalize("NFKD", text).casefold().replace("u\u0308", "v")
    return "".join(filter(str.isalnum, plain))


def parts(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the runs of one script in a folded text, and whether they are Chinese."""
    return ((found[0], found.lastgroup == "han") for found in _PART.finditer(text))


def sort_key(name: str) -> str:
    """Return what puts ``name`` in its place when compared byte by byte."""
    return spelling(name).key


@lru_cache(_REMEMBERED)
def person_key(name: str) -> str:
    """Return what puts a person's name in its place: surnames are read as surnames (姓氏读音)."""
    text = folded(name)
    return _key(name, text, _as_person(_elements(text)))


@lru_cache(_REMEMBERED)
def spelling(name: str) -> Spelling:
    """Return how ``name`` is read, the usual reading first."""
    text = folded(name)
    elements = _elements(text)
    readings = _readings(text, elements)
    return Spelling(
        text,
        _key(name, text, elements),
        _distinct("".join(map(_PLAIN_OF, reading)) for reading in readings),
        _distinct("".join(map(_INITIAL_OF, reading)) for reading in readings),
        _distinct(filter(None, map(_HEAD_OF, chain.from_iterable(readings)))),
    )


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def _readings(text: str, elements: Sequence[Element]) -> list[Sequence[Element]]:
    """Return the readings of a name, the usual one first."""
    readings = [elements]
    if _ALSO.keys().isdisjoint(text):
        return readings
    for place, element in enumerate(elements):
        if element.text not in _ALSO:
            continue
        for other in _ALSO[element.text]:
            if other != element.plain and len(readings) < _VARIANTS:
                readings.append([*elements[:place], _character(element.text, other), *elements[place + 1 :]])
    return readings


@lru_cache(_REMEMBERED)
def _elements(text: str) -> tuple[Element, ...]:
    found: list[Element] = []
    for part, han in parts(text):
        if han:
            found.extend(_chinese(part))
        else:
            found.append(Element(part, None, "".join(map(_sign, part)), part, part, ""))
    return tuple(found)


@lru_cache(_REMEMBERED)
def _chinese(text: str) -> tuple[Element, ...]:
    """Return the elements of a Chinese text; most hold no phrase, and are read one by one."""
    if _LENGTHS.keys().isdisjoint(map(add, text, text[1:])):
        return tuple(map(_usual, text))
    return tuple(map(_character, text, _read(text)))


@cache
def _usual(text: str) -> Element:
    """Return a Chinese character as it is read alone."""
    return _character(text, _READINGS.get(text, ""))


def _sign(character: str) -> str:
    """Return what is no Chinese as the key has it: capitals, then what begins with a backtick."""
    return character.upper() if character.isascii() else f"`{character}"


@cache
def _character(text: str, syllable: str) -> Element:
    """Return a Chinese character; in the key it begins with a small letter. There are only so many."""
    plain = syllable.rstrip("12345") or text
    return Element(text, syllable, f"{syllable or '~'}{text}", plain, plain[0], plain[:2])


def _read(text: str) -> list[str]:
    """Return the syllable of each character of a Chinese text, by the longest phrase that begins there."""
    found: list[str] = []
    place = 0
    while place < len(text):
        for length in _LENGTHS.get(text[place : place + 2], ()):
            if (syllables := _PHRASES.get(text[place : place + length])) is not None:
                found.extend(syllables)
                place += len(syllables)
                break
        else:
            found.append(_READINGS.get(text[place], ""))
            place += 1
    return found


def _as_person(elements: Sequence[Element]) -> Sequence[Element]:
    """Return the elements with the surname at their beginning read as one."""
    for length in (2, 1):
        syllables = _SURNAMES.get("".join([element.text for element in elements[:length]]))
        if syllables is not None:
            surname = [_character(e.text, s) for e, s in zip(elements, syllables, strict=False)]
            return [*surname, *elements[length:]]
    return elements


def _key(name: str, text: str, elements: Sequence[Element]) -> str:
    key = "".join(map(_PLACE_OF, elements))
    # Below everything else, so that a name comes right before those that go on after it.
    return key if text == name else f"{key}\x1f{name}"
