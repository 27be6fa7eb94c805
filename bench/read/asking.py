"""The questions of the benchmark: what each asks of the city, when, and who is asked it, too (提问)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bench.read.city import SOCIETY
from bench.read.questions import BARE, POSTGRAPHILE, STRAWBERRY, Question
from bench.read.register import CHANGED, CHANGES, ROOT
from bench.reports.drawing import identity
from bench.reports.loading import Loaded

ALL = (BARE, POSTGRAPHILE, STRAWBERRY)
WHOLE = ("PART_OF", "GUIDES", "SUPERVISES")
"""Over these nearly everything stands below the association of the city."""

PAST = ("chart of 520", "whole chart")
"""What is asked of a past belief, too."""

PAST_DAY = date(2019, 6, 30)


def questions(loaded: Loaded, code: str) -> Iterator[Question]:
    """Yield what is asked of the city; ``code`` is that of the society ``SOCIETY``."""
    chart = Question("chart of 520", "chart", "chart", ("root", str(ROOT)), ALL, ("PART_OF",))
    yield chart
    yield chart._replace(name="chart of 520 as of a past day", as_of=PAST_DAY)
    yield chart._replace(name="chart of 520 as once believed", known_at=loaded.before_corrections)
    whole = chart._replace(
        statement="whole", subject=("root", str(identity("root", 0))), peers=(BARE,), hierarchies=WHOLE
    )
    yield whole._replace(name="whole chart")
    yield whole._replace(name="whole chart as once believed", known_at=loaded.before_corrections)
    yield Question("100 members", "page", "page", ("organization", str(SOCIETY)), ALL)
    yield Question("one organization", "one", "one", ("code", code), ALL)
    yield Question(f"history of {CHANGES} changes", "history", "history", ("id", str(CHANGED)))
