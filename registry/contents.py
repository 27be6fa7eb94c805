"""What any event may say, recorded by a command or put in another's place by a correction (内容检查). Pure.

Decisions do not check contents: :func:`registry.settlement.settle` does, for every event that would be
recorded, so that an amendment cannot say what the command it amends was not allowed to say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from registry.affiliation.checks import check_content as check_affiliation
from registry.commands import check_date, check_text
from registry.correction.events import Amended, Retracted
from registry.criterion.checks import check_content as check_criterion
from registry.errors import Code, Refusal
from registry.events import Event, LastingEvent
from registry.figure.checks import check_content as check_figure
from registry.function.checks import check_content as check_function
from registry.grant.checks import check_content as check_grant
from registry.instrument.checks import check_content as check_instrument
from registry.liaison.checks import check_content as check_liaison
from registry.mandate.checks import check_content as check_mandate
from registry.measure.checks import check_content as check_measure
from registry.membership.checks import check_content as check_membership
from registry.nouns import NOUNS, noun_of
from registry.organization.checks import check_content as check_organization
from registry.person.checks import check_content as check_person
from registry.post.checks import check_content as check_post
from registry.programme.checks import check_content as check_programme
from registry.proposal.checks import check_content as check_proposal
from registry.references import KindRule
from registry.reorganization.checks import check_content as check_reorganization
from registry.reorganization.events import ReorganizationProposed, ReorganizationRevised
from registry.rule.checks import check_content as check_rule
from registry.secondment.checks import check_content as check_secondment
from registry.term.checks import check_content as check_term


def _check_nothing(_event: Event) -> None:
    """Refuse nothing: ids, kinds and dates are checked by their types, and by what holds between entities."""


_CHECKS: dict[str, Callable[[Event], None]] = {
    "organization": check_organization,
    "function": check_function,
    "instrument": check_instrument,
    "reorganization": check_reorganization,
    "post": check_post,
    "term": check_term,
    "appointment": _check_nothing,
    "membership": check_membership,
    "affiliation": check_affiliation,
    "participation": _check_nothing,
    "mandate": check_mandate,
    "programme": check_programme,
    "figure": check_figure,
    "grant": check_grant,
    "secondment": check_secondment,
    "liaison": check_liaison,
    "measure": check_measure,
    "criterion": check_criterion,
    "rule": check_rule,
    "person": check_person,
    "proposal": check_proposal,
}

_REFERENCES = frozenset(bond.kind for noun in NOUNS for bond in noun.bonds)


def check_content(event: Event) -> None:
    """Refuse INVALID_DATE, INVALID_INPUT or INVALID_IDENTIFIER for what ``event`` may not say."""
    check_text("reason", event.reason)
    check_text("clause", event.clause)
    if isinstance(event, Retracted):
        return
    content = event.replacement if isinstance(event, Amended) else event
    check_date("effectiveOn", content.effective_on, content.precision)
    if content is not event:
        check_text("reason", content.reason)
        check_text("clause", content.clause)
    if isinstance(content, LastingEvent) and content.until is not None:
        check_date("until", content.until)
        if content.until <= content.effective_on:
            problem = "not after the beginning (须晚于起始日)"
            raise Refusal(Code.INVALID_DATE, field="until", date=content.until, problem=problem)
    _CHECKS[noun_of(content).name](content)
    _check_rules(_rules_of(content))


def _rules_of(content: Event) -> Sequence[KindRule]:
    """Return the rules that an event gives for what would be left dangling."""
    if isinstance(content, ReorganizationProposed | ReorganizationRevised):
        return content.plan.rules
    rules: Sequence[KindRule] = getattr(content, "rules", ())
    return rules


def _check_rules(rules: Sequence[KindRule]) -> None:
    """Refuse INVALID_INPUT for a rule about no kind of reference, or two about one."""
    for rule in rules:
        if rule.reference not in _REFERENCES:
            problem = f"no kind of reference is called {rule.reference} (无此引用类别)"
            raise Refusal(Code.INVALID_INPUT, field="rules", problem=problem)
    if len({rule.reference for rule in rules}) < len(rules):
        raise Refusal(Code.INVALID_INPUT, field="rules", problem="two for one kind (类别重复)")
