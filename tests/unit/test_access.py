"""Who may what: grants, and the table that the documentation shows."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from graphql_api.access import ANYBODY, RIGHTS, SCOPES, Grant, PartnerScope, Right, Role, Viewer

_ROOT, _OTHER = UUID(int=1), UUID(int=2)


def test_a_grant_on_a_subtree_gives_nothing_everywhere() -> None:
    viewer = Viewer.of(Role.AUDITOR, "a", root=_ROOT)
    assert viewer.may(Right.AUDIT)
    assert not viewer.everywhere(Right.AUDIT)
    assert viewer.roots(Right.AUDIT) == {_ROOT}
    assert not viewer.may(Right.WRITE)
    assert viewer.roots(Right.WRITE) == frozenset()


def test_what_is_published_is_everybody_s_everywhere() -> None:
    for viewer in (ANYBODY, Viewer("nobody"), Viewer.of(Role.PUBLIC, "p", root=_ROOT)):
        assert viewer.everywhere(Right.CHART)
        assert [right for right in Right if viewer.may(right)] == [Right.CHART]


def test_grants_add_up() -> None:
    viewer = Viewer("v", (Grant(Role.VIEWER), Grant(Role.REGISTRAR, _ROOT), Grant(Role.AUDITOR, _OTHER)))
    assert viewer.everywhere(Right.PERSON)
    assert viewer.roots(Right.RESTRICTED) == {_ROOT, _OTHER}
    assert viewer.roots(Right.WRITE) == {_ROOT}


def test_the_documented_table_is_the_one_in_force() -> None:
    text = (Path(__file__).parents[2] / "docs" / "access.md").read_text(encoding="utf-8")
    table = text.partition("\n| Role |")[2].partition("\n\n")[0]
    head, _, *listed = (
        [cell.strip() for cell in line.removeprefix("|").removesuffix("|").split("|")]
        for line in table.split("\n")
    )
    documented = {
        role: frozenset(Right(right) for right, cell in zip(head, cells, strict=True) if cell == "yes")
        for role, *cells in listed
    }
    scoped = {
        f"PARTNER with {scope}": Grant(Role.PARTNER, scopes=frozenset({scope})).rights
        for scope in PartnerScope
    }
    assert documented == {**{str(role): rights for role, rights in RIGHTS.items()}, **scoped}


def test_a_partner_has_what_its_scopes_say_and_nothing_else() -> None:
    scopes = frozenset({PartnerScope.PEOPLE, PartnerScope.LOG})
    viewer = Viewer("key:portal", (Grant(Role.PARTNER, _ROOT, scopes),))
    assert [right for right in Right if viewer.may(right)] == [Right.CHART, Right.PERSON, Right.AUDIT]
    assert viewer.roots(Right.PERSON) == {_ROOT}
    assert not viewer.everywhere(Right.PERSON)
    assert Grant(Role.VIEWER, scopes=frozenset(PartnerScope)).rights == RIGHTS[Role.VIEWER]
    assert set(SCOPES) == set(PartnerScope)
    assert SCOPES[PartnerScope.COMMANDS] == RIGHTS[Role.REGISTRAR], "refusals tell what is there"
    assert Right.GRANT not in frozenset().union(*SCOPES.values())
