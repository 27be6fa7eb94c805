"""The table of nouns: which events belong to which kind of entity (对象总表)."""

from __future__ import annotations

from registry.affiliation.state import AFFILIATION
from registry.appointment.state import APPOINTMENT
from registry.correction.events import Amended, Retracted
from registry.criterion.state import CRITERION
from registry.events import Event
from registry.figure.state import FIGURE
from registry.function.state import FUNCTION
from registry.grant.state import GRANT
from registry.instrument.state import INSTRUMENT
from registry.liaison.state import LIAISON
from registry.mandate.state import MANDATE
from registry.measure.state import MEASURE
from registry.membership.state import MEMBERSHIP
from registry.organization.state import ORGANIZATION
from registry.participation.state import PARTICIPATION
from registry.person.state import PERSON
from registry.post.state import POST
from registry.programme.state import PROGRAMME
from registry.proposal.state import PROPOSAL
from registry.reorganization.state import REORGANIZATION
from registry.rule.state import RULE
from registry.secondment.state import SECONDMENT
from registry.term.state import TERM
from registry.timeline import Noun

NOUNS: tuple[Noun, ...] = (
    ORGANIZATION,
    FUNCTION,
    INSTRUMENT,
    REORGANIZATION,
    POST,
    TERM,
    APPOINTMENT,
    MEMBERSHIP,
    AFFILIATION,
    PARTICIPATION,
    MANDATE,
    PROGRAMME,
    FIGURE,
    SECONDMENT,
    LIAISON,
    MEASURE,
    PERSON,
    CRITERION,
    RULE,
    GRANT,
    PROPOSAL,
)

CORRECTIONS: tuple[type[Event], ...] = (Amended, Retracted)

EVENTS: tuple[type[Event], ...] = (*(event for noun in NOUNS for event in noun.events), *CORRECTIONS)

_NOUN_OF: dict[type[Event], Noun] = {event: noun for noun in NOUNS for event in noun.events}


def noun_of(event: Event) -> Noun:
    """Return the noun whose streams hold ``event``; corrections belong to whichever stream they stand in."""
    return _NOUN_OF[type(event)]
