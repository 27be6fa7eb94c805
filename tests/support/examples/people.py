"""Events of people: of each the least that it says, and, last, one that gives every field."""

from __future__ import annotations

from datetime import date

from registry.events import Event
from registry.person import events as p
from registry.person.kinds import Gender
from registry.references import KindRule
from registry.time import Precision
from tests.support.examples.foundation import LEAST, MOST

EXAMPLES: dict[type[Event], list[Event]] = {
    p.PersonRegistered: [
        p.PersonRegistered(name="张三", **LEAST),
        p.PersonRegistered(
            name="李四",
            gender=Gender.FEMALE,
            birth_date=date(1990, 3, 1),
            birth_precision=Precision.MONTH,
            identity_number="210202199003071228",
            phone="+86 411 0000 0000",
            email="li.si@example.org",
            illustrative=True,
            **MOST,
        ),
    ],
    p.PersonRenamed: [p.PersonRenamed(name="张珊", **LEAST), p.PersonRenamed(name="李四", **MOST)],
    p.PersonDeceased: [
        p.PersonDeceased(**LEAST),
        p.PersonDeceased(rules=(KindRule(reference="HOLDS"),), **MOST),
    ],
}
