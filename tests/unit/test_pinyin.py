"""How names are read, put in order, and cut into grams."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.grams import indexed, sought
from projections.pinyin import folded, person_key, sort_key, spelling


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("组织 人才部", "组织人才部"),
        ("\uff32\uff4f\uff22\uff4f\uff34　\uff12", "robot2"),
        ("厅字〔2016〕11号", "厅字201611号"),
        ("Zhāng Wěi", "zhangwei"),
        ("lǜ LÜ", "lvlv"),
        ("阿卜杜拉·买买提", "阿卜杜拉买买提"),
        ("—— 。", ""),
    ],
)
def test_signs_blanks_width_and_case_are_folded(text: str, plain: str) -> None:
    assert folded(text) == plain


@pytest.mark.parametrize(
    ("name", "letters", "initials"),
    [
        ("组织人才部", "zuzhirencaibu", "zzrcb"),
        ("大连市科学技术协会", "dalianshikexuejishuxiehui", "dlskxjsxh"),
        ("会计学会", "kuaijixuehui", "kjxh"),
        ("大连银行", "dalianyinhang", "dlyh"),
        ("重庆市重点实验室", "chongqingshizhongdianshiyanshi", "cqszdsys"),
        ("大连市长海县", "dalianshichanghaixian", "dlschx"),
        ("音乐学会", "yinyuexuehui", "yyxh"),
        ("调研宣传部", "diaoyanxuanchuanbu", "dyxcb"),
        ("科普e站", "kepuezhan", "kpez"),
        ("吕女士", "lvnvshi", "lns"),
        ("二〇一八", "erlingyiba", "elyb"),
    ],
)
def test_a_name_is_read_as_people_read_it(name: str, letters: str, initials: str) -> None:
    spelled = spelling(name)
    assert (spelled.letters[0], spelled.initials[0]) == (letters, initials)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("单伟", "shanwei"),
        ("解放", "xiefang"),
        ("行长", "xingzhang"),
        ("长虹", "zhanghong"),
        ("曾平", "cengping"),
    ],
)
def test_a_character_of_several_readings_is_found_by_each(name: str, other: str) -> None:
    assert other in spelling(name).letters


def test_readings_of_one_name_are_few_however_long_it_is() -> None:
    assert len(spelling("长行重" * 100).letters) <= 4
    assert len(indexed("长行重" * 100).grams) < 1_000


def test_names_stand_as_in_a_phone_book() -> None:
    ordered = [
        "2018年年会",
        "21世纪",
        "IEEE大连",
        "Я",
        "阿",
        "八",
        "巴",
        "长春",
        "大连",
        "大连市",
        "科普部",
        "学会部",
        "张三",
        "张四",
        "章三",
    ]
    assert sorted(ordered, key=sort_key) == ordered


def test_signs_and_case_count_between_names_that_are_otherwise_the_same() -> None:
    names = ["科协", "“科协”", "科协部"]
    assert sorted(names, key=sort_key) == names
    assert len({sort_key(name) for name in ("ABC", "abc", "\uff21BC", "A BC")}) == 4


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("单田芳", "shan4单tian2田fang1芳"),
        ("单位", "shan4单wei4位"),
        ("尉迟恭", "yu4尉chi2迟gong1恭"),
        ("王单", "wang2王dan1单"),
        ("解", "xie4解"),
    ],
)
def test_a_surname_is_read_as_one_at_the_beginning_only(name: str, key: str) -> None:
    assert person_key(name) == key
    assert sort_key("单位") == "dan1单wei4位"


NAMES = st.text(st.sampled_from("科协大连市长海行重学会部Ab1é〔〕 ·龘㐀"), min_size=1, max_size=40)


@given(name=NAMES, data=st.data())
def test_whatever_part_of_a_name_is_looked_for_its_grams_are_the_name_s(
    name: str, data: st.DataObject
) -> None:
    plain = folded(name)
    first = data.draw(st.integers(0, len(plain)))
    part = plain[first : data.draw(st.integers(first, len(plain)))]
    assert set(sought(part).grams) <= set(indexed(name).grams.split())


@given(name=NAMES)
def test_every_reading_of_a_name_has_its_grams(name: str) -> None:
    grams = set(indexed(name).grams.split())
    for text in (*spelling(name).letters, *spelling(name).initials):
        found = set(sought(text).grams)
        assert found <= grams or len(text) == 2


@given(first=NAMES, second=NAMES)
def test_only_the_same_name_has_the_same_place(first: str, second: str) -> None:
    assert (sort_key(first) == sort_key(second)) == (first == second)


@given(name=NAMES)
def test_a_name_comes_right_before_itself_with_a_sign(name: str) -> None:
    plain = folded(name)
    assert sort_key(plain) < sort_key(f"{plain}。") < sort_key(f"{plain}0")
