"""What an event of an organization may say, recorded plainly or by a correction (组织内容检查). Pure."""

from __future__ import annotations

from msgspec import UNSET
from msgspec.structs import asdict

from registry.commands import check_name
from registry.errors import Code, Refusal
from registry.events import Event
from registry.ids import RESERVED_SCHEMES
from registry.organization import events as e
from registry.organization.identifiers import check_identifier
from registry.organization.kinds import Status
from registry.organization.paper_checks import check_papers

_IDENTIFIER_LIMIT = 64


def check_content(event: Event) -> None:
    """Refuse INVALID_INPUT or INVALID_IDENTIFIER for what no organization can be or bear."""
    match event:
        case e.OrganizationEstablished():
            check_name("name", event.name)
            check_name("shortName", event.short_name)
            check_name("code", event.code, _IDENTIFIER_LIMIT)
            _check_profile(event.profile)
            if event.status not in (Status.PLANNED, Status.ACTIVE):
                problem = "PLANNED or ACTIVE at the beginning (成立时只能是筹建或正常)"
                raise Refusal(Code.INVALID_INPUT, field="status", problem=problem)
        case e.OrganizationRenamed():
            check_name("name", event.name)
            if event.short_name is not UNSET:
                check_name("shortName", event.short_name)
        case e.OrganizationRecoded():
            check_name("code", event.code, _IDENTIFIER_LIMIT)
        case e.OrganizationReclassified():
            _check_profile(event.change)
        case e.IdentifierAssigned():
            _check_identifier(event.scheme, event.value)
        case e.DesignationGranted():
            check_name("name", event.name)
        case e.RegistrationRecorded() | e.CharterAdopted() | e.StaffingSet():
            check_papers(event)
        case _:
            pass


def _check_profile(profile: e.Profile | e.ProfileChange) -> None:
    for name, value in asdict(profile).items():
        if isinstance(value, str):
            check_name(f"profile.{name}", value)


def _check_identifier(scheme: str, value: str) -> None:
    check_name("scheme", scheme, _IDENTIFIER_LIMIT)
    check_name("value", value, _IDENTIFIER_LIMIT)
    if scheme in RESERVED_SCHEMES:
        problem = f"{scheme} is kept by the registry itself (由登记系统自行维护)"
        raise Refusal(Code.INVALID_INPUT, field="scheme", problem=problem)
    check_identifier(scheme, value)
