"""How the employment of a person by an organization is disposed of (任职的处置). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from msgspec.structs import asdict, replace

from registry.errors import Code, Refusal
from registry.events import Event, Stamp
from registry.person.events import EMPLOYED_BY, EmploymentEnded, EmploymentTransferred, PersonEmployed
from registry.references import Bond, Claim, KindRule, Reference


class Employer(Bond):
    """An organization employs the person, in one employment of several."""

    def end_of(self, fact: Event, reference: Reference, stamp: Stamp, rules: Sequence[KindRule]) -> Event:
        """Return the end of the employment."""
        del rules
        employment = _employment(fact)
        return EmploymentEnded(employment=employment, employer=reference.target, **asdict(stamp))

    def move(self, reference: Reference, fact: Event, target: UUID, stamp: Stamp) -> Sequence[Event]:
        """Return the transfer of the employment."""
        employment = _employment(fact)
        return (
            EmploymentTransferred(
                employment=employment, source=reference.target, target=target, **asdict(stamp)
            ),
        )

    def close(self, stamp: Stamp) -> Event:
        """Refuse INVALID_INPUT: nobody ends with their employer."""
        del stamp
        problem = "people do not end with their employer: end the employment (人员不随单位注销,请终止任职)"
        raise Refusal(Code.INVALID_INPUT, field="dispositions", problem=problem)

    def redirect(self, fact: Event, target: UUID) -> Event | None:
        """Return the employment by ``target`` from its beginning; the name that was noted is of another."""
        match fact:
            case PersonEmployed():
                return replace(fact, employer=target, employer_name=None)
            case EmploymentTransferred():
                return replace(fact, target=target)
            case _:
                return None

    def claim(self, event: Event) -> Claim | None:
        """Return whose employment was ended with the employer, or transferred."""
        match event:
            case EmploymentTransferred():
                return Claim(self.kind, event.source)
            case EmploymentEnded() if event.employer is not None:
                return Claim(self.kind, event.employer)
            case _:
                return None

    def carries_out(self, rule: KindRule, event: Event) -> bool:
        """Say whether the employment was ended, or went to where the rule says."""
        if isinstance(event, EmploymentTransferred):
            return event.target == rule.move_to
        return rule.move_to is None


def _employment(fact: Event) -> UUID:
    """Return which employment the fact that makes a reference is about."""
    assert isinstance(fact, PersonEmployed | EmploymentTransferred)
    return fact.employment


BONDS: tuple[Bond, ...] = (Employer(EMPLOYED_BY, "organization"),)
