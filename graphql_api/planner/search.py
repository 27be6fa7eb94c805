"""Search by name compiled (搜索编译): one statement, best match first.

Names of what the viewer may not see are not looked at, nor those that people were once believed to have.
"""

from __future__ import annotations

from graphql_api.planner.compiler import Compiler, Scope, texts
from graphql_api.planner.roots import bound_nouns, entity_of, visible_nouns
from graphql_api.planner.selection import Selected
from graphql_api.planner.sought import readable
from graphql_api.planner.templates import plain, template
from graphql_api.problems import invalid

HITS_LIMIT = 50
"""Hits at most: who has not found it among these asks more exactly."""

_LIKENED = 24
"""Grams by which names are likened to a text: each is looked for in every name that has one of them."""

_APART = 5
"""By how much words that stand apart count less."""


def search(compiler: Compiler, field: Selected, _: Scope) -> str:
    """Compile ``search``."""
    size = field.arguments["first"]
    if not 1 <= size <= HITS_LIMIT:
        raise invalid("first", f"it is from 1 to {HITS_LIMIT}", f"须为 1 至 {HITS_LIMIT}", field.nodes)
    asked = readable(field.arguments["text"], field.nodes)
    # Pairs of characters come first: they are in fewer names than letters are.
    some = sorted(asked.grams, key=str.isascii)[:_LIKENED]
    scope = compiler.scope(field)
    hit = compiler.alias()
    whole, grams = compiler.parameter(asked.whole, "text"), compiler.parameter(asked.grams, "text[]")
    parts = compiler.parameter(asked.parts, "text[]")
    names = compiler.names(
        scope,
        whole=whole,
        parts=parts,
        apart=str(_APART if len(asked.parts) > 1 else 0),
        grams=grams,
        # Without grams every name is read: what cannot be a hit is left out before it is ranked.
        holds=template("has_grams" if asked.grams else "has_first").format(grams=grams, parts=parts),
        some=compiler.parameter(some, "text[]"),
        # Whoever has half of them has one of any larger half: the other need not be looked up.
        one_of=compiler.parameter(some[: len(some) // 2 + 1], "text[]"),
        first=compiler.parameter(size, "integer"),
        rank_of_whole=template("search_rank").format(part=whole),
        rank_of_part=template("search_rank").format(part="p.part"),
        conditions=" AND ".join(_conditions(compiler, field, scope)),
        hit=hit,
        content=_hit(compiler, field, hit, scope.each(size)),
    )
    return template("search").format_map(names)


def _conditions(compiler: Compiler, field: Selected, scope: Scope) -> list[str]:
    """Return what must hold of a name besides its text."""
    names = compiler.names(scope)
    nouns = visible_nouns(compiler, past=scope.known_at is not None)
    if (wanted := field.arguments.get("nouns")) is not None:
        nouns = [noun for noun in nouns if noun.upper() in wanted]
    conditions = [f"n.noun = ANY ({compiler.parameter(nouns, 'text[]')})"]
    conditions.extend(bound_nouns(compiler, "n.entity", "n.noun", scope))
    if (kinds := field.arguments.get("kinds")) is not None:
        names["kinds"] = compiler.parameter(texts(kinds), "text[]")
        conditions.append(
            "EXISTS (SELECT FROM {organization} AS o"
            " WHERE o.id = n.entity AND o.valid @> {as_of} AND o.kind = ANY ({kinds}))".format_map(names)
        )
    if field.arguments["living"]:
        living = "EXISTS (SELECT FROM {life} AS l WHERE l.id = n.entity AND (l.valid @> {as_of}) IS TRUE)"
        conditions.append(living.format_map(names))
    return conditions


def _hit(compiler: Compiler, field: Selected, hit: str, each: Scope) -> str:
    """Return the JSON of a hit, whose row is named ``hit``."""
    pairs: list[tuple[str, str]] = []
    selected = compiler.below(field, "SearchHit")
    compiler.spend(len(selected) * each.times, selected)
    for part in selected:
        values = {"name": f"{hit}.name", "score": f"{hit}.score"}
        if part.name == "node":
            values["node"] = entity_of(compiler, part, each, f"{hit}.entity", f"{hit}.noun")
        pairs.extend(plain(compiler, "SearchHit", [part], values))
    return compiler.build(pairs)
