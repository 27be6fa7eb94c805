"""Events of proposals: the least, and every field."""

from __future__ import annotations

from registry.events import Event
from registry.proposal import events as p
from tests.support.examples.foundation import LEAST, MOST, ONE, TWO

EXAMPLES: dict[type[Event], list[Event]] = {
    p.ProposalMade: [
        p.ProposalMade(submitter="user:8c1f", kind="RenameOrganization", subject=ONE, **LEAST),
        p.ProposalMade(
            submitter="key:portal",
            kind="RenamePerson",
            subject=ONE,
            organizations=(ONE, TWO),
            person=TWO,
            content="{}",
            personal_content='{"name":"李四"}',
            **MOST,
        ),
    ],
    p.ProposalWithdrawn: [p.ProposalWithdrawn(**LEAST), p.ProposalWithdrawn(**MOST)],
    p.ProposalRejected: [p.ProposalRejected(**LEAST), p.ProposalRejected(**MOST)],
    p.ProposalApproved: [p.ProposalApproved(**LEAST), p.ProposalApproved(**MOST)],
}
