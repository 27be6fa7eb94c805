"""Every field of the vocabularies is documented, looked up in the read models, and of the type it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graphql_api.planner.believed import Belief, Names
from graphql_api.planner.judging.people import HOLDERS, MEMBERS, columns
from graphql_api.planner.judging.things import measure_columns, organization_columns
from registry.criterion.kinds import Subject
from registry.rule.language.compilation import Columns
from registry.rule.language.evaluation import Ends
from registry.rule.language.vocabulary import RANGED
from registry.rule.vocabularies import RESTRICTED, VOCABULARIES

_DOCS = Path(__file__).parents[2] / "docs"
_NAMES = Names(Belief(None), t="o", as_of="$1")
_COLUMNS: dict[Subject, Columns] = {
    Subject.HOLDER: columns(HOLDERS, "h"),
    Subject.MEMBER: columns(MEMBERS, "h"),
    Subject.ORGANIZATION: organization_columns(_NAMES),
    Subject.MEASURE: measure_columns(_NAMES),
}


def test_every_field_is_documented_with_its_type_and_term() -> None:
    page = (_DOCS / "predicates.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (\w+) \| (\S+) \| .+ \|$", page, re.MULTILINE)
    person = VOCABULARIES[Subject.PERSON].fields
    expected = [
        (name, str(field.type), field.chinese)
        for subject, vocabulary in VOCABULARIES.items()
        for name, field in vocabulary.fields.items()
        if subject not in (Subject.HOLDER, Subject.MEMBER) or name not in person
    ]
    assert rows == expected


@pytest.mark.parametrize("subject", _COLUMNS)
def test_every_field_is_looked_up_by_as_many_columns_as_its_type_has(subject: Subject) -> None:
    fields = VOCABULARIES[subject].fields
    assert _COLUMNS[subject].keys() == fields.keys()
    for name, field in fields.items():
        assert isinstance(_COLUMNS[subject][name], Ends) is (field.type in RANGED), name


def test_holders_and_members_have_the_fields_of_people() -> None:
    person = VOCABULARIES[Subject.PERSON].fields
    for subject in (Subject.HOLDER, Subject.MEMBER):
        assert person.items() <= VOCABULARIES[subject].fields.items()
        assert Subject.PERSON.serves(subject)
    assert not Subject.HOLDER.serves(Subject.MEMBER)


def test_restricted_fields_are_fields() -> None:
    assert frozenset().union(*(v.fields.keys() for v in VOCABULARIES.values())) >= RESTRICTED
