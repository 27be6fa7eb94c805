"""A council of a society, recorded over HTTP: what tests of posts begin with."""

from __future__ import annotations

from typing import Any, NamedTuple

from tests.support.sending import establish, new_id, record
from tests.support.serving import Answer, Served
from tests.support.staffing import registered

SEATED, PLANNED, OVERDUE, EVE, ELECTED = (
    "2013-05-31",
    "2018-05-31",
    "2018-09-01",
    "2018-11-09",
    "2018-11-10",
)


class Board(NamedTuple):
    """A council of a society with a president and two of three directors, sitting since 2013."""

    served: Served
    society: str
    council: str
    president: str
    director: str
    eighth: str
    people: dict[str, str]
    appointments: dict[str, str]

    def line(self, who: str, post: str) -> Answer:
        """Return a line of a roster."""
        return {
            "id": new_id(),
            "person": self.people[who],
            "post": post,
            "mode": "PART_TIME",
            "basis": "ELECTED",
        }

    def ask(self, query: str, **variables: object) -> Any:  # noqa: ANN401 - an answer has the shape of its query
        """Ask as anybody."""
        return self.served.anybody.data(query, **variables)


def seated(register: Served) -> Board:
    """Return a council recorded in the register of a test."""
    client = register.administrator
    society = establish(client, "试验化学会", "SOCIETY", effectiveOn="2010-01-01")
    council = establish(client, "试验理事会", "BODY", superior=society, effectiveOn="2010-01-01")
    president, director, eighth = new_id(), new_id(), new_id()
    for post, title, seats in ((president, "PRESIDENT", 1), (director, "DIRECTOR", 3)):
        record(
            client,
            "establishPost",
            post=post,
            organization=council,
            title=title,
            seats=seats,
            elected=True,
            effectiveOn=SEATED,
        )
    record(client, "openTerm", term=eighth, body=council, number=8, plannedEnd=PLANNED, effectiveOn=SEATED)
    names = ("李会长", "王理事", "张理事", "赵理事")
    people = dict(zip(names, registered(client, *names), strict=True))
    appointments = {name: new_id() for name in names[:3]}
    for name, post in zip(names[:3], (president, director, director), strict=True):
        record(
            client,
            "appoint",
            appointment=appointments[name],
            person=people[name],
            post=post,
            term=eighth,
            mode="PART_TIME",
            basis="ELECTED",
            effectiveOn=SEATED,
        )
    return Board(register, society, council, president, director, eighth, people, appointments)
