"""How old somebody is on a day, as far as the birth date is known (年龄).

Age is counted in full years (周岁) and grows on the birthday itself: 「45岁以下」 lasts until the day before
the 46th birthday. Who was born on 29 February grows older on 1 March of a common year. For a period of years
whose last month lacks the corresponding day, the Civil Code (民法典 第二百零二条、第二百零三条) ends it with
that month's last day, at midnight: the year is not full before 28 February is over. Read strictly, the same
chapter (第二百零一条) makes every year full a day after the birthday; this register counts as everybody does.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from registry.rule.language.evaluation import Ends
from registry.statements import statement
from registry.time import Precision

_DECEMBER = 12


def age_on(birth: date | None, day: date, precision: Precision = Precision.DAY) -> int | None:
    """Return the age on ``day``; None when unknown, or when the precision leaves two ages possible."""
    youngest, oldest = ages_on(birth, precision, day)
    return oldest if youngest == oldest else None


def ages_on(birth: date | None, precision: Precision, day: date) -> Ends[int | None]:
    """Return the youngest and the oldest age that are possible on ``day``; None for those not born by then.

    Whoever is judged on a day was born by then, so of an imprecise date only the days up to it are possible.
    """
    if birth is None or birth > day:
        return Ends(None, None)
    first, last = days_of(birth, precision)
    return Ends(_full_years(min(last, day), day), _full_years(first, day))


def days_of(day: date, precision: Precision) -> Ends[date]:
    """Return the first and the last day that a date of ``precision`` may mean (日期的可能范围)."""
    match precision:
        case Precision.DAY:
            return Ends(day, day)
        case Precision.MONTH:
            return Ends(day, day.replace(day=monthrange(day.year, day.month)[1]))
        case Precision.YEAR:
            return Ends(day, date(day.year, _DECEMBER, 31))


def ages_sql(birth: str, precision: str, day: str) -> str:
    """Return a query of one row or none, ``youngest`` and ``oldest``, that is ``ages_on`` in SQL.

    Takes SQL expressions of a date, its precision and the day. It is for ``LEFT JOIN LATERAL (…) ON true``.
    """
    return statement(__package__, "ages_on").format(birth=birth, last=last_day_sql(birth, precision), day=day)


def last_day_sql(day: str, precision: str) -> str:
    """Return the SQL expression of the last day that a date of a precision may mean."""
    return statement(__package__, "last_day").strip().format(day=day, precision=precision)


def _full_years(birth: date, day: date) -> int:
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
