"""Names, texts and dates that nobody could read or mean are refused, whoever sends them."""

from __future__ import annotations

from datetime import date

import pytest

from registry.commands import NAME_LIMIT, TEXT_LIMIT, check_date, check_name, check_text
from registry.contents import check_content
from registry.errors import Code, Refusal
from registry.events import Event
from registry.function import events as f
from registry.instrument import events as i
from registry.nouns import CORRECTIONS, EVENTS, NOUNS, noun_of
from registry.organization import events as o
from registry.organization.kinds import Kind
from registry.reorganization import events as r
from registry.time import Precision

DAY = date(2015, 5, 1)

UNREADABLE = ["", " ", "\u3000", "甲\x00乙", "甲\x1b乙", "甲\x7f", "\ud800", "甲\ufffd乙"]
UNREADABLE_IN_NAMES = ["甲\n乙", "甲\t乙", "甲\u200b乙", "\u202e甲", "甲\u2028乙", " 甲", "甲\u3000"]


@pytest.mark.parametrize("text", [*UNREADABLE, *UNREADABLE_IN_NAMES, "名" * (NAME_LIMIT + 1)])
def test_unreadable_names_are_refused(text: str) -> None:
    with pytest.raises(Refusal) as caught:
        check_name("name", text)
    assert caught.value.code is Code.INVALID_INPUT
    assert caught.value.details["field"] == "name"


@pytest.mark.parametrize(
    "text",
    ["办公室", "A & B", "名" * NAME_LIMIT, "大连市科协　办公室", "𠮷野家", "Ω–β", "厅字〔2016〕11号", None],
)
def test_readable_names_are_accepted(text: str | None) -> None:
    check_name("name", text)


@pytest.mark.parametrize("text", [*UNREADABLE, "文" * (TEXT_LIMIT + 1)])
def test_unreadable_texts_are_refused(text: str) -> None:
    with pytest.raises(Refusal) as caught:
        check_text("reason", text)
    assert caught.value.code is Code.INVALID_INPUT


@pytest.mark.parametrize("text", ["一。\n\t二。", " 前后有空格 ", "文" * TEXT_LIMIT, "👩‍🔬", None])
def test_readable_texts_are_accepted(text: str | None) -> None:
    check_text("reason", text)


@pytest.mark.parametrize("day", [date.min, date(1839, 12, 31), date.max])
def test_dates_that_nobody_means_are_refused(day: date) -> None:
    with pytest.raises(Refusal) as caught:
        check_date("effectiveOn", day)
    assert caught.value.code is Code.INVALID_DATE


@pytest.mark.parametrize("day", [date(1840, 1, 1), date(9999, 12, 30), date(2016, 2, 29)])
def test_dates_in_range_are_accepted(day: date) -> None:
    check_date("effectiveOn", day)


BAD = "甲\x00"


@pytest.mark.parametrize(
    ("event", "field"),
    [
        (o.OrganizationEstablished(effective_on=DAY, name=BAD, kind=Kind.SOCIETY), "name"),
        (
            o.OrganizationEstablished(effective_on=DAY, name="甲", short_name=BAD, kind=Kind.SOCIETY),
            "shortName",
        ),
        (o.OrganizationEstablished(effective_on=DAY, name="甲", code=BAD, kind=Kind.SOCIETY), "code"),
        (
            o.OrganizationEstablished(
                effective_on=DAY, name="甲", kind=Kind.SOCIETY, profile=o.Profile(subtype=BAD)
            ),
            "profile.subtype",
        ),
        (o.OrganizationRenamed(effective_on=DAY, name=BAD), "name"),
        (o.OrganizationRenamed(effective_on=DAY, name="甲", short_name=""), "shortName"),
        (o.OrganizationRecoded(effective_on=DAY, code="9" * 65), "code"),
        (
            o.OrganizationReclassified(effective_on=DAY, change=o.ProfileChange(discipline=BAD)),
            "profile.discipline",
        ),
        (o.IdentifierAssigned(effective_on=DAY, scheme=BAD, value="1"), "scheme"),
        (o.IdentifierAssigned(effective_on=DAY, scheme="S", value=""), "value"),
        (o.DesignationGranted(effective_on=DAY, name=BAD), "name"),
        (f.FunctionDefined(effective_on=DAY, name=BAD), "name"),
        (f.FunctionDefined(effective_on=DAY, name="甲", description=BAD), "description"),
        (i.InstrumentIssued(effective_on=DAY, title=BAD), "title"),
        (i.InstrumentIssued(effective_on=DAY, title="甲", number=BAD), "number"),
        (i.InstrumentIssued(effective_on=DAY, title="甲", issuer=BAD), "issuer"),
        (r.ReorganizationProposed(effective_on=DAY, title=BAD, plan=r.Plan()), "title"),
        (o.OrganizationSuspended(effective_on=DAY, reason=BAD), "reason"),
        (o.OrganizationSuspended(effective_on=DAY, clause=BAD), "clause"),
    ],
)
def test_every_text_of_every_event_is_checked(event: Event, field: str) -> None:
    with pytest.raises(Refusal) as caught:
        check_content(event)
    assert (caught.value.code, caught.value.details["field"]) == (Code.INVALID_INPUT, field)


def test_the_day_of_effect_is_checked_by_its_own_precision() -> None:
    event = r.ReorganizationAdopted(effective_on=DAY, takes_effect_on=DAY, effect_precision=Precision.YEAR)
    with pytest.raises(Refusal) as caught:
        check_content(event)
    assert caught.value.details["field"] == "takesEffectOn"


def test_every_event_has_a_topic_of_its_own_and_one_noun() -> None:
    topics = [event.topic for event in EVENTS]
    assert len(set(topics)) == len(topics)
    assert all(topics)
    for noun in NOUNS:
        assert all(event.topic.split(".")[0] == noun.name for event in noun.events)
    assert {event.topic.split(".")[0] for event in CORRECTIONS} == {"correction"}
    assert noun_of(f.FunctionRetired(effective_on=DAY)).name == "function"
