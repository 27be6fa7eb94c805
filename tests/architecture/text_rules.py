"""House rules about SQL and about the words of every text file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.architecture.project import SourceFile, Violation

SQL_CLOCK = re.compile(
    r"\b(?:current_date|current_time|current_timestamp|localtime|localtimestamp)\b"
    r"|\b(?:now|statement_timestamp|transaction_timestamp|timeofday)\s*\(\s*\)"
    r"|'(?:now|today|tomorrow|yesterday)'",
    re.IGNORECASE,
)
SQL_CLOCK_DEFAULT = re.compile(
    r"\bdefault\s+(?:now\s*\(\s*\)|current_timestamp|statement_timestamp\s*\(\s*\))", re.IGNORECASE
)
SQL_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)

BRITISH = re.compile(
    r"\b(?:\w*(?:organis|normalis|serialis|recognis|initialis|summaris|synchronis|authoris|optimis|materialis|generalis"
    r"|minimis|maximis|categoris|emphasis)(?:e|es|ed|er|ers|ing|ation|ations)"
    r"|analysed?|behaviours?|catalogues?|centres?|colours?|favour\w*|honour\w*|neighbours?|licences?|labelled"
    r"|modelled|modelling|travelled|whilst)\b",
    re.IGNORECASE,
)
EMPHASIS = frozenset({"emphasis", "emphases"})
"""The nouns; only the verb has an American spelling of its own."""

UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
SOMEBODYS_FOLDER = re.compile(r"(?<![\w.])(?:/home/|/Users/|/root/|[A-Z]:\\Users\\)[\w.-]+")
NAMED_INDEX = re.compile(r"--(?:extra-)?index-url|--find-links")

WORDS = (
    ("american-spelling", BRITISH, "is British; the project writes American English"),
    ("unfinished", UNFINISHED, "belongs in the tracker: what is in the tree is finished"),
    ("somebodys-folder", SOMEBODYS_FOLDER, "exists on one machine only"),
    ("named-index", NAMED_INDEX, "ties everybody to one package index"),
)


def sql_clock(file: SourceFile) -> Iterator[Violation]:
    """Refuse the server's clock: today is a parameter, computed once per request in the registry's calendar.

    Under UTC `current_date` is wrong for eight hours a day. A migration may stamp its own rows by a default.
    """
    if file.suffix != ".sql":
        return
    text = SQL_COMMENT.sub(_blank, file.text)
    if "migrations" in file.pure_path.parts:
        text = SQL_CLOCK_DEFAULT.sub(_blank, text)
    for number, line in enumerate(text.splitlines(), start=1):
        for found in SQL_CLOCK.finditer(line):
            message = f"{found[0]}: pass the day or instant as a parameter"
            yield Violation("sql-clock", file.path, number, message)


def banned_words(file: SourceFile) -> Iterator[Violation]:
    """Refuse words that have no place in the project; see ``WORDS``."""
    for number, line in enumerate(file.lines, start=1):
        for rule, pattern, why in WORDS:
            for found in pattern.finditer(line):
                if found[0].lower() not in EMPHASIS:
                    yield Violation(rule, file.path, number, f"{found[0]!r} {why}")


def _blank(found: re.Match[str]) -> str:
    """Keep the line count, so that what follows keeps its line number."""
    return "\n" * found[0].count("\n")
