"""What every record of a data file has: a date as exactly as it is known, and where it comes from (记录)."""

from __future__ import annotations

import re
from datetime import date

from msgspec import Struct

from registry.time import Precision

_WRITTEN = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


class DataError(Exception):
    """A data file says something that it may not; the message names the file and the place."""


class KnownDate:
    """A date as exactly as it is known, written "2018", "2018-05" or "2018-05-17" (已知日期)."""

    def __init__(self, text: str) -> None:
        """Read ``text``; raises ValueError for anything else."""
        found = _WRITTEN.fullmatch(text)
        if found is None:
            raise ValueError(f"{text!r} is no date; write 2018, 2018-05 or 2018-05-17")
        year, month, day = found.groups()
        self.day = date(int(year), int(month or 1), int(day or 1))
        if day is not None:
            self.precision = Precision.DAY
        else:
            self.precision = Precision.YEAR if month is None else Precision.MONTH


class Strict(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of a data file; keys that it does not know are refused."""


class Source(Strict, frozen=True, kw_only=True):
    """A public page that facts were taken from; no instrument, for it decides nothing (资料来源)."""

    key: str
    title: str


class Record(Strict, frozen=True, kw_only=True):
    """Something recorded from a date, and where it comes from (记录).

    ``source`` is the key of a public page, ``cites`` that of an instrument; what has neither must be
    illustrative.
    """

    since: KnownDate
    assumed: bool = False
    illustrative: bool = False
    source: str | None = None
    cites: str | None = None
    clause: str | None = None
    note: str | None = None

    @property
    def place(self) -> str:
        """What the record is about, for messages and for the identity of its command."""
        raise NotImplementedError

    @property
    def defines(self) -> tuple[tuple[str, str], ...]:
        """The nouns and keys of what begins with the record, so that others may name it."""
        return ()
