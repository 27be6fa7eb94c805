"""What the data files may say, and how mistakes in them are found."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import pytest

from graphql_api.demo.files import FILES, parse, read
from graphql_api.demo.strict import DataError, KnownDate
from graphql_api.demo.translation import commands_of
from registry.time import Precision


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('[[organization]]\nkey = "甲"\nnmae = "甲"', "unknown field `nmae` - at `$.organization[0]`"),
        ("[[organisms]]", "unknown field `organisms`"),
        ('[[organization]]\nsince = "2018-13"', "month must be in 1..12 - at `$.organization[0].since`"),
        ('[[organization]]\nsince = "May 2018"', "no date"),
        ("[[organization]]\nsince = 2018", "got 2018 - at `$.organization[0].since`"),
        ('[[organization]]\nkey = "甲"\nname = "甲"\nkind = "BUREAU"', "$.organization[0].kind"),
        ("[[organization]]\nkey = 甲", "line 2"),
    ],
)
def test_a_mistake_in_a_file_is_refused_with_its_place(text: str, place: str) -> None:
    with pytest.raises(DataError) as refused:
        parse("demo.toml", text)
    assert str(refused.value).startswith("demo.toml: ")
    assert place in str(refused.value)


UNIT = 'key = "甲"\nname = "甲"\nkind = "SOCIETY"\nsince = "2018"\n'


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (f"[[organization]]\n{UNIT}", "demo.toml: 甲: give a source"),
        (f'[[organization]]\n{UNIT}clause = "一"\nillustrative = true', "demo.toml: 甲: a clause needs"),
        (f'[[organization]]\n{UNIT}cites = "无此文件"', "no instrument has the key '无此文件'"),
        (f'[[organization]]\n{UNIT}source = "无此来源"', "no source has the key '无此来源'"),
        (
            f'[[organization]]\n{UNIT}illustrative = true\nunder = {{ GUIDES = ["乙"] }}',
            "no organization has the key '乙'",
        ),
        (f"[[organization]]\n{UNIT}illustrative = true\n" * 2, "organization defined twice: 甲"),
    ],
)
def test_a_record_that_cannot_stand_is_refused_before_anything_is_recorded(text: str, problem: str) -> None:
    with pytest.raises(DataError) as refused:
        commands_of({"demo.toml": parse("demo.toml", text)})
    assert problem in str(refused.value)


def test_two_records_of_one_act_are_refused() -> None:
    rename = '[[rename]]\norganization = "甲"\nname = "丙"\nsince = "2019"\nillustrative = true\n'
    text = f"[[organization]]\n{UNIT}illustrative = true\n{rename * 2}"
    with pytest.raises(DataError, match="RenameOrganization"):
        commands_of({"demo.toml": parse("demo.toml", text)})


MEASURE = (
    '[[instrument]]\nkey = "文"\ntitle = "文"\nsince = "2018"\nillustrative = true\n'
    f"[[organization]]\n{UNIT}illustrative = true\n"
    '[[measure]]\ncode = "M"\ntitle = "事"\nlead = "甲"\nsince = "2018"\nillustrative = true\n'
)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "M: give the clause of the plan"),
        ('cites = "文"\nclause = "二"\n[[fulfilment]]\nmeasure = "N"\n', "no measure has the key 'N'"),
        (
            'cites = "文"\nclause = "二"\n[[evidence]]\nmeasure = "M"\nact = "adopt"\nof = "改"\n',
            "cite the proposal",
        ),
        (
            'cites = "文"\nclause = "二"\n[[evidence]]\nmeasure = "M"\nact = "establish"\nof = "乙"\n',
            "nothing before it does what it cites",
        ),
    ],
)
def test_a_measure_names_its_clause_and_cites_what_is_recorded_before(text: str, problem: str) -> None:
    last = "" if not text else 'since = "2018"\nillustrative = true\n'
    with pytest.raises(DataError, match=problem):
        commands_of({"demo.toml": parse("demo.toml", MEASURE + text + last)})


def test_an_orphan_with_a_holder_is_refused() -> None:
    text = (
        f"[[organization]]\n{UNIT}illustrative = true\n"
        '[[function]]\nkey = "事"\nname = "事"\nholder = "甲"\nsince = "2018"\nillustrative = true\n'
        '[[reorganization]]\nkey = "改"\ntitle = "改"\nsince = "2019"\ntakes_effect = "2019"\n'
        "illustrative = true\n"
        '[[reorganization.function]]\nfunction = "事"\nholder = "甲"\norphan = true\n'
    )
    with pytest.raises(DataError, match="改: 事: an orphan has no holder"):
        commands_of({"demo.toml": parse("demo.toml", text)})


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("2018", date(2018, 1, 1), Precision.YEAR),
        ("2018-05", date(2018, 5, 1), Precision.MONTH),
        ("2018-05-17", date(2018, 5, 17), Precision.DAY),
        ("2020-02-29", date(2020, 2, 29), Precision.DAY),
    ],
)
def test_a_date_is_as_exact_as_it_is_written(text: str, day: date, precision: Precision) -> None:
    known = KnownDate(text)
    assert (known.day, known.precision) == (day, precision)


def test_every_file_of_the_folder_is_read() -> None:
    data = read()
    assert set(data) == set(FILES)
    assert all(content.records for content in data.values())
    folder = files("graphql_api.demo").joinpath("data")
    assert {file.name for file in folder.iterdir()} == set(FILES)
