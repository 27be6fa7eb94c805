"""How the two ends of an affiliation are disposed of (组织关系的处置). Pure."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import asdict

from registry.affiliation.events import (
    AFFILIATE,
    AFFILIATED_WITH,
    AffiliationEnded,
    AffiliationTransferred,
)
from registry.affiliation.kinds import AffiliationEnd
from registry.events import Event, Stamp
from registry.references import Bond, KindRule, Reference, VitalBond


class End(VitalBond):
    """An end of an affiliation, which does not outlive it; the kind says why it ended."""

    def end(self, reference: Reference, stamp: Stamp, rules: Sequence[KindRule]) -> Event:
        """Return the end of the affiliation, for the sake of who is no more."""
        del reference, rules
        return self.close(stamp)

    def close(self, stamp: Stamp) -> Event:
        """Return the same: there is no affiliation without its ends."""
        return AffiliationEnded(end_reason=_GONE[self.kind], **asdict(stamp))


_GONE = {AFFILIATED_WITH: AffiliationEnd.BRANCH_GONE, AFFILIATE: AffiliationEnd.DECEASED}

BONDS: tuple[Bond, ...] = (
    End(AFFILIATED_WITH, ("organization",), "branch", AffiliationEnded, AffiliationTransferred),
    End(AFFILIATE, ("person",), "person", AffiliationEnded),
)
