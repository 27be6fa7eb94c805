"""The table of read models, in the order in which their tables are created (读模型总表)."""

from __future__ import annotations

import hashlib
from functools import cache

from projections import (
    affiliation,
    appointment,
    award,
    charter,
    criterion,
    criterion_use,
    deadline_move,
    designation,
    employment,
    enrollment,
    evidence,
    figure,
    finding,
    fulfilment,
    function,
    holding,
    identifier,
    instrument,
    liaison,
    liaison_note,
    liaison_visit,
    life,
    mandate,
    mandate_review,
    measure,
    measure_part,
    membership,
    milestone,
    naming,
    organization,
    participation,
    person,
    person_alias,
    person_discipline,
    person_private,
    post,
    professional_title,
    programme,
    progress,
    proposal,
    proposal_place,
    proposal_private,
    quota,
    registration,
    relation,
    reorganization,
    role_grant,
    rule,
    secondment,
    secondment_private,
    staffing,
    succession,
    term,
)
from projections.model import ReadModel

READ_MODELS: tuple[ReadModel, ...] = (
    life.MODEL,
    organization.MODEL,
    relation.MODEL,
    identifier.MODEL,
    designation.MODEL,
    function.MODEL,
    holding.MODEL,
    instrument.MODEL,
    reorganization.MODEL,
    succession.MODEL,
    registration.MODEL,
    charter.MODEL,
    staffing.MODEL,
    quota.MODEL,
    mandate.MODEL,
    mandate_review.MODEL,
    programme.MODEL,
    enrollment.MODEL,
    figure.MODEL,
    secondment.MODEL,
    secondment_private.MODEL,
    liaison.MODEL,
    liaison_visit.MODEL,
    liaison_note.MODEL,
    post.MODEL,
    term.MODEL,
    appointment.MODEL,
    membership.MODEL,
    affiliation.MODEL,
    participation.MODEL,
    measure.MODEL,
    measure_part.MODEL,
    deadline_move.MODEL,
    milestone.MODEL,
    finding.MODEL,
    evidence.MODEL,
    progress.MODEL,
    fulfilment.MODEL,
    criterion.MODEL,
    criterion_use.MODEL,
    rule.MODEL,
    role_grant.MODEL,
    naming.MODEL,
    person.MODEL,
    person_private.MODEL,
    person_alias.MODEL,
    employment.MODEL,
    professional_title.MODEL,
    person_discipline.MODEL,
    award.MODEL,
    proposal.MODEL,
    proposal_place.MODEL,
    proposal_private.MODEL,
)

PERSONAL: dict[str, str] = {model.name: model.personal for model in READ_MODELS if model.personal}
"""The tables with personal data, with the column that says whose it is; each has a table of the past, too."""

FOLD_VERSION = 1
"""Raised when a fold gives other rows for the same events while its table stays the same."""


@cache
def fingerprint() -> str:
    """Return what tells whether tables were made by this program's read models."""
    content = "\n".join((str(FOLD_VERSION), *(model.ddl for model in READ_MODELS)))
    return hashlib.sha256(content.encode()).hexdigest()
