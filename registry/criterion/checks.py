"""What an event of a criterion may say, recorded plainly or by a correction (口径内容检查). Pure."""

from __future__ import annotations

import re

from registry.commands import check_name
from registry.criterion import events as e
from registry.criterion.kinds import Subject
from registry.criterion.reading import read
from registry.errors import Code, Refusal
from registry.events import Event

CODE_LIMIT = 64

_NAME = re.compile(r"[A-Z][A-Z0-9_]*")


def check_content(event: Event) -> None:
    """Refuse INVALID_INPUT for what no criterion can be called, UNREADABLE_PREDICATE for what it says."""
    match event:
        case e.CriterionDefined():
            check_name("code", event.code, CODE_LIMIT)
            check_name("name", event.name)
            if not _NAME.fullmatch(event.code):
                problem = "not a word in capitals, digits and underscores (须为大写字母、数字、下划线)"
                raise Refusal(Code.INVALID_INPUT, field="code", problem=problem)
            read("predicate", event.predicate, event.about)
        case e.CriterionRedefined():
            # What it is about stands in another event of its stream: the invariant looks at both.
            _check_readable(event.predicate)
        case _:
            pass


def _check_readable(text: str) -> None:
    """Refuse what is a predicate about nothing at all, telling of the subject it comes nearest to."""
    refusals: list[Refusal] = []
    for about in Subject:
        try:
            read("predicate", text, about)
        except Refusal as refusal:
            refusals.append(refusal)
        else:
            return
    raise max(refusals, key=_offset)


def _offset(refusal: Refusal) -> int:
    return int(refusal.details["offset"])
