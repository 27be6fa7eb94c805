"""What a data file may say of registrations, charters and staffing (登记、章程与编制资料)."""

from __future__ import annotations

from datetime import date

from graphql_api.demo.records.organization import OrganizationChange
from registry.organization.kinds import Establishment, LegalForm


class RegistrationRecord(OrganizationChange, frozen=True, kw_only=True):
    """How an organization is registered (登记)."""

    legal_form: LegalForm
    authority: str | None = None
    certificate: str | None = None
    domicile: str | None = None
    representative: str | None = None
    until: date | None = None


class CharterRecord(OrganizationChange, frozen=True, kw_only=True):
    """A version of a charter (章程)."""

    title: str
    adopted: date
    approved: date | None = None


class StaffingRecord(OrganizationChange, frozen=True, kw_only=True):
    """How many an organization may have and has (编制与实有人数)."""

    quotas: dict[Establishment, int]
    leadership_posts: int | None = None
    leaders: int | None = None
    headcount: int | None = None
