"""Events of posts, terms and appointments: of each the least that it says, then one with every field."""

from __future__ import annotations

from datetime import date

from registry.appointment import events as a
from registry.appointment.kinds import Basis, EndReason, Mode
from registry.events import Event
from registry.post import events as p
from registry.post.kinds import Title
from registry.references import KindRule
from registry.term import events as t
from tests.support.examples.foundation import DOCUMENT, LASTING, LEAST, MOST, ONE, THREE, TWO

EXAMPLES: dict[type[Event], list[Event]] = {
    p.PostEstablished: [
        p.PostEstablished(organization=ONE, title=Title.DIRECTOR, **LEAST),
        p.PostEstablished(
            organization=ONE,
            title=Title.VICE_CHAIR,
            name="专职副主席",
            seats=2,
            elected=True,
            illustrative=True,
            **MOST,
        ),
    ],
    p.PostRenamed: [p.PostRenamed(**LEAST), p.PostRenamed(name="兼职副主席", **MOST)],
    p.SeatsChanged: [p.SeatsChanged(**LEAST), p.SeatsChanged(seats=7, **MOST)],
    p.PostMoved: [p.PostMoved(organization=TWO, **LEAST), p.PostMoved(organization=TWO, **MOST)],
    p.PostAbolished: [
        p.PostAbolished(**LEAST),
        p.PostAbolished(rules=(KindRule(reference=a.APPOINTED_TO),), **MOST),
    ],
    t.TermOpened: [
        t.TermOpened(body=ONE, number=1, **LEAST),
        t.TermOpened(body=ONE, number=9, planned_end=date(2024, 3, 1), renews=TWO, illustrative=True, **MOST),
    ],
    t.TermExtended: [
        t.TermExtended(planned_end=date(2024, 12, 31), **{**LEAST, "instrument": DOCUMENT}),
        t.TermExtended(planned_end=date(2024, 12, 31), **MOST),
    ],
    t.TermAdjusted: [t.TermAdjusted(**LEAST), t.TermAdjusted(**MOST)],
    t.TermEnded: [t.TermEnded(**LEAST), t.TermEnded(rules=(KindRule(reference=a.IN_TERM),), **MOST)],
    a.AppointmentMade: [
        a.AppointmentMade(person=ONE, post=TWO, mode=Mode.FULL_TIME, basis=Basis.APPOINTED, **LEAST),
        a.AppointmentMade(
            person=ONE,
            post=TWO,
            term=THREE,
            mode=Mode.PART_TIME,
            basis=Basis.ELECTED,
            professional=True,
            representing=THREE,
            illustrative=True,
            **LASTING,
        ),
    ],
    a.RepresentationChanged: [
        a.RepresentationChanged(**LEAST),
        a.RepresentationChanged(representing=THREE, **MOST),
    ],
    a.AppointmentEnded: [
        a.AppointmentEnded(**LEAST),
        a.AppointmentEnded(end_reason=EndReason.RESIGNED, **MOST),
    ],
}
