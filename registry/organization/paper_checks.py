"""What a registration, a charter or a staffing may say (登记、章程、编制内容检查). Pure."""

from __future__ import annotations

from msgspec import UNSET

from registry.commands import NAME_LIMIT, check_count, check_date, check_name, check_sha256
from registry.errors import Code, Refusal
from registry.organization import events as e
from registry.time import Precision

_CERTIFICATE_LIMIT = 64


def check_papers(event: e.RegistrationRecorded | e.CharterAdopted | e.StaffingSet) -> None:
    """Refuse INVALID_INPUT or INVALID_DATE for what no paper says."""
    match event:
        case e.RegistrationRecorded():
            check_name("authority", event.authority)
            check_name("certificate", event.certificate, _CERTIFICATE_LIMIT)
            check_name("domicile", event.domicile, NAME_LIMIT)
        case e.CharterAdopted():
            _check_charter(event)
        case e.StaffingSet():
            _check_staffing(event)


def _check_charter(event: e.CharterAdopted) -> None:
    """Refuse a charter that is approved, or applies, before it is adopted."""
    check_name("title", event.title)
    check_sha256(event.sha256)
    check_date("adoptedOn", event.adopted_on)
    if event.precision is Precision.DAY and event.effective_on < event.adopted_on:
        problem = "after the day from which it applies (晚于章程生效日)"
        raise Refusal(Code.INVALID_DATE, field="adoptedOn", date=event.adopted_on, problem=problem)
    if event.approved_on is not None:
        check_date("approvedOn", event.approved_on)
        if event.approved_on < event.adopted_on:
            problem = "before its adoption (早于通过日期)"
            raise Refusal(Code.INVALID_DATE, field="approvedOn", date=event.approved_on, problem=problem)


def _check_staffing(event: e.StaffingSet) -> None:
    """Refuse what says nothing, numbers out of range, and a type of established posts given twice."""
    given = (event.establishment, event.leadership_posts, event.leaders, event.headcount)
    if all(value is UNSET for value in given):
        raise Refusal(Code.INVALID_INPUT, field="headcount", problem="nothing is said (未填写任何数目)")
    for name, value in zip(("leadershipPosts", "leaders", "headcount"), given[1:], strict=True):
        if isinstance(value, int):
            check_count(name, value)
    if isinstance(event.establishment, tuple):
        for quota in event.establishment:
            check_count("establishment", quota.count)
        if len({quota.kind for quota in event.establishment}) < len(event.establishment):
            raise Refusal(Code.INVALID_INPUT, field="establishment", problem="a type twice (类型重复)")
